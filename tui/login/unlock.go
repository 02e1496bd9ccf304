package login

import (
	"context"

	tea "charm.land/bubbletea/v2"

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
}

// NewUnlock makes the page.
func NewUnlock(env *page.Env, s *seat.Seat) *Unlock {
	u := &Unlock{
		env: env, seat: s,
		name: parts.NewField(parts.FieldConfig{Width: 32, Max: 32}),
		pass: parts.NewField(parts.FieldConfig{Width: 32, Max: maxPassphrase, Secret: true}),
	}
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

// Input implements page.Typing.
func (u *Unlock) Input() page.Input {
	if u.form.Focused(u.name) {
		return page.Text
	}
	return page.Secret
}

// Mark implements page.Typing.
func (u *Unlock) Mark() { u.form.Mark() }

// Rewind implements page.Typing.
func (u *Unlock) Rewind() { u.form.Rewind() }

// Keys implements page.Page.
func (u *Unlock) Keys() []keys.Binding {
	t := u.env.Texts.Keys
	return []keys.Binding{
		{ID: "unlock", Keys: []string{"enter"}, Text: t.Unlock, Do: u.enter},
		{ID: "switch_user", Keys: []string{"f4"}, Text: t.SwitchUser, Do: u.switchUser},
		{ID: "quit", Keys: []string{"ctrl+q"}, Text: t.Quit, Do: page.Quit},
	}
}

func (u *Unlock) switchUser() tea.Cmd {
	u.other = true
	u.form.Fields = []*parts.Field{u.name, u.pass}
	u.form.Clear()
	return nil
}

// Update implements page.Page.
func (u *Unlock) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		u.form.Press(msg)
	case page.PasteMsg:
		u.form.Paste(msg.Text)
	case loggedIn:
		return u.answered(msg)
	}
	return nil
}

func (u *Unlock) enter() tea.Cmd {
	if u.call.Busy() || u.form.Next() {
		return nil
	}
	before := u.seat.Actor
	who := desk.Credentials{Login: u.name.Value(), Passphrase: []byte(u.pass.Value())}
	if !u.other {
		who.Login = u.seat.Actor.Login
	}
	return u.call.Run(u.env, func(ctx context.Context) tea.Msg {
		actor, err := u.seat.Desk.Resume(ctx, who, before)
		if err != nil {
			return loggedIn{err: err}
		}
		settings, err := u.seat.Desk.Settings(ctx)
		return loggedIn{actor, settings, err}
	})
}

func (u *Unlock) answered(msg loggedIn) tea.Cmd {
	u.pass.Clear()
	if msg.err != nil {
		return page.Fail(msg.err)
	}
	u.name.Clear()
	same := msg.actor.Staff == u.seat.Actor.Staff
	if !same {
		return enter(u.seat, msg)
	}
	u.seat.Actor, u.seat.Settings = msg.actor, msg.settings
	return page.Unlocked()
}

// View implements page.Page.
func (u *Unlock) View(width, _ int) page.Body {
	t, s := u.env.Texts, u.env.Styles
	form := newDrawing(width)
	form.add(s.Strong.Render(t.Lock.What))
	if !u.other {
		form.add(s.Text.Render(t.Lock.Who(parts.Text(u.seat.Actor.Name))))
	}
	form.add("")
	if u.other {
		form.field(s, t.Login.Name, u.name, u.form.Focused(u.name))
		form.add("")
	}
	form.field(s, t.Lock.Passphrase, u.pass, u.form.Focused(u.pass))
	form.add("")
	for _, l := range parts.Wrap(t.Lock.Keeps, width-2*margin) {
		form.add(s.Weak.Render(l))
	}
	if hint := practiceHint(t, u.seat); hint != "" {
		form.add("", s.Weak.Render(hint))
	}
	return form.body()
}
