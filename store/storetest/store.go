package storetest

import (
	"context"
	"crypto/rand"
	"testing"

	"schalter/store"
	"schalter/store/keyfolder"
	"schalter/store/memory"
	"schalter/store/seal"
)

// Fresh makes an empty store in memory for tests of what lies above it. At the
// end of the test its journal must verify.
func Fresh(tb testing.TB) *store.Store {
	tb.Helper()
	keys, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := store.Create(context.Background(), memory.New(memory.Options{}), store.Options{
		Keys: keys, Slots: seal.Practice(), Random: rand.Reader,
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if _, err := s.Verify(context.Background(), nil, nil); err != nil {
			tb.Errorf("the journal does not verify: %v", err)
		}
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return s
}
