// Package problem names what is wrong with a value that came from outside,
// without ever repeating the value.
//
// A problem is a field and one of a few stable codes, so that a screen can show
// its own words, a machine can branch on it and a log line stays free of
// personal data:
//
//	kvnr.Parse("X110411674") // problem.List{{Field: "kvnr", Code: "check_digit"}}
//
// The codes are those of the command "schalter check"; their JSON form is part
// of the program's interface and does not change.
package problem

import (
	"errors"
	"slices"
	"strings"
)

// Code says what kind of thing is wrong. It is stable and meant for machines.
type Code string

const (
	// Length: too few or too many characters.
	Length Code = "length"
	// Alphabet: a character that cannot stand in such a value, or not there.
	Alphabet Code = "alphabet"
	// CheckDigit: the check digit or check symbol does not fit the rest.
	CheckDigit Code = "check_digit"
	// Date: no such day, or one that cannot be meant here.
	Date Code = "date"
	// Expired: a well-formed end of validity that has passed.
	Expired Code = "expired"
	// Issuer: issued by a body or state that is not known or not expected here.
	Issuer Code = "issuer"
	// Format: the parts are not where they have to be.
	Format Code = "format"
)

// Codes returns every code, for those who must have a word for each.
func Codes() []Code {
	return []Code{Length, Alphabet, CheckDigit, Date, Expired, Issuer, Format}
}

// Problem is one thing wrong with one field. Field is the machine name of a
// part ("kvnr", "main_kvnr", "birth_date"), never its content.
type Problem struct {
	Field string `json:"field"`
	Code  Code   `json:"code"`
}

// String returns the field and the code: "kvnr: check_digit".
func (p Problem) String() string { return p.Field + ": " + string(p.Code) }

// List is everything wrong with a value. It is the error type of the parsers;
// they return it through [List.Err], so that an error is nil when the list is
// empty.
type List []Problem

// New returns a list of one problem.
func New(field string, code Code) List { return List{{Field: field, Code: code}} }

// From returns the problems err carries, or nil if it carries none.
func From(err error) List {
	var list List
	if errors.As(err, &list) {
		return list
	}
	return nil
}

// Error returns the fields and codes, in order; it never holds the value.
func (l List) Error() string {
	if len(l) == 0 {
		return "no problem"
	}
	texts := make([]string, len(l))
	for i, p := range l {
		texts[i] = p.String()
	}
	return strings.Join(texts, "; ")
}

// Err returns the list as an error, and nil for an empty one.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Has reports whether any problem of the list has the code.
func (l List) Has(code Code) bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return p.Code == code })
}

// In returns the same problems under another field name: what a parser calls
// "date" is the "birth_date" of a record.
func (l List) In(field string) List {
	renamed := slices.Clone(l)
	for i := range renamed {
		renamed[i].Field = field
	}
	return renamed
}

// Plain returns the problems as a slice that is never nil, so that its JSON
// form is [] and not null.
func (l List) Plain() []Problem {
	if l == nil {
		return []Problem{}
	}
	return l
}
