package parts

import (
	"time"

	"schalter/tui/theme"
	"schalter/tui/words"
)

// Notice draws a warning that comes before the data it is about: a mark and a
// word, not only a colour.
func Notice(s *theme.Styles, t *words.Texts, text string, width int) []string {
	head := "! " + t.Common.Notice + "  "
	lines := Wrap(text, width-Width(head))
	for i, l := range lines {
		if i == 0 {
			lines[i] = s.Caution.Bold(true).Render(head) + s.Caution.Render(l)
		} else {
			lines[i] = blank(Width(head)) + s.Caution.Render(l)
		}
	}
	return lines
}

// Stop draws what must not go on: the word in reverse video, then why.
func Stop(s *theme.Styles, t *words.Texts, text string, width int) []string {
	head := " " + t.Common.Stop + " "
	indent := Width(head) + 2
	lines := Wrap(text, width-indent)
	for i, l := range lines {
		if i == 0 {
			lines[i] = s.Stop.Render(head) + "  " + s.Strong.Render(l)
		} else {
			lines[i] = blank(indent) + s.Strong.Render(l)
		}
	}
	return lines
}

// Tick is the mark before a check that came out right. It is plain text: no
// colour says "ok".
func Tick(right bool) string {
	if right {
		return "✓"
	}
	return "–"
}

// Countdown draws the time left; in the last 20 seconds it asks for attention.
func Countdown(s *theme.Styles, t *words.Texts, left time.Duration) string {
	if left <= LastCall {
		return s.Caution.Render(t.Countdown(left))
	}
	return s.Text.Render(t.Countdown(left))
}

// LastCall is how long before its end a timer warns (WCAG 2.1, 2.2.1 asks for
// at least 20 seconds).
const LastCall = 20 * time.Second
