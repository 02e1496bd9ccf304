package mrz

import (
	"schalter/domain/date"
	"schalter/domain/problem"
)

// Result describes a machine-readable zone for people and machines: what
// "schalter check mrz" prints. Dates are ISO 8601 with 00 for an unknown part;
// what could not be read is "".
type Result struct {
	Kind string `json:"kind"` // mrz
	// Valid: nothing is wrong but, perhaps, that the document has expired, which
	// is among the problems all the same.
	Valid bool `json:"valid"`
	// Normal is always empty: the normal form of a zone holds the document's
	// number.
	Normal       string            `json:"normal"`
	Problems     []problem.Problem `json:"problems"` // never nil
	Format       string            `json:"format"`   // TD1, TD2 or TD3
	DocumentType string            `json:"document_type"`
	Issuer       string            `json:"issuer"`
	Nationality  string            `json:"nationality"`
	Surname      string            `json:"surname"`
	GivenNames   string            `json:"given_names"`
	BirthDate    date.Date         `json:"birth_date"`
	ExpiryDate   date.Date         `json:"expiry_date"`
	Sex          string            `json:"sex"` // F, M or ""
	Checks       Checks            `json:"checks"`
	// LayoutSwapped: see [Document]. It is about the scanner, not the document.
	LayoutSwapped bool `json:"-"`
}

// Inspect reads a text as [ParseText] does and describes it.
func Inspect(text string, today date.Date) Result {
	d, problems := ParseText(text, today)
	return Result{
		Kind:          fieldMRZ,
		Valid:         Valid(problems),
		Problems:      problems.Plain(),
		Format:        d.Format.String(),
		DocumentType:  d.Type,
		Issuer:        d.Issuer,
		Nationality:   d.Nationality,
		Surname:       d.Surname,
		GivenNames:    d.GivenNames,
		BirthDate:     d.BirthDate,
		ExpiryDate:    d.ExpiryDate,
		Sex:           d.Sex.String(),
		Checks:        d.Checks,
		LayoutSwapped: d.LayoutSwapped,
	}
}
