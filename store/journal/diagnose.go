package journal

import (
	"bytes"

	"golang.org/x/mod/sumdb/tlog"
)

// What follows runs once, when a fault was found, to give it its name. It may
// read the journal again.

// diagnoseLeaf names the fault of an entry whose header is not the one the
// stored hashes were made of.
func (v *verifier) diagnoseLeaf(stored hashedEntry, row Row, head Head) error {
	seq, here := stored.Seq, stored.leaf
	belongs := v.header.parse(stored.Header) == nil && v.header.Seq != seq
	from := v.header.Seq

	next, hasNext, err := v.entryLeaf(seq + 1)
	if err != nil {
		return err
	}
	wantNext, hasWantNext, err := v.storedLeaf(seq + 1)
	if err != nil {
		return err
	}
	nextIsHere := hasNext && len(row.Hashes) >= len(next) && tlog.Hash(row.Hashes) == next
	hereIsNext := hasWantNext && wantNext == here
	switch {
	case nextIsHere && hereIsNext:
		return &Fault{Kind: EntrySwapped, Seq: seq, Other: seq + 1}
	case nextIsHere:
		return fault(EntryInserted, seq)
	case hereIsNext:
		return fault(EntryMissing, seq)
	case belongs:
		return v.diagnoseMoved(seq, from, here)
	}
	return v.diagnoseChanged(seq, head)
}

// diagnoseMoved names the fault of an entry that says it belongs elsewhere: it
// changed places with another, or is a copy, or says so wrongly.
func (v *verifier) diagnoseMoved(seq, from int64, here tlog.Hash) error {
	want, ok, err := v.storedLeaf(from)
	if err != nil {
		return err
	}
	if !ok || want != here {
		return fault(EntryChanged, seq)
	}
	there, ok, err := v.entryLeaf(from)
	if err != nil {
		return err
	}
	if ok && there == here {
		return &Fault{Kind: EntryChanged, Seq: seq, Other: from}
	}
	return &Fault{Kind: EntrySwapped, Seq: seq, Other: from}
}

// diagnoseChanged tells a changed entry from a changed hash: only in the second
// case do the entries still add up to the head.
func (v *verifier) diagnoseChanged(seq int64, head Head) error {
	var tree Tree
	for stored, err := range v.log.Entries(0) {
		if err != nil {
			return err
		}
		if tree.Size() == head.Size {
			break
		}
		tree.Append(stored.Header)
	}
	if tree.Root() == head.Root {
		return fault(HashChanged, seq)
	}
	return fault(EntryChanged, seq)
}

// diagnosePosition names the fault of an entry that sits at seq with its
// hashes, and whose header names another position.
func (v *verifier) diagnosePosition(seq int64) error {
	from := v.header.Seq
	switch from {
	case seq - 1:
		return fault(EntryInserted, seq-1)
	case seq + 1:
		next, ok, err := v.headerSeq(seq + 1)
		if err != nil {
			return err
		}
		if !ok || next != seq {
			return fault(EntryMissing, seq)
		}
	}
	return &Fault{Kind: EntrySwapped, Seq: seq, Other: from}
}

// entryLeaf returns the leaf hash of the entry stored for a position.
func (v *verifier) entryLeaf(seq int64) (leaf tlog.Hash, ok bool, err error) {
	for stored, err := range v.log.Entries(seq) {
		if err != nil || stored.Seq != seq {
			return leaf, false, err
		}
		return tlog.RecordHash(stored.Header), true, nil
	}
	return leaf, false, nil
}

// headerSeq returns the position named by the entry stored for a position.
func (v *verifier) headerSeq(seq int64) (named int64, ok bool, err error) {
	for stored, err := range v.log.Entries(seq) {
		if err != nil || stored.Seq != seq {
			return 0, false, err
		}
		header, err := ParseHeader(stored.Header)
		return header.Seq, err == nil, nil
	}
	return 0, false, nil
}

// storedLeaf returns the leaf hash kept for a position.
func (v *verifier) storedLeaf(seq int64) (leaf tlog.Hash, ok bool, err error) {
	for row, err := range v.log.Rows(seq) {
		if err != nil || row.Seq != seq || len(row.Hashes) < len(leaf) {
			return leaf, false, err
		}
		return tlog.Hash(row.Hashes), true, nil
	}
	return leaf, false, nil
}

// diagnoseValue names the fault of a value that is not the newest of its key,
// by looking where its hash was written.
func (v *verifier) diagnoseValue(key []byte, hash [32]byte) error {
	found := Fault{Kind: ValueUnknown, Seq: None, Other: None, Key: bytes.Clone(key)}
	for stored, err := range v.log.Entries(0) {
		if err != nil {
			return err
		}
		if stored.Seq >= v.tree.Size() {
			break
		}
		if err := v.header.parse(stored.Header); err != nil {
			return err
		}
		for _, w := range v.header.Writes {
			found.consider(w, v.header.Seq, hash)
		}
	}
	return &found
}

// consider sharpens the fault of a value by one write. A write of the key
// itself outweighs one of another key.
func (f *Fault) consider(w Write, seq int64, hash [32]byte) {
	wrote := !w.Deleted && w.Hash == hash
	switch own := bytes.Equal(w.Key, f.Key); {
	case own && wrote:
		f.Kind, f.Seq, f.Other, f.OtherKey = ValueOld, seq, seq, nil
	case own:
		f.Seq = seq
		if f.Kind == ValueUnknown {
			f.Kind = ValueChanged
		}
	case wrote && f.Kind != ValueOld:
		f.Kind, f.Other, f.OtherKey = ValueSwapped, seq, bytes.Clone(w.Key)
	}
}
