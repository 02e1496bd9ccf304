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

	name, pass *parts.Field
	form       parts.Form
	call       page.Slot
	renewal    *renewal // nil unless a one-time passphrase was given
}

// maxPassphrase bounds what a passphrase field takes; a sentence fits.
const maxPassphrase = 200

func nameField() *parts.Field {
	return parts.NewField(parts.FieldConfig{Width: 32, Max: 32})
}

func secretField() *parts.Field {
	return parts.NewField(parts.FieldConfig{Width: 32, Max: maxPassphrase, Secret: true})
}

// New makes the page.
func New(env *page.Env, s *seat.Seat) *Page {
	p := &Page{env: env, seat: s, name: nameField(), pass: secretField()}
	p.form.Fields = []*parts.Field{p.name, p.pass}
	return p
}

// loggedIn is the answer of a login.
type loggedIn struct {
	actor    domain.Actor
	settings domain.Settings
	err      error
	// once is the one-time passphrase that has to be changed, with err.
	once []byte
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Login.Title }

// Leave implements page.Leaving: nothing that was typed stays.
func (p *Page) Leave(page.Why) tea.Cmd { return p.clear() }

// Input implements page.Typing: the name is text, a passphrase is secret.
func (p *Page) Input() page.Input {
	if p.renewal == nil && p.form.Focused(p.name) {
		return page.Text
	}
	return page.Secret
}

// Mark implements page.Typing.
func (p *Page) Mark() { p.fields().Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.fields().Rewind() }

// fields is the form that is shown.
func (p *Page) fields() *parts.Form {
	if p.renewal != nil {
		return &p.renewal.form
	}
	return &p.form
}

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{
		{ID: "log_in", Keys: []string{"enter"}, Text: t.LogIn, Do: p.enter},
		{ID: "clear", Keys: []string{"esc"}, Text: t.Clear, Do: p.clear},
		{ID: "quit", Keys: []string{"ctrl+q"}, Text: t.Quit, Do: page.Quit},
	}
}

// clear begins anew, with nothing typed.
func (p *Page) clear() tea.Cmd {
	p.call.Stop(p.env)
	if p.renewal != nil {
		p.renewal.end()
		p.renewal = nil
	}
	p.form.Clear()
	return nil
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.fields().Press(msg)
	case page.PasteMsg:
		p.fields().Paste(msg.Text)
	case loggedIn:
		return p.answered(msg)
	case renewed:
		return p.renewal.answered(msg)
	}
	return nil
}

// enter goes on to the next field, or logs in from the last one.
func (p *Page) enter() tea.Cmd {
	switch {
	case p.call.Busy() || p.fields().Next():
		return nil
	case p.renewal != nil:
		return p.renewal.submit()
	}
	who := desk.Credentials{Login: p.name.Value(), Passphrase: p.pass.Take()}
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg { return try(ctx, p.seat, who, p.logIn) })
}

func (p *Page) logIn(ctx context.Context, who desk.Credentials) (domain.Actor, error) {
	return p.seat.Desk.Login(ctx, who, p.seat.Place)
}

// signIn is how a door lets somebody in.
type signIn func(context.Context, desk.Credentials) (domain.Actor, error)

// try signs in and wipes the passphrase, unless it has to be changed yet.
func try(ctx context.Context, s *seat.Seat, who desk.Credentials, how signIn) loggedIn {
	actor, err := how(ctx, who)
	if errors.Is(err, domain.Fail(domain.Refused, domain.ReasonPassphraseChange)) {
		return loggedIn{err: err, once: who.Passphrase}
	}
	clear(who.Passphrase)
	if err != nil {
		return loggedIn{err: err}
	}
	settings, err := s.Desk.Settings(ctx)
	return loggedIn{actor: actor, settings: settings, err: err}
}

func (p *Page) answered(msg loggedIn) tea.Cmd {
	switch {
	case msg.once != nil:
		p.renewal = newRenewal(p.env, p.seat, p.name.Value(), msg.once, p.logIn)
		p.form.Clear()
		return nil
	case msg.err != nil:
		p.form.SetFocus(1)
		return page.Fail(msg.err)
	}
	p.clear()
	return enter(p.seat, msg)
}

// enter puts the person at the seat and opens the search.
func enter(s *seat.Seat, msg loggedIn) tea.Cmd {
	s.Actor, s.Settings = msg.actor, msg.settings
	return page.EnterSession(s.Session(), page.Start, nil)
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
	return d.body()
}
