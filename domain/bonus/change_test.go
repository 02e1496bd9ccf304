package bonus_test

import (
	"os"
	"strings"
	"testing"

	"schalter/domain/bonus"
)

// Whoever changes the built-in programme by mistake is told: each of these
// changes makes some shared case or decided ambiguity come out otherwise.
func TestChangesOfTheSeedAreNoticed(t *testing.T) {
	const file = "programmes/bkk-kba-bkkplus.yaml"
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ what, old, new string }{
		{"the amount of stage I", "need: all_required, cents: 3000}}\n  - {id: vorsorge", "need: all_required, cents: 3100}}\n  - {id: vorsorge"},
		{"the amount of a child's stage I", "measures: [u_unters, zahn_kind, impf], pay: {mode: lump, need: all_required, cents: 3000", "measures: [u_unters, zahn_kind, impf], pay: {mode: lump, need: all_required, cents: 2900"},
		{"the amount of the club", "cents: 2000, evidence", "cents: 2001, evidence"},
		{"the amount of the badge", `"Dt. Sport-/Wanderabzeichen",      cents: 3000`, `"Dt. Sport-/Wanderabzeichen",      cents: 1000`},
		{"the amount of the donor card", `"Organspendeausweis (Besitz)",     cents: 1000`, `"Organspendeausweis (Besitz)",     cents: 500`},
		{"the age of the check-up", "who: {age_from: 35}", "who: {age_from: 34}"},
		{"the age of women", "sex: [w], age_from: 20", "sex: [w], age_from: 21"},
		{"the age of men", "sex: [m], age_from: 45", "sex: [m], age_from: 44"},
		{"the age of grown-ups", "{age_below: 15}", "{age_below: 16}"},
		{"the day that decides on the track", "{age_below: 15}, at: period_end", "{age_below: 15}, at: period_start"},
		{"the interval of the check-up", "years: 2", "years: 3"},
		{"the deadline's month", "month: 3, day: 31", "month: 4, day: 30"},
		{"the deadline's roll", "roll: next_working_day", "roll: none"},
		{"the cap on extended prevention", "requires: [stufe1], cap_cents: 4000, pay: {mode: reimburse}", "requires: [stufe1], cap_cents: 5000, pay: {mode: reimburse}"},
		{"the cap on sports", "requires: [stufe1], cap_cents: 4000, pay: {mode: per_measure}", "requires: [stufe1], cap_cents: 5000, pay: {mode: per_measure}"},
		{"the cap on a child's stage II", "cap_cents: 2000", "cap_cents: 2500"},
		{"the cap on both stages", "max_cents: 15000", "max_cents: 14000"},
		{"the gate before sports", "{id: sport,    title: \"Sportliche Aktivitäten\", tracks: [erwachsene], requires: [stufe1]", "{id: sport,    title: \"Sportliche Aktivitäten\", tracks: [erwachsene]"},
		{"the half-years of dental care", "per: half_year", "per: period"},
		{"the days of a child's dentist", "distinct_dates: true", "distinct_dates: false"},
		{"the window of U9", "from: 58, to: 66", "from: 58, to: 67"},
		{"the window of U8", "from: 43, to: 50", "from: 42, to: 50"},
		{"when J1 is due", ", due: regular_end", ""},
		{"the evidence of a reimbursed exam", "{title: \"erweiterter Check-up\",            cost: reimburse, evidence: {all: [invoice]}", "{title: \"erweiterter Check-up\",            cost: reimburse, evidence: {any: [invoice, stamp]}"},
		{"the notice that refuses", "  - {check: not_terminated,    at: payout, whose: main_member}   # A23\n", ""},
		{"the membership that refuses", "{check: membership_active, at: payout", "{check: membership_active, at: handin"},
		{"whose membership", "{check: membership_active, at: payout, whose: main_member}", "{check: membership_active, at: payout, whose: self}"},
	} {
		text := strings.Replace(string(source), change.old, change.new, 1)
		if text == string(source) {
			t.Errorf("%s: %q is not in the file", change.what, change.old)
			continue
		}
		p, found := bonus.Parse(file, []byte(text))
		if len(found) > 0 {
			t.Errorf("%s: %v", change.what, found)
			continue
		}
		if noticed(t, p) == 0 {
			t.Errorf("%s: nothing notices it", change.what)
		}
	}
}

// noticed counts the cases of the seed that come out otherwise.
func noticed(t *testing.T, p *bonus.Programme) (n int) {
	for _, x := range sharedCases(t) {
		if x.Programme == p.ID && len(x.faults(t, p)) > 0 {
			n++
		}
	}
	for _, row := range ambiguities() {
		if len(row.faults(row.decide(t, p))) > 0 {
			n++
		}
	}
	return n
}

func TestTheSeedItselfIsNotNoticed(t *testing.T) {
	if n := noticed(t, bonus.Seed()); n != 0 {
		t.Errorf("%d cases come out otherwise", n)
	}
}
