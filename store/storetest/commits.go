package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"testing"

	"schalter/store/kv"
)

func commits() []test {
	return []test{
		{"revisions", testRevisions},
		{"guards", testGuards},
		{"a refused batch leaves nothing", testAtomicity},
		{"malformed batches", testMalformed},
		{"limits", testLimits},
		{"large import", testImport},
		{"batch belongs to the caller", testBatchReuse},
		{"cancelled context", testCancelled},
	}
}

func testRevisions(t *testing.T, engine kv.Engine) {
	if rev := revision(t, engine); rev != 0 {
		t.Fatalf("a new engine is at revision %d", rev)
	}
	var last uint64
	for _, c := range []struct {
		reason string
		ops    []kv.Op
		moves  bool
	}{
		{"the first put", []kv.Op{put("a", "1")}, true},
		{"the same value again is a change", []kv.Op{put("a", "1")}, true},
		{"a deletion", []kv.Op{remove("a")}, true},
		{"a deletion of what is not there", []kv.Op{remove("a")}, false},
		{"a deletion under a prefix nobody used", []kv.Op{remove("zz")}, false},
		{"no operation", nil, false},
		{"one change among idle deletions", []kv.Op{remove("a"), put("b", ""), remove("c")}, true},
	} {
		rev := commit(t, engine, c.ops...)
		if moved := rev > last; moved != c.moves || rev < last {
			t.Errorf("%s: revision went from %d to %d", c.reason, last, rev)
		}
		if now := revision(t, engine); now != rev {
			t.Errorf("%s: Commit says %d, Rev %d", c.reason, rev, now)
		}
		last = rev
	}
}

func testGuards(t *testing.T, engine kv.Engine) {
	old := commit(t, engine, put("changed", "1"), put("recreated", "1"), put("deleted", "1"))
	now := commit(t, engine, put("changed", "2"), put("kept", "1"), remove("recreated"), remove("deleted"))
	again := commit(t, engine, put("recreated", "1"))

	for _, c := range []struct {
		reason string
		guards []kv.Guard
		holds  bool
	}{
		{"no guard", nil, true},
		{"the current revision", []kv.Guard{guard("kept", now)}, true},
		{"an older revision", []kv.Guard{guard("changed", old)}, false},
		{"a revision yet to come", []kv.Guard{guard("kept", now+100)}, false},
		{"an absent key must be absent", []kv.Guard{guard("never", 0)}, true},
		{"an absent key under a prefix nobody used", []kv.Guard{guard("\x01", 0)}, true},
		{"a present key must be absent", []kv.Guard{guard("kept", 0)}, false},
		{"an absent key must be present", []kv.Guard{guard("never", now)}, false},
		{"a deleted key must be absent", []kv.Guard{guard("deleted", 0)}, true},
		{"a deleted key at its old revision", []kv.Guard{guard("deleted", old)}, false},
		{"a key deleted and made again, before", []kv.Guard{guard("recreated", old)}, false},
		{"a key deleted and made again, now", []kv.Guard{guard("recreated", again)}, true},
		{"all of several hold", []kv.Guard{guard("kept", now), guard("never", 0), guard("changed", now)}, true},
		{"one of several fails", []kv.Guard{guard("kept", now), guard("changed", old), guard("never", 0)}, false},
	} {
		for _, ops := range [][]kv.Op{nil, {put("target", c.reason)}} {
			before, rev := everything(t, engine), revision(t, engine)
			got, err := engine.Commit(t.Context(), kv.Batch{Guards: c.guards, Ops: ops})
			if c.holds {
				wantError(t, c.reason, err, nil)
				if got < rev {
					t.Errorf("%s: revision %d after %d", c.reason, got, rev)
				}
				continue
			}
			wantError(t, c.reason, err, kv.ErrConflict)
			wantUntouched(t, engine, before, rev)
		}
	}
}

