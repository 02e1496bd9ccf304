package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"schalter/domain/plain"
)

// The bounds of one query. A record's names have at most 45 characters each, and
// nobody types more than a line.
const (
	maxText  = 256 // bytes
	maxNames = 8
)

// split cleans the text and cuts it into fields: at white space, semicolons and
// commas, and between letters and digits (mue140362) unless they are a KVNR. A
// comma between digits is a date's: the number pad has it where the dot is
// (14,3,62). more reports that the text was too long.
func split(text string) (fields []string, more bool) {
	text, more = shorten(text)
	text = plain.Clean(text)
	start := 0
	for i := range len(text) + 1 {
		if i < len(text) && !parts(text, i) {
			continue
		}
		fields = appendRuns(fields, text[start:i])
		start = i + 1
	}
	return fields, more
}

// parts reports whether the byte at i stands between two fields.
func parts(text string, i int) bool {
	switch text[i] {
	case ' ', ';':
		return true
	case ',':
		return i == 0 || i+1 == len(text) || !isDigit(text[i-1]) || !isDigit(text[i+1])
	}
	return false
}

// appendRuns appends a field, cut where letters and digits meet.
func appendRuns(fields []string, field string) []string {
	for field != "" {
		n := len(field)
		if !beginsFull(strings.ToUpper(field)) {
			n = run(field)
		}
		fields = append(fields, field[:n])
		field = field[n:]
	}
	return fields
}

// shorten holds the text to maxText bytes, cut between two runes.
func shorten(text string) (string, bool) {
	if len(text) <= maxText {
		return text, false
	}
	end := maxText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end], true
}

// run returns how many bytes at the front belong together: letters with what
// stands between them, or digits with the signs of a date.
func run(field string) int {
	numeric := isDigit(field[0])
	for i := 1; i < len(field); i++ {
		c := field[i]
		if isDigit(c) != numeric && !(numeric && isDateSign(c)) {
			return i
		}
	}
	return len(field)
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDateSign(c byte) bool { return strings.IndexByte(".,/-", c) >= 0 }

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// says reports whether there is anything but signs in s.
func says(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
