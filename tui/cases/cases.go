// Package cases is the page of what was done for a member lately: what and when,
// without names of staff.
package cases

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Page lists the recent cases of a visit's member.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	read bool
	list []domain.CaseLine
	load page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	return &Page{env: env, seat: s, visit: visit}
}

// loaded is the desk's answer.
type loaded struct {
	view desk.View
	err  error
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	actor := p.seat.Actor
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := p.seat.Desk.View(ctx, actor, p.visit)
		return loaded{view, err}
	})
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Cases.Title }

// Keys implements page.Page: there is nothing to do but to go back.
func (p *Page) Keys() []keys.Binding {
	return []keys.Binding{{ID: "continue", Keys: []string{"enter"}, Text: p.env.Texts.Keys.Back, Quiet: true, Do: page.Back}}
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(loaded)
	switch {
	case !ok:
		return nil
	case errors.Is(answer.err, domain.Fail(domain.Refused, domain.ReasonVisitOver)):
		return tea.Sequence(page.Fail(answer.err), page.Reset(page.Start, nil))
	case answer.err != nil:
		return page.Fail(answer.err)
	}
	p.read, p.list = true, answer.view.Cases
	return nil
}

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	t, st := p.env.Texts.Cases, p.env.Styles
	s := sheet.New(width, height)
	switch {
	case !p.read:
		s.Add(st.Weak.Render(t.Loading))
	case len(p.list) == 0:
		s.Add(st.Text.Render(t.None))
	default:
		s.Add(p.table(s.Width())...)
		s.Spare(st.Weak.Render(t.NoStaff))
	}
	return s.Body()
}

// wide is the width from which the reason has a column of its own.
const wide = 140

func (p *Page) table(width int) []string {
	t, st := p.env.Texts.Cases, p.env.Styles
	columns := []parts.Column{{Width: 17}, {Width: 29}, {Width: 8}, {}}
	head := []string{t.Time, t.What, t.Case, t.Branch}
	if width >= wide {
		columns[len(columns)-1].Width = 20
		columns = append(columns, parts.Column{})
		head = append(head, t.Reason)
	}
	lines := []string{st.Weak.Render(parts.Row(columns, head, width))}
	for _, c := range p.list {
		lines = append(lines, st.Text.Render(parts.Row(columns, p.cells(c), width)))
		if why := p.reason(c); why != "" && width < wide {
			lines = append(lines, st.Weak.Render(parts.Cut("  "+why, width)))
		}
	}
	return lines
}

func (p *Page) cells(c domain.CaseLine) []string {
	t := p.env.Texts
	number := t.Common.None
	if c.Case != "" {
		number = c.Case.Grouped()
	}
	return []string{t.Moment(p.local(c.At)), t.Act(c.Act), number, parts.Text(c.Branch), p.reason(c)}
}

// reason is why something was refused; "" for what was done.
func (p *Page) reason(c domain.CaseLine) string {
	if c.Reason == "" {
		return ""
	}
	what, _ := p.env.Texts.Error(domain.Fail(domain.Refused, c.Reason))
	return what
}

// local is a time at the branch.
func (p *Page) local(at time.Time) time.Time { return at.In(p.env.Now().Location()) }
