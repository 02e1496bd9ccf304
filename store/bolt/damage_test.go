package bolt_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

// A wrong byte may go unnoticed here, where values are not looked into; but it
// ends in an error or in pairs in order, never in a panic. Left out is the one
// field of a page that bbolt trusts without bounds when it gives the page up:
// the number of pages that belong to it.
func TestFlippedBytes(t *testing.T) {
	path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(3000)})
	sound, err := os.ReadFile(path)
	must(t, err)
	sound = sound[:usedBytes(t, path)]
	const pageSize, rounds = 4096, 200
	random := rand.New(rand.NewPCG(1, 2))
	noticed := 0
	for round := range rounds {
		at := random.IntN(len(sound))
		if round%2 == 0 { // where pages say what they are and where things lie
			at = at/pageSize*pageSize + random.IntN(48)
		}
		if within := at % pageSize; within >= 12 && within < 16 {
			continue
		}
		spoiled := bytes.Clone(sound)
		spoiled[at] ^= byte(1 + random.IntN(255))
		target := filepath.Join(t.TempDir(), "db")
		must(t, os.WriteFile(target, spoiled, 0o600))
		errs := exercise(t, target)
		for _, err := range errs {
			if !expected(err) {
				t.Errorf("byte %d from %02x to %02x: %v", at, sound[at], spoiled[at], err)
			}
		}
		if len(errs) > 0 {
			noticed++
		}
	}
	if noticed < rounds/10 {
		t.Errorf("only %d of %d flips were noticed: do they hit anything?", noticed, rounds)
	}
}

// exercise does a bit of everything and returns what went wrong.
func exercise(t *testing.T, path string) (errs []error) {
	t.Helper()
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return []error{err}
	}
	for _, reverse := range []bool{false, true} {
		var last []byte
		for pair, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{Reverse: reverse}) {
			note(err)
			if order := bytes.Compare(last, pair.Key); err == nil && last != nil && (order >= 0) != reverse {
				t.Errorf("keys out of order")
			}
			last = pair.Key
		}
	}
	for _, op := range numberedOps(100) {
		_, err := engine.Get(t.Context(), op.Key)
		note(err)
	}
	for _, batch := range []kv.Batch{
		putOp("n\x00\x00\x05", "1"),
		{Ops: []kv.Op{{Key: numberedOps(3000)[2500].Key, Delete: true}}},
		putOp("new", "1"),
	} {
		_, err := engine.Commit(t.Context(), batch)
		note(err)
	}
	note(engine.Close())
	return errs
}

func expected(err error) bool {
	for _, known := range []error{
		kv.ErrDamaged, kv.ErrNotFound, kv.ErrUnknown, kv.ErrUnavailable, kv.ErrFull,
		bolt.ErrForeign, bolt.ErrTruncated, bolt.ErrNewer,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
