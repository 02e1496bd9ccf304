package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/practice"
	"schalter/tui/words"
)

// TestShowAfterHandOut: the record on the command line says that a code was
// handed over, in its case, and never the code or what is masked.
func TestShowAfterHandOut(t *testing.T) {
	b := newBench(t)
	b.founded()
	people := practice.People(practice.Seed, calendar.Of(morning), 60)
	b.importPeople(people)
	m, code := b.day(people)
	anna := []string{"--as", "anna", "--passphrase-file", filepath.Join(b.home, "anna.pass")}

	status, out, errs := b.do(append([]string{"member", "show", string(m.KVNR), "--json"}, anna...)...)
	var got shownMember
	if err := json.Unmarshal([]byte(out), &got); status != statusDone || err != nil {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	if got.Code == nil || got.Code.State != "live" || got.Code.HandedOver == "" || got.Code.Case != string(code.Case) {
		t.Errorf("activation code %+v", got.Code)
	}
	acts := map[string]bool{}
	for _, c := range got.Cases {
		acts[c.Act] = true
	}
	if !acts["code_handed_over"] || !acts["code_created"] {
		t.Errorf("cases %+v", got.Cases)
	}
	_, text, _ := b.do(append([]string{"member", "show", string(m.KVNR)}, anna...)...)
	for _, want := range []string{"offen bis 04.09.2026 08:30", "Aktivierungscode ausgehändigt", code.Case.Grouped()} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	for _, secret := range []string{string(code.Code), code.Code.Grouped(), string(m.KVNR), m.Address.Street, m.Cards[0].ICCSN.Last6(), m.BirthDate.String()} {
		if strings.Contains(out, secret) || strings.Contains(text, secret) {
			t.Errorf("shows %q", secret)
		}
	}
}

// TestFoundTexts: the line below a list says how much of it there is.
func TestFoundTexts(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.German)
	one := []desk.Found{{}}
	for _, r := range []struct {
		reason string
		list   desk.List
		want   string
	}{
		{"nobody", desk.List{}, "Niemand gefunden."},
		{"all shown", desk.List{Found: one, Total: 1}, "1 gefunden."},
		{"a part shown", desk.List{Found: one, Total: 70}, "70 gefunden, die ersten 1."},
		{"counted no further", desk.List{Found: one, Total: 1000, More: true}, "Mehr als 1.000 gefunden."},
		{"by sound", desk.List{Found: one, Total: 1, Sound: true}, "Nichts passt genau; so klingt ähnlich."},
	} {
		if got := b.countText(r.list); got != r.want {
			t.Errorf("%s: %q", r.reason, got)
		}
	}
	for _, r := range []struct {
		reason string
		masked desk.Masked
		want   string
	}{
		{"deceased goes before ended", desk.Masked{Deceased: true, Ended: true, Card: desk.CardIsBlocked}, "verstorben, Karte gesperrt"},
		{"ended", desk.Masked{Ended: true, Card: desk.CardNone}, "Versicherung beendet, keine Karte"},
		{"a child", desk.Masked{Under15: true, Card: desk.CardCurrent}, "unter 15, Karte aktuell"},
	} {
		if got := b.standing(r.masked, false); got != r.want {
			t.Errorf("%s: %q", r.reason, got)
		}
	}
}
