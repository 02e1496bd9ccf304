package handout

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/page"
	"schalter/tui/second"
)

// purposes is how many purposes there are to choose from.
const purposes = int(domain.AfterDeletion)

// The answers of the desk.
type (
	read struct {
		view desk.View
		err  error
	}
	issued struct {
		shown   desk.Shown
		secret  *secret
		request domain.RequestID
		err     error
	}
	looked struct {
		code desk.CodeView
		err  error
	}
	revoked  struct{ err error }
	played   struct{ err error }
	finished struct {
		said string
		err  error
	}
)

func (p *Page) read() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := d.View(ctx, actor, visit)
		return read{view, err}
	})
}

// pick chooses a purpose and makes the code.
func (p *Page) pick(n int) tea.Cmd {
	p.purposes.Set(n - 1)
	return p.issue()
}

// maker is Desk.Issue or Desk.Replace.
type maker func(context.Context, domain.Actor, domain.VisitID, domain.RequestID, domain.Purpose) (desk.Shown, error)

func (p *Page) issue() tea.Cmd {
	by := p.seat.Desk.Issue
	if p.lost {
		by = p.seat.Desk.Replace
	}
	return p.make(by, domain.Purpose(p.purposes.At()+1))
}

func (p *Page) replace() tea.Cmd { return p.make(p.seat.Desk.Replace, p.made.purpose) }

// make lets the desk make a code. Every try is a request of its own: the code of
// an earlier one that did get through was never seen, and the new one ends it.
func (p *Page) make(by maker, purpose domain.Purpose) tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		request, err := d.NewRequest()
		if err != nil {
			return issued{err: err}
		}
		shown, err := by(ctx, actor, visit, request, purpose)
		if err != nil {
			return issued{err: err}
		}
		request, err = d.NewRequest()
		return issued{shown: shown, secret: newSecret(shown), request: request, err: err}
	})
}

func (p *Page) wasIssued(msg issued) tea.Cmd {
	if msg.err != nil {
		return p.notIssued(msg.err)
	}
	s, now := msg.shown, p.env.Now()
	p.made = made{
		of: s.Case, number: s.Case.Grouped(), purpose: s.Purpose, madeAt: s.MadeAt, expiresAt: s.ExpiresAt,
		superseded: s.Superseded, request: msg.request,
	}
	p.stage, p.ownEnd, p.lost, p.failing, p.slip = showing, false, false, false, slip{}
	p.secret, p.since, p.hideAt = msg.secret, now, now.Add(p.seat.Settings.HideCode)
	p.unseen = p.away
	if p.away {
		p.hide()
		return nil
	}
	return tea.Batch(p.newRound(), p.printSlip())
}

// notIssued keeps an earlier code where it is: a replacement that was refused
// takes nothing away.
func (p *Page) notIssued(err error) tea.Cmd {
	switch {
	case p.stage != choosing:
	case p.lost && is(err, domain.ReasonNoLiveCode):
		p.lost = false // there was none after all
		return p.issue()
	case is(err, domain.ReasonUnknownOutcome):
		p.lost = true
	case second.Wanted(err):
		p.offerSecond(err)
		return nil
	case desk.IsKind(err, domain.Refused) && !is(err, domain.ReasonVisitOver):
		p.stage, p.refusal = refused, err
		return nil
	}
	return p.failed(err)
}

// offerSecond shows how a second person is asked for the purpose that was refused
// to one alone.
func (p *Page) offerSecond(why error) {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	asking := desk.Asking{Operation: rights.HandOut, Purpose: domain.Purpose(p.purposes.At() + 1)}
	p.stage = agreeing
	p.second.Offer(second.Wish{
		Why: why,
		Ask: func(ctx context.Context, req domain.RequestID) (code.Case, error) {
			return d.AskSecond(ctx, actor, visit, req, asking)
		},
		Then: func() tea.Cmd {
			p.stage = choosing
			return p.issue()
		},
		Else: p.choose,
	})
}

// choose goes back to the choice of the purpose.
func (p *Page) choose() tea.Cmd {
	p.stage = choosing
	return nil
}

// is reports whether an error has a reason.
func is(err error, why domain.Reason) bool { return errors.Is(err, domain.Fail(0, why)) }

// look asks how the code stands: it may be redeemed, superseded at another seat,
// revoked or expired at any moment.
func (p *Page) look() tea.Cmd {
	if p.poll.Busy() || p.act.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.poll.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := d.CodeStatus(ctx, actor, visit)
		return looked{view, err}
	})
}

func (p *Page) wasLooked(msg looked) tea.Cmd {
	if msg.err != nil {
		if p.failing {
			return nil
		}
		p.failing = true
		return p.failed(msg.err)
	}
	p.failing = false
	if p.act.Busy() || msg.code.Case.Grouped() != p.made.number {
		return nil // an answer about the code before this one
	}
	if msg.code.State != domain.CodeLive && (p.stage == showing || p.stage == hidden) {
		p.end(msg.code)
	}
	return nil
}

// end takes a code that is over off the screen.
func (p *Page) end(code desk.CodeView) {
	p.hide()
	p.stage, p.status, p.lost = gone, code, !p.ownEnd
}

// playPhone redeems the code on the screen as the member's telephone would; in
// practice, where nobody has one.
func (p *Page) playPhone() tea.Cmd {
	if p.play.Busy() || p.secret == nil {
		return nil
	}
	d, actor, visit, typed := p.seat.Desk, p.seat.Actor, p.visit, p.secret.code
	return p.play.Run(p.env, func(ctx context.Context) tea.Msg {
		_, err := d.PlayPhone(ctx, actor, visit, typed)
		return played{err}
	})
}

func (p *Page) revoke() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg { return revoked{d.Revoke(ctx, actor, visit)} })
}

func (p *Page) wasRevoked(msg revoked) tea.Cmd {
	if msg.err != nil {
		return tea.Batch(p.failed(msg.err), p.look())
	}
	p.ownEnd = true
	p.end(desk.CodeView{State: domain.CodeRevoked, EndedAt: p.env.Now()})
	return nil
}

// handOver says that the member has the code, and ends the visit.
func (p *Page) handOver() tea.Cmd {
	if p.act.Busy() || p.env.Now().Sub(p.since) < graceTime {
		return nil
	}
	d, actor, visit, request := p.seat.Desk, p.seat.Actor, p.visit, p.made.request
	said := p.env.Texts.HandOut.HandedOver(p.made.number)
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		if err := d.HandedOver(ctx, actor, visit, request); err != nil {
			return finished{err: err}
		}
		return finished{said, d.EndVisit(ctx, actor, visit)}
	})
}

// giveUp ends the visit without handing over; the desk revokes the code.
func (p *Page) giveUp() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	said := p.env.Texts.HandOut.GivenUp(p.made.number)
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		return finished{said, d.EndVisit(ctx, actor, visit)}
	})
}

// wasFinished leaves for the search. What could not be written keeps the page,
// so that it can be tried again.
func (p *Page) wasFinished(msg finished) tea.Cmd {
	if msg.err != nil {
		return tea.Batch(p.failed(msg.err), p.look())
	}
	p.hide()
	return tea.Sequence(page.Say(msg.said), page.Reset(page.Start, nil))
}
