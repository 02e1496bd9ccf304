package egk

import (
	"fmt"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/ik"
	"schalter/domain/kvnr"
)

// Card is what a health card says. KVNR, surname, birth date and the insurer's
// IK are there and valid on every card that [Read] returns; a zero value
// elsewhere means that the card does not say, see [Card.Absent].
//
// Nobody updates a card after its issue any more: what it says of address and
// insurance may be old, and the insurer's own record decides.
type Card struct {
	ICCSN     iccsn.ICCSN
	Status    Status
	Schema    Version // of the personal data: 5.2.0
	KVNR      kvnr.KVNR
	Name      Name
	BirthDate date.Date // day, or day and month, may be unknown
	Sex       Sex
	Address   Address
	POBox     POBox // beside the address or instead of it
	Insurer   Insurer
	Billing   Insurer // AbrechnenderKostentraeger, if it is another one
	InsuredAs InsuredAs
	From, To  date.Date // From without To: not limited
	WOP       WOP

	// Unreadable lists fields that are on the card with a value that its schema
	// does not allow. They are empty, but not absent.
	Unreadable []Field
	// Warnings lists what staff must know although the card could be read.
	Warnings []Warning
}

// Listed is the name as lists show it: Dr. von Mühlen, Anton.
func (c Card) Listed() string {
	n := c.Name
	return domain.Name{Title: n.Title, Given: n.Given, Prefix: n.Prefix, Surname: n.Surname, Suffix: n.Suffix}.Listed()
}

// Name is the name in its parts. Only the surname is on every card.
type Name struct {
	Title   string // Titel: Prof. Dr.
	Given   string // Vorname: up to five, separated by spaces or hyphens
	Prefix  string // Vorsatzwort: von, van der
	Surname string // Nachname
	Suffix  string // Namenszusatz: Freiherr
}

// Address is a StrassenAdresse. The house number may be part of the street.
type Address struct {
	Street      string
	HouseNumber string
	Extra       string // Anschriftenzusatz: Hinterhaus
	Postcode    string
	City        string
	Country     string // DEÜV code of at most three letters, "D" for Germany
}

// POBox is a PostfachAdresse.
type POBox struct {
	Number   string
	Postcode string
	City     string
	Country  string // as in Address
}

// Insurer is a Kostentraeger.
type Insurer struct {
	IK      ik.IK
	Name    string
	Country string // DEÜV code, "D" for Germany
}

// Sex is the card's entry in lower case: m, w, x (unbestimmt) or d (divers); 0
// if the card does not say.
type Sex byte

// InsuredAs is the Versichertenart; 0 if the card does not say.
type InsuredAs uint8

// The kinds of insurance, numbered as on the card.
const (
	AsMember    InsuredAs = 1 // Mitglied
	AsFamily    InsuredAs = 3 // Familienversicherter
	AsPensioner InsuredAs = 5 // Rentner und ihre Familienangehörigen
)

// WOP is the mark of the association of physicians at the place of residence
// (Wohnortprinzip): two digits, 38 for Nordrhein; "" if the card does not say.
type WOP string

// Status is the content of EF.StatusVD.
type Status struct {
	// Open: an update of the data was begun and not finished. What the files
	// hold may belong together or not.
	Open bool
	// At is when the data was last written, as written: the card names no zone,
	// and the value stands in UTC. Zero if the card holds no such time.
	At time.Time
	// Schema is the version of the XML, Storage that of the files' layout; zero
	// if the card holds no number there.
	Schema, Storage Version
}

// Version is a version of a schema or layout.
type Version struct{ Major, Minor, Patch int }

// String returns 5.2.0, and "" for no version.
func (v Version) String() string {
	if v == (Version{}) {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
}

// Warning is something that stands against relying on what was read.
type Warning uint8

// The warnings.
const (
	// UpdateOpen: an update of the card was begun and not finished.
	UpdateOpen Warning = iota + 1
	// StatusUnknown: whether an update is open cannot be told.
	StatusUnknown
	// MayBeCorrupt: the card itself says that its data may be damaged (6281).
	MayBeCorrupt
	// SchemaNewer: a schema later than 5.3, of which only the known parts were
	// read.
	SchemaNewer
)

// Warnings returns every warning, for those who must have a sentence for each.
func Warnings() []Warning {
	return []Warning{UpdateOpen, StatusUnknown, MayBeCorrupt, SchemaNewer}
}

// String is the name of the warning for machines.
func (w Warning) String() string {
	switch w {
	case UpdateOpen:
		return "update_open"
	case StatusUnknown:
		return "status_unknown"
	case MayBeCorrupt:
		return "may_be_corrupt"
	case SchemaNewer:
		return "schema_newer"
	}
	return "unknown"
}
