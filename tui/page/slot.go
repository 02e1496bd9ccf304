package page

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Slot runs one call at a time for a page: a search, a load, an order. A newer
// call supersedes the older one, whose context ends and whose answer is
// dropped. The zero value is ready.
type Slot struct {
	number uint64
	busy   bool
	since  time.Time
	cancel context.CancelFunc
}

// Run starts a call. work runs in another goroutine and must not touch the
// page; what it returns arrives at the page's Update. A nil answer only ends
// the call.
//
// What must not be superseded (anything that changes data) is not started while
// Busy.
func (s *Slot) Run(env *Env, work func(ctx context.Context) tea.Msg) tea.Cmd {
	s.Stop(env)
	ctx, cancel := context.WithCancel(env.Context)
	s.cancel, s.busy = cancel, true
	env.begin(s)
	number := s.number
	return func() tea.Msg { return Answer{slot: s, number: number, msg: work(ctx)} }
}

// Busy reports whether a call runs.
func (s *Slot) Busy() bool { return s.busy }

// Stop gives the running call up.
func (s *Slot) Stop(env *Env) {
	if s.cancel != nil {
		s.cancel()
	}
	s.cancel, s.busy = nil, false
	s.number++
	env.end(s)
}

// Answer is the result of a call on its way to the page. Only the router opens
// it.
type Answer struct {
	slot   *Slot
	number uint64
	msg    tea.Msg
}

// Open ends the call and returns what it found; ok is false for the answer of a
// call that was superseded or stopped.
func (a Answer) Open(env *Env) (msg tea.Msg, ok bool) {
	if a.number != a.slot.number {
		return nil, false
	}
	a.slot.Stop(env)
	return a.msg, true
}
