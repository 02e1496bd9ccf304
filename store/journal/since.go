package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// VerifySince proves that today's journal extends an older checkpoint, and walks
// only what was written after it. Errors and report are those of [Verify]; the
// report counts what was looked at.
//
// The hashes stored for the checkpoint's size must give its root, and with the
// entries from there on the tree must have the head's: so no entry the
// checkpoint covers was replaced by another in the tree. Each entry since, its
// payload, each later checkpoint and anchor, and the value of each key written
// since are checked as [Verify] does; the payloads that entries since call
// erased are gone. Anchors that are older must be of the same tree.
//
// What it cannot see: whether the entries and payloads stored below the
// checkpoint are still those of the tree; whether a value last written below it
// was changed, put back or taken away, or one inserted under a key that no entry
// since names, for only the older entries know those hashes; and the record
// counts, for which they are needed, too.
func VerifySince(ctx context.Context, log Log, since Checkpoint) (Report, error) {
	log.Anchors = append(slices.Clone(log.Anchors), since)
	v := newVerifier(ctx, log)
	defer v.stop()
	v.since, v.deleted = since.Size, make(map[string]bool)
	return v.reported(v.verifySince(since))
}

func (v *verifier) verifySince(since Checkpoint) error {
	head, err := v.log.Head()
	if err != nil {
		return err
	}
	if err := v.longEnough(head); err != nil {
		return err
	}
	if err := v.beginAt(since); err != nil {
		return err
	}
	for _, step := range []func() error{
		v.nextCheckpoint,
		v.skipCheckpoints,
		v.vouch,
		func() error { return v.walk(head) },
		v.checkEnd,
		v.checkPayloads,
		v.checkWritten,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// beginAt takes over the tree of a checkpoint and compares it with the anchors
// that are older.
func (v *verifier) beginAt(since Checkpoint) error {
	hashes := RowReader(v.storedRow)
	tree, err := loadAt(since.Size, hashes)
	if err != nil {
		return err
	}
	if tree.Root() != since.Root {
		return &Fault{Kind: AnchorMismatch, Seq: since.Size}
	}
	for len(v.anchors) > 0 && v.anchors[0].anchored() < since.Size {
		if err := proveOlder(v.anchors[0], since, hashes); err != nil {
			return err
		}
		v.anchors = v.anchors[1:]
	}
	v.tree = *tree
	return nil
}

// loadAt is [LoadTree], with a stored row that is too short called what it is.
func loadAt(size int64, hashes tlog.HashReader) (*Tree, error) {
	tree, err := LoadTree(size, hashes)
	if errors.Is(err, ErrMalformed) {
		return nil, fault(HashChanged, size-1)
	}
	return tree, err
}

// proveOlder compares an anchor that a checkpoint covers with the checkpoint's
// tree. That both are of one tree is proven as RFC 6962, section 2.1.2, does: the
// hashes stored need not be trusted.
func proveOlder(a Anchor, since Checkpoint, hashes tlog.HashReader) error {
	tree, err := loadAt(a.anchored(), hashes)
	if err != nil {
		return err
	}
	if !a.holds(tree.Root()) {
		return &Fault{Kind: AnchorMismatch, Seq: a.anchored()}
	}
	if tree.Size() == 0 {
		return nil // every tree extends the empty one
	}
	proof, err := tlog.ProveTree(since.Size, tree.Size(), hashes)
	if err != nil {
		return fmt.Errorf("prove size %d in %d: %w", tree.Size(), since.Size, err)
	}
	if tlog.CheckTree(proof, since.Size, since.Root, tree.Size(), tree.Root()) != nil {
		return &Fault{Kind: AnchorMismatch, Seq: a.anchored()}
	}
	return nil
}

func (v *verifier) storedRow(seq int64) ([]byte, error) {
	for row, err := range v.log.Rows(seq) {
		if err != nil {
			return nil, err
		}
		if row.Seq == seq {
			return row.Hashes, nil
		}
		break
	}
	return nil, fault(HashMissing, seq)
}

// skipCheckpoints passes by those below the size that is begun with.
func (v *verifier) skipCheckpoints() error {
	for v.ahead != nil && v.ahead.Size < v.since {
		if err := v.nextCheckpoint(); err != nil {
			return err
		}
	}
	return nil
}

// checkGone looks whether the payload of an entry that is not walked is gone, as
// the entry at seq says.
func (v *verifier) checkGone(erased, seq int64) error {
	for stored, err := range v.log.Entries(erased) {
		if err != nil {
			return err
		}
		if stored.Seq == erased && len(stored.Payload) > 0 {
			return &Fault{Kind: PayloadKept, Seq: erased, Other: seq}
		}
		break
	}
	return nil
}

// checkWritten compares the values of the keys that the entries walked name.
func (v *verifier) checkWritten() error {
	v.recent = make(map[string]recentWrites)
	keys := slices.AppendSeq(slices.Collect(maps.Keys(v.held.index)), maps.Keys(v.deleted))
	slices.Sort(keys)
	var seen bitset
	for _, key := range keys {
		stored, found, err := v.log.Value([]byte(key))
		if err != nil {
			return err
		}
		if found {
			err = v.value(hashValue(Value{[]byte(key), stored}), &seen)
		} else {
			err = v.absent(key)
		}
		if err != nil {
			return err
		}
		v.report.Values++
		if err := v.progress(StageValues, v.report.Values, int64(len(keys))); err != nil {
			return err
		}
	}
	return nil
}

// absent checks a key that has no value: none is right where the newest entry
// deleted it.
func (v *verifier) absent(key string) error {
	if _, known := v.held.index[key]; !known {
		return nil
	}
	if err := v.settle(); err != nil {
		return err
	}
	if at, known := v.held.index[key]; known && !v.recent[key].absent {
		return &Fault{Kind: ValueMissing, Seq: v.held.states[at].seq, Other: None, Key: bytes.Clone([]byte(key))}
	}
	return nil
}
