package account

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/page"
)

// remembered: the app code came to mind again. It asks first whether the person
// says so, because nothing else would help.
func (p *Page) remembered() tea.Cmd {
	t := p.env.Texts.Account
	return page.Ask(page.Question{Title: t.Unblock, Lines: []string{t.RememberedAsk, t.CodeStays}, Yes: t.UnblockYes, Then: p.unblock})
}

func (p *Page) unblock() tea.Cmd {
	return p.carryOut("", func(ctx context.Context, d *desk.Desk, a domain.Actor, v domain.VisitID, req domain.RequestID) (desk.Recorded, error) {
		return d.Unblock(ctx, a, v, req, true)
	})
}

// deleteBinding begins to delete one binding, or all.
func (p *Page) deleteBinding() tea.Cmd {
	p.plan = plan{operation: rights.DeleteBinding}
	if len(p.view.Devices) > 1 {
		p.step = device
		return nil
	}
	p.step = why
	return nil
}

func (p *Page) pickDevice(n int) tea.Cmd {
	if n > len(p.view.Devices) {
		return nil
	}
	p.plan.devices = []domain.DeviceID{p.view.Devices[n-1].ID}
	p.step = why
	return nil
}

func (p *Page) allDevices() tea.Cmd {
	p.step = why
	return nil
}

// deleteAccount begins to delete the account.
func (p *Page) deleteAccount() tea.Cmd {
	p.plan, p.step = plan{operation: rights.DeleteAccount}, why
	return nil
}

// grounds are the reasons that fit something that is deleted.
func (p *Page) grounds() []domain.Why {
	var out []domain.Why
	for _, w := range domain.AllWhys() {
		if w != domain.WhyRemembered {
			out = append(out, w)
		}
	}
	return out
}

func (p *Page) pickWhy(n int) tea.Cmd {
	if n > len(p.grounds()) {
		return nil
	}
	p.plan.grounds.Why = p.grounds()[n-1]
	if p.plan.grounds.Why == domain.WhyOther {
		p.step = words
		return nil
	}
	return p.foresee()
}

func (p *Page) takeWords() tea.Cmd {
	p.plan.grounds.Text = p.text.Value()
	if p.plan.grounds.Text == "" {
		return page.Say(p.env.Texts.Account.WordsNeeded)
	}
	return p.foresee()
}

// foresee asks what would be lost and what would stay.
func (p *Page) foresee() tea.Cmd {
	d, actor, visit, plan := p.seat.Desk, p.seat.Actor, p.visit, p.plan
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		effects, err := d.Foresee(ctx, actor, visit, plan.operation, plan.devices)
		return foreseen{effects, err}
	})
}

func (p *Page) wasForeseen(msg foreseen) tea.Cmd {
	if msg.err != nil {
		p.stop()
		return p.failed(msg.err)
	}
	p.plan.effects, p.step = &msg.effects, weighing
	return nil
}

// confirm carries the plan out: a binding after one more question, an account only
// with the last three digits of the KVNR typed.
func (p *Page) confirm() tea.Cmd {
	t := p.env.Texts.Account
	if p.plan.operation == rights.DeleteAccount {
		if p.last.Value() != p.member.Last3 {
			p.last.Clear()
			return page.Say(t.TypeLast)
		}
		return p.carryOut(rights.HandOut, p.deletingAccount())
	}
	return page.Ask(page.Question{
		Title: t.DeleteBinding, Lines: []string{t.NewIdentification}, Yes: t.DeleteYes,
		Then: func() tea.Cmd { return p.carryOut(p.plan.effects.Next, p.deletingBindings()) },
	})
}

// work is a use case on the account.
type work func(ctx context.Context, d *desk.Desk, a domain.Actor, v domain.VisitID, req domain.RequestID) (desk.Recorded, error)

func (p *Page) deletingBindings() work {
	plan := p.plan
	return func(ctx context.Context, d *desk.Desk, a domain.Actor, v domain.VisitID, req domain.RequestID) (desk.Recorded, error) {
		return d.DeleteDevices(ctx, a, v, req, plan.devices, plan.grounds)
	}
}

func (p *Page) deletingAccount() work {
	plan := p.plan
	return func(ctx context.Context, d *desk.Desk, a domain.Actor, v domain.VisitID, req domain.RequestID) (desk.Recorded, error) {
		return d.DeleteAccount(ctx, a, v, req, plan.grounds)
	}
}

// cancelDeletion takes an announced deletion back.
func (p *Page) cancelDeletion() tea.Cmd {
	return p.carryOut("", func(ctx context.Context, d *desk.Desk, a domain.Actor, v domain.VisitID, req domain.RequestID) (desk.Recorded, error) {
		return d.CancelDeletion(ctx, a, v, req)
	})
}

// undo takes back the newest thing done.
func (p *Page) undo() tea.Cmd {
	number := p.view.UndoCase
	return p.carryOut("", func(ctx context.Context, d *desk.Desk, a domain.Actor, v domain.VisitID, req domain.RequestID) (desk.Recorded, error) {
		return desk.Recorded{}, d.Undo(ctx, a, v, req, number)
	})
}

func (p *Page) carryOut(next rights.Operation, do work) tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, visit, t := p.seat.Desk, p.seat.Actor, p.visit, p.env.Texts
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		req, err := d.NewRequest()
		if err != nil {
			return done{err: err}
		}
		r, err := do(ctx, d, actor, visit, req)
		if err != nil {
			return done{err: err}
		}
		said := t.Account.Undone
		switch {
		case !r.RunsAt.IsZero():
			said = t.Account.Announced(r.Case.Grouped(), t.Moment(r.RunsAt))
		case r.Case != code.Case(""):
			said = t.Account.Recorded(r.Case.Grouped())
		}
		return done{said, next, nil}
	})
}

func (p *Page) wasDone(msg done) tea.Cmd {
	if msg.err != nil {
		return tea.Batch(p.failed(msg.err), p.read())
	}
	p.stop()
	p.offer = msg.next
	return tea.Batch(page.Say(msg.said), p.read())
}
