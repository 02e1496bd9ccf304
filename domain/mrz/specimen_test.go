package mrz

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"schalter/domain/date"
	"schalter/domain/problem"
)

func TestSpecimenLines(t *testing.T) {
	erika := Specimen{Type: "ID", Issuer: "D", Nationality: "D", Surname: "MUSTERMANN", GivenNames: "ERIKA"}
	rows := []struct {
		want string
		edit func(*Specimen)
	}{
		{card2010, func(s *Specimen) {
			s.Format, s.Number, s.BirthDate, s.ExpiryDate = TD1, "T22000129", 1964_08_12, 2020_10_31
		}},
		{card2021, func(s *Specimen) {
			s.Format, s.Number, s.BirthDate, s.ExpiryDate, s.Optional = TD1, "L01X00T47", 1983_08_12, 2031_08_01, "2108"
		}},
		{oldCard, func(s *Specimen) {
			s.Format, s.Number, s.BirthDate, s.ExpiryDate = TD2, "122000129", 1964_08_12, 2017_10_31
		}},
		{passport, func(s *Specimen) {
			s.Format, s.Type, s.Number, s.BirthDate, s.ExpiryDate, s.Sex = TD3, "P", "C01X00T47", 1964_08_12, 2027_02_28, Female
		}},
		{icaoTD3, func(s *Specimen) {
			*s = Specimen{TD3, "P", "UTO", "UTO", "L898902C3", "ERIKSSON", "ANNA MARIA", 1974_08_12, 2012_04_15, Female, "ZE184226B"}
		}},
	}
	for _, r := range rows {
		s := erika
		r.edit(&s)
		lines, err := s.Lines()
		if err != nil || strings.Join(lines, "\n") != r.want {
			t.Errorf("%q, %v; want\n%s", lines, err, r.want)
		}
	}
}

func TestSpecimenCutsNames(t *testing.T) {
	s := Specimen{Format: TD1, Type: "ID", Issuer: "D", Nationality: "D", Number: "L01X00T47", BirthDate: 1964_08_12, ExpiryDate: 2031_08_01}
	rows := []struct{ surname, given, want, reason string }{
		{"NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG", "NILAVADHANANANDA<<ARNPOL<PETCH", "given names are cut"},
		{"WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "HUBERT", "WOLFESCHLEGELSTEINHAUSENBER<<H", "a letter of the given names remains"},
		{"WOLFESCHLEGELSTEINHAUSENBE<DORFF", "HUBERT", "WOLFESCHLEGELSTEINHAUSENBE<<HU", "no filler before the two"},
		{"WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "", "WOLFESCHLEGELSTEINHAUSENBERGER", "surname alone has the whole field"},
	}
	for _, r := range rows {
		s.Surname, s.GivenNames = r.surname, r.given
		if lines, err := s.Lines(); err != nil || lines[2] != r.want {
			t.Errorf("%s: %q, %v", r.reason, lines, err)
		}
	}
}

func TestSpecimenRefuses(t *testing.T) {
	good := Specimen{TD1, "ID", "D", "D", "L01X00T47", "MUSTERMANN", "ERIKA", 1964_08_12, 2031_08_01, Unspecified, ""}
	rows := []struct {
		reason string
		edit   func(*Specimen)
		want   problem.List
	}{
		{"no format", func(s *Specimen) { s.Format = 0 }, problem.New("mrz", problem.Format)},
		{"no such format", func(s *Specimen) { s.Format = 9 }, problem.New("mrz", problem.Format)},
		{"code too long", func(s *Specimen) { s.Type = "IDD" }, problem.New("document_type", problem.Length)},
		{"number too long", func(s *Specimen) { s.Number = "L01X00T471" }, problem.New("document_number", problem.Length)},
		{"optional data too long", func(s *Specimen) { s.Optional = "123456789012" }, problem.New("optional_data", problem.Length)},
		{"umlaut in the surname", func(s *Specimen) { s.Surname = "MÜLLER" }, problem.New("surname", problem.Alphabet)},
		{"lower case", func(s *Specimen) { s.GivenNames = "Erika" }, problem.New("given_names", problem.Alphabet)},
		{"no birth date", func(s *Specimen) { s.BirthDate = 0 }, problem.New("birth_date", problem.Date)},
		{"expiry without day", func(s *Specimen) { s.ExpiryDate = 2031_08_00 }, problem.New("expiry_date", problem.Date)},
	}
	for _, r := range rows {
		s := good
		r.edit(&s)
		if lines, err := s.Lines(); lines != nil || !slices.Equal(problem.From(err), r.want) {
			t.Errorf("%s: %q, %v", r.reason, lines, err)
		}
	}
	if _, err := good.Lines(); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

// What is printed reads back as it was, in every format, however it is delivered.
func TestSpecimenRoundTrip(t *testing.T) {
	word := rapid.StringMatching(`[A-Z]{1,8}( [A-Z]{1,4})?`)
	rapid.Check(t, func(t *rapid.T) {
		s := Specimen{
			Format:      rapid.SampledFrom(Formats()).Draw(t, "format"),
			Type:        rapid.SampledFrom([]string{"ID", "P", "AR", "IT", "PP"}).Draw(t, "type"),
			Issuer:      rapid.SampledFrom([]string{"D", "UTO", "TUR"}).Draw(t, "issuer"),
			Nationality: rapid.SampledFrom([]string{"D", "UTO", "SYR", "XXA"}).Draw(t, "nationality"),
			Number:      rapid.StringMatching(`[0-9A-Z]{9}`).Draw(t, "number"),
			Surname:     word.Draw(t, "surname"),
			GivenNames:  word.Draw(t, "given"),
			BirthDate:   birthDates.Draw(t, "birth date"),
			ExpiryDate:  date.Date(1977_01_01 + 1_00_00*rapid.IntRange(0, 98).Draw(t, "expiry year")),
			Sex:         rapid.SampledFrom([]Sex{Unspecified, Female, Male}).Draw(t, "sex"),
			Optional:    rapid.StringMatching(`[0-9A-Z]{0,7}`).Draw(t, "optional"),
		}
		lines, err := s.Lines()
		if err != nil {
			t.Fatal(err)
		}
		want := Document{
			Format: s.Format, Type: s.Type, Kind: kindOf(s.Format, s.Type, s.Issuer, s.Nationality),
			Issuer: s.Issuer, Nationality: s.Nationality, Surname: s.Surname, GivenNames: s.GivenNames,
			BirthDate: s.BirthDate, ExpiryDate: s.ExpiryDate, Sex: s.Sex, Checks: Checks{Holds, Holds, Holds, Holds},
		}
		between := rapid.SampledFrom([]string{"\n", "\r\n", "\t", ""}).Draw(t, "end of line")
		got, problems := ParseText(strings.Join(lines, between), today)
		if got != want || !Valid(problems) {
			t.Fatalf("got  %+v %v\nwant %+v", got, problems, want)
		}
	})
}

// birthDates are those of people who are not yet 100, some with unknown parts.
var birthDates = rapid.Custom(func(t *rapid.T) date.Date {
	d := date.Of(lastBirth.AddDate(0, 0, -rapid.IntRange(0, 36_000).Draw(t, "days ago")))
	switch rapid.IntRange(0, 9).Draw(t, "unknown") {
	case 0:
		return d / 100 * 100
	case 1:
		return d / 1_00_00 * 1_00_00
	}
	return d
})

var lastBirth = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) // today
