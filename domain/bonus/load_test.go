package bonus_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
)

// sound programme whose lines are replaced one by one below. The numbers of its
// lines are those that findings must name.
const soundFile = `schema: schalter-bonus/1
id: test
insurer: Test
title: A test
source: {url: "https://example.org", dated: 2024}
valid: {from_year: 2020, to_year: 2024}
calendar: DE-BY
period: {type: calendar_year}
deadline: {month: 3, day: 31, year_offset: 1, roll: next_working_day}
conditions:
  - {check: membership_active, at: payout}
tracks:
  - {id: young, who: {age_below: 18}, at: period_end}
  - {id: old}
measures:
  a: {cents: 1000}
  b: {who: {any: [{sex: [w]}, {age_from: 50}]}, interval: {years: 2}}
  c: {cost: limit, cents: 500, evidence: {all: [invoice]}, max_units: null}
  d: {kind: status, value: {min: 18.5, max: 25}, points: 100}
  e:
    kind: series
    exams:
      - {id: E1, regular: {unit: month, from: 2, to: 3}, tolerance: {unit: month, from: 1, to: 4.5}}
groups:
  - {id: one, measures: [a, b, e], pay: {mode: lump, need: all_required, cents: 3000}}
  - {id: two, tracks: [old], requires: [one], measures: [a, c], cap_cents: 4000, pay: {mode: per_measure}}
  - {id: three, measures: [a, b], min_count: 2, pay: {mode: by_count, table: [{min: 2, cents: 100}, {min: 3, cents: 200}]}}
  - {id: four, measures: [d], pay: {mode: points}}
caps:
  - {id: all, over: [one, two], max_cents: 5000}
extras:
  - {id: start, cents: 100, requires: [one], consecutive_years: {min: 1, max: 2}}
points: {cents_per: [1, 10], step: 10}
options:
  - {id: cash, factor: [1, 1]}
credit: {to: main_member, as: transfer}
`

func TestSoundFile(t *testing.T) {
	if _, found := bonus.Parse("sound.yaml", []byte(soundFile)); len(found) > 0 {
		t.Fatal(found)
	}
}

