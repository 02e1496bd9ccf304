package second

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/parts"
)

// Keys are the bindings while the request is open.
func (r *Request) Keys() []keys.Binding {
	t := r.env.Texts.Keys
	if r.form.IsOpen() {
		return r.form.Keys(r.env, r.sign, r.unsigned)
	}
	esc := func(id keys.ID, do func() tea.Cmd) keys.Binding {
		text := t.Back
		if id == "withdraw" {
			text = t.Withdraw
		}
		return keys.Binding{ID: id, Keys: []string{"esc", "f12"}, Text: text, Do: do}
	}
	here := keys.Binding{ID: "sign_here", Keys: []string{"h"}, Text: t.SignHere, Do: r.signHere}
	switch {
	case r.stage == offered:
		return []keys.Binding{{ID: "ask_second", Keys: []string{"enter"}, Text: t.AskSecond, Do: r.ask}, here, esc("leave", r.giveUp)}
	case r.state() == domain.ApprovalAsked:
		return []keys.Binding{here, esc("withdraw", r.withdraw)}
	case r.state() == domain.ApprovalGiven:
		return []keys.Binding{{ID: "carry_out", Keys: []string{"enter"}, Text: t.CarryOut, Do: r.carryOut}, esc("withdraw", r.withdraw)}
	}
	return []keys.Binding{{ID: "leave", Keys: []string{"enter", "esc", "f12"}, Text: t.Back, Do: r.giveUp}}
}

// Draw adds the request to a sheet.
func (r *Request) Draw(s *sheet.Sheet) {
	st, t := r.env.Styles, r.env.Texts
	switch {
	case r.form.IsOpen():
		r.form.Draw(r.env, s)
		if r.act.Busy() {
			s.Spare(st.Weak.Render(t.Second.Checking))
		}
		return
	case r.stage == offered:
		why, _ := t.Error(r.wish.Why)
		s.Add(parts.Stop(st, t, why, s.Width())...)
		s.Add(st.Strong.Render(t.Second.Needed))
		s.Add(sheet.Wrap(st.Text, t.Second.NeededHow, s.Width())...)
		return
	}
	r.drawState(s)
	var lines []string
	for _, l := range Lines(r.env, r.view) {
		lines = append(lines, sheet.Wrap(st.Text, l, s.Width())...)
	}
	s.Add(lines...)
}

// drawState says how the request stands, and what can be done.
func (r *Request) drawState(s *sheet.Sheet) {
	st, t, w := r.env.Styles, r.env.Texts, r.env.Texts.Second
	left := t.Countdown(r.view.Until.Sub(r.env.Now()))
	by := parts.Text(r.view.Approver)
	say := func(what, how string) {
		s.Add(sheet.Wrap(st.Strong, what, s.Width())...)
		s.Add(sheet.Wrap(st.Text, how, s.Width())...)
	}
	stop := func(what string) {
		s.Add(parts.Stop(st, t, what, s.Width())...)
		s.Add(sheet.Wrap(st.Text, w.OverHow, s.Width())...)
	}
	switch r.state() {
	case domain.ApprovalAsked:
		say(w.Waiting(left), w.WaitHow)
	case domain.ApprovalGiven:
		say(w.Given(by, left), w.GivenHow)
	case domain.ApprovalRefused:
		stop(w.Refused(by))
	case domain.ApprovalExpired:
		stop(w.Expired)
	default:
		stop(w.Withdrawn)
	}
}
