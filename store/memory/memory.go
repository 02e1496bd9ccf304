// Package memory is the engine that forgets: an ordered slice of pairs, for
// tests, for practice, and as the plainest statement of what the interface
// in store/kv means.
//
// A commit replaces the slice and never changes it in place, so a snapshot is
// the slice itself. Reads take O(log n), a commit O(n); for more than some
// ten thousand pairs that change often, use store/bolt.
//
//	engine := memory.New(memory.Options{})
//	defer engine.Close()
package memory

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"
	"sync"

	"schalter/store/kv"
	"schalter/store/kv/feed"
)

// Options set up an engine. The zero value is good for all uses.
type Options struct {
	// History bounds what Watch can look back on. Zero limits are the defaults
	// of package feed.
	History feed.Limits
}

// Engine is a [kv.Engine] in memory. Make it with [New].
type Engine struct {
	feed *feed.Feed

	mu     sync.RWMutex
	pairs  []kv.Pair // ascending keys; replaced, never changed in place
	rev    uint64
	closed bool
}

var _ kv.Engine = (*Engine)(nil)

// New returns an empty engine.
func New(options Options) *Engine {
	return &Engine{feed: feed.New(options.History, 0)}
}

// Get implements [kv.Engine].
func (e *Engine) Get(ctx context.Context, key []byte) (kv.Pair, error) {
	pairs, _, err := e.snapshot(ctx)
	if err != nil {
		return kv.Pair{}, fmt.Errorf("get: %w", err)
	}
	i, found := find(pairs, key)
	if !found {
		return kv.Pair{}, fmt.Errorf("get: %w", kv.ErrNotFound)
	}
	return pairs[i], nil
}

// GetEach implements [kv.Engine].
func (e *Engine) GetEach(ctx context.Context, keys [][]byte) ([]kv.Pair, error) {
	pairs, _, err := e.snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("get: %w", err)
	}
	each := make([]kv.Pair, len(keys))
	for n, key := range keys {
		if i, found := find(pairs, key); found {
			each[n] = pairs[i]
		}
	}
	return each, nil
}

// Range implements [kv.Engine].
func (e *Engine) Range(ctx context.Context, span kv.Span, options kv.RangeOptions) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		pairs, _, err := e.snapshot(ctx)
		pairs = within(span, pairs)
		if options.Limit > 0 && len(pairs) > options.Limit {
			pairs = limited(pairs, options)
		}
		for i := range pairs {
			if err != nil {
				break
			}
			if options.Reverse {
				i = len(pairs) - 1 - i
			}
			if !yield(pairs[i], nil) {
				return
			}
			_, _, err = e.snapshot(ctx)
		}
		if err != nil {
			yield(kv.Pair{}, fmt.Errorf("range: %w", err))
		}
	}
}

// Commit implements [kv.Engine].
func (e *Engine) Commit(ctx context.Context, batch kv.Batch) (uint64, error) {
	rev, err := e.apply(ctx, batch, kv.Narrow())
	if err != nil {
		return 0, fmt.Errorf("commit: %w", err)
	}
	return rev, nil
}

// Import implements [kv.Engine].
func (e *Engine) Import(ctx context.Context, batch kv.Batch) (uint64, error) {
	rev, err := e.apply(ctx, batch, kv.Bulk())
	if err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	return rev, nil
}

// Watch implements [kv.Engine].
func (e *Engine) Watch(ctx context.Context, span kv.Span, after uint64) iter.Seq2[kv.Event, error] {
	return e.feed.Watch(ctx, span, after)
}

// Rev implements [kv.Engine].
func (e *Engine) Rev(ctx context.Context) (uint64, error) {
	_, rev, err := e.snapshot(ctx)
	if err != nil {
		return 0, fmt.Errorf("revision: %w", err)
	}
	return rev, nil
}

// Close implements [kv.Engine]. It never fails.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	e.pairs = nil
	e.feed.Close()
	return nil
}

func (e *Engine) apply(ctx context.Context, batch kv.Batch, limits kv.Limits) (uint64, error) {
	if err := batch.Check(limits); err != nil {
		return 0, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if e.closed {
		return 0, kv.ErrClosed
	}
	for _, g := range batch.Guards {
		if revOf(e.pairs, g.Key) != g.Rev {
			return 0, kv.ErrConflict
		}
	}
	ops := effective(e.pairs, batch.Sorted())
	if len(ops) == 0 {
		return e.rev, nil
	}
	e.rev++
	e.pairs = merge(e.pairs, ops, e.rev)
	e.feed.Publish(kv.Event{Rev: e.rev, Ops: ops})
	return e.rev, nil
}

func (e *Engine) snapshot(ctx context.Context) ([]kv.Pair, uint64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, 0, kv.ErrClosed
	}
	return e.pairs, e.rev, nil
}

// find returns where key is, or where it would be.
func find(pairs []kv.Pair, key []byte) (int, bool) {
	return sort.Find(len(pairs), func(i int) int { return bytes.Compare(key, pairs[i].Key) })
}

func revOf(pairs []kv.Pair, key []byte) uint64 {
	if i, found := find(pairs, key); found {
		return pairs[i].Rev
	}
	return 0
}

func within(span kv.Span, pairs []kv.Pair) []kv.Pair {
	if span.Empty() {
		return nil
	}
	if span.To != nil {
		last, _ := find(pairs, span.To)
		pairs = pairs[:last]
	}
	first, _ := find(pairs, span.From)
	return pairs[first:]
}

func limited(pairs []kv.Pair, options kv.RangeOptions) []kv.Pair {
	if options.Reverse {
		return pairs[len(pairs)-options.Limit:]
	}
	return pairs[:options.Limit]
}

// effective drops the deletions of absent keys: they change nothing.
func effective(pairs []kv.Pair, ops []kv.Op) []kv.Op {
	return slices.DeleteFunc(ops, func(op kv.Op) bool {
		return op.Delete && revOf(pairs, op.Key) == 0
	})
}

// merge returns pairs with ops applied, both in ascending key order.
func merge(pairs []kv.Pair, ops []kv.Op, rev uint64) []kv.Pair {
	merged := make([]kv.Pair, 0, len(pairs)+len(ops))
	for _, op := range ops {
		at, found := find(pairs, op.Key)
		merged = append(merged, pairs[:at]...)
		if found {
			at++
		}
		pairs = pairs[at:]
		if !op.Delete {
			merged = append(merged, kv.Pair{Key: op.Key, Value: op.Value, Rev: rev})
		}
	}
	return append(merged, pairs...)
}
