package egk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"schalter/domain/date"
	"schalter/domain/plain"
	"schalter/domain/problem"
)

// builder collects a card and what is wrong with it. Methods that read a file
// return a [Fault], or a [problem.List] of required fields.
type builder struct {
	card     Card
	problems problem.List
}

func (b *builder) warn(w Warning) {
	if !slices.Contains(b.card.Warnings, w) {
		b.card.Warnings = append(b.card.Warnings, w)
	}
}

func (b *builder) unreadable(f Field) {
	if !slices.Contains(b.card.Unreadable, f) {
		b.card.Unreadable = append(b.card.Unreadable, f)
	}
}

// required notes the problems of a required field under its name.
func (b *builder) required(field string, err error) {
	b.problems = append(b.problems, problem.From(err).In(field)...)
}

// maxText is how many characters a text may have: more than twice the longest
// field of the schemas (Strasse, 46).
const maxText = 100

// legible cleans a text. One that is too long, or has a mark in place of what is
// no character, gets a problem's code: cut or patched, it would be another name.
func legible(s string) (clean string, wrong problem.Code) {
	clean, _, tooLong := plain.Line(s, maxText)
	switch {
	case tooLong:
		return "", problem.Length
	case strings.ContainsRune(clean, utf8.RuneError):
		return "", problem.Alphabet
	}
	return clean, ""
}

// text reads an optional text.
func (b *builder) text(f Field, s string) string {
	clean, wrong := legible(s)
	if wrong != "" {
		b.unreadable(f)
	}
	return clean
}

// day reads an optional date.
func (b *builder) day(f Field, s string) date.Date {
	if s == "" {
		return 0
	}
	d, err := parseDay(s)
	if err != nil {
		b.unreadable(f)
	}
	return d
}

// parseDay reads YYYYMMDD, with 00 for an unknown month or day (VSD schema,
// ISO8601Date). The error is a [problem.List].
func parseDay(s string) (date.Date, error) {
	const digits = len("yyyymmdd")
	if len(s) != digits {
		return 0, problem.New("date", problem.Format)
	}
	return date.Parse(s[:4] + "-" + s[4:6] + "-" + s[6:])
}