func testAtomicity(t *testing.T, engine kv.Engine) {
	rev := commit(t, engine, put("a", "1"), put("b", "1"))
	before := everything(t, engine)
	ops := []kv.Op{put("a", "2"), remove("b"), put("c", "2"), put("\xff", "2")}
	_, err := engine.Commit(t.Context(), kv.Batch{Guards: []kv.Guard{guard("b", rev+1)}, Ops: ops})
	wantError(t, "stale guard on a key the batch deletes", err, kv.ErrConflict)
	wantUntouched(t, engine, before, rev)

	next, err := engine.Commit(t.Context(), kv.Batch{Guards: []kv.Guard{guard("b", rev)}, Ops: ops})
	if err != nil {
		t.Fatal(err)
	}
	want := []kv.Pair{
		{Key: []byte("a"), Value: []byte("2"), Rev: next},
		{Key: []byte("c"), Value: []byte("2"), Rev: next},
		{Key: []byte("\xff"), Value: []byte("2"), Rev: next},
	}
	if got := everything(t, engine); !samePairs(got, want) {
		t.Errorf("pairs %s, want %s", showPairs(got...), showPairs(want...))
	}
}

func testMalformed(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", "1"))
	before, rev := everything(t, engine), revision(t, engine)
	long := string(make([]byte, kv.MaxKey+1))
	for _, c := range []struct {
		reason string
		batch  kv.Batch
	}{
		{"empty key", kv.Batch{Ops: []kv.Op{put("b", ""), put("", "1")}}},
		{"nil key", kv.Batch{Ops: []kv.Op{{Value: []byte("1")}}}},
		{"key too long", kv.Batch{Ops: []kv.Op{put("b", ""), put(long, "1")}}},
		{"key put twice", kv.Batch{Ops: []kv.Op{put("b", "1"), put("c", ""), put("b", "2")}}},
		{"key put and deleted", kv.Batch{Ops: []kv.Op{put("b", "1"), remove("b")}}},
		{"deletion with a value", kv.Batch{Ops: []kv.Op{put("b", ""), {Key: []byte("a"), Value: []byte("1"), Delete: true}}}},
		{"empty key guarded", kv.Batch{Guards: []kv.Guard{guard("", 0)}, Ops: []kv.Op{put("b", "")}}},
		{"guarded key too long", kv.Batch{Guards: []kv.Guard{guard(long, 0)}, Ops: []kv.Op{put("b", "")}}},
		{"key guarded twice", kv.Batch{Guards: []kv.Guard{guard("a", rev), guard("a", rev)}, Ops: []kv.Op{put("b", "")}}},
	} {
		_, err := engine.Commit(t.Context(), c.batch)
		wantError(t, c.reason+", Commit", err, kv.ErrInvalid)
		_, err = engine.Import(t.Context(), c.batch)
		wantError(t, c.reason+", Import", err, kv.ErrInvalid)
		wantUntouched(t, engine, before, rev)
	}
	commit(t, engine, put(long[1:], "the longest key is fine"))
}

func testLimits(t *testing.T, engine kv.Engine) {
	for _, c := range []struct {
		reason string
		limits kv.Limits
		commit func(context.Context, kv.Batch) (uint64, error)
	}{
		{"Commit", kv.Narrow(), engine.Commit},
		{"Import", kv.Bulk(), engine.Import},
	} {
		before, rev := everything(t, engine), revision(t, engine)
		_, err := c.commit(t.Context(), kv.Batch{Ops: numbered(c.limits.Ops + 1)})
		wantError(t, c.reason+" of one operation too many", err, kv.ErrTooLarge)
		_, err = c.commit(t.Context(), kv.Batch{Guards: absent(c.limits.Ops + 1), Ops: numbered(1)})
		wantError(t, c.reason+" of one guard too many", err, kv.ErrTooLarge)
		_, err = c.commit(t.Context(), sized(c.limits.Bytes+1))
		wantError(t, c.reason+" of one byte too many", err, kv.ErrTooLarge)
		wantUntouched(t, engine, before, rev)

		_, err = c.commit(t.Context(), kv.Batch{Guards: absent(c.limits.Ops), Ops: numbered(c.limits.Ops)})
		wantError(t, c.reason+" at the limit of operations", err, nil)
	}
	_, err := engine.Commit(t.Context(), sized(kv.Narrow().Bytes))
	wantError(t, "Commit at the limit of bytes", err, nil)
}

