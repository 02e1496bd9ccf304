package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/rights"
)

// HandedOver says that the member has the code. It counts towards the limits,
// which are looked at once more inside the write: one person cannot pass them at
// two seats, or with two logins.
func (d *Desk) HandedOver(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID) error {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	if v.shown == "" {
		return d.refuse(ctx, d.handing(v, domain.ActCodeHandedOver), domain.ReasonNoLiveCode)
	}
	if err := d.again(ctx, func() error { return d.writeHandedOver(ctx, v, req) }); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.shown = "" })
	return nil
}

func (d *Desk) writeHandedOver(ctx context.Context, v visit, req domain.RequestID) error {
	now := d.Now()
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return err
	}
	codes, codesRev, err := d.Reader.Codes(ctx, v.member)
	if err != nil {
		return err
	}
	tally, tallyRev, err := d.Reader.Tally(ctx, v.actor.Person)
	if err != nil {
		return err
	}
	codes.Member, tally.Person = v.member, v.actor.Person
	e := d.handing(v, domain.ActCodeHandedOver)
	e.Request, e.Assurance = req, rights.Full
	c := codeOf(codes, v.shown)
	if c == nil || c.StateAt(d.latest()) != domain.CodeLive && c.State != domain.CodeRedeemed {
		return d.refuse(ctx, e, domain.ReasonCodeNotLive)
	}
	if c.HandedOverAt.IsZero() {
		if overRate(tally, settings, now) && c.Second == 0 {
			return d.refuse(ctx, e, domain.ReasonSecondRate)
		}
		c.HandedOverAt = now
		tally.HandedOut = append(within(tally.HandedOut, now, 24*time.Hour), now.Unix())
	}
	_, err = d.Writer.Commit(ctx, Change{
		Request: req,
		Guards:  []Guard{{codes.Ref(), codesRev}, {tally.Ref(), tallyRev}},
		Put:     []domain.Record{codes, tally},
		Delete:  []domain.Ref{domain.Showing{Case: v.shown}.Ref()},
		Entries: []domain.Entry{e},
		Events:  []domain.Event{event(domain.EventCodeHandedOut, v.member, *c, now)},
	})
	return err
}
