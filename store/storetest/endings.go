package storetest

import (
	"errors"
	"runtime"
	"testing"

	"schalter/store/kv"
)

func endings() []test {
	return []test{
		{"a closed engine refuses everything", testClosed},
		{"close ends a running range", testCloseEndsRange},
		{"close ends a waiting watch", testCloseEndsWatch},
	}
}

func testClosed(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", ""))
	closeEngine(t, engine)
	closeEngine(t, engine)
	ctx := t.Context()
	_, err := engine.Get(ctx, []byte("a"))
	wantError(t, "Get", err, kv.ErrClosed)
	_, err = engine.Rev(ctx)
	wantError(t, "Rev", err, kv.ErrClosed)
	_, err = engine.Commit(ctx, kv.Batch{Ops: []kv.Op{put("a", "")}})
	wantError(t, "Commit", err, kv.ErrClosed)
	_, err = engine.Commit(ctx, kv.Batch{})
	wantError(t, "Commit of nothing", err, kv.ErrClosed)
	_, err = engine.Import(ctx, kv.Batch{Ops: []kv.Op{put("a", "")}})
	wantError(t, "Import", err, kv.ErrClosed)
	_, err = collect(ctx, engine, kv.Span{}, kv.RangeOptions{})
	wantError(t, "Range", err, kv.ErrClosed)
	for _, err := range engine.Watch(ctx, kv.Span{}, 0) {
		wantError(t, "Watch", err, kv.ErrClosed)
	}
}

func testCloseEndsRange(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", ""), put("b", ""), put("c", ""))
	closed := make(chan error, 1)
	var seen []error
	for _, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
		if seen = append(seen, err); len(seen) == 1 {
			go func() { closed <- engine.Close() }()
			awaitClosed(t, engine)
		}
	}
	if len(seen) != 2 || seen[0] != nil || !errors.Is(seen[1], kv.ErrClosed) {
		t.Errorf("the loop saw %v, want one pair and then that the engine closed", seen)
	}
	if err := <-closed; err != nil {
		t.Errorf("Close: %v", err)
	}
}

// awaitClosed returns once the engine has begun to close.
func awaitClosed(t *testing.T, engine kv.Engine) {
	for {
		if _, err := engine.Rev(t.Context()); errors.Is(err, kv.ErrClosed) {
			return
		}
		runtime.Gosched()
	}
}

func testCloseEndsWatch(t *testing.T, engine kv.Engine) {
	seen := make(chan error)
	go func() {
		for _, err := range engine.Watch(patience(t), kv.Span{}, 0) {
			seen <- err
		}
		close(seen)
	}()
	commit(t, engine, put("a", ""))
	if err := <-seen; err != nil {
		t.Fatalf("Watch: %v", err)
	}
	closeEngine(t, engine)
	wantError(t, "Watch of a closed engine", <-seen, kv.ErrClosed)
	if err, more := <-seen; more {
		t.Errorf("Watch went on with %v", err)
	}
}
