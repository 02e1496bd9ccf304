package name

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// zoneWidth is more than any name field has places (TD3: 39). What is longer is
// not from a machine-readable zone.
const zoneWidth = 63

// recordWords splits a stored name into the words that a machine-readable zone
// separates, still in their own letters, composed.
func recordWords(s string) []string {
	return strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool { return roleInMRZ(r) == separates })
}

// zoneWords splits a name of a machine-readable zone into words and drops
// academic titles before it: Dr. and Prof., and what the record has as title.
func zoneWords(s, title string) []string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == '<' || r == ' ' })
	own := strings.Split(MRZ(title), "<")
	for len(words) > 1 && (IsTitle(strings.ToLower(words[0])) || slices.Contains(own, words[0])) {
		words = words[1:]
	}
	return words
}

// withoutTitles drops titles that were stored before the given names.
func withoutTitles(words []string) []string {
	for len(words) > 1 && IsTitle(strings.ToLower(MRZ(words[0]))) {
		words = words[1:]
	}
	return words
}

// spellsWhole reports whether the words of the document are a spelling of the
// words of the record, wherever either has its gaps.
func spellsWhole(record, doc []string) bool {
	zone := strings.Join(doc, "")
	at := startOf(zone)
	for _, w := range record {
		at = at.read(w, zone)
	}
	return at.has(len(zone))
}

// abbreviates reports whether the document's name is the record's, cut as Doc
// 9303-4 to -6 section 4.2.3 allow: words shortened to any length, words left
// out at the end. The caller makes sure that the field is full.
func abbreviates(record, doc []string) bool {
	if len(doc) > len(record) {
		return false
	}
	for i, d := range doc {
		if !begins(record[i], d) {
			return false
		}
	}
	return true
}

// begins reports whether the document's word is a spelling of the beginning of
// the record's word; the cut may fall between the two letters of one.
func begins(record, doc string) bool {
	at := startOf(doc)
	for _, r := range record {
		if at.endsWithin(r, doc) {
			return true
		}
		at = at.readRune(r, doc)
	}
	return false
}

// places is the set of places in a zone up to which a record can have been
// spelled: bit i stands for "the first i letters". Several hold at once because
// a letter has several transliterations.
type places uint64

// startOf is the set of a record of which nothing has been read yet.
func startOf(zone string) places {
	if len(zone) > zoneWidth {
		return 0
	}
	return 1
}

func (p places) has(n int) bool { return n <= zoneWidth && p&(1<<n) != 0 }

// read advances the places over a word.
func (p places) read(word, zone string) places {
	for _, r := range word {
		p = p.readRune(r, zone)
	}
	return p
}

// readRune advances the places over every transliteration of one rune.
func (p places) readRune(r rune, zone string) places {
	var next places
	for _, letters := range transliterations(r) {
		for i := range len(zone) + 1 {
			if p.has(i) && strings.HasPrefix(zone[i:], letters) {
				next |= 1 << (i + len(letters))
			}
		}
	}
	return next
}

// endsWithin reports whether the zone ends with or within the letters of r.
func (p places) endsWithin(r rune, zone string) bool {
	for _, letters := range transliterations(r) {
		for i := range len(zone) {
			if p.has(i) && strings.HasPrefix(letters, zone[i:]) {
				return true
			}
		}
	}
	return false
}

// transliterations lists what states print for a rune: the German form, the base
// letter, and the other forms of the table of Doc 9303-3 section 6.A. A mark or a
// sign that leaves nothing has the empty form.
func transliterations(r rune) []string {
	switch r {
	case 'ü', 'Ü':
		return []string{"UE", "UXX", "U"}
	case 'ñ', 'Ñ':
		return []string{"N", "NXX"}
	case diaeresis:
		return []string{"", "E"}
	case ring:
		return []string{"", "A"}
	}
	if r < utf8.RuneSelf && isLetter(byte(r)) {
		return []string{string(r &^ 0x20)}
	}
	german := MRZ(string(r))
	wide, narrow := Fold(string(r))
	return distinct(german, strings.ToUpper(wide), strings.ToUpper(narrow))
}

// distinct returns the words without repetition.
func distinct(words ...string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
