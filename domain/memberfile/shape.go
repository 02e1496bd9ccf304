package memberfile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"schalter/domain/plain"
)

// clean brings a value to its plain form. White space at the ends and in runs
// and the normal form may differ; anything else that package plain takes out is
// a fault, and so is a value of more than limit characters.
func clean(found string, limit int) (string, Reason) {
	value := plain.Clean(found)
	switch {
	case strings.ContainsRune(value, utf8.RuneError):
		return "", Encoding
	case value != found && value != norm.NFC.String(joinSpaces(found)):
		return "", Unclean
	case len(value) > limit && utf8.RuneCountInString(value) > limit:
		return "", TooLong
	}
	return value, ""
}

// joinSpaces makes one space of every run of tabs and of spaces of any width.
// Line breaks are no spaces here: no value of this format has two lines.
func joinSpaces(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == '\t' || unicode.Is(unicode.Zs, r)
	}), " ")
}

// lower lowers ASCII letters only: no letter of another script becomes a word
// of the format.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// freeShape takes any line of Latin text that no spreadsheet would carry out
// (CWE-1236): these values are exported again one day.
func freeShape(s string) (string, Reason) {
	if !isLatin(s) {
		return "", Script
	}
	if isFormula(s) {
		return "", Formula
	}
	return s, ""
}

// nameShape takes what can be a name of a person or a place: at least one
// letter, and no symbols. German registers hold names in Latin letters only
// (DIN 91379).
func nameShape(s string) (string, Reason) {
	if _, why := freeShape(s); why != "" {
		return "", why
	}
	letters := false
	for _, r := range s {
		if unicode.IsSymbol(r) && !unicode.Is(unicode.Sk, r) { // Sk: ´ and ` as apostrophes
			return "", Format
		}
		letters = letters || unicode.IsLetter(r)
	}
	if !letters {
		return "", Format
	}
	return s, ""
}

// isLatin takes the modifier letters that stand for apostrophes and Ayin (ʼ ʿ)
// for Latin too; they belong to no script.
func isLatin(s string) bool {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf || '\u02b0' <= r && r <= '\u02ff':
		case unicode.IsDigit(r):
			return false
		case (unicode.IsLetter(r) || unicode.IsMark(r)) && !unicode.In(r, unicode.Latin, unicode.Inherited):
			return false
		}
	}
	return true
}

// isFormula reports whether a spreadsheet would take s for a formula. A lone
// dash is a usual way to say "none".
func isFormula(s string) bool {
	switch s[0] {
	case '=', '+', '@':
		return true
	case '-':
		return s != "-"
	}
	return false
}

// postcodeShape is that of any country; Germany's own is checked with the
// country.
func postcodeShape(s string) (string, Reason) {
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && (i == 0 || s[i] != ' ' && s[i] != '-') {
			return "", Format
		}
	}
	return s, ""
}

// countryShape is that of the codes of DEÜV annex 8: one to three letters.
func countryShape(s string) (string, Reason) {
	for i := range len(s) {
		if !isAlphanumeric(s[i]) || s[i] <= '9' {
			return "", Format
		}
	}
	return strings.ToUpper(s), ""
}

// phoneShape leaves numbers as people write them, remarks included, but for
// formulas: a plus must lead to digits.
func phoneShape(s string) (string, Reason) {
	if s[0] == '+' && strings.Trim(s, "+0123456789 ()/.-") == "" {
		return s, ""
	}
	return freeShape(s)
}

// emailShape is the shape of addresses that are in use: a dot-atom (RFC 5322,
// 3.2.3), and a domain of at least two labels. Quoted local parts and address
// literals are standard and never a member's address.
func emailShape(s string) (string, Reason) {
	if isFormula(s) {
		return "", Formula
	}
	local, domain, _ := strings.Cut(s, "@")
	if !isDotAtom(local) || !isDomain(domain) {
		return "", Format
	}
	return s, ""
}

func isDotAtom(local string) bool {
	if local == "" || len(local) > 64 { // RFC 5321, 4.5.3.1.1
		return false
	}
	for i := range len(local) {
		if !isAlphanumeric(local[i]) && !strings.Contains("!#$%&'*+-/=?^_`{|}~.", local[i:i+1]) {
			return false
		}
	}
	return local[0] != '.' && local[len(local)-1] != '.' && !strings.Contains(local, "..")
}

// isDomain takes international domain names (RFC 5890) in their Latin form too.
func isDomain(domain string) bool {
	labels := 0
	for label := range strings.SplitSeq(domain, ".") {
		labels++
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if r != '-' && (r < '0' || '9' < r) && !unicode.Is(unicode.Latin, r) {
				return false
			}
		}
	}
	return labels > 1
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}
