// Package requests is the list of requests for a second person that concern who
// is signed in: those they may answer, and their own. The chosen one is shown
// whole; it is answered with the passphrase, typed again, and nothing less.
package requests

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// beatTime is how often the list is read anew: requests come, and end, without a
// key.
const beatTime = time.Second

// Page is the list.
type Page struct {
	env  *page.Env
	seat *seat.Seat

	views []desk.ApprovalView
	read  bool // the desk has answered once
	list  parts.List
	// chosen is the request the cursor is on; it stays there when others come.
	chosen code.Case

	answering answering
	view      desk.ApprovalView // that is answered, as it was read by the person
	pass      *parts.Field

	round     uint64
	failing   bool
	load, act page.Slot
}

// answering is what the passphrase will sign.
type answering uint8

const (
	nothing answering = iota
	yes
	no
)

// New makes the page.
func New(env *page.Env, s *seat.Seat) *Page {
	p := &Page{env: env, seat: s, pass: parts.NewField(parts.FieldConfig{Width: 40, Max: 256, Secret: true})}
	return p
}

// The answers of the desk, and the heartbeat.
type (
	loaded struct {
		views []desk.ApprovalView
		err   error
	}
	answered struct {
		yes bool
		err error
	}
	withdrawn struct{ err error }
	beat      struct{ round uint64 }
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	p.round++
	return tea.Batch(p.look(), p.nextBeat())
}

// Leave implements page.Leaving: a passphrase that was begun does not stay.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.round++
	return p.stop()
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Requests.Title }

// Input implements page.Typing.
func (p *Page) Input() page.Input {
	if p.answering != nothing {
		return page.Secret
	}
	return page.Commands
}

// Mark implements page.Typing.
func (p *Page) Mark() { p.pass.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.pass.Rewind() }

func (p *Page) nextBeat() tea.Cmd {
	round := p.round
	return p.env.After(beatTime, func(time.Time) tea.Msg { return beat{round} })
}

func (p *Page) look() tea.Cmd {
	d, actor := p.seat.Desk, p.seat.Actor
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		views, err := d.Approvals(ctx, actor)
		return loaded{views, err}
	})
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.press(msg)
	case page.PasteMsg:
		if p.answering != nothing {
			p.pass.Insert(msg.Text)
		}
	case beat:
		return p.beaten(msg)
	case loaded:
		return p.wasLoaded(msg)
	case answered:
		return p.wasAnswered(msg)
	case withdrawn:
		if msg.err != nil {
			return tea.Batch(page.Fail(msg.err), p.look())
		}
		return tea.Batch(page.Say(p.env.Texts.Requests.Withdrawn), p.look())
	}
	return nil
}

func (p *Page) press(k tea.KeyPressMsg) {
	if p.answering != nothing {
		p.pass.Press(k)
		return
	}
	if p.list.Press(k) {
		p.choose(p.list.At())
	}
}

func (p *Page) beaten(msg beat) tea.Cmd {
	if msg.round != p.round {
		return nil
	}
	if p.load.Busy() || p.act.Busy() {
		return p.nextBeat()
	}
	return tea.Batch(p.look(), p.nextBeat())
}

func (p *Page) wasLoaded(msg loaded) tea.Cmd {
	if msg.err != nil {
		if p.failing {
			return nil
		}
		p.failing = true
		return page.Fail(msg.err)
	}
	p.failing, p.read, p.views = false, true, msg.views
	p.list.SetLen(len(p.views))
	p.choose(max(slices.IndexFunc(p.views, func(v desk.ApprovalView) bool { return v.Case == p.chosen }), 0))
	return nil
}

// choose puts the cursor on a request.
func (p *Page) choose(i int) {
	if len(p.views) == 0 {
		p.chosen = ""
		return
	}
	p.list.Set(i)
	p.chosen = p.views[p.list.At()].Case
}

// current is the request under the cursor; ok is false without one.
func (p *Page) current() (v desk.ApprovalView, ok bool) {
	if i := p.list.At(); i >= 0 {
		return p.views[i], true
	}
	return v, false
}

// answer asks for the passphrase. What is answered is what stands on the screen
// at this moment.
func (p *Page) answer(as answering) func() tea.Cmd {
	return func() tea.Cmd {
		p.view, _ = p.current()
		p.answering = as
		return nil
	}
}

// stop forgets the passphrase.
func (p *Page) stop() tea.Cmd {
	p.answering, p.view = nothing, desk.ApprovalView{}
	p.pass.Clear()
	return nil
}

// send gives the desk the answer.
func (p *Page) send() tea.Cmd {
	if p.act.Busy() || p.pass.Value() == "" {
		return nil
	}
	d, actor, number, agreed, pass := p.seat.Desk, p.seat.Actor, p.view.Case, p.answering == yes, p.pass.Take()
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		defer clear(pass)
		return answered{agreed, d.Answer(ctx, actor, pass, number, agreed)}
	})
}

// wasAnswered: after a wrong passphrase it can be typed again; what else was
// refused is read anew.
func (p *Page) wasAnswered(msg answered) tea.Cmd {
	if is(msg.err, domain.ReasonLoginFailed) || is(msg.err, domain.ReasonLoginDelayed) {
		return page.Fail(msg.err)
	}
	p.stop()
	if msg.err != nil {
		return tea.Batch(page.Fail(msg.err), p.look())
	}
	return tea.Batch(page.Say(p.env.Texts.Requests.Answered(msg.yes)), p.look())
}

// askToWithdraw asks before one's own request is taken back.
func (p *Page) askToWithdraw() tea.Cmd {
	t := p.env.Texts.Requests
	view, _ := p.current()
	return page.Ask(page.Question{
		Title: t.Withdraw, Lines: []string{t.WithdrawHow}, Yes: t.WithdrawYes,
		Then: func() tea.Cmd { return p.withdraw(view.Case) },
	})
}

func (p *Page) withdraw(number code.Case) tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor := p.seat.Desk, p.seat.Actor
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg { return withdrawn{d.Withdraw(ctx, actor, number)} })
}
