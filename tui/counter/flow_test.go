package counter_test

import (
	"image"
	"image/color"
	"image/draw"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// The published specimen of the German identity card of 2021.
var specimen2021 = []string{
	"IDD<<L01X00T471<<<<<<<<<<<<<<<", "8308126<3108011D<<2108<<<<<<<7", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
}

// TestKeysToTheCode walks the real screens to the code and counts the keys. The
// limits are those of a counter without a card reader.
func TestKeysToTheCode(t *testing.T) {
	rows := []struct {
		way  string
		most int
		walk func(ui *uitest.UI)
	}{
		{"by KVNR", 32, func(ui *uitest.UI) {
			ui.Type("T012345678")
			ui.Press("enter")
			ui.Type("a1")
			ui.Type("120883")
			ui.Type("0831")
			ui.Type("j")
			ui.Type("640812")
			ui.Press("enter", "enter")
		}},
		{"by name and birth date", 26, func(ui *uitest.UI) {
			ui.Type("mus 120883")
			ui.Press("enter")
			ui.Type("a1")
			ui.Type("0831")
			ui.Type("j")
			ui.Type("640812")
			ui.Press("enter", "enter")
		}},
		{"with a scanned document", 12, func(ui *uitest.UI) {
			ui.Type("640812")
			ui.Press("enter")
			ui.Type("a")
			for _, line := range specimen2021 {
				ui.Scan(line)
			}
			ui.Type("j")
			ui.Press("enter", "enter")
		}},
	}
	for _, row := range rows {
		t.Run(row.way, func(t *testing.T) {
			b := open(t)
			b.signIn()
			ui := b.run(words.German, 80, 24)
			row.walk(ui)
			shown := onScreen(t, ui)
			if ui.Keys() > row.most {
				t.Errorf("%d keys, at most %d", ui.Keys(), row.most)
			}
			t.Logf("%d keys", ui.Keys())
			if got := photographed(t, ui); got != shown.Link("app.muster.de") {
				t.Errorf("the QR code decodes to another link than the code shown")
			}
			hides(t, ui, "Mustermann")
			ui.Advance(time.Second) // what was typed ahead does not hand over
			ui.Press("enter")
			hides(t, ui, shown.Grouped())
			shows(t, ui, "Suche")
			if got := b.states("T012345678"); len(got) != 1 || got[0] != domain.CodeLive {
				t.Errorf("codes afterwards: %v", got)
			}
		})
	}
}

// TestCtrlCAsksOverACode: leaving would revoke what the member is just scanning.
func TestCtrlCAsksOverACode(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("mus 120883")
	ui.Press("enter")
	ui.Type("a1" + "0831" + "j" + "640812")
	ui.Press("enter", "enter")
	onScreen(t, ui)
	ui.Press("ctrl+c")
	shows(t, ui, "Ohne Aushändigen beenden?")
	ui.Press("esc")
	onScreen(t, ui)
	ui.Press("ctrl+c", "ctrl+c")
	if err := ui.Ended(); err != nil {
		t.Error(err)
	}
}

// TestNoCodeOnTheScreen takes every way that must not lead to a code, key by
// key, and goes on pressing Enter afterwards.
func TestNoCodeOnTheScreen(t *testing.T) {
	rows := []struct {
		why  string
		walk func(ui *uitest.UI)
	}{
		{"no card", func(ui *uitest.UI) { ui.Type("a1" + "120883" + "0831" + "j") }},
		{"a card of somebody else", func(ui *uitest.UI) { ui.Type("a1" + "120883" + "0831" + "j" + "951731") }},
		{"an expired document", func(ui *uitest.UI) { ui.Type("a1" + "120883" + "0221" + "j" + "640812") }},
		{"a wrong birth date", func(ui *uitest.UI) { ui.Type("a1" + "130883" + "0831" + "j" + "640812") }},
		{"the photo shows somebody else", func(ui *uitest.UI) { ui.Type("a1" + "120883" + "0831" + "n" + "640812") }},
		{"an expired document, named as such", func(ui *uitest.UI) { ui.Type("a1" + "120883" + "x") }},
		{"a wrong card, named as such", func(ui *uitest.UI) { ui.Type("a1" + "120883" + "0831" + "jf") }},
		{"comes for somebody else", func(ui *uitest.UI) { ui.Type("a1v") }},
		{"unsure", func(ui *uitest.UI) { ui.Type("a1u") }},
		{"the zone of somebody else's document", func(ui *uitest.UI) {
			ui.Type("a")
			ui.Scan("IDD<<T220001293<<<<<<<<<<<<<<<")
			ui.Scan("6408125<2010315D<<<<<<<<<<<<<4")
			ui.Scan("MUSTERMANN<<ERIKA<<<<<<<<<<<<<")
			ui.Type("j640812")
		}},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			b := open(t)
			b.signIn()
			ui := b.run(words.German, 80, 24)
			ui.Type("T012345678")
			ui.Press("enter")
			row.walk(ui)
			for range 4 {
				noCode(t, ui)
				ui.Press("enter")
			}
			noCode(t, ui)
			if got := b.states("T012345678"); len(got) != 0 {
				t.Errorf("codes are stored: %v", got)
			}
		})
	}
}

