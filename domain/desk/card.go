package desk

import (
	"context"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// orderRest is how long a card that was ordered keeps the next order off.
const orderRest = 14 * 24 * time.Hour

// BlockCard blocks every card of the visit's member that is not blocked yet: they
// are evidence no more, at once. It asks for facts or any identification, and the
// backend is told at once: this direction is safe.
func (d *Desk) BlockCard(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID) (Recorded, error) {
	return d.onCard(ctx, a, id, req, rights.BlockCard, func(c *cardWork) error {
		c.entry.Act = domain.ActCardBlocked
		var stuck error = domain.Fail(domain.Refused, domain.ReasonNoCard)
		blocked := 0
		c.member.Cards = slices.Clone(c.member.Cards)
		for i := range c.member.Cards {
			card := &c.member.Cards[i]
			next, err := domain.Next(domain.OfCard, card.Status, domain.StepBlock)
			if err != nil {
				stuck = err
				continue
			}
			card.Status, card.BlockedHere = next, true
			blocked++
		}
		if blocked == 0 {
			return stuck
		}
		c.entry.Count = uint64(blocked)
		c.tell(domain.EventCardBlocked, domain.EventDue, c.now)
		return nil
	})
}

// OrderCard orders a new card, to the stored address only. One that changed within
// 14 days needs a second person.
func (d *Desk) OrderCard(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID) (Recorded, error) {
	return d.onCard(ctx, a, id, req, rights.OrderCard, func(c *cardWork) error {
		c.entry.Act = domain.ActCardOrdered
		if !whole(c.member.Address) {
			return domain.Fail(domain.Refused, domain.ReasonNoAddress)
		}
		from := domain.CardStatus(0)
		if o := c.member.Order; o.Case != "" && c.now.Sub(o.At) < orderRest {
			from = domain.CardOrdered
		}
		if _, err := domain.Next(domain.OfCard, from, domain.StepOrder); err != nil {
			return err
		}
		if d.addressChanged(c.member) {
			if err := c.agree(ctx, d, domain.ReasonSecondAddress); err != nil {
				return err
			}
		}
		c.member.Order = domain.CardOrder{Case: c.entry.Case, At: c.now}
		c.tell(domain.EventCardOrdered, domain.EventHeld, c.now.Add(holdEvents))
		return nil
	})
}

// UndoOrder takes back a card that was ordered a moment ago.
func (d *Desk) UndoOrder(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, number code.Case) error {
	_, err := d.onCard(ctx, a, id, req, rights.OrderCard, func(c *cardWork) error {
		c.entry.Act, c.entry.Case = domain.ActUndone, number
		from := domain.CardStatus(0)
		if c.member.Order.Case == number && c.now.Before(c.member.Order.At.Add(holdEvents)) {
			from = domain.CardOrdered
		}
		if _, err := domain.Next(domain.OfCard, from, domain.StepUndo); err != nil {
			return domain.Fail(domain.Refused, domain.ReasonUndoOver)
		}
		drops, guards, err := d.heldEvents(ctx, number)
		if err != nil {
			return err
		}
		if len(drops) == 0 {
			return domain.Fail(domain.Refused, domain.ReasonUndoOver)
		}
		c.member.Order = domain.CardOrder{}
		c.change.Delete, c.change.Guards = append(c.change.Delete, drops...), append(c.change.Guards, guards...)
		return nil
	})
	return err
}

// cardWork is one thing being done about a member's cards.
type cardWork struct {
	now    time.Time
	visit  visit
	member domain.Member
	entry  domain.Entry
	change Change
}

func (c *cardWork) tell(k domain.EventKind, s domain.EventState, due time.Time) {
	c.change.Events = append(c.change.Events, domain.Event{Kind: k, Member: c.member.ID, Case: c.entry.Case, At: c.now, State: s, DueAt: due})
}

// agree looks for a second person's agreement and uses it up with the change.
func (c *cardWork) agree(ctx context.Context, d *Desk, why domain.Reason) error {
	agreed, err := d.consent(ctx, c.visit.actor, wishOf(c.visit, rights.OrderCard))
	if err != nil {
		return err
	}
	if agreed == nil {
		return domain.Fail(domain.Refused, why)
	}
	agreed.use(&c.change, &c.entry, c.now)
	return nil
}

// onCard permits an operation on cards, and commits what alter does.
func (d *Desk) onCard(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, op rights.Operation, alter func(*cardWork) error) (Recorded, error) {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return Recorded{}, err
	}
	defer release()
	number, err := code.NewCase(d.Random)
	if err != nil {
		return Recorded{}, domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
	}
	var done Recorded
	err = d.again(ctx, func() error {
		done, err = d.onCardOnce(ctx, v, req, op, number, alter)
		return err
	})
	return done, err
}

func (d *Desk) onCardOnce(ctx context.Context, v visit, req domain.RequestID, op rights.Operation, number code.Case, alter func(*cardWork) error) (Recorded, error) {
	m, rev, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Recorded{}, err
	}
	c := &cardWork{now: d.Now(), visit: v, member: m, entry: d.entry(v.actor, domain.ActRefused, op)}
	c.entry.Member, c.entry.Case = m.ID, number
	assurance := v.assurance(c.now)
	decision, err := d.permit(ctx, &c.entry, v.actor, assurance, m.Ended(d.today()))
	if err != nil {
		return Recorded{}, err
	}
	refused := refusal(c.entry)
	switch {
	case v.related:
		return Recorded{}, d.refuse(ctx, refused, domain.ReasonSecondRelated)
	case len(decision.Facts) > 0 && assurance < rights.ByPhone && !fresh(v.told, c.now):
		return Recorded{}, d.refuse(ctx, refused, domain.ReasonFactsMissing)
	}
	c.change = Change{Request: req, Guards: []Guard{{m.Ref(), rev}}}
	if err := alter(c); err != nil {
		if seen, known := d.Reader.Requested(ctx, req); known == nil && seen {
			return Recorded{Case: m.Order.Case}, nil
		}
		return Recorded{}, d.refuseAs(ctx, refused, err)
	}
	c.entry.Request = req
	c.change.Put, c.change.Entries = append(c.change.Put, c.member), []domain.Entry{c.entry}
	receipt, err := d.Writer.Commit(ctx, c.change)
	done := Recorded{Case: c.entry.Case, Mark: receipt.Mark}
	if op == rights.OrderCard {
		done.UndoUntil = c.now.Add(holdEvents)
	}
	return done, err
}

// addressChanged reports whether the address is too new to be relied on alone.
func (d *Desk) addressChanged(m domain.Member) bool {
	changed := m.Address.ChangedOn
	return !changed.IsZero() && changed.DaysUntil(d.today()) < addressRest
}
