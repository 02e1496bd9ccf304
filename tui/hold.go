package tui

import (
	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/page"
)

// mostHeld bounds the keys that wait; a longer run is no typing any more.
const mostHeld = 64

// held keeps the keys behind one whose binding asks or navigates. The dialog
// comes with a message of its own, and several keys can arrive in one read:
// without waiting the next one would act on the page below.
//
// Calls and timers are not waited for: their pages know that they run.
type held struct {
	number  uint64 // of the command that is waited for
	running bool
	keys    []heldKey
	timers  uint64 // how many have begun
}

type heldKey struct {
	name  string
	press tea.KeyPressMsg
}

// releaseMsg follows what a binding's command has sent.
type releaseMsg struct{ number uint64 }

// forget lets go of what waits, and of the command it waits for.
func (h *held) forget() {
	clear(h.keys)
	*h = held{number: h.number + 1, timers: h.timers}
}

// hold carries a binding out; until what its command sends has arrived, keys
// wait.
func (r *Root) hold(run func() tea.Cmd) tea.Cmd {
	calls, timers := r.env.Calls(), r.held.timers
	cmd := run()
	if cmd == nil || r.env.Calls() != calls || r.held.timers != timers {
		return cmd
	}
	r.held.number++
	r.held.running = true
	number := r.held.number
	return tea.Sequence(cmd, func() tea.Msg { return releaseMsg{number} })
}

// waits keeps a key that has to wait. What only types into a field does not,
// unless a key before it waits.
func (r *Root) waits(name string, k tea.KeyPressMsg) bool {
	if !r.held.running || len(r.held.keys) == 0 && r.types(name) {
		return false
	}
	if len(r.held.keys) < mostHeld {
		r.held.keys = append(r.held.keys, heldKey{name, k})
	}
	return true
}

// types reports whether a key goes into a field.
func (r *Root) types(name string) bool {
	if r.input() == page.Commands {
		return false
	}
	var bindings []keys.Binding
	if r.overlay != nil {
		bindings = r.overlay.keys()
	} else if s := r.current(); s != nil {
		bindings = s.page.Keys()
	}
	_, own := r.match(bindings, name)
	_, frame := r.match(r.frameKeys(), name)
	return !own && !frame
}

// release lets the keys that wait act, in their order, on what is on top now.
func (r *Root) release(msg releaseMsg) tea.Cmd {
	if msg.number != r.held.number {
		return nil
	}
	r.held.running = false
	var cmds []tea.Cmd
	for len(r.held.keys) > 0 && !r.held.running {
		k := r.held.keys[0]
		r.held.keys = r.held.keys[1:]
		cmds = append(cmds, r.act(k.name, k.press))
	}
	return tea.Batch(cmds...)
}
