package login

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/words"
)

// door is what both pages share: a name and a passphrase, and what comes after a
// one-time passphrase.
type door struct {
	env  *page.Env
	seat *seat.Seat

	name, pass *parts.Field
	form       parts.Form
	call       page.Slot
	renewal    *renewal // nil unless a one-time passphrase was given
}

// maxPassphrase bounds what a passphrase field takes; a sentence fits.
const maxPassphrase = 200

func newDoor(env *page.Env, s *seat.Seat) door {
	return door{
		env: env, seat: s,
		name: parts.NewField(parts.FieldConfig{Width: 32, Max: 32}), pass: secretField(),
	}
}

func secretField() *parts.Field {
	return parts.NewField(parts.FieldConfig{Width: 32, Max: maxPassphrase, Secret: true})
}

// fields is the form that is shown.
func (d *door) fields() *parts.Form {
	if d.renewal != nil {
		return &d.renewal.form
	}
	return &d.form
}

// Input implements page.Typing: the name is text, a passphrase is secret.
func (d *door) Input() page.Input {
	if d.renewal == nil && d.form.Focused(d.name) {
		return page.Text
	}
	return page.Secret
}

// Mark implements page.Typing.
func (d *door) Mark() { d.fields().Mark() }

// Rewind implements page.Typing.
func (d *door) Rewind() { d.fields().Rewind() }

// forget empties everything that was typed and drops what is under way.
func (d *door) forget() {
	d.call.Stop(d.env)
	if d.renewal != nil {
		d.renewal.end()
		d.renewal = nil
	}
	d.name.Clear()
	d.pass.Clear()
	d.form.SetFocus(0)
}

// escKey says what Esc does now.
func (d *door) escKey() words.Key {
	if d.renewal != nil {
		return d.env.Texts.Keys.Back
	}
	return d.env.Texts.Keys.ClearAll
}

// signIn is how a door lets somebody in.
type signIn func(context.Context, desk.Credentials) (domain.Actor, error)

// loggedIn is the answer of a login.
type loggedIn struct {
	actor    domain.Actor
	settings domain.Settings
	err      error
	// once is the one-time passphrase that has to be changed, with err.
	once []byte
}

// enter goes on to the next field, or signs in from the last one.
func (d *door) enter(login string, how signIn) tea.Cmd {
	switch {
	case d.call.Busy() || d.fields().Next():
		return nil
	case d.renewal != nil:
		return d.renewal.submit()
	}
	who := desk.Credentials{Login: login, Passphrase: d.pass.Take()}
	return d.call.Run(d.env, func(ctx context.Context) tea.Msg { return try(ctx, d.seat, who, how) })
}

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

// update handles what both doors handle alike; done is false for the answer of a
// login that let somebody in.
func (d *door) update(msg tea.Msg, login string, how signIn) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		d.fields().Press(msg)
	case page.PasteMsg:
		d.fields().Paste(msg.Text)
	case renewed:
		return d.renewal.answered(msg), true
	case loggedIn:
		switch {
		case msg.once != nil:
			d.renewal = newRenewal(d.env, d.seat, login, msg.once, how)
		case msg.err != nil:
			return page.Fail(msg.err), true
		default:
			return nil, false
		}
	}
	return nil, true
}

// enter puts the person at the seat and opens the search.
func enter(s *seat.Seat, msg loggedIn) tea.Cmd {
	s.Actor, s.Settings = msg.actor, msg.settings
	return page.EnterSession(s.Session(), page.Start, nil)
}
