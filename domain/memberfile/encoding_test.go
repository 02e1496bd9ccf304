package memberfile_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"schalter/domain/memberfile"
)

// latin9 is a text as a file in ISO-8859-15 holds it.
func latin9(t *testing.T, text string) string {
	t.Helper()
	out, err := charmap.ISO8859_15.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The lines of the table: u is UTF-8, l ISO-8859-15, a ASCII, w what
// Windows writes for €.
func TestEncoding(t *testing.T) {
	u := "X110411675;Müller;1962-03-14;Köln\n"
	l := latin9(t, u)
	a := "X110406067;Schmidt;1970-01-01;Bonn\n"
	w := "X110465770;Weber;1980-02-02;Tri\x80er\n"
	ascii := strings.Repeat(a, 3000) // more than a window
	for _, row := range []struct {
		why  string
		file string
		want []string
		city string // of the first member with a letter beyond ASCII
	}{
		{"UTF-8", simple(a, u, u), nil, "Köln"},
		{"ISO-8859-15", simple(a, l, l), nil, "Köln"},
		{"one letter decides", simple(l), nil, "Köln"},
		{"a byte order mark decides against the lines", "\ufeff" + simple(l, l, u), []string{"2;;encoding", "3;;encoding"}, "Köln"},
		{"far behind the beginning, UTF-8", simple(ascii, u), nil, "Köln"},
		{"far behind the beginning, ISO-8859-15", simple(ascii, l), nil, "Köln"},
		{"one broken line in UTF-8", simple(u, u, l, u), []string{"4;;encoding"}, "Köln"},
		{"the first line broken", simple(l, u, u), []string{"2;;encoding"}, "Köln"},
		{"the first line broken, the next far away but near enough", simple(l, strings.Repeat(a, 1000), u), []string{"2;;encoding"}, "Köln"},
		{"one line of UTF-8 in ISO-8859-15", simple(l, u, l), []string{"3;;encoding"}, "Köln"},
		{"a broken line far behind", simple(u, ascii, l), []string{"3003;;encoding"}, "Köln"},
		{"Windows-1252 is not ISO-8859-15", simple(l, w), []string{"3;city;encoding"}, "Köln"},
		{"both in equal parts", simple(u, l), []string{"3;;encoding"}, "Köln"},
	} {
		rows := read(t, row.file, memberfile.Options{})
		same(t, row.why, rejected(rows), row.want)
		found := false
		for _, r := range rows {
			found = found || r.Member.Name.Surname == "Müller" && r.Member.Address.City == row.city
		}
		if !found {
			t.Errorf("%s: no member of the right letters", row.why)
		}
	}
}

func TestTheLettersInWhichLatin9DiffersFromLatin1(t *testing.T) {
	line := somebody().with("surname", "Šaš Žiž Œuvré Ÿ", "street", "Am €-Platz")
	rows := read(t, latin9(t, csvFile(line)), memberfile.Options{})
	if len(rows) != 1 || rows[0].Rejected() {
		t.Fatalf("%d rows, %v", len(rows), rejected(rows))
	}
	if m := rows[0].Member; m.Name.Surname != line["surname"] || m.Address.Street != line["street"] {
		t.Error("letters changed")
	}
}

func TestLettersThatISO8859Lacks(t *testing.T) {
	line := somebody().with("given_names", "Łukasz Ayşe", "surname", "Nguyễn Thị Đặng")
	rows := read(t, csvFile(line), memberfile.Options{})
	if len(rows) != 1 || rows[0].Member.Name.Surname != line["surname"] {
		t.Errorf("%d rows, %v", len(rows), rejected(rows))
	}
}

func TestQuotesInISO8859(t *testing.T) {
	file := latin9(t, simple(`X110411675;"Müller; ""Ö""";1962-03-14;Köln`+"\n", `X110406067;"Mü`+"\n"+`ller";1970-01-01;Bonn`+"\n", bert))
	rows := read(t, file, memberfile.Options{})
	same(t, "quotes", rejected(rows), []string{"3;surname;line_break", "4;surname;line_break"})
	found := slices.ContainsFunc(rows, func(r memberfile.Row) bool { return r.Member.Name.Surname == `Müller; "Ö"` })
	if !found {
		t.Error("the quoted name is not the name")
	}
}

func TestJSONIsUTF8(t *testing.T) {
	good := jsonFile(t, somebody())
	bad := latin9(t, good)
	same(t, "every line by itself", rejects(t, bad+good+bad), []string{"1;;encoding", "3;;encoding"})
	same(t, "with a byte order mark", rejects(t, "\ufeff"+good), nil)
}
