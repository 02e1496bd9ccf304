package kv

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// MaxKey is the longest key in bytes.
const MaxKey = 512

// Limits bound one batch.
type Limits struct {
	// Ops is the highest number of operations, and that of guards.
	Ops int
	// Bytes is the highest sum of all key and value lengths, guards included.
	Bytes int
}

// Narrow returns what [Engine.Commit] takes: 100 operations and 1 MiB. etcd
// takes 128 operations and 1.5 MiB in its default configuration; what remains
// is for the engine's own use.
func Narrow() Limits { return Limits{Ops: 100, Bytes: 1 << 20} }

// Bulk returns what [Engine.Import] takes: 20,000 operations and 64 MiB.
func Bulk() Limits { return Limits{Ops: 20_000, Bytes: 64 << 20} }

// Check returns [ErrTooLarge] for a batch beyond the limits and [ErrInvalid]
// for a malformed one. Every engine calls it before anything else, so that a
// batch one engine refuses is refused by all.
func (b Batch) Check(limits Limits) error {
	if len(b.Ops) > limits.Ops || len(b.Guards) > limits.Ops {
		return fmt.Errorf("%w: %d operations and %d guards, at most %d each",
			ErrTooLarge, len(b.Ops), len(b.Guards), limits.Ops)
	}
	if size := b.Size(); size > limits.Bytes {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, size, limits.Bytes)
	}
	if err := b.checkGuards(); err != nil {
		return err
	}
	return b.checkOps()
}

// Size returns the sum of all key and value lengths in bytes, guards included.
func (b Batch) Size() int {
	size := 0
	for _, g := range b.Guards {
		size += len(g.Key)
	}
	for _, op := range b.Ops {
		size += len(op.Key) + len(op.Value)
	}
	return size
}

// Sorted returns the operations in ascending key order, copied so that they
// share no memory with the batch.
func (b Batch) Sorted() []Op {
	size := 0
	for _, op := range b.Ops {
		size += len(op.Key) + len(op.Value)
	}
	buffer := make([]byte, 0, size)
	clone := func(p []byte) []byte {
		start := len(buffer)
		buffer = append(buffer, p...)
		return buffer[start:len(buffer):len(buffer)]
	}
	sorted := make([]Op, len(b.Ops))
	for i, op := range b.Ops {
		sorted[i] = Op{Key: clone(op.Key), Value: clone(op.Value), Delete: op.Delete}
	}
	slices.SortFunc(sorted, func(x, y Op) int { return bytes.Compare(x.Key, y.Key) })
	return sorted
}

func (b Batch) checkGuards() error {
	seen := make(map[string]bool, len(b.Guards))
	for i, g := range b.Guards {
		if err := checkKey(g.Key, seen); err != nil {
			return fmt.Errorf("%w: guard %d: %w", ErrInvalid, i, err)
		}
	}
	return nil
}

func (b Batch) checkOps() error {
	seen := make(map[string]bool, len(b.Ops))
	for i, op := range b.Ops {
		if err := checkKey(op.Key, seen); err != nil {
			return fmt.Errorf("%w: operation %d: %w", ErrInvalid, i, err)
		}
		if op.Delete && len(op.Value) > 0 {
			return fmt.Errorf("%w: operation %d: a deletion has no value", ErrInvalid, i)
		}
	}
	return nil
}

func checkKey(key []byte, seen map[string]bool) error {
	switch {
	case len(key) == 0:
		return errors.New("empty key")
	case len(key) > MaxKey:
		return fmt.Errorf("key of %d bytes, at most %d", len(key), MaxKey)
	case seen[string(key)]:
		return errors.New("key named twice")
	}
	seen[string(key)] = true
	return nil
}
