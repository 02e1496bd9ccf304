package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// overlay is what lies on top of the page: help, palette, a question. It gets
// every key until it is closed.
type overlay interface {
	title() string
	// covers: nothing of the page stays visible.
	covers() bool
	keys() []keys.Binding
	input() page.Input
	// press takes a key that no binding took.
	press(k tea.KeyPressMsg)
	paste(text string)
	mark()
	rewind()
	draw(width, height int) page.Body
}

// pressOverlay acts on a key for the dialog on top. Of the frame's keys only
// help is left, and those that work everywhere, which are handled before.
func (r *Root) pressOverlay(name string, k tea.KeyPressMsg) tea.Cmd {
	if c, ok := r.overlay.(*confirm); ok && c.waits(r.env.Now()) {
		return r.wakeAt(graceQuiet)
	}
	if b, ok := r.match(r.overlay.keys(), name); ok {
		return r.run(b, name)
	}
	if b, ok := r.match([]keys.Binding{r.helpKey()}, name); ok {
		return r.run(b, name)
	}
	r.overlay.press(k)
	return nil
}

func (r *Root) closeOverlay() tea.Cmd {
	r.overlay = nil
	return nil
}

// over lays a drawn box over the lines of a page, in the middle.
func over(below []string, box page.Body, width int) page.Body {
	wide := 0
	for _, l := range box.Lines {
		wide = max(wide, parts.Width(l))
	}
	x, y := max((width-wide)/2, 0), max((len(below)-len(box.Lines))/2, 0)
	out := append([]string(nil), below...)
	for i, l := range box.Lines {
		if y+i >= len(out) {
			break
		}
		under := out[y+i]
		left := parts.Left(ansi.Truncate(under, x, ""), x)
		out[y+i] = left + parts.Left(l, wide) + ansi.TruncateLeft(under, x+wide, "")
	}
	b := page.Body{Lines: out}
	if box.Cursor != nil {
		b.Cursor = &page.Point{X: x + box.Cursor.X, Y: y + box.Cursor.Y}
	}
	return b
}

// plain is the part of an overlay without input fields.
type plain struct{}

func (plain) input() page.Input       { return page.Commands }
func (plain) press(k tea.KeyPressMsg) {}
func (plain) paste(text string)       {}
func (plain) mark()                   {}
func (plain) rewind()                 {}
