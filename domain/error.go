// Package domain holds the nouns of the counter: members, staff, codes, visits,
// evidence and what the journal says about them. It does no I/O, reads no clock
// and knows no terminal. Rules that need more than one noun live in the use
// cases of package desk.
//
// Fields carry permanent numbers (`cbor:"n,keyasint"`) under which the store
// encodes them: a number is never given to another field.
package domain

import "fmt"

// Kind sorts errors by what can be done about them. One table turns a kind into
// an exit status, later into an HTTP status.
type Kind uint8

// The kinds of error.
const (
	// Invalid: the input is not what was asked for; typing it again helps.
	Invalid Kind = iota + 1
	// Refused: a rule says no; nothing that is typed changes it.
	Refused
	// Conflict: somebody else changed the same thing meanwhile; look again.
	Conflict
	// NotFound: there is no such thing.
	NotFound
	// Locked: closed for a while, see Error.Until.
	Locked
	// Unavailable: something outside does not answer; later may help.
	Unavailable
	// Internal: our fault; the log has the details, the screen has not.
	Internal
)

// Reason is the stable code of a refusal or error. Machines match it, the text
// catalogue has a sentence and a hint for each, and the journal stores it.
type Reason string

// Error is what a use case answers when it did not do what was asked. It never
// holds a name, a number of a person, a card or a document, or a code.
type Error struct {
	Kind   Kind
	Reason Reason
	// Field names the input that is meant, if one is.
	Field string
	// Until is the Unix time in seconds at which a lock ends; 0 for none.
	Until int64
	// Clock and Newest are for a clock that was set back: what it shows, and what
	// the newest journal entry says (Unix seconds); 0 for none.
	Clock, Newest int64
	// Count and Max tell "3 of 5" where the sentence needs it.
	Count, Max int
	// cause goes to the log only.
	cause error
}

// Error is the line for the log: kind, reason, field and cause.
func (e *Error) Error() string {
	s := string(e.Reason)
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	if e.cause != nil {
		s = fmt.Sprintf("%s: %v", s, e.cause)
	}
	return s
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is an *Error of the same reason, so that
// errors.Is(err, domain.Fail(domain.Refused, r)) asks for the reason alone.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

// Fail makes an error of a kind and a reason.
func Fail(k Kind, r Reason) *Error { return &Error{Kind: k, Reason: r} }

// WithField returns a copy that names the input.
func (e *Error) WithField(field string) *Error { c := *e; c.Field = field; return &c }

// WithCause returns a copy that keeps the cause for the log.
func (e *Error) WithCause(err error) *Error { c := *e; c.cause = err; return &c }

// WithCount returns a copy that says count of max.
func (e *Error) WithCount(count, max int) *Error { c := *e; c.Count, c.Max = count, max; return &c }

// WithClock returns a copy that says what the computer's clock shows and what the
// newest journal entry says (Unix seconds).
func (e *Error) WithClock(shows, newest int64) *Error {
	c := *e
	c.Clock, c.Newest = shows, newest
	return &c
}

// WithUntil returns a copy that says when the lock ends (Unix seconds).
func (e *Error) WithUntil(unix int64) *Error { c := *e; c.Until = unix; return &c }
