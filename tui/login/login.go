// Package login is the door of the counter: the page on which a person logs in,
// and the one that opens a locked seat again.
package login

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Page asks for name and passphrase. After a one-time passphrase it asks for one
// of the person's own.
type Page struct{ door }

// New makes the page.
func New(env *page.Env, s *seat.Seat) *Page {
	p := &Page{newDoor(env, s)}
	p.form.Fields = []*parts.Field{p.name, p.pass}
	return p
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Login.Title }

// Leave implements page.Leaving: nothing that was typed stays.
func (p *Page) Leave(page.Why) tea.Cmd { return p.clear() }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{
		{ID: "log_in", Keys: []string{"enter"}, Text: t.LogIn, Do: p.submit},
		{ID: "clear", Keys: []string{"esc"}, Text: p.escKey(), Do: p.clear},
		{ID: "quit", Keys: []string{"ctrl+q"}, Text: t.Quit, Do: page.Quit},
	}
}

func (p *Page) clear() tea.Cmd {
	p.forget()
	return nil
}

func (p *Page) submit() tea.Cmd { return p.enter(p.name.Value(), p.logIn) }

func (p *Page) logIn(ctx context.Context, who desk.Credentials) (domain.Actor, error) {
	return p.seat.Desk.Login(ctx, who, p.seat.Place)
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if cmd, done := p.update(msg, p.name.Value(), p.logIn); done {
		return cmd
	}
	p.forget()
	return enter(p.seat, msg.(loggedIn))
}

// View implements page.Page.
func (p *Page) View(width, _ int) page.Body {
	t, s := p.env.Texts, p.env.Styles
	d := newDrawing(width)
	if p.renewal != nil {
		p.renewal.draw(d)
		return d.body()
	}
	d.field(s, t.Login.Name, p.name, p.form.Focused(p.name))
	d.add("")
	d.field(s, t.Login.Passphrase, p.pass, p.form.Focused(p.pass))
	d.add("")
	if p.call.Busy() {
		d.add(s.Weak.Render(t.Login.Checking))
	} else if hint := practiceHint(t, p.seat); hint != "" {
		d.add(s.Weak.Render(hint))
	}
	for _, text := range p.notices() {
		d.add("")
		for _, l := range parts.Wrap(text, width-2*margin) {
			d.add(s.Text.Render(l))
		}
	}
	return d.body()
}

// notices are what everybody should know before they try to log in.
func (p *Page) notices() []string {
	var all []string
	if p.seat.Outdated != nil && p.seat.Outdated() {
		all = append(all, p.env.Texts.Login.Outdated)
	}
	if p.seat.Barred != nil {
		if err := p.seat.Barred(); err != nil {
			what, hint := p.env.Texts.Error(err)
			all = append(all, what+" "+hint)
		}
	}
	return all
}
