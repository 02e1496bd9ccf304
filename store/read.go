package store

import (
	"context"
	"errors"
	"iter"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/store/kv"
	"schalter/store/seal"
)

// load reads one record into v; found is false when there is none.
func (s *Store) load(ctx context.Context, ref domain.Ref, v any) (rev desk.Rev, found bool, err error) {
	key := keyOf(ref)
	pair, err := s.engine.Get(ctx, key)
	if errors.Is(err, kv.ErrNotFound) {
		return 0, false, nil
	}
	if err == nil {
		err = s.open(key, pair.Value, v)
	}
	return desk.Rev(pair.Rev), err == nil, translate(err)
}

// Member implements desk.Reader.
func (s *Store) Member(ctx context.Context, id domain.MemberID) (domain.Member, desk.Rev, error) {
	m := domain.Member{}
	rev, found, err := s.load(ctx, domain.Member{ID: id}.Ref(), &m)
	if err == nil && !found {
		err = domain.Fail(domain.NotFound, domain.ReasonMemberNotFound)
	}
	m.ID = id
	return m, rev, err
}

// MemberByKVNR implements desk.Reader. The row that the lookup leads to must hold
// the number that was asked for: a lookup that was tampered with is damage, not
// another person.
func (s *Store) MemberByKVNR(ctx context.Context, n kvnr.KVNR) (domain.Member, desk.Rev, error) {
	if _, err := s.keys(); err != nil {
		return domain.Member{}, 0, err
	}
	id, err := s.numberOf(ctx, s.Lookup(n))
	if err != nil {
		return domain.Member{}, 0, translate(err)
	}
	if id == erased {
		return domain.Member{}, 0, domain.Fail(domain.NotFound, domain.ReasonErased)
	}
	m, rev, err := s.Member(ctx, domain.MemberID(id))
	if err == nil && m.KVNR != n {
		return domain.Member{}, 0, domain.Fail(domain.Unavailable, domain.ReasonDamaged)
	}
	return m, rev, err
}

// MembersByKVNR implements desk.Reader.
func (s *Store) MembersByKVNR(ctx context.Context, numbers []kvnr.KVNR) ([]desk.Known, error) {
	ring, err := s.keys()
	if err != nil {
		return nil, err
	}
	leads, err := s.leads(ctx, lookupsOf(ring, numbers))
	if err != nil {
		return nil, translate(err)
	}
	known := make([]desk.Known, len(numbers))
	keys := make([][]byte, 0, len(numbers))
	at := make([]int, 0, len(numbers)) // of the keys in known
	for i, l := range leads {
		switch {
		case l.known && l.id == erased:
			known[i].Erased = true
		case l.known:
			keys, at = append(keys, keyOf(domain.Member{ID: domain.MemberID(l.id)}.Ref())), append(at, i)
		}
	}
	pairs, err := s.engine.GetEach(ctx, keys)
	if err != nil {
		return nil, translate(err)
	}
	return known, translate(share(len(pairs), func(n int) (err error) {
		if pairs[n].Rev == 0 { // deleted since
			return nil
		}
		i := at[n]
		if known[i].Member, err = s.openMember(ring, pairs[n]); err == nil && known[i].Member.KVNR != numbers[i] {
			err = domain.Fail(domain.Unavailable, domain.ReasonDamaged)
		}
		known[i].Rev = desk.Rev(pairs[n].Rev)
		return err
	}))
}

// lead is where a lookup leads.
type lead struct {
	id    uint64
	known bool
}

// leads are where many lookups lead.
func (s *Store) leads(ctx context.Context, lookups []domain.Lookup) ([]lead, error) {
	leads := make([]lead, len(lookups))
	keys := make([][]byte, 0, len(lookups))
	at := make([]int, 0, len(lookups)) // of the keys in leads
	for i, l := range lookups {
		if id, waits := s.lookups.get(l); waits {
			leads[i] = lead{id, true}
		} else {
			keys, at = append(keys, keyLookup(l)), append(at, i)
		}
	}
	pairs, err := s.engine.GetEach(ctx, keys)
	if err != nil {
		return nil, err
	}
	for n, pair := range pairs {
		switch {
		case pair.Rev == 0:
		case len(pair.Value) != 8:
			return nil, domain.Fail(domain.Unavailable, domain.ReasonDamaged)
		default:
			leads[at[n]] = lead{number(pair.Value), true}
		}
	}
	return leads, nil
}

