package page

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain/egk/reader"
)

// The messages below are requests to the router. Pages send them with the
// functions of the same name. Requests of a page that is not shown any more are
// dropped, except what it has to say.

// NavigateMsg opens the page of a route on top of the present one.
type NavigateMsg struct{ Route Route }

// Navigate opens a page; esc leads back here.
func Navigate(kind Kind, params any) tea.Cmd {
	return send(NavigateMsg{Route{kind, params}})
}

// ReplaceMsg opens the page of a route instead of the present one.
type ReplaceMsg struct{ Route Route }

// Replace opens a page in place of this one, to which esc does not lead back.
func Replace(kind Kind, params any) tea.Cmd {
	return send(ReplaceMsg{Route{kind, params}})
}

// BackMsg returns to the page before.
type BackMsg struct{}

// Back returns to the page from which this one was opened.
func Back() tea.Cmd { return send(BackMsg{}) }

// ResetMsg forgets every page and opens the route.
type ResetMsg struct{ Route Route }

// Reset forgets every page with all it knows and opens a first one: after a
// visit, after a login, when the role changes.
func Reset(kind Kind, params any) tea.Cmd {
	return send(ResetMsg{Route{kind, params}})
}

// SayMsg shows a sentence in the status line for a while.
type SayMsg struct{ Text string }

// Say tells what was done. It must not hold personal data beyond what the page
// shows anyway.
func Say(text string) tea.Cmd { return send(SayMsg{text}) }

// FailMsg shows an error in the status line until a key is pressed.
type FailMsg struct{ Err error }

// Fail tells that something was not done: the sentence and the hint of the
// error's reason. It does nothing for nil.
func Fail(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return send(FailMsg{err})
}

// AskMsg opens a dialog.
type AskMsg struct{ Question Question }

// Question is a dialog that asks before something is done. Cancel is chosen
// first.
type Question struct {
	Title string
	Lines []string
	// Yes is the word on the button that does it.
	Yes string
	// Then is called when it was chosen, Else when it was not; nil for nothing.
	Then, Else func() tea.Cmd
	// Unasked: the dialog opens by itself, not by a key. It takes no keys until
	// typing pauses, so that none that was meant for the page confirms it.
	Unasked bool
}

// Ask opens a dialog over the page.
func Ask(q Question) tea.Cmd { return send(AskMsg{q}) }

// EnterSessionMsg says who works here from now on.
type EnterSessionMsg struct {
	Session Session
	Route   Route
}

// EnterSession is sent by the login page when somebody has logged in: earlier
// pages are forgotten and the route is opened.
func EnterSession(s Session, kind Kind, params any) tea.Cmd {
	return send(EnterSessionMsg{s, Route{kind, params}})
}

// LockMsg locks the seat.
type LockMsg struct{}

// Lock blanks the screen and locks the seat, as F3 does.
func Lock() tea.Cmd { return send(LockMsg{}) }

// UnlockedMsg opens the seat for the same person.
type UnlockedMsg struct{}

// Unlocked is sent by the door of a locked seat when the same person is back:
// the pages are as they were. Anybody else enters by EnterSession.
func Unlocked() tea.Cmd { return send(UnlockedMsg{}) }

// SessionMsg changes what the title line says.
type SessionMsg struct{ Change func(*Session) }

// ChangeSession changes the session's description: a role, the printer's state.
func ChangeSession(change func(*Session)) tea.Cmd { return send(SessionMsg{change}) }

// QuitMsg ends the program by the same way as ctrl+c.
type QuitMsg struct{}

// Quit ends the program after the pages have been left.
func Quit() tea.Cmd { return send(QuitMsg{}) }

// CardMsg says what happened at the seat's card reader. From outside it goes to
// the router, which remembers how things stand and passes it to the page that is
// shown; a page sends it only in practice, where cards are put in by a key.
type CardMsg struct{ Event reader.Event }

// NewsMsg brings something from outside to every page that exists: a code that
// has just been redeemed, a printer that is back. Pages get Msg.
type NewsMsg struct{ Msg tea.Msg }

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
