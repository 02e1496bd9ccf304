package journal

import (
	"fmt"
	"testing"
)

// TestHoldingsReuseRoom: what is deleted makes room for what is written.
func TestHoldingsReuseRoom(t *testing.T) {
	held := newHoldings()
	for n := range int64(1000) {
		held.apply(Put(fmt.Appendf(nil, "m/%d", n), nil), n, "m")
		if n >= 10 {
			held.apply(Delete(fmt.Appendf(nil, "m/%d", n-10)), n, "m")
		}
	}
	if len(held.index) != 10 || len(held.states) > 11 || held.counts["m"] != 10 {
		t.Errorf("%d keys in room for %d, counted %d", len(held.index), len(held.states), held.counts["m"])
	}
}

func TestHoldingsSayWhatWasThere(t *testing.T) {
	held := newHoldings()
	key := []byte("m/1")
	for _, step := range []struct {
		reason string
		write  Write
		had    bool
	}{
		{"deleting what never was", Delete(key), false},
		{"writing anew", Put(key, []byte("a")), false},
		{"writing again", Put(key, []byte("b")), true},
		{"deleting", Delete(key), true},
		{"deleting again", Delete(key), false},
	} {
		if had := held.apply(step.write, 0, "m"); had != step.had {
			t.Errorf("%s: had a value before: %t", step.reason, had)
		}
	}
	if !held.counted(nil) {
		t.Errorf("counts are %v, want none", held.counts)
	}
}

func TestBitset(t *testing.T) {
	var a, b bitset
	for _, n := range []int64{3, 64, 200} {
		a.set(n)
	}
	for _, tt := range []struct {
		add  int64
		want int64
		ok   bool
	}{{1000, 3, true}, {3, 64, true}, {200, 64, true}, {64, 0, false}} {
		b.set(tt.add)
		if n, ok := a.firstWithout(b); n != tt.want || ok != tt.ok {
			t.Errorf("after %d: %d, %t; want %d, %t", tt.add, n, ok, tt.want, tt.ok)
		}
	}
	if a.has(2) || !a.has(64) || a.has(1<<40) {
		t.Error("has is wrong")
	}
}
