package journal

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
)

// kept are the checkpoints of a journal, by size.
func (f *fakeLog) kept(t *testing.T) []Checkpoint {
	t.Helper()
	var all []Checkpoint
	for _, size := range slices.Sorted(maps.Keys(f.checkpoints)) {
		c, err := ParseSigned(f.checkpoints[size], f.verifiers)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

func (f *fakeLog) verifySince(t *testing.T, since Checkpoint, anchors ...Anchor) (Report, error) {
	t.Helper()
	return VerifySince(context.Background(), f.log(anchors...), since)
}

// TestVerifySinceSound: from every checkpoint on, and from the empty journal,
// everything is right, and only what is newer was walked. Older marks and
// checkpoints are of the same tree.
func TestVerifySinceSound(t *testing.T) {
	f := sample(t)
	anchors := []Anchor{}
	for _, since := range append([]Checkpoint{newFakeLog(t).checkpoint()}, f.kept(t)...) {
		anchors = append(anchors, since, MarkOf(since.Size, since.Root))
		report, err := f.verifySince(t, since, anchors...)
		if err != nil {
			t.Errorf("since %d: %v", since.Size, err)
		}
		if report.Entries != 20-since.Size || report.Size != 20 || report.Root != f.tree.Root() {
			t.Errorf("since %d: %+v", since.Size, report)
		}
		if since.Size > 0 && report.Values >= 17 {
			t.Errorf("since %d: %d values were looked at", since.Size, report.Values)
		}
	}
	if len(anchors) < 6 {
		t.Fatalf("only %d anchors", len(anchors))
	}
}

// TestVerifySinceFinds: what Verify finds at or above the checkpoint is found here,
// too, but for what only the older entries tell: the counts, and values that no
// entry since names.
func TestVerifySinceFinds(t *testing.T) {
	found, allowed := 0, 0
	for _, tt := range slices.Concat(entryFaults(), stateFaults()) {
		for _, since := range sample(t).kept(t) {
			f := sample(t)
			tt.do(f)
			_, err := f.verifySince(t, since)
			var got *Fault
			switch older := tt.want.Seq < since.Size; {
			case errors.As(err, &got):
				found++
			case err != nil:
				t.Errorf("%s, since %d: %v", tt.what, since.Size, err)
			case older, tt.want.Kind == RecordsMismatch:
				allowed++
			default:
				t.Errorf("%s, since %d: not found, want %v", tt.what, since.Size, &tt.want)
			}
		}
	}
	t.Logf("%d found, %d beyond its reach", found, allowed)
	if found < 50 || allowed == 0 {
		t.Errorf("%d found, %d beyond its reach", found, allowed)
	}
}

// TestVerifySinceAnotherJournal: one whose older part was made anew, hashes and
// head with it, is not the one that was signed.
func TestVerifySinceAnotherJournal(t *testing.T) {
	f := sample(t)
	kept := f.kept(t)
	since, older := kept[1], kept[0]
	f.rewrite(2, func(h *Header) { h.Writes = nil })
	f.rebuild()
	if _, err := f.verifySince(t, since); !isFault(err, AnchorMismatch, since.Size) {
		t.Errorf("another journal: %v", err)
	}
	f = sample(t)
	older.Root[0] ^= 1
	if _, err := f.verifySince(t, since, older); !isFault(err, AnchorMismatch, older.Size) {
		t.Errorf("an older anchor of another journal: %v", err)
	}
	since.Size = 99
	if _, err := f.verifySince(t, since); !isFault(err, Shorter, 20) {
		t.Errorf("a checkpoint of a longer journal: %v", err)
	}
	delete(f.rows, kept[1].Size-1)
	if _, err := f.verifySince(t, kept[1]); !isFault(err, HashMissing, kept[1].Size-1) {
		t.Errorf("hashes gone: %v", err)
	}
	f.rows[kept[1].Size-1] = nil
	if _, err := f.verifySince(t, kept[1]); !isFault(err, HashChanged, kept[1].Size-1) {
		t.Errorf("hashes cut short: %v", err)
	}
}

func isFault(err error, kind Kind, seq int64) bool {
	var got *Fault
	return errors.As(err, &got) && got.Kind == kind && got.Seq == seq
}

// TestVerifySinceErased: an entry since may erase payloads below the checkpoint,
// and they are gone.
func TestVerifySinceErased(t *testing.T) {
	f := sample(t)
	since := f.sign()
	kept := f.entries[2]
	f.commitErasing([]int64{2})
	if _, err := f.verifySince(t, since); err != nil {
		t.Errorf("erased: %v", err)
	}
	f.entries[2] = kept
	if _, err := f.verifySince(t, since); !isFault(err, PayloadKept, 2) {
		t.Errorf("put back: %v", err)
	}
}

// TestVerifySinceWhileWriting: what others write and delete while the values are
// read is no fault.
func TestVerifySinceWhileWriting(t *testing.T) {
	for _, meanwhile := range [][]string{{"c/17=newer"}, {"c/17"}, {"c/18=newer", "c/19"}, {"new/1=value"}} {
		f := sample(t)
		kept := f.kept(t)
		log := f.log()
		read, done := log.Value, false
		log.Value = func(key []byte) ([]byte, bool, error) {
			if !done {
				done = true
				f.commit(meanwhile...)
			}
			return read(key)
		}
		if _, err := VerifySince(context.Background(), log, kept[len(kept)-1]); err != nil || !done {
			t.Errorf("%v: %v", meanwhile, err)
		}
	}
}
