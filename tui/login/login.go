// Package login is the door of the counter: the page on which a person logs in,
// and the one that opens a locked seat again.
package login

import (
	"context"
	"errors"

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
type Page struct {
	env  *page.Env
	seat *seat.Seat

	name, pass  *parts.Field
	next, again *parts.Field
	form        parts.Form
	renewing    bool
	call        page.Slot
}

// maxPassphrase bounds what a passphrase field takes; a sentence fits.
const maxPassphrase = 200

// New makes the page.
func New(env *page.Env, s *seat.Seat) *Page {
	secret := parts.FieldConfig{Width: 32, Max: maxPassphrase, Secret: true}
	p := &Page{
		env: env, seat: s,
		name: parts.NewField(parts.FieldConfig{Width: 32, Max: 32}), pass: parts.NewField(secret),
		next: parts.NewField(secret), again: parts.NewField(secret),
	}
	p.form.Fields = []*parts.Field{p.name, p.pass}
	return p
}

// loggedIn is the answer of a login.
type loggedIn struct {
	actor    domain.Actor
	settings domain.Settings
	err      error
}

// renewed is the answer of a changed passphrase.
type renewed struct{ err error }

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Login.Title }

// Input implements page.Typing: the name is text, a passphrase is secret.
func (p *Page) Input() page.Input {
	if p.form.Focused(p.name) {
		return page.Text
	}
	return page.Secret
}

// Mark implements page.Typing.
func (p *Page) Mark() { p.form.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.form.Rewind() }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{
		{ID: "log_in", Keys: []string{"enter"}, Text: t.LogIn, Do: p.enter},
		{ID: "quit", Keys: []string{"ctrl+q"}, Text: t.Quit, Do: page.Quit},
	}
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.form.Press(msg)
	case page.PasteMsg:
		p.form.Paste(msg.Text)
	case loggedIn:
		return p.answered(msg)
	case renewed:
		return p.changed(msg.err)
	}
	return nil
}

// enter goes on to the next field, or logs in from the last one.
func (p *Page) enter() tea.Cmd {
	if p.call.Busy() || p.form.Next() {
		return nil
	}
	if p.renewing {
		return p.renew()
	}
	who := p.credentials()
	at := p.seat.Place
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return logIn(ctx, p.seat.Desk, who, at)
	})
}

func logIn(ctx context.Context, d *desk.Desk, who desk.Credentials, at desk.Place) loggedIn {
	actor, err := d.Login(ctx, who, at)
	if err != nil {
		return loggedIn{err: err}
	}
	settings, err := d.Settings(ctx)
	return loggedIn{actor, settings, err}
}

func (p *Page) credentials() desk.Credentials {
	return desk.Credentials{Login: p.name.Value(), Passphrase: []byte(p.pass.Value())}
}

func (p *Page) answered(msg loggedIn) tea.Cmd {
	if errors.Is(msg.err, domain.Fail(domain.Refused, domain.ReasonPassphraseChange)) {
		p.renewing = true
		p.form.Fields = []*parts.Field{p.next, p.again}
		p.form.SetFocus(0)
		return nil
	}
	p.pass.Clear()
	if msg.err != nil {
		p.form.SetFocus(1)
		return page.Fail(msg.err)
	}
	p.name.Clear()
	return enter(p.seat, msg)
}

// enter puts the person at the seat and opens the search.
func enter(s *seat.Seat, msg loggedIn) tea.Cmd {
	s.Actor, s.Settings = msg.actor, msg.settings
	return page.EnterSession(s.Session(), page.Start, nil)
}

func (p *Page) renew() tea.Cmd {
	if p.next.Value() != p.again.Value() {
		p.again.Clear()
		return page.Fail(domain.Fail(domain.Invalid, domain.ReasonPassphraseDiffer))
	}
	who, next := p.credentials(), []byte(p.next.Value())
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return renewed{p.seat.Desk.ChangePassphrase(ctx, who, next)}
	})
}

func (p *Page) changed(err error) tea.Cmd {
	if err != nil {
		p.form.Clear()
		return page.Fail(err)
	}
	who := desk.Credentials{Login: p.name.Value(), Passphrase: []byte(p.next.Value())}
	at := p.seat.Place
	p.next.Clear()
	p.again.Clear()
	p.renewing = false
	p.form.Fields = []*parts.Field{p.name, p.pass}
	return tea.Batch(
		page.Say(p.env.Texts.Login.Renewed),
		p.call.Run(p.env, func(ctx context.Context) tea.Msg { return logIn(ctx, p.seat.Desk, who, at) }),
	)
}

// View implements page.Page.
func (p *Page) View(width, _ int) page.Body {
	t, s := p.env.Texts, p.env.Styles
	form := newDrawing(width)
	switch {
	case p.renewing:
		form.add(parts.Wrap(s.Strong.Render(t.Login.Renew), width-2*margin)...)
		form.add(parts.Wrap(s.Weak.Render(t.Login.Rule), width-2*margin)...)
		form.add("")
		form.field(s, t.Login.New, p.next, p.form.Focused(p.next))
		form.add("")
		form.field(s, t.Login.Again, p.again, p.form.Focused(p.again))
	default:
		form.field(s, t.Login.Name, p.name, p.form.Focused(p.name))
		form.add("")
		form.field(s, t.Login.Passphrase, p.pass, p.form.Focused(p.pass))
	}
	form.add("")
	if p.call.Busy() {
		form.add(s.Weak.Render(t.Login.Checking))
	} else if hint := practiceHint(t, p.seat); hint != "" {
		form.add(s.Weak.Render(hint))
	}
	return form.body()
}
