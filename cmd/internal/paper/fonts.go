package paper

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// family is the name under which the Go fonts are embedded. They are free to
// embed (BSD) and have the letters of all languages written in Latin, Greek and
// Cyrillic that WGL4 has, so that Łukasz Çelik keeps every stroke.
const family = "go"

// style is a face of the family, by the letters the PDF module knows.
type style string

const (
	regular style = ""
	bold    style = "B"
)

// embedFonts adds the faces to the page. Each page gets copies of its own,
// because the PDF module may write into the bytes of a font: it does so where
// the last glyphs share one width. There it also embeds wrong side bearings, by
// which viewers shift letters; so there is no fixed-width face here.
func (p *page) embedFonts() {
	p.AddUTF8FontFromBytes(family, string(regular), bytes.Clone(goregular.TTF))
	p.AddUTF8FontFromBytes(family, string(bold), bytes.Clone(gobold.TTF))
	font, err := sfnt.Parse(goregular.TTF)
	p.SetError(err)
	p.letters = letters{font}
}

// letters are those the faces can draw; both have the same.
type letters struct{ font *sfnt.Font }

// known replaces what the faces cannot draw: a letter by the nearest one, which
// is better than a box on somebody's initials (Ạ becomes A); anything else by a
// question mark.
func (l letters) known(s string) string {
	var out strings.Builder
	for _, r := range s {
		if !l.has(r) {
			r = l.nearest(r)
		}
		out.WriteRune(r)
	}
	return out.String()
}

// nearest is the base letter of a composed one.
func (l letters) nearest(r rune) rune {
	if r == 'ẞ' {
		return 'ß' // which capitals were set with before 2017
	}
	if base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r))); l.has(base) {
		return base
	}
	return '?'
}

func (l letters) has(r rune) bool {
	var buf sfnt.Buffer
	glyph, err := l.font.GlyphIndex(&buf, r)
	return err == nil && glyph != 0
}
