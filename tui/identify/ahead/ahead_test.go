package ahead_test

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/identify/ahead"
	"schalter/tui/keys"
	"schalter/tui/words"
)

func press(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Text: string(r), Code: r} }

// desk is a page in small: calls run until they are answered.
type desk struct {
	queue ahead.Queue
	busy  bool
	off   string
	log   []string
}

func (d *desk) bindings() []keys.Binding {
	text := words.Key{Label: "x", Help: "X."}
	note := func(what string) func() tea.Cmd {
		return func() tea.Cmd {
			d.log = append(d.log, what)
			return nil
		}
	}
	return []keys.Binding{
		{ID: "go", Keys: []string{"enter"}, Text: text, Do: note("go")},
		{ID: "ask", Keys: []string{"a"}, Text: text, Do: func() tea.Cmd {
			d.log = append(d.log, "ask")
			return func() tea.Msg { return "a question" }
		}},
		{ID: "perhaps", Keys: []string{"p"}, Text: text, Off: d.off, Do: note("perhaps")},
		{ID: "call", Keys: []string{"c"}, Text: text, Do: func() tea.Cmd {
			d.busy = true
			d.log = append(d.log, "call")
			return nil
		}},
		{ID: "pick", Keys: keys.Digits(3), Text: text, Pick: func(n int) tea.Cmd {
			d.log = append(d.log, "pick "+string(rune('0'+n)))
			return nil
		}},
	}
}

func (d *desk) other(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		d.log = append(d.log, "key "+keys.Name(k))
	} else {
		d.log = append(d.log, "other")
	}
	return nil
}

func (d *desk) replay() { d.queue.Replay(func() bool { return d.busy }, d.bindings, d.other) }

func (d *desk) want(t *testing.T, lines ...string) {
	t.Helper()
	if !slices.Equal(d.log, lines) {
		t.Errorf("got %q, want %q", d.log, lines)
	}
}

// TestHoldAndReplay: what is pressed while a call runs acts in its order when it
// is over, and stops at the next call.
func TestHoldAndReplay(t *testing.T) {
	d := &desk{busy: true}
	held := d.queue.Hold(d.bindings())
	held[4].Run("2")
	held[0].Run("enter")
	d.queue.Wait(press('7'))
	d.queue.Wait(press('c'))
	d.queue.Wait("a scan")
	d.want(t)
	d.busy = false
	d.replay()
	d.want(t, "pick 2", "go", "key 7", "call")
	d.busy = false
	d.replay()
	d.want(t, "pick 2", "go", "key 7", "call", "other")
}

// TestNothingActsBehindAQuestion: what was pressed behind it was meant for the
// dialog.
func TestNothingActsBehindAQuestion(t *testing.T) {
	d := &desk{}
	d.queue.Wait(press('a'))
	d.queue.Wait(press('c'))
	d.queue.Wait(keys.ID("go"))
	d.replay()
	d.want(t, "ask")
	d.replay()
	d.want(t, "ask")
}

// TestOffWhenItsTimeComes: what is off then does nothing; what was off when it
// was pressed may be on by then.
func TestOffWhenItsTimeComes(t *testing.T) {
	d := &desk{off: "not yet"}
	held := d.queue.Hold(d.bindings())
	if held[2].Off != "" || !held[2].Quiet {
		t.Error("a binding that waits is neither off nor in the hint bar")
	}
	held[2].Run("p")
	d.queue.Wait(press('p'))
	d.replay()
	d.want(t)
	held[2].Run("p")
	d.queue.Wait(press('p'))
	d.off = ""
	d.replay()
	d.want(t, "perhaps", "perhaps")
}

func TestGoneWhenItsTimeComes(t *testing.T) {
	d := &desk{}
	d.queue.Wait(keys.ID("unknown"))
	d.replay()
	d.want(t)
}

func TestDrop(t *testing.T) {
	d := &desk{}
	d.queue.Wait(press('c'))
	d.queue.Drop()
	d.replay()
	d.want(t)
}

// TestBound: a key that is held down for ever does not fill the memory.
func TestBound(t *testing.T) {
	d := &desk{}
	for range 1000 {
		d.queue.Wait(press('7'))
	}
	d.replay()
	if n := len(d.log); n == 0 || n > 100 {
		t.Errorf("%d keys were kept", n)
	}
}
