package memberfile_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"schalter/domain"
	"schalter/domain/memberfile"
	"schalter/domain/plain"
)

func FuzzCSV(f *testing.F) {
	f.Add(csvFile(somebody(), fullLine()))
	f.Add(simple(anna, bert, clara))
	f.Add("\ufeff" + strings.ReplaceAll(simple(anna), "\n", "\r\n"))
	f.Add(simple(`X110411675;"Müller `+"\n"+`";1962-03-14;"K""öln"`+"\n", bert))
	f.Add("kvnr,surname,birth_date\nX110411675,M\xfcller,1962-00-00\n")
	f.Fuzz(func(t *testing.T, file string) { checkFile(t, file, memberfile.CSV) })
}

func FuzzJSONLines(f *testing.F) {
	f.Add(`{"kvnr":"X110411675","surname":"M\u00fcller","birth_date":"1962-03-14","deceased":true,"cards":[{"iccsn":"80276999990001951731","status":"active"}]}`)
	f.Add(`{"kvnr":"X110411675","given_names":"Anna","birth_date":"1962-00-00","x":[{}],"cards":null}` + "\n{}\n[]\n")
	f.Add(`{"kvnr":"X110411675","surname":"\ud800","kvnr":1}`)
	f.Fuzz(func(t *testing.T, file string) { checkFile(t, file, memberfile.JSONLines) })
}

// checkFile reads whatever it gets. What is taken must be safe to show and must
// come back when it is written; what is rejected must be told in known words.
func checkFile(t *testing.T, file string, form memberfile.Form) {
	r, err := memberfile.NewReader(strings.NewReader(file), memberfile.Options{Form: form, IgnoreUnknown: true, Today: today})
	if err != nil {
		var header *memberfile.HeaderError
		if !errors.As(err, &header) {
			t.Fatalf("error %v", err)
		}
		for _, name := range header.Columns {
			checkPlain(t, name)
		}
		return
	}
	var taken []memberfile.Row
	defer func() { checkGoesOn(t, file, form, taken) }()
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if !row.Rejected() {
			taken = append(taken, row)
		}
		if row.Rejected() {
			checkReject(t, row, strings.Count(file, "\n")+1)
			continue
		}
		for _, s := range textsOf(row.Member) {
			checkPlain(t, s)
		}
		checkComesBack(t, row.Member)
	}
	if r.Offset() != int64(len(file)) {
		t.Fatalf("offset %d of %d bytes", r.Offset(), len(file))
	}
}

// checkGoesOn reads on behind a row in the middle: the rows that follow are those
// that followed before.
func checkGoesOn(t *testing.T, file string, form memberfile.Form, taken []memberfile.Row) {
	if len(taken) == 0 {
		return
	}
	half := len(taken) / 2
	r, err := memberfile.NewReader(strings.NewReader(file), memberfile.Options{
		Form: form, IgnoreUnknown: true, Today: today, From: taken[half].Behind,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := taken[half+1:]
	for row, err := range memberfile.Ahead(r.Rows()) {
		switch {
		case err != nil:
			t.Fatal(err)
		case row.Rejected():
			continue
		case len(want) == 0:
			t.Fatalf("line %d comes again", row.Line)
		case row.Line != want[0].Line || row.Behind != want[0].Behind || !reflect.DeepEqual(row.Member, want[0].Member):
			t.Fatalf("line %d came, want line %d as it was", row.Line, want[0].Line)
		}
		want = want[1:]
	}
	if len(want) > 0 {
		t.Fatalf("%d rows are missing", len(want))
	}
}

func checkReject(t *testing.T, row memberfile.Row, lines int) {
	known := false
	for _, why := range memberfile.AllReasons() {
		known = known || why == row.Reject.Reason
	}
	field := row.Reject.Field == "" || row.Reject.Field == "cards"
	for _, name := range memberfile.Columns() {
		field = field || name == row.Reject.Field
	}
	if !known || !field || row.Reject.Line < 1 || row.Reject.Line > lines {
		t.Fatalf("reject %s in a file of %d lines", row.Reject, lines)
	}
}

func checkPlain(t *testing.T, s string) {
	bad := func(r rune) bool { return !unicode.IsGraphic(r) || r == utf8.RuneError }
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || strings.ContainsFunc(s, bad) || plain.Clean(s) != s {
		t.Fatalf("%q is not plain", s)
	}
}

func checkComesBack(t *testing.T, m domain.Member) {
	for _, form := range forms {
		var file bytes.Buffer
		w := memberfile.NewWriter(&file, form)
		if err := errors.Join(w.Write(m), w.Flush()); err != nil {
			t.Fatal(err)
		}
		r, err := memberfile.NewReader(&file, memberfile.Options{Form: form, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range r.Rows() {
			if err != nil || row.Rejected() || !reflect.DeepEqual(row.Member, m) {
				t.Fatalf("the member does not come back: %s, %v", row.Reject, err)
			}
		}
	}
}

// textsOf returns the texts of a member that come from the file as they are.
func textsOf(m domain.Member) (texts []string) {
	for _, v := range []any{m.Name, m.Address, m.Contact} {
		record := reflect.ValueOf(v)
		for i := range record.NumField() {
			if record.Field(i).Kind() == reflect.String {
				texts = append(texts, record.Field(i).String())
			}
		}
	}
	return append(texts, string(m.KVNR), string(m.Insurance.Main))
}
