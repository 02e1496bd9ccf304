package theme

import (
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// luminance and contrast are the formulas of WCAG 2.1, "relative luminance" and
// "contrast ratio".
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	channel := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

func TestContrastFormula(t *testing.T) {
	if got := contrast(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f, want 21", got)
	}
	grey := lipgloss.Color("#767676") // the darkest grey that passes on white
	if got := contrast(grey, color.White); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white is %.2f, want 4.54", got)
	}
}

func TestContrast(t *testing.T) {
	for _, kind := range []Kind{Dark, Light, Contrast} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
			eachStyle(New(kind, DarkBackground, profile), func(name string, s lipgloss.Style) {
				least := 4.5
				if name == "Frame" {
					least = 3 // lines, WCAG 2.1 1.4.11
				}
				ratio := contrast(profile.Convert(s.GetForeground()), profile.Convert(s.GetBackground()))
				if ratio < least {
					t.Errorf("%v, %v: %s has a contrast of %.2f, at least %.1f", kind, profile, name, ratio, least)
				}
			})
		}
	}
}

func eachStyle(s *Styles, do func(name string, s lipgloss.Style)) {
	v := reflect.ValueOf(*s)
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		if style, ok := v.Field(i).Interface().(lipgloss.Style); ok {
			do(v.Type().Field(i).Name, style)
		}
	}
}

func TestMeaningIsNeverColourAlone(t *testing.T) {
	for _, kind := range AllKinds() {
		s := New(kind, UnknownBackground, colorprofile.TrueColor)
		if !s.Stop.GetReverse() || !s.Practice.GetReverse() || !s.Selected.GetReverse() {
			t.Errorf("%v: stop, practice and selected must be in reverse video", kind)
		}
	}
}

func TestWhichThemeIsDrawn(t *testing.T) {
	for _, row := range []struct {
		why     string
		kind    Kind
		bg      Background
		profile colorprofile.Profile
		want    Kind
		qr      QRLook
	}{
		{"auto on dark", Auto, DarkBackground, colorprofile.TrueColor, Dark, QRColour},
		{"auto on light", Auto, LightBackground, colorprofile.ANSI256, Light, QRColour},
		{"no answer: dark", Auto, UnknownBackground, colorprofile.TrueColor, Dark, QRColour},
		{"chosen", Contrast, LightBackground, colorprofile.TrueColor, Contrast, QRColour},
		{"16 colours", Dark, DarkBackground, colorprofile.ANSI, Terminal, QRColour},
		{"NO_COLOR on dark", Contrast, DarkBackground, colorprofile.ASCII, Terminal, QRLightGlyphs},
		{"NO_COLOR on light", Auto, LightBackground, colorprofile.ASCII, Terminal, QRDarkGlyphs},
		{"NO_COLOR, no answer: a QR code could be inverted", Auto, UnknownBackground, colorprofile.ASCII, Terminal, QRNone},
	} {
		s := New(row.kind, row.bg, row.profile)
		if s.Kind != row.want || s.QR != row.qr {
			t.Errorf("%s: got %v and QR look %d", row.why, s.Kind, s.QR)
		}
	}
}

func TestPaint(t *testing.T) {
	for _, kind := range AllKinds() {
		s := New(kind, DarkBackground, colorprofile.TrueColor)
		for _, line := range []string{"", "Müller", s.Stop.Render("STOPP") + " weiter", strings.Repeat("breit ", 20), "日本語日本語日本語"} {
			for _, width := range []int{0, 1, 7, 40} {
				got := s.Paint(line, width)
				if w := ansi.StringWidth(got); w != width {
					t.Errorf("%v: %q painted to %d cells is %d wide", kind, line, width, w)
				}
			}
		}
	}
	s := New(Dark, DarkBackground, colorprofile.TrueColor)
	painted := s.Paint(s.Stop.Render("STOPP")+" weiter", 20)
	if n := strings.Count(painted, s.base); n != 2 {
		t.Errorf("the theme's colours start %d times, want at the line and after the style", n)
	}
	if got := New(Terminal, DarkBackground, colorprofile.TrueColor).Paint("a", 2); got != "a " {
		t.Errorf("terminal paints %q", got)
	}
}

func TestKindNames(t *testing.T) {
	for _, k := range AllKinds() {
		if got, ok := ParseKind(k.String()); !ok || got != k {
			t.Errorf("ParseKind(%q) = %v, %v", k.String(), got, ok)
		}
	}
	if _, ok := ParseKind("grün"); ok {
		t.Error("a theme that does not exist is accepted")
	}
}
