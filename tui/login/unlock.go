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

// Unlock is the door of a locked seat. The person who locked it types their
// passphrase and goes on; somebody else logs in with name and passphrase, which
// ends the visit.
type Unlock struct {
	env  *page.Env
	seat *seat.Seat

	name, pass *parts.Field
	form       parts.Form
	other      bool // somebody else logs in
	call       page.Slot
	renewal    *renewal
}

// NewUnlock makes the page.
func NewUnlock(env *page.Env, s *seat.Seat) *Unlock {
	u := &Unlock{env: env, seat: s, name: nameField(), pass: secretField()}
	u.form.Fields = []*parts.Field{u.pass}
	return u
}

// Init implements page.Page: that the seat was locked stands in the journal.
func (u *Unlock) Init() tea.Cmd {
	actor := u.seat.Actor
	return func() tea.Msg {
		if err := u.seat.Desk.Lock(u.env.Context, actor); err != nil {
			return page.FailMsg{Err: err}
		}
		return nil
	}
}

// Title implements page.Page.
func (u *Unlock) Title() string { return u.env.Texts.Lock.Title }

// Leave implements page.Leaving: nothing that was typed stays.
func (u *Unlock) Leave(page.Why) tea.Cmd { return u.clear() }

// Input implements page.Typing.
func (u *Unlock) Input() page.Input {
	if u.renewal == nil && u.form.Focused(u.name) {
		return page.Text
	}
	return page.Secret
}

// Mark implements page.Typing.
func (u *Unlock) Mark() { u.fields().Mark() }

// Rewind implements page.Typing.
func (u *Unlock) Rewind() { u.fields().Rewind() }

func (u *Unlock) fields() *parts.Form {
	if u.renewal != nil {
		return &u.renewal.form
	}
	return &u.form
}

// Keys implements page.Page.
func (u *Unlock) Keys() []keys.Binding {
	t := u.env.Texts.Keys
	return []keys.Binding{
		{ID: "unlock", Keys: []string{"enter"}, Text: t.Unlock, Do: u.enter},
		{ID: "switch_user", Keys: []string{"f4"}, Text: t.SwitchUser, Do: u.switchUser},
		{ID: "clear", Keys: []string{"esc"}, Text: t.Clear, Quiet: true, Do: u.clear},
		{ID: "quit", Keys: []string{"ctrl+q"}, Text: t.Quit, Do: page.Quit},
	}
}

// clear goes back to the person who locked the seat, with nothing typed.
func (u *Unlock) clear() tea.Cmd {
	u.call.Stop(u.env)
	if u.renewal != nil {
		u.renewal.end()
		u.renewal = nil
	}
	u.name.Clear()
	u.pass.Clear()
	u.other = false
	u.form.Fields = []*parts.Field{u.pass}
	u.form.Clear()
	return nil
}

func (u *Unlock) switchUser() tea.Cmd {
	u.clear()
	u.other = true
	u.form.Fields = []*parts.Field{u.name, u.pass}
	return nil
}

// Update implements page.Page.
func (u *Unlock) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		u.fields().Press(msg)
	case page.PasteMsg:
		u.fields().Paste(msg.Text)
	case loggedIn:
		return u.answered(msg)
	case renewed:
		return u.renewal.answered(msg)
	}
	return nil
}

func (u *Unlock) enter() tea.Cmd {
	switch {
	case u.call.Busy() || u.fields().Next():
		return nil
	case u.renewal != nil:
		return u.renewal.submit()
	}
	who := desk.Credentials{Login: u.login(), Passphrase: u.pass.Take()}
	how := u.resume(u.seat.Actor)
	return u.call.Run(u.env, func(ctx context.Context) tea.Msg { return try(ctx, u.seat, who, how) })
}

// resume lets somebody in where before was signed in.
func (u *Unlock) resume(before domain.Actor) signIn {
	return func(ctx context.Context, who desk.Credentials) (domain.Actor, error) {
		return u.seat.Desk.Resume(ctx, who, before)
	}
}

// login is whose passphrase is asked for.
func (u *Unlock) login() string {
	if u.other {
		return u.name.Value()
	}
	return u.seat.Actor.Login
}

func (u *Unlock) answered(msg loggedIn) tea.Cmd {
	switch {
	case msg.once != nil:
		u.renewal = newRenewal(u.env, u.seat, u.login(), msg.once, u.resume(u.seat.Actor))
		return nil
	case msg.err != nil:
		return page.Fail(msg.err)
	}
	u.name.Clear()
	if msg.actor.Staff != u.seat.Actor.Staff {
		return enter(u.seat, msg)
	}
	u.seat.Actor, u.seat.Settings = msg.actor, msg.settings
	return page.Unlocked()
}

// View implements page.Page.
func (u *Unlock) View(width, _ int) page.Body {
	t, s := u.env.Texts, u.env.Styles
	d := newDrawing(width)
	if u.renewal != nil {
		u.renewal.draw(d)
		return d.body()
	}
	d.add(s.Strong.Render(t.Lock.What))
	if !u.other {
		d.add(s.Text.Render(t.Lock.Who(parts.Text(u.seat.Actor.Name))))
	}
	d.add("")
	if u.other {
		d.field(s, t.Login.Name, u.name, u.form.Focused(u.name))
		d.add("")
	}
	d.field(s, t.Lock.Passphrase, u.pass, u.form.Focused(u.pass))
	d.add("")
	for _, l := range parts.Wrap(t.Lock.Keeps, width-2*margin) {
		d.add(s.Weak.Render(l))
	}
	if hint := practiceHint(t, u.seat); hint != "" {
		d.add("", s.Weak.Render(hint))
	}
	return d.body()
}
