package parts

import (
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"schalter/tui/theme"
)

// QR is an encoded QR code with its quiet zone of four modules, kept because
// encoding costs more than drawing.
type QR struct{ dark [][]bool }

// NewQR encodes text at level M (ISO/IEC 18004). A link of up to 42 bytes is
// version 3: 37 columns and 19 rows.
func NewQR(text string) (*QR, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, err
	}
	return &QR{dark: code.Bitmap()}, nil
}

// Size is how many columns and rows of the terminal the code takes.
func (q *QR) Size() (columns, rows int) { return len(q.dark), (len(q.dark) + 1) / 2 }

// Draw draws the code, two modules to a cell, or nothing where no drawing is
// sure to decode.
//
// With colours the upper module is the background and the lower one a lower
// half block, black on white whatever the theme: fonts often leave a seam
// beside full blocks, which breaks decoders, while backgrounds close up.
// Without colours the glyphs are the light modules on a dark terminal and the
// dark ones on a light terminal; inverted codes do not decode.
func (q *QR) Draw(s *theme.Styles) []string {
	if s.QR == theme.QRNone {
		return nil
	}
	_, rows := q.Size()
	out := make([]string, rows)
	for y := range out {
		if s.QR == theme.QRColour {
			out[y] = q.colourRow(s, 2*y)
		} else {
			out[y] = q.glyphRow(2*y, s.QR == theme.QRDarkGlyphs)
		}
	}
	return out
}

// at reports whether a module is dark; below the last row it is as light as the
// quiet zone.
func (q *QR) at(x, y int) bool { return y < len(q.dark) && q.dark[y][x] }

// colourRow draws the modules of rows y and y+1. Cells alike are drawn as one
// run.
func (q *QR) colourRow(s *theme.Styles, y int) string {
	var b strings.Builder
	for x := 0; x < len(q.dark); {
		upper, lower := q.at(x, y), q.at(x, y+1)
		run := x
		for x < len(q.dark) && q.at(x, y) == upper && q.at(x, y+1) == lower {
			x++
		}
		cell, style := " ", s.QRLight
		if upper {
			style = s.QRDark
		}
		if upper != lower {
			cell = "▄"
		}
		b.WriteString(style.Render(strings.Repeat(cell, x-run)))
	}
	return b.String()
}

// glyphRow draws with the terminal's own colours; glyphs are the dark modules
// or the light ones.
func (q *QR) glyphRow(y int, glyphIsDark bool) string {
	var b strings.Builder
	for x := range q.dark {
		upper, lower := q.at(x, y) == glyphIsDark, q.at(x, y+1) == glyphIsDark
		switch {
		case upper && lower:
			b.WriteString("█")
		case upper:
			b.WriteString("▀")
		case lower:
			b.WriteString("▄")
		default:
			b.WriteString(" ")
		}
	}
	return b.String()
}
