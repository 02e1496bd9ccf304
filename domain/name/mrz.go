package name

import (
	"strings"
	"unicode/utf8"
)

// MRZ returns s as the machine-readable zone of a German document prints it: A
// to Z, and < between words. Ä AE, Ö OE, Ü UE, ß SS, Å AA, Ø OE, Æ AE, Ð DH,
// Þ TH; every other Latin letter by its base letter. Hyphens and spaces become
// <; apostrophes, full stops, digits and letters of other scripts are left out.
// It does not cut to the width of a document.
//
//	MRZ("d'Ørsted-Groß") // DOERSTED<GROSS
//
// Source: Doc 9303-3 section 6.A with the choices of German documents.
func MRZ(s string) string {
	var b []byte
	gap := false
	for _, r := range s {
		switch what := roleInMRZ(r); {
		case what == separates:
			gap = true
		case what == spells:
			if gap && len(b) > 0 {
				b = append(b, '<')
			}
			gap = false
			fallthrough
		case !gap:
			b = appendPrinted(b, r)
		}
	}
	return strings.ToUpper(string(b))
}

// appendPrinted appends the letters of r to a word of the zone.
func appendPrinted(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if isLetter(byte(r)) {
			return append(b, lower(byte(r)))
		}
		return b
	}
	b, _ = appendLetter(b, b, r, printed)
	return b
}

// roleInMRZ is what a rune does in a machine-readable name: unlike in a search,
// signs within a word leave no gap.
func roleInMRZ(r rune) role {
	switch {
	case r < utf8.RuneSelf && isLetter(byte(r)):
		return spells
	case apostrophe(r) || r == '.':
		return vanishes
	case r < utf8.RuneSelf:
		return separates
	}
	_, what := appendLetter(nil, nil, r, printed)
	return what
}
