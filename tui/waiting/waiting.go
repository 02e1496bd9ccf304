// Package waiting is the page of the bonus booklets that somebody has still to do
// something with: parked ones, those a member was asked about, and those that
// another person has to decide.
package waiting

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/booklet"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Page lists the waiting booklets.
type Page struct {
	env  *page.Env
	seat *seat.Seat

	read  bool
	all   []desk.Waiting
	list  parts.List
	visit domain.VisitID // of the booklet that was opened last

	load, opening page.Slot
}

// New makes the page.
func New(env *page.Env, s *seat.Seat) *Page { return &Page{env: env, seat: s} }

// The answers of the desk.
type (
	loaded struct {
		list []desk.Waiting
		err  error
	}
	opened struct {
		visit domain.VisitID
		ref   desk.BookletRef
		err   error
	}
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering: the visit of the booklet one comes back from
// ends, and the list is read anew.
func (p *Page) Enter() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	p.visit = domain.VisitID{}
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		if visit != (domain.VisitID{}) {
			if err := d.EndVisit(ctx, actor, visit); err != nil {
				return loaded{err: err}
			}
		}
		list, err := d.WaitingBooklets(ctx, actor)
		return loaded{list, err}
	})
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Waiting.Title }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back}}
	if p.list.Len() == 0 {
		return out
	}
	return append([]keys.Binding{
		{ID: "open", Keys: []string{"enter"}, Text: t.OpenBooklet, Do: p.open},
		{ID: "pick", Keys: keys.Digits(p.list.Len()), Text: t.Pick, Quiet: true, Pick: p.pick},
	}, out...)
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.list.Press(msg)
	case loaded:
		if msg.err != nil {
			return tea.Sequence(page.Fail(msg.err), page.Back())
		}
		p.read, p.all = true, msg.list
		p.list.SetLen(len(msg.list))
	case opened:
		if msg.err != nil {
			return page.Fail(msg.err)
		}
		p.visit = msg.visit
		return page.Navigate(page.Booklet, booklet.Params{
			Visit: msg.visit, Member: msg.ref.Member, Year: msg.ref.Year, Programme: msg.ref.Programme,
		})
	}
	return nil
}

func (p *Page) pick(n int) tea.Cmd {
	p.list.Set(n - 1)
	return p.open()
}

// open opens the person's record, which is journalled, and their booklet.
func (p *Page) open() tea.Cmd {
	if p.opening.Busy() {
		return nil
	}
	d, actor, ref := p.seat.Desk, p.seat.Actor, p.all[p.list.At()].Ref
	return p.opening.Run(p.env, func(ctx context.Context) tea.Msg {
		visit, err := d.Open(ctx, actor, desk.Opening{Member: ref.Member})
		return opened{visit, ref, err}
	})
}

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	t, st := p.env.Texts, p.env.Styles
	s := sheet.New(width, height)
	switch {
	case !p.read:
		s.Add(st.Weak.Render(t.Waiting.Loading))
		return s.Body()
	case len(p.all) == 0:
		s.Add(st.Text.Render(t.Waiting.None))
		return s.Body()
	}
	columns := []parts.Column{{Width: 11}, {Width: 5}, {}, {Width: 26}}
	lines, at := p.list.Draw(st, s.Width(), s.Room()-1, func(i, width int) string {
		w := p.all[i]
		return parts.Row(columns, []string{
			t.Day(w.Since.In(p.env.Now().Location())), t.Booklet.Year(w.Ref.Year),
			parts.Text(w.Masked.Name.Listed()) + " " + t.MaskedKVNR(w.Masked.Last3), p.state(w),
		}, width)
	})
	head := st.Weak.Render("     " + parts.Row(columns, []string{t.Waiting.Since, t.Waiting.Year, t.Waiting.Who, t.Waiting.State}, s.Width()-5))
	s.Add(append([]string{parts.Cut(head, s.Width())}, lines...)...)
	s.Cursor(0, 1+at)
	return s.Body()
}

// state says what has to be done, and whether it is for somebody else to do.
func (p *Page) state(w desk.Waiting) string {
	t := p.env.Texts.Waiting
	switch {
	case w.State == domain.BookletEntered && w.Mine:
		return t.OtherDecides
	case w.State == domain.BookletEntered:
		return t.Decide
	}
	return p.env.Texts.Booklet.State(w.State)
}
