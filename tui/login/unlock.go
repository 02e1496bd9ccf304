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
	door
	other bool // somebody else logs in
}

// NewUnlock makes the page.
func NewUnlock(env *page.Env, s *seat.Seat) *Unlock {
	u := &Unlock{door: newDoor(env, s)}
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

// Keys implements page.Page.
func (u *Unlock) Keys() []keys.Binding {
	t := u.env.Texts.Keys
	return []keys.Binding{
		{ID: "unlock", Keys: []string{"enter"}, Text: t.Unlock, Do: u.submit},
		{ID: "switch_user", Keys: []string{"f4"}, Text: t.SwitchUser, Do: u.switchUser},
		{ID: "clear", Keys: []string{"esc"}, Text: u.escKey(), Quiet: !u.other && u.renewal == nil, Do: u.clear},
		{ID: "quit", Keys: []string{"ctrl+q"}, Text: t.Quit, Do: page.Quit},
	}
}

// clear goes back to the person who locked the seat, with nothing typed.
func (u *Unlock) clear() tea.Cmd {
	u.forget()
	u.other = false
	u.form.Fields = []*parts.Field{u.pass}
	u.form.SetFocus(0)
	return nil
}

func (u *Unlock) switchUser() tea.Cmd {
	u.forget()
	u.other = true
	u.form.Fields = []*parts.Field{u.name, u.pass}
	u.form.SetFocus(0)
	return nil
}

func (u *Unlock) submit() tea.Cmd { return u.enter(u.login(), u.resume(u.seat.Actor)) }

// Update implements page.Page.
func (u *Unlock) Update(msg tea.Msg) tea.Cmd {
	if cmd, done := u.update(msg, u.login(), u.resume(u.seat.Actor)); done {
		return cmd
	}
	in := msg.(loggedIn)
	u.clear()
	if in.actor.Staff != u.seat.Actor.Staff {
		return enter(u.seat, in)
	}
	u.seat.Actor, u.seat.Settings = in.actor, in.settings
	return page.Unlocked()
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
