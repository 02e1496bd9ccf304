package mrz

import (
	"strings"

	"schalter/domain/date"
	"schalter/domain/problem"
)

// Sex is what the zone says of it. German identity cards never say it, and other
// documents leave it out for people who are neither.
type Sex uint8

// The entries.
const (
	Unspecified Sex = iota
	Female
	Male
)

// String returns F, M or "".
func (s Sex) String() string {
	switch s {
	case Female:
		return "F"
	case Male:
		return "M"
	}
	return ""
}

// Names of the fields in problems and in the JSON form.
const (
	fieldMRZ         = "mrz" // the zone as a whole
	fieldType        = "document_type"
	fieldIssuer      = "issuer"
	fieldNumber      = "document_number"
	fieldNationality = "nationality"
	fieldSurname     = "surname"
	fieldGivenNames  = "given_names"
	fieldBirthDate   = "birth_date"
	fieldExpiryDate  = "expiry_date"
	fieldSex         = "sex"
	fieldOptional    = "optional_data"
	fieldComposite   = "composite"
)

// Document is what a machine-readable zone says about its holder and itself,
// without the document's number. A field that cannot be read is empty; one whose
// check digit fails is there as read, and Checks tells.
type Document struct {
	Format      Format
	Type        string // document code without fillers: ID, P, AR
	Kind        Kind
	Issuer      string // state code without fillers: D, UTO
	Nationality string // state code without fillers
	Surname     string // as printed, a space for every filler: VON MUEHLEN
	GivenNames  string // as printed, a space for every filler; may be empty
	BirthDate   date.Date
	ExpiryDate  date.Date
	Sex         Sex
	Checks      Checks
	// LayoutSwapped: the text made sense only with Y and Z exchanged, or came
	// with ; for <. The keyboard layout set in the scanner is not the computer's.
	LayoutSwapped bool
}

// Expired reports whether the document is no longer valid on a day. Its last day
// is valid. A document whose expiry date could not be read counts as expired:
// nothing shows that it is not.
func (d Document) Expired(on date.Date) bool { return d.ExpiryDate < on }

// BornOn reports whether the zone's birth date, of whose year only two digits are
// printed, can be the date on record; so a person of 104 is not taken for a
// child of four. It is the only comparison that sees both dates: BirthDate itself
// is the latest day that is not in the future. A part that the document leaves
// out is not confirmed, see [date.Date.Confirms].
func (d Document) BornOn(record date.Date) bool {
	const century = 100 * 1_00_00
	if d.BirthDate.Confirms(record) {
		return true
	}
	return d.BirthDate > century && (d.BirthDate - century).Confirms(record)
}

// Valid reports whether nothing but the date stands against a document with
// these problems.
func Valid(problems problem.List) bool {
	for _, p := range problems {
		if p.Code != problem.Expired {
			return false
		}
	}
	return true
}

// Parse reads a machine-readable zone of clean lines, which have the size of a
// format; for what a scanner sends or staff paste there is [ParseText]. today
// settles the centuries and what has expired. The problems are those of all
// fields, in the order of the constants above; with lines of another size it is
// the one problem mrz: length and the document is empty.
func Parse(lines []string, today date.Date) (Document, problem.List) {
	z, ok := fit(lines)
	if !ok {
		return Document{}, problem.New(fieldMRZ, problem.Length)
	}
	r := reader{zone: z}
	d := Document{Format: z.format, Checks: z.checks()}
	d.Type = r.docType()
	d.Issuer = r.state(fieldIssuer, z.issuer)
	r.documentNumber(d.Checks.DocumentNumber)
	d.Nationality = r.state(fieldNationality, z.nationality)
	d.Surname, d.GivenNames = r.names()
	d.BirthDate = r.birthDate(today)
	r.checked(fieldBirthDate, d.Checks.BirthDate)
	d.ExpiryDate = r.expiryDate(today)
	r.checked(fieldExpiryDate, d.Checks.ExpiryDate)
	d.Sex = r.sexEntry()
	r.checked(fieldOptional, z.checkOptional())
	r.checked(fieldComposite, d.Checks.Composite)
	d.Kind = kindOf(d.Format, d.Type, d.Issuer, d.Nationality)
	return d, r.problems
}

// reader reads the fields of a zone and collects what is wrong with each.
type reader struct {
	zone
	problems problem.List
}

func (r *reader) wrong(field string, code problem.Code) {
	r.problems = append(r.problems, problem.Problem{Field: field, Code: code})
}

// checked notes a check digit that fails.
func (r *reader) checked(field string, v Verdict) {
	if v == Fails {
		r.wrong(field, problem.CheckDigit)
	}
}

// docType reads the document code. A visa's zone is laid out otherwise, so that
// nothing below would be what it seems.
func (r *reader) docType() string {
	code := strings.TrimRight(r.at(r.zone.docType), "<")
	switch {
	case code == "":
		r.wrong(fieldType, problem.Format)
	case strings.Trim(code, upperCase) != "":
		r.wrong(fieldType, problem.Alphabet)
		return ""
	case code[0] == 'V':
		r.wrong(fieldType, problem.Format)
	}
	return code
}

// documentNumber tests the number and keeps nothing of it.
func (r *reader) documentNumber(v Verdict) {
	if _, ok := checkDigit(r.at(r.number)); !ok {
		r.wrong(fieldNumber, problem.Alphabet)
	}
	r.checked(fieldNumber, v)
}

// state reads the code of a state.
func (r *reader) state(field string, s span) string {
	code := strings.TrimRight(r.at(s), "<")
	switch {
	case code == "":
		r.wrong(field, problem.Format)
	case strings.Trim(code, upperCase) != "":
		r.wrong(field, problem.Alphabet)
		return ""
	case !knownState(code):
		r.wrong(field, problem.Issuer)
	}
	return code
}

// names reads both names. A zone without two fillers in a row has a surname
// only; every filler after them is a gap between given names.
func (r *reader) names() (surname, given string) {
	surname, given, _ = strings.Cut(r.at(r.zone.names), "<<")
	return r.name(fieldSurname, surname), r.name(fieldGivenNames, given)
}

func (r *reader) name(field, s string) string {
	words := strings.FieldsFunc(s, func(c rune) bool { return c == '<' })
	name := strings.Join(words, " ")
	switch {
	case strings.Trim(s, upperCase+"<") != "":
		r.wrong(field, problem.Alphabet)
		return ""
	case name == "" && field == fieldSurname:
		r.wrong(field, problem.Format)
	}
	return name
}

func (r *reader) sexEntry() Sex {
	switch r.at(r.sex) {
	case "F":
		return Female
	case "M":
		return Male
	case "<":
		return Unspecified
	}
	r.wrong(fieldSex, problem.Alphabet)
	return Unspecified
}

// upperCase is the cutset of what letters-only fields are made of. A field with
// anything else between is dropped, so that a shifted line cannot show a number
// as a name.
const upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
