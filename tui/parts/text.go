// Package parts are the small pieces screens are drawn from: text in columns,
// input fields, lists, banners, the lines around a page, QR codes. They draw to
// strings of a known width and know nothing of pages.
//
//	f := parts.NewField(parts.FieldConfig{Shape: "##.##.##"}) // 14.03.62
//	f.Press(msg)
//	line, x := f.Draw(styles, focused) // x is where the cursor stands
//
// Widths are display cells ([ansi.StringWidth]), never bytes or runes. Every
// string that comes from data passes [Text] before it is drawn.
package parts

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"schalter/domain/plain"
)

// Text is the border between data and screen: whatever comes from a record, a
// device, a paste or a typed field passes it before it is drawn.
func Text(s string) string { return plain.Clean(s) }

// Secret is the border for passphrases: only what cannot be typed is dropped.
// Two spaces are not one space in a secret.
func Secret(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
}

// Width is how many cells s takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens s to at most width cells and marks the cut with an ellipsis.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	return ansi.Truncate(s, width, "…")
}

// Left makes s exactly width cells wide, cut or filled on the right.
func Left(s string, width int) string {
	s, w := fit(s, width)
	return s + blank(width-w)
}

// Right makes s exactly width cells wide, cut or filled on the left, for
// numbers.
func Right(s string, width int) string {
	s, w := fit(s, width)
	return blank(width-w) + s
}

// fit cuts what is too long and tells the width that is left. Measuring is most
// of the work of drawing, so it is done once.
func fit(s string, width int) (string, int) {
	w := Width(s)
	if w > width {
		s = Cut(s, width)
		w = Width(s)
	}
	return s, w
}

// Centre makes s exactly width cells wide with the text in the middle.
func Centre(s string, width int) string {
	s = Cut(s, width)
	return Left(blank((width-Width(s))/2)+s, width)
}

// Wrap breaks s into lines of at most width cells, between words where there
// are any.
func Wrap(s string, width int) []string {
	if width <= 0 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}

// Columns sets two blocks of lines side by side; the left one is leftWidth
// cells wide.
func Columns(left, right []string, leftWidth int) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		if i < len(left) {
			out[i] = Left(left[i], leftWidth)
		} else {
			out[i] = blank(leftWidth)
		}
		if i < len(right) {
			out[i] += right[i]
		}
	}
	return out
}

// Indent puts n cells before every line.
func Indent(lines []string, n int) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = blank(n) + l
	}
	return out
}

func blank(n int) string { return strings.Repeat(" ", max(n, 0)) }
