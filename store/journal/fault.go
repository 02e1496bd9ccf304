package journal

import (
	"fmt"
	"strings"
)

// Kind is what is wrong with a journal or with what it speaks of. Its text is
// stable, for machines.
type Kind string

// What [Verify] can find.
const (
	// EntryChanged: the header at Seq is not the one the tree was built of.
	// With Other set, it is a copy of the entry at Other.
	EntryChanged Kind = "entry_changed"
	// EntryMissing: there is no entry at Seq, or those behind moved up.
	EntryMissing Kind = "entry_missing"
	// EntryInserted: the entry at Seq was never written by the program.
	EntryInserted Kind = "entry_inserted"
	// EntrySwapped: the entry at Seq belongs at Other, where it is not.
	EntrySwapped Kind = "entry_swapped"
	// EntryUnreadable: the tree has the header at Seq, and it is of a newer
	// version or of no form known.
	EntryUnreadable Kind = "entry_unreadable"
	// PayloadChanged: the sealed payload at Seq is not the one written.
	PayloadChanged Kind = "payload_changed"
	// PayloadMissing: the payload at Seq is gone and no entry says it was
	// erased.
	PayloadMissing Kind = "payload_missing"
	// PayloadKept: the entry at Other says that the payload at Seq was erased,
	// and there it is.
	PayloadKept Kind = "payload_kept"
	// HashChanged: the entry at Seq is right and the tree hashes stored with
	// it are not.
	HashChanged Kind = "hash_changed"
	// HashMissing: no tree hashes are stored with the entry at Seq.
	HashMissing Kind = "hash_missing"
	// HeadMismatch: the size or root the database remembers is not that of its
	// entries. Seq is the size. Up to Other checkpoints or anchors agree.
	HeadMismatch Kind = "head_mismatch"
	// RecordsMismatch: the counts a checkpoint or the head states for size Seq
	// are not what the entries add up to. Up to Other all agrees.
	RecordsMismatch Kind = "records_mismatch"
	// CheckpointSignature: the checkpoint kept for size Seq is no signed one, or
	// not what the known key signed.
	CheckpointSignature Kind = "checkpoint_signature"
	// CheckpointKey: the checkpoint kept for size Seq is signed, by none of the
	// known keys: they are not the newest, or it was forged.
	CheckpointKey Kind = "checkpoint_key"
	// CheckpointMismatch: the checkpoint kept for size Seq is genuine and the
	// entries are not those it was made of. Up to Other all agrees, so at least
	// one entry from there on was changed.
	CheckpointMismatch Kind = "checkpoint_mismatch"
	// CheckpointMissing: an anchor has the checkpoint of size Seq, the entries are
	// those it was made of, and it is not among the checkpoints kept.
	CheckpointMissing Kind = "checkpoint_missing"
	// Unsigned: the journal has Seq entries, and no checkpoint among those kept
	// covers more than Other of them. [Verify] finds that only where it is none at
	// all: whoever made the journal had no key.
	Unsigned Kind = "unsigned"
	// Shorter: the journal ends at Seq, and a checkpoint or anchor speaks of
	// Other entries.
	Shorter Kind = "shorter"
	// AnchorMismatch: the anchor for size Seq remembers another root. Up to
	// Other all agrees.
	AnchorMismatch Kind = "anchor_mismatch"
	// ValueChanged: the value of Key is none the journal knows; the entry at
	// Seq wrote the last one it does.
	ValueChanged Kind = "value_changed"
	// ValueOld: the value of Key is the one the entry at Other wrote, and the
	// entry at Seq replaced or deleted it.
	ValueOld Kind = "value_old"
	// ValueSwapped: the value of Key is one written for OtherKey by the entry
	// at Other.
	ValueSwapped Kind = "value_swapped"
	// ValueMissing: the entry at Seq wrote a value of Key and it is gone.
	ValueMissing Kind = "value_missing"
	// ValueUnknown: no entry ever named Key, and it has a value.
	ValueUnknown Kind = "value_unknown"
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{
		EntryChanged, EntryMissing, EntryInserted, EntrySwapped, EntryUnreadable,
		PayloadChanged, PayloadMissing, PayloadKept, HashChanged, HashMissing,
		HeadMismatch, RecordsMismatch, CheckpointSignature, CheckpointKey, CheckpointMismatch, CheckpointMissing,
		Unsigned, Shorter, AnchorMismatch,
		ValueChanged, ValueOld, ValueSwapped, ValueMissing, ValueUnknown,
	}
}

// None stands for a position a [Fault] does not name.
const None int64 = -1

// Fault is the first thing [Verify] found wrong. What its fields mean is said
// at each [Kind].
type Fault struct {
	Kind Kind
	// Seq and Other are positions or sizes, or [None].
	Seq, Other int64
	// Key and OtherKey are storage keys, or nil.
	Key, OtherKey []byte
}

// Error names kind, positions and keys, for the log. Keys are in hex.
func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "journal: %s", f.Kind)
	for _, position := range []struct {
		name  string
		value int64
	}{{"at", f.Seq}, {"other", f.Other}} {
		if position.value != None {
			fmt.Fprintf(&b, ", %s %d", position.name, position.value)
		}
	}
	if f.Key != nil {
		fmt.Fprintf(&b, ", key %x", f.Key)
	}
	if f.OtherKey != nil {
		fmt.Fprintf(&b, ", other key %x", f.OtherKey)
	}
	return b.String()
}

// fault returns a fault at a position, naming nothing else.
func fault(kind Kind, seq int64) *Fault { return &Fault{Kind: kind, Seq: seq, Other: None} }
