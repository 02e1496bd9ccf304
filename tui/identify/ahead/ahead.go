// Package ahead keeps what is typed or scanned while a call runs, and hands it
// on afterwards: whoever types with the eyes on the paper does not wait for the
// screen.
//
//	if p.call.Busy() {
//		p.ahead.Wait(msg)
//		return nil
//	}
//
// and when the answer has come
//
//	return p.ahead.Replay(p.call.Busy, p.take)
package ahead

import (
	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
)

// most bounds what is kept; a longer run is no typing any more.
const most = 64

// Queue holds what waits, in order. The zero value is ready.
type Queue struct{ waiting []tea.Msg }

// Wait keeps a key press or a scan for later.
func (q *Queue) Wait(msg tea.Msg) {
	if len(q.waiting) < most {
		q.waiting = append(q.waiting, msg)
	}
}

// Drop forgets what waits: after a wrong answer it was meant for a field that
// is not reached.
func (q *Queue) Drop() {
	clear(q.waiting)
	q.waiting = q.waiting[:0]
}

// Len is how many wait.
func (q *Queue) Len() int { return len(q.waiting) }

// Replay hands on what waits, in order, until a call runs again.
func (q *Queue) Replay(busy func() bool, take func(tea.Msg) tea.Cmd) tea.Cmd {
	var cmds []tea.Cmd
	for len(q.waiting) > 0 && !busy() {
		msg := q.waiting[0]
		q.waiting = append(q.waiting[:0], q.waiting[1:]...)
		cmds = append(cmds, take(msg))
	}
	return tea.Batch(cmds...)
}

// Press acts on a key as the router does: the binding that has it, if it is on,
// else other.
func Press(k tea.KeyPressMsg, bindings []keys.Binding, other func(tea.KeyPressMsg) tea.Cmd) tea.Cmd {
	name := keys.Name(k)
	b, bound := keys.Match(bindings, name, false)
	switch {
	case !bound:
		return other(k)
	case b.Off != "":
		return nil
	}
	return b.Run(name)
}
