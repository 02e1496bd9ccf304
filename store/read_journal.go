package store

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/journal"
	"schalter/store/kv"
)

// pageOfEntries is how many entries are read from one snapshot. A snapshot that
// is held while somebody pages through the list would keep the file from reusing
// its room.
const pageOfEntries = 500

// Journal implements desk.Reader. Where the span begins and ends is found by
// bisection: between two steps of the clock, times never fall.
func (s *Store) Journal(ctx context.Context, q desk.JournalSpan) iter.Seq2[desk.JournalEntry, error] {
	return func(yield func(desk.JournalEntry, error) bool) {
		if err := s.journal(ctx, q, yield); err != nil {
			yield(desk.JournalEntry{}, translate(err))
		}
	}
}

func (s *Store) journal(ctx context.Context, q desk.JournalSpan, yield func(desk.JournalEntry, error) bool) error {
	if _, err := s.keys(); err != nil {
		return err
	}
	if q.Member != 0 {
		return s.journalOf(ctx, q, yield)
	}
	if q.Seq != nil {
		e, err := s.recorded(ctx, uint64(*q.Seq))
		if err == nil {
			yield(e, nil)
		}
		return notStored(err)
	}
	stretches, err := s.stretches(ctx)
	if err != nil {
		return err
	}
	if q.Newest {
		slices.Reverse(stretches)
	}
	for _, all := range stretches {
		part, err := s.within(ctx, all, q)
		if err != nil {
			return err
		}
		if more, err := s.yieldPart(ctx, part, q.Newest, yield); err != nil || !more {
			return err
		}
	}
	return nil
}

// notStored says of an entry that there is none.
func notStored(err error) error {
	if errors.Is(err, kv.ErrNotFound) {
		return domain.Fail(domain.NotFound, domain.ReasonNothingFound)
	}
	return err
}

// stretch is a run of entries, the end not included.
type stretch struct{ from, to uint64 }

// stretches are the runs of entries whose times never fall.
func (s *Store) stretches(ctx context.Context) ([]stretch, error) {
	var h head
	pair, err := s.engine.Get(ctx, keyHead)
	if err == nil {
		err = s.codec.decode(pair.Value, &h)
	}
	if err != nil {
		return nil, err
	}
	var all []stretch
	from := uint64(0)
	for _, to := range append(slices.Clone(h.Steps), h.Entries) {
		all = append(all, stretch{from, to})
		from = to
	}
	return all, nil
}

func (s *Store) within(ctx context.Context, all stretch, q desk.JournalSpan) (part stretch, err error) {
	part = all
	if !q.From.IsZero() {
		part.from, err = s.firstAt(ctx, all, q.From)
	}
	if err == nil && !q.To.IsZero() {
		part.to, err = s.firstAt(ctx, all, q.To)
	}
	return part, err
}

// firstAt bisects for the first entry that is not before a time. One that was
// erased tells no time; the next that was not stands for it.
func (s *Store) firstAt(ctx context.Context, in stretch, at time.Time) (uint64, error) {
	for in.from < in.to {
		middle := in.from + (in.to-in.from)/2
		seq, e, err := s.firstTold(ctx, stretch{middle, in.to})
		switch {
		case err != nil:
			return 0, err
		case seq < in.to && e.At.Before(at):
			in.from = seq + 1
		default:
			in.to = middle
		}
	}
	return in.from, nil
}

// firstTold returns the first entry that was not erased, or the end.
func (s *Store) firstTold(ctx context.Context, in stretch) (uint64, desk.JournalEntry, error) {
	for seq := in.from; seq < in.to; seq++ {
		if e, err := s.recorded(ctx, seq); err != nil || !e.Erased {
			return seq, e, err
		}
	}
	return in.to, desk.JournalEntry{}, nil
}

// yieldPart reads entries page by page.
func (s *Store) yieldPart(ctx context.Context, part stretch, newest bool, yield func(desk.JournalEntry, error) bool) (more bool, err error) {
	for part.from < part.to {
		page, err := s.page(ctx, part, newest)
		if err != nil {
			return false, err
		}
		for _, e := range page {
			if !yield(e, nil) {
				return false, nil
			}
		}
		if len(page) == 0 {
			return false, kv.ErrDamaged // the head says that there are more
		}
		if last := uint64(page[len(page)-1].Seq); newest {
			part.to = last
		} else {
			part.from = last + 1
		}
	}
	return true, nil
}

