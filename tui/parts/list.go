package parts

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/theme"
)

// List is a choice among rows: a cursor that moves with the arrow keys, and a
// number before each of the first nine rows.
type List struct {
	// Unnumbered leaves the numbers out, where digits do not pick a row.
	Unnumbered bool

	len, at int
}

// SetLen says how many rows there are; the cursor stays within.
func (l *List) SetLen(n int) {
	l.len = n
	l.Move(0)
}

// Len is how many rows there are.
func (l *List) Len() int { return l.len }

// At is the chosen row, from 0; -1 when there is none.
func (l *List) At() int {
	if l.len == 0 {
		return -1
	}
	return l.at
}

// Set chooses a row.
func (l *List) Set(n int) { l.at = n; l.Move(0) }

// Move moves the cursor by rows, held within the list.
func (l *List) Move(by int) { l.at = max(0, min(l.at+by, l.len-1)) }

// pageRows is how far the page keys move.
const pageRows = 10

// Press handles the keys that move; it reports whether the key was one.
func (l *List) Press(k tea.KeyPressMsg) bool {
	switch keys.Name(k) {
	case "up":
		l.Move(-1)
	case "down":
		l.Move(1)
	case "pgup":
		l.Move(-pageRows)
	case "pgdown":
		l.Move(pageRows)
	case "home":
		l.Set(0)
	case "end":
		l.Set(l.len - 1)
	default:
		return false
	}
	return true
}

// marker is the width of what stands before each row: "▶ 1 ".
const marker = 5

// Draw draws at most height rows, each exactly width cells, with the chosen one
// in sight, and tells in which line it stands. A longer list turns whole pages. row draws row i into the cells
// that are left beside the marker.
func (l *List) Draw(s *theme.Styles, width, height int, row func(i, width int) string) (lines []string, chosen int) {
	if height <= 0 || l.len == 0 {
		return nil, 0
	}
	top := l.at / height * height
	for i := top; i < min(top+height, l.len); i++ {
		number := blank(2)
		if i < 9 && !l.Unnumbered {
			number = Right(strconv.Itoa(i+1), 2)
		}
		text := Left(row(i, width-marker), width-marker)
		if i == l.at {
			lines = append(lines, s.Accent.Render("▶")+s.Strong.Render(number+blank(marker-3))+s.Strong.Render(text))
		} else {
			lines = append(lines, blank(1)+s.Weak.Render(number)+blank(marker-3)+text)
		}
	}
	return lines, l.at - top
}
