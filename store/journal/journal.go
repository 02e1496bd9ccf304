// Package journal is the record of what was done: append-only, checkable by
// anybody, readable only with the keys of the database.
//
// An [Entry] has two parts. The payload says what happened and is sealed. The
// [Header] names every key the same commit wrote, with the SHA-256 of the
// sealed value, and the SHA-256 of the sealed payload. The header's bytes are
// the leaf of a Merkle tree (RFC 6962, section 2.1, as in
// golang.org/x/mod/sumdb/tlog). So
//
//   - nobody needs a key to check the journal;
//   - a value changed, put back or taken away is noticed, for the newest header
//     naming its key has another hash;
//   - a payload can be erased when its time is over: the tree needs the header
//     alone, and an entry of its own names the position erased.
//
// A [Checkpoint] is the tree's size and root at one moment, signed. A [Mark] is
// its short form for paper. [Verify] walks everything and names the first
// [Fault].
//
// What no journal can see by itself: that its newest entries were cut off
// together with the checkpoints above them, by somebody who also set its head
// back. Only an anchor shows that, a checkpoint or mark kept elsewhere. And
// whoever holds the signing key can rewrite what no anchor covers.
//
// Positions count from 0, as in RFC 6962; a journal of size n ends with n-1.
//
//	tree, err := journal.LoadTree(size, journal.RowReader(readRow))
//	header, err := journal.Header{Seq: tree.Size(), Writes: writes, Payload: sha256.Sum256(sealed)}.Marshal()
//	row := journal.FormatRow(tree.Append(header))
//	entry := journal.Entry{Header: header, Payload: sealed}.Marshal()
package journal

import (
	"encoding/hex"
	"errors"
	"fmt"
)

var (
	// ErrMalformed means that bytes or text are not of the form they should
	// have.
	ErrMalformed = errors.New("malformed")
	// ErrVersion means that a newer program wrote the header.
	ErrVersion = errors.New("journal entry has an unknown version")
	// ErrSignature means that a checkpoint bears no signature of a known key,
	// or a wrong one.
	ErrSignature = errors.New("checkpoint is not signed by a known key")
	// ErrUnknownKey is the ErrSignature of a checkpoint that names none of the
	// known keys: they may not be the newest.
	ErrUnknownKey = fmt.Errorf("%w: another key's", ErrSignature)
)

// Origin returns the name of a database's journal, as it stands in the first
// line of its checkpoints and in its signing keys.
func Origin(storeID [16]byte) string { return "schalter/" + hex.EncodeToString(storeID[:]) }
