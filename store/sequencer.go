package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/journal"
	"schalter/store/kv"
	"schalter/store/seal"
)

// sequencer is the one writer. It takes the change that waits longest, adds what
// waits behind it, commits them together and answers. It needs no timer: while a
// commit runs, the next group gathers.
type sequencer struct {
	store *Store
	in    chan *pending
	quit  chan struct{}
	done  sync.WaitGroup

	head    head
	headRev uint64
	tree    *journal.Tree
	stale   bool // the last commit failed: read head and tree again
	// renewal is the ring that a commit under way stores, kept while its outcome is
	// unknown.
	renewal *renewal

	taken   []*pending // the changes under way
	writing bool       // something of them may be written already
}

// pending is a change that waits for its answer.
type pending struct {
	change  desk.Change
	raw     *kv.Batch // instead of change: operational keys of the store's own
	sign    bool      // instead of change: a checkpoint
	signed  func()    // if set, runs behind that checkpoint before anything is written
	alone   *lonely   // instead of change: what has a group of its own
	receipt desk.Receipt
	err     error
	ready   chan struct{}
	// answered is the sequencer's own: ready is closed.
	answered bool
}

var errStopped = errors.New("the store is closed")

func newSequencer(ctx context.Context, s *Store) (*sequencer, error) {
	q := &sequencer{store: s, in: make(chan *pending), quit: make(chan struct{})}
	// Where the journal cannot be read, nothing can be written and every commit
	// says so; verifying must still be possible, to name what is wrong.
	if err := q.reload(ctx); err != nil && !errors.Is(err, kv.ErrDamaged) {
		return nil, err
	}
	q.done.Add(1)
	go q.run()
	return q, nil
}

// reload reads where the journal stands.
func (q *sequencer) reload(ctx context.Context) error {
	q.head, q.headRev = head{Counts: map[string]uint64{}}, 0
	pair, err := q.store.engine.Get(ctx, keyHead)
	if err != nil && !errors.Is(err, kv.ErrNotFound) {
		return err
	}
	if err == nil {
		if err := q.store.codec.decode(pair.Value, &q.head); err != nil {
			return err
		}
		q.headRev = pair.Rev
	}
	q.tree, err = journal.LoadTree(int64(q.head.Entries), q.store.hashes(ctx))
	if q.stale = err != nil; q.stale && errors.Is(err, kv.ErrNotFound) {
		err = fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	return err
}

// recover finds out what a commit of unknown outcome left behind.
func (q *sequencer) recover(ctx context.Context) error {
	if err := q.reload(ctx); err != nil {
		return err
	}
	if err := q.findRing(ctx); err != nil {
		q.stale = true
		return err
	}
	ring, err := q.store.keys()
	if err != nil {
		return nil // locked: unlocking finds the lookups
	}
	err = q.store.findUnlisted(ctx, ring, q.head.Unlisted)
	q.stale = err != nil
	return err
}

// findRing finds out which ring is stored, where a commit of unknown outcome was to
// store another.
func (q *sequencer) findRing(ctx context.Context) error {
	if q.renewal == nil {
		return nil
	}
	pair, err := q.store.engine.Get(ctx, keyRing)
	if err != nil {
		return err
	}
	random := q.store.options.Random
	stored, err := q.renewal.key.Open(q.store.id, pair.Value, random)
	if err == nil {
		q.store.take(*q.renewal)
	} else {
		stored, err = q.store.slotKey().Open(q.store.id, pair.Value, random)
	}
	if err != nil {
		return err
	}
	stored.Wipe()
	q.renewal = nil
	return nil
}

// hashes reads stored hashes of the journal's tree.
func (s *Store) hashes(ctx context.Context) tlog.HashReader {
	return journal.RowReader(func(seq int64) ([]byte, error) {
		pair, err := s.engine.Get(ctx, numbered(prefixTree, uint64(seq)))
		return pair.Value, err
	})
}

// Commit implements desk.Writer.
func (s *Store) Commit(ctx context.Context, c desk.Change) (desk.Receipt, error) {
	p := &pending{change: c, ready: make(chan struct{})}
	if err := s.sequencer.submit(ctx, p); err != nil {
		return desk.Receipt{}, err
	}
	return p.receipt, translate(p.err)
}

// commitRaw writes keys of the store's own that need no journal entry.
func (s *Store) commitRaw(ctx context.Context, b kv.Batch) error {
	p := &pending{raw: &b, ready: make(chan struct{})}
	if err := s.sequencer.submit(ctx, p); err != nil {
		return err
	}
	return translate(p.err)
}

// submit waits for the answer. Once the sequencer has the change, the outcome is
// waited for even when ctx ends: a commit takes milliseconds, an unknown outcome
// costs a person's trust.
func (q *sequencer) submit(ctx context.Context, p *pending) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-q.quit:
		return translate(errStopped)
	case q.in <- p:
	}
	<-p.ready
	return nil
}

