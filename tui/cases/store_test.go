package cases_test

import (
	"crypto/rand"
	"testing"

	"schalter/domain"
	"schalter/store"
	"schalter/store/keyfolder"
	"schalter/store/memory"
	"schalter/store/seal"
	"schalter/tui/member/pagetest"
)

// open makes a counter on a store in memory.
func open(t *testing.T, change ...func(*domain.Settings)) *pagetest.Counter {
	t.Helper()
	folder, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(t.Context(), memory.New(memory.Options{}), store.Options{
		Keys: folder, Slots: seal.Practice(), Random: rand.Reader,
	})
	if err != nil {
		t.Fatal(err)
	}
	c := pagetest.Open(t, s, change...)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}
