package bolt

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"
	"testing/synctest"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

func newEngine(t *testing.T, options Options) *Engine {
	t.Helper()
	options.StoreID = StoreID{1}
	e, err := Create(filepath.Join(t.TempDir(), "db"), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func put(key, value string) kv.Batch {
	return kv.Batch{Ops: []kv.Op{{Key: []byte(key), Value: []byte(value)}}}
}

func asRequest(ctx context.Context, batch kv.Batch) *request {
	return &request{ctx: ctx, guards: batch.Guards, ops: batch.Sorted(), size: batch.Size(), answer: make(chan answer, 1)}
}

func TestWaitingCommitsShareOneTransaction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, Options{})
		defer e.Close()
		transactions := 0
		goOn := make(chan struct{})
		e.db.commit = func(tx *bbolt.Tx) error {
			transactions++
			<-goOn
			return tx.Commit()
		}
		const clerks = 20
		answers := make(chan error, clerks)
		for i := range clerks {
			go func() {
				_, err := e.Commit(t.Context(), put(string(rune('a'+i)), "1"))
				answers <- err
			}()
		}
		synctest.Wait() // one is being committed, the others stand in line
		close(goOn)
		for range clerks {
			if err := <-answers; err != nil {
				t.Error(err)
			}
		}
		if transactions != 2 {
			t.Errorf("%d commits took %d transactions, want 2", clerks, transactions)
		}
		if rev, err := e.Rev(t.Context()); rev != clerks || err != nil {
			t.Errorf("revision %d, %v, want %d", rev, err, clerks)
		}
	})
}

func TestGroupMembersDoNotDisturbEachOther(t *testing.T) {
	e := newEngine(t, Options{})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	second := put("b", "1")
	second.Guards = []kv.Guard{{Key: []byte("a"), Rev: 1}} // what the first makes
	third := put("c", "1")
	third.Guards = []kv.Guard{{Key: []byte("b"), Rev: 0}} // no longer so
	group := []*request{
		asRequest(t.Context(), put("a", "1")),
		asRequest(t.Context(), second),
		asRequest(t.Context(), third),
		asRequest(gone, put("d", "1")),
		asRequest(t.Context(), kv.Batch{Ops: []kv.Op{{Key: []byte("x"), Delete: true}}}),
		asRequest(t.Context(), put("a", "2")),
	}
	e.commitGroup(group)
	for i, want := range []answer{{rev: 1}, {rev: 2}, {err: kv.ErrConflict}, {err: context.Canceled}, {rev: 2}, {rev: 3}} {
		if got := <-group[i].answer; got.rev != want.rev || !errors.Is(got.err, want.err) {
			t.Errorf("batch %d: %+v, want %+v", i, got, want)
		}
	}
	pair, err := e.Get(t.Context(), []byte("a"))
	if err != nil || pair.Rev != 3 || string(pair.Value) != "2" {
		t.Errorf("a=%s at %d, %v", pair.Value, pair.Rev, err)
	}
}

func TestGroupWithoutRoomIsTriedOneByOne(t *testing.T) {
	e := newEngine(t, Options{MaxSize: 1})
	group := []*request{
		asRequest(t.Context(), put("a", "1")),
		asRequest(t.Context(), put("large", string(make([]byte, 40<<20)))),
		asRequest(t.Context(), put("b", "1")),
	}
	e.commitGroup(group)
	for i, want := range []answer{{rev: 1}, {err: kv.ErrFull}, {rev: 2}} {
		if got := <-group[i].answer; got.rev != want.rev || !errors.Is(got.err, want.err) {
			t.Errorf("batch %d: %+v, want %+v", i, got, want)
		}
	}
}

// The disk may fail to confirm the meta page after it was written: then nobody
// knows whether a power cut would undo the commit.
func TestUnconfirmedCommitIsUnknown(t *testing.T) {
	e := newEngine(t, Options{})
	if _, err := e.Commit(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	e.db.commit = func(tx *bbolt.Tx) error {
		return errors.Join(tx.Commit(), syscall.EIO) // written, not confirmed
	}
	_, err := e.Commit(t.Context(), put("a", "2"))
	if !errors.Is(err, kv.ErrUnknown) {
		t.Errorf("error %v, want %v", err, kv.ErrUnknown)
	}
	for _, other := range []error{kv.ErrFull, kv.ErrUnavailable, kv.ErrConflict, kv.ErrDamaged} {
		if errors.Is(err, other) {
			t.Errorf("error %v also says %v, which means that nothing was written", err, other)
		}
	}
	// Readers see it, so they must be told of it.
	if pair, err := e.Get(t.Context(), []byte("a")); err != nil || pair.Rev != 2 {
		t.Errorf("revision %d, %v", pair.Rev, err)
	}
	if rev, err := e.Rev(t.Context()); err != nil || rev != 2 {
		t.Errorf("engine at revision %d, %v", rev, err)
	}
	for event, err := range e.Watch(t.Context(), kv.Span{}, 1) {
		if err != nil || event.Rev != 2 {
			t.Errorf("event %d, %v", event.Rev, err)
		}
		break
	}
	e.db.commit = (*bbolt.Tx).Commit
	if _, err := e.Commit(t.Context(), put("a", "3")); !errors.Is(err, kv.ErrUnavailable) {
		t.Errorf("the next commit: error %v, want %v", err, kv.ErrUnavailable)
	}
}

// A commit that fails before the meta page is written did not happen, and the
// next one may.
func TestFailedCommitDidNotHappen(t *testing.T) {
	for _, c := range []struct {
		reason string
		fault  error
		want   error
	}{
		{"no space", syscall.ENOSPC, kv.ErrFull},
		{"quota", syscall.EDQUOT, kv.ErrFull},
		{"file too large", syscall.EFBIG, kv.ErrFull},
		{"file system became read-only", syscall.EROFS, kv.ErrReadOnly},
		{"input/output error", syscall.EIO, kv.ErrUnavailable},
		{"an error without a number", errors.New("something"), kv.ErrUnavailable},
	} {
		e := newEngine(t, Options{})
		if _, err := e.Commit(t.Context(), put("a", "1")); err != nil {
			t.Fatal(err)
		}
		e.db.commit = func(tx *bbolt.Tx) error { return errors.Join(tx.Rollback(), c.fault) }
		if _, err := e.Commit(t.Context(), put("a", "2")); !errors.Is(err, c.want) || errors.Is(err, kv.ErrUnknown) {
			t.Errorf("%s: error %v, want %v", c.reason, err, c.want)
		}
		e.db.commit = (*bbolt.Tx).Commit
		if pair, err := e.Get(t.Context(), []byte("a")); err != nil || pair.Rev != 1 {
			t.Errorf("%s: revision %d, %v", c.reason, pair.Rev, err)
		}
		if rev, err := e.Commit(t.Context(), put("a", "3")); err != nil || rev != 2 {
			t.Errorf("%s: the next commit: %d, %v", c.reason, rev, err)
		}
	}
}

func TestPanicInCommitEndsWriting(t *testing.T) {
	e := newEngine(t, Options{})
	if _, err := e.Commit(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	e.db.commit = func(*bbolt.Tx) error { panic("page 7 already freed") }
	for range 2 {
		if _, err := e.Commit(t.Context(), put("a", "2")); !errors.Is(err, kv.ErrDamaged) {
			t.Errorf("error %v, want %v", err, kv.ErrDamaged)
		}
		e.db.commit = (*bbolt.Tx).Commit
	}
	if pair, err := e.Get(t.Context(), []byte("a")); err != nil || pair.Rev != 1 {
		t.Errorf("reading goes on: revision %d, %v", pair.Rev, err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}
