package parts

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/hinshun/vt10x"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"schalter/tui/theme"
)

// link42 is as long as a link of version 3 can be.
const link42 = "https://app.example-bkk/a#K7QH9WXZ3MPTR2WK"

func TestQRDecodesFromTheScreen(t *testing.T) {
	for _, row := range []struct {
		why     string
		bg      theme.Background
		profile colorprofile.Profile
		cell    image.Point
	}{
		{"true colour, dark", theme.DarkBackground, colorprofile.TrueColor, image.Pt(8, 16)},
		{"true colour, light", theme.LightBackground, colorprofile.TrueColor, image.Pt(8, 16)},
		{"256 colours", theme.DarkBackground, colorprofile.ANSI256, image.Pt(8, 16)},
		{"16 colours", theme.DarkBackground, colorprofile.ANSI, image.Pt(8, 16)},
		{"cells of another shape", theme.DarkBackground, colorprofile.TrueColor, image.Pt(7, 15)},
		{"NO_COLOR on a dark terminal", theme.DarkBackground, colorprofile.ASCII, image.Pt(8, 16)},
		{"NO_COLOR on a light terminal", theme.LightBackground, colorprofile.ASCII, image.Pt(8, 16)},
	} {
		q, err := NewQR(link42)
		if err != nil {
			t.Fatal(err)
		}
		lines := q.Draw(theme.New(theme.Auto, row.bg, row.profile))
		if got := decode(t, photograph(lines, row.profile, row.bg, row.cell)); got != link42 {
			t.Errorf("%s: decoded %q", row.why, got)
		}
	}
}

func TestQRInvertedDoesNotDecode(t *testing.T) {
	q, err := NewQR(link42)
	if err != nil {
		t.Fatal(err)
	}
	lines := q.Draw(theme.New(theme.Auto, theme.LightBackground, colorprofile.ASCII))
	if got := decode(t, photograph(lines, colorprofile.ASCII, theme.DarkBackground, image.Pt(8, 16))); got != "" {
		t.Error("the wrong look decodes: the test above proves nothing")
	}
}

func TestQRSize(t *testing.T) {
	if len(link42) != 42 {
		t.Fatalf("the link has %d bytes", len(link42))
	}
	for _, row := range []struct {
		why        string
		link       string
		cols, rows int
	}{
		{"42 bytes stand beside the text", link42, 37, 19},
		{"43 bytes need the whole page", link42 + "X", 41, 21},
	} {
		q, err := NewQR(row.link)
		if err != nil {
			t.Fatal(err)
		}
		if c, r := q.Size(); c != row.cols || r != row.rows {
			t.Errorf("%s: %d×%d", row.why, c, r)
		}
		lines := q.Draw(theme.New(theme.Auto, theme.DarkBackground, colorprofile.TrueColor))
		if len(lines) != row.rows {
			t.Errorf("%s: %d lines", row.why, len(lines))
		}
		for _, l := range lines {
			if Width(l) != row.cols {
				t.Errorf("%s: a line is %d cells wide", row.why, Width(l))
			}
		}
	}
}

func TestQRWithoutAnswerIsNotDrawn(t *testing.T) {
	q, err := NewQR(link42)
	if err != nil {
		t.Fatal(err)
	}
	if lines := q.Draw(theme.New(theme.Auto, theme.UnknownBackground, colorprofile.ASCII)); lines != nil {
		t.Error("drawn although it may be inverted")
	}
}

func TestQRTooLong(t *testing.T) {
	if _, err := NewQR(strings.Repeat("x", 4000)); err == nil {
		t.Error("4000 bytes fit no QR code")
	}
}

// photograph puts lines on an emulated terminal, in the middle of other text,
// and turns its cells into a picture.
func photograph(lines []string, profile colorprofile.Profile, bg theme.Background, cell image.Point) image.Image {
	const cols, rows = 60, 30
	vt := vt10x.New(vt10x.WithSize(cols, rows))
	var screen strings.Builder
	w := colorprofile.Writer{Forward: &screen, Profile: profile}
	for _, l := range lines {
		_, _ = w.WriteString("  text " + l + " text\r\n")
	}
	_, _ = vt.Write([]byte(screen.String()))

	ink, paper := color.Gray{0xe0}, color.Gray{0x14}
	if bg == theme.LightBackground {
		ink, paper = paper, ink
	}
	img := image.NewGray(image.Rect(0, 0, cols*cell.X, rows*cell.Y))
	for y := range rows {
		for x := range cols {
			g := vt.Cell(x, y)
			at := image.Rect(x*cell.X, y*cell.Y, (x+1)*cell.X, (y+1)*cell.Y)
			drawCell(img, at, g.Char, shade(g.FG, ink, paper), shade(g.BG, ink, paper))
		}
	}
	return img
}

func shade(c vt10x.Color, ink, paper color.Gray) color.Gray {
	switch {
	case c == vt10x.DefaultFG:
		return ink
	case c == vt10x.DefaultBG:
		return paper
	case c == 0 || c == 16: // black of the 16 and of the 256 colours
		return color.Gray{0}
	case c == 15 || c == 231 || c == 0xffffff:
		return color.Gray{255}
	default:
		return color.Gray{128}
	}
}

func drawCell(img draw.Image, at image.Rectangle, char rune, ink, paper color.Gray) {
	draw.Draw(img, at, image.NewUniform(paper), image.Point{}, draw.Src)
	middle := (at.Min.Y + at.Max.Y) / 2
	switch char {
	case '█':
	case '▀':
		at.Max.Y = middle
	case '▄':
		at.Min.Y = middle
	case ' ', 0:
		return
	default: // text: some ink in the middle of the cell
		at = at.Inset(2)
	}
	draw.Draw(img, at, image.NewUniform(ink), image.Point{}, draw.Src)
}

// decode reads the QR code of a picture, "" if there is none to be found.
func decode(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		return ""
	}
	return result.GetText()
}
