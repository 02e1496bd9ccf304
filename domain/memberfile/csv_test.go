package memberfile_test

import (
	"fmt"
	"strings"
	"testing"

	"schalter/domain/memberfile"
)

// simple is a file of four columns; lines are given as they stand in it.
func simple(lines ...string) string {
	return "kvnr;surname;birth_date;city\n" + strings.Join(lines, "")
}

const (
	anna  = "X110411675;Müller;1962-03-14;Köln\n"
	bert  = "X110406067;Schmidt;1970-01-01;Bonn\n"
	clara = "X110465770;Weber;1980-02-02;Trier\n"
)

func TestLinesOfCSV(t *testing.T) {
	for _, row := range []struct {
		why   string
		file  string
		taken int
		want  []string
	}{
		{"three members", simple(anna, bert, clara), 3, nil},
		{"no member", simple(), 0, nil},
		{"no line end after the header", strings.TrimSuffix(simple(), "\n"), 0, nil},
		{"no line end after the last", strings.TrimSuffix(simple(anna, bert), "\n"), 1, []string{"3;;truncated"}},
		{"CRLF", strings.ReplaceAll(simple(anna, bert), "\n", "\r\n"), 2, nil},
		{"mixed line ends", simple(anna, strings.TrimSuffix(bert, "\n")+"\r\n", clara), 3, nil},
		{"a lone CR ends no line", simple(anna, strings.TrimSuffix(bert, "\n")+"\r"+clara), 1, []string{"3;;cells"}},
		{"blank lines", simple("\n", anna, "\r\n", "  \n", bert, "\n\n"), 2, nil},
		{"lines of separators", simple(";;;\n", anna, ";;;;;;\n"), 1, nil},
		{"a blank line before the header", "\n\n" + simple(anna), 1, nil},
		{"too few cells", simple("X110411675;Müller;1962-03-14\n", bert), 1, []string{"2;;cells"}},
		{"too many cells", simple("X110411675;Müller;1962-03-14;Köln;x\n", bert), 1, []string{"2;;cells"}},
		{"a separator too many", simple("X110411675;Müller;1962-03-14;Köln;\n", bert), 1, []string{"2;;cells"}},
		{"all lines end with a separator", "kvnr;surname;birth_date;\nX110411675;Müller;1962-03-14;\n", 1, nil},
		{"a cell without a name", "kvnr;surname;birth_date;\nX110411675;Müller;1962-03-14;x\n", 0, []string{"2;;cells"}},
		{"the first fault is told", simple("X110411674;;;\n"), 0, []string{"2;kvnr;check_digit"}},
		{"a line of a mebibyte", simple(anna, strings.Repeat("x", 1<<20)+"\n", bert), 2, []string{"3;;line_too_long"}},
		{"a line of three", simple(anna, strings.Repeat("x", 3<<20)+"\n", bert), 2, []string{"3;;line_too_long"}},
		{"a file that is one line", simple(strings.Repeat("x", 3<<20)), 0, []string{"2;;line_too_long"}},
	} {
		rows := read(t, row.file, memberfile.Options{})
		got := rejected(rows)
		same(t, row.why, got, row.want)
		if taken := len(rows) - len(got); taken != row.taken {
			t.Errorf("%s: %d members, want %d", row.why, taken, row.taken)
		}
	}
}

func TestQuotes(t *testing.T) {
	long := strings.Repeat("y", 17<<10)
	var many, manyRejected []string
	for i := range 200 {
		many = append(many, `X110411675;"Müller;1962-03-14;Köln`+"\n")
		manyRejected = append(manyRejected, fmt.Sprintf("%d;;quote", i+2))
	}
	for _, row := range []struct {
		why   string
		lines []string
		taken int
		want  []string
	}{
		{"quoted cells", []string{`"X110411675";"Müller";"1962-03-14";"Köln"` + "\n"}, 1, nil},
		{"a separator within", []string{`X110411675;"Müller; Meier";1962-03-14;""` + "\n"}, 1, nil},
		{"a pair within", []string{`X110411675;"Müller ""Ännchen""";1962-03-14;Köln` + "\n"}, 1, nil},
		{"at the end of the file", []string{anna, `X110406067;Schmidt;1970-01-01;"Bonn"`}, 1, []string{"3;;truncated"}}, // or the first of a pair,
		{"with CRLF", []string{`X110411675;Müller;1962-03-14;"Köln"` + "\r\n"}, 1, nil},
		{"a stray quote costs one line", []string{`X110411675;"Müller;1962-03-14;Köln` + "\n", bert, clara}, 2, []string{"2;;quote"}},
		{"a quote inside a cell", []string{`X110411675;Mül"ler;1962-03-14;Köln` + "\n", bert}, 1, []string{"2;;quote"}},
		{"text behind a quote", []string{`X110411675;"Müller"x;1962-03-14;Köln` + "\n", bert}, 1, []string{"2;;quote"}},
		{"a space before a quote", []string{`X110411675; "Müller";1962-03-14;Köln` + "\n", bert}, 1, []string{"2;;quote"}},
		{"a stray quote, later quoted cells", []string{`X110411675;"Müller;1962-03-14;Köln` + "\n", bert, `X110465770;"Weber";1980-02-02;"Trier"` + "\n"}, 2, []string{"2;;quote"}},
		{"a ditto mark in two lines far apart", []string{`X110411675;";1962-03-14;Köln` + "\n", strings.Repeat(bert, 600), `X110465770;";1980-02-02;Trier` + "\n"}, 1, []string{"2;;quote", "603;;quote"}},
		{"two stray quotes that look like a pair", []string{`X110411675;"Müller;1962-03-14;Köln` + "\n", bert, `X110465770;Weber";1980-02-02;Trier` + "\n"}, 0, []string{"2;surname;line_break", "3;surname;line_break", "4;surname;line_break"}},
		{"closed, but with too many cells", []string{`X110411675;"Müller` + "\n", `x";1;2;3;4` + "\n", bert}, 1, []string{"2;;quote", "3;;quote"}},
		{"closed, but with too few cells", []string{`X110411675;"Müller` + "\n", `x";1` + "\n", bert}, 1, []string{"2;;quote", "3;;quote"}},
		{"a stray quote in every line", many, 0, manyRejected},
		{"a line break", []string{`X110411675;"Müller` + "\n" + `Meier";1962-03-14;Köln` + "\n", bert}, 1, []string{"2;surname;line_break", "3;surname;line_break"}},
		{"three line breaks in two cells", []string{`X110411675;"Mü` + "\r\n" + `ller";1962-03-14;"a` + "\n\n" + `b"` + "\r\n", bert}, 1, []string{"2;surname;line_break", "3;surname;line_break", "4;surname;line_break", "5;surname;line_break"}},
		{"a line break at the end of the file", []string{anna, `X110406067;Schmidt;1970-01-01;"a` + "\n" + `b"`}, 1, []string{"3;city;line_break", "4;city;line_break"}},
		{"closed beyond the window", []string{`X110411675;"Müller` + "\n" + long + `";1962-03-14;Köln` + "\n", bert}, 1, []string{"2;;quote", "3;;quote"}},
		{"never closed, far from the end", []string{`X110411675;"Müller;1962-03-14;Köln` + "\n", strings.Repeat("\n", 17<<10), bert}, 1, []string{"2;;quote"}},
		{"more cells open than there are", []string{`X110411675;Müller;1962-03-14;Köln;x;"y` + "\n", `z"` + "\n", bert}, 1, []string{"2;;quote", "3;;quote"}},
	} {
		rows := read(t, simple(row.lines...), memberfile.Options{})
		got := rejected(rows)
		same(t, row.why, got, row.want)
		if taken := len(rows) - len(got); taken != row.taken {
			t.Errorf("%s: %d members, want %d", row.why, taken, row.taken)
		}
	}
}

