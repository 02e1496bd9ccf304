package domain

import (
	"time"

	"schalter/domain/bonus"
	"schalter/domain/ik"
)

// Settings are the policy values of a database. They are sealed in it; only an
// admin with a second person changes them.
type Settings struct {
	Insurer  string   `cbor:"1,keyasint"`
	IK       ik.IK    `cbor:"2,keyasint"`
	AppHost  string   `cbor:"3,keyasint"` // host of the activation link
	Branches []Branch `cbor:"4,keyasint"`
	// Practice marks a database of invented people; it is set when the database
	// is created and never changes.
	Practice bool `cbor:"5,keyasint,omitempty"`

	CodeValidity time.Duration `cbor:"6,keyasint"` // 15 minutes to 7 days
	HideCode     time.Duration `cbor:"7,keyasint"` // until a shown code is hidden
	IdleLock     time.Duration `cbor:"8,keyasint"` // until an idle seat locks
	MaxPerHour   int           `cbor:"9,keyasint"` // codes one person hands out alone
	MaxPerDay    int           `cbor:"10,keyasint"`

	// MRZ: machine-readable zones may be read. MRZBasis is the stated basis.
	MRZ      bool   `cbor:"11,keyasint,omitempty"`
	MRZBasis string `cbor:"12,keyasint,omitempty"`

	// BookletAlone is the most, in cents, that the person who entered a booklet
	// decides alone.
	BookletAlone bonus.Cents `cbor:"21,keyasint,omitempty"`
}

// Branch is a Geschäftsstelle with its seats.
type Branch struct {
	Name  string   `cbor:"1,keyasint"`
	Phone string   `cbor:"2,keyasint,omitempty"` // for the slip
	Seats []string `cbor:"3,keyasint,omitempty"`
}

// Ref implements Record: there is one.
func (s Settings) Ref() Ref { return Ref{KindSettings, 1} }

// DefaultSettings are the usual values for everything that has one.
func DefaultSettings() Settings {
	return Settings{
		CodeValidity: 72 * time.Hour,
		HideCode:     2 * time.Minute,
		IdleLock:     3 * time.Minute,
		MaxPerHour:   8,
		MaxPerDay:    30,
		BookletAlone: 100_00,
	}
}