// TestBlockedCardGivesNoCode: the right digits of a card that is blocked.
func TestBlockedCardGivesNoCode(t *testing.T) {
	b := open(t)
	b.members(domain.Member{
		KVNR: "H719994900", Name: domain.Name{Given: "Bernd", Surname: "Blockiert"}, BirthDate: 19800101,
		Cards: []domain.Card{{ICCSN: "80276001820001000001", Status: domain.CardBlocked}},
	})
	b.signIn()
	ui := b.run(words.English, 80, 24)
	ui.Type("H719994900")
	ui.Press("enter")
	ui.Type("a1" + "010180" + "0831" + "y" + "000001")
	ui.Press("enter", "enter")
	noCode(t, ui)
	if got := b.states("H719994900"); len(got) != 0 {
		t.Errorf("codes are stored: %v", got)
	}
}

// codeForm is a code as it is shown, with or without spaced groups.
var codeForm = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{5}[ –-]+[0-9A-HJKMNP-TV-Z]{5}[ –-]+[0-9A-HJKMNP-TV-Z]{5}`)

// onScreen reads the code off the screen, as the member would.
func onScreen(t *testing.T, ui *uitest.UI) code.Code {
	t.Helper()
	for _, text := range codeForm.FindAllString(ui.Screen(), -1) {
		if c, err := code.Parse(text); err == nil {
			return c
		}
	}
	t.Fatalf("no code on the screen:\n%s", ui.Screen())
	return ""
}

func noCode(t *testing.T, ui *uitest.UI) {
	t.Helper()
	if codeForm.MatchString(ui.Screen()) {
		t.Fatalf("a code is on the screen:\n%s", ui.Screen())
	}
}

func (b *branch) states(number string) []domain.CodeState {
	b.t.Helper()
	m, _, err := b.store.MemberByKVNR(b.t.Context(), kvnrOf(number))
	if err != nil {
		b.t.Fatal(err)
	}
	codes, _, err := b.store.Codes(b.t.Context(), m.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	var out []domain.CodeState
	for _, c := range codes.List {
		out = append(out, c.StateAt(b.clock.Now()))
	}
	return out
}

// photographed draws the terminal's cells as a camera sees them and decodes the
// QR code.
func photographed(t *testing.T, ui *uitest.UI) string {
	t.Helper()
	const w, h = 8, 16
	cells := ui.Cells()
	img := image.NewGray(image.Rect(0, 0, len(cells[0])*w, len(cells)*h))
	for y, row := range cells {
		for x, g := range row {
			upper, lower := shade(uint32(g.BG), color.Gray{20}), shade(uint32(g.BG), color.Gray{20})
			if g.Char == '▄' {
				lower = shade(uint32(g.FG), color.Gray{230})
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
