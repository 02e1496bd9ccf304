// Package represent is the page on which is said who acts for a member: for a
// child the insured parent who is linked to it, or somebody who shows a paper. A
// power of attorney is not among them. The identification that follows looks at
// the documents of the one who acts.
package represent

import (
	"context"
	"errors"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/flow"
	"schalter/tui/identify"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Page asks who acts, and what shows it.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	view *desk.View // nil before the first answer
	// who was chosen and has to show a paper; 0 before that.
	who       domain.Representative
	load, act page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	return &Page{env: env, seat: s, visit: visit}
}

// The answers of the desk.
type (
	loaded struct {
		view desk.View
		err  error
	}
	taken struct {
		who domain.Representative
		err error
	}
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := d.View(ctx, actor, visit)
		return loaded{view, err}
	})
}

// Leave implements page.Leaving: whoever comes back chooses anew.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.who = 0
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Family.ActsTitle }

// people are those who can act for the member: from 15 on only a carer, and the
// member in person once somebody else was named.
func (p *Page) people() []domain.Representative {
	out := []domain.Representative{domain.Carer}
	if p.view.Masked.Under15 {
		out = domain.AllRepresentatives()
	}
	if p.view.Representative != 0 {
		out = append(out, 0)
	}
	return out
}

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	switch {
	case p.view == nil:
		return nil
	case p.who == 0:
		return []keys.Binding{{ID: "who", Keys: keys.Digits(len(p.people())), Text: t.WhoActs, Pick: p.pick}}
	}
	return []keys.Binding{
		{ID: "proof", Keys: keys.Digits(len(domain.AllProofs())), Text: t.WhichProof, Pick: func(n int) tea.Cmd {
			return p.take(p.who, domain.AllProofs()[n-1])
		}},
		{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: func() tea.Cmd { return p.Leave(page.Elsewhere) }},
	}
}

func (p *Page) pick(n int) tea.Cmd {
	who := p.people()[n-1]
	if who > domain.LinkedParent {
		p.who = who
		return nil
	}
	return p.take(who, 0)
}

func (p *Page) take(who domain.Representative, proof domain.Proof) tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		return taken{who, d.Represent(ctx, actor, visit, who, proof)}
	})
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded:
		if msg.err != nil {
			return p.failed(msg.err)
		}
		p.view = &msg.view
	case taken:
		switch {
		case msg.err != nil:
			p.who = 0
			return p.failed(msg.err)
		case msg.who == 0:
			return page.Back()
		}
		return page.Replace(page.Identify, identify.Params{
			Visit: p.visit, Representative: msg.who,
			Known: flow.Known{Card: p.view.CardKnown}, CardRead: p.view.CardKnown && p.view.CardRead,
		})
	}
	return nil
}

// failed tells of an error; a visit that is over leads back to the search.
func (p *Page) failed(err error) tea.Cmd {
	if errors.Is(err, domain.Fail(domain.Refused, domain.ReasonVisitOver)) {
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	}
	return page.Fail(err)
}

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	t, st := p.env.Texts, p.env.Styles
	s := sheet.New(width, height)
	if p.view == nil {
		s.Add(st.Weak.Render(t.Member.Loading))
		return s.Body()
	}
	head, rows := t.Family.WhoActs, []string{}
	for _, who := range p.people() {
		name := t.Family.InPerson
		if who != 0 {
			name = t.Representative(who)
		}
		rows = append(rows, name)
	}
	if p.who != 0 {
		head, rows = t.Family.WhichProof, nil
		for _, proof := range domain.AllProofs() {
			rows = append(rows, t.Proof(proof))
		}
	}
	s.Add(st.Strong.Render(head))
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = st.Key.Render(parts.Right(strconv.Itoa(i+1), 2)) + "  " + st.Text.Render(row)
	}
	s.Add(lines...)
	s.Add(parts.Notice(st, t, t.Family.NoAttorney, s.Width())...)
	s.Add(sheet.Wrap(st.Weak, t.Family.NeedsSecond, s.Width())...)
	return s.Body()
}
