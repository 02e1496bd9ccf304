package handout

import (
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"schalter/domain/desk"
	"schalter/tui/parts"
	"schalter/tui/theme"
)

// secret is the code while it is on the screen, with its pictures: encoding
// costs more than drawing.
type secret struct {
	code string // in groups
	link string
	mark string
	qr   *parts.QR // nil if the link fits no QR code
	dark [][]bool  // its modules, for the large picture

	drawn    []string // the picture as last drawn
	drawnFor look
}

// look is what a drawn picture depends on.
type look struct {
	styles *theme.Styles
	large  bool
}

func newSecret(s desk.Shown) *secret {
	out := &secret{code: s.Code.Grouped(), link: s.Link, mark: s.Mark}
	var err error
	if out.qr, err = parts.NewQR(s.Link); err != nil {
		out.qr = nil
		return out
	}
	if code, err := qrcode.New(s.Link, qrcode.Medium); err == nil {
		out.dark = code.Bitmap()
	}
	return out
}

// wipe forgets what is secret. Strings cannot be overwritten; nothing points to
// them any more.
func (s *secret) wipe() {
	if s != nil {
		*s = secret{}
	}
}

// size is how many columns and rows a picture takes.
func (s *secret) size(large bool) (columns, rows int) {
	if s.qr == nil {
		return 0, 0
	}
	columns, rows = s.qr.Size()
	if large {
		return 2 * columns, columns
	}
	return columns, rows
}

// picture draws the QR code; nothing where none is sure to decode.
func (s *secret) picture(styles *theme.Styles, large bool) []string {
	now := look{styles, large}
	if s.qr == nil || styles.QR == theme.QRNone {
		return nil
	}
	if s.drawn == nil || s.drawnFor != now {
		s.drawnFor = now
		if large {
			s.drawn = drawLarge(styles, s.dark)
		} else {
			s.drawn = s.qr.Draw(styles)
		}
	}
	return s.drawn
}

// drawLarge draws a module as two whole cells, for screens with small dots.
// Modules alike are drawn as one run.
func drawLarge(styles *theme.Styles, dark [][]bool) []string {
	lines := make([]string, len(dark))
	for y, row := range dark {
		var b strings.Builder
		for x := 0; x < len(row); {
			run := x
			for x < len(row) && row[x] == row[run] {
				x++
			}
			b.WriteString(module(styles, row[run], 2*(x-run)))
		}
		lines[y] = b.String()
	}
	return lines
}

// module draws cells of one kind: with colours by background, without them as
// glyphs of what the terminal's own background is not.
func module(styles *theme.Styles, dark bool, cells int) string {
	switch styles.QR {
	case theme.QRColour:
		style := styles.QRLight
		if dark {
			style = styles.QRDark
		}
		return style.Render(strings.Repeat(" ", cells))
	case theme.QRDarkGlyphs:
		dark = !dark
	}
	if dark {
		return strings.Repeat(" ", cells)
	}
	return strings.Repeat("█", cells)
}
