package memberfile_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"schalter/domain/memberfile"
)

func TestHeader(t *testing.T) {
	const line = "\nX110411675;Müller;1962-03-14;Köln\n"
	for _, row := range []struct {
		why    string
		header string
		ignore bool
		fault  memberfile.HeaderFault // "" for none
		names  []string
	}{
		{"four columns", "kvnr;surname;birth_date;city", false, "", nil},
		{"capitals, spaces and quotes", `KVNR ; Surname;"Birth_Date"; city`, false, "", nil},
		{"a byte order mark", "\ufeffkvnr;surname;birth_date;city", false, "", nil},
		{"given names are enough", "kvnr;given_names;birth_date;city", false, "", nil},
		{"an unknown column", "kvnr;surname;birth_date;ort", false, memberfile.UnknownColumns, []string{"ort"}},
		{"an unknown column that may be skipped", "kvnr;surname;birth_date;ort", true, "", nil},
		{"an unknown column that would act on a screen", "kvnr;surname;birth_date;o\x1b[2Jrt", false, memberfile.UnknownColumns, []string{"ort"}},
		{"an unknown column as long as a letter", "kvnr;surname;birth_date;" + strings.Repeat("o", 5000), false, memberfile.UnknownColumns, []string{strings.Repeat("o", 40)}},
		{"a column without a name", "kvnr;;birth_date;surname", false, memberfile.UnknownColumns, []string{""}},
		{"a column twice", "kvnr;surname;birth_date;SURNAME", false, memberfile.RepeatedColumns, []string{"surname"}},
		{"a column twice that may not be skipped", "kvnr;surname;birth_date;surname", true, memberfile.RepeatedColumns, []string{"surname"}},
		{"no KVNR", "surname;birth_date;city;title", false, memberfile.MissingColumns, []string{"kvnr"}},
		{"no birth date and no name", "kvnr;title;city;sex", false, memberfile.MissingColumns, []string{"surname", "birth_date"}},
		{"cards of unknown state", "kvnr;surname;birth_date;iccsn", false, memberfile.MissingColumns, []string{"card_status"}},
		{"cards without number", "kvnr;surname;birth_date;card_status", false, memberfile.MissingColumns, []string{"iccsn"}},
		{"a member instead of names", "X110406067;Schmidt;1970-01-01;Bonn", false, memberfile.NoHeader, nil},
		{"a member whose cell is a name of ours", "X110406067;Title;1970-01-01;Bonn", false, memberfile.NoHeader, nil},
		{"another separator", "kvnr\tsurname\tbirth_date\tcity", false, memberfile.NoHeader, nil},
		{"a list of JSON", `[{"kvnr":"X110411675"},`, false, memberfile.NoHeader, nil},
		{"a line of a mebibyte", strings.Repeat("kvnr;", 300_000), false, memberfile.NoHeader, nil},
		{"UTF-16 as spreadsheets write it", "\xff\xfek\x00v\x00n\x00r\x00", false, memberfile.WrongEncoding, nil},
		{"UTF-16, the other order", "\xfe\xff\x00k\x00v\x00n\x00r", false, memberfile.WrongEncoding, nil},
		{"a mark that lies", "\xef\xbb\xbfkvnr;surname;birth_date;stra\xdfe", false, memberfile.WrongEncoding, nil},
	} {
		o := memberfile.Options{IgnoreUnknown: row.ignore, Today: today}
		if row.fault == "" {
			same(t, row.why, rejected(read(t, row.header+line, o)), nil)
			continue
		}
		got := refused(t, row.header+line, o)
		if got.Fault != row.fault {
			t.Errorf("%s: %q, want %q", row.why, got.Fault, row.fault)
		}
		same(t, row.why, got.Columns, row.names)
	}
	for why, file := range map[string]string{"an empty file": "", "blank lines": "\n\r\n \n"} {
		if got := refused(t, file, memberfile.Options{}); got.Fault != memberfile.NoHeader {
			t.Errorf("%s: %v", why, got)
		}
	}
}

func TestCommaSeparates(t *testing.T) {
	for _, row := range []struct{ why, file string }{
		{"commas", "kvnr,surname,birth_date,city\nX110411675,\"Müller; Meier\",1962-03-14,Köln\n"},
		{"a semicolon in an unknown name", "kvnr,surname,birth_date,\"city;ort\"\nX110411675,\"Müller; Meier\",1962-03-14,\n"},
	} {
		rows := read(t, row.file, memberfile.Options{IgnoreUnknown: true})
		if len(rows) != 1 || rows[0].Member.Name.Surname != "Müller; Meier" {
			t.Errorf("%s: %d rows, %v", row.why, len(rows), rejected(rows))
		}
	}
}

func TestColumnsInAnyOrder(t *testing.T) {
	file := "birth_date;notes;card_status;surname;iccsn;kvnr\n" +
		"1962-03-14;\x1b[2J;blocked;Müller;80276999990001951731;X110411675\n"
	rows := read(t, file, memberfile.Options{IgnoreUnknown: true})
	if len(rows) != 1 || rows[0].Rejected() {
		t.Fatalf("%d rows, %v", len(rows), rejected(rows))
	}
	m := rows[0].Member
	if m.KVNR != "X110411675" || m.Name.Surname != "Müller" || m.BirthDate != 19620314 || m.Cards[0].ICCSN != "80276999990001951731" {
		t.Error("cells went to the wrong columns")
	}
}

func TestHeaderErrorText(t *testing.T) {
	for _, row := range []struct{ file, want string }{
		{"kvnr;surname;birth_date;ort;plz\n", "read members: unknown_columns: ort, plz"},
		{"Müller;Anna\n", "read members: no_header"},
	} {
		_, err := memberfile.NewReader(strings.NewReader(row.file), memberfile.Options{})
		if err == nil || err.Error() != row.want {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

func TestEveryHeaderFaultIsListedOnce(t *testing.T) {
	seen := map[memberfile.HeaderFault]bool{}
	for _, f := range memberfile.AllHeaderFaults() {
		if f == "" || seen[f] {
			t.Errorf("%q is empty or twice in the list", f)
		}
		seen[f] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d faults listed", len(seen))
	}
}

func TestAReadErrorIsNoEndOfFile(t *testing.T) {
	broken := errors.New("disk")
	for why, file := range map[string]string{
		"CSV":               simple(anna, bert),
		"quotes":            simple(`X110411675;"Müller`+"\n", bert),
		"JSON":              jsonFile(t, somebody().with("kvnr", "X110406067"), somebody()),
		"a line too long":   simple(strings.Repeat("x", 1<<20+5)),
		"a header too long": strings.Repeat("x", 1<<20+5),
	} {
		for _, cut := range []int{0, 1, len(file) / 4, len(file) / 2, len(file) - 1, len(file)} {
			in := io.MultiReader(strings.NewReader(file[:cut]), iotest.ErrReader(broken))
			r, err := memberfile.NewReader(in, memberfile.Options{Today: today})
			if err == nil {
				err = walk(r)
			}
			if !errors.Is(err, broken) {
				t.Errorf("%s, cut after %d bytes: error %v", why, cut, err)
			}
		}
	}
}

// walk reads all rows and returns the error that ended the walk.
func walk(r *memberfile.Reader) error {
	for _, err := range r.Rows() {
		if err != nil {
			return err
		}
	}
	return nil
}
