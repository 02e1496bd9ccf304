package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"testing"

	"schalter/store/kv"
)

func races() []test {
	return []test{
		{"optimistic increments lose none", testIncrements},
		{"one of many makes a key", testOneWinner},
		{"batches are seen whole", testNoTornReads},
	}
}

func testIncrements(t *testing.T, engine kv.Engine) {
	const workers, each = 8, 25
	key := []byte("counter")
	commit(t, engine, kv.Op{Key: key, Value: make([]byte, 8)})
	ctx := patience(t)
	parallel(t, workers, func(int) error {
		for range each {
			if err := increment(ctx, engine, key); err != nil {
				return err
			}
		}
		return nil
	})
	if got := binary.BigEndian.Uint64(get(t, engine, "counter").Value); got != workers*each {
		t.Errorf("the counter is at %d, want %d", got, workers*each)
	}
	if rev := revision(t, engine); rev != 1+workers*each {
		t.Errorf("revision %d, want one for each of %d commits", rev, 1+workers*each)
	}
}

func increment(ctx context.Context, engine kv.Engine, key []byte) error {
	for {
		pair, err := engine.Get(ctx, key)
		if err != nil {
			return err
		}
		next := binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(pair.Value)+1)
		_, err = engine.Commit(ctx, kv.Batch{
			Guards: []kv.Guard{{Key: key, Rev: pair.Rev}},
			Ops:    []kv.Op{{Key: key, Value: next}},
		})
		if !errors.Is(err, kv.ErrConflict) {
			return err
		}
	}
}

func testOneWinner(t *testing.T, engine kv.Engine) {
	const workers, rounds = 8, 10
	for round := range rounds {
		key := fmt.Sprint("key", round)
		won := make([]bool, workers)
		parallel(t, workers, func(worker int) error {
			_, err := engine.Commit(t.Context(), kv.Batch{
				Guards: []kv.Guard{guard(key, 0)},
				Ops:    []kv.Op{put(key, fmt.Sprint(worker))},
			})
			won[worker] = err == nil
			if errors.Is(err, kv.ErrConflict) {
				return nil
			}
			return err
		})
		winners := 0
		for worker, w := range won {
			if w {
				winners++
				if got := string(get(t, engine, key).Value); got != fmt.Sprint(worker) {
					t.Errorf("worker %d was told it won, the value is from %s", worker, got)
				}
			}
		}
		if winners != 1 {
			t.Errorf("%d of %d made the same key", winners, workers)
		}
	}
}

func testNoTornReads(t *testing.T, engine kv.Engine) {
	const rounds = 60
	commit(t, engine, put("a", "start"), put("z", "start"))
	done := make(chan struct{})
	var reading sync.WaitGroup
	for range 4 {
		reading.Go(func() {
			for {
				pairs, err := collect(t.Context(), engine, kv.Span{}, kv.RangeOptions{})
				if err != nil || len(pairs) != 2 || string(pairs[0].Value) != string(pairs[1].Value) || pairs[0].Rev != pairs[1].Rev {
					t.Errorf("a reader saw half of a batch: %s, %v", showPairs(pairs...), err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range rounds {
		value := fmt.Sprint(i)
		commit(t, engine, put("a", value), put("z", value))
	}
	close(done)
	reading.Wait()
}

// parallel runs work in several goroutines and fails the test if any of them
// fails.
func parallel(t *testing.T, workers int, work func(worker int) error) {
	t.Helper()
	var running sync.WaitGroup
	for worker := range workers {
		running.Go(func() {
			if err := work(worker); err != nil {
				t.Errorf("worker %d: %v", worker, err)
			}
		})
	}
	running.Wait()
}
