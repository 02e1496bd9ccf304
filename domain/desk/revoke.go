package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// Revoke ends the member's live code. It is always allowed to those who serve
// members.
func (d *Desk) Revoke(ctx context.Context, a domain.Actor, id domain.VisitID) error {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	e := d.entry(a, domain.ActCodeRevoked, rights.RevokeCode)
	e.Member = v.member
	if _, err := d.permit(ctx, &e, a, v.assurance(d.Now()), false); err != nil {
		return err
	}
	var ended code.Case
	err = d.again(ctx, func() error {
		codes, rev, err := d.Reader.Codes(ctx, v.member)
		if err != nil {
			return err
		}
		live := codes.Live(d.latest())
		if live < 0 {
			return d.refuse(ctx, e, domain.ReasonNoLiveCode)
		}
		ended = codes.List[live].Case
		return d.writeRevoked(ctx, e, codes, rev, ended)
	})
	if err == nil && ended == v.shown {
		d.change(id, func(v *visit) { v.shown = "" })
	}
	return err
}

// revoke ends one code of a member if it is still live, with the entry given. A
// code that is over already is left as it is.
func (d *Desk) revoke(ctx context.Context, e domain.Entry, m domain.MemberID, number code.Case) error {
	e.Member = m
	return d.again(ctx, func() error {
		codes, rev, err := d.Reader.Codes(ctx, m)
		if err != nil {
			return err
		}
		return d.writeRevoked(ctx, e, codes, rev, number)
	})
}

func (d *Desk) writeRevoked(ctx context.Context, e domain.Entry, codes domain.Codes, rev Rev, number code.Case) error {
	now := d.Now()
	e.Case = number
	change := Change{Guards: []Guard{{codes.Ref(), rev}}, Delete: []domain.Ref{domain.Showing{Case: number}.Ref()}}
	if c := codeOf(codes, number); c != nil && c.StateAt(d.latest()) == domain.CodeLive {
		c.State, c.EndedAt = domain.CodeRevoked, now
		change.Put, change.Entries = []domain.Record{codes}, []domain.Entry{e}
		if !c.HandedOverAt.IsZero() {
			change.Events = []domain.Event{event(domain.EventCodeRevoked, codes.Member, *c, now)}
		}
	}
	_, err := d.Writer.Commit(ctx, change)
	return err
}

// expire writes down, for each code whose time is over, that it has expired: the
// first who meets it does.
func (d *Desk) expire(ctx context.Context, a domain.Actor, m domain.MemberID) (domain.Codes, error) {
	var codes domain.Codes
	err := d.again(ctx, func() error {
		var rev Rev
		var err error
		if codes, rev, err = d.Reader.Codes(ctx, m); err != nil {
			return err
		}
		now := d.latest()
		var entries []domain.Entry
		var shown []domain.Ref
		for i := range codes.List {
			c := &codes.List[i]
			if c.State != domain.CodeLive || c.StateAt(now) != domain.CodeExpired {
				continue
			}
			c.State, c.EndedAt = domain.CodeExpired, c.ExpiresAt
			e := d.entry(a, domain.ActCodeExpired, rights.RevokeCode)
			e.Member, e.Case = m, c.Case
			entries, shown = append(entries, e), append(shown, domain.Showing{Case: c.Case}.Ref())
		}
		if len(entries) == 0 {
			return nil
		}
		_, err = d.Writer.Commit(ctx, Change{
			Guards: []Guard{{codes.Ref(), rev}}, Put: []domain.Record{codes}, Delete: shown, Entries: entries,
		})
		return err
	})
	return codes, err
}

// CodeStatus is the newest code of the visit's member, for the screen that shows
// it: superseded at another seat, revoked, expired.
func (d *Desk) CodeStatus(ctx context.Context, a domain.Actor, id domain.VisitID) (CodeView, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return CodeView{}, err
	}
	codes, err := d.expire(ctx, a, v.member)
	if err != nil {
		return CodeView{}, err
	}
	if c := codeOf(codes, v.shown); c != nil {
		return codeView(domain.Codes{List: []domain.ActivationCode{*c}}, d.latest()), nil
	}
	return codeView(codes, d.latest()), nil
}

// SlipPrinted journals that the slip of a case was printed, or that printing
// failed; also when the visit has just ended.
func (d *Desk) SlipPrinted(ctx context.Context, a domain.Actor, id domain.VisitID, number code.Case, ok bool) error {
	d.mu.Lock()
	v, open := d.visits[id]
	e := d.entry(a, domain.ActSlipPrinted, rights.HandOut)
	if open && v.actor.Staff == a.Staff {
		e.Member, e.Document = v.member, v.document.Kind
	}
	d.mu.Unlock()
	e.Case = number
	if !ok {
		e.Act, e.Outcome, e.Reason = domain.ActSlipFailed, domain.RefusedOutcome, domain.ReasonPrinter
	}
	_, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}})
	return err
}

// sweepOnce sweeps before the first visit: the database can be read only now that
// somebody has logged in, and nobody else has it open.
func (d *Desk) sweepOnce(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.swept {
		return nil
	}
	if _, err := d.Sweep(ctx); err != nil {
		return err
	}
	d.swept = true
	return nil
}

// Sweep revokes the codes that were on a screen when an earlier process ended.
// The first login does it.
func (d *Desk) Sweep(ctx context.Context) (int, error) {
	var left []domain.Showing
	for s, err := range d.Reader.AllShowing(ctx) {
		if err != nil {
			return 0, err
		}
		left = append(left, s)
	}
	for i, s := range left {
		e := domain.Entry{
			At: d.Now(), Act: domain.ActCodeRevoked, Operation: rights.RevokeCode,
			Outcome: domain.Done, Reason: domain.ReasonVisitOver,
		}
		if err := d.revoke(ctx, e, s.Member, s.Case); err != nil {
			return i, err
		}
	}
	return len(left), nil
}
