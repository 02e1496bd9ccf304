package journal

import (
	"bytes"
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Proof shows, without the journal and without a key, that an entry is in it.
// Its text is that of C2SP tlog-proof:
//
//	c2sp.org/tlog-proof@v1
//	extra <header, base64>
//	index <position>
//	<hash, base64>            one a line, from the leaf's sibling to the root's child
//
//	<signed checkpoint>
//
// The record whose hash is the leaf is the header alone, so that a payload that
// was erased meanwhile changes nothing.
type Proof struct {
	Header []byte
	Seq    int64
	Path   []tlog.Hash
	// Checkpoint is the signed note of a tree that holds the entry.
	Checkpoint []byte
}

// Prove makes the proof of an entry against the signed checkpoint c, of which
// note is the text, reading stored hashes.
func Prove(header []byte, seq int64, c Checkpoint, note []byte, stored tlog.HashReader) (Proof, error) {
	path, err := tlog.ProveRecord(c.Size, seq, stored)
	if err != nil {
		return Proof{}, fmt.Errorf("prove entry %d: %w", seq, err)
	}
	// A proof that does not hold is told here and not in the auditor's hands.
	if err := tlog.CheckRecord(path, c.Size, c.Root, seq, tlog.RecordHash(header)); err != nil {
		return Proof{}, fmt.Errorf("prove entry %d: %w", seq, err)
	}
	return Proof{Header: header, Seq: seq, Path: path, Checkpoint: note}, nil
}

// Marshal returns the proof's text.
func (p Proof) Marshal() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "c2sp.org/tlog-proof@v1\nextra %s\nindex %d\n", base64.StdEncoding.EncodeToString(p.Header), p.Seq)
	for _, hash := range p.Path {
		fmt.Fprintln(&b, hash)
	}
	b.WriteByte('\n')
	b.Write(p.Checkpoint)
	return b.Bytes()
}