// stop ends the writing after what is under way, and signs what no checkpoint
// covers yet.
func (q *sequencer) stop() error {
	close(q.quit)
	q.done.Wait()
	if q.stale || q.store.barred.Load() != nil {
		return nil
	}
	// What cannot be written is made anew at the next start.
	_ = q.list(context.Background())
	if q.stale {
		return nil
	}
	return q.sign(context.Background())
}

// sign commits a checkpoint of the journal as it is, unless there is one.
func (q *sequencer) sign(ctx context.Context) error {
	if q.head.Entries == q.head.Checked || q.store.folder.Load() == nil {
		return nil
	}
	g := newGroup(q.store, q.head, q.tree.Clone())
	g.sign = true
	return q.write(ctx, g, nil)
}

// noteJump says in the journal that the wall clock ran ahead of the time that
// has passed. It is an entry of nobody's, before whatever is written next.
func (q *sequencer) noteJump(ctx context.Context) error {
	clock := q.store.clock
	if clock == nil || q.store.barred.Load() != nil {
		return nil
	}
	lead, tell := clock.jump()
	ring, err := q.store.keys()
	if !tell || err != nil { // locked: the first change after the login says it
		return nil
	}
	g := newGroup(q.store, q.head, q.tree.Clone())
	_, err = g.add(ctx, ring, desk.Change{Entries: []domain.Entry{{
		At: clock.now(), Act: domain.ActClockJumped, Outcome: domain.Done,
		Count: uint64(lead / time.Second), Object: "seconds",
	}}})
	if err == nil {
		err = q.write(ctx, g, nil)
	}
	if err == nil {
		clock.note(lead)
	}
	return err
}

func (q *sequencer) run() {
	defer q.done.Done()
	for {
		select {
		case <-q.quit:
			return
		case first := <-q.in:
			for first != nil {
				first = q.survive(first)
			}
		}
	}
}

// survive is commit, whatever happens in it: a fault of the program must not end
// the counter, and nobody may wait for ever. Where nothing can have been written
// yet the answer is that fault, else that the outcome is unknown.
func (q *sequencer) survive(first *pending) (next *pending) {
	q.taken, q.writing = append(q.taken[:0], first), false
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		err := fmt.Errorf("panic while committing: %v", p)
		if q.writing {
			err = fmt.Errorf("%w: %w", kv.ErrUnknown, err)
		}
		q.stale, next = true, nil
		for _, p := range q.taken {
			if !p.answered {
				p.answer(err)
			}
		}
	}()
	return q.commit(first)
}

// commit writes one group that begins with first. It returns a change that did
// not fit any more.
func (q *sequencer) commit(first *pending) (next *pending) {
	ctx := context.Background()
	if q.stale {
		if err := q.recover(ctx); err != nil {
			first.answer(err)
			return nil
		}
	}
	if first.raw != nil {
		_, err := q.store.engine.Commit(ctx, *first.raw)
		first.answer(err)
		return nil
	}
	if first.sign {
		err := q.sign(ctx)
		if first.signed != nil && err == nil {
			first.signed()
		}
		first.answer(err)
		return nil
	}
	if err := q.noteJump(ctx); err != nil {
		first.answer(err)
		return nil
	}
	if first.alone != nil {
		first.answer(q.commitAlone(ctx, *first.alone))
		return nil
	}
	g := newGroup(q.store, q.head, q.tree.Clone())
	var members []*pending
	for p := first; p != nil; p = q.waiting() {
		if p.raw != nil || p.sign || p.alone != nil || !g.fits(p.change) {
			next = p
			break
		}
		if q.lay(ctx, g, p) {
			members = append(members, p)
		}
	}
	if len(members) > 0 {
		_ = q.write(ctx, g, members) // every member has the answer
	}
	return next
}

// lonely is work of the store's own on what is stored already: too much for a
// change, and not to be mixed with any.
type lonely struct {
	// entry says what is done. What the work writes is named by it.
	entry domain.Entry
	// write returns the writes and how many records they are about. With none
	// nothing is written.
	write func(context.Context, *group, *seal.Ring) (writes []kv.Op, count int, err error)
	// renewal, if set, is what write fills with the ring that the commit stores. It
	// seals the entry, and is the store's from the commit on.
	renewal *renewal
}

