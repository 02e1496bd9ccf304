// Package ahead keeps what is typed or scanned while a call runs, and hands it
// on afterwards: whoever types with the eyes on the paper does not wait for the
// screen.
//
//	func (p *Page) Keys() []keys.Binding {
//		if p.call.Busy() {
//			return p.ahead.Hold(p.bindings())
//		}
//		return p.bindings()
//	}
//
// and when the answer has come
//
//	return p.ahead.Replay(p.call.Busy, p.bindings, p.typed)
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

// Hold returns the bindings in a form that waits instead of acting. Digits wait
// as what was typed: the next step may want them for its field.
func (q *Queue) Hold(bindings []keys.Binding) []keys.Binding {
	out := make([]keys.Binding, 0, len(bindings))
	for _, b := range bindings {
		id := b.ID
		if b.Off != "" {
			b.Off, b.Quiet = "", true // it may be on by then
		}
		if b.Pick != nil {
			b.Pick = func(n int) tea.Cmd {
				q.Wait(digit(n))
				return nil
			}
		} else {
			b.Do = func() tea.Cmd {
				q.Wait(id)
				return nil
			}
		}
		out = append(out, b)
	}
	return out
}

func digit(n int) tea.KeyPressMsg {
	r := rune('0' + n)
	return tea.KeyPressMsg{Text: string(r), Code: r}
}

// Replay hands on what waits, in order, until a call runs again: a binding that
// is live and on is carried out, the rest goes to other. Behind a binding that
// asks or leads elsewhere nothing is handed on: it was not meant for this page.
func (q *Queue) Replay(busy func() bool, bindings func() []keys.Binding, other func(tea.Msg) tea.Cmd) tea.Cmd {
	var cmds []tea.Cmd
	for len(q.waiting) > 0 && !busy() {
		msg := q.waiting[0]
		q.waiting = append(q.waiting[:0], q.waiting[1:]...)
		cmd, bound := take(msg, bindings(), other)
		cmds = append(cmds, cmd)
		if bound && cmd != nil && !busy() {
			q.Drop()
		}
	}
	return tea.Batch(cmds...)
}

// take hands one message on; bound reports that a binding took it.
func take(msg tea.Msg, bindings []keys.Binding, other func(tea.Msg) tea.Cmd) (cmd tea.Cmd, bound bool) {
	switch msg := msg.(type) {
	case keys.ID:
		for _, b := range bindings {
			if b.ID == msg && b.Off == "" && b.Do != nil {
				return b.Do(), true
			}
		}
		return nil, true
	case tea.KeyPressMsg:
		name := keys.Name(msg)
		if b, bound := keys.Match(bindings, name, false); bound {
			if b.Off != "" {
				return nil, true
			}
			return b.Run(name), true
		}
	}
	return other(msg), false
}
