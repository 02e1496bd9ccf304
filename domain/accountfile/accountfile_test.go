package accountfile_test

import (
	"strings"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/accountfile"
)

const base = `"id":"e","kvnr":"A123456780","at":"2026-03-01T10:00:00Z"`

func first(t *testing.T, line string) accountfile.Row {
	t.Helper()
	for row, err := range accountfile.Rows(strings.NewReader(line)) {
		if err != nil {
			t.Fatal(err)
		}
		return row
	}
	t.Fatalf("no row in %q", line)
	return accountfile.Row{}
}

func TestRows(t *testing.T) {
	for _, row := range []struct {
		why, line string
		fault     accountfile.Fault
		field     string
	}{
		{"registered", `{"kind":"account_registered",` + base + `,"shared_with_epa":true}`, "", ""},
		{"bound", `{"kind":"device_bound",` + base + `,"device_id":"d","platform":"ios","device_name":"x","os_version":"17"}`, "", ""},
		{"used", `{"kind":"device_used",` + base + `,"device_id":"d"}`, "", ""},
		{"identified", `{"kind":"identified",` + base + `,"method":"postident"}`, "", ""},
		{"no object", `[]`, accountfile.Syntax, ""},
		{"cut off", `{"kind":"email_verified"`, accountfile.Syntax, ""},
		{"something behind", `{"kind":"email_verified",` + base + `} {}`, accountfile.Syntax, ""},
		{"not UTF-8", "{\"kind\":\"\xff\"}", accountfile.Encoding, ""},
		{"unknown key", `{"kind":"email_verified",` + base + `,"pin":"123456"}`, accountfile.UnknownKey, ""},
		{"key twice", `{"id":"x","kind":"email_verified",` + base + `}`, accountfile.RepeatedKey, "id"},
		{"of another kind", `{"kind":"email_verified",` + base + `,"method":"eid"}`, accountfile.Unfitting, "method"},
		{"a number", `{"kind":"email_verified","id":1}`, accountfile.Type, "id"},
		{"a word for yes", `{"kind":"account_registered",` + base + `,"shared_with_epa":"yes"}`, accountfile.Type, "shared_with_epa"},
		{"no id", `{"kind":"email_verified","kvnr":"A123456780","at":"2026-03-01T10:00:00Z"}`, accountfile.Missing, "id"},
		{"no kind", `{` + base + `}`, accountfile.Missing, "kind"},
		{"made-up kind", `{"kind":"pin_told",` + base + `}`, accountfile.Value, "kind"},
		{"wrong check digit", `{"kind":"email_verified","id":"e","kvnr":"A123456781","at":"2026-03-01T10:00:00Z"}`, accountfile.Value, "kvnr"},
		{"a date without time", `{"kind":"email_verified","id":"e","kvnr":"A123456780","at":"2026-03-01"}`, accountfile.Value, "at"},
		{"no platform", `{"kind":"device_bound",` + base + `,"device_id":"d"}`, accountfile.Missing, "platform"},
		{"no such method", `{"kind":"identified",` + base + `,"method":"video"}`, accountfile.Value, "method"},
		{"too long", `{"kind":"` + strings.Repeat("x", accountfile.MaxLine) + `"}`, accountfile.LineTooLong, ""},
	} {
		got := first(t, row.line)
		if got.Fault != row.fault || got.Field != row.field || got.Line != 1 {
			t.Errorf("%s: %q %q in line %d", row.why, got.Fault, got.Field, got.Line)
		}
	}
}

func TestLinesAreCounted(t *testing.T) {
	file := "\n" + `{"kind":"email_verified",` + base + `}` + "\r\n\n" + strings.Repeat("y", 3*accountfile.MaxLine) + "\nx"
	var lines []int
	for row, err := range accountfile.Rows(strings.NewReader(file)) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, row.Line)
	}
	if len(lines) != 3 || lines[0] != 2 || lines[1] != 4 || lines[2] != 5 {
		t.Errorf("lines %v", lines)
	}
}

func FuzzRows(f *testing.F) {
	f.Add(`{"kind":"device_bound",` + base + `,"device_id":"d","platform":"ios"}`)
	f.Fuzz(func(t *testing.T, text string) {
		for row, err := range accountfile.Rows(strings.NewReader(text)) {
			if err != nil {
				t.Fatal(err)
			}
			if row.Fault == "" && (row.Event.ID == "" || row.Event.KVNR == "" || row.Event.At.IsZero()) {
				t.Fatalf("taken: %+v", row)
			}
		}
	})
}

func ExampleRows() {
	file := `{"kind":"app_code_blocked","id":"e-4","kvnr":"A123456780","at":"2026-03-01T10:00:00Z"}`
	for row := range accountfile.Rows(strings.NewReader(file)) {
		_ = row.Event.Kind == domain.BackendCodeBlocked && row.Event.At.Before(time.Now())
	}
}
