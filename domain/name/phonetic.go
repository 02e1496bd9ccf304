package name

import "strings"

// Phonetic returns the Kölner Phonetik of s, digits that are equal for names
// that sound alike in German, and "" if s has no sounding letter. Words are run
// together, so for a search each word goes in alone.
//
// The code is coarse: Weber is Wieber, Becker is Böcker. Whatever it finds is
// shown as "sounds like" and never chosen by itself.
//
//	Phonetic("Müller-Lüdenscheidt") // 65752682
//
// Source: H. J. Postel, "Die Kölner Phonetik. Ein Verfahren zur Identifizierung
// von Personennamen auf der Grundlage der Gestaltanalyse", IBM-Nachrichten 19,
// 1969.
func Phonetic(s string) string {
	var buf [64]byte
	return string(AppendPhonetic(buf[:0], s))
}

// AppendPhonetic appends the Kölner Phonetik of s to dst, see [Phonetic].
func AppendPhonetic(dst []byte, s string) []byte {
	var buf [64]byte
	letters := AppendFold(buf[:0], s, Narrow)
	start, last := len(dst), byte(0)
	for i := range letters {
		for _, digit := range []byte(sound(letters, i)) {
			// Equal neighbours count once; vowels part them but are kept only
			// at the beginning.
			if digit != last && (digit != '0' || len(dst) == start) {
				dst = append(dst, digit)
			}
			last = digit
		}
	}
	return dst
}

// sound gives the digits of the letter at i by its neighbours: the rule table of
// 1969. Everything that is not a letter is silent, as is H.
func sound(letters []byte, i int) string {
	before, after := at(letters, i-1), at(letters, i+1)
	switch letters[i] {
	case 'a', 'e', 'i', 'j', 'o', 'u', 'y':
		return "0"
	case 'b':
		return "1"
	case 'p':
		if after == 'h' {
			return "3"
		}
		return "1"
	case 'd', 't':
		if oneOf(after, "csz") {
			return "8"
		}
		return "2"
	case 'f', 'v', 'w':
		return "3"
	case 'g', 'k', 'q':
		return "4"
	case 'c':
		return soundOfC(before, after)
	case 'x':
		if oneOf(before, "ckq") {
			return "8"
		}
		return "48"
	case 'l':
		return "5"
	case 'm', 'n':
		return "6"
	case 'r':
		return "7"
	case 's', 'z':
		return "8"
	}
	return ""
}

// soundOfC: C is K or Z, by the letter after it; at the beginning of a word also
// before L and R.
func soundOfC(before, after byte) string {
	switch {
	case before == ' ' && oneOf(after, "ahkloqrux"):
		return "4"
	case before != ' ' && !oneOf(before, "sz") && oneOf(after, "ahkoqux"):
		return "4"
	}
	return "8"
}

// at is the letter at i, a space beyond either end.
func at(letters []byte, i int) byte {
	if i < 0 || i >= len(letters) {
		return ' '
	}
	return letters[i]
}

func oneOf(c byte, set string) bool { return strings.IndexByte(set, c) >= 0 }
