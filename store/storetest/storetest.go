// Package storetest holds every engine to the contract of store/kv. One suite
// serves all of them, so that what works on one works on the next.
//
//	func TestConformance(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) kv.Engine {
//			return memory.New(memory.Options{History: feed.Limits{Events: storetest.History}})
//		})
//	}
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"schalter/store/kv"
)

// History is how many commits an engine under test must remember for Watch. It
// may remember up to twice as many.
const History = 100

// Run tests the engines that open makes. Each must be empty and remember
// [History] commits; the suite closes it.
func Run(t *testing.T, open func(t *testing.T) kv.Engine) {
	for _, test := range slices.Concat(reads(), commits(), watches(), races(), endings()) {
		t.Run(test.name, func(t *testing.T) {
			engine := open(t)
			defer closeEngine(t, engine)
			test.run(t, engine)
		})
	}
	t.Run("behaves like a map", func(t *testing.T) { testMachine(t, open) })
}

// test is one part of the suite, run on an engine of its own.
type test struct {
	name string
	run  func(*testing.T, kv.Engine)
}

func closeEngine(t *testing.T, engine kv.Engine) {
	t.Helper()
	if err := engine.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func put(key, value string) kv.Op { return kv.Op{Key: []byte(key), Value: []byte(value)} }

func remove(key string) kv.Op { return kv.Op{Key: []byte(key), Delete: true} }

func guard(key string, rev uint64) kv.Guard { return kv.Guard{Key: []byte(key), Rev: rev} }

// patience returns a context for what would otherwise wait for ever on an engine
// that forgets to tell.
func patience(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// commit commits operations that must succeed.
func commit(t *testing.T, engine kv.Engine, ops ...kv.Op) uint64 {
	t.Helper()
	rev, err := engine.Commit(t.Context(), kv.Batch{Ops: ops})
	if err != nil {
		t.Fatalf("Commit: %v", err)
	}
	return rev
}

// get reads a pair that must exist.
func get(t *testing.T, engine kv.Engine, key string) kv.Pair {
	t.Helper()
	pair, err := engine.Get(t.Context(), []byte(key))
	if err != nil {
		t.Fatalf("Get: %v", err)
	}
	return pair
}

// revision reads the engine's revision.
func revision(t *testing.T, engine kv.Engine) uint64 {
	t.Helper()
	rev, err := engine.Rev(t.Context())
	if err != nil {
		t.Fatalf("Rev: %v", err)
	}
	return rev
}

// everything reads all pairs.
func everything(t *testing.T, engine kv.Engine) []kv.Pair {
	t.Helper()
	pairs, err := collect(t.Context(), engine, kv.Span{}, kv.RangeOptions{})
	if err != nil {
		t.Fatalf("Range: %v", err)
	}
	return pairs
}

func collect(ctx context.Context, engine kv.Engine, span kv.Span, options kv.RangeOptions) ([]kv.Pair, error) {
	var pairs []kv.Pair
	for pair, err := range engine.Range(ctx, span, options) {
		if err != nil {
			return pairs, err
		}
		pairs = append(pairs, pair)
	}
	return pairs, nil
}

func keysOf(pairs []kv.Pair) []string {
	keys := []string{}
	for _, pair := range pairs {
		keys = append(keys, string(pair.Key))
	}
	return keys
}

// showPairs and showOps print for a failing test.
func showPairs(pairs ...kv.Pair) string {
	var text strings.Builder
	for _, pair := range pairs {
		fmt.Fprintf(&text, "%q=%q@%d ", pair.Key, pair.Value, pair.Rev)
	}
	return "[" + strings.TrimSpace(text.String()) + "]"
}

func showOps(ops []kv.Op) string {
	var text strings.Builder
	for _, op := range ops {
		if op.Delete {
			fmt.Fprintf(&text, "-%q ", op.Key)
		} else {
			fmt.Fprintf(&text, "%q=%q ", op.Key, op.Value)
		}
	}
	return "[" + strings.TrimSpace(text.String()) + "]"
}

func samePairs(a, b []kv.Pair) bool {
	return slices.EqualFunc(a, b, func(x, y kv.Pair) bool {
		return bytes.Equal(x.Key, y.Key) && bytes.Equal(x.Value, y.Value) && x.Rev == y.Rev
	})
}

func sameOps(a, b []kv.Op) bool {
	return slices.EqualFunc(a, b, func(x, y kv.Op) bool {
		return bytes.Equal(x.Key, y.Key) && bytes.Equal(x.Value, y.Value) && x.Delete == y.Delete
	})
}

// wantUntouched fails the test if anything was written since before.
func wantUntouched(t *testing.T, engine kv.Engine, before []kv.Pair, rev uint64) {
	t.Helper()
	if now := everything(t, engine); !samePairs(now, before) {
		t.Errorf("a refused batch changed the pairs: %d before, %d now", len(before), len(now))
	}
	if now := revision(t, engine); now != rev {
		t.Errorf("a refused batch moved the revision from %d to %d", rev, now)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error %v, want %v", what, err, want)
	}
}
