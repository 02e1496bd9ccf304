package memberfile

import "strconv"

// Reason says why a line was rejected. It is stable and meant for machines; the
// text catalogue has a sentence for each.
type Reason string

// The reasons that concern a value.
const (
	// Required: the value must be there, here or because of another one.
	Required Reason = "required"
	// Unclean: escape sequences, controls, bidi overrides or invisible characters.
	Unclean Reason = "unclean"
	// Encoding: bytes that do not fit the file's encoding, or the replacement
	// character of a conversion that went wrong earlier.
	Encoding Reason = "encoding"
	// TooLong: more characters than the column holds.
	TooLong Reason = "too_long"
	// Format: not the shape of such a value.
	Format Reason = "format"
	// CheckDigit: the check digit of a KVNR does not fit.
	CheckDigit Reason = "check_digit"
	// Issuer: a card of another country.
	Issuer Reason = "issuer"
	// Day: a day that does not exist, or an unknown part where none may be.
	Day Reason = "date"
	// Implausible: a day before 1900, or one in the future that cannot be.
	Implausible Reason = "implausible"
	// Order: an end before its beginning.
	Order Reason = "order"
	// Word: none of the words the column knows.
	Word Reason = "word"
	// Script: letters that are not Latin.
	Script Reason = "script"
	// Formula: begins like a formula of a spreadsheet.
	Formula Reason = "formula"
	// Unexpected: a value that does not go with another one, such as a main
	// member for somebody who is not family-insured.
	Unexpected Reason = "unexpected"
	// Conflict: differs from the line before about the same member or card.
	Conflict Reason = "conflict"
	// TooMany: more cards than a member can have.
	TooMany Reason = "too_many"
)

// The reasons that concern a line as such.
const (
	// Cells: more or fewer cells than the header has.
	Cells Reason = "cells"
	// Quote: a quote where none can stand, or one that is not closed.
	Quote Reason = "quote"
	// LineBreak: a quoted cell that runs over lines.
	LineBreak Reason = "line_break"
	// LineTooLong: more than a mebibyte.
	LineTooLong Reason = "line_too_long"
	// Truncated: the file ends in the middle of the line.
	Truncated Reason = "truncated"
	// Syntax: no JSON object.
	Syntax Reason = "syntax"
	// Type: a JSON value of another type than the field's: a number, a list.
	Type Reason = "type"
	// RepeatedKey: a key that stands twice in a JSON object.
	RepeatedKey Reason = "repeated_key"
	// UnknownKey: a key of a JSON object that is none of this format.
	UnknownKey Reason = "unknown_key"
)

// AllReasons lists every reason.
func AllReasons() []Reason {
	return []Reason{
		Required, Unclean, Encoding, TooLong, Format, CheckDigit, Issuer, Day, Implausible, Order,
		Word, Script, Formula, Unexpected, Conflict, TooMany,
		Cells, Quote, LineBreak, LineTooLong, Truncated, Syntax, Type, RepeatedKey, UnknownKey,
	}
}

// Reject tells of a line that was not taken. Field is the name of a column, ""
// where the line as such is meant; nothing of the content is in it.
type Reject struct {
	Line   int // from 1, the header included
	Field  string
	Reason Reason
}

// String is the line of the report: 17;birth_date;date.
func (r Reject) String() string {
	return strconv.Itoa(r.Line) + ";" + r.Field + ";" + string(r.Reason)
}