func TestLineNumbersBehindALineBreak(t *testing.T) {
	file := simple(`X110411675;"a`+"\n\n\n"+`b";1962-03-14;Köln`+"\n", bert, "X1;;;\n")
	same(t, "numbers", rejects(t, file),
		[]string{"2;surname;line_break", "3;surname;line_break", "4;surname;line_break", "5;surname;line_break", "7;kvnr;format"})
}

func TestATruncatedFileIsToldAsSuch(t *testing.T) {
	whole := csvFile(somebody(), somebody().with("kvnr", "X110406067", "surname", "Mu\u00dfbach"))
	body := strings.TrimSuffix(whole, "\n")
	last := strings.LastIndex(body, "\n") + 1
	for cut := last + 1; cut < len(body); cut++ {
		same(t, fmt.Sprintf("cut after %d bytes of the line", cut-last), rejects(t, whole[:cut]), []string{"3;;truncated"})
	}
	same(t, "nothing cut but the line end", rejects(t, body), nil)
	same(t, "cut behind a line", rejects(t, whole[:last]), nil)
	same(t, "within quotes", rejects(t, simple(anna, `X110406067;"Schm`)), []string{"3;;truncated"})
	same(t, "another fault stays what it is", rejects(t, simple(anna, "X110406068;Schmidt;1970-01-01;Bonn")), []string{"3;kvnr;check_digit"})
}

func TestATruncatedObjectIsToldAsSuch(t *testing.T) {
	whole := jsonFile(t, somebody(), somebody().with("kvnr", "X110406067"))
	body := strings.TrimSuffix(whole, "\n")
	last := strings.LastIndex(body, "\n") + 1
	for cut := last + 1; cut < len(body); cut++ {
		same(t, fmt.Sprintf("cut after %d bytes of the object", cut-last), rejects(t, whole[:cut]), []string{"2;;truncated"})
	}
	same(t, "nothing cut but the line end", rejects(t, body), nil)
	same(t, "another fault stays what it is", rejects(t, whole[:last]+`{"kvnr":"X110406067","nr":"1"}`), []string{"2;;unknown_key"})
}

// TestALineWithoutEnd is taken if its last value cannot go on.
func TestALineWithoutEnd(t *testing.T) {
	const card = "80276999990001951731"
	for _, row := range []struct {
		why, columns, cells string
		cut                 bool
	}{
		{"a word", ";iccsn;card_status", ";" + card + ";active", false},
		{"no card, or one that is missing", ";iccsn;card_status", ";;", true},
		{"a card number", ";card_status;iccsn", ";active;" + card, false},
		{"a date", ";insured_from", ";2020-01-01", false},
		{"no date, or one that is missing", ";insured_from", ";", true},
		{"a birth date", "", "", false},
		{"half a city", ";city", ";Würz", true},
		{"half an address", ";email", ";anna@beispiel.de", true},
		{"a number that could be a word", ";deceased", ";no", true},
		{"nothing where a yes could stand", ";deceased", ";", true},
		{"a separator behind the last value", ";city;", ";Würzburg;", false},
	} {
		file := "kvnr;surname;birth_date" + row.columns + "\nX110411675;Müller;1962-03-14" + row.cells
		want := []string{}
		if row.cut {
			want = []string{"2;;truncated"}
		}
		same(t, row.why, rejects(t, file), want)
		same(t, row.why+", ended", rejects(t, file+"\n"), []string{})
	}
}
