package memberfile_test

import (
	"strings"
	"testing"

	"schalter/domain/memberfile"
)

// fieldRow is what one value, or several that belong together, does to a line
// that is right otherwise.
type fieldRow struct {
	why    string
	change []string // pairs of column and value
	field  string   // of the rejection
	reason memberfile.Reason
}

var fieldRows = []fieldRow{
	{"nothing changed", nil, "", ""},

	{"a KVNR in lower case and groups", []string{"kvnr", "x110 411 675"}, "", ""},
	{"no KVNR", []string{"kvnr", ""}, "kvnr", memberfile.Required},
	{"only spaces", []string{"kvnr", "  "}, "kvnr", memberfile.Required},
	{"a wrong check digit", []string{"kvnr", "X110411674"}, "kvnr", memberfile.CheckDigit},
	{"too short", []string{"kvnr", "X11041167"}, "kvnr", memberfile.Format},
	{"no letter", []string{"kvnr", "1110411675"}, "kvnr", memberfile.Format},
	{"a number with insurer belongs elsewhere", []string{"kvnr", "X1104116751095009691"}, "kvnr", memberfile.Format},

	{"a title", []string{"title", "Prof. Dr."}, "", ""},
	{"a title of 21 characters", []string{"title", strings.Repeat("D", 21)}, "title", memberfile.TooLong},
	{"several given names", []string{"given_names", "Anna-Maria Łucja Ayşe"}, "", ""},
	{"45 letters of two bytes", []string{"given_names", strings.Repeat("ä", 45)}, "", ""},
	{"46 letters", []string{"given_names", strings.Repeat("ä", 46)}, "given_names", memberfile.TooLong},
	{"ten thousand characters", []string{"given_names", strings.Repeat("ä", 10000)}, "given_names", memberfile.TooLong},
	{"a prefix", []string{"prefix", "von der"}, "", ""},
	{"an apostrophe", []string{"surname", "O’Connor"}, "", ""},
	{"an acute accent as apostrophe", []string{"surname", "N´Diaye"}, "", ""},
	{"an Ayin", []string{"surname", "ʿAbd al-ʿAzīz"}, "", ""},
	{"no surname", []string{"surname", ""}, "", ""},
	{"no name at all", []string{"surname", "", "given_names", ""}, "surname", memberfile.Required},
	{"a dash for none", []string{"surname", "-"}, "surname", memberfile.Format},
	{"digits only", []string{"surname", "4711"}, "surname", memberfile.Format},
	{"a picture", []string{"surname", "Müller 😀"}, "surname", memberfile.Format},
	{"Cyrillic that looks Latin", []string{"surname", "Мüller"}, "surname", memberfile.Script},
	{"Arabic", []string{"surname", "محمد"}, "surname", memberfile.Script},
	{"Arabic digits", []string{"street", "Weg ٣"}, "street", memberfile.Script},
	{"a suffix", []string{"suffix", "Freiherr"}, "", ""},
	{"a birth name", []string{"birth_name", "Yılmaz"}, "", ""},

	{"day unknown", []string{"birth_date", "1962-03-00"}, "", ""},
	{"day and month unknown", []string{"birth_date", "1962-00-00"}, "", ""},
	{"no birth date", []string{"birth_date", ""}, "birth_date", memberfile.Required},
	{"month unknown, day known", []string{"birth_date", "1962-00-14"}, "birth_date", memberfile.Day},
	{"no such day", []string{"birth_date", "1962-02-30"}, "birth_date", memberfile.Day},
	{"German order", []string{"birth_date", "14.03.1962"}, "birth_date", memberfile.Format},
	{"without dashes", []string{"birth_date", "19620314"}, "birth_date", memberfile.Format},
	{"born today", []string{"birth_date", "2027-03-01"}, "", ""},
	{"born tomorrow", []string{"birth_date", "2027-03-02"}, "birth_date", memberfile.Implausible},
	{"born this year", []string{"birth_date", "2027-00-00"}, "", ""},
	{"born next year", []string{"birth_date", "2028-00-00"}, "birth_date", memberfile.Implausible},
	{"born in the nineteenth century", []string{"birth_date", "1899-12-31"}, "birth_date", memberfile.Implausible},
	{"born in 1900", []string{"birth_date", "1900-00-00"}, "", ""},
	{"of sex w", []string{"sex", "w"}, "", ""},
	{"in upper case, as on the card", []string{"sex", "D"}, "", ""},
	{"another word", []string{"sex", "f"}, "sex", memberfile.Word},
	{"a letter that folds to a word", []string{"relation", "ſpouse"}, "relation", memberfile.Word},

	{"a street with digits", []string{"street", "Straße des 17. Juni"}, "", ""},
	{"squares of Mannheim", []string{"street", "Q 3", "house_number", "12½"}, "", ""},
	{"no house number", []string{"house_number", "-"}, "", ""},
	{"too long for the card", []string{"house_number", "12a-12f/IV"}, "house_number", memberfile.TooLong},
	{"an extra line", []string{"address_extra", `c/o "Haus Sonne"; Hof 2`}, "", ""},
	{"a German postcode", []string{"postcode", "01067", "country", "D"}, "", ""},
	{"without its zero", []string{"postcode", "1067"}, "postcode", memberfile.Format},
	{"with letters", []string{"postcode", "O1067"}, "postcode", memberfile.Format},
	{"a Dutch one", []string{"postcode", "1012 AB", "country", "NL"}, "", ""},
	{"a Dutch one in Germany", []string{"postcode", "1012 AB", "country", "D"}, "postcode", memberfile.Format},
	{"punctuation", []string{"postcode", "1012;AB", "country", "NL"}, "postcode", memberfile.Format},
	{"a city in brackets", []string{"city", "Frankfurt (Oder)"}, "", ""},
	{"a city of digits", []string{"city", "15230"}, "city", memberfile.Format},
	{"a country in lower case", []string{"country", "pl"}, "", ""},
	{"a country's name", []string{"country", "Polen"}, "country", memberfile.TooLong},
	{"digits for a country", []string{"country", "12"}, "country", memberfile.Format},
	{"moved today", []string{"address_changed_on", "2027-03-01"}, "", ""},
	{"moved tomorrow", []string{"address_changed_on", "2027-03-02"}, "address_changed_on", memberfile.Implausible},
	{"moved some day", []string{"address_changed_on", "2027-02-00"}, "address_changed_on", memberfile.Day},

	{"an address", []string{"email", "a.mueller+kasse@mail.example.org", "email_verified", "true"}, "", ""},
	{"a domain with umlaut", []string{"email", "a@müller.example"}, "", ""},
	{"no domain", []string{"email", "anna"}, "email", memberfile.Format},
	{"no top-level domain", []string{"email", "anna@localhost"}, "email", memberfile.Format},
	{"two @", []string{"email", "a@b@example.org"}, "email", memberfile.Format},
	{"a header smuggled in", []string{"email", "a@example.org, b@example.org"}, "email", memberfile.Format},
	{"quotes in an address", []string{"email", `"a b"@example.org`}, "email", memberfile.Format},
	{"a formula for an address", []string{"email", "=a@example.org"}, "email", memberfile.Formula},
	{"two dots", []string{"email", "a..b@example.org"}, "email", memberfile.Format},
	{"a label that begins with a dash", []string{"email", "a@-x.example"}, "email", memberfile.Format},
	{"a local part of 65", []string{"email", strings.Repeat("a", 65) + "@example.org"}, "email", memberfile.Format},
	{"255 characters", []string{"email", "a@" + strings.Repeat("a.", 126) + "b"}, "email", memberfile.TooLong},
	{"verified, but what?", []string{"email_verified", "true"}, "email", memberfile.Required},
	{"a word for no", []string{"email_verified", "NO"}, "", ""},
	{"another word for yes", []string{"email_verified", "oui"}, "email_verified", memberfile.Word},
	{"a number", []string{"phone", "+49 (0)30 / 23125-000"}, "", ""},
	{"a number with a remark", []string{"phone", "030 23125000 (Sohn)"}, "", ""},

	{"a member", []string{"insured_as", "member"}, "", ""},
	{"a pensioner", []string{"insured_as", "pensioner"}, "", ""},
	{"a number of the card's schema", []string{"insured_as", "1"}, "insured_as", memberfile.Word},
	{"family", []string{"insured_as", "family", "main_kvnr", "X110406067", "relation", "spouse"}, "", ""},
	{"family, relation not said", []string{"insured_as", "family", "main_kvnr", "X110406067"}, "", ""},
	{"family of nobody", []string{"insured_as", "family"}, "main_kvnr", memberfile.Required},
	{"family of oneself", []string{"insured_as", "family", "main_kvnr", "X110411675"}, "main_kvnr", memberfile.Unexpected},
	{"a wrong check digit of the main member", []string{"insured_as", "family", "main_kvnr", "X110406068"}, "main_kvnr", memberfile.CheckDigit},
	{"a main member of a member", []string{"insured_as", "member", "main_kvnr", "X110406067"}, "main_kvnr", memberfile.Unexpected},
	{"a relation of a member", []string{"insured_as", "member", "relation", "child"}, "relation", memberfile.Unexpected},
	{"insured for a day", []string{"insured_from", "2027-01-01", "insured_to", "2027-01-01"}, "", ""},
	{"without end", []string{"insured_from", "2027-01-01", "insured_to", "9999-12-31"}, "", ""},
	{"an end before the beginning", []string{"insured_from", "2027-01-02", "insured_to", "2027-01-01"}, "insured_to", memberfile.Order},
	{"a beginning that means none", []string{"insured_from", "0001-01-01"}, "insured_from", memberfile.Implausible},
	{"notice and back", []string{"terminated_on", "2027-01-01", "withdrawn_on", "2027-01-05"}, "", ""},
	{"back before the notice", []string{"terminated_on", "2027-01-05", "withdrawn_on", "2027-01-01"}, "withdrawn_on", memberfile.Order},
	{"back without a notice", []string{"withdrawn_on", "2027-01-01"}, "terminated_on", memberfile.Required},
	{"deceased", []string{"deceased", "1"}, "", ""},
	{"not deceased", []string{"deceased", "false"}, "", ""},
	{"a date of death", []string{"deceased", "2027-01-01"}, "deceased", memberfile.Word},

	{"a number in groups", []string{"iccsn", "80276 99999 0001951731"}, "", ""},
	{"no card", []string{"iccsn", "", "card_valid_from", "", "card_valid_to", "", "card_status", ""}, "", ""},
	{"a state of no card", []string{"iccsn", "", "card_valid_from", "", "card_valid_to", ""}, "iccsn", memberfile.Required},
	{"a digit short", []string{"iccsn", "8027699999000195173"}, "iccsn", memberfile.Format},
	{"an Austrian card", []string{"iccsn", "80040999990001951731"}, "iccsn", memberfile.Issuer},
	{"a bank card", []string{"iccsn", "67276999990001951731"}, "iccsn", memberfile.Format},
	{"nobody knows the state", []string{"card_status", ""}, "card_status", memberfile.Required},
	{"another state", []string{"card_status", "lost"}, "card_status", memberfile.Word},
	{"dates unknown", []string{"card_valid_from", "", "card_valid_to", ""}, "", ""},
	{"valid backwards", []string{"card_valid_to", "2023-12-31"}, "card_valid_to", memberfile.Order},
	{"valid until a month", []string{"card_valid_to", "2029-12-00"}, "card_valid_to", memberfile.Day},
}