func testImport(t *testing.T, engine kv.Engine) {
	const count = 20_000
	ops := numbered(count)
	rev, err := engine.Import(t.Context(), kv.Batch{Ops: ops})
	if err != nil {
		t.Fatal(err)
	}
	pairs := everything(t, engine)
	if len(pairs) != count {
		t.Fatalf("%d pairs, want %d", len(pairs), count)
	}
	for i, pair := range pairs {
		if string(pair.Key) != string(ops[i].Key) || pair.Rev != rev {
			t.Fatalf("pair %d is %q at %d, want %q at %d", i, pair.Key, pair.Rev, ops[i].Key, rev)
		}
	}
	_, err = engine.Import(t.Context(), kv.Batch{Guards: []kv.Guard{guard("n", 0), {Key: ops[7].Key}}, Ops: numbered(count)})
	wantError(t, "Import with a failing guard", err, kv.ErrConflict)
	wantUntouched(t, engine, pairs, rev)
}

func testBatchReuse(t *testing.T, engine kv.Engine) {
	key, value := []byte("key"), []byte("value")
	rev, err := engine.Commit(t.Context(), kv.Batch{Ops: []kv.Op{{Key: key, Value: value}}})
	if err != nil {
		t.Fatal(err)
	}
	copy(key, "KEY")
	copy(value, "VALUE")
	want := []kv.Pair{{Key: []byte("key"), Value: []byte("value"), Rev: rev}}
	if got := everything(t, engine); !samePairs(got, want) {
		t.Errorf("pairs %s, want %s", showPairs(got...), showPairs(want...))
	}
	for event, err := range engine.Watch(patience(t), kv.Span{}, 0) {
		if err != nil || !sameOps(event.Ops, []kv.Op{put("key", "value")}) {
			t.Errorf("event %s, %v", showOps(event.Ops), err)
		}
		break
	}
}

func testCancelled(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", "1"), put("b", "1"), put("c", "1"))
	before, rev := everything(t, engine), revision(t, engine)
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	for _, err := range engine.Range(ctx, kv.Span{}, kv.RangeOptions{}) {
		if err == nil {
			cancel(errors.New("the reason stays with the context"))
			continue
		}
		wantError(t, "Range cancelled in its loop", err, context.Canceled)
	}
	_, err := engine.Get(ctx, []byte("a"))
	wantError(t, "Get", err, context.Canceled)
	_, err = engine.Rev(ctx)
	wantError(t, "Rev", err, context.Canceled)
	_, err = engine.Commit(ctx, kv.Batch{Ops: []kv.Op{put("a", "2")}})
	wantError(t, "Commit", err, context.Canceled)
	_, err = engine.Import(ctx, kv.Batch{Ops: []kv.Op{put("a", "2")}})
	wantError(t, "Import", err, context.Canceled)
	pairs, err := collect(ctx, engine, kv.Span{}, kv.RangeOptions{})
	wantError(t, "Range", err, context.Canceled)
	if len(pairs) > 0 {
		t.Errorf("a cancelled Range showed %d pairs", len(pairs))
	}
	events := 0
	for _, err := range engine.Watch(ctx, kv.Span{}, 0) {
		wantError(t, "Watch", err, context.Canceled)
		events++
	}
	if events != 1 {
		t.Errorf("a cancelled Watch went round %d times", events)
	}
	wantUntouched(t, engine, before, rev)
}

// numbered returns puts under ascending keys with prefix n.
func numbered(count int) []kv.Op {
	ops := make([]kv.Op, count)
	for i := range ops {
		ops[i] = kv.Op{Key: binary.BigEndian.AppendUint32([]byte("n"), uint32(i)), Value: []byte("value")}
	}
	return ops
}

// absent returns guards that hold as long as nobody uses the prefix g.
func absent(count int) []kv.Guard {
	guards := make([]kv.Guard, count)
	for i := range guards {
		guards[i].Key = binary.BigEndian.AppendUint32([]byte("g"), uint32(i))
	}
	return guards
}

// sized returns a batch of exactly size bytes.
func sized(size int) kv.Batch {
	return kv.Batch{Ops: []kv.Op{put("a", string(make([]byte, size-1)))}}
}
