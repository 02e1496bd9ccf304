package name

import (
	"unicode/utf8"
)

// Folding is one of the two ways in which staff type a letter that their
// keyboard lacks.
type Folding uint8

const (
	// Wide writes letters out as German documents do: ä ae, ö oe, ü ue, å aa,
	// ø oe.
	Wide Folding = iota
	// Narrow drops what is above, below or across the letter: ä a, ø o.
	Narrow
)

// Both foldings agree on everything else: ß ss, æ ae, œ oe, þ th, ð đ d, ł l,
// ı İ i; every other Latin letter by its base letter.

func (f Folding) spelling() spelling {
	if f == Wide {
		return spelled
	}
	return plain
}

// AppendFold appends the folded form of s to dst and returns the extended slice:
// lower-case ASCII words, letters and digits only, one space between words, none
// around them. Spaces, hyphens, apostrophes and every other sign separate words;
// letters of other scripts and invalid UTF-8 do too. It allocates only to grow
// dst.
//
// A name finds another if a word of one begins a word of the other in either
// folding; so Müller, Mueller and Muller find each other.
func AppendFold(dst []byte, s string, f Folding) []byte {
	how := f.spelling()
	start, gap := len(dst), false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			switch {
			case !isLetter(c) && !isDigit(c):
				gap = true
				continue
			case gap && len(dst) > start:
				dst = append(dst, ' ')
			}
			gap = false
			dst = append(dst, lower(c))
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		dst, gap = appendFoldRune(dst, start, r, how, gap)
	}
	return dst
}

// appendFoldRune folds one rune outside ASCII. gap says whether a separator is
// pending before it, the result whether one is pending after it.
func appendFoldRune(dst []byte, start int, r rune, how spelling, gap bool) ([]byte, bool) {
	end := len(dst)
	word := dst[start:]
	if gap {
		word = nil
		if end > start {
			dst = append(dst, ' ')
		}
	}
	out, what := appendLetter(dst, word, r, how)
	switch what {
	case spells:
		return out, false
	case vanishes:
		if gap {
			return dst[:end], true
		}
		return out, false
	}
	return dst[:end], true
}

// Fold returns both foldings of s, see [AppendFold].
//
//	Fold("Groß-Müller") // "gross mueller", "gross muller"
func Fold(s string) (wide, narrow string) {
	var buf [64]byte
	b := AppendFold(buf[:0], s, Wide)
	wide = string(b)
	if b = AppendFold(b[:0], s, Narrow); string(b) == wide {
		return wide, wide
	}
	return wide, string(b)
}
