package domain

import (
	"time"

	"schalter/domain/code"
	"schalter/domain/rights"
)

// CodeState is the state of an activation code.
type CodeState uint8

// The states. Live is the only one that leads on.
const (
	CodeLive CodeState = iota + 1
	CodeRedeemed
	CodeExpired
	CodeRevoked
	CodeSuperseded
	CodeBurned
)

// Purpose is why a code is handed out.
type Purpose uint8

// The purposes.
const (
	FirstActivation Purpose = iota + 1
	NewDevice
	AfterBlock
	AfterDeletion
)

// DocumentKind is the official photo ID that was seen. Its number is never kept.
type DocumentKind uint8

// The kinds of document.
const (
	IdentityCard        DocumentKind = iota + 1 // Personalausweis
	Passport                                    // Reisepass
	ResidencePermit                             // Aufenthaltstitel
	ForeignIdentityCard                         // identity card of an EU/EEA state or Switzerland
)

// ActivationCode is one code. Only a hash is kept; the code itself was shown
// once.
type ActivationCode struct {
	Case         code.Case        `cbor:"1,keyasint"`
	Hash         code.Hash        `cbor:"2,keyasint"`
	State        CodeState        `cbor:"3,keyasint"`
	Purpose      Purpose          `cbor:"4,keyasint"`
	Document     DocumentKind     `cbor:"5,keyasint"`
	Assurance    rights.Assurance `cbor:"6,keyasint"`
	Staff        StaffID          `cbor:"7,keyasint"`
	Branch       string           `cbor:"8,keyasint,omitempty"`
	CreatedAt    time.Time        `cbor:"9,keyasint"`
	ExpiresAt    time.Time        `cbor:"10,keyasint"`
	HandedOverAt time.Time        `cbor:"11,keyasint,omitempty"`
	EndedAt      time.Time        `cbor:"12,keyasint,omitempty"` // when State became final
	// Second is the second person who agreed to the code, if one had to.
	Second StaffID `cbor:"13,keyasint,omitempty"`
	// Representative acted for the member, shown by Proof.
	Representative Representative `cbor:"14,keyasint,omitempty"`
	Proof          Proof          `cbor:"15,keyasint,omitempty"`
	// Redeemed is the backend's key of the request that redeemed it.
	Redeemed RequestID `cbor:"16,keyasint,omitempty"`
}

// StateAt is the state at a time: a live code past its end is expired, whether
// or not anybody has written that down yet.
func (c ActivationCode) StateAt(now time.Time) CodeState {
	if c.State == CodeLive && !now.Before(c.ExpiresAt) {
		return CodeExpired
	}
	return c.State
}

// Codes are all activation codes of one member, oldest first. They are one
// record, so that two people cannot leave two live codes: the later write meets
// a revision that no longer holds.
type Codes struct {
	Member MemberID         `cbor:"-"`
	List   []ActivationCode `cbor:"1,keyasint"`
}

// Ref implements Record.
func (c Codes) Ref() Ref { return Ref{KindCodes, uint64(c.Member)} }

// Live returns the index of the live code at a time, or -1.
func (c Codes) Live(now time.Time) int {
	for i := range c.List {
		if c.List[i].StateAt(now) == CodeLive {
			return i
		}
	}
	return -1
}

// Showing marks a code that is on a screen and not handed over yet. When the
// process ends in that moment, the next start finds the mark and revokes it.
type Showing struct {
	Case   code.Case `cbor:"1,keyasint"`
	Member MemberID  `cbor:"2,keyasint"`
}

// Ref implements Record: there is one for each case. A case number is seven
// symbols of five bits and so a number of its own.
func (s Showing) Ref() Ref { return Ref{KindShowing, s.Case.Number()} }