// numberOf is the member that a lookup leads to.
func (s *Store) numberOf(ctx context.Context, lookup domain.Lookup) (uint64, error) {
	leads, err := s.leads(ctx, []domain.Lookup{lookup})
	if err == nil && !leads[0].known {
		err = domain.Fail(domain.NotFound, domain.ReasonMemberNotFound)
	}
	if err != nil {
		return 0, err
	}
	return leads[0].id, nil
}

// openMember opens a member as it is stored.
func (s *Store) openMember(ring *seal.Ring, pair kv.Pair) (domain.Member, error) {
	m := domain.Member{}
	plain, err := ring.Open(pair.Key, pair.Value)
	if err == nil {
		err = s.codec.decode(plain, &m)
	}
	m.ID = domain.MemberID(number(pair.Key))
	return m, err
}

// LastMember implements desk.Reader.
func (s *Store) LastMember(ctx context.Context) (domain.MemberID, error) {
	h, err := s.head(ctx)
	return domain.MemberID(h.Members), translate(err)
}

// head is the head as it is stored; a new database has a zero one.
func (s *Store) head(ctx context.Context) (head, error) {
	var h head
	pair, err := s.engine.Get(ctx, keyHead)
	if errors.Is(err, kv.ErrNotFound) {
		return h, nil
	}
	if err == nil {
		err = s.codec.decode(pair.Value, &h)
	}
	return h, err
}

// ImportState implements desk.Reader.
func (s *Store) ImportState(ctx context.Context) (domain.ImportState, desk.Rev, error) {
	var state domain.ImportState
	rev, _, err := s.load(ctx, state.Ref(), &state)
	return state, rev, err
}

// Codes implements desk.Reader.
func (s *Store) Codes(ctx context.Context, id domain.MemberID) (domain.Codes, desk.Rev, error) {
	c := domain.Codes{}
	rev, _, err := s.load(ctx, domain.Codes{Member: id}.Ref(), &c)
	c.Member = id
	return c, rev, err
}

// Staff implements desk.Reader.
func (s *Store) Staff(ctx context.Context, id domain.StaffID) (domain.Staff, desk.Rev, error) {
	p := domain.Staff{}
	rev, found, err := s.load(ctx, domain.Staff{ID: id}.Ref(), &p)
	if err == nil && !found {
		err = domain.Fail(domain.NotFound, domain.ReasonStaffNotFound)
	}
	p.ID = id
	return p, rev, err
}

// Settings implements desk.Reader.
func (s *Store) Settings(ctx context.Context) (domain.Settings, desk.Rev, error) {
	g := domain.Settings{}
	rev, found, err := s.load(ctx, g.Ref(), &g)
	if err == nil && !found {
		err = domain.Fail(domain.NotFound, domain.ReasonNoDatabase)
	}
	return g, rev, err
}

// Tally implements desk.Reader.
func (s *Store) Tally(ctx context.Context, id domain.PersonID) (domain.Tally, desk.Rev, error) {
	t := domain.Tally{}
	rev, _, err := s.load(ctx, domain.Tally{Person: id}.Ref(), &t)
	t.Person = id
	return t, rev, err
}

// Answers implements desk.Reader.
func (s *Store) Answers(ctx context.Context, id domain.MemberID) (domain.Answers, desk.Rev, error) {
	a := domain.Answers{}
	rev, _, err := s.load(ctx, domain.Answers{Member: id}.Ref(), &a)
	a.Member = id
	return a, rev, err
}

