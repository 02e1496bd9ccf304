package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/parts"
)

// sayTime is how long something that was done stays in the status line.
const sayTime = 6 * time.Second

// status is what the line above the hint bar says: something that was done, for
// a while, or something that was not, until a key is pressed.
type status struct {
	said   string
	until  time.Time
	warned string
	hint   string // of warned, "" for none
	err    error
}

func (s *status) clear() { *s = status{} }

func (s *status) warn(text string) { *s = status{warned: text} }

// say shows a sentence for a while.
func (r *Root) say(text string) tea.Cmd {
	r.status = status{said: parts.Text(text), until: r.env.Now().Add(sayTime)}
	return r.env.After(sayTime, func(time.Time) tea.Msg { return wakeMsg{} })
}

// fail shows the sentence of an error.
func (r *Root) fail(err error) tea.Cmd {
	r.status = status{err: err}
	return nil
}

// statusLines draws the status: one line, or two for an error that is too long
// for one. The warning before the seat locks comes before everything.
func (r *Root) statusLines(width int) []string {
	t, s := r.env.Texts, r.env.Styles
	switch {
	case r.idle.warning:
		left := int((r.lockAt().Sub(r.env.Now()) + time.Second - 1) / time.Second)
		return []string{" " + s.Caution.Render(t.Idle.Warning(max(left, 0)))}
	case r.status.err != nil:
		return r.errorLines(width)
	case r.status.warned != "":
		return r.warnedLines(width)
	case r.status.said != "" && r.env.Now().Before(r.status.until):
		return []string{" " + s.Text.Render(r.status.said)}
	case r.spinner.shows:
		return []string{" " + s.Weak.Render(r.spinner.frame()+t.Frame.Working)}
	default:
		return []string{""}
	}
}

func (r *Root) errorLines(width int) []string {
	t, s := r.env.Texts, r.env.Styles
	what, hint := t.Error(r.status.err)
	head := " " + t.Common.Stop + " "
	first := " " + s.Stop.Render(head) + " " + s.Strong.Render(what)
	if one := first + "  " + s.Text.Render(hint); parts.Width(one) < width {
		return []string{one}
	}
	return []string{first, " " + s.Text.Render(hint)}
}

func (r *Root) warnedLines(width int) []string {
	s := r.env.Styles
	first, hint := " "+s.Caution.Render("! "+r.status.warned), r.status.hint
	if hint == "" {
		return []string{first}
	}
	if one := first + "  " + s.Text.Render(hint); parts.Width(one) < width {
		return []string{one}
	}
	return []string{first, " " + s.Text.Render(hint)}
}
