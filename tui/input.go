package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/burst"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// key takes a key press from the terminal. Ending and locking work at once and
// everywhere; the rest goes through the burst machine, which may hold it back.
func (r *Root) key(k tea.KeyPressMsg) tea.Cmd {
	name := keys.Name(k)
	if name == quitKey {
		return r.askToQuit()
	}
	if r.quitting {
		return nil
	}
	warned := r.idle.warning
	r.idle.touch(r.env.Now())
	r.status.clear()
	switch {
	case name == lockKey:
		return r.lock()
	case r.crashed:
		return r.recoverWith(name)
	case r.tooSmall():
		return nil
	case warned && r.input() == page.Commands:
		return nil // pressed to stay, not to act
	}
	stroke := burst.Stroke{
		Text: keys.Typed(k), Name: name,
		Acts: keys.ActsWhileTyping(name) && r.input() != page.Secret,
	}
	return r.apply(r.burst.Press(stroke, mode(r.input()), r.env.Now()), k)
}

func mode(i page.Input) burst.Mode {
	switch i {
	case page.Text:
		return burst.Text
	case page.Secret:
		return burst.Secret
	default:
		return burst.Commands
	}
}

// input says what printable keys mean where they would go now.
func (r *Root) input() page.Input {
	if r.overlay != nil {
		return r.overlay.input()
	}
	if t, ok := r.typing(); ok {
		return t.Input()
	}
	return page.Commands
}

func (r *Root) typing() (page.Typing, bool) {
	s := r.current()
	if s == nil {
		return nil, false
	}
	t, ok := s.page.(page.Typing)
	return t, ok
}

// apply carries out what the burst machine says. Keys that type nothing are
// never held back, so that they are the present one.
func (r *Root) apply(res burst.Result, present tea.KeyPressMsg) tea.Cmd {
	var cmds []tea.Cmd
	if res.Undo {
		r.rewind()
	}
	for i, s := range res.Keys {
		if i == 0 && res.Mark {
			r.mark()
		}
		k := present
		if s.Text != "" {
			k = tea.KeyPressMsg{Text: s.Text, Code: []rune(s.Text)[0]}
		}
		cmds = append(cmds, r.press(s.Name, k))
	}
	if res.Scan != "" {
		cmds = append(cmds, r.scan(parts.Text(res.Scan)))
	}
	if res.Dropped {
		cmds = append(cmds, r.droppedScan())
	}
	if res.Wait > 0 {
		r.quiet++
		number := r.quiet
		cmds = append(cmds, r.env.After(res.Wait, func(time.Time) tea.Msg { return quietMsg{number} }))
	}
	return tea.Batch(cmds...)
}

func (r *Root) mark() {
	if r.overlay != nil {
		r.overlay.mark()
	} else if t, ok := r.typing(); ok {
		t.Mark()
	}
}

func (r *Root) rewind() {
	if r.overlay != nil {
		r.overlay.rewind()
	} else if t, ok := r.typing(); ok {
		t.Rewind()
	}
}

// press acts on a key, unless it has to wait for what one before it opens.
func (r *Root) press(name string, k tea.KeyPressMsg) tea.Cmd {
	if r.waits(name, k) {
		return nil
	}
	return r.act(name, k)
}

// act acts on a key: a binding, or the field that has the focus.
func (r *Root) act(name string, k tea.KeyPressMsg) tea.Cmd {
	if r.overlay != nil {
		return r.pressOverlay(name, k)
	}
	s := r.current()
	if s == nil {
		return nil
	}
	own := s.page.Keys()
	if b, ok := r.match(own, name); ok {
		return r.hold(func() tea.Cmd { return address(s.number, r.run(b, name)) })
	}
	if b, ok := r.match(r.frameKeys(), name); ok {
		return r.run(b, name)
	}
	return address(s.number, s.page.Update(k))
}

// match finds the binding of a key with regard to the field that has the focus.
func (r *Root) match(bindings []keys.Binding, name string) (keys.Binding, bool) {
	input := r.input()
	if input == page.Secret && keys.Prints(name) {
		return keys.Binding{}, false
	}
	return keys.Match(bindings, name, input != page.Commands)
}

// run carries a binding out, or says why it is off.
func (r *Root) run(b keys.Binding, name string) tea.Cmd {
	if b.Off != "" {
		r.status.warn(r.env.Texts.Frame.NotNow + " " + b.Off)
		return nil
	}
	return b.Run(name)
}

// paste brings pasted text where typed text would go; it is never submitted.
func (r *Root) paste(text string) tea.Cmd {
	if r.quitting || r.crashed || r.tooSmall() {
		return nil
	}
	if r.input() == page.Secret {
		text = parts.Secret(text)
	} else {
		text = parts.Text(text)
	}
	r.idle.touch(r.env.Now())
	r.status.clear()
	if r.overlay != nil {
		r.overlay.paste(text)
		return nil
	}
	if s := r.current(); s != nil {
		return address(s.number, s.page.Update(page.PasteMsg{Text: text}))
	}
	return nil
}

// scan brings a finished burst to the page that is shown, if it takes scans and
// no dialog is open.
func (r *Root) scan(text string) tea.Cmd {
	s := r.current()
	if s == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	taker, ok := s.page.(page.Scanning)
	if r.overlay != nil || !ok || !taker.TakesScans() {
		r.status.warn(r.env.Texts.Frame.BurstUnwanted)
		return r.bell()
	}
	return address(s.number, s.page.Update(page.ScanMsg{Text: text}))
}

// droppedScan says that a scan was thrown away.
func (r *Root) droppedScan() tea.Cmd {
	if r.input() == page.Secret {
		r.status.warn(r.env.Texts.Frame.BurstDropped)
	} else {
		r.status.warn(r.env.Texts.Frame.BurstUnwanted)
	}
	return r.bell()
}

func (r *Root) bell() tea.Cmd {
	if !r.config.Sound {
		return nil
	}
	return tea.Raw("\a")
}

// recoverWith leaves the page that tells of a crash.
func (r *Root) recoverWith(key string) tea.Cmd {
	if key != "enter" {
		return nil
	}
	r.crashed, r.spinner = false, spinner{}
	if r.door != nil { // a locked seat stays locked
		return tea.Batch(r.dropAll(), r.shut())
	}
	return r.reset(r.home)
}
