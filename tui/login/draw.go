package login

import (
	"strings"

	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/theme"
	"schalter/tui/words"
)

const (
	margin = 4  // cells left of everything
	label  = 18 // cells of a field's name
)

// drawing gathers lines and the place of the cursor.
type drawing struct {
	width  int
	lines  []string
	cursor *page.Point
}

func newDrawing(width int) *drawing {
	return &drawing{width: width, lines: []string{"", ""}}
}

func (d *drawing) add(lines ...string) {
	for _, l := range lines {
		d.lines = append(d.lines, strings.Repeat(" ", margin)+l)
	}
}

func (d *drawing) field(s *theme.Styles, name string, f *parts.Field, focused bool) {
	line, at := f.Draw(s, focused)
	if focused {
		d.cursor = &page.Point{X: margin + label + at, Y: len(d.lines)}
	}
	d.add(s.Text.Render(parts.Left(name, label)) + line)
}

func (d *drawing) body() page.Body { return page.Body{Lines: d.lines, Cursor: d.cursor} }

// practiceHint tells a trainee what to type; "" in earnest.
func practiceHint(t *words.Texts, s *seat.Seat) string {
	if s.Practice == nil {
		return ""
	}
	for _, l := range s.Practice.Logins() {
		if s.Actor.Roles == 0 || s.Actor.Roles.Has(l.Role) {
			return t.Login.Practice(l.Login, l.Passphrase)
		}
	}
	return ""
}
