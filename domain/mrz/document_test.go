package mrz

import (
	"slices"
	"strings"
	"testing"

	"schalter/domain/date"
	"schalter/domain/problem"
)

const today = date.Date(2026_03_01)

// The specimens of German documents and of Doc 9303.
const (
	card2010 = "IDD<<T220001293<<<<<<<<<<<<<<<\n" +
		"6408125<2010315D<<<<<<<<<<<<<4\n" +
		"MUSTERMANN<<ERIKA<<<<<<<<<<<<<"
	card2021 = "IDD<<L01X00T471<<<<<<<<<<<<<<<\n" +
		"8308126<3108011D<<2108<<<<<<<7\n" +
		"MUSTERMANN<<ERIKA<<<<<<<<<<<<<"
	passport = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\n" +
		"C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"
	oldCard = "IDD<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<\n" +
		"1220001297D<<6408125<1710319<<<<<<<8"
	icaoTD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n" +
		"L898902C36UTO7408122F1204159ZE184226B<<<<<10"
	icaoTD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n" +
		"7408122F1204159UTO<<<<<<<<<<<6\n" +
		"ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
	icaoTD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n" +
		"D231458907UTO7408122F1204159<<<<<<<6"
	// The composite check digit must be 8.
	wrongComposite = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\n" +
		"L01X00T471D<<6408125F2702283<<<<<<<<<<<<<<<4"
	// Doc 9303-5: the number D23145890734 goes on in the optional data.
	longNumber = "I<UTOD23145890<7349<<<<<<<<<<<\n" +
		"3407127M9507122UTO<<<<<<<<<<<2\n" +
		"STEVENSON<<PETER<JOHN<<<<<<<<<"
	longNumberTD2 = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\n" +
		"D23145890<UTO3407127M95071227349<<<8"
)

// specimens maps every valid specimen to the number that no result may show.
func specimens() map[string]string {
	return map[string]string{
		card2010: "T22000129", card2021: "L01X00T47", passport: "C01X00T47", oldCard: "122000129",
		icaoTD3: "L898902C3", icaoTD1: "D23145890", icaoTD2: "D23145890",
		longNumber: "D23145890734", longNumberTD2: "D23145890734",
	}
}

func split(text string) []string { return strings.Split(text, "\n") }