func (s *Store) page(ctx context.Context, part stretch, newest bool) ([]desk.JournalEntry, error) {
	span := kv.Span{From: numbered(prefixEntry, part.from), To: numbered(prefixEntry, part.to)}
	page := make([]desk.JournalEntry, 0, pageOfEntries)
	for pair, err := range s.engine.Range(ctx, span, kv.RangeOptions{Limit: pageOfEntries, Reverse: newest}) {
		if err != nil {
			return nil, err
		}
		e, err := s.opened(pair)
		if err != nil {
			return nil, err
		}
		page = append(page, e)
	}
	return page, nil
}

// journalOf goes by the index of a member's entries.
func (s *Store) journalOf(ctx context.Context, q desk.JournalSpan, yield func(desk.JournalEntry, error) bool) error {
	m, _, err := s.Member(ctx, q.Member)
	if err != nil {
		return err
	}
	var seqs []uint64
	for pair, err := range s.engine.Range(ctx, kv.Prefix(casePrefix(m.Pseudonym)), kv.RangeOptions{Reverse: q.Newest}) {
		if err != nil {
			return err
		}
		seqs = append(seqs, number(pair.Key))
	}
	for _, seq := range seqs {
		e, err := s.recorded(ctx, seq)
		if err != nil {
			return err
		}
		if e.At.Before(q.From) || !q.To.IsZero() && !e.At.Before(q.To) {
			continue
		}
		if !yield(e, nil) {
			return nil
		}
	}
	return nil
}

// recorded reads one journal entry.
func (s *Store) recorded(ctx context.Context, seq uint64) (desk.JournalEntry, error) {
	pair, err := s.engine.Get(ctx, numbered(prefixEntry, seq))
	if err != nil {
		return desk.JournalEntry{}, translate(err)
	}
	e, err := s.opened(pair)
	return e, translate(err)
}

func (s *Store) opened(pair kv.Pair) (desk.JournalEntry, error) {
	e := desk.JournalEntry{Seq: int64(number(pair.Key))}
	stored, err := journal.ParseEntry(pair.Value)
	if errors.Is(err, journal.ErrMalformed) {
		return e, errors.Join(kv.ErrDamaged, err)
	}
	if e.Erased = len(stored.Payload) == 0; err != nil || e.Erased {
		return e, err
	}
	return e, s.open(pair.Key, stored.Payload, &e.Entry)
}

// Checkpoint returns the newest signed note, and makes one if entries were
// written since.
func (s *Store) Checkpoint(ctx context.Context) ([]byte, error) {
	if s.folder.Load() == nil {
		return nil, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing)
	}
	if s.barred.Load() == nil {
		p := &pending{sign: true, ready: make(chan struct{})}
		if err := s.sequencer.submit(ctx, p); err != nil {
			return nil, err
		}
		if p.err != nil && !errors.Is(p.err, kv.ErrReadOnly) {
			return nil, translate(p.err)
		}
	}
	for pair, err := range s.engine.Range(ctx, span(prefixCheck), kv.RangeOptions{Limit: 1, Reverse: true}) {
		return pair.Value, translate(err)
	}
	return nil, domain.Fail(domain.NotFound, domain.ReasonNothingFound)
}

// Evidence is what proves one entry: the text of a [journal.Proof], and the facts
// whose SHA-256 stands in the entry's header, if they were not erased.
type Evidence struct {
	Proof []byte
	Clear []byte
}

// Prove proves an entry against the newest checkpoint, or one made now.
func (s *Store) Prove(ctx context.Context, seq int64) (Evidence, error) {
	note, err := s.Checkpoint(ctx)
	if err != nil {
		return Evidence{}, err
	}
	c, err := journal.ParseSigned(note, s.folder.Load().Verifiers())
	if err != nil {
		return Evidence{}, translate(errors.Join(kv.ErrDamaged, err))
	}
	if seq < 0 || seq >= c.Size {
		return Evidence{}, domain.Fail(domain.NotFound, domain.ReasonNothingFound)
	}
	key := numbered(prefixEntry, uint64(seq))
	pair, err := s.engine.Get(ctx, key)
	if err != nil {
		return Evidence{}, translate(notStored(err))
	}
	stored, err := journal.ParseEntry(pair.Value)
	if err != nil {
		return Evidence{}, translate(errors.Join(kv.ErrDamaged, err))
	}
	proof, err := journal.Prove(stored.Header, seq, c, note, s.hashes(ctx))
	if err != nil {
		return Evidence{}, translate(errors.Join(kv.ErrDamaged, err))
	}
	if len(stored.Payload) == 0 {
		return Evidence{Proof: proof.Marshal()}, nil
	}
	ring, err := s.keys()
	if err != nil {
		return Evidence{}, err
	}
	clear, err := ring.Open(key, stored.Payload)
	return Evidence{Proof: proof.Marshal(), Clear: clear}, translate(err)
}
