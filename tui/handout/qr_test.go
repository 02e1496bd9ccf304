package handout

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/theme"
	"schalter/tui/words"
)

// TestNoPicture: where nothing is sure to decode there is no picture, in either
// size, and the page says so.
func TestNoPicture(t *testing.T) {
	styles := theme.New(theme.Auto, theme.UnknownBackground, colorprofile.Ascii)
	s := newSecret(desk.Shown{Link: "https://app.muster.de/a#000000000000000"})
	for _, large := range []bool{false, true} {
		if lines := s.picture(styles, large); lines != nil {
			t.Errorf("large %v: %d lines", large, len(lines))
		}
	}
	p := &Page{env: &page.Env{Styles: styles, Texts: words.For(words.English)}, secret: s, room: size{80, 21}}
	if got, want := p.pictureLine(), "This terminal cannot show the picture: type the code."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNoCodeFits: a link that is too long for every QR code leaves the text.
func TestNoCodeFits(t *testing.T) {
	styles := theme.New(theme.Dark, theme.DarkBackground, colorprofile.TrueColor)
	s := newSecret(desk.Shown{Link: strings.Repeat("x", 4000)})
	if lines := s.picture(styles, false); lines != nil {
		t.Errorf("%d lines", len(lines))
	}
	if w, h := s.size(true); w != 0 || h != 0 {
		t.Errorf("takes %d×%d", w, h)
	}
}

// TestWipe: nothing of the code is left on the page.
func TestWipe(t *testing.T) {
	s := newSecret(desk.Shown{Code: "000000000000000", Link: "https://app.muster.de/a#000000000000000", Mark: "m"})
	s.picture(theme.New(theme.Dark, theme.DarkBackground, colorprofile.TrueColor), false)
	s.wipe()
	if s.code != "" || s.link != "" || s.qr != nil || s.dark != nil || s.drawn != nil {
		t.Error("something is left")
	}
	(*secret)(nil).wipe() // a page without a code has nothing to wipe
}

// TestPictureIsKept: a picture is drawn once for a theme and a size.
func TestPictureIsKept(t *testing.T) {
	dark := theme.New(theme.Dark, theme.DarkBackground, colorprofile.TrueColor)
	s := newSecret(desk.Shown{Link: "https://app.muster.de/a#000000000000000"})
	first := s.picture(dark, false)
	if again := s.picture(dark, false); &again[0] != &first[0] {
		t.Error("drawn anew for the same look")
	}
	if larger := s.picture(dark, true); len(larger) != 37 {
		t.Errorf("larger: %d lines, want 37", len(larger))
	}
	if back := s.picture(dark, false); len(back) != len(first) {
		t.Errorf("back again: %d lines", len(back))
	}
}

// BenchmarkPicture draws the QR code anew, as after a change of theme.
func BenchmarkPicture(b *testing.B) {
	styles := theme.New(theme.Dark, theme.DarkBackground, colorprofile.TrueColor)
	s := newSecret(desk.Shown{Link: "https://app.muster.de/a#000000000000000"})
	for b.Loop() {
		s.drawn = nil
		s.picture(styles, false)
	}
}
