package tui

import (
	tea "charm.land/bubbletea/v2"

	"schalter/tui/page"
)

// deliver brings the result of a command to its page, or carries out the
// request that it is.
func (r *Root) deliver(a addressed) tea.Cmd {
	msg := a.msg
	if answer, ok := msg.(page.Answer); ok {
		if msg, ok = answer.Open(r.env); !ok || msg == nil {
			return nil
		}
	}
	from := r.byNumber(a.to)
	if from == nil {
		return nil
	}
	if cmd, ok := r.request(from, msg); ok {
		return cmd
	}
	return address(from.number, from.page.Update(msg))
}

// request carries out what a page asks of the router; ok is false for a message
// that is none. Only the page that is shown may move the user, and nothing but
// the door moves a locked seat.
func (r *Root) request(from *shown, msg tea.Msg) (cmd tea.Cmd, ok bool) {
	switch msg := msg.(type) {
	case page.SayMsg:
		return r.say(msg.Text), true
	case page.FailMsg:
		return r.fail(msg.Err), true
	case page.CardMsg:
		return r.card(msg.Event), true
	case page.SessionMsg:
		msg.Change(&r.env.Session)
		return nil, true
	}
	move := r.move(from, msg)
	if move == nil {
		return nil, false
	}
	if from != r.current() {
		return nil, true
	}
	return move(), true
}

// move is what a request to go somewhere does; nil for any other message.
func (r *Root) move(from *shown, msg tea.Msg) func() tea.Cmd {
	switch msg := msg.(type) {
	case page.NavigateMsg:
		return func() tea.Cmd { return r.open(msg.Route) }
	case page.ReplaceMsg:
		return func() tea.Cmd { return r.replace(msg.Route) }
	case page.BackMsg:
		return r.back
	case page.ResetMsg:
		return func() tea.Cmd { return r.reset(msg.Route) }
	case page.EnterSessionMsg:
		return func() tea.Cmd {
			r.env.Session = msg.Session
			return r.reset(msg.Route)
		}
	case page.UnlockedMsg:
		return r.unlock
	case page.LockMsg:
		return r.lock
	case page.QuitMsg:
		return r.quit
	case page.AskMsg:
		return func() tea.Cmd { return r.ask(from, msg.Question) }
	}
	return nil
}
