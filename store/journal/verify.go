package journal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Stored is an entry at the position it is stored for.
type Stored struct {
	Seq int64
	Entry
}

// Row is what [FormatRow] made of an entry's hashes, at the entry's position.
type Row struct {
	Seq    int64
	Hashes []byte
}

// Value is a key with what is stored under it, sealed.
type Value struct{ Key, Stored []byte }

// StoredCheckpoint is a signed note at the size it is stored for.
type StoredCheckpoint struct {
	Size int64
	Note []byte
}

// Head is what the database remembers of its journal.
type Head struct {
	Size int64
	Root tlog.Hash
	// Records counts the keys with a value, as [Checkpoint] does. Nil if the
	// head does not say.
	Records map[string]uint64
}

// Log is a journal to be verified. All fields up to Prefix are needed.
//
// Others may append meanwhile. It is enough that each loop reads one snapshot,
// taken when it begins, and that an entry, its row, the values it names and
// the head change together. What a loop yields is kept for a while and must
// not change; loops may run in a goroutine of Verify, and end before it does.
type Log struct {
	// Origin is what checkpoints must name, see [Origin].
	Origin string
	// Verifiers know the keys checkpoints may be signed with.
	Verifiers note.Verifiers
	// Head reads the head as it is now.
	Head func() (Head, error)
	// Entries loops over the entries from a position on, ascending. For one
	// that [ParseEntry] refuses it yields the position and that error.
	Entries func(from int64) iter.Seq2[Stored, error]
	// Rows loops over the stored hashes from a position on, ascending.
	Rows func(from int64) iter.Seq2[Row, error]
	// Values loops over all keys with a value, ascending, each once. The
	// journal's own keys may be among them.
	Values func() iter.Seq2[Value, error]
	// Value reads one key, for [VerifySince]; found is false if it has no value.
	Value func(key []byte) (stored []byte, found bool, err error)
	// Checkpoints loops over the signed checkpoints by size, ascending.
	Checkpoints func() iter.Seq2[StoredCheckpoint, error]
	// Prefix returns what a key's prefix is called in [Checkpoint].Records, and
	// whether every write of it has an entry. Keys for which that is not so are
	// not looked at.
	Prefix func(key []byte) (name string, journalled bool)

	// Anchors are what was remembered elsewhere. The journal must extend each.
	Anchors []Anchor
	// Progress, if set, is called now and then.
	Progress func(Progress)
}

// Progress says how far [Verify] is.
type Progress struct {
	Stage Stage
	// Done and Total count what the stage is about. Total can grow.
	Done, Total int64
}

// Stage is a part of [Verify].
type Stage string

// The stages of [Verify], in order.
const (
	StageEntries Stage = "entries"
	StageValues  Stage = "values"
)

// Report is what [Verify] looked at.
type Report struct {
	// Entries, Values and Checkpoints are how many were found right.
	Entries, Values, Checkpoints int64
	// Signed is the size up to which the checkpoints kept cover the journal.
	Signed int64
	// Size and Root are those of the journal at the end.
	Size int64
	Root tlog.Hash
}

// Verify walks the whole journal and everything it speaks of, and returns the
// first [*Fault] as its error, or what kept it from reading. The report says
// how far it came.
//
// It recomputes the tree from the headers and compares it with the hashes
// stored, the head, every checkpoint and every anchor; each payload with its
// header; the newest hash of each key with its value; the counts. A journal with
// entries must have a checkpoint of some of them. That the
// tree has an anchor's root at the anchor's size proves that today's journal
// extends the one remembered.
//
// It keeps about 120 bytes for every key with a value, two bits for every
// entry, and what was written while it ran.
func Verify(ctx context.Context, log Log) (Report, error) {
	v := newVerifier(ctx, log)
	defer v.stop()
	return v.reported(v.verify())
}

// reported is what a run returns that ended with an error or nil.
func (v *verifier) reported(err error) (Report, error) {
	v.report.Signed = v.noted
	v.report.Size, v.report.Root = v.tree.Size(), v.tree.Root()
	var found *Fault
	if err != nil && !errors.As(err, &found) {
		err = fmt.Errorf("verify journal: %w", err)
	}
	return v.report, err
}

// verifier is one run of [Verify].
type verifier struct {
	ctx    context.Context
	log    Log
	report Report

	tree    Tree
	held    *holdings
	anchors []Anchor // ascending, those still ahead
	agreed  int64    // size up to which a checkpoint or anchor vouches
	noted   int64    // size of the last checkpoint that is stored

	missing, named bitset // payloads that are not there; that were erased

	since   int64           // size from which on entries are walked; 0 for all
	deleted map[string]bool // keys deleted since; nil where all are walked

	// walked says that entries read from now on are newer than some of what
	// was looked at before them.
	walked bool
	// recent has what was written since the values began to be read.
	recent map[string]recentWrites

	checkpoints func() (StoredCheckpoint, error, bool)
	stop        func()
	ahead       *StoredCheckpoint // the next checkpoint, nil after the last

	// Reused for every entry.
	header Header
	hashes []tlog.Hash
	row    []byte
}

func newVerifier(ctx context.Context, log Log) *verifier {
	v := &verifier{ctx: ctx, log: log, held: newHoldings(), anchors: slices.Clone(log.Anchors)}
	slices.SortStableFunc(v.anchors, func(a, b Anchor) int { return int(a.anchored() - b.anchored()) })
	v.log.Entries = func(from int64) iter.Seq2[Stored, error] { return torn(log.Entries(from)) }
	v.checkpoints, v.stop = iter.Pull2(log.Checkpoints())
	return v
}

// torn yields an entry that could not be parsed as one without content. It
// fits no hash, and so is found and named like any other change.
func torn(entries iter.Seq2[Stored, error]) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		for stored, err := range entries {
			if errors.Is(err, ErrMalformed) {
				stored, err = Stored{Seq: stored.Seq}, nil
			}
			if !yield(stored, err) {
				return
			}
		}
	}
}

func (v *verifier) verify() error {
	head, err := v.log.Head()
	if err != nil {
		return err
	}
	if err := v.longEnough(head); err != nil {
		return err
	}
	v.held.expect(head.Records)
	for _, step := range []func() error{
		v.nextCheckpoint,
		v.vouch, // for the empty journal
		func() error { return v.walk(head) },
		v.checkEnd,
		v.checkPayloads,
		v.checkValues,
		v.checkSigned,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// longEnough compares the head with the newest anchor.
func (v *verifier) longEnough(head Head) error {
	if n := len(v.anchors); n > 0 && v.anchors[n-1].anchored() > head.Size {
		return &Fault{Kind: Shorter, Seq: head.Size, Other: v.anchors[n-1].anchored()}
	}
	return nil
}

// settle walks on to where the journal is now. What looks wrong may only be
// newer than the entries read so far.
func (v *verifier) settle() error {
	v.walked = true
	head, err := v.log.Head()
	if err != nil {
		return err
	}
	return v.walk(head)
}

// progress reports now and then, and ends the run when the context does.
func (v *verifier) progress(stage Stage, done, total int64) error {
	const every = 1 << 12
	if done%every != 0 && done != total {
		return nil
	}
	if v.log.Progress != nil {
		v.log.Progress(Progress{Stage: stage, Done: done, Total: total})
	}
	return v.ctx.Err()
}
