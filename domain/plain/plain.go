// Package plain is the one filter for text from outside: what passes it can be
// stored, compared and drawn on a terminal without doing anything there.
//
// It is used on the way in (import, typed fields, card data) and again on the
// way to the screen, because a record may be older than the filter.
//
// What goes, and why:
//
//   - Escape sequences (ECMA-48 5.4, 5.6: ESC, CSI, OSC, DCS, SOS, PM, APC; in
//     seven and eight bits; without their end, too): they move the cursor,
//     rename windows, write the clipboard, answer into the input. The whole
//     sequence goes, or its parameters would be left behind as text.
//   - C0 and C1 controls and DEL: they ring, backspace over what was drawn, or
//     start a sequence. Those that are white space become a space.
//   - Bidirectional controls (U+061C, U+200E, U+200F, U+202A–U+202E,
//     U+2066–U+2069): they show another order than is stored; "Trojan Source",
//     CVE-2021-42574.
//   - Zero-width and other invisible characters (format characters, variation
//     selectors, fillers, the blank Braille cell): two names that look the same
//     must be the same, and a width must be what it seems.
//   - Line and paragraph separators: they break a line of a list in two. They
//     become a space.
//   - Private use, unassigned, noncharacters, invalid UTF-8, surrogates: no
//     meaning, no known width; each terminal does something else with them.
//   - Combining marks without a letter, or more than four on one: they would
//     sit on the neighbouring cell, or grow over the lines above and below. So
//     do the few other characters that join what stands before them (Thai and
//     Lao AM, the half-width voicing marks, skin tones) or, of a handful of
//     Indic scripts, what comes after (UAX #29, Prepend).
//
// The rest is brought to normal form C (UAX #15), because "é" typed and "é"
// imported must be equal; runs of white space become one space, none at the
// ends:
//
//	plain.Clean("  Mu\u0308ller\x1b[31m\tAnna ") // "Müller Anna"
package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxMarks is how many combining marks a letter keeps. German official
// registers need two (DIN 91379), Vietnamese, Thai and pointed Hebrew three.
const MaxMarks = 4

// Clean returns s without anything that could act on a terminal or hide in a
// comparison; see the package comment. It never fails, and cleaning twice
// changes nothing more.
func Clean(s string) string {
	if isPlainLatin(s) {
		return s
	}
	return limitMarks(norm.NFC.String(keepVisible(s)), MaxMarks)
}

// Line cleans a field of an import and holds it to limit runes. It says whether
// cleaning changed the value, and whether the clean value was too long; then
// clean is its beginning, cut in front of a letter and never between a letter
// and its marks.
func Line(s string, limit int) (clean string, changed bool, tooLong bool) {
	clean = Clean(s)
	changed = clean != s
	if end := cut(clean, limit); end < len(clean) {
		return strings.TrimRight(clean[:end], " "), changed, true
	}
	return clean, changed, false
}

// Compact returns s without any white space: identifiers are printed in groups
// and copied with spaces of all kinds. Nothing else is changed; what remains is
// for the identifier's own parser to judge.
func Compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// isPlainLatin reports whether there is nothing to do, as for most fields: only
// visible characters of the blocks up to Latin Extended-A, which without marks
// are in normal form C, and single spaces between them.
func isPlainLatin(s string) bool {
	space := true // a space at the start is one too many
	for _, r := range s {
		switch {
		case r == ' ' && !space:
			space = true
		case r > ' ' && r <= '~', r > '\u00a0' && r <= '\u017f' && r != '\u00ad':
			space = false
		default:
			return false
		}
	}
	return !space || s == ""
}

// keepVisible drops sequences, controls, invisible characters and marks without
// a letter, and joins white space.
func keepVisible(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	space := false
	for len(s) > 0 {
		if n := sequence(s); n > 0 {
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		damaged := r == utf8.RuneError && n == 1
		s = s[n:]
		switch {
		case unicode.IsSpace(r):
			space = true
		case damaged || !unicode.IsGraphic(r) || isInvisible(r) || unicode.Is(joinsNext, r):
		case unicode.IsMark(r) || unicode.Is(joinsBefore, r):
			if !space && out.Len() > 0 {
				out.WriteRune(r)
			}
		default:
			if space && out.Len() > 0 {
				out.WriteByte(' ')
			}
			out.WriteRune(r)
			space = false
		}
	}
	return out.String()
}

// joinsBefore are the characters that are no marks and yet belong to the cell of
// the character before them (UAX #29: Extend and SpacingMark without category
// M).
var joinsBefore = &unicode.RangeTable{
	R16: []unicode.Range16{{0x0E33, 0x0EB3, 0x80}, {0xFF9E, 0xFF9F, 1}},
	R32: []unicode.Range32{{0x1F3FB, 0x1F3FF, 1}},
}

// joinsNext are the visible characters that belong to the cell of the one after
// them (UAX #29: Prepend).
var joinsNext = &unicode.RangeTable{
	R16: []unicode.Range16{{0x0D4E, 0x0D4E, 1}},
	R32: []unicode.Range32{
		{0x111C2, 0x111C3, 1},
		{0x1193F, 0x11941, 2},
		{0x11A84, 0x11A89, 1},
		{0x11D46, 0x11F02, 0x1BC},
	},
}

// isInvisible reports whether a character of a visible category shows nothing:
// the joiners, fillers and selectors that Unicode lists as ignorable, the empty
// Braille pattern and the Khitan filler.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Variation_Selector, r) ||
		r == 0x2800 || r == 0x16FE4
}

// limitMarks keeps the first marks of every letter. In normal form these are in
// canonical order, and dropping later ones lets nothing compose anew. The joiner
// U+034F, with which normalising breaks up more than 30 marks, is a mark itself
// and goes with them.
func limitMarks(s string, limit int) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsMark(r) {
			marks = 0
			return r
		}
		if marks++; marks > limit {
			return -1
		}
		return r
	}, s)
}

// cut returns where s has to end to hold at most limit runes.
func cut(s string, limit int) int {
	runes, letter := 0, 0
	for i, r := range s {
		if !unicode.IsMark(r) {
			letter = i
		}
		if runes++; runes > limit {
			return letter
		}
	}
	return len(s)
}
