package name

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The two marks that change letters instead of decorating them.
const (
	diaeresis = '\u0308' // ä is AE
	ring      = '\u030A' // å is AA
)

// spelling is a way to write letters that ASCII lacks.
type spelling uint8

const (
	// plain keeps the base letter: ä a, ø o.
	plain spelling = iota
	// spelled writes the letters out: ä ae, å aa, ø oe.
	spelled
	// printed is spelled as German documents print it in the machine-readable
	// zone, which parts only with ð: DH.
	printed
)

// role is what a rune does in a name.
type role uint8

const (
	separates role = iota // between two words
	spells                // a letter or digit of a word
	vanishes              // a mark or a sign inside a word that leaves nothing
)

// appendLetter appends the lower-case ASCII letters of a rune outside ASCII.
// before is what the word has so far: a mark looks at the letter it belongs to.
func appendLetter(dst, before []byte, r rune, how spelling) ([]byte, role) {
	if base := umlaut(r); base != 0 {
		return appendMark(append(dst, base), []byte{base}, diaeresis, how), spells
	}
	if r == diaeresis || r == ring {
		return appendMark(dst, before, r, how), vanishes
	}
	if s := undecomposed(r, how); s != "" {
		return append(dst, s...), spells
	}
	if out := appendDecomposed(dst, r, how); len(out) > len(dst) {
		return out, spells
	}
	if vanishing(r) {
		return dst, vanishes
	}
	return dst, separates
}

// umlaut gives the base letter of a German umlaut, 0 for other runes. It spares
// the names of this country the tables of Unicode.
func umlaut(r rune) byte {
	switch r {
	case 'ä', 'Ä':
		return 'a'
	case 'ö', 'Ö':
		return 'o'
	case 'ü', 'Ü':
		return 'u'
	}
	return 0
}

// appendDecomposed appends the letters of the canonical decomposition of r
// (Unicode Standard Annex 15), and nothing when r has none or is not Latin.
func appendDecomposed(dst []byte, r rune, how spelling) []byte {
	var buf [utf8.UTFMax]byte
	parts := norm.NFD.Properties(buf[:utf8.EncodeRune(buf[:], r)]).Decomposition()
	start := len(dst)
	for len(parts) > 0 {
		p, n := utf8.DecodeRune(parts)
		parts = parts[n:]
		switch {
		case p < utf8.RuneSelf && isLetter(byte(p)):
			dst = append(dst, lower(byte(p)))
		case p == diaeresis || p == ring:
			dst = appendMark(dst, dst[start:], p, how)
		default:
			dst = append(dst, undecomposed(p, how)...)
		}
	}
	return dst
}

// appendMark appends what a mark adds to the letter before it.
func appendMark(dst, before []byte, mark rune, how spelling) []byte {
	if how == plain || len(before) == 0 {
		return dst
	}
	switch last := before[len(before)-1]; {
	case mark == diaeresis && (last == 'a' || last == 'o' || last == 'u'):
		return append(dst, 'e')
	case mark == ring && last == 'a':
		return append(dst, 'a')
	}
	return dst
}

// undecomposed gives the letters of Latin characters that Unicode does not
// decompose: those of DIN 91379 and the table of Doc 9303-3 section 6.A.
func undecomposed(r rune, how spelling) string {
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'ø', 'Ø':
		if how == plain {
			return "o"
		}
		return "oe"
	case 'ð', 'Ð':
		if how == printed {
			return "dh"
		}
		return "d"
	case 'þ', 'Þ':
		return "th"
	case 'ⱥ', 'Ⱥ':
		return "a"
	case 'ƀ', 'Ƀ', 'ɓ', 'Ɓ':
		return "b"
	case 'ƈ', 'Ƈ', 'ȼ', 'Ȼ':
		return "c"
	case 'đ', 'Đ', 'ɖ', 'Ɖ', 'ɗ', 'Ɗ':
		return "d"
	case 'ə', 'Ə', 'ɛ', 'Ɛ', 'ǝ', 'Ǝ', 'ɇ', 'Ɇ':
		return "e"
	case 'ƒ', 'Ƒ':
		return "f"
	case 'ǥ', 'Ǥ', 'ɠ', 'Ɠ', 'ɣ', 'Ɣ':
		return "g"
	case 'ħ', 'Ħ':
		return "h"
	case 'ı', 'ɨ', 'Ɨ':
		return "i"
	case 'ĳ', 'Ĳ':
		return "ij"
	case 'ȷ', 'ɉ', 'Ɉ':
		return "j"
	case 'ƙ', 'Ƙ':
		return "k"
	case 'ł', 'Ł', 'ŀ', 'Ŀ', 'ƚ', 'Ƚ':
		return "l"
	case 'ǉ', 'ǈ', 'Ǉ':
		return "lj"
	case 'ŋ', 'Ŋ', 'ŉ', 'ɲ', 'Ɲ', 'ƞ', 'Ƞ':
		return "n"
	case 'ǌ', 'ǋ', 'Ǌ':
		return "nj"
	case 'ɵ', 'Ɵ', 'ɔ', 'Ɔ':
		return "o"
	case 'ƥ', 'Ƥ':
		return "p"
	case 'ĸ':
		return "q"
	case 'ɍ', 'Ɍ':
		return "r"
	case 'ſ', 'ȿ':
		return "s"
	case 'ŧ', 'Ŧ', 'ƭ', 'Ƭ', 'ʈ', 'Ʈ', 'ⱦ', 'Ⱦ':
		return "t"
	case 'ʉ', 'Ʉ':
		return "u"
	case 'ʋ', 'Ʋ':
		return "v"
	case 'ƴ', 'Ƴ', 'ɏ', 'Ɏ':
		return "y"
	case 'ʒ', 'Ʒ', 'ƶ', 'Ƶ', 'ȥ', 'Ȥ':
		return "z"
	case 'ǆ', 'ǅ', 'Ǆ', 'ǳ', 'ǲ', 'Ǳ':
		return "dz"
	}
	return ""
}

// vanishing reports whether r stands inside a word without being a letter of
// it: combining marks, invisible characters, and the modifier letters with
// which transliterated names write a soft sign or an ayn (Olʹga, ʿAbd). The
// modifier apostrophe is an apostrophe.
func vanishing(r rune) bool {
	return r != 'ʼ' && unicode.In(r, unicode.Mn, unicode.Cf, unicode.Lm)
}

// apostrophe reports whether r is one of the characters typed as one.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`', '´', '′':
		return true
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// lower lowers an ASCII letter and leaves digits alone.
func lower(c byte) byte { return c | 0x20 }
