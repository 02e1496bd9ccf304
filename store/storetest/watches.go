package storetest

import (
	"context"
	"fmt"
	"testing"

	"schalter/store/kv"
)

func watches() []test {
	return []test{
		{"watch shows every change in order", testWatchOrder},
		{"watch waits", testWatchWaits},
		{"watch follows a range without gaps", testWatchAfterRange},
		{"old history is compacted", testWatchCompacted},
		{"a slow reader is told", testWatchSlow},
	}
}

func testWatchOrder(t *testing.T, engine kv.Engine) {
	first := commit(t, engine, put("m2", "1"), put("a", "1"), put("m1", "1"))
	commit(t, engine, put("a", "2"), put("n", "1"))
	commit(t, engine, remove("m9"))
	third := commit(t, engine, remove("m1"), put("m3", ""), remove("m8"), put("a", "3"))
	imported, err := engine.Import(t.Context(), kv.Batch{Ops: []kv.Op{put("m4", "4"), put("b", "")}})
	if err != nil {
		t.Fatal(err)
	}

	all := []kv.Event{
		{Rev: first, Ops: []kv.Op{put("m1", "1"), put("m2", "1")}},
		{Rev: third, Ops: []kv.Op{remove("m1"), put("m3", "")}},
		{Rev: imported, Ops: []kv.Op{put("m4", "4")}},
	}
	for _, c := range []struct {
		reason string
		after  uint64
		want   []kv.Event
	}{
		{"from the start", 0, all},
		{"after the first", first, all[1:]},
		{"after a commit outside the span", first + 1, all[1:]},
		{"after the second in the span", third, all[2:]},
	} {
		got := events(t, engine, kv.Prefix([]byte("m")), c.after, len(c.want))
		for i, event := range got {
			if event.Rev != c.want[i].Rev || !sameOps(event.Ops, c.want[i].Ops) {
				t.Errorf("%s: event %d is %d %s, want %d %s",
					c.reason, i, event.Rev, showOps(event.Ops), c.want[i].Rev, showOps(c.want[i].Ops))
			}
		}
	}
}

// events reads so many events that must be there already.
func events(t *testing.T, engine kv.Engine, span kv.Span, after uint64, count int) []kv.Event {
	t.Helper()
	var events []kv.Event
	for event, err := range engine.Watch(patience(t), span, after) {
		if err != nil {
			t.Fatalf("Watch: %v", err)
		}
		if events = append(events, event); len(events) == count {
			break
		}
	}
	return events
}

func testWatchWaits(t *testing.T, engine kv.Engine) {
	ctx, cancel := context.WithCancel(patience(t))
	defer cancel()
	seen := make(chan uint64)
	ended := make(chan error, 1)
	go func() {
		for event, err := range engine.Watch(ctx, kv.Prefix([]byte("m")), 0) {
			if err != nil {
				ended <- err
				return
			}
			seen <- event.Rev
		}
	}()
	for range 5 {
		commit(t, engine, put("other", ""))
		rev := commit(t, engine, put("m", ""))
		select {
		case got := <-seen:
			if got != rev {
				t.Errorf("event of revision %d, want %d", got, rev)
			}
		case err := <-ended:
			t.Fatalf("Watch: %v", err)
		}
	}
	cancel()
	wantError(t, "Watch cancelled while it waits", <-ended, context.Canceled)
}

func testWatchAfterRange(t *testing.T, engine kv.Engine) {
	const total = History / 2
	go func() {
		for i := range total {
			op := put(fmt.Sprintf("m%d", i%7), fmt.Sprint(i))
			if _, err := engine.Commit(t.Context(), kv.Batch{Ops: []kv.Op{op}}); err != nil {
				t.Errorf("Commit: %v", err)
				return
			}
		}
	}()
	rev := revision(t, engine)
	state := map[string]kv.Pair{}
	for _, pair := range everything(t, engine) {
		state[string(pair.Key)] = pair
	}
	for event, err := range engine.Watch(patience(t), kv.Span{}, rev) {
		if err != nil {
			t.Fatalf("Watch: %v", err)
		}
		for _, op := range event.Ops {
			if state[string(op.Key)].Rev < event.Rev {
				state[string(op.Key)] = kv.Pair{Key: op.Key, Value: op.Value, Rev: event.Rev}
			}
		}
		if event.Rev == total {
			break
		}
	}
	for _, pair := range everything(t, engine) {
		if followed := state[string(pair.Key)]; !samePairs([]kv.Pair{followed}, []kv.Pair{pair}) {
			t.Errorf("followed %q=%q at %d, stored %q at %d", pair.Key, followed.Value, followed.Rev, pair.Value, pair.Rev)
		}
	}
}

func testWatchCompacted(t *testing.T, engine kv.Engine) {
	for range 2*History + 1 {
		commit(t, engine, put("a", ""))
	}
	last := revision(t, engine)
	for _, err := range engine.Watch(patience(t), kv.Span{}, 0) {
		wantError(t, "Watch after the very first revision", err, kv.ErrCompacted)
	}
	kept := events(t, engine, kv.Span{}, last-History, History)
	for i, event := range kept {
		if want := last - History + 1 + uint64(i); event.Rev != want {
			t.Fatalf("event %d has revision %d, want %d", i, event.Rev, want)
		}
	}
}

func testWatchSlow(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", ""))
	var seen uint64
	var ended error
	for event, err := range engine.Watch(patience(t), kv.Span{}, 0) {
		if err != nil {
			ended = err
			break
		}
		if event.Rev != seen+1 {
			t.Fatalf("event of revision %d after %d: a gap nobody told of", event.Rev, seen)
		}
		if seen = event.Rev; seen == 1 {
			for range 3 * History {
				commit(t, engine, put("a", ""))
			}
		}
	}
	wantError(t, "Watch that fell behind", ended, kv.ErrCompacted)
}
