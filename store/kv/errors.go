package kv

import "errors"

// What an engine can answer instead of doing what it was asked. Engines wrap
// them with what they were doing; compare with [errors.Is].
var (
	// ErrNotFound means that no pair has this key.
	ErrNotFound = errors.New("not found")
	// ErrConflict means that a guard does not hold: someone else was first.
	// Which one is not said, because not every engine can know. Read again,
	// decide again.
	ErrConflict = errors.New("changed by someone else")
	// ErrInvalid means that a batch is malformed: an empty or overlong key, a
	// key named twice, a deletion with a value. It is a fault of the caller.
	ErrInvalid = errors.New("malformed batch")
	// ErrTooLarge means that a batch exceeds the limits. Split it.
	ErrTooLarge = errors.New("batch exceeds the limits")
	// ErrReadOnly means that the engine may read but not write.
	ErrReadOnly = errors.New("read-only")
	// ErrFull means that there is no room for the change on the medium, in the
	// quota or under the configured size. Nothing was written and what is
	// there can be read.
	ErrFull = errors.New("no space left")
	// ErrUnknown means that the engine cannot tell whether the commit happened,
	// or whether it would survive a crash. Read before writing again.
	ErrUnknown = errors.New("outcome unknown")
	// ErrUnavailable means that the medium or the peers of the engine do not
	// answer as they should. Nothing was written.
	ErrUnavailable = errors.New("storage not available")
	// ErrDamaged means that what is stored contradicts itself. The engine
	// writes no more, so that nothing is made worse.
	ErrDamaged = errors.New("stored data is damaged")
	// ErrCompacted ends a watch that asks for commits the engine no longer
	// remembers. Read the span anew.
	ErrCompacted = errors.New("change history no longer kept")
	// ErrClosed means that the engine was closed.
	ErrClosed = errors.New("closed")
)
