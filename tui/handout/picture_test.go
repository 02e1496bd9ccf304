package handout_test

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// TestPictureDecodes in every size and look in which it is drawn, to the link
// with the code that stands beside it.
func TestPictureDecodes(t *testing.T) {
	long := func(s *domain.Settings) { s.AppHost = "aktivierung.muster-bkk.de" }
	short := func(*domain.Settings) {}
	rows := []struct {
		why           string
		settings      func(*domain.Settings)
		width, height int
		large         bool
		options       []uitest.Option
	}{
		{"the smallest window", short, 80, 24, false, nil},
		{"a long host in the smallest window", long, 80, 24, false, nil},
		{"a large window", short, 120, 40, false, nil},
		{"larger", short, 80, 40, true, nil},
		{"larger beside the text", short, 120, 40, true, nil},
		{"no colours, dark", short, 80, 24, false, []uitest.Option{uitest.WithProfile(colorprofile.Ascii)}},
		{"no colours, light", short, 80, 24, false, []uitest.Option{uitest.WithProfile(colorprofile.Ascii), uitest.WithLight()}},
		{"no colours, dark, larger", short, 120, 40, true, []uitest.Option{uitest.WithProfile(colorprofile.Ascii)}},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c := open(t, row.settings)
			printer := &pagetest.Printer{}
			c.Seat.Printer = printer
			anna := c.Member()
			ui := c.Run(words.German, row.width, row.height, row.options...)
			toPurpose(c, ui, anna)
			ui.Press("enter")
			if row.large {
				ui.Press("+")
				pagetest.Shows(t, ui, ":") // the time that is left stays in sight
			}
			light := strings.Contains(row.why, "light")
			if got := photographed(t, ui, light); got != printer.Slips()[0].Link {
				t.Errorf("decodes to %d bytes that are not the link", len(got))
			}
		})
	}
}

// TestLargerNeedsRoom: in a small window the key says what it needs.
func TestLargerNeedsRoom(t *testing.T) {
	_, ui, _ := show(t)
	ui.Press("+")
	pagetest.Shows(t, ui, "Geht jetzt nicht: Für das Bild ist das Fenster zu klein: 74×40")
	ui.Resize(80, 40)
	ui.Press("+")
	if code(ui) != "" {
		t.Errorf("the large picture leaves no room for the text:\n%s", ui.Screen())
	}
	ui.Resize(80, 24)
	if code(ui) == "" {
		t.Errorf("without room for the picture there is the code:\n%s", ui.Screen())
	}
	ui.Press("+")
	if got := photographed(t, ui, false); !strings.HasPrefix(got, "https://app.muster.de/a#") {
		t.Error("the small picture does not come back")
	}
}

// TestHostTooLong: where the picture has no room at all, the code stands alone
// and the page says why.
func TestHostTooLong(t *testing.T) {
	_, ui, _ := show(t, func(s *domain.Settings) { s.AppHost = strings.Repeat("lang.", 12) + "muster.de" })
	pagetest.Shows(t, ui, "Für das Bild ist das Fenster zu klein")
}

// photographed draws the terminal's cells as a camera sees them and decodes the
// QR code.
func photographed(t *testing.T, ui *uitest.UI, light bool) string {
	t.Helper()
	const w, h = 8, 16
	back, ink := color.Gray{20}, color.Gray{230}
	if light {
		back, ink = ink, back
	}
	cells := ui.Cells()
	img := image.NewGray(image.Rect(0, 0, len(cells[0])*w, len(cells)*h))
	for y, row := range cells {
		for x, g := range row {
			upper := shade(uint32(g.BG), back)
			lower := upper
			glyph := shade(uint32(g.FG), ink)
			switch g.Char {
			case '▄':
				lower = glyph
			case '▀':
				upper = glyph
			case '█':
				upper, lower = glyph, glyph
			}
			draw.Draw(img, image.Rect(x*w, y*h, (x+1)*w, y*h+h/2), image.NewUniform(upper), image.Point{}, draw.Src)
			draw.Draw(img, image.Rect(x*w, y*h+h/2, (x+1)*w, (y+1)*h), image.NewUniform(lower), image.Point{}, draw.Src)
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("the picture does not decode: %v\n%s", err, ui.Screen())
	}
	return strings.TrimSpace(result.GetText())
}

// shade is the brightness of a colour of the emulated terminal; above the true
// colours are its defaults.
func shade(c uint32, byDefault color.Gray) color.Gray {
	if c >= 1<<24 {
		return byDefault
	}
	return color.GrayModel.Convert(color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255}).(color.Gray)
}
