package egk

import (
	"fmt"

	"schalter/domain/problem"
)

// Fault says why a card could not be read, so that a screen can say what to do.
// It is an error itself: errors.Is(err, egk.Pulled).
type Fault uint8

// The faults: of the connection, of the card as a whole, of a command, of what a
// file holds.
const (
	// Pulled: the card does not answer any more.
	Pulled Fault = iota + 1
	// ReaderFailed: the reader reports an error, the cause of [Error].
	ReaderFailed
	// BadAnswer: the card answers more than it was asked for, or without end.
	BadAnswer

	// NotHealthCard: a card of another kind.
	NotHealthCard
	// Deactivated: the card, or the application on it, is switched off (6283).
	Deactivated

	// WrongLength: card or reader refuse the length of a command (6700).
	WrongLength
	// AccessDenied: the file may not be read this way (6982); without contacts,
	// every file.
	AccessDenied
	// NoCurrentFile: the card lost the file being read (6986), after a reset or
	// by another program.
	NoCurrentFile
	// FileMissing: there is no such file (6A82).
	FileMissing
	// OffsetOutside: a position on the card lies outside of its file (6B00).
	OffsetOutside
	// StatusUnexpected: any other status, see Status of [Error].
	StatusUnexpected

	// Truncated: a file ends before its content does.
	Truncated
	// BadLayout: a length, offset or number that cannot be.
	BadLayout
	// BadCompression: no gzip, or a wrong check sum.
	BadCompression
	// TooLarge: unpacked, the content is larger or more deeply nested than any
	// health card's.
	TooLarge
	// BadEncoding: the characters are not in the encoding the XML names, or that
	// one is not supported.
	BadEncoding
	// BadXML: not well-formed, with declarations, or another document.
	BadXML
	// BadSchema: a major version that is not known.
	BadSchema
	// BadContent: a required field is missing or wrong, see Problems of [Error].
	BadContent
)

// Faults returns every fault, for those who must have a sentence for each.
func Faults() []Fault {
	return []Fault{
		Pulled, ReaderFailed, BadAnswer, NotHealthCard, Deactivated, WrongLength, AccessDenied,
		NoCurrentFile, FileMissing, OffsetOutside, StatusUnexpected, Truncated, BadLayout,
		BadCompression, TooLarge, BadEncoding, BadXML, BadSchema, BadContent,
	}
}

// Error is the fault for the log.
func (f Fault) Error() string {
	switch f {
	case Pulled:
		return "the card was pulled"
	case ReaderFailed:
		return "the reader failed"
	case BadAnswer:
		return "the card answers more than was asked"
	case NotHealthCard:
		return "not a health card"
	case Deactivated:
		return "the card is deactivated"
	case WrongLength:
		return "the length was refused"
	case AccessDenied:
		return "access was denied"
	case NoCurrentFile:
		return "the file is no longer selected"
	case FileMissing:
		return "there is no such file"
	case OffsetOutside:
		return "a position lies outside of the file"
	case StatusUnexpected:
		return "unexpected status"
	case Truncated:
		return "the file ends before its content"
	case BadLayout:
		return "a length, offset or number cannot be"
	case BadCompression:
		return "the content cannot be unpacked"
	case TooLarge:
		return "the content is too large"
	case BadEncoding:
		return "the characters are not in the encoding named"
	case BadXML:
		return "the XML cannot be read"
	case BadSchema:
		return "the schema is not known"
	case BadContent:
		return "a required field is missing or wrong"
	}
	return "unknown fault"
}

// Error is what [Read] answers about a card it could not read. It never holds
// anything the card said but the status word.
type Error struct {
	File  File
	Fault Fault
	// Status is what the card answered, 0 if the fault is none of a command.
	Status StatusWord
	// Problems are those of required fields, with BadContent: kvnr, surname,
	// birth_date, insurer_ik, iccsn.
	Problems problem.List
	// UpdateOpen: the card had said that an update is not finished, so that the
	// damage is no surprise.
	UpdateOpen bool
	// cause is the reader's own error.
	cause error
}

// Error is the line for the log.
func (e *Error) Error() string {
	s := fmt.Sprintf("egk: %s: %v", e.File, e.Fault)
	switch {
	case e.Status != 0:
		return fmt.Sprintf("%s: status %04X", s, uint16(e.Status))
	case len(e.Problems) > 0:
		return s + ": " + e.Problems.Error()
	case e.cause != nil:
		return s + ": " + e.cause.Error()
	}
	return s
}

// Unwrap gives the fault, the problems and the reader's error to errors.Is and
// errors.As.
func (e *Error) Unwrap() []error {
	errs := []error{e.Fault}
	if len(e.Problems) > 0 {
		errs = append(errs, e.Problems)
	}
	if e.cause != nil {
		errs = append(errs, e.cause)
	}
	return errs
}
