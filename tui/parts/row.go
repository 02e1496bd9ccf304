package parts

import "strings"

// Column is one column of a table.
type Column struct {
	// Width in cells; 0 takes what the others leave.
	Width int
	// Number sets the column to the right.
	Number bool
}

// gap is the space between columns.
const gap = 2

// Row sets cells into columns, exactly width cells wide altogether. Cells that
// are too long are cut with an ellipsis, never wrapped.
func Row(columns []Column, cells []string, width int) string {
	rest := width - gap*(len(columns)-1)
	open := 0
	for _, c := range columns {
		rest -= c.Width
		if c.Width == 0 {
			open++
		}
	}
	var b strings.Builder
	for i, c := range columns {
		w := c.Width
		if w == 0 {
			w = max(rest, 0) / open
			rest, open = rest-w, open-1
		}
		if i > 0 {
			b.WriteString(blank(gap))
		}
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		if c.Number {
			b.WriteString(Right(cell, w))
		} else {
			b.WriteString(Left(cell, w))
		}
	}
	return Left(b.String(), width)
}
