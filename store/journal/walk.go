package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"iter"

	"golang.org/x/mod/sumdb/tlog"
)

// walk checks the entries from where the tree ends to the head.
func (v *verifier) walk(head Head) error {
	if head.Size < v.tree.Size() {
		return &Fault{Kind: Shorter, Seq: head.Size, Other: v.tree.Size()}
	}
	if v.tree.Size() < head.Size {
		if err := v.walkEntries(head); err != nil {
			return err
		}
	}
	if v.tree.Size() < head.Size {
		return fault(EntryMissing, v.tree.Size())
	}
	if v.tree.Root() != head.Root {
		return &Fault{Kind: HeadMismatch, Seq: head.Size, Other: v.agreed}
	}
	if head.Records != nil && !v.counted(head.Records) {
		return &Fault{Kind: RecordsMismatch, Seq: head.Size, Other: v.agreed}
	}
	return nil
}

func (v *verifier) walkEntries(head Head) error {
	nextRow, stop := iter.Pull2(v.log.Rows(v.tree.Size()))
	defer stop()
	for hashed, err := range ahead(v.log.Entries(v.tree.Size()), entryHasher()) {
		if err != nil {
			return err
		}
		if err := v.entry(hashed, nextRow, head); err != nil {
			return err
		}
		if err := v.progress(StageEntries, v.tree.Size(), head.Size); err != nil {
			return err
		}
		if v.tree.Size() == head.Size {
			return nil
		}
	}
	return nil
}

// hashedEntry is an entry with the hashes of its parts.
type hashedEntry struct {
	Stored
	leaf    tlog.Hash
	payload [32]byte
}

// entryHasher returns what hashes one entry after the other. The leaf is that of
// tlog.RecordHash, made in room that is used again.
func entryHasher() func(Stored) hashedEntry {
	leaf := []byte{0} // RFC 6962, section 2.1
	return func(s Stored) hashedEntry {
		leaf = append(leaf[:1], s.Header...)
		return hashedEntry{s, sha256.Sum256(leaf), sha256.Sum256(s.Payload)}
	}
}

// entry checks one entry and takes it into the tree.
func (v *verifier) entry(stored hashedEntry, nextRow func() (Row, error, bool), head Head) error {
	seq := v.tree.Size()
	if stored.Seq != seq {
		return fault(EntryMissing, seq)
	}
	row, err, ok := nextRow()
	if err != nil {
		return err
	}
	if !ok || row.Seq != seq {
		return fault(HashMissing, seq)
	}
	if len(row.Hashes) < tlog.HashSize || tlog.Hash(row.Hashes) != stored.leaf {
		return v.diagnoseLeaf(stored, row, head)
	}
	if v.header.parse(stored.Header) != nil {
		return fault(EntryUnreadable, seq)
	}
	if v.header.Seq != seq {
		return v.diagnosePosition(seq)
	}
	v.hashes = v.tree.appendLeaf(stored.leaf, v.hashes[:0])
	v.row = appendRow(v.row[:0], v.hashes)
	if !bytes.Equal(v.row, row.Hashes) {
		return fault(HashChanged, seq)
	}
	if err := v.payload(seq, stored); err != nil {
		return err
	}
	v.writes(seq)
	v.report.Entries++
	return v.vouch()
}

// payload checks the payload of the entry whose header was just read, and that
// those it calls erased are gone.
func (v *verifier) payload(seq int64, stored hashedEntry) error {
	if len(stored.Payload) == 0 {
		v.missing.set(seq)
	} else if stored.payload != v.header.Payload {
		return fault(PayloadChanged, seq)
	}
	for _, erased := range v.header.Erased {
		if erased < v.since {
			if err := v.checkGone(erased, seq); err != nil {
				return err
			}
			continue
		}
		// An entry written since may have erased what was there when the
		// walk passed it.
		if !v.missing.has(erased) && !v.walked {
			return &Fault{Kind: PayloadKept, Seq: erased, Other: seq}
		}
		v.named.set(erased)
	}
	return nil
}

// writes takes over what the header says was written.
func (v *verifier) writes(seq int64) {
	for _, w := range v.header.Writes {
		name, journalled := v.log.Prefix(w.Key)
		if !journalled {
			continue
		}
		had := v.held.apply(w, seq, name)
		v.noteDeleted(w)
		if v.recent != nil {
			v.recent[string(w.Key)] = v.recent[string(w.Key)].and(w, had)
		}
	}
}

