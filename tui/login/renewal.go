package login

import (
	"bytes"
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// renewal asks for a passphrase of the person's own in place of a one-time one,
// at either door.
type renewal struct {
	env         *page.Env
	seat        *seat.Seat
	login       string
	once        []byte // the one-time passphrase, wiped at the end
	logIn       signIn
	next, again *parts.Field
	form        parts.Form
	call        page.Slot
}

// renewed is the answer of a changed passphrase; on success who is signed in.
type renewed struct{ loggedIn }

func newRenewal(env *page.Env, s *seat.Seat, login string, once []byte, how signIn) *renewal {
	r := &renewal{env: env, seat: s, login: login, once: once, logIn: how, next: secretField(), again: secretField()}
	r.form.Fields = []*parts.Field{r.next, r.again}
	return r
}

// end forgets everything that was typed.
func (r *renewal) end() {
	r.call.Stop(r.env)
	r.form.Clear()
	clear(r.once)
}

// submit changes the passphrase and logs in with the new one.
func (r *renewal) submit() tea.Cmd {
	if r.call.Busy() {
		return nil
	}
	next, again := r.next.Take(), r.again.Take()
	same := bytes.Equal(next, again)
	clear(again)
	r.form.SetFocus(0)
	if !same {
		clear(next)
		return page.Fail(domain.Fail(domain.Invalid, domain.ReasonPassphraseDiffer))
	}
	once := bytes.Clone(r.once) // Esc wipes the other while this runs
	return r.call.Run(r.env, func(ctx context.Context) tea.Msg {
		defer clear(once)
		err := r.seat.Desk.ChangePassphrase(ctx, desk.Credentials{Login: r.login, Passphrase: once}, next)
		if err != nil {
			clear(next)
			return renewed{loggedIn{err: err}}
		}
		return renewed{try(ctx, r.seat, desk.Credentials{Login: r.login, Passphrase: next}, r.logIn)}
	})
}

func (r *renewal) answered(msg renewed) tea.Cmd {
	if msg.err != nil {
		return page.Fail(msg.err)
	}
	r.end()
	return tea.Batch(page.Say(r.env.Texts.Login.Renewed), enter(r.seat, msg.loggedIn))
}

func (r *renewal) draw(d *drawing) {
	t, s := r.env.Texts.Login, r.env.Styles
	d.add(parts.Wrap(s.Strong.Render(t.Renew), d.width-2*margin)...)
	d.add(parts.Wrap(s.Weak.Render(t.Rule), d.width-2*margin)...)
	d.add("")
	d.field(s, t.New, r.next, r.form.Focused(r.next))
	d.add("")
	d.field(s, t.Again, r.again, r.form.Focused(r.again))
	if r.call.Busy() {
		d.add("", s.Weak.Render(t.Checking))
	}
}
