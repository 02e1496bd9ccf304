// Package theme holds the colours of the screen as styles with names of
// meaning. Styles are made once, when the theme, the terminal's background or
// its colour profile changes, never while drawing.
//
//	s := theme.New(theme.Auto, theme.DarkBackground, colorprofile.TrueColor)
//	s.Stop.Render("STOPP") // reverse video: colour alone never says it
//
// Four themes: dunkel and hell (picked by the terminal's background when asked
// for Auto), kontrast, and terminal, which uses bold, reverse and the default
// colours only. With 16 colours or none, terminal is used whatever was asked
// for: palettes of 16 colours put red, blue and grey below a contrast of 4.5:1
// in common terminals.
//
// Every text reaches 4.5:1 (WCAG 2.1, 1.4.3), a test measures it, also after
// the reduction to 256 colours. There is no green for "ok": for the most common
// colour blindness it is the red of "stop".
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Kind names a theme.
type Kind uint8

// The themes.
const (
	Auto Kind = iota
	Dark
	Light
	Contrast
	Terminal
)

var kindNames = [...]string{Auto: "auto", Dark: "dunkel", Light: "hell", Contrast: "kontrast", Terminal: "terminal"}

// AllKinds lists every theme.
func AllKinds() []Kind { return []Kind{Auto, Dark, Light, Contrast, Terminal} }

// String is the theme's name in the settings.
func (k Kind) String() string { return kindNames[k] }

// ParseKind reads a theme's name; ok is false for anything else.
func ParseKind(s string) (k Kind, ok bool) {
	for _, k := range AllKinds() {
		if k.String() == s {
			return k, true
		}
	}
	return Auto, false
}

// Background is what is known of the terminal's own background.
type Background uint8

// The backgrounds. Unknown: the terminal has not answered.
const (
	UnknownBackground Background = iota
	DarkBackground
	LightBackground
)

// QRLook is how a QR code can be drawn so that a phone reads it.
type QRLook uint8

// The looks.
const (
	// QRNone: nothing can be drawn that decodes for certain.
	QRNone QRLook = iota
	// QRColour: black on white by background colour and lower half blocks.
	QRColour
	// QRLightGlyphs: no colours, dark background; glyphs are the light modules.
	QRLightGlyphs
	// QRDarkGlyphs: no colours, light background; glyphs are the dark modules.
	QRDarkGlyphs
)

// Styles are the styles of one theme. They are read-only; a value is shared by
// the pages of one session.
type Styles struct {
	// Kind is the theme that is drawn, never Auto.
	Kind Kind

	Text     lipgloss.Style // everything without another meaning
	Strong   lipgloss.Style // what the eye should find first
	Weak     lipgloss.Style // labels, hints, what is masked
	Accent   lipgloss.Style // keys, the focused field
	Caution  lipgloss.Style // needs attention
	Stop     lipgloss.Style // must not go on; reverse, always with a word
	Frame    lipgloss.Style // lines; no text
	Title    lipgloss.Style // line 1
	Practice lipgloss.Style // the mark of invented people; reverse
	Key      lipgloss.Style // a key in the hint bar
	Selected lipgloss.Style // the chosen row or button; reverse
	QRDark   lipgloss.Style // a cell of two dark modules, or the dark half below
	QRLight  lipgloss.Style // a cell of two light modules, or the light half below

	QR QRLook

	base string // start of every painted line
}

// palette are the colours of a theme.
type palette struct {
	back, text, weak, accent, caution, stop, frame string
}

func palettes() map[Kind]palette {
	return map[Kind]palette{
		Dark:     {"#14181D", "#E6E6E6", "#A8B0B8", "#6CB6FF", "#F2B84B", "#FF9B85", "#6E7781"},
		Light:    {"#FFFFFF", "#1B1F23", "#57606A", "#0550AE", "#7A4B00", "#A40E26", "#6E7781"},
		Contrast: {"#000000", "#FFFFFF", "#FFFFFF", "#8CD3FF", "#FFE066", "#FFB3A7", "#FFFFFF"},
	}
}

// New makes the styles of a theme for a terminal.
func New(kind Kind, bg Background, profile colorprofile.Profile) *Styles {
	kind = drawable(kind, bg, profile)
	s := plainStyles()
	if p, ok := palettes()[kind]; ok {
		s = colourStyles(p)
	}
	s.Kind, s.QR = kind, qrLook(bg, profile)
	s.QRDark = lipgloss.NewStyle().Background(lipgloss.Color("#000000")).Foreground(lipgloss.Color("#FFFFFF"))
	s.QRLight = lipgloss.NewStyle().Background(lipgloss.Color("#FFFFFF")).Foreground(lipgloss.Color("#000000"))
	return s
}

// drawable is the theme the terminal can show.
func drawable(kind Kind, bg Background, profile colorprofile.Profile) Kind {
	switch {
	case profile <= colorprofile.ANSI:
		return Terminal
	case kind != Auto:
		return kind
	case bg == LightBackground:
		return Light
	default:
		return Dark
	}
}

func qrLook(bg Background, profile colorprofile.Profile) QRLook {
	switch {
	case profile >= colorprofile.ANSI:
		return QRColour
	case bg == DarkBackground:
		return QRLightGlyphs
	case bg == LightBackground:
		return QRDarkGlyphs
	default:
		return QRNone
	}
}

func colourStyles(p palette) *Styles {
	back := lipgloss.Color(p.back)
	ink := func(c string) lipgloss.Style {
		return lipgloss.NewStyle().Background(back).Foreground(lipgloss.Color(c))
	}
	return &Styles{
		Text:     ink(p.text),
		Strong:   ink(p.text).Bold(true),
		Weak:     ink(p.weak),
		Accent:   ink(p.accent),
		Caution:  ink(p.caution),
		Stop:     ink(p.stop).Bold(true).Reverse(true),
		Frame:    ink(p.frame),
		Title:    ink(p.text),
		Practice: ink(p.caution).Bold(true).Reverse(true),
		Key:      ink(p.accent).Bold(true),
		Selected: ink(p.text).Reverse(true),
		base:     sgr(back, lipgloss.Color(p.text)),
	}
}

// plainStyles use bold and reverse only.
func plainStyles() *Styles {
	plain, bold := lipgloss.NewStyle(), lipgloss.NewStyle().Bold(true)
	return &Styles{
		Text: plain, Strong: bold, Weak: plain, Accent: bold, Caution: bold,
		Stop: bold.Reverse(true), Frame: plain, Title: plain, Practice: bold.Reverse(true),
		Key: bold, Selected: plain.Reverse(true),
	}
}

func sgr(back, text color.Color) string {
	return ansi.NewStyle().BackgroundColor(back).ForegroundColor(text).String()
}

// Paint makes a line exactly width cells wide in the theme's own colours: it is
// cut or filled, and whatever in it has no style of its own gets the theme's
// text and background, so that no cell is left to colours nobody has measured.
func (s *Styles) Paint(line string, width int) string {
	w := ansi.StringWidth(line)
	if w > width {
		line, w = ansi.Truncate(line, width, ""), width
		w = ansi.StringWidth(line)
	}
	if w < width {
		line += strings.Repeat(" ", width-w)
	}
	if s.base == "" {
		return line
	}
	return s.base + strings.ReplaceAll(line, ansi.ResetStyle, ansi.ResetStyle+s.base) + ansi.ResetStyle
}
