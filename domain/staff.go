package domain

import (
	"time"

	"schalter/domain/rights"
)

// StaffID is the number of a login; 0 is none.
type StaffID uint64

// PersonID is the number of a natural person. One person may have several
// logins; a second person is always another PersonID.
type PersonID uint64

// Lookup is a keyed hash of a value (HMAC-SHA-256 cut to 16 bytes): it finds
// and compares without telling.
type Lookup [16]byte

// Staff is one login of one natural person.
type Staff struct {
	ID       StaffID        `cbor:"-"`
	Person   PersonID       `cbor:"1,keyasint"`
	Login    string         `cbor:"2,keyasint"` // lower case letters, digits, dot, dash
	Name     string         `cbor:"3,keyasint"` // as shown: K. Beispiel
	Roles    rights.RoleSet `cbor:"4,keyasint"`
	Branch   string         `cbor:"5,keyasint,omitempty"`
	Disabled bool           `cbor:"6,keyasint,omitempty"`
	Since    time.Time      `cbor:"7,keyasint"`
	// Related holds the keyed hashes of the person's own and named relatives'
	// KVNR: on those records every operation is refused to this person alone.
	Related []Lookup `cbor:"8,keyasint,omitempty"`
}

// Ref implements Record.
func (s Staff) Ref() Ref { return Ref{KindStaff, uint64(s.ID)} }

// Actor is who acts, in which role set, on which way and at which seat. A use
// case takes it from the login, never from the request.
type Actor struct {
	Staff   StaffID
	Person  PersonID
	Login   string
	Name    string
	Roles   rights.RoleSet
	Channel rights.Channel
	Branch  string
	Seat    string
	// Practice: nothing real is in reach.
	Practice bool
}

// Tally counts what one natural person did lately, with whichever login, for
// limits that are checked inside the write. Times are Unix seconds, oldest
// first, not older than a day.
type Tally struct {
	Person    PersonID `cbor:"-"`
	HandedOut []int64  `cbor:"1,keyasint,omitempty"`
	Narrow    []int64  `cbor:"2,keyasint,omitempty"` // searches that are limited
	Missed    []int64  `cbor:"3,keyasint,omitempty"` // names with a birth date that nobody has
}

// Ref implements Record.
func (t Tally) Ref() Ref { return Ref{KindTally, uint64(t.Person)} }