// One row for each kind of fault: what is changed, and the one finding that must
// come of it, as file:line: field: code (value).
func TestFaults(t *testing.T) {
	for _, row := range []struct{ reason, old, new, want string }{
		// The notation.
		{"not YAML", "title: A test", "title: [A test", "5: syntax"},
		{"a tab", "title: A test", "\ttitle: A test", "4: syntax"},
		{"not UTF-8", "title: A test", "title: \xff", "4: encoding"},
		{"a control character", "title: A test", `title: "A \e[2J test"`, "4: title: encoding"},
		{"an anchor", "{id: old}", "&x {id: old}", "14: tracks[1]: not_plain"},
		{"an alias", "{id: old}", "*x", "14: tracks[1]: not_plain"},
		{"a tag", "title: A test", "title: !!str A", "4: title: not_plain"},
		{"a merge key", "title: A test", "<<: {a: b}", "4: not_plain"},
		{"two documents", "credit: {", "---\ncredit: {", "37: documents"},
		// Keys.
		{"an unknown key at the top", "title: A test", "titel: A test", "4: titel: unknown_key"},
		{"an unknown key in a mapping", "{id: old}", "{id: old, ad: 1}", "14: tracks[1].ad: unknown_key"},
		{"an unknown key of a measure", "a: {cents: 1000}", "a: {cent: 1000, cents: 1000}", "16: measures.a.cent: unknown_key"},
		{"an unknown key deep within", "{years: 2}", "{years: 2, month: 3}", "17: measures.b.interval.month: unknown_key"},
		{"a key twice", "title: A test", "title: A test\ntitle: B", "5: title: repeated_key"},
		{"a measure twice", "a: {cents: 1000}", "a: {cents: 1000}\n  a: {cents: 1}", "17: measures.a: repeated_key"},
		{"a key that is missing", "insurer: Test\n", "", "1: insurer: missing_key"},
		{"a track without id", "- {id: old}", "- {title: old}", "14: tracks[1].id: missing_key\n26: groups[1].tracks[0]: unknown_id (old)"},
		{"no year to begin with", "{from_year: 2020, to_year: 2024}", "{to_year: 2024}", "6: valid.from_year: missing_key"},
		{"a group without pay", "measures: [d], pay: {mode: points}", "measures: [d]", "28: groups[3].pay: missing_key"},
		{"a group without measures", "{id: four, measures: [d], pay: {mode: points}}", "{id: four, pay: {mode: points}}", "28: groups[3].measures: missing_key"},
		{"a table that is missing", "{mode: points}", "{mode: ordinal}", "28: groups[3].pay.table: missing_key"},
		// Types.
		{"a text for a number", "cents: 3000", "cents: much", "25: groups[0].pay.cents: wrong_type (much)"},
		{"a fraction of a cent", "cents: 3000", "cents: 3000.5", "25: groups[0].pay.cents: wrong_type (3000.5)"},
		{"an octal number", "cents: 3000", "cents: 0300", "25: groups[0].pay.cents: wrong_type (0300)"},
		{"a number with underscores", "cents: 3000", "cents: 3_000", "25: groups[0].pay.cents: wrong_type (3_000)"},
		{"a quoted number", "cents: 3000", `cents: "3000"`, "25: groups[0].pay.cents: wrong_type (3000)"},
		{"a list for a text", "title: A test", "title: [A test]", "4: title: wrong_type"},
		{"a text for a list", "requires: [one]", "requires: one", "26: groups[1].requires: wrong_type (one)"},
		{"a list for a mapping", "credit: {to: main_member, as: transfer}", "credit: [main_member]", "36: credit: wrong_type"},
		{"a text for a mapping", "a: {cents: 1000}", "a: 1000", "16: measures.a: wrong_type (1000)"},
		{"nothing for a mapping", "a: {cents: 1000}", "a:", "16: measures.a: wrong_type"},
		{"a text for true or false", "need: all_required", "allow_empty: yes", "25: groups[0].pay.allow_empty: wrong_type (yes)"},
		{"a text in a list of tracks", "  - {id: old}", "  - old", "14: tracks[1]: wrong_type (old)\n26: groups[1].tracks[0]: unknown_id (old)"},
		{"a text in a list of groups", "  - {id: four, measures: [d], pay: {mode: points}}", "  - four", "28: groups[3]: wrong_type (four)"},
		{"a text in a list of caps", "  - {id: all, over: [one, two], max_cents: 5000}", "  - all", "30: caps[0]: wrong_type (all)"},
		{"a text in a table", "{min: 2, cents: 100}", "100", "27: groups[2].pay.table[0]: wrong_type (100)\n27: groups[2].pay: impossible"},
		{"a text in a list of needs", "min_count: 2", "needs: [a]", "27: groups[2].needs[0]: wrong_type (a)"},
		{"a text in a list of variants", "kind: status", "variants: [x]", "19: measures.d.variants[0]: wrong_type (x)"},
		{"a text for a choice of words", "kind: status", "kind: [status]", "19: measures.d.kind: wrong_type"},
		{"a list for who", "who: {age_below: 18}", "who: [young]", "13: tracks[0].who: wrong_type"},
		{"a token for evidence", "evidence: {all: [invoice]}", "evidence: invoice", "18: measures.c.evidence: wrong_type (invoice)"},
		{"a number for a ratio", "cents_per: [1, 10]", "cents_per: 10", "33: points.cents_per: wrong_type (10)"},
		{"a list for a moment", "at: period_end", "at: [period_end]", "13: tracks[0].at: wrong_type"},
		{"measures in a list", "measures: [d]", "measures: d", "28: groups[3].measures: wrong_type (d)"},
		{"null for a window", "regular: {unit: month, from: 2, to: 3}, tolerance: {unit: month, from: 1, to: 4.5}", "regular: null", "23: measures.e.exams[0].regular: wrong_type"},
		{"a text for the end of a window", "to: 4.5", "to: late", "23: measures.e.exams[0].tolerance.to: wrong_type (late)"},
		{"a window without an end", ", to: 4.5", "", "23: measures.e.exams[0].tolerance.to: missing_key"},
		{"an exam without a window", "{id: E1, regular: {unit: month, from: 2, to: 3}, tolerance: {unit: month, from: 1, to: 4.5}}", "{id: E1}", "23: measures.e.exams[0].regular: missing_key"},
		{"an interval without years", "{years: 2}", "{by: calendar_year}", "17: measures.b.interval.years: missing_key"},
		{"a period without a type", "{type: calendar_year}", "{months: 12}", "8: period.type: missing_key\n8: period.months: unknown_key"},
		{"months of a calendar year", "{type: calendar_year}", "{type: calendar_year, months: 12}", "8: period.months: not_here"},
		{"a deadline without a day", "day: 31, ", "", "9: deadline.day: missing_key"},
		{"a moment of letters", "at: period_end", "at: ab-cd", "13: tracks[0].at: unknown_word (ab-cd)"},
		{"null for a number", "cap_cents: 4000", "cap_cents: null", "26: groups[1].cap_cents: wrong_type"},
		{"half a week", "{unit: month, from: 1, to: 4.5}", "{unit: week, from: 1, to: 44.5}", "23: measures.e.exams[0].tolerance.to: out_of_range"},
		{"a third of a month", "to: 4.5", "to: 4.3", "23: measures.e.exams[0].tolerance.to: out_of_range"},
		// Values.
		{"another language", "schalter-bonus/1", "schalter-bonus/2", "1: schema: unknown_word (schalter-bonus/2)"},
		{"an unknown word", "kind: status", "kind: state", "19: measures.d.kind: unknown_word (state)"},
		{"an unknown mode", "mode: points", "mode: point", "28: groups[3].pay.mode: unknown_word (point)"},
		{"an unknown sex", "sex: [w]", "sex: [f]", "17: measures.b.who.any[0].sex[0]: unknown_word (f)"},
		{"an unknown moment", "at: payout", "at: pay-day", "11: conditions[0].at: unknown_word (pay-day)"},
		{"a moment only conditions know", "at: period_end", "at: handin", "13: tracks[0].at: unknown_word (handin)"},
		{"another calendar", "DE-BY", "AT-9", "7: calendar: unknown_word (AT-9)"},
		{"another currency", "title: A test", "currency: CHF", "4: currency: unknown_word (CHF)"},
		{"a day that does not exist", "at: payout", "at: 02-30", "11: conditions[0].at: date (02-30)"},
		{"a deadline that does not exist", "month: 3, day: 31", "month: 4, day: 31", "9: deadline.day: date"},
		{"a negative amount", "cents: 3000", "cents: -1", "25: groups[0].pay.cents: out_of_range (-1)"},
		{"an amount beyond all numbers", "cents: 3000", "cents: 99999999999999999999", "25: groups[0].pay.cents: wrong_type (99999999999999999999)"},
		{"an amount beyond all booklets", "cents: 3000", "cents: 10000001", "25: groups[0].pay.cents: out_of_range (10000001)"},
		{"an interval of no years", "{years: 2}", "{years: 0}", "17: measures.b.interval.years: out_of_range (0)"},
		{"a ratio by zero", "cents_per: [1, 10]", "cents_per: [1, 0]", "33: points.cents_per[1]: out_of_range (0)"},
		{"a ratio of three", "factor: [1, 1]", "factor: [1, 1, 1]", "35: options[0].factor: out_of_range"},
		{"a factor beyond sense", "factor: [1, 1]", "factor: [1000, 1]", "35: options[0].factor[0]: out_of_range"},
		{"a value beyond all measures", "max: 25", "max: 9999999999", "19: measures.d.value.max: out_of_range (9999999999)"},
		{"an empty text", "title: A test", `title: ""`, "4: title: empty"},
		{"an empty list", "over: [one, two]", "over: []", "30: caps[0].over: empty"},
		{"a lump group without measures", "measures: [a, b, e], pay", "measures: [], pay", "25: groups[0].measures: empty"},
		{"evidence of nothing", "evidence: {all: [invoice]}", "evidence: {}", "18: measures.c.evidence: empty"},
		{"an amount for nobody", "cents: 3000", "cents: {}", "25: groups[0].pay.cents: empty"},
		// Ids.
		{"an id with a space", "id: two", "id: t wo", "26: groups[1].id: bad_id (t wo)\n30: caps[0].over[1]: unknown_id (two)"},
		{"a measure with a strange name", "a: {cents: 1000}", `a: {cents: 1000}` + "\n" + `  "a/b": {}`, "17: measures.a/b: bad_id"},
		{"an id that results use", "id: four", "id: extra", "28: groups[3].id: reserved_id (extra)"},
		{"a group twice", "id: two", "id: one", "26: groups[1].id: repeated_id (one)\n30: caps[0].over[1]: unknown_id (two)"},
		{"a track twice", "{id: old}", "{id: young}", "14: tracks[1].id: repeated_id (young)\n26: groups[1].tracks[0]: unknown_id (old)"},
		{"an exam twice", "to: 4.5}}", "to: 4.5}}\n      - {id: E1, regular: {unit: day, from: 1, to: 1}}", "24: measures.e.exams[1].id: repeated_id (E1)"},
		{"a measure twice in a group", "measures: [a, c]", "measures: [a, c, a]", "26: groups[1].measures[2]: repeated_id (a)"},
		{"a token twice", "all: [invoice]", "all: [invoice, invoice]", "18: measures.c.evidence.all[1]: repeated_id (invoice)"},
		{"a cap twice", "max_cents: 5000}", "max_cents: 5000}\n  - {id: all, over: [two], max_cents: 1}", "31: caps[1].id: repeated_id (all)"},
		{"an unknown measure", "measures: [d]", "measures: [d, x]", "28: groups[3].measures[1]: unknown_id (x)"},
		{"an unknown group in a cap", "over: [one, two]", "over: [one, tow]", "30: caps[0].over[1]: unknown_id (tow)"},
		{"an unknown group in an extra", "requires: [one], consecutive", "requires: [won], consecutive", "32: extras[0].requires[0]: unknown_id (won)"},
		{"an unknown track", "tracks: [old]", "tracks: [odl]", "26: groups[1].tracks[0]: unknown_id (odl)"},
		{"an unknown companion", "a: {cents: 1000}", "a: {cents: 1000, only_with_any: [x]}", "16: measures.a.only_with_any[0]: unknown_id (x)"},
		{"a group that requires a later one", "requires: [one], measures", "requires: [three], measures", "26: groups[1].requires[0]: later_group (three)"},
		{"a group that requires itself", "requires: [one], measures", "requires: [two], measures", "26: groups[1].requires[0]: later_group (two)"},
		{"a subset that is none", "min_count: 2", "needs: [{min: 1, of: [c]}]", "27: groups[2].needs[0].of[0]: not_in_group (c)"},
		// What fields say together.
		{"the end before the beginning", "to_year: 2024", "to_year: 2019", "6: valid.to_year: impossible"},
		{"a deadline within the year", "year_offset: 1", "year_offset: 0", "9: deadline.year_offset: impossible (0)"},
		{"two ways to say the deadline", "year_offset: 1", "months_after_period_end: 3", "9: deadline.month: conflict (months_after_period_end)\n9: deadline.day: conflict (months_after_period_end)"},
		{"an age from which nobody is below", "{age_below: 18}", "{age_from: 18, age_below: 18}", "13: tracks[0].who.age_below: impossible"},
		{"any and one's own", "who: {any: [", "who: {sex: [m], any: [", "17: measures.b.who.sex: conflict (any)"},
		{"months without a minimum to have", "check: membership_active", "check: insured_months", "11: conditions[0].min: missing_key"},
		{"a minimum of nothing", "at: payout", "min: 3", "11: conditions[0].min: not_here"},
		{"exams without a series", "a: {cents: 1000}", "a: {cents: 1000, exams: []}", "16: measures.a.exams: not_here"},
		{"a series without exams", "e:\n    kind: series\n    exams:\n      - {id: E1, regular: {unit: month, from: 2, to: 3}, tolerance: {unit: month, from: 1, to: 4.5}}", "e: {kind: series}", "20: measures.e.exams: missing_key"},
		{"a window that ends before it begins", "regular: {unit: month, from: 2, to: 3}", "regular: {unit: month, from: 3, to: 2}", "23: measures.e.exams[0].regular.to: impossible"},
		{"a tolerance inside the regular time", "from: 1, to: 4.5", "from: 1, to: 2.5", "23: measures.e.exams[0].tolerance: impossible"},
		{"an amount beside the cost", "cost: limit, cents: 500", "cost: reimburse, cents: 500", "18: measures.c.cents: conflict (cost: reimburse)"},
		{"a value without room", "min: 18.5, max: 25", "min: 25.5, max: 25", "19: measures.d.value: impossible"},
		{"a measure that needs itself", "a: {cents: 1000}", "a: {cents: 1000, only_with_any: [a]}", "16: measures.a.only_with_any[0]: impossible (a)"},
		{"a table in a lump", "need: all_required", "table: [{min: 1, cents: 1}]", "25: groups[0].pay.table: not_here"},
		{"a table that falls", "{min: 3, cents: 200}", "{min: 2, cents: 200}", "27: groups[2].pay.table[1].min: not_ascending"},
		{"more than there can be", "min_count: 2", "min_count: 3", "27: groups[2].min_count: impossible"},
		{"a subset of more than there can be", "min_count: 2", "needs: [{min: 2, of: [a]}]", "27: groups[2].needs[0].min: impossible"},
		{"at most less than at least", "min_count: 2", "min_count: 2, max_count: 1", "27: groups[2].max_count: impossible"},
		{"a count in a lump", "measures: [a, b, e]", "measures: [a, b, e], max_count: 1", "25: groups[0].max_count: not_here"},
		{"a cap of nothing", "cap_cents: 4000", "cap_cents: 0", "26: groups[1].cap_cents: impossible (0)"},
		{"a cap below its own lump", "measures: [a, b, e]", "measures: [a, b, e], cap_cents: 2999", "25: groups[0].cap_cents: impossible"},
		{"a cap below a lump in it", "max_cents: 5000", "max_cents: 2999", "30: caps[0].max_cents: impossible (one)"},
		{"a cap that crosses another", "max_cents: 5000}", "max_cents: 5000}\n  - {id: some, over: [two, three], max_cents: 1}", "31: caps[1].over: conflict (all)"},
		{"a table that begins beyond what there can be", "table: [{min: 2, cents: 100}, {min: 3, cents: 200}]", "table: [{min: 3, cents: 100}]", "27: groups[2].pay: impossible"},
		{"a table that begins beyond what is counted", "min_count: 2, pay: {mode: by_count, table: [{min: 2,", "max_count: 1, pay: {mode: by_count, table: [{min: 2,", "27: groups[2].pay: impossible"},
		{"a provider nobody is licensed as", "kind: status", "provider: private", "19: measures.d.provider: impossible (private)"},
		{"a value without bounds", "value: {min: 18.5, max: 25}", "value: {}", "19: measures.d.value: empty"},
		{"a sex twice", "sex: [w]", "sex: [w, w]", "17: measures.b.who.any[0].sex[1]: repeated_id (w)"},
		{"a token that is none", "all: [invoice]", "all: [in voice]", "18: measures.c.evidence.all[0]: bad_id (in voice)"},
		{"a measure that is none", "measures: [d]", "measures: [d, a b]", "28: groups[3].measures[1]: bad_id (a b)"},
		{"years in a row of nothing", "{min: 1, max: 2}", "{}", "32: extras[0].consecutive_years: empty"},
		{"a step of points without points", "points: {cents_per: [1, 10], step: 10}\noptions:\n  - {id: cash,", "options:\n  - {id: cash, points_step: 5,", "28: groups[3].pay: missing_key (points)\n34: options[0].points_step: not_here"},
		{"costs back up to nothing", "cost: limit, cents: 500", "cost: limit", "26: groups[1].measures[1]: missing_key (c.cents)"},
		{"a measure without an amount", "measures: [a, c]", "measures: [a, b]", "26: groups[1].measures[1]: missing_key (b.cents)"},
		{"a measure without points", "measures: [d]", "measures: [a]", "28: groups[3].measures[0]: missing_key (a.points)"},
		{"points that are worth nothing", "points: {cents_per: [1, 10], step: 10}\n", "", "28: groups[3].pay: missing_key (points)"},
		{"a cap on cents where points are", "measures: [d], pay", "measures: [d], cap_cents: 5, pay", "28: groups[3].cap_cents: not_here"},
		{"a cap on points below the step", "step: 10", "step: 10, cap: 5", "33: points.cap: impossible"},
		{"years in a row that cannot be", "{min: 1, max: 2}", "{min: 3, max: 2}", "32: extras[0].consecutive_years: impossible"},
	} {
		text := strings.Replace(soundFile, row.old, row.new, 1)
		if text == soundFile {
			t.Errorf("%s: %q is not in the file", row.reason, row.old)
			continue
		}
		p, found := bonus.Parse("x.yaml", []byte(text))
		var want []string
		for line := range strings.SplitSeq(row.want, "\n") {
			want = append(want, "x.yaml:"+line)
		}
		got := found.Error()
		if strings.Contains(row.want, ": syntax") { // what the parser says of it is its own matter
			got, _, _ = strings.Cut(got, " (")
		}
		if p != nil || got != strings.Join(want, "\n") {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", row.reason, got, strings.Join(want, "\n"))
		}
	}
}

