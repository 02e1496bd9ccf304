package feed_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"schalter/store/kv"
	"schalter/store/kv/feed"
)

func event(rev uint64, keys ...string) kv.Event {
	event := kv.Event{Rev: rev}
	for _, key := range keys {
		event.Ops = append(event.Ops, kv.Op{Key: []byte(key), Value: []byte("12345")})
	}
	return event
}

// first returns the revision of the first event after a revision, or how the
// watch ended.
func first(t *testing.T, f *feed.Feed, after uint64) (uint64, error) {
	for event, err := range f.Watch(t.Context(), kv.Span{}, after) {
		return event.Rev, err
	}
	t.Fatal("a watch ended without a word")
	return 0, nil
}

func TestHistoryIsBounded(t *testing.T) {
	for _, c := range []struct {
		reason string
		limits feed.Limits
		events []kv.Event
		oldest uint64 // the lowest revision one can watch after
	}{
		{"all fit", feed.Limits{Events: 3, Bytes: 100}, []kv.Event{event(8, "a"), event(9, "a")}, 7},
		{"too many", feed.Limits{Events: 2, Bytes: 100}, []kv.Event{event(8, "a"), event(9, "a"), event(10, "a")}, 8},
		{"too large together", feed.Limits{Events: 9, Bytes: 12}, []kv.Event{event(8, "a"), event(9, "a"), event(10, "a")}, 8},
		{"one larger than all", feed.Limits{Events: 9, Bytes: 11}, []kv.Event{event(8, "a"), event(9, "a", "b"), event(10, "a")}, 9},
	} {
		f := feed.New(c.limits, 7)
		f.Publish(c.events...)
		if rev, err := first(t, f, c.oldest); err != nil || rev != c.oldest+1 {
			t.Errorf("%s: after %d comes %d, %v", c.reason, c.oldest, rev, err)
		}
		if _, err := first(t, f, c.oldest-1); !errors.Is(err, kv.ErrCompacted) {
			t.Errorf("%s: after %d: %v", c.reason, c.oldest-1, err)
		}
	}
}

func TestWatchNarrowsToItsSpan(t *testing.T) {
	f := feed.New(feed.Limits{}, 0)
	f.Publish(event(1, "a", "b", "c", "d"), event(2, "a", "d"), event(3, "b"))
	for _, c := range []struct {
		reason string
		span   kv.Span
		want   []int // operations of the events shown
	}{
		{"from the middle up to an end", kv.Span{From: []byte("b"), To: []byte("d")}, []int{2, 1}},
		{"without an end", kv.Span{From: []byte("c")}, []int{2, 1}},
		{"everything", kv.Span{}, []int{4, 2, 1}},
	} {
		shown := 0
		for event, err := range f.Watch(t.Context(), c.span, 0) {
			if err != nil || len(event.Ops) != c.want[shown] {
				t.Errorf("%s: event %d has %d operations, %v", c.reason, event.Rev, len(event.Ops), err)
			}
			if shown++; shown == len(c.want) {
				break
			}
		}
	}
}

func TestWatchOfAnEmptySpanShowsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := feed.New(feed.Limits{}, 0)
		f.Publish(event(1, "a", "b", "c"))
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			synctest.Wait() // until the watch has nothing left to read
			cancel()
		}()
		for event, err := range f.Watch(ctx, kv.Span{From: []byte("c"), To: []byte("a")}, 0) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("event %d, %v", event.Rev, err)
			}
		}
	})
}

func TestWatchAfterARevisionYetToCome(t *testing.T) {
	f := feed.New(feed.Limits{}, 0)
	f.Publish(event(1, "a"), event(2, "a"), event(3, "a"))
	if rev, err := first(t, f, 2); rev != 3 || err != nil {
		t.Errorf("after 2 comes %d, %v", rev, err)
	}
}

func TestCloseWinsOverWaitingEvents(t *testing.T) {
	f := feed.New(feed.Limits{}, 0)
	f.Publish(event(1, "a"))
	f.Close()
	f.Close()
	if rev, err := first(t, f, 0); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("event %d, %v after Close", rev, err)
	}
}
