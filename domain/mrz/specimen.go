package mrz

import (
	"fmt"
	"strings"

	"schalter/domain/date"
	"schalter/domain/problem"
)

// Specimen is a document to be printed: practice needs documents of people who
// do not exist. It is the one place that knows a document's number, and it only
// writes.
type Specimen struct {
	Format      Format
	Type        string // document code: ID, P
	Issuer      string // state code: D
	Nationality string // state code
	Number      string // of the document, at most nine letters and digits
	Surname     string // in the form of package name's MRZ
	GivenNames  string // in the form of package name's MRZ
	BirthDate   date.Date
	ExpiryDate  date.Date
	Sex         Sex
	Optional    string // optional data: letters, digits, fillers; at most 11 (TD1), 7 (TD2), 14 (TD3)
}

// Lines returns the machine-readable zone with its check digits. Spaces in names
// become fillers; names that are too long are cut, and a surname so that one
// letter of the given names remains (Doc 9303-4 section 4.2.3). The error is a
// [problem.List]: length, alphabet, date or format of the fields that cannot be
// printed.
func (s Specimen) Lines() ([]string, error) {
	if problems := s.problems(); len(problems) > 0 {
		return nil, problems
	}
	if s.Format == TD1 {
		return s.three(), nil
	}
	return s.two(), nil
}

// problems checks that every field fits its place.
func (s Specimen) problems() problem.List {
	var list problem.List
	if s.Format < TD1 || s.Format > TD3 {
		return problem.New(fieldMRZ, problem.Format)
	}
	for _, f := range [...]struct {
		name, value string
		most        int
	}{
		{fieldType, s.Type, 2},
		{fieldIssuer, s.Issuer, 3},
		{fieldNumber, s.Number, 9},
		{fieldNationality, s.Nationality, 3},
		{fieldSurname, s.Surname, len(s.Surname)},
		{fieldGivenNames, s.GivenNames, len(s.GivenNames)},
		{fieldOptional, s.Optional, s.optionalWidth()},
	} {
		if len(f.value) > f.most {
			list = append(list, problem.Problem{Field: f.name, Code: problem.Length})
		}
		if _, ok := checkDigit(strings.ReplaceAll(f.value, " ", "<")); !ok {
			list = append(list, problem.Problem{Field: f.name, Code: problem.Alphabet})
		}
	}
	if !s.BirthDate.Valid() {
		list = append(list, problem.Problem{Field: fieldBirthDate, Code: problem.Date})
	}
	if !s.ExpiryDate.Complete() {
		list = append(list, problem.Problem{Field: fieldExpiryDate, Code: problem.Date})
	}
	return list
}

func (s Specimen) optionalWidth() int {
	switch s.Format {
	case TD1:
		return 11
	case TD2:
		return 7
	}
	return 14
}

// three prints a card.
func (s Specimen) three() []string {
	number := checked(pad(s.Number, 9))
	birth, expiry := checked(yymmdd(s.BirthDate)), checked(yymmdd(s.ExpiryDate))
	optional := pad(s.Optional, 11)
	first := pad(s.Type, 2) + pad(s.Issuer, 3) + pad(number, 25)
	composite, _ := checkDigit(first[5:] + birth + expiry + optional)
	return []string{
		first,
		birth + s.sexEntry() + expiry + pad(s.Nationality, 3) + optional + composite,
		s.names(30),
	}
}

// two prints an old card or a passport, which has a check digit over its optional
// data.
func (s Specimen) two() []string {
	_, width := s.Format.Size()
	number := checked(pad(s.Number, 9))
	birth, expiry := checked(yymmdd(s.BirthDate)), checked(yymmdd(s.ExpiryDate))
	optional := pad(s.Optional, s.optionalWidth())
	if s.Format == TD3 {
		optional = optionalChecked(optional)
	}
	composite, _ := checkDigit(number + birth + expiry + optional)
	return []string{
		pad(s.Type, 2) + pad(s.Issuer, 3) + s.names(width-5),
		number + pad(s.Nationality, 3) + birth + s.sexEntry() + expiry + optional + composite,
	}
}

// names prints both names in a field.
func (s Specimen) names(width int) string {
	surname := strings.ReplaceAll(s.Surname, " ", "<")
	given := strings.ReplaceAll(s.GivenNames, " ", "<")
	if most := width - len("<<X"); given != "" && len(surname) > most {
		surname = strings.TrimRight(surname[:most], "<")
	}
	return pad(surname+"<<"+given, width)
}

func (s Specimen) sexEntry() string {
	if s.Sex == Unspecified {
		return "<"
	}
	return s.Sex.String()
}

// yymmdd prints a date, unknown parts as fillers.
func yymmdd(d date.Date) string {
	part := func(n int) string {
		if n == 0 {
			return "<<"
		}
		return fmt.Sprintf("%02d", n)
	}
	return fmt.Sprintf("%02d", d.Year()%100) + part(d.Month()) + part(d.Day())
}

// checked appends the check digit.
func checked(data string) string {
	digit, _ := checkDigit(data)
	return data + digit
}

// optionalChecked appends the check digit, a filler where there is no data.
func optionalChecked(data string) string {
	if strings.Trim(data, "<") == "" {
		return data + "<"
	}
	return checked(data)
}

// pad fills or cuts to width.
func pad(s string, width int) string {
	if len(s) >= width {
		return s[:width]
	}
	return s + strings.Repeat("<", width-len(s))
}