// Booklets implements desk.Reader.
func (s *Store) Booklets(ctx context.Context, id domain.MemberID) (domain.Booklets, desk.Rev, error) {
	b := domain.Booklets{}
	rev, _, err := s.load(ctx, domain.Booklets{Member: id}.Ref(), &b)
	b.Member = id
	return b, rev, err
}

// AllBooklets implements desk.Reader.
func (s *Store) AllBooklets(ctx context.Context) iter.Seq2[domain.Booklets, error] {
	return all(ctx, s, domain.KindBooklets, func(b *domain.Booklets, id uint64) { b.Member = domain.MemberID(id) })
}

// Examinations implements desk.Reader.
func (s *Store) Examinations(ctx context.Context, id domain.MemberID) (domain.Examinations, desk.Rev, error) {
	x := domain.Examinations{}
	rev, _, err := s.load(ctx, domain.Examinations{Member: id}.Ref(), &x)
	x.Member = id
	return x, rev, err
}

// PayoutRun implements desk.Reader.
func (s *Store) PayoutRun(ctx context.Context, id domain.PayoutID) (domain.PayoutRun, desk.Rev, error) {
	p := domain.PayoutRun{}
	rev, found, err := s.load(ctx, domain.PayoutRun{ID: id}.Ref(), &p)
	if err == nil && !found {
		err = domain.Fail(domain.NotFound, domain.ReasonPayoutMissing)
	}
	p.ID = id
	return p, rev, err
}

// AllPayoutRuns implements desk.Reader.
func (s *Store) AllPayoutRuns(ctx context.Context) iter.Seq2[domain.PayoutRun, error] {
	return all(ctx, s, domain.KindPayout, func(p *domain.PayoutRun, id uint64) { p.ID = domain.PayoutID(id) })
}

// Account implements desk.Reader.
func (s *Store) Account(ctx context.Context, id domain.MemberID) (domain.Account, desk.Rev, error) {
	a := domain.Account{}
	rev, _, err := s.load(ctx, domain.Account{Member: id}.Ref(), &a)
	a.Member = id
	return a, rev, err
}

// Approval implements desk.Reader.
func (s *Store) Approval(ctx context.Context, number code.Case) (domain.Approval, desk.Rev, error) {
	a := domain.Approval{}
	rev, found, err := s.load(ctx, domain.Approval{Case: number}.Ref(), &a)
	if err == nil && (!found || a.Case != number) {
		err = domain.Fail(domain.NotFound, domain.ReasonApprovalMissing)
	}
	return a, rev, err
}

// AllApprovals implements desk.Reader.
func (s *Store) AllApprovals(ctx context.Context) iter.Seq2[domain.Approval, error] {
	return all(ctx, s, domain.KindApproval, func(*domain.Approval, uint64) {})
}

// Event implements desk.Reader.
func (s *Store) Event(ctx context.Context, seq uint64) (domain.Event, desk.Rev, error) {
	e := domain.Event{}
	rev, found, err := s.load(ctx, domain.Event{Seq: seq}.Ref(), &e)
	if err == nil && !found {
		err = domain.Fail(domain.NotFound, domain.ReasonUndoOver)
	}
	e.Seq = seq
	return e, rev, err
}

// EventsFrom implements desk.Reader.
func (s *Store) EventsFrom(ctx context.Context, seq uint64) iter.Seq2[domain.Event, error] {
	return allFrom(ctx, s, domain.KindEvent, seq, func(e *domain.Event, id uint64) { e.Seq = id })
}

// Requested implements desk.Reader.
func (s *Store) Requested(ctx context.Context, id domain.RequestID) (bool, error) {
	_, err := s.engine.Get(ctx, keyRequest(id))
	if errors.Is(err, kv.ErrNotFound) {
		return false, nil
	}
	return err == nil, translate(err)
}

