// Package feed keeps the newest commits of an engine in memory and lets any
// number of readers follow them. It is how an engine that lives in one process
// serves Watch.
//
// There is one bounded history for all readers, not a queue for each: the
// writer never waits, a reader that falls behind the history is told
// [kv.ErrCompacted], and a reader that is not there costs nothing.
//
//	f := feed.New(feed.Limits{}, rev)     // rev: what the engine holds already
//	f.Publish(kv.Event{Rev: rev + 1, Ops: ops})
//	for event, err := range f.Watch(ctx, span, rev) { ... }
package feed

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"sort"
	"sync"

	"schalter/store/kv"
)

// Limits bound the history. The older events beyond any of them are forgotten.
type Limits struct {
	// Events is the number of commits remembered. 0 means 4096.
	Events int
	// Bytes is the sum of their key and value lengths. 0 means 16 MiB. A
	// commit larger than that empties the history and is not kept either.
	Bytes int
}

func (l Limits) orDefault() Limits {
	if l.Events <= 0 {
		l.Events = 4096
	}
	if l.Bytes <= 0 {
		l.Bytes = 16 << 20
	}
	return l
}

// Feed is the history of one engine. Make it with [New].
type Feed struct {
	limits Limits

	mu      sync.Mutex
	events  []kv.Event    // ascending revisions
	bytes   int           // of events
	since   uint64        // every event above this revision is in events
	changed chan struct{} // closed and replaced whenever something happens
	closed  bool
}

// New returns a feed of the commits above rev. Zero limits are the defaults
// that [Limits] names.
func New(limits Limits, rev uint64) *Feed {
	return &Feed{limits: limits.orDefault(), since: rev, changed: make(chan struct{})}
}

// Publish appends commits. The caller hands over the events with their bytes,
// in ascending order of their revisions, operations in ascending order of keys.
func (f *Feed) Publish(events ...kv.Event) {
	if len(events) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, event := range events {
		f.events = append(f.events, event)
		f.bytes += size(event)
	}
	for len(f.events) > f.limits.Events || f.bytes > f.limits.Bytes {
		f.forgetOldest()
	}
	f.wake()
}

// Close ends every watch with [kv.ErrClosed]. Calling it again does nothing.
func (f *Feed) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	f.wake()
}

// Watch is the Watch of [kv.Engine].
func (f *Feed) Watch(ctx context.Context, span kv.Span, after uint64) iter.Seq2[kv.Event, error] {
	return func(yield func(kv.Event, error) bool) {
		seen := after
		for {
			events, err := f.next(ctx, seen)
			if err != nil {
				yield(kv.Event{}, fmt.Errorf("watch: %w", err))
				return
			}
			for _, event := range events {
				seen = event.Rev
				event.Ops = within(span, event.Ops)
				if len(event.Ops) > 0 && !yield(event, nil) {
					return
				}
			}
		}
	}
}

// portion is how many events a reader takes at once. It bounds what a reader
// holds beyond the history, and how late it notices the end.
const portion = 16

// next returns the oldest events above seen, waiting until there are any.
func (f *Feed) next(ctx context.Context, seen uint64) ([]kv.Event, error) {
	for {
		events, changed, err := f.above(seen)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil || len(events) > 0 {
			return events, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

// above returns a portion of the events above seen, or what to wait for.
func (f *Feed) above(seen uint64) ([]kv.Event, <-chan struct{}, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.closed:
		return nil, nil, kv.ErrClosed
	case seen < f.since:
		return nil, nil, kv.ErrCompacted
	}
	first := sort.Search(len(f.events), func(i int) bool { return f.events[i].Rev > seen })
	last := min(first+portion, len(f.events))
	return append([]kv.Event(nil), f.events[first:last]...), f.changed, nil
}

func (f *Feed) forgetOldest() {
	oldest := f.events[0]
	f.events[0] = kv.Event{} // the array outlives the slice; its bytes should not
	f.events = f.events[1:]
	f.bytes -= size(oldest)
	f.since = oldest.Rev
}

func (f *Feed) wake() {
	close(f.changed)
	f.changed = make(chan struct{})
}

func size(event kv.Event) int {
	return kv.Batch{Ops: event.Ops}.Size()
}

// within returns the operations whose keys lie in span. Both are in key order,
// so those are neighbours.
func within(span kv.Span, ops []kv.Op) []kv.Op {
	if span.Empty() {
		return nil
	}
	first := below(ops, span.From)
	last := len(ops)
	if span.To != nil {
		last = below(ops, span.To)
	}
	return ops[first:last:last]
}

// below counts the operations with a key lower than key.
func below(ops []kv.Op, key []byte) int {
	return sort.Search(len(ops), func(i int) bool { return bytes.Compare(ops[i].Key, key) >= 0 })
}
