package page

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain/egk/reader"
	"schalter/tui/theme"
	"schalter/tui/words"
)

// Env is what pages share. The router changes Texts, Styles and Session between
// two calls of a page; pages read them each time they draw and keep no copy.
type Env struct {
	// Context ends with the session.
	Context context.Context
	Texts   *words.Texts
	Styles  *theme.Styles
	Session Session
	// Now is the clock; its location is the one of every time on the screen.
	Now func() time.Time
	// After sends what msg makes, once d has passed.
	After func(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	// Motion allows animation.
	Motion bool
	// Reader is how the seat's card reader stands, with the card that is in it now;
	// zero without a reader. What it says of a person is only carried to the desk,
	// never drawn.
	Reader reader.Event

	waiting []*Slot // running calls, oldest first
	calls   uint64  // how many have begun
}

// Session is who works here, as the title line tells it. Everything in it may
// be seen by the person before the counter.
type Session struct {
	Branch, Seat string
	Person       string // K. Beispiel
	Role         string // only where it can be switched
	Printer      string // state of the printer in words, "" for none
	Practice     bool
	Phone        bool // the seat answers the phone
}

// Waiting is when the oldest running call began; ok is false if none runs.
func (e *Env) Waiting() (since time.Time, ok bool) {
	if len(e.waiting) == 0 {
		return time.Time{}, false
	}
	return e.waiting[0].since, true
}

// Calls is how many calls have begun so far.
func (e *Env) Calls() uint64 { return e.calls }

// ForgetCalls gives up waiting for every running call: its page is gone.
func (e *Env) ForgetCalls() { e.waiting = nil }

func (e *Env) begin(s *Slot) {
	e.end(s)
	s.since = e.Now()
	e.calls++
	e.waiting = append(e.waiting, s)
}

func (e *Env) end(s *Slot) {
	for i, w := range e.waiting {
		if w == s {
			e.waiting = append(e.waiting[:i], e.waiting[i+1:]...)
			return
		}
	}
}
