package store

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"schalter/domain"
	"schalter/store/journal"
	"schalter/store/kv"
)

// Anchor keeps signed checkpoints outside the database: only there it shows that
// the journal's end was cut off, or an older copy of the file put back.
type Anchor interface {
	// Name says where it is, for people.
	Name() string
	// Notes are what was kept, oldest first.
	Notes() ([][]byte, error)
	// Append keeps one more; it lasts when Append returns.
	Append(note []byte, c journal.Checkpoint) error
}

// AnchorState is how an anchor stands, for whoever looks after the machine.
type AnchorState struct {
	Name string
	// Size is that of the newest checkpoint kept there; 0 for none.
	Size int64
	// Err is why it could not be read or written the last time.
	Err error
}

// keeper carries checkpoints to the anchors, beside the writing: a network disk
// that hangs must not stop the counter.
type keeper struct {
	anchors []Anchor
	wake    chan struct{}
	done    sync.WaitGroup

	mu     sync.Mutex
	next   *signedCheckpoint // the newest that waits; older ones are in its past
	states []AnchorState
}

type signedCheckpoint struct {
	journal.Checkpoint
	note []byte
}

func newKeeper(anchors []Anchor) *keeper {
	k := &keeper{anchors: anchors, wake: make(chan struct{}, 1), states: make([]AnchorState, len(anchors))}
	for i, a := range anchors {
		k.states[i].Name = a.Name()
	}
	k.done.Add(1)
	go k.run()
	return k
}

func (k *keeper) run() {
	defer k.done.Done()
	for range k.wake {
		k.carry()
	}
	k.carry()
}

func (k *keeper) carry() {
	k.mu.Lock()
	next := k.next
	k.next = nil
	k.mu.Unlock()
	if next == nil {
		return
	}
	for i, a := range k.anchors {
		k.mu.Lock()
		has := k.states[i].Size == next.Size
		k.mu.Unlock()
		if has {
			continue
		}
		err := a.Append(next.note, next.Checkpoint)
		k.mu.Lock()
		if k.states[i].Err = err; err == nil {
			k.states[i].Size = next.Size
		}
		k.mu.Unlock()
	}
}

// keep hands a checkpoint over that was committed.
func (k *keeper) keep(c signedCheckpoint) {
	k.mu.Lock()
	k.next = &c
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// stop waits for what is under way.
func (k *keeper) stop() {
	close(k.wake)
	k.done.Wait()
}

// Anchors says how the anchors stand.
func (s *Store) Anchors() []AnchorState {
	s.keeper.mu.Lock()
	defer s.keeper.mu.Unlock()
	return append([]AnchorState(nil), s.keeper.states...)
}

// ReadOnly is why nothing can be written to a database that was opened: its
// journal is shorter than an anchor remembers it, or another one. Nil when it can.
func (s *Store) ReadOnly() error {
	if barred := s.barred.Load(); barred != nil {
		return barred
	}
	return nil
}

// compareAnchors bars the writing when an anchor knows better. It reads a few
// hashes of the stored tree, however long the journal is.
func (s *Store) compareAnchors(ctx context.Context) error {
	if s.folder.Load() == nil {
		return nil
	}
	for i, a := range s.keeper.anchors {
		newest, err := s.newestNote(a)
		s.keeper.states[i].Err = err
		if newest == nil {
			continue
		}
		s.keeper.states[i].Size = newest.Size
		s.remembered = later(s.remembered, newest.Time)
		reason, err := s.compare(ctx, *newest)
		if err != nil {
			return err
		}
		if reason != "" {
			s.barred.CompareAndSwap(nil, domain.Fail(domain.Unavailable, reason))
		}
	}
	return nil
}

// newestNote is the note by which an anchor judges.
func (s *Store) newestNote(a Anchor) (*signedCheckpoint, error) {
	notes, err := a.Notes()
	c, note := Remembered(notes, s.Verifiers())
	if note == nil {
		return nil, err
	}
	return &signedCheckpoint{c, note}, err
}

// Remembered is the checkpoint that counts of an anchor's notes, oldest first, with
// its note; nil if there is none. Those that no known key signed are not ours to
// judge by.
//
// It is the largest. A smaller one behind it counts where it was not signed earlier,
// to the second: then people restored or accepted an older journal. What was signed
// earlier, or stands there twice, is a copy with which somebody hides that the
// journal was cut off.
func Remembered(notes [][]byte, known note.Verifiers) (counts journal.Checkpoint, text []byte) {
	seen := map[string]bool{}
	for _, n := range notes {
		c, err := journal.ParseSigned(n, known)
		if err != nil || seen[string(n)] {
			continue
		}
		seen[string(n)] = true
		if text == nil || c.Size >= counts.Size || !c.Time.Before(counts.Time) {
			counts, text = c, n
		}
	}
	return counts, text
}

// compare says what is wrong with the journal by a checkpoint; nothing if it
// extends it and still has the checkpoint itself.
func (s *Store) compare(ctx context.Context, c signedCheckpoint) (domain.Reason, error) {
	if int64(s.sequencer.head.Entries) < c.Size {
		return domain.ReasonJournalShorter, nil
	}
	tree, err := journal.LoadTree(c.Size, s.hashes(ctx))
	if errors.Is(err, kv.ErrNotFound) || errors.Is(err, journal.ErrMalformed) || err == nil && tree.Root() != c.Root {
		return domain.ReasonJournalDiffers, nil
	}
	if err != nil {
		return "", err
	}
	pair, err := s.engine.Get(ctx, numbered(prefixCheck, uint64(c.Size)))
	if errors.Is(err, kv.ErrNotFound) || err == nil && !bytes.Equal(pair.Value, c.note) {
		return domain.ReasonJournalDiffers, nil
	}
	return "", err
}

// catchUp gives the anchors the newest checkpoint, in case the process ended
// before they had it.
func (s *Store) catchUp(ctx context.Context) error {
	size := s.sequencer.head.Checked
	if s.folder.Load() == nil || size == 0 || s.barred.Load() != nil {
		return nil
	}
	pair, err := s.engine.Get(ctx, numbered(prefixCheck, size))
	if err != nil {
		return nil // verify names it
	}
	c, err := journal.ParseSigned(pair.Value, s.folder.Load().Verifiers())
	if err == nil {
		s.keeper.keep(signedCheckpoint{c, pair.Value})
	}
	return nil
}
