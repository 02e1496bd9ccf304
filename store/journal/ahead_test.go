package journal

import (
	"errors"
	"iter"
	"testing"
)

// counting loops over 0 to n-1 and says when it has ended.
func counting(n int, ended *bool) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		defer func() { *ended = true }()
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func double(n int) int { return 2 * n }

func TestAheadKeepsOrder(t *testing.T) {
	for _, n := range []int{0, 1, batchSize - 1, batchSize, batchSize + 1, 10 * batchSize} {
		var ended bool
		next := 0
		for item, err := range ahead(counting(n, &ended), double) {
			if err != nil || item != 2*next {
				t.Fatalf("item %d of %d is %d, %v", next, n, item, err)
			}
			next++
		}
		if next != n || !ended {
			t.Errorf("got %d of %d items, loop ended: %t", next, n, ended)
		}
	}
}

func TestAheadEndsItsLoopFirst(t *testing.T) {
	for _, after := range []int{1, batchSize, 3 * batchSize} {
		var ended bool
		for item := range ahead(counting(100*batchSize, &ended), double) {
			if item == 2*after {
				break
			}
		}
		if !ended {
			t.Errorf("left after %d items, and the loop goes on", after)
		}
	}
}

func TestAheadPassesOnErrors(t *testing.T) {
	broken := errors.New("disk on fire")
	loop := func(yield func(int, error) bool) {
		_ = yield(1, nil) && yield(2, nil) && yield(0, broken) && yield(3, nil)
	}
	var items []int
	var got error
	for item, err := range ahead(loop, double) {
		if err != nil {
			got = err
			continue
		}
		items = append(items, item)
	}
	if got != broken || len(items) != 2 {
		t.Errorf("got %v and %v, want two items and %v", items, got, broken)
	}
}

func TestAheadPassesOnPanics(t *testing.T) {
	loop := func(yield func(int, error) bool) {
		yield(1, nil)
		panic("page is gone")
	}
	seen := 0
	defer func() {
		if r := recover(); r != "page is gone" || seen != 1 {
			t.Errorf("recovered %v after %d items", r, seen)
		}
	}()
	for range ahead(loop, double) {
		seen++
	}
	t.Error("no panic")
}
