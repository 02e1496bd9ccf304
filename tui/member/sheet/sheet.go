// Package sheet sets blocks of lines one below the other on a page. Blank lines
// part them as long as there is room, so that the same page breathes in a tall
// window and is complete in the smallest one.
//
//	s := sheet.New(width, height)
//	s.Add(nameLines...)
//	s.Add(fieldLines...)
//	s.Cursor(12, 1) // in the second line of the fields
//	s.Spare(rules...)
//	return s.Body()
package sheet

import (
	"strings"

	"charm.land/lipgloss/v2"

	"schalter/tui/page"
	"schalter/tui/parts"
)

// Margin is how many cells stand left of every line.
const Margin = 3

// Sheet gathers the blocks of one page.
type Sheet struct {
	width, height int
	blocks        []block
	cursor        page.Point // in the block of that number; lines of it
	cursorIn      int
}

type block struct {
	lines []string
	spare bool
}

// New begins a sheet of a page's size.
func New(width, height int) *Sheet { return &Sheet{width: width, height: height, cursorIn: -1} }

// Width is how many cells a line may take.
func (s *Sheet) Width() int { return max(s.width-Margin-1, 0) }

// Room is how many lines are left when nothing is blank.
func (s *Sheet) Room() int { return max(s.height-count(s.blocks), 0) }

// Add sets a block below the ones before. An empty one is no block.
func (s *Sheet) Add(lines ...string) {
	if len(lines) > 0 {
		s.blocks = append(s.blocks, block{lines: lines})
	}
}

// Spare sets a block that is left out whole where it has no room.
func (s *Sheet) Spare(lines ...string) {
	if len(lines) > 0 {
		s.blocks = append(s.blocks, block{lines: lines, spare: true})
	}
}

// Cursor puts the real cursor into the block added last: cells from the left
// end of its lines, and which of them.
func (s *Sheet) Cursor(x, line int) {
	s.cursor, s.cursorIn = page.Point{X: x, Y: line}, len(s.blocks)-1
}

// Body draws the sheet.
func (s *Sheet) Body() page.Body {
	var body page.Body
	blocks := s.fitting()
	blanks := s.height - count(blocks)
	for i, b := range blocks {
		if len(b.lines) > 0 && blanks > 0 {
			body.Lines = append(body.Lines, "")
			blanks--
		}
		if i == s.cursorIn {
			body.Cursor = &page.Point{X: Margin + s.cursor.X, Y: len(body.Lines) + s.cursor.Y}
		}
		for _, l := range b.lines {
			body.Lines = append(body.Lines, strings.Repeat(" ", Margin)+l)
		}
	}
	return body
}

// fitting empties the spare blocks that have no room, the last ones first. They
// keep their place, so that the cursor's block keeps its number.
func (s *Sheet) fitting() []block {
	blocks := append([]block(nil), s.blocks...)
	for i := len(blocks) - 1; i >= 0 && count(blocks) > s.height; i-- {
		if blocks[i].spare {
			blocks[i].lines = nil
		}
	}
	return blocks
}

func count(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.lines)
	}
	return n
}

// Wrap breaks a text into lines of one style: a style does not reach beyond the
// end of a line.
func Wrap(style lipgloss.Style, text string, width int) []string {
	lines := parts.Wrap(text, width)
	for i, l := range lines {
		lines[i] = style.Render(l)
	}
	return lines
}
