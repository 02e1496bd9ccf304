package main

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"schalter/domain/plain"
)

// table is text in columns for a terminal or a file. Every cell passes the filter
// for text from outside.
type table struct {
	// widths bound the columns: longer cells go on in the next line. 0 is as wide
	// as the widest cell.
	widths []int
	// spaced puts an empty line before each row.
	spaced bool
	rows   [][]string
}

const columnGap = "  "

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// note adds a text below the last row, over the whole width.
func (t *table) note(text string) { t.rows = append(t.rows, []string{text}) }

// String draws the table. The first row is the head, underlined.
func (t *table) String() string {
	widths := t.fit()
	var b strings.Builder
	for i, row := range t.rows {
		if len(row) < len(widths) {
			writeNote(&b, row[0], total(widths))
			continue
		}
		if t.spaced && i > 1 {
			b.WriteString("\n")
		}
		writeWrapped(&b, row, widths)
		if i == 0 {
			rule := make([]string, len(widths))
			for c, w := range widths {
				rule[c] = strings.Repeat("-", w)
			}
			writeWrapped(&b, rule, widths)
		}
	}
	return b.String()
}

// fit returns the width of each column.
func (t *table) fit() []int {
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for c, cell := range row {
			row[c] = plain.Clean(cell)
			if len(row) < len(widths) {
				continue
			}
			widths[c] = max(widths[c], ansi.StringWidth(row[c]))
			if c < len(t.widths) && t.widths[c] > 0 {
				widths[c] = min(widths[c], t.widths[c])
			}
		}
	}
	return widths
}

// writeWrapped writes one row in as many lines as its longest cell needs.
func writeWrapped(b *strings.Builder, row []string, widths []int) {
	cells := make([][]string, len(row))
	height := 1
	for c, cell := range row {
		cells[c] = strings.Split(ansi.Wrap(cell, widths[c], ""), "\n")
		height = max(height, len(cells[c]))
	}
	for line := range height {
		var text strings.Builder
		for c, w := range widths {
			part := ""
			if line < len(cells[c]) {
				part = cells[c][line]
			}
			text.WriteString(part + strings.Repeat(" ", max(0, w-ansi.StringWidth(part))) + columnGap)
		}
		b.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
}

// writeNote writes an indented text.
func writeNote(b *strings.Builder, text string, width int) {
	for line := range strings.SplitSeq(ansi.Wrap(text, width-2*len(columnGap), ""), "\n") {
		b.WriteString(columnGap + line + "\n")
	}
}

func total(widths []int) int {
	sum := len(columnGap) * (len(widths) - 1)
	for _, w := range widths {
		sum += w
	}
	return sum
}
