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

// A wrong byte ends in an error or in the pairs as they were, never in a panic,
// wherever it is.
func TestFlippedBytes(t *testing.T) {
	path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(3000)})
	sound, err := os.ReadFile(path)
	must(t, err)
	sound = sound[:usedBytes(t, path)]
	const pageSize, rounds = 4096, 200
	random := rand.New(rand.NewPCG(1, 2))
	noticed := 0
	target := filepath.Join(t.TempDir(), "db")
	for round := range rounds {
		at := random.IntN(len(sound))
		if round%2 == 0 { // where pages say what they are and where things lie
			at = at/pageSize*pageSize + random.IntN(48)
		}
		spoiled := bytes.Clone(sound)
		spoiled[at] ^= byte(1 + random.IntN(255))
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
	if noticed < rounds/2 {
		t.Errorf("only %d of %d flips were noticed: do they hit anything?", noticed, rounds)
	}
}

// exercise does a bit of everything and returns what went wrong. What it reads
// without an error must be what was written.
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
	written := numberedOps(3000)
	for _, reverse := range []bool{false, true} {
		count := 0
		for pair, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{Reverse: reverse}) {
			note(err)
			want := count
			if reverse {
				want = len(written) - 1 - count
			}
			if err == nil && !bytes.Equal(pair.Key, written[want].Key) {
				t.Errorf("key %d is %x", want, pair.Key)
			}
			count++
		}
		if count != len(written) && len(errs) == 0 {
			t.Errorf("%d pairs, and no error", count)
		}
	}
	for _, op := range written {
		pair, err := engine.Get(t.Context(), op.Key)
		if note(err); err == nil && !bytes.Equal(pair.Value, op.Value) {
			t.Errorf("a wrong value of %x", op.Key)
		}
	}
	for _, batch := range []kv.Batch{
		putOp("n\x00\x00\x05", "1"),
		{Ops: []kv.Op{{Key: written[2500].Key, Delete: true}}},
		putOp("new", "1"),
	} {
		_, err := engine.Commit(t.Context(), batch)
		note(err)
	}
	note(engine.Close())
	return errs
}

// Pages that lie elsewhere, twice, or are those of an earlier day.
func TestMisplacedPages(t *testing.T) {
	const pageSize = 4096
	path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(3000)})
	sound, err := os.ReadFile(path)
	must(t, err)
	pages := usedBytes(t, path) / pageSize
	target := filepath.Join(t.TempDir(), "db")
	page := func(content []byte, n int64) []byte { return content[n*pageSize : (n+1)*pageSize] }
	noticed := 0
	for a := int64(2); a < pages; a++ {
		b := 2 + (a*7+3)%(pages-2)
		for _, swap := range []bool{false, true} {
			spoiled := bytes.Clone(sound)
			copy(page(spoiled, a), page(sound, b))
			if swap {
				copy(page(spoiled, b), page(sound, a))
			}
			must(t, os.WriteFile(target, spoiled, 0o600))
			if errs := exercise(t, target); len(errs) > 0 {
				noticed++
			}
		}
	}
	if noticed < int(pages) {
		t.Errorf("only %d of %d misplaced pages were noticed", noticed, 2*pages)
	}
}

// TestLostWrite: a disk that says it has written a page and has not leaves an
// earlier one in its place, which is sound in itself.
func TestLostWrite(t *testing.T) {
	path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(3000)})
	before, err := os.ReadFile(path)
	must(t, err)
	engine := open(t, path)
	for i := range 40 {
		_, err := engine.Commit(t.Context(), kv.Batch{Ops: []kv.Op{{Key: numberedOps(3000)[50*i].Key, Value: []byte("newer")}}})
		must(t, err)
	}
	must(t, engine.Close())
	after, err := os.ReadFile(path)
	must(t, err)
	changed := 0
	for at := 0; at+4096 <= len(after); at += 4096 {
		if bytes.Equal(after[at:at+4096], before[at:at+4096]) {
			continue
		}
		lost := bytes.Clone(after)
		copy(lost[at:at+4096], before[at:at+4096])
		must(t, os.WriteFile(path, lost, 0o600))
		changed++
		engine, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			if !expected(err) {
				t.Error(err)
			}
			continue
		}
		for i := range 40 { // then it was a page nothing leads to
			if pair, err := engine.Get(t.Context(), numberedOps(3000)[50*i].Key); err != nil || string(pair.Value) != "newer" {
				t.Errorf("page %d: an older value, and no error: %v", at/4096, err)
			}
		}
		must(t, engine.Close())
	}
	if changed < 10 {
		t.Errorf("only %d pages were written at all", changed)
	}
}

// FuzzOpen: no file makes the look at its pages fail in another way than by
// saying so.
func FuzzOpen(f *testing.F) {
	f.Add(0, []byte{1})
	path := filepath.Join(f.TempDir(), "db")
	engine, err := bolt.Create(path, bolt.Options{StoreID: someStore})
	if err != nil {
		f.Fatal(err)
	}
	if _, err := engine.Import(f.Context(), kv.Batch{Ops: numberedOps(300)}); err != nil {
		f.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		f.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	for at := 0; at < 8*4096; at += 4093 {
		f.Add(at, []byte{0xff, 0xff, 0xff, 0xff})
	}
	f.Fuzz(func(t *testing.T, at int, patch []byte) {
		spoiled := bytes.Clone(sound)
		if at >= 0 && at < len(spoiled) {
			copy(spoiled[at:], patch)
		}
		target := filepath.Join(t.TempDir(), "db")
		must(t, os.WriteFile(target, spoiled, 0o600))
		engine, err := bolt.Open(target, bolt.Options{ReadOnly: true})
		if err != nil {
			if !expected(err) {
				t.Error(err)
			}
			return
		}
		for _, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
			if err != nil && !expected(err) {
				t.Error(err)
			}
		}
		must(t, engine.Close())
	})
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
