package domain

import (
	"strings"
	"time"

	"schalter/domain/code"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
)

// MemberID is the store's own number of a member, given in order of arrival; 0
// is no member.
type MemberID uint64

// Pseudonym stands for a member in the journal: 16 random bytes that lead to
// the member only through the member's own record, so that erasing the record
// makes the entries anonymous.
type Pseudonym [16]byte

// Sex is the entry of the insured person's record: m, w, x or d; 0 unknown.
type Sex byte

// Member is an insured person, keyed by KVNR. Field lengths follow the card's
// XML schema (gematik Schema_VSD 5.2.0): names at most 45 characters.
type Member struct {
	ID        MemberID  `cbor:"-"`
	KVNR      kvnr.KVNR `cbor:"1,keyasint"`
	Pseudonym Pseudonym `cbor:"2,keyasint"`
	Name      Name      `cbor:"3,keyasint"`
	BirthDate date.Date `cbor:"4,keyasint,omitempty"`
	Sex       Sex       `cbor:"5,keyasint,omitempty"`
	Address   Address   `cbor:"6,keyasint"`
	Contact   Contact   `cbor:"7,keyasint"`
	Insurance Insurance `cbor:"8,keyasint"`
	Deceased  bool      `cbor:"9,keyasint,omitempty"`
	Cards     []Card    `cbor:"10,keyasint,omitempty"`
	// Order is the newest card ordered here; its number is not known yet.
	Order CardOrder `cbor:"11,keyasint,omitempty"`
}

// CardOrder is a card that was ordered here.
type CardOrder struct {
	Case code.Case `cbor:"1,keyasint,omitempty"`
	At   time.Time `cbor:"2,keyasint,omitempty"`
}

// Ref implements Record.
func (m Member) Ref() Ref { return Ref{KindMember, uint64(m.ID)} }

// Name is a person's name in its parts, as stored by the insurer.
type Name struct {
	Title     string `cbor:"1,keyasint,omitempty"` // Titel: Dr.
	Given     string `cbor:"2,keyasint,omitempty"` // Vornamen
	Prefix    string `cbor:"3,keyasint,omitempty"` // Vorsatzwort: von, van der
	Surname   string `cbor:"4,keyasint,omitempty"` // Nachname
	Suffix    string `cbor:"5,keyasint,omitempty"` // Namenszusatz: Freiherr
	BirthName string `cbor:"6,keyasint,omitempty"` // Geburtsname
}

// Address is the address letters go to.
type Address struct {
	Street      string    `cbor:"1,keyasint,omitempty"`
	HouseNumber string    `cbor:"2,keyasint,omitempty"`
	Extra       string    `cbor:"3,keyasint,omitempty"`
	Postcode    string    `cbor:"4,keyasint,omitempty"`
	City        string    `cbor:"5,keyasint,omitempty"`
	Country     string    `cbor:"6,keyasint,omitempty"` // DEÜV country code, "D" for Germany
	ChangedOn   date.Date `cbor:"7,keyasint,omitempty"`
}

// Contact is how the member is reached.
type Contact struct {
	Email         string `cbor:"1,keyasint,omitempty"`
	EmailVerified bool   `cbor:"2,keyasint,omitempty"`
	Phone         string `cbor:"3,keyasint,omitempty"`
}

// InsuredAs is the Versichertenart: 1 member, 3 family, 5 pensioner (VSD schema).
type InsuredAs uint8

// The kinds of insurance.
const (
	AsMember    InsuredAs = 1
	AsFamily    InsuredAs = 3
	AsPensioner InsuredAs = 5
)

// Relation is how a family-insured person belongs to the main member.
type Relation uint8

// The relations; 0 is none.
const (
	Spouse Relation = iota + 1
	Child
	OtherRelation
)

// Insurance is the insurance relationship.
type Insurance struct {
	As           InsuredAs `cbor:"1,keyasint,omitempty"`
	Main         kvnr.KVNR `cbor:"2,keyasint,omitempty"` // of the main member, family only
	Relation     Relation  `cbor:"3,keyasint,omitempty"`
	From         date.Date `cbor:"4,keyasint,omitempty"`
	To           date.Date `cbor:"5,keyasint,omitempty"`
	TerminatedOn date.Date `cbor:"6,keyasint,omitempty"` // notice given on
	WithdrawnOn  date.Date `cbor:"7,keyasint,omitempty"` // notice taken back on
}

// CardStatus is the state of a health card.
type CardStatus uint8

// The states of a card.
const (
	CardActive CardStatus = iota + 1
	CardBlocked
	CardOrdered
)

// Card is a health card (eGK) of a member.
type Card struct {
	ICCSN     iccsn.ICCSN `cbor:"1,keyasint"`
	ValidFrom date.Date   `cbor:"2,keyasint,omitempty"`
	ValidTo   date.Date   `cbor:"3,keyasint,omitempty"`
	Status    CardStatus  `cbor:"4,keyasint,omitempty"`
	// BlockedHere: this counter blocked it; an import never takes that back.
	BlockedHere bool `cbor:"5,keyasint,omitempty"`
}

// Usable reports whether the card counts as evidence on the day: active and
// within its dates. An unknown date does not stand against it.
func (c Card) Usable(on date.Date) bool {
	return c.Status == CardActive && !c.Expired(on) && (c.ValidFrom.IsZero() || c.ValidFrom <= on)
}

// Expired reports whether the card's last day lies before on.
func (c Card) Expired(on date.Date) bool { return !c.ValidTo.IsZero() && c.ValidTo < on }

// Ended reports whether only the operations that outlive the insurance are left:
// the member is deceased, or the insurance has ended before the day.
func (m Member) Ended(on date.Date) bool {
	return m.Deceased || !m.Insurance.To.IsZero() && m.Insurance.To < on
}

// Listed is the name as lists show it: Dr. von Mühlen, Anton.
func (n Name) Listed() string {
	family := words(n.Title, n.Prefix, n.Surname, n.Suffix)
	if n.Given == "" {
		return family
	}
	return family + ", " + n.Given
}

func words(parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}