func TestParseSpecimens(t *testing.T) {
	holds := Checks{Holds, Holds, Holds, Holds}
	expired := problem.New("expiry_date", problem.Expired)
	rows := []struct {
		reason, text string
		want         Document
		problems     problem.List
	}{
		{"identity card of 2010", card2010, Document{
			Format: TD1, Type: "ID", Kind: IdentityCard, Issuer: "D", Nationality: "D",
			Surname: "MUSTERMANN", GivenNames: "ERIKA",
			BirthDate: 1964_08_12, ExpiryDate: 2020_10_31, Checks: holds,
		}, expired},
		{"identity card of 2021", card2021, Document{
			Format: TD1, Type: "ID", Kind: IdentityCard, Issuer: "D", Nationality: "D",
			Surname: "MUSTERMANN", GivenNames: "ERIKA",
			BirthDate: 1983_08_12, ExpiryDate: 2031_08_01, Checks: holds,
		}, nil},
		{"passport", passport, Document{
			Format: TD3, Type: "P", Kind: Passport, Issuer: "D", Nationality: "D",
			Surname: "MUSTERMANN", GivenNames: "ERIKA", Sex: Female,
			BirthDate: 1964_08_12, ExpiryDate: 2027_02_28, Checks: holds,
		}, nil},
		{"identity card before 2010", oldCard, Document{
			Format: TD2, Type: "ID", Kind: IdentityCard, Issuer: "D", Nationality: "D",
			Surname: "MUSTERMANN", GivenNames: "ERIKA",
			BirthDate: 1964_08_12, ExpiryDate: 2017_10_31, Checks: holds,
		}, expired},
		{"Doc 9303-4", icaoTD3, Document{
			Format: TD3, Type: "P", Kind: ForeignPassport, Issuer: "UTO", Nationality: "UTO",
			Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Sex: Female,
			BirthDate: 1974_08_12, ExpiryDate: 2012_04_15, Checks: holds,
		}, expired},
		{"Doc 9303-5", icaoTD1, Document{
			Format: TD1, Type: "I", Kind: ForeignIdentityCard, Issuer: "UTO", Nationality: "UTO",
			Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Sex: Female,
			BirthDate: 1974_08_12, ExpiryDate: 2012_04_15, Checks: holds,
		}, expired},
		{"Doc 9303-6", icaoTD2, Document{
			Format: TD2, Type: "I", Kind: ForeignIdentityCard, Issuer: "UTO", Nationality: "UTO",
			Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Sex: Female,
			BirthDate: 1974_08_12, ExpiryDate: 2012_04_15, Checks: holds,
		}, expired},
		{"Doc 9303-5, number of twelve characters", longNumber, Document{
			Format: TD1, Type: "I", Kind: ForeignIdentityCard, Issuer: "UTO", Nationality: "UTO",
			Surname: "STEVENSON", GivenNames: "PETER JOHN", Sex: Male,
			BirthDate: 1934_07_12, ExpiryDate: 1995_07_12, Checks: holds,
		}, expired},
		{"Doc 9303-6, number of twelve characters", longNumberTD2, Document{
			Format: TD2, Type: "I", Kind: ForeignIdentityCard, Issuer: "UTO", Nationality: "UTO",
			Surname: "STEVENSON", GivenNames: "PETER JOHN", Sex: Male,
			BirthDate: 1934_07_12, ExpiryDate: 1995_07_12, Checks: holds,
		}, expired},
		{"composite check digit alone is wrong", wrongComposite, Document{
			Format: TD3, Type: "P", Kind: Passport, Issuer: "D", Nationality: "D",
			Surname: "MUSTERMANN", GivenNames: "ERIKA", Sex: Female,
			BirthDate: 1964_08_12, ExpiryDate: 2027_02_28, Checks: Checks{Holds, Holds, Holds, Fails},
		}, problem.New("composite", problem.CheckDigit)},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			got, problems := Parse(split(r.text), today)
			if got != r.want {
				t.Errorf("got  %+v\nwant %+v", got, r.want)
			}
			if !slices.Equal(problems, r.problems) {
				t.Errorf("problems %v, want %v", problems, r.problems)
			}
		})
	}
}

// edit replaces characters of a specimen from a place on.
func edit(text string, line, from int, with string) []string {
	lines := split(text)
	lines[line] = lines[line][:from] + with + lines[line][from+len(with):]
	return lines
}

