package memberfile_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"schalter/domain/date"
	"schalter/domain/memberfile"
)

// today is the day on which all files of these tests are read.
const today = date.Date(20270301)

// values are what a line says, by column.
type values map[string]string

// somebody is a line without a fault, for rows that change one thing.
func somebody() values {
	return values{
		"kvnr": "X110411675", "given_names": "Anna", "surname": "Müller", "birth_date": "1962-03-14",
		"iccsn": "80276999990001951731", "card_valid_from": "2024-01-01", "card_valid_to": "2029-12-31",
		"card_status": "active",
	}
}

// with returns a copy of v in which pairs of column and value are changed.
func (v values) with(pairs ...string) values {
	v = maps.Clone(v)
	for i := 0; i < len(pairs); i += 2 {
		v[pairs[i]] = pairs[i+1]
	}
	return v
}

// csvFile writes lines with all columns.
func csvFile(lines ...values) string {
	var b strings.Builder
	b.WriteString(strings.Join(memberfile.Columns(), ";") + "\n")
	for _, v := range lines {
		b.WriteString(csvLine(v) + "\n")
	}
	return b.String()
}

func csvLine(v values) string {
	var cells []string
	for _, name := range memberfile.Columns() {
		cell := v[name]
		if strings.ContainsAny(cell, "\";\r\n") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		cells = append(cells, cell)
	}
	return strings.Join(cells, ";")
}

// jsonFile writes the same as csvFile, one object a line.
func jsonFile(t *testing.T, lines ...values) string {
	t.Helper()
	var b strings.Builder
	for _, v := range lines {
		object, card := map[string]any{}, map[string]any{}
		for name, value := range v {
			switch short, isCard := strings.CutPrefix(name, "card_"); {
			case isCard || name == "iccsn":
				card[short] = value
			default:
				object[name] = value
			}
		}
		object["cards"] = []any{card}
		line, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

// read reads a whole file.
func read(t *testing.T, file string, o memberfile.Options) []memberfile.Row {
	t.Helper()
	if o.Today == 0 {
		o.Today = today
	}
	r, err := memberfile.NewReader(strings.NewReader(file), o)
	if err != nil {
		t.Fatalf("the file is refused: %v", err)
	}
	var rows []memberfile.Row
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatalf("after %d rows: %v", len(rows), err)
		}
		rows = append(rows, row)
	}
	if got := r.Offset(); got != int64(len(file)) {
		t.Errorf("offset %d behind a file of %d bytes", got, len(file))
	}
	return rows
}

// rejects returns the report's lines of a file.
func rejects(t *testing.T, file string) []string {
	t.Helper()
	return rejected(read(t, file, memberfile.Options{}))
}

func rejected(rows []memberfile.Row) []string {
	lines := []string{}
	for _, row := range rows {
		if row.Rejected() {
			lines = append(lines, row.Reject.String())
		}
	}
	return lines
}

// refused returns the error of a file that cannot be read at all.
func refused(t *testing.T, file string, o memberfile.Options) *memberfile.HeaderError {
	t.Helper()
	_, err := memberfile.NewReader(strings.NewReader(file), o)
	var header *memberfile.HeaderError
	if !errors.As(err, &header) {
		t.Fatalf("error %v, want a fault of the header", err)
	}
	return header
}

func same(t *testing.T, why string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", why, got, want)
	}
}