// commitLonely does what has a group of its own and waits for its end.
func (s *Store) commitLonely(ctx context.Context, l lonely) error {
	p := &pending{alone: &l, ready: make(chan struct{})}
	if err := s.sequencer.submit(ctx, p); err != nil {
		return err
	}
	return translate(p.err)
}

func (q *sequencer) commitAlone(ctx context.Context, l lonely) error {
	ring, err := q.store.keys()
	if err != nil {
		return err
	}
	change := desk.Change{Entries: []domain.Entry{l.entry}}
	if err := q.store.permits(change, q.head.LastAt); err != nil {
		return err
	}
	g := newGroup(q.store, q.head, q.tree.Clone())
	g.bulk = true
	writes, count, err := l.write(ctx, g, ring)
	if err != nil || len(writes) == 0 {
		return err
	}
	if l.renewal != nil {
		ring = l.renewal.ring
	}
	change.Entries[0].Count = uint64(count)
	part := part{writes: writes}
	entries, err := g.entries(ctx, ring, change, part)
	if err == nil {
		_, err = g.take(change, part, entries)
	}
	if err != nil {
		return err
	}
	q.renewal = l.renewal
	if err = q.write(ctx, g, nil); err == nil && l.renewal != nil {
		q.store.take(*l.renewal)
		q.renewal = nil
	}
	return err
}

// waiting takes a change that waits, if one does.
func (q *sequencer) waiting() *pending {
	select {
	case p := <-q.in:
		q.taken = append(q.taken, p)
		return p
	default:
		return nil
	}
}

// lay adds a change to the group, or answers it at once.
func (q *sequencer) lay(ctx context.Context, g *group, p *pending) bool {
	ring, err := q.store.keys()
	if err == nil && erases(p.change) {
		err = q.list(ctx)
		g.head.Unlisted = q.head.Unlisted
	}
	if err == nil {
		err = q.store.permits(p.change, g.head.LastAt)
	}
	if err == nil && p.change.Accept == desk.AcceptNothing && q.store.due.Load() {
		err = domain.Fail(domain.Unavailable, domain.ReasonMigrationDue)
	}
	if err == nil {
		p.receipt, err = g.add(ctx, ring, p.change)
	}
	// A repetition of what is only just being committed is answered with it.
	if err != nil || p.receipt.Repeated && !g.done[p.change.Request] {
		p.answer(err)
		return false
	}
	g.bulk = g.bulk || p.change.Bulk
	return true
}

// write commits the group and answers everybody in it.
func (q *sequencer) write(ctx context.Context, g *group, members []*pending) error {
	batch, err := g.batch(q.headRev)
	var rev uint64
	if err == nil {
		q.writing = true
		if g.bulk {
			rev, err = q.store.engine.Import(ctx, batch)
		} else {
			rev, err = q.store.engine.Commit(ctx, batch)
		}
	}
	switch {
	case errors.Is(err, kv.ErrTooLarge) && len(members) > 1:
		q.oneByOne(ctx, members)
		return nil
	case err != nil:
		q.stale = true
		if errors.Is(err, kv.ErrUnknown) {
			q.store.findAgain(ctx, g)
		}
	default:
		q.head, q.headRev, q.tree = g.head, rev, g.tree
		q.store.lookups.add(g.listed)
		q.store.makeFindable(g.members, g.gone)
		q.settle(g)
	}
	if err == nil && g.bulk && (len(g.listed) == 0 || q.store.lookups.len() >= maxUnlisted) {
		// What fails here is tried again with the next import and at the end;
		// meanwhile the lookups are in memory, and after a crash made anew.
		_ = q.list(ctx)
	}
	for _, p := range members {
		p.receipt.Rev = desk.Rev(rev)
		p.answer(err)
	}
	return err
}

// settle does what follows from a commit: what people accepted holds, and the
// anchors get the checkpoint.
func (q *sequencer) settle(g *group) {
	switch {
	case g.accepted == desk.AcceptJournal:
		q.store.barred.Store(nil)
	case g.accepted == desk.AcceptClock && q.store.clock != nil:
		q.store.clock.restart()
	}
	if g.signed != nil && q.store.barred.Load() == nil { // an anchor that knows better is left as it is
		q.store.keeper.keep(*g.signed)
	}
}

// oneByOne commits changes that are too large together: none of them fails for
// the size of another.
func (q *sequencer) oneByOne(ctx context.Context, members []*pending) {
	for _, p := range members {
		g := newGroup(q.store, q.head, q.tree.Clone())
		if p.receipt = (desk.Receipt{}); q.lay(ctx, g, p) {
			_ = q.write(ctx, g, []*pending{p})
		}
	}
}

func (p *pending) answer(err error) {
	p.err, p.answered = err, true
	close(p.ready)
}
