package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// Get implements [kv.Engine].
func (e *Engine) Get(ctx context.Context, key []byte) (pair kv.Pair, err error) {
	if err = e.usable(ctx); err == nil {
		err = e.db.read(func(tx *bbolt.Tx) error {
			pair, err = find(tx, key, new(arena))
			return err
		})
	}
	if err != nil {
		return kv.Pair{}, fmt.Errorf("get: %w", err)
	}
	return pair, nil
}

// GetEach implements [kv.Engine].
func (e *Engine) GetEach(ctx context.Context, keys [][]byte) ([]kv.Pair, error) {
	pairs := make([]kv.Pair, len(keys))
	err := e.usable(ctx)
	if err == nil {
		err = e.db.read(func(tx *bbolt.Tx) error { return findEach(tx, keys, pairs) })
	}
	if err != nil {
		return nil, fmt.Errorf("get: %w", err)
	}
	return pairs, nil
}

// findEach looks keys up in their order, so that those near each other find
// their pages in the processor's cache.
func findEach(tx *bbolt.Tx, keys [][]byte, pairs []kv.Pair) error {
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(keys[a], keys[b]) })
	var memory arena
	for _, i := range order {
		pair, err := find(tx, keys[i], &memory)
		if err != nil && !errors.Is(err, kv.ErrNotFound) {
			return err
		}
		pairs[i] = pair
	}
	return nil
}

// find returns a copy of the pair of key, in the memory of an arena.
func find(tx *bbolt.Tx, key []byte, memory *arena) (kv.Pair, error) {
	if len(key) == 0 {
		return kv.Pair{}, kv.ErrNotFound
	}
	bucket := tx.Bucket(key[:1])
	if bucket == nil {
		return kv.Pair{}, kv.ErrNotFound
	}
	stored := bucket.Get(key)
	if stored == nil {
		return kv.Pair{}, kv.ErrNotFound
	}
	if err := checkValue(key, stored); err != nil {
		return kv.Pair{}, err
	}
	return memory.pair(key, stored)
}

// Range implements [kv.Engine].
func (e *Engine) Range(ctx context.Context, span kv.Span, options kv.RangeOptions) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		if err := e.walk(ctx, span, options, yield); err != nil {
			yield(kv.Pair{}, fmt.Errorf("range: %w", err))
		}
	}
}

// walk yields the pairs of a span until there are no more, or enough, or the
// caller has seen enough.
func (e *Engine) walk(ctx context.Context, span kv.Span, options kv.RangeOptions, yield func(kv.Pair, error) bool) error {
	if err := e.usable(ctx); err != nil {
		return err
	}
	tx, err := e.db.begin()
	if err != nil {
		return err
	}
	defer e.db.end(tx)
	steps := newWalk(tx, span, options.Reverse)
	for count := 0; options.Limit <= 0 || count < options.Limit; count++ {
		if err := e.usable(ctx); err != nil {
			return err
		}
		pair, more, err := steps.next()
		if err != nil || !more {
			return err
		}
		if !yield(pair, nil) {
			return nil
		}
	}
	return nil
}