// noteDeleted remembers keys that must have no value, where not all entries are
// walked: otherwise what no entry holds is enough to know.
func (v *verifier) noteDeleted(w Write) {
	switch {
	case v.deleted == nil:
	case w.Deleted:
		v.deleted[string(w.Key)] = true
	default:
		delete(v.deleted, string(w.Key))
	}
}

// vouch compares the tree with the checkpoints and anchors of its size.
func (v *verifier) vouch() error {
	for v.ahead != nil && v.ahead.Size <= v.tree.Size() {
		if err := v.checkCheckpoint(*v.ahead); err != nil {
			return err
		}
		if err := v.nextCheckpoint(); err != nil {
			return err
		}
	}
	for len(v.anchors) > 0 && v.anchors[0].anchored() <= v.tree.Size() {
		if !v.anchors[0].holds(v.tree.Root()) {
			return &Fault{Kind: AnchorMismatch, Seq: v.anchors[0].anchored(), Other: v.agreed}
		}
		if _, signed := v.anchors[0].(Checkpoint); signed && v.noted != v.tree.Size() {
			return fault(CheckpointMissing, v.tree.Size())
		}
		v.agreed = v.tree.Size()
		v.anchors = v.anchors[1:]
	}
	return nil
}

// counted reports whether the entries add up to these counts. Who has not walked
// all of them cannot say.
func (v *verifier) counted(records map[string]uint64) bool {
	return v.since > 0 || v.held.counted(records)
}

func (v *verifier) checkCheckpoint(stored StoredCheckpoint) error {
	c, err := ParseSigned(stored.Note, v.log.Verifiers)
	switch {
	case errors.Is(err, ErrUnknownKey):
		return fault(CheckpointKey, stored.Size)
	case err != nil:
		return fault(CheckpointSignature, stored.Size)
	}
	if c.Origin != v.log.Origin || c.Size != v.tree.Size() || c.Root != v.tree.Root() {
		return &Fault{Kind: CheckpointMismatch, Seq: stored.Size, Other: v.agreed}
	}
	if !v.counted(c.Records) {
		return &Fault{Kind: RecordsMismatch, Seq: stored.Size, Other: v.agreed}
	}
	v.agreed, v.noted = c.Size, c.Size
	v.report.Checkpoints++
	return nil
}

func (v *verifier) nextCheckpoint() error {
	stored, err, ok := v.checkpoints()
	if err != nil {
		return err
	}
	v.ahead = nil
	if ok {
		v.ahead = &stored
	}
	return nil
}

// checkEnd looks for checkpoints and entries above the head.
func (v *verifier) checkEnd() error {
	if v.ahead != nil {
		if err := v.settle(); err != nil {
			return err
		}
	}
	if v.ahead != nil {
		return &Fault{Kind: Shorter, Seq: v.tree.Size(), Other: v.ahead.Size}
	}
	extra, ok, err := v.entryAfter(v.tree.Size())
	if err != nil || !ok {
		return err
	}
	head, err := v.log.Head()
	if err == nil && head.Size <= extra {
		return fault(EntryInserted, extra)
	}
	return err
}

// entryAfter returns the first position from seq on that has an entry.
func (v *verifier) entryAfter(seq int64) (int64, bool, error) {
	for stored, err := range v.log.Entries(seq) {
		return stored.Seq, err == nil, err
	}
	return 0, false, nil
}

// checkSigned wants a checkpoint of what was walked: without a key anybody could
// have written it.
func (v *verifier) checkSigned() error {
	if v.noted == 0 && v.tree.Size() > 0 {
		return &Fault{Kind: Unsigned, Seq: v.tree.Size(), Other: 0}
	}
	return nil
}

// checkPayloads looks for payloads gone without an entry that says so.
func (v *verifier) checkPayloads() error {
	if _, ok := v.missing.firstWithout(v.named); ok {
		if err := v.settle(); err != nil {
			return err
		}
	}
	if seq, ok := v.missing.firstWithout(v.named); ok {
		return fault(PayloadMissing, seq)
	}
	return nil
}
