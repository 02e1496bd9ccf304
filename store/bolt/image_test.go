package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

// TestImage: what was committed before the snapshot is in the image, what came
// after is not, and the image is a database at the same revision.
func TestImage(t *testing.T) {
	dir := t.TempDir()
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{StoreID: someStore})
	must(t, err)
	defer engine.Close()
	commit := func(key, value string) uint64 {
		rev, err := engine.Commit(t.Context(), kv.Batch{Ops: []kv.Op{{Key: []byte(key), Value: []byte(value)}}})
		must(t, err)
		return rev
	}
	commit("a", "1")
	rev := commit("b", "2")
	snapshot, err := engine.Snapshot(t.Context())
	must(t, err)
	defer snapshot.Close()

	// Others write while the image is taken.
	var writers sync.WaitGroup
	for n := range 4 {
		writers.Go(func() {
			for i := range 50 {
				_, err := engine.Commit(t.Context(), kv.Batch{Ops: []kv.Op{{Key: fmt.Appendf(nil, "w%d %d", n, i), Value: make([]byte, 4000)}}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	commit("a", "later")
	var image bytes.Buffer
	must(t, snapshot.Image(t.Context(), &image))
	writers.Wait()
	if int64(image.Len()) != snapshot.Size() {
		t.Errorf("%d bytes, Size said %d", image.Len(), snapshot.Size())
	}
	if pair, err := snapshot.Get([]byte("a")); err != nil || string(pair.Value) != "1" {
		t.Errorf("the snapshot has %q, %v", pair.Value, err)
	}
	if _, err := snapshot.Get([]byte("c")); !errors.Is(err, kv.ErrNotFound) {
		t.Errorf("an absent key: %v", err)
	}

	path := filepath.Join(dir, "copy")
	must(t, os.WriteFile(path, image.Bytes(), 0o600))
	restored, err := bolt.Open(path, bolt.Options{StoreID: someStore})
	must(t, err)
	defer restored.Close()
	got := map[string]string{}
	for pair, err := range restored.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
		must(t, err)
		got[string(pair.Key)] = string(pair.Value)
	}
	if len(got) != 2 || got["a"] != "1" || got["b"] != "2" {
		t.Errorf("the image holds %v", got)
	}
	if now, err := restored.Rev(t.Context()); err != nil || now != rev {
		t.Errorf("the image is at revision %d, %v, want %d", now, err, rev)
	}
}

var errTaker = errors.New("no more room at the taker's")

type taker struct{ left int }

func (w *taker) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, errTaker
	}
	return len(p), nil
}

// TestImageEnds: an image ends with the error of its taker, with the context, and
// with the engine, and each time the engine goes on or closes.
func TestImageEnds(t *testing.T) {
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{StoreID: someStore})
	must(t, err)
	take := func() kv.Snapshot {
		snapshot, err := engine.Snapshot(t.Context())
		must(t, err)
		t.Cleanup(snapshot.Close)
		return snapshot
	}
	first := take()
	if err := first.Image(t.Context(), &taker{left: 5000}); !errors.Is(err, errTaker) {
		t.Errorf("a taker that fails: %v", err)
	}
	first.Close()
	first.Close()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	second := take()
	if err := second.Image(ended, &taker{left: 1 << 30}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ended: %v", err)
	}
	second.Close()
	third := take()
	closed := make(chan error)
	go func() { closed <- engine.Close() }()
	for err == nil { // until the engine has begun to close
		err = third.Image(t.Context(), &taker{left: 1 << 30})
	}
	if !errors.Is(err, kv.ErrClosed) {
		t.Errorf("an engine that closes: %v", err)
	}
	third.Close()
	must(t, <-closed)
	if _, err := engine.Snapshot(t.Context()); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("a closed engine: %v", err)
	}
}
