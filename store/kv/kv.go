// Package kv is the narrow key-value interface the store is built on and every
// engine offers: read one key, walk an ordered span on one snapshot, commit a
// guarded batch, follow what was committed.
//
// It is no wider than its narrowest engine. There are no closures to run
// inside a transaction: a caller reads, decides, and commits a [Batch] whose
// guards name the revisions it relied on. When one of them no longer holds the
// commit fails with [ErrConflict] and the caller decides again. That means the
// same in memory, in one file and in a cluster.
//
// Revisions count commits. Every commit that changes something gets the next
// one, starting at 1, and writes it to each key it puts. An engine never uses
// a revision twice, so a key that was deleted and made again has a higher one
// than before.
//
// Change the value of a key that nobody may have touched in between:
//
//	pair, err := engine.Get(ctx, key)
//	if err != nil {
//		return err
//	}
//	_, err = engine.Commit(ctx, kv.Batch{
//		Guards: []kv.Guard{{Key: key, Rev: pair.Rev}},
//		Ops:    []kv.Op{{Key: key, Value: next(pair.Value)}},
//	})
//	if errors.Is(err, kv.ErrConflict) {
//		// read again
//	}
//
// The suite in store/storetest holds every engine to what this page says.
package kv

import (
	"context"
	"iter"
)

// Pair is a key with its value and the revision of the commit that wrote it,
// which is always above 0. Its bytes may be kept but must not be changed: an
// engine may hand the same ones to several readers. An empty value may come
// back as nil.
type Pair struct {
	Key, Value []byte
	Rev        uint64
}

// Guard is a condition of a commit: the key's revision is Rev at the moment
// the batch is applied. Rev 0 demands that the key does not exist.
type Guard struct {
	Key []byte
	Rev uint64
}

// Op puts Value under Key or, with Delete set, removes the key. Removing a key
// that is not there changes nothing and is no error.
type Op struct {
	Key, Value []byte
	Delete     bool
}

// Batch is what one commit demands and changes. No key may occur twice in
// Guards nor twice in Ops; the order within both has no meaning. The caller
// keeps its bytes: engines hold no reference to them after a call returns.
type Batch struct {
	Guards []Guard
	Ops    []Op
}

// RangeOptions say how to walk a span. The zero value walks all of it in
// ascending key order.
type RangeOptions struct {
	// Limit ends the walk after so many pairs. 0 means no limit.
	Limit int
	// Reverse walks from the highest key down.
	Reverse bool
}

// Event is what one commit changed within a watched span: Ops in ascending key
// order, never empty. Its bytes may be kept but must not be changed.
type Event struct {
	Rev uint64
	Ops []Op
}

// Engine keeps pairs in ascending order of their keys' bytes. Every method may
// be called from many goroutines at once. After Close all of them fail with
// [ErrClosed].
//
// Failures carry one of this package's errors, to be found with [errors.Is];
// those of the context are passed on as they are. A failure other than
// [ErrUnknown] means that nothing was written. Texts never contain a key or a
// value.
type Engine interface {
	// Get returns the pair of key, or ErrNotFound.
	Get(ctx context.Context, key []byte) (Pair, error)

	// GetEach returns the pairs of many keys, in their order and all from one
	// snapshot. The pair of a key that is not there is empty: its revision is 0.
	GetEach(ctx context.Context, keys [][]byte) ([]Pair, error)

	// Range walks a span. All pairs come from one snapshot, taken when the
	// loop begins: the commits of a batch are seen together or not at all.
	// Pairs are fetched while the loop runs, so a span may be larger than
	// memory. The loop may read and commit, but an engine can reuse no space
	// of its snapshot before the loop ends, so it should not dawdle. A failure
	// is the last thing the loop sees; the pair beside it is empty.
	Range(ctx context.Context, span Span, options RangeOptions) iter.Seq2[Pair, error]

	// Commit applies a batch that keeps within Narrow, all of it or nothing,
	// and returns the revision it made. When it returns, the change survives a
	// crash and is seen by every later read.
	//
	// A batch that changes nothing (no operations, or only deletions of absent
	// keys) still checks its guards; it makes no revision and returns one at
	// which the guards held.
	//
	// A context cancelled before the engine has begun stops the commit. Later
	// than that it is not heeded, so that the outcome is known.
	//
	// Errors: ErrConflict, ErrInvalid, ErrTooLarge, ErrReadOnly, ErrFull,
	// ErrUnknown, ErrUnavailable, ErrDamaged, ErrClosed.
	Commit(ctx context.Context, batch Batch) (rev uint64, err error)

	// Import is Commit with the limits of Bulk. Others wait while it runs.
	Import(ctx context.Context, batch Batch) (rev uint64, err error)

	// Watch yields an event for every commit above revision after that changed
	// something in span, in order, and waits for the next one. It ends with
	// the context's error, with ErrClosed, or with ErrCompacted when after is
	// older than what the engine remembers or the loop falls too far behind;
	// the caller then reads the span anew.
	//
	// To follow a span without a gap, ask Rev first, Range second, and watch
	// after that revision. An event the range already showed is told by the
	// revision of its pairs.
	Watch(ctx context.Context, span Span, after uint64) iter.Seq2[Event, error]

	// Rev returns the newest revision: 0 as long as nothing was committed.
	Rev(ctx context.Context) (uint64, error)

	// Close ends every running loop with ErrClosed at its next step and
	// returns what the engine holds. Calling it again does nothing.
	Close() error
}
