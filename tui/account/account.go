// Package account is the page of a member's app account: how it stands, on which
// devices, and what to do for somebody who cannot get in any more. It asks what
// happened, tells beforehand what is lost and what stays, and offers the next step
// after.
package account

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/identify"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

const (
	// beatTime is how often the page looks again: an undo counts down, and what
	// others do appears without a key.
	beatTime = time.Second
	// staleBeats is how many beats the account may be old.
	staleBeats = 3
)

// Page shows the account of a visit's member.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	view   *desk.AccountView // nil before the first answer
	member desk.Masked
	acts   domain.Representative // for the member; 0 is nobody
	offer  rights.Operation      // what to do next, after something was done

	step step
	plan plan
	text *parts.Field // why, in words
	last *parts.Field // the last three of the KVNR, typed as confirmation

	round, beats uint64
	failing      bool
	load, act    page.Slot
}

// step is what the page asks for.
type step uint8

const (
	looking  step = iota
	device        // which binding
	why           // out of the list
	words         // why, in words
	weighing      // what it takes away, before it is done
)

// plan is what is about to be done.
type plan struct {
	operation rights.Operation
	devices   []domain.DeviceID // none is all
	grounds   desk.Grounds
	effects   *desk.Consequences // nil until they are told
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	return &Page{
		env: env, seat: s, visit: visit,
		text: parts.NewField(parts.FieldConfig{Width: 56, Max: domain.MaxNote}),
		last: parts.NewField(parts.FieldConfig{Shape: "###"}),
	}
}

// The answers of the desk, and the heartbeat.
type (
	loaded struct {
		view   desk.AccountView
		member desk.Masked
		acts   domain.Representative
		err    error
	}
	foreseen struct {
		effects desk.Consequences
		err     error
	}
	done struct {
		said string
		next rights.Operation
		err  error
	}
	beat struct{ round uint64 }
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	p.round++
	return tea.Batch(p.read(), p.nextBeat())
}

// Leave implements page.Leaving: nothing half planned is found again.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.round++
	p.stop()
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Account.Title }

// Input implements page.Typing.
func (p *Page) Input() page.Input {
	if p.step == words {
		return page.Text
	}
	return page.Commands
}

// Mark implements page.Typing.
func (p *Page) Mark() { p.text.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.text.Rewind() }

func (p *Page) nextBeat() tea.Cmd {
	round := p.round
	return p.env.After(beatTime, func(time.Time) tea.Msg { return beat{round} })
}

func (p *Page) read() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := d.Account(ctx, actor, visit)
		if err != nil {
			return loaded{err: err}
		}
		person, err := d.View(ctx, actor, visit)
		return loaded{view, person.Masked, person.Representative, err}
	})
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.typed(msg)
	case page.PasteMsg:
		if p.step == words {
			p.text.Insert(msg.Text)
		}
	case beat:
		return p.beaten(msg)
	case loaded:
		return p.wasRead(msg)
	case foreseen:
		return p.wasForeseen(msg)
	case done:
		return p.wasDone(msg)
	}
	return nil
}

func (p *Page) typed(k tea.KeyPressMsg) {
	switch {
	case p.step == words:
		p.text.Press(k)
	case p.step == weighing && p.plan.operation == rights.DeleteAccount:
		p.last.Press(k)
	}
}

func (p *Page) beaten(msg beat) tea.Cmd {
	if msg.round != p.round {
		return nil
	}
	p.beats++
	if p.beats%staleBeats != 0 || p.load.Busy() || p.act.Busy() {
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
	p.view, p.member, p.acts, p.failing = &msg.view, msg.member, msg.acts, false
	return nil
}

// failed tells of an error; a visit that is over leads back to the search.
func (p *Page) failed(err error) tea.Cmd {
	if errors.Is(err, domain.Fail(domain.Refused, domain.ReasonVisitOver)) {
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	}
	return page.Fail(err)
}

// stop gives up what was planned.
func (p *Page) stop() tea.Cmd {
	p.step, p.plan = looking, plan{}
	p.text.Clear()
	p.last.Clear()
	return nil
}

// identify leads to the evidence that the refused operations lack, and back.
func (p *Page) identify() tea.Cmd {
	return page.Navigate(page.Identify, identify.Params{Visit: p.visit, Representative: p.acts})
}

func (p *Page) handOut() tea.Cmd {
	for _, a := range p.view.Actions {
		if a.Why == domain.ReasonNotIdentified {
			return page.Navigate(page.Identify, identify.Params{Visit: p.visit, Representative: p.acts, Then: page.HandOut})
		}
	}
	return page.Navigate(page.HandOut, p.visit)
}
