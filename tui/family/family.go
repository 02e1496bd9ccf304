// Package family is the page of those who are insured with a member. Spouses are
// never among them. One of them can be opened as the next visit.
package family

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Page lists the family of a visit's member.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	read      bool
	relatives []desk.Relative
	list      parts.List
	load, act page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	return &Page{env: env, seat: s, visit: visit}
}

// The answers of the desk.
type (
	loaded struct {
		list []desk.Relative
		err  error
	}
	opened struct {
		visit domain.VisitID
		err   error
	}
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		list, err := d.Family(ctx, actor, visit)
		return loaded{list, err}
	})
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Family.Title }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	if len(p.relatives) == 0 {
		return []keys.Binding{{ID: "continue", Keys: []string{"enter"}, Text: t.Back, Quiet: true, Do: page.Back}}
	}
	move := func(by int) func() tea.Cmd {
		return func() tea.Cmd {
			p.list.Move(by)
			return nil
		}
	}
	return []keys.Binding{
		{ID: "open", Keys: []string{"enter"}, Text: t.OpenRelative, Do: p.open},
		{ID: "pick", Keys: keys.Digits(len(p.relatives)), Text: t.Pick, Pick: p.pick},
		{ID: "down", Keys: []string{"down"}, Text: t.Down, Quiet: true, Do: move(1)},
		{ID: "up", Keys: []string{"up"}, Text: t.Up, Quiet: true, Do: move(-1)},
	}
}

func (p *Page) pick(n int) tea.Cmd {
	p.list.Set(n - 1)
	return nil
}

// open begins a visit with the chosen one; this one ends with it.
func (p *Page) open() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, next := p.seat.Desk, p.seat.Actor, p.relatives[p.list.At()].Member
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		visit, err := d.Open(ctx, actor, desk.Opening{Member: next})
		return opened{visit, err}
	})
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded:
		if msg.err != nil {
			return p.failed(msg.err)
		}
		p.read, p.relatives = true, msg.list
		p.list.SetLen(len(msg.list))
	case opened:
		if msg.err != nil {
			return p.failed(msg.err)
		}
		return page.Reset(page.Member, msg.visit)
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
	switch {
	case !p.read:
		s.Add(st.Weak.Render(t.Family.Loading))
		return s.Body()
	case len(p.relatives) == 0:
		s.Add(st.Text.Render(t.Family.Nobody))
	default:
		s.Add(st.Strong.Render(t.Family.Listed))
		lines, at := p.list.Draw(st, s.Width(), min(len(p.relatives), s.Room()-3), p.row)
		s.Add(lines...)
		s.Cursor(0, at)
		s.Add(st.Weak.Render(t.Family.Opens))
	}
	s.Add(sheet.Wrap(st.Weak, t.Family.Spouses, s.Width())...)
	return s.Body()
}

func (p *Page) row(i, width int) string {
	t, r := p.env.Texts, p.relatives[i]
	hint := ""
	switch {
	case r.Masked.Deceased:
		hint = t.Start.Deceased
	case r.Masked.Ended:
		hint = t.Start.Ended
	case r.Masked.Under15:
		hint = t.Start.Child
	}
	columns := []parts.Column{{}, {Width: 20}, {Width: 6}, {Width: 16}}
	return parts.Row(columns, []string{parts.Text(r.Masked.Name.Listed()), t.Relation(r.Relation), "•••" + r.Masked.Last3, hint}, width)
}
