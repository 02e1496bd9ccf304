package journal

import (
	"fmt"
	"reflect"
	"testing"
)

func TestVerifyAnchors(t *testing.T) {
	build := func(more, kept bool) (*fakeLog, Checkpoint) {
		f := newFakeLog(t)
		for n := range 10 {
			f.commit(fmt.Sprintf("m/%d=%d", n, n))
		}
		anchor := f.checkpoint()
		if kept {
			f.sign()
		}
		for n := range 5 {
			if more {
				f.commit(fmt.Sprintf("c/%d=%d", n, n))
			}
		}
		return f, anchor
	}
	rewritten := func(f *fakeLog) {
		f.rewrite(9, func(h *Header) { h.Payload[0]++ })
		f.entries[9] = Entry{Header: f.entries[9].Header}
		f.rebuild()
	}
	none := func(*fakeLog) {}
	for _, tt := range []struct {
		reason string
		more   bool
		kept   bool // the journal has the checkpoint itself
		do     func(*fakeLog)
		want   error
	}{
		{"the journal as it was", false, true, none, nil},
		{"the journal grown", true, true, none, nil},
		{"rewritten and made to fit", true, false, rewritten, &Fault{Kind: AnchorMismatch, Seq: 10, Other: 0}},
		{"tail cut", true, false, func(f *fakeLog) { cut(f, 9) }, &Fault{Kind: Shorter, Seq: 9, Other: 10}},
		{"cut and grown again", true, false, func(f *fakeLog) {
			cut(f, 9)
			delete(f.values, "m/9")
			f.counts["m"]--
			f.commit("z/1=1")
			f.commit("z/2=2")
		}, &Fault{Kind: AnchorMismatch, Seq: 10, Other: 0}},
	} {
		f, checkpoint := build(tt.more, tt.kept)
		tt.do(f)
		for _, anchor := range []Anchor{checkpoint, checkpoint.Mark()} {
			_, err := f.verify(t, anchor, Mark{Size: 0, Bits: MarkOf(0, (&Tree{}).Root()).Bits})
			if !reflect.DeepEqual(err, tt.want) {
				t.Errorf("%s, %T: got %v, want %v", tt.reason, anchor, err, tt.want)
			}
		}
	}
}

// TestCheckpointTakenAway: who has a checkpoint notices that the journal's own copy
// of it is gone. A mark does not tell.
func TestCheckpointTakenAway(t *testing.T) {
	f := newFakeLog(t)
	f.commit("m/1=1")
	kept := f.sign()
	f.commit("m/2=2")
	f.sign()
	if _, err := f.verify(t, kept, kept.Mark()); err != nil {
		t.Errorf("with all of them: %v", err)
	}
	delete(f.checkpoints, kept.Size)
	_, err := f.verify(t, kept)
	if want := error(fault(CheckpointMissing, 1)); !reflect.DeepEqual(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// TestTruncationShowsOnlyAgainstAnAnchor is the honest limit of the package
// comment.
func TestTruncationShowsOnlyAgainstAnAnchor(t *testing.T) {
	f := newFakeLog(t)
	f.commit("m/1=1")
	f.sign()
	f.commit()
	anchor := f.checkpoint().Mark()
	cut(f, 1)
	if _, err := f.verify(t); err != nil {
		t.Errorf("without an anchor: %v", err)
	}
	if _, err := f.verify(t, anchor); err == nil {
		t.Error("with an anchor: nothing found")
	}
}
