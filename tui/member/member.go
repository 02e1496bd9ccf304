// Package member is the page of one member during a visit: what may be seen
// before they are identified, how the activation code stands, and what can be
// done. Everything personal beyond the name is masked until somebody identified
// asks for it, and then for twenty seconds.
package member

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/egk/reader"
	"schalter/domain/rights"
	"schalter/tui/card"
	"schalter/tui/identify/ahead"
	"schalter/tui/identify/papers"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

const (
	// revealTime is how long masked data stay on the screen.
	revealTime = 20 * time.Second
	// refreshTime is how old what the page shows may grow: a code may be
	// redeemed, or another seat may hand one out.
	refreshTime = 5 * time.Second
)

// Page shows one member.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	view *desk.View // nil before the first answer
	// born: the query that opened the visit held the birth date. The first view
	// tells; in later ones it may have been typed from a document, and counts
	// for that document only.
	born     bool
	revealed *desk.Revealed
	hideAt   time.Time // when revealed data are masked again
	round    uint64    // number of the running heartbeat
	failing  bool      // the latest reading failed and it has been told

	early        ahead.Queue
	papers       papers.Board
	load, act    page.Slot
	check        page.Slot
	revoke, over page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	return &Page{env: env, seat: s, visit: visit}
}

// The answers of the desk, and the heartbeat.
type (
	loaded struct {
		view desk.View
		err  error
	}
	revealed struct {
		data desk.Revealed
		err  error
	}
	revoked struct{ err error }
	ended   struct{ err error }
	beat    struct{ round uint64 }
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd { return tea.Batch(p.read(), p.newRound()) }

// Leave implements page.Leaving: what was revealed is masked at once.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.round++
	p.mask()
	p.early.Drop()
	p.papers.Close(p.env)
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string {
	if p.view == nil {
		return p.env.Texts.Member.Title
	}
	return parts.Text(p.view.Masked.Name.Listed())
}

// newRound starts the heartbeat anew; an older one stops.
func (p *Page) newRound() tea.Cmd {
	p.round++
	return p.nextBeat()
}

func (p *Page) nextBeat() tea.Cmd {
	pause, round := refreshTime, p.round
	if p.revealed != nil {
		pause = time.Second
	}
	return p.env.After(pause, func(time.Time) tea.Msg { return beat{round} })
}

// read asks the desk how things stand.
func (p *Page) read() tea.Cmd {
	actor := p.seat.Actor
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := p.seat.Desk.View(ctx, actor, p.visit)
		return loaded{view, err}
	})
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if p.view == nil {
			p.early.Wait(msg)
		}
	case beat:
		return p.beaten(msg)
	case loaded:
		return p.wasRead(msg)
	case revealed:
		return p.wasRevealed(msg)
	case revoked:
		if msg.err != nil {
			return tea.Batch(p.failed(msg.err), p.read())
		}
		return tea.Batch(page.Say(p.env.Texts.Member.Revoked), p.read())
	case ended:
		if msg.err != nil {
			return p.failed(msg.err)
		}
		return tea.Sequence(page.Say(p.env.Texts.Member.VisitEnded), page.Reset(page.Start, nil))
	case page.CardMsg:
		if msg.Event.State == reader.Read {
			return p.useCard(msg.Event)
		}
	case card.Checked:
		return p.cardChecked(msg)
	case papers.Loaded:
		return p.papers.Take(msg)
	}
	return nil
}

func (p *Page) beaten(msg beat) tea.Cmd {
	if msg.round != p.round {
		return nil
	}
	if p.revealed != nil && !p.env.Now().Before(p.hideAt) {
		p.mask()
	}
	if p.load.Busy() || p.revealed != nil {
		return p.nextBeat()
	}
	return tea.Batch(p.read(), p.nextBeat())
}

func (p *Page) wasRead(msg loaded) tea.Cmd {
	if msg.err != nil {
		if p.failing {
			return nil
		}
		p.failing = true
		return p.failed(msg.err)
	}
	fresh := p.view == nil
	if fresh {
		p.born = msg.view.BirthKnown
	}
	p.view, p.failing = &msg.view, false
	if fresh && p.seat.Stacking() != nil && p.why(rights.EnterBooklet) == "" {
		p.early.Drop()
		return p.booklet()
	}
	return p.early.Replay(p.load.Busy, p.bindings, func(tea.Msg) tea.Cmd { return nil })
}

// failed tells of an error; a visit that is over leads back to the search.
func (p *Page) failed(err error) tea.Cmd {
	if errors.Is(err, domain.Fail(domain.Refused, domain.ReasonVisitOver)) {
		p.mask()
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	}
	return page.Fail(err)
}

func (p *Page) reveal() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	actor := p.seat.Actor
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		data, err := p.seat.Desk.Reveal(ctx, actor, p.visit)
		return revealed{data, err}
	})
}

func (p *Page) wasRevealed(msg revealed) tea.Cmd {
	if msg.err != nil {
		return p.failed(msg.err)
	}
	p.revealed, p.hideAt = &msg.data, p.env.Now().Add(revealTime)
	return p.newRound()
}

// mask takes revealed data off the screen, and gives up waiting for any.
func (p *Page) mask() {
	p.act.Stop(p.env)
	p.revealed, p.hideAt = nil, time.Time{}
}

func (p *Page) askToRevoke() tea.Cmd {
	t := p.env.Texts.Member
	return page.Ask(page.Question{Title: t.Revoke, Lines: []string{t.RevokeHow}, Yes: t.RevokeYes, Then: p.revokeCode})
}

func (p *Page) revokeCode() tea.Cmd {
	if p.revoke.Busy() {
		return nil
	}
	actor := p.seat.Actor
	return p.revoke.Run(p.env, func(ctx context.Context) tea.Msg {
		return revoked{p.seat.Desk.Revoke(ctx, actor, p.visit)}
	})
}

func (p *Page) endVisit() tea.Cmd {
	if p.over.Busy() {
		return nil
	}
	actor := p.seat.Actor
	return p.over.Run(p.env, func(ctx context.Context) tea.Msg {
		return ended{p.seat.Desk.EndVisit(ctx, actor, p.visit)}
	})
}
