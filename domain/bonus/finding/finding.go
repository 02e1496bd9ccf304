// Package finding says what is wrong in a programme file or a line of cases, and
// where: file, line and field.
//
//	2027.yaml:12: measures.checkup.interval.years: out_of_range (0)
//
// A finding about a programme file may repeat what stands there, since rules are
// no secret. One about a case never does: a case is somebody's booklet.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Code says what kind of thing is wrong. It is stable and meant for machines.
type Code string

// What can be wrong with the notation.
const (
	// Syntax: neither YAML nor JSON as the place asks for.
	Syntax Code = "syntax"
	// Encoding: not UTF-8, or a control character.
	Encoding Code = "encoding"
	// TooLarge: longer or deeper than such a text can be.
	TooLarge Code = "too_large"
	// Documents: none, or more than the one document a file holds.
	Documents Code = "documents"
	// NotPlain: an anchor, alias, tag, merge or complex key of YAML. They save
	// typing and cost the reader, and nothing here needs them.
	NotPlain Code = "not_plain"
)

// What can be wrong with a field.
const (
	// UnknownKey: no field of this name here.
	UnknownKey Code = "unknown_key"
	// RepeatedKey: the same key twice.
	RepeatedKey Code = "repeated_key"
	// MissingKey: a field that must be there.
	MissingKey Code = "missing_key"
	// WrongType: a text for a number, a list for a text and the like.
	WrongType Code = "wrong_type"
	// OutOfRange: a number too small or too large.
	OutOfRange Code = "out_of_range"
	// UnknownWord: none of the words the field knows.
	UnknownWord Code = "unknown_word"
	// NoDate: no day that exists, or not as yyyy-mm-dd.
	NoDate Code = "date"
	// Empty: a list or text with nothing in it.
	Empty Code = "empty"
)

// What can be wrong with what fields say together.
const (
	// BadID: an id of other characters than letters, digits, _ - and dot.
	BadID Code = "bad_id"
	// ReservedID: an id that results use themselves.
	ReservedID Code = "reserved_id"
	// RepeatedID: the same id twice.
	RepeatedID Code = "repeated_id"
	// UnknownID: an id that nothing here has.
	UnknownID Code = "unknown_id"
	// LaterGroup: groups are decided in file order, and this one comes later.
	LaterGroup Code = "later_group"
	// NotInGroup: a measure that the group does not list.
	NotInGroup Code = "not_in_group"
	// NotHere: a field that means nothing beside the others.
	NotHere Code = "not_here"
	// Conflict: two fields that exclude each other.
	Conflict Code = "conflict"
	// Impossible: can never be reached or never happen.
	Impossible Code = "impossible"
	// NotAscending: a table whose rows do not rise.
	NotAscending Code = "not_ascending"
	// Overlap: two files that decide the same year of one insurer.
	Overlap Code = "overlap"
	// NotDecided: a year that no programme of this id decides.
	NotDecided Code = "not_decided"
	// FaultyFile: a programme whose file has findings.
	FaultyFile Code = "faulty_file"
)

// Codes returns every code, for those who must have a word for each.
func Codes() []Code {
	return []Code{
		Syntax, Encoding, TooLarge, Documents, NotPlain,
		UnknownKey, RepeatedKey, MissingKey, WrongType, OutOfRange, UnknownWord, NoDate, Empty,
		BadID, ReservedID, RepeatedID, UnknownID, LaterGroup, NotInGroup, NotHere, Conflict, Impossible,
		NotAscending, Overlap, NotDecided, FaultyFile,
	}
}

// Finding is one thing wrong at one place.
type Finding struct {
	// File is the name the text was read under, "" for standard input.
	File string `json:"file,omitempty"`
	// Line counts from 1.
	Line int `json:"line"`
	// Field is the way to the field: groups[2].pay.cents, lists counted from 0. It
	// is "" for the text as a whole.
	Field string `json:"field"`
	Code  Code   `json:"code"`
	// Value is what stands there or is meant, where that may be told.
	Value string `json:"value,omitempty"`
}

// String is the finding on one line: FILE:LINE: FIELD: CODE (VALUE).
func (f Finding) String() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File + ":")
	}
	fmt.Fprintf(&b, "%d: ", f.Line)
	if f.Field != "" {
		b.WriteString(f.Field + ": ")
	}
	b.WriteString(string(f.Code))
	if f.Value != "" {
		b.WriteString(" (" + f.Value + ")")
	}
	return b.String()
}

// List is everything that is wrong. As an error it is returned through
// [List.Err].
type List []Finding

// Error has one line for each finding.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// Err returns the list as an error, nil for an empty one.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Sort puts the findings in the order of files and lines.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