// Every code that a programme file can earn is in the table above or below.
func TestFaultsOfFiles(t *testing.T) {
	for _, row := range []struct {
		reason, text, want string
	}{
		{"nothing", "", "x.yaml:1: documents"},
		{"a comment only", "# nothing\n", "x.yaml:1: documents"},
		{"a list", "- a\n", "x.yaml:1: wrong_type"},
		{"a text", "hello\n", "x.yaml:1: wrong_type (hello)"},
		{"too long", strings.Repeat("#", 200_000), "x.yaml:1: too_large"},
		{"too deep", "a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40), "x.yaml:1: a" + strings.Repeat("[0]", 23) + ": too_large"},
	} {
		if _, found := bonus.Parse("x.yaml", []byte(row.text)); found.Error() != row.want {
			t.Errorf("%s: got %v, want %s", row.reason, found, row.want)
		}
	}
	groups := soundFile
	for i := range 70 {
		groups = strings.Replace(groups, "caps:", fmt.Sprintf("  - {id: g%d, measures: [a], pay: {mode: per_measure}}\ncaps:", i), 1)
	}
	if _, found := bonus.Parse("x.yaml", []byte(groups)); found.Error() != "x.yaml:25: groups: too_large" {
		t.Errorf("too many groups: got %v", found)
	}
}

// Lines are counted alike whatever system the file was written on.
func TestLineEnds(t *testing.T) {
	text := strings.Replace(soundFile, "over: [one, two]", "over: [one, tow]", 1)
	for _, end := range []string{"\n", "\r\n", "\r"} {
		_, found := bonus.Parse("x.yaml", []byte(strings.ReplaceAll(text, "\n", end)))
		if found.Error() != "x.yaml:30: caps[0].over[1]: unknown_id (tow)" {
			t.Errorf("%q: got %v", end, found)
		}
	}
}

// What a file may say in more than one way.
func TestNotations(t *testing.T) {
	for _, row := range []struct{ reason, old, new string }{
		{"the source in a sentence", `source: {url: "https://example.org", dated: 2024}`, "source: the insurer's page"},
		{"several sources", `dated: 2024}`, "dated: 2024, also: [one, two]}"},
		{"remarks in a list and in a text", "title: A test", "title: A test\nassumptions: [one, two]\npartial: the child part is not known\nnote: none"},
		{"no title", "title: A test\n", ""},
		{"a title over lines", "title: A test", "title: |\n  A test\n  of lines"},
		{"a measure called by a number", "a: {cents: 1000}", "a: {cents: 1000}\n  1: {}\n  2.5: {}\n  yes: {}\n  true: {}\n  früherkennung: {}"},
		{"one word for a list of words", "sex: [w]", "sex: w"},
		{"nulls for what has no value", "cap_cents: 4000", "max_count: null"},
		{"an open end", "to_year: 2024", "to_year: null"},
		{"no tolerance", ", tolerance: {unit: month, from: 1, to: 4.5}", ""},
		{"no regular time", "regular: {unit: month, from: 2, to: 3}, ", ""},
		{"costs back up to an amount", "cap_cents: 4000, pay: {mode: per_measure}", "pay: {mode: reimburse}"},
		{"block style", "{id: cash, factor: [1, 1]}", "id: cash\n    factor:\n      - 1\n      - 1"},
		{"a comment", "title: A test", "title: A test # what it is"},
		{"a directive", "schema: schalter-bonus/1", "%YAML 1.2\n---\nschema: schalter-bonus/1"},
	} {
		text := strings.Replace(soundFile, row.old, row.new, 1)
		if text == soundFile {
			t.Errorf("%s: %q is not in the file", row.reason, row.old)
			continue
		}
		if _, found := bonus.Parse("x.yaml", []byte(text)); len(found) > 0 {
			t.Errorf("%s: %v", row.reason, found)
		}
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	text := strings.NewReplacer("title: A test", "titel: A", "kind: status", "kind: x", "over: [one, two]", "over: [won]").Replace(soundFile)
	_, found := bonus.Parse("x.yaml", []byte(text))
	const want = "x.yaml:4: titel: unknown_key\nx.yaml:19: measures.d.kind: unknown_word (x)\nx.yaml:30: caps[0].over[0]: unknown_id (won)"
	if found.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", found, want)
	}
}

func TestCatalogue(t *testing.T) {
	file := func(name, id, insurer, years string) bonus.File {
		return bonus.File{Name: name, Source: []byte(strings.NewReplacer(
			"id: test", "id: "+id, "insurer: Test", "insurer: "+insurer, "{from_year: 2020, to_year: 2024}", years).Replace(soundFile))}
	}
	faulty := func(name, insurer string) bonus.File {
		return bonus.File{Name: name, Source: []byte("schema: x\nid: broken\ninsurer: " + insurer + "\n")}
	}
	type query struct {
		id   string
		year int
		want finding.Code // "" finds
	}
	const seed = "bkk-kba-bkkplus"
	for _, row := range []struct {
		reason string
		files  []bonus.File
		found  string // overlaps only
		ask    []query
	}{
		{
			"the built-in programme alone", nil, "",
			[]query{{seed, 2016, ""}, {seed, 2015, finding.NotDecided}, {seed, 2040, ""}, {"test", 2024, finding.UnknownID}},
		},
		{
			"one year after the other",
			[]bonus.File{file("a", "test", "T", "{from_year: 2020, to_year: 2022}"), file("b", "test", "T", "{from_year: 2023, to_year: null}")},
			"",
			[]query{{"test", 2022, ""}, {"test", 2023, ""}, {"test", 2050, ""}, {"test", 2019, finding.NotDecided}},
		},
		{
			"the same year twice",
			[]bonus.File{file("a", "one", "T", "{from_year: 2020, to_year: 2022}"), file("b", "two", "T", "{from_year: 2022}")},
			"a:6: valid: overlap (b)\nb:6: valid: overlap (a)",
			[]query{{"one", 2020, finding.FaultyFile}, {"two", 2025, finding.FaultyFile}},
		},
		{
			"the same year of two insurers",
			[]bonus.File{file("a", "one", "T", "{from_year: 2020}"), file("b", "two", "U", "{from_year: 2020}")},
			"",
			[]query{{"one", 2020, ""}, {"two", 2020, ""}},
		},
		{
			"one id of two insurers",
			[]bonus.File{file("a", "one", "T", "{from_year: 2020}"), file("b", "one", "U", "{from_year: 2020}")},
			"a:6: valid: overlap (b)\nb:6: valid: overlap (a)",
			[]query{{"one", 2020, finding.FaultyFile}},
		},
		{
			"next year's programme of the built-in one's insurer",
			[]bonus.File{file("a", seed, "BKK KBA", "{from_year: 2027}")},
			"",
			[]query{{seed, 2026, ""}, {seed, 2027, ""}},
		},
		{
			"under a new id it takes the years from the built-in one",
			[]bonus.File{file("a", "neu", "BKK KBA", "{from_year: 2027, to_year: 2027}")},
			"",
			[]query{{seed, 2026, ""}, {seed, 2027, finding.NotDecided}, {"neu", 2027, ""}, {seed, 2028, ""}},
		},
		{
			"a faulty file of the insurer: the built-in one does not step in",
			[]bonus.File{faulty("a", "BKK KBA")},
			"-",
			[]query{{seed, 2026, finding.FaultyFile}, {"broken", 2026, finding.FaultyFile}},
		},
		{"a faulty file of another insurer", []bonus.File{faulty("a", "T")}, "-", []query{{seed, 2026, ""}}},
	} {
		c, found := bonus.NewCatalogue(row.files)
		if row.found != "-" && found.Error() != row.found {
			t.Errorf("%s: got %v, want %s", row.reason, found, row.found)
		}
		for _, q := range row.ask {
			p, code := c.Find(q.id, q.year)
			if code != q.want || (p == nil) != (q.want != "") || p != nil && (p.ID != q.id || !p.Valid.Has(q.year)) {
				t.Errorf("%s: %s %d: got %v, want %v", row.reason, q.id, q.year, code, q.want)
			}
		}
	}
}

// The shared programmes say of themselves what their files say.
func TestSharedProgrammes(t *testing.T) {
	for _, p := range append(shared(t).Files(), bonus.Seed()) {
		source, err := os.ReadFile(p.File)
		if err != nil {
			source, err = os.ReadFile(filepath.Join("testdata", p.File))
		}
		if err != nil || !strings.Contains(string(source), "id: "+p.ID+"\n") || !strings.Contains(string(source), "title: "+p.Title+"\n") {
			t.Errorf("%s: %q %v", p.File, p.Title, err)
		}
		if len(p.Source) == 0 || len(p.Hash.String()) != 64 {
			t.Errorf("%s: no source or hash", p.ID)
		}
	}
}

func TestFindingCodes(t *testing.T) {
	seen := map[finding.Code]bool{}
	for _, c := range finding.Codes() {
		if c == "" || seen[c] {
			t.Errorf("%q is no code of its own", c)
		}
		seen[c] = true
	}
}