func TestParseVerdictPerField(t *testing.T) {
	p := func(field string, code problem.Code) problem.Problem {
		return problem.Problem{Field: field, Code: code}
	}
	composite := p("composite", problem.CheckDigit)
	rows := []struct {
		reason string
		lines  []string
		want   problem.List
	}{
		{"number", edit(card2021, 0, 5, "M"), problem.List{p("document_number", problem.CheckDigit), composite}},
		{"number unreadable", edit(card2021, 0, 5, "?"), problem.List{p("document_number", problem.Alphabet), p("document_number", problem.CheckDigit), composite}},
		{"birth date", edit(card2021, 1, 5, "3"), problem.List{p("birth_date", problem.CheckDigit), composite}},
		{"no such birth date", edit(card2021, 1, 2, "13"), problem.List{p("birth_date", problem.Date), p("birth_date", problem.CheckDigit), composite}},
		{"letter in the birth date", edit(card2021, 1, 0, "B"), problem.List{p("birth_date", problem.Alphabet), p("birth_date", problem.CheckDigit), composite}},
		{"no birth year", edit(card2021, 1, 0, "<<"), problem.List{p("birth_date", problem.Alphabet), p("birth_date", problem.CheckDigit), composite}},
		{"expiry date", edit(card2021, 1, 8, "32"), problem.List{p("expiry_date", problem.CheckDigit), composite}},
		{"no such expiry date", edit(card2021, 1, 12, "33"), problem.List{p("expiry_date", problem.Date), p("expiry_date", problem.CheckDigit), composite}},
		{"expiry without day", edit(card2021, 1, 12, "<<"), problem.List{p("expiry_date", problem.Date), p("expiry_date", problem.CheckDigit), composite}},
		{"letter in the expiry date", edit(card2021, 1, 8, "E"), problem.List{p("expiry_date", problem.Alphabet), p("expiry_date", problem.CheckDigit), composite}},
		{"optional data", edit(card2021, 1, 18, "2109"), problem.List{composite}},
		{"optional data of a passport", edit(icaoTD3, 1, 28, "ZF"), problem.List{p("expiry_date", problem.Expired), p("optional_data", problem.CheckDigit), composite}},
		{"check digit for missing optional data", edit(passport, 1, 42, "1"), problem.List{p("optional_data", problem.CheckDigit), composite}},
		{"0 for missing optional data", edit(passport, 1, 42, "0"), nil},
		{"composite", edit(card2021, 1, 29, "8"), problem.List{composite}},
		{"sex", edit(card2021, 1, 7, "Q"), problem.List{p("sex", problem.Alphabet)}},
		{"sex as X, which the zone does not know", edit(card2021, 1, 7, "X"), problem.List{p("sex", problem.Alphabet)}},
		{"unknown issuer", edit(card2021, 0, 2, "QQQ"), problem.List{p("issuer", problem.Issuer)}},
		{"digit in the issuer", edit(card2021, 0, 2, "0<<"), problem.List{p("issuer", problem.Alphabet)}},
		{"Germany is D", edit(card2021, 0, 2, "DEU"), problem.List{p("issuer", problem.Issuer)}},
		{"no issuer", edit(card2021, 0, 2, "<<<"), problem.List{p("issuer", problem.Format)}},
		{"unknown nationality", edit(card2021, 1, 15, "QQQ"), problem.List{p("nationality", problem.Issuer)}},
		{"digit in the nationality", edit(card2021, 1, 15, "0<<"), problem.List{p("nationality", problem.Alphabet)}},
		{"no document code", edit(card2021, 0, 0, "<<"), problem.List{p("document_type", problem.Format)}},
		{"digit in the document code", edit(card2021, 0, 0, "1D"), problem.List{p("document_type", problem.Alphabet)}},
		{"visa", edit(icaoTD2, 0, 0, "V<"), problem.List{p("document_type", problem.Format), p("expiry_date", problem.Expired)}},
		{"digit in the surname", edit(card2021, 2, 0, "MU5"), problem.List{p("surname", problem.Alphabet)}},
		{"digit in the given name", edit(card2021, 2, 12, "ER1"), problem.List{p("given_names", problem.Alphabet)}},
		{"no name", edit(card2021, 2, 0, "<<<<<<<<<<<<<<<<<"), problem.List{p("surname", problem.Format)}},
		{"no given name: people have one name", edit(card2021, 2, 0, "SUKARNO<<<<<<<<<<"), nil},
		{"a line short", split(card2021)[:2], problem.List{p("mrz", problem.Length)}},
		{"a character short", []string{"IDD<<", "8308126", "MUSTERMANN"}, problem.List{p("mrz", problem.Length)}},
		{"nothing", nil, problem.List{p("mrz", problem.Length)}},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			_, got := Parse(r.lines, today)
			if !slices.Equal(got, r.want) {
				t.Errorf("%v, want %v", got, r.want)
			}
		})
	}
}

