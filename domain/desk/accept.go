package desk

import (
	"context"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/rights"
)

// A database that refuses every write because its clock or its journal is behind
// would be lost to a branch whose clock was ahead for an hour, or that restored an
// older backup on purpose. So an admin and a second person can accept that, with
// a reason, by an entry that nobody can take out again. They need not be signed
// in: a login is a write.

// AcceptJournal lets a database write again whose journal is shorter than its
// anchor, or another one.
func (d *Desk) AcceptJournal(ctx context.Context, own, second Credentials, why string) error {
	e, err := d.accepting(ctx, domain.ActJournalAccepted, rights.Restore, own, second)
	if err != nil {
		return err
	}
	e.Object = "reason:" + why
	_, err = d.Writer.Commit(ctx, Change{Accept: AcceptJournal, Entries: []domain.Entry{e}})
	return err
}

// AcceptClock lets a database write again whose newest entry is later than the
// clock. Codes that were made in what is now the future are revoked first: they
// would live as much longer as the clock was ahead.
func (d *Desk) AcceptClock(ctx context.Context, own, second Credentials, why string) error {
	e, err := d.accepting(ctx, domain.ActClockAccepted, rights.Configure, own, second)
	if err != nil {
		return err
	}
	members, err := d.withFutureCodes(ctx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := d.revokeFuture(ctx, e, m); err != nil {
			return err
		}
	}
	e.At, e.Object = d.Now(), "reason:"+why
	_, err = d.Writer.Commit(ctx, Change{Accept: AcceptClock, Entries: []domain.Entry{e}})
	return err
}

// accepting proves that an admin and a second person are there.
func (d *Desk) accepting(ctx context.Context, act domain.Act, op rights.Operation, own, second Credentials) (domain.Entry, error) {
	at := Place{Channel: rights.Console}
	staff, _, oneTime, err := d.authenticate(ctx, own, at)
	if err != nil {
		return domain.Entry{}, err
	}
	actor := actorOf(staff, at, domain.Settings{})
	e := d.entry(actor, act, op)
	if oneTime {
		return e, d.refuse(ctx, e, domain.ReasonPassphraseChange)
	}
	e.Second, err = d.withSecond(ctx, &e, actor, second)
	return e, err
}

// aheadSlack is how far a code may be ahead of the clock without having been made
// in a future that was none.
const aheadSlack = 2 * time.Second

// ofFuture reports whether a code is live and was made later than it is now.
func ofFuture(c domain.ActivationCode, now time.Time) bool {
	return c.State == domain.CodeLive && c.CreatedAt.After(now.Add(aheadSlack))
}

// withFutureCodes are the members who have one. They are all known before the
// first is written: nothing is written while a list is being read.
func (d *Desk) withFutureCodes(ctx context.Context) ([]domain.MemberID, error) {
	var members []domain.MemberID
	now := d.Now()
	for codes, err := range d.Reader.AllCodes(ctx) {
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(codes.List, func(c domain.ActivationCode) bool { return ofFuture(c, now) }) {
			members = append(members, codes.Member)
		}
	}
	return members, nil
}

func (d *Desk) revokeFuture(ctx context.Context, like domain.Entry, m domain.MemberID) error {
	return d.again(ctx, func() error {
		codes, rev, err := d.Reader.Codes(ctx, m)
		if err != nil {
			return err
		}
		now := d.Now()
		change := Change{Accept: AcceptClock, Guards: []Guard{{codes.Ref(), rev}}}
		for i := range codes.List {
			c := &codes.List[i]
			if !ofFuture(*c, now) {
				continue
			}
			c.State, c.EndedAt = domain.CodeRevoked, now
			e := like
			e.Act, e.Operation, e.Reason = domain.ActCodeRevoked, rights.RevokeCode, domain.ReasonClockSetBack
			e.Member, e.Case = m, c.Case
			change.Entries = append(change.Entries, e)
			change.Delete = append(change.Delete, domain.Showing{Case: c.Case}.Ref())
			if !c.HandedOverAt.IsZero() {
				change.Events = append(change.Events, event(domain.EventCodeRevoked, m, *c, now))
			}
		}
		if len(change.Entries) == 0 {
			return nil
		}
		change.Put = []domain.Record{codes}
		_, err = d.Writer.Commit(ctx, change)
		return err
	})
}
