package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// CardsView is what staff see of a member's cards before they block or order one.
type CardsView struct {
	State CardState
	Until date.Date // the last day of the best card
	// Known: the member has identified, or told what is asked for: nothing more is
	// asked now.
	Known bool
	// OrderedAt is when a card was ordered here that may not have come yet; zero if
	// none was.
	OrderedAt time.Time
	// UndoCase is an order that can still be taken back, until UndoUntil; empty if
	// there is none.
	UndoCase  code.Case
	UndoUntil time.Time
	// Second says why an order needs a second person; empty if it does not.
	Second domain.Reason
	// Actions are blocking and ordering, decided without regard to Known.
	Actions []Action
}

// Cards reads how the cards of the visit's member stand.
func (d *Desk) Cards(ctx context.Context, a domain.Actor, id domain.VisitID) (CardsView, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return CardsView{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return CardsView{}, err
	}
	now := d.Now()
	view := CardsView{Known: v.assurance(now) >= rights.ByPhone || fresh(v.told, now)}
	view.State, view.Until = cardState(m.Cards, d.today())
	if o := m.Order; o.Case != "" && now.Sub(o.At) < orderRest {
		view.OrderedAt = o.At
		if until := o.At.Add(holdEvents); now.Before(until) {
			view.UndoCase, view.UndoUntil = o.Case, until
		}
	}
	if d.addressChanged(m) {
		view.Second = domain.ReasonSecondAddress
	}
	for _, op := range []rights.Operation{rights.BlockCard, rights.OrderCard} {
		decision := rights.Decide(op, situation(a, v.assurance(now), m.Ended(d.today())))
		action := Action{Operation: op, Allowed: decision.Allowed, Why: domain.Reason(decision.Why)}
		if why := d.cardStuck(op, m, view); why != "" && action.Allowed {
			action.Allowed, action.Why = false, why
		}
		view.Actions = append(view.Actions, action)
	}
	return view, nil
}

// cardStuck says why the state of the cards stands against an operation, or
// nothing. The operation decides it anew.
func (d *Desk) cardStuck(op rights.Operation, m domain.Member, v CardsView) domain.Reason {
	switch {
	case op == rights.OrderCard && !v.OrderedAt.IsZero():
		return domain.ReasonCardOrdered
	case op == rights.OrderCard && !whole(m.Address):
		return domain.ReasonNoAddress
	case op == rights.OrderCard:
		return ""
	}
	why := domain.ReasonNoCard
	for _, c := range m.Cards {
		if _, err := domain.Next(domain.OfCard, c.Status, domain.StepBlock); err == nil {
			return ""
		}
		why = domain.StuckReason(domain.OfCard, domain.State(c.Status), domain.StepBlock)
	}
	return why
}

// whole reports whether a card can be sent to an address.
func whole(a domain.Address) bool { return a.Street != "" && a.Postcode != "" && a.City != "" }
