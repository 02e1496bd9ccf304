package paper

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHolder(t *testing.T) {
	for _, test := range []struct{ name, kvnr, want, reason string }{
		{"A. M.", "780", "A. M. •••780", "as use cases mask it"},
		{"Anna Müller", "A123456780", "A. M. •••780", "the whole name and number come to the same"},
		{"Anna Maria Müller", "A123456780", "A. M. •••780", "a third word is dropped"},
		{"Łukasz Çelik", "780", "Ł. Ç. •••780", "letters keep their strokes"},
		{"łukasz çelik", "780", "Ł. Ç. •••780", "initials are capitals"},
		{"'t Hooft", "780", "T. H. •••780", "an apostrophe is no initial"},
		{"O\u0308zgu\u0308r", "780", "Ö. •••780", "decomposed letters are one letter"},
		{"\x1b[31mAnna M", "780", "A. M. •••780", "escape sequences are no letters"},
		{"–", "780", "•••780", "no letter at all"},
		{"", "", "", "nothing known"},
		{"A. M.", "80", "A. M.", "too few characters"},
		{"A. M.", "7\x1b0", "A. M.", "no characters of a KVNR"},
	} {
		if got := NewHolder(test.name, test.kvnr).String(); got != test.want {
			t.Errorf("NewHolder(%q, %q) = %q, want %q: %s", test.name, test.kvnr, got, test.want, test.reason)
		}
	}
}

// A field that could hold a name, a KVNR or a diagnosis must not creep in.
func TestSlipHasNoRoomForPersons(t *testing.T) {
	want := []string{
		"Insurer", "Branch", "BranchPhone", "Language", "Practice", "Case", "Code", "Link",
		"ValidUntil", "Purpose", "Holder", "Mark", "MadeAt",
	}
	var got []string
	for f := range reflect.TypeFor[Slip]().Fields() {
		got = append(got, f.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("Slip has the fields %v, want %v", got, want)
	}
	for f := range reflect.TypeFor[Holder]().Fields() {
		if f.Type.Kind() != reflect.Array || f.Type.Len() > 3 {
			t.Errorf("Holder.%s is a %v and could hold a name", f.Name, f.Type)
		}
	}
}

func TestSlipKeepsPersonsToItself(t *testing.T) {
	const name, kvnr = "Wilhelmine Brandstätter", "X110411675"
	for _, l := range AllLanguages() {
		s := sample(l)
		s.Holder = NewHolder(name, kvnr)
		for form, text := range map[string]string{"text": mustText(t, s), "PDF": readPDF(t, mustPDF(t, s)).text()} {
			if !strings.Contains(text, "W. B. •••675") {
				t.Errorf("%s as %s lacks its holder:\n%s", l, form, text)
			}
			for _, part := range []string{"Wilhelmine", "Brandst", kvnr, kvnr[3:]} {
				if strings.Contains(text, part) {
					t.Errorf("%s as %s tells %q", l, form, part)
				}
			}
		}
	}
}

func TestSlipDoesNotFormatItsCode(t *testing.T) {
	s := sample(German)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("printed", "slip", s)
	slog.New(slog.NewTextHandler(&log, nil)).Info("printed", "slip", s)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&log, verb+"\n", s)
		fmt.Fprintf(&log, verb+"\n", &s)
	}
	for _, secret := range []string{s.Code, "WXZ3M", s.Link, "A. M."} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q got out:\n%s", secret, &log)
		}
	}
	if !strings.Contains(log.String(), s.Case) {
		t.Errorf("the case number is missing:\n%s", &log)
	}
}

func TestSlipLacks(t *testing.T) {
	for _, test := range []struct {
		reason string
		spoil  func(*Slip)
	}{
		{"no case number", func(s *Slip) { s.Case = "" }},
		{"a case number that leaves the folder", func(s *Slip) { s.Case = "../../x" }},
		{"a case number that is an option", func(s *Slip) { s.Case = "-rf" }},
		{"a case number longer than any", func(s *Slip) { s.Case = strings.Repeat("7", 21) }},
		{"no code", func(s *Slip) { s.Code = "" }},
		{"a code that drives the printer", func(s *Slip) { s.Code = "K7QH9\x1b@" }},
		{"no link", func(s *Slip) { s.Link = "" }},
		{"no date", func(s *Slip) { s.MadeAt = time.Time{} }},
		{"no validity", func(s *Slip) { s.ValidUntil = time.Time{} }},
		{"validity that is over", func(s *Slip) { s.ValidUntil = s.MadeAt }},
		{"no language", func(s *Slip) { s.Language = "" }},
		{"a language without words", func(s *Slip) { s.Language = "fr" }},
	} {
		s := sample(German)
		test.spoil(&s)
		for name, render := range map[string]func(Slip) ([]byte, error){"Text": Text, "PDF": PDF} {
			data, err := render(s)
			if err == nil || data != nil {
				t.Errorf("%s of a slip with %s: %d bytes, error %v", name, test.reason, len(data), err)
				continue
			}
			if strings.Contains(err.Error(), "WXZ3M") || strings.Contains(err.Error(), "A. M.") {
				t.Errorf("%s of a slip with %s tells: %v", name, test.reason, err)
			}
		}
		if err := (File{Folder: t.TempDir()}).Print(context.Background(), s); err == nil {
			t.Errorf("a slip with %s was printed", test.reason)
		} else {
			wantPrinterError(t, err)
		}
	}
}

func TestSlipLinkTooLong(t *testing.T) {
	s := sample(German)
	s.Link += strings.Repeat("x", 2000)
	if _, err := PDF(s); err == nil {
		t.Errorf("PDF of a link beyond every QR code: %v", err)
	}
}
