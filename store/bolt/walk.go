package bolt

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// walk goes over the pairs of a span, from bucket to bucket. Only its own
// steps are guarded, and pairs are copied out of the memory map within them,
// so what the caller does in between is the caller's own.
type walk struct {
	tx      *bbolt.Tx
	span    kv.Span
	reverse bool
	memory  arena

	buckets *bbolt.Cursor // over the names of all buckets; nil before the first step
	pairs   *bbolt.Cursor // within one bucket; nil between two
	last    []byte        // key before this one
}

func newWalk(tx *bbolt.Tx, span kv.Span, reverse bool) *walk {
	return &walk{tx: tx, span: span, reverse: reverse}
}

// next returns the next pair, or more = false after the last one.
func (w *walk) next() (pair kv.Pair, more bool, err error) {
	if w.span.Empty() {
		return kv.Pair{}, false, nil
	}
	err = guarded(func() error {
		key, stored := w.step()
		if key == nil {
			return nil
		}
		if err := w.checkOrder(key); err != nil {
			return err
		}
		more = true
		pair, err = w.memory.pair(key, stored)
		return err
	})
	w.last = pair.Key
	return pair, more, translate(err)
}

// step moves on by one key, into the next bucket where one ends. The key is
// nil when the span has ended.
func (w *walk) step() (key, stored []byte) {
	if w.pairs != nil {
		key, stored = w.move(w.pairs)
	}
	for key == nil {
		name := w.nextBucket()
		if name == nil {
			return nil, nil
		}
		w.pairs = w.tx.Bucket(name).Cursor()
		key, stored = w.enter(w.pairs, w.span)
	}
	if !w.span.Contains(key) {
		return nil, nil
	}
	return key, stored
}

// nextBucket returns the name of the next bucket of pairs: all have one byte.
func (w *walk) nextBucket() (name []byte) {
	if w.buckets == nil {
		w.buckets = w.tx.Cursor()
		name, _ = w.enter(w.buckets, w.bucketSpan())
	} else {
		name, _ = w.move(w.buckets)
	}
	for name != nil && len(name) != 1 {
		name, _ = w.move(w.buckets)
	}
	return name
}

// bucketSpan is the span of the names of the buckets whose pairs may lie in
// the span of the walk.
func (w *walk) bucketSpan() kv.Span {
	var names kv.Span
	if len(w.span.From) > 0 {
		names.From = w.span.From[:1]
	}
	if w.span.To != nil {
		names.To = append(bytes.Clone(w.span.To[:1]), 0) // the bucket of To included
	}
	return names
}

// enter places a cursor on the first key of a span in the direction of the
// walk.
func (w *walk) enter(cursor *bbolt.Cursor, span kv.Span) (key, value []byte) {
	if !w.reverse {
		if len(span.From) == 0 {
			return cursor.First()
		}
		return cursor.Seek(span.From)
	}
	if span.To == nil {
		return cursor.Last()
	}
	if key, _ := cursor.Seek(span.To); key == nil {
		return cursor.Last()
	}
	return cursor.Prev()
}

func (w *walk) move(cursor *bbolt.Cursor) (key, value []byte) {
	if w.reverse {
		return cursor.Prev()
	}
	return cursor.Next()
}

// checkOrder notices a damaged tree that would lead round in circles.
func (w *walk) checkOrder(key []byte) error {
	if w.last == nil {
		return nil
	}
	if order := bytes.Compare(w.last, key); order == 0 || (order > 0) != w.reverse {
		return fmt.Errorf("%w: keys out of order", kv.ErrDamaged)
	}
	return nil
}

// arena gives pairs memory of their own. The first gets what it needs; the more
// there are, the more of them share one allocation. The zero arena is ready.
type arena struct {
	free []byte
	next int // size of the next allocation, if that is enough
}

const maxArena = 64 << 10

// pair copies a key and what is stored under it out of the memory map.
func (a *arena) pair(key, stored []byte) (kv.Pair, error) {
	rev, value, err := unstamped(key, stored)
	if err != nil {
		return kv.Pair{}, err
	}
	if len(key) > kv.MaxKey || len(value) > kv.Bulk().Bytes { // before memory is taken for it
		return kv.Pair{}, fmt.Errorf("%w: a pair larger than any that was written", kv.ErrDamaged)
	}
	if need := len(key) + len(value); need > cap(a.free)-len(a.free) {
		a.free = make([]byte, 0, max(a.next, need))
		a.next = min(2*cap(a.free), maxArena)
	}
	return kv.Pair{Key: a.clone(key), Value: a.clone(value), Rev: rev}, nil
}

// clone copies p, for which there must be room.
func (a *arena) clone(p []byte) []byte {
	start := len(a.free)
	a.free = append(a.free, p...)
	return a.free[start:len(a.free):len(a.free)]
}