// Changes implements desk.Reader: what every commit from this call on writes, as
// references, until ctx ends. A reader that falls far behind is told so by an
// error and looks at everything anew.
func (s *Store) Changes(ctx context.Context) iter.Seq2[domain.Ref, error] {
	rev, err := s.engine.Rev(ctx)
	return func(yield func(domain.Ref, error) bool) {
		if err != nil {
			yield(domain.Ref{}, translate(err))
			return
		}
		for event, err := range s.engine.Watch(ctx, kv.Span{}, rev) {
			if err != nil {
				if ctx.Err() == nil {
					yield(domain.Ref{}, translate(err))
				}
				return
			}
			for _, op := range event.Ops {
				if isRecord(op.Key) && !yield(domain.Ref{Kind: domain.RecordKind(op.Key[0]), ID: number(op.Key)}, nil) {
					return
				}
			}
		}
	}
}

// AllMembers implements desk.Reader.
func (s *Store) AllMembers(ctx context.Context) iter.Seq2[domain.Member, error] {
	return all(ctx, s, domain.KindMember, func(m *domain.Member, id uint64) { m.ID = domain.MemberID(id) })
}

// AllStaff implements desk.Reader.
func (s *Store) AllStaff(ctx context.Context) iter.Seq2[domain.Staff, error] {
	return all(ctx, s, domain.KindStaff, func(p *domain.Staff, id uint64) { p.ID = domain.StaffID(id) })
}

// AllCodes implements desk.Reader.
func (s *Store) AllCodes(ctx context.Context) iter.Seq2[domain.Codes, error] {
	return all(ctx, s, domain.KindCodes, func(c *domain.Codes, id uint64) { c.Member = domain.MemberID(id) })
}

// AllShowing implements desk.Reader.
func (s *Store) AllShowing(ctx context.Context) iter.Seq2[domain.Showing, error] {
	return all(ctx, s, domain.KindShowing, func(*domain.Showing, uint64) {})
}

// all walks the records of a kind in order of their numbers.
func all[T any](ctx context.Context, s *Store, kind domain.RecordKind, name func(*T, uint64)) iter.Seq2[T, error] {
	return allFrom(ctx, s, kind, 0, name)
}

// allFrom walks the records of a kind from a number on.
func allFrom[T any](ctx context.Context, s *Store, kind domain.RecordKind, from uint64, name func(*T, uint64)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		within := span(byte(kind))
		within.From = numbered(byte(kind), from)
		for pair, err := range s.engine.Range(ctx, within, kv.RangeOptions{}) {
			var v T
			if err == nil {
				err = s.open(pair.Key, pair.Value, &v)
			}
			if err != nil {
				yield(v, translate(err))
				return
			}
			name(&v, number(pair.Key))
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Cases implements desk.Reader: the journal's lines about a member, newest first.
func (s *Store) Cases(ctx context.Context, id domain.MemberID, limit int) ([]domain.CaseLine, error) {
	m, _, err := s.Member(ctx, id)
	if err != nil {
		return nil, err
	}
	var lines []domain.CaseLine
	for pair, err := range s.engine.Range(ctx, kv.Prefix(casePrefix(m.Pseudonym)), kv.RangeOptions{Reverse: true}) {
		if err != nil {
			return nil, translate(err)
		}
		e, err := s.recorded(ctx, number(pair.Key))
		if err != nil {
			return nil, err
		}
		if e.Erased || !aCase(e.Entry) {
			continue
		}
		lines = append(lines, domain.CaseLine{At: e.At, Act: e.Act, Case: e.Case, Branch: e.Branch, Reason: e.Reason})
		if len(lines) == limit {
			break
		}
	}
	return lines, nil
}

// aCase reports whether an entry is something that was done or refused about a
// member, rather than a look at the record or what the app backend told.
func aCase(e domain.Entry) bool {
	return e.Act != domain.ActOpened && e.Act != domain.ActJournalRead && e.Act != domain.ActObserved && e.Act != domain.ActBookletOpened && e.Outcome != domain.Tried
}

// Lookup implements desk.Reader. A locked store has no keys to look up with and
// answers nothing that is stored.
func (s *Store) Lookup(n kvnr.KVNR) domain.Lookup {
	ring, err := s.keys()
	if err != nil {
		return domain.Lookup{}
	}
	return domain.Lookup(ring.Lookup("kvnr", []byte(n)))
}