func TestFields(t *testing.T) {
	for _, row := range fieldRows {
		line := somebody().with(row.change...)
		for form, file := range map[string]string{"CSV": csvFile(line), "JSON": jsonFile(t, line)} {
			rows := read(t, file, memberfile.Options{})
			if len(rows) != 1 {
				t.Fatalf("%s, %s: %d rows", row.why, form, len(rows))
			}
			got := rows[0].Reject
			if got.Field != row.field || got.Reason != row.reason {
				t.Errorf("%s, %s: rejected %q, want %s;%s", row.why, form, got, row.field, row.reason)
			}
		}
	}
}

func TestEveryColumnIsInTheTable(t *testing.T) {
	tested := map[string]bool{}
	for _, row := range fieldRows {
		for i := 0; i < len(row.change); i += 2 {
			tested[row.change[i]] = true
		}
	}
	for _, name := range memberfile.Columns() {
		if !tested[name] {
			t.Errorf("no row changes %s", name)
		}
	}
}

func TestWhatAValueBecomes(t *testing.T) {
	line := somebody().with(
		"kvnr", "x110 411 675", "surname", "  Mu\u0308ller\u00a0\tvon  Berg ", "sex", "W", "country", "d",
		"iccsn", "80276 99999 0001951731", "insured_as", "Pensioner", "deceased", "YES",
	)
	rows := read(t, csvFile(line), memberfile.Options{})
	if len(rows) != 1 || rows[0].Rejected() {
		t.Fatalf("rows %v", rejected(rows))
	}
	m := rows[0].Member
	if m.KVNR != "X110411675" || m.Name.Surname != "Müller von Berg" || m.Sex != 'w' || m.Address.Country != "D" ||
		m.Insurance.As != 5 || !m.Deceased || len(m.Cards) != 1 || m.Cards[0].ICCSN != "80276999990001951731" {
		t.Errorf("the values are not in their normal form: %d cards", len(m.Cards))
	}
}