// One wrong character in a line leaves every field as it is that it is not in.
func TestParseKeepsOtherFields(t *testing.T) {
	whole, _ := Parse(split(card2021), today)
	got, _ := Parse(edit(card2021, 1, 2, "13"), today)
	want := whole
	want.BirthDate, want.Checks.BirthDate, want.Checks.Composite = 0, Fails, Fails
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestLongNumberCheckDigit(t *testing.T) {
	for reason, lines := range map[string][]string{
		"wrong digit in the continuation": edit(longNumber, 0, 15, "8"),
		"wrong check digit":               edit(longNumber, 0, 18, "8"),
		"nothing in the continuation":     edit(longNumber, 0, 15, "<<<<"),
		"a filler is no passport's":       edit(icaoTD3, 1, 9, "<"),
	} {
		if d, _ := Parse(lines, today); d.Checks.DocumentNumber {
			t.Errorf("%s: the check digit holds", reason)
		}
	}
}

func TestBirthYear(t *testing.T) {
	rows := []struct {
		zone   string
		today  date.Date
		want   date.Date
		reason string
	}{
		{"640812", today, 1964_08_12, "past in the last century"},
		{"250812", today, 2025_08_12, "past in this one"},
		{"260301", today, 2026_03_01, "born today"},
		{"260302", today, 1926_03_02, "tomorrow is in the future"},
		{"64<<<<", today, 1964_00_00, "day and month unknown"},
		{"6408<<", today, 1964_08_00, "day unknown"},
		{"640000", today, 1964_00_00, "unknown as zeros"},
		{"26<<<<", today, 2026_00_00, "this year, rest unknown: it has begun"},
		{"2604<<", today, 1926_04_00, "a month that has not begun"},
		{"000229", today, 2000_02_29, "leap day"},
		{"000229", 2101_01_01, 2000_02_29, "2100 has no leap day"},
		{"010229", today, 0, "no leap year"},
		{"64<<12", today, 0, "day without month"},
		{"641301", today, 0, "no such month"},
		{"<<0812", today, 0, "no year"},
		{"640812", 0, 0, "no today"},
	}
	for _, r := range rows {
		d, _ := Parse(edit(card2021, 1, 0, r.zone), r.today)
		if d.BirthDate != r.want {
			t.Errorf("%s: %s is %v, want %v", r.reason, r.zone, d.BirthDate, r.want)
		}
	}
}

func TestBornOn(t *testing.T) {
	rows := []struct {
		zone   string
		record date.Date
		want   bool
		reason string
	}{
		{"640812", 1964_08_12, true, "the same day"},
		{"640812", 1964_08_13, false, "another day"},
		{"220812", 2022_08_12, true, "a child of three"},
		{"220812", 1922_08_12, true, "a person of 103"},
		{"220812", 1822_08_12, false, "nobody is that old"},
		{"6408<<", 1964_08_12, false, "a document that knows less does not confirm"},
		{"6408<<", 1964_08_00, true, "equally unknown"},
		{"640812", 1964_00_00, true, "a document that knows more confirms"},
		{"641301", 0, false, "two nothings are not equal"},
	}
	for _, r := range rows {
		d, _ := Parse(edit(card2021, 1, 0, r.zone), today)
		if got := d.BornOn(r.record); got != r.want {
			t.Errorf("%s: %s and %v: %v", r.reason, r.zone, r.record, got)
		}
	}
}

func TestExpiry(t *testing.T) {
	rows := []struct {
		zone    string
		want    date.Date
		expired bool
		reason  string
	}{
		{"260301", 2026_03_01, false, "the last day is valid"},
		{"260228", 2026_02_28, true, "yesterday"},
		{"310801", 2031_08_01, false, "years ahead"},
		{"750101", 2075_01_01, false, "as far ahead as any document"},
		{"760101", 1976_01_01, true, "further ahead is the last century"},
		{"990623", 1999_06_23, true, "from a drawer, not valid until 2099"},
		{"313108", 0, true, "unreadable counts as expired"},
	}
	for _, r := range rows {
		d, problems := Parse(edit(card2021, 1, 8, r.zone), today)
		if d.ExpiryDate != r.want || d.Expired(today) != r.expired {
			t.Errorf("%s: %s is %v, expired %v", r.reason, r.zone, d.ExpiryDate, d.Expired(today))
		}
		if problems.Has(problem.Expired) != (r.expired && r.want != 0) {
			t.Errorf("%s: problems %v", r.reason, problems)
		}
	}
	if !(Document{}).Expired(today) {
		t.Error("an empty document is valid")
	}
}

func TestKind(t *testing.T) {
	seen := map[Kind]bool{}
	for _, r := range []struct {
		format                    Format
		code, issuer, nationality string
		want                      Kind
		reason                    string
	}{
		{TD1, "ID", "D", "D", IdentityCard, "§ 5 (4) PAuswG"},
		{TD2, "ID", "D", "D", IdentityCard, "before 2010"},
		{TD2, "IT", "D", "D", ProvisionalIdentityCard, "§ 5 (4) PAuswG"},
		{TD1, "IX", "D", "D", ReplacementIdentityCard, "§ 5 (4) PAuswG"},
		{TD3, "P", "D", "D", Passport, "§ 4 (2) PassG"},
		{TD3, "PO", "D", "D", Passport, "service passport"},
		{TD3, "PD", "D", "D", Passport, "diplomatic passport"},
		{TD3, "PC", "D", "D", ChildPassport, "§ 4 (2) PassG"},
		{TD3, "PP", "D", "D", ProvisionalPassport, "§ 4 (2) PassG"},
		{TD3, "P", "D", "XXB", TravelDocument, "issued to a refugee"},
		{TD3, "P", "D", "SYR", TravelDocument, "issued to a foreigner"},
		{TD1, "AR", "D", "TUR", ResidencePermit, "§ 78 (2) AufenthG"},
		{TD1, "AS", "D", "CHE", ResidencePermit, "Swiss citizen"},
		{TD2, "ME", "D", "SYR", Other, "Ankunftsnachweis: no proof of identity"},
		{TD1, "UB", "D", "SYR", Other, "a code we do not know"},
		{TD3, "PP", "FRA", "FRA", ForeignPassport, "two-letter code for an ordinary passport"},
		{TD3, "P", "TUR", "TUR", ForeignPassport, "passport"},
		{TD1, "I", "ITA", "ITA", ForeignIdentityCard, "identity card"},
		{TD1, "CI", "ITA", "ITA", ForeignIdentityCard, "C is an identity card too"},
		{TD1, "AC", "FRA", "FRA", Other, "crew member certificate"},
		{TD1, "IR", "FRA", "SYR", Other, "residence permit of another state"},
		{TD1, "P", "D", "D", Other, "a passport is no card"},
		{TD3, "ID", "D", "D", Other, "a card is no booklet"},
		{TD1, "XY", "FRA", "FRA", Other, "no document code"},
		{TD1, "ID", "QQQ", "QQQ", Other, "nobody's document"},
		{TD1, "", "D", "D", Other, "unreadable code"},
		{TD1, "ID", "", "D", Other, "unreadable issuer"},
	} {
		got := kindOf(r.format, r.code, r.issuer, r.nationality)
		seen[got] = true
		if got != r.want {
			t.Errorf("%s: %v %s %s %s is %v, want %v", r.reason, r.format, r.code, r.issuer, r.nationality, got, r.want)
		}
	}
	names := map[string]bool{}
	for _, k := range Kinds() {
		if !seen[k] {
			t.Errorf("no document is a %v", k)
		}
		if names[k.String()] || k.String() == "unknown" {
			t.Errorf("kind %d has the name %q", k, k)
		}
		names[k.String()] = true
	}
	if Kind(99).String() != "unknown" {
		t.Error("an unknown kind has a name")
	}
}

func TestKnownState(t *testing.T) {
	for _, code := range strings.Fields("D UTO FRA TUR UKR POL SYR XXA XXB XXC XXX RKS EUE GBR GBD TWN PSE VAT ROU SRB SSD") {
		if !knownState(code) {
			t.Errorf("%s is unknown", code)
		}
	}
	for _, code := range strings.Fields("DEU DE FR QQQ ZZZ XX FRAN F AAA") {
		if knownState(code) {
			t.Errorf("%s is known", code)
		}
	}
	if knownState("") {
		t.Error("no state is known")
	}
}

func TestSexAndFormatNames(t *testing.T) {
	if Male.String() != "M" || Female.String() != "F" || Unspecified.String() != "" || Sex(9).String() != "" {
		t.Error("names of the sexes")
	}
	for i, f := range Formats() {
		if want := [...]string{"TD1", "TD2", "TD3"}[i]; f.String() != want {
			t.Errorf("%v, want %s", f, want)
		}
	}
	if n, width := Format(0).Size(); Format(0).String() != "" || n != 0 || width != 0 {
		t.Error("no format has a size or a name")
	}
}
