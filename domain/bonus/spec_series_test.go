package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
)

func TestSpecSeries(t *testing.T) {
	const (
		rule6  = "rule 6: due in Y if its due date lies in Y and the person was insured here by then"
		series = `
measures:
  u:
    kind: series
    exams:
      - {id: E1, regular: {unit: month, from: 12, to: 12}, tolerance: {unit: month, from: 10, to: 14}}
      - {id: E2, regular: {unit: month, from: 24, to: 24}, tolerance: {unit: month, from: 20, to: 27}}
      - {id: E3, regular: {unit: month, from: 26, to: 26}, tolerance: {unit: month, from: 25, to: 28}, due: regular_end}
  v: {required_if: never}
`
		gate  = series + "groups: [{id: g, measures: [u, v], pay: {mode: lump, cents: 3000}}]"
		paid  = "measures:\n  u:\n    max_units: null\n    kind: series\n    exams:\n      - {id: E2, tolerance: {unit: month, from: 20, to: 27}}\n      - {id: E4, tolerance: {unit: month, from: 20, to: 40}}\ngroups: [{id: g, measures: [u], pay: {mode: per_measure, cents: 1000}}]"
		first = 2022_03_10 // E2: 10.10.2023 to 09.06.2024; E3: 10.03. to 09.07.2024, due 09.05.2024
	)
	exams := func(change ...func(*bonus.Booklet)) func(*bonus.Booklet) { return all(append(change, born(first))...) }
	run(t, []spec{
		{
			reason: "all exams of the year are done", says: rule6, rules: gate, with: exams(),
			stamps: "u 2024-06-09 exam=E2; u 2024-05-10 exam=E3", lines: "g u 0 ok; g v 0 not_required:never", total: 3000,
		},
		{
			reason: "the first due exam that is not done", says: "missing:<exam>:<reason> for its first due exam not done", rules: gate, with: exams(),
			lines: "g u 0 missing:E2:missing; g v 0 not_required:never",
		},
		{
			reason: "the second one", says: "missing:<exam>:<reason> for its first due exam not done", rules: gate, with: exams(),
			stamps: "u 2024-06-09 exam=E2; u 2024-05-10 exam=E3 evidence=", lines: "g u 0 missing:E3:no_stamp; g v 0 not_required:never",
		},
		{
			reason: "a day after the tolerance", says: "rule 6: outside = outside_window", rules: gate, with: exams(),
			stamps: "u 2024-06-10 exam=E2; u 2024-05-10 exam=E3", lines: "g u 0 missing:E2:outside_window; g v 0 not_required:never",
		},
		{
			reason: "without a date", says: "missing:<exam>:no_date", rules: gate, with: exams(),
			stamps: "u - exam=E2; u 2024-05-10 exam=E3", lines: "g u 0 missing:E2:no_date; g v 0 not_required:never",
		},
		{
			reason: "dated in the year before", says: "missing:<exam>:wrong_year", rules: gate, with: exams(),
			stamps: "u 2023-12-10 exam=E2; u 2024-05-10 exam=E3", lines: "g u 0 missing:E2:wrong_year; g v 0 not_required:never",
		},
		{
			reason: "done in the year before, as history knows", says: "rule 6: done if dated inside the tolerance, in Y or in history", rules: gate,
			with:   exams(history("u", "E2", 2023_12_10)),
			stamps: "u 2024-05-10 exam=E3", lines: "g u 0 ok; g v 0 not_required:never", total: 3000,
		},
		{
			reason: "history outside the tolerance", says: "rule 6: done if dated inside the tolerance", rules: gate,
			with:   exams(history("u", "E2", 2023_10_09)),
			stamps: "u 2024-05-10 exam=E3", lines: "g u 0 missing:E2:missing; g v 0 not_required:never",
		},
		{
			reason: "history without a day", says: "rule 6: done if dated inside the tolerance", rules: gate,
			with:   exams(history("u", "E2", 2023_12_00)),
			stamps: "u 2024-05-10 exam=E3", lines: "g u 0 missing:E2:missing; g v 0 not_required:never",
		},
		{
			reason: "history alone is enough", says: "rule 5: used by interval and series", rules: gate,
			with:  exams(history("u", "E2", 2023_12_10), history("u", "E3", 2024_03_10)),
			lines: "g u 0 ok; g v 0 not_required:never", total: 3000,
		},
		{
			reason: "a refused stamp, then a good one", says: "rule 6: done if dated inside the tolerance", rules: gate, with: exams(),
			stamps: "u - exam=E2; u 2024-05-10 exam=E3; u 2024-05-10 exam=E2", lines: "g u 0 ok; g v 0 not_required:never", total: 3000,
		},
		{
			reason: "nothing is due in the year", says: "not_required:window", rules: gate, with: born(2010_01_01),
			stamps: "v 2024-01-01", lines: "g u 0 not_required:window; g v 0 ok", total: 3000,
		},
		{
			reason: "not due, but done in the year", says: "rule 6: not due but done in Y = early (kept for next year)", rules: gate, with: born(2023_10_20),
			stamps: "v 2024-01-01; u 2024-12-12 exam=E1; u 2024-12-12 exam=E1", lines: "g u 0 ok; g v 0 ok", total: 3000,
		},
		{
			reason: "due next year, done in this one", says: "rule 6: not due but done in Y = early (kept for next year)", rules: gate, with: born(2023_11_10),
			stamps: "v 2024-01-01; u 2024-12-12 exam=E1", lines: "g u 0 early; g v 0 ok", total: 3000,
		},
		{
			reason: "an early exam opens nothing by itself", says: "rule 6: kept for next year", rules: gate, with: born(2023_11_10),
			stamps: "u 2024-12-12 exam=E1", lines: "g u 0 early; g v 0 not_required:never", groups: "g no_proof 0",
		},
		{
			reason: "late, but inside the tolerance, in the year after it was due", says: "due: regular_end; A16: later inside the tolerance of the same year still counts",
			rules: gate, with: born(2021_09_20), stamps: "v 2024-01-01; u 2024-01-10 exam=E3", lines: "g u 0 not_required:window; g v 0 ok", total: 3000,
		},
		{
			reason: "due before the insurance began", says: rule6, rules: gate, with: exams(insured(2024_05_10, 0)),
			stamps: "u 2024-06-09 exam=E2", lines: "g u 0 ok; g v 0 not_required:never", total: 3000,
		},
		{
			reason: "due on the first day of the insurance", says: rule6, rules: gate, with: exams(insured(2024_05_09, 0)),
			stamps: "u 2024-06-09 exam=E2", lines: "g u 0 missing:E3:missing; g v 0 not_required:never",
		},
		{
			reason: "released from the series", says: "exempt: released by staff", rules: gate, with: exams(exempt("u")),
			stamps: "v 2024-01-01", lines: "g u 0 not_required:manual; g v 0 ok", total: 3000,
		},
		{
			reason: "a group pays each exam in its window", says: "series (exam windows)", rules: paid, with: exams(),
			stamps: "u 2024-02-01 exam=E2; u 2024-06-10 exam=E2; u 2024-03-01 exam=E4", lines: "g u 1000 ok; g u 0 outside_window; g u 1000 ok", total: 2000,
		},
		{
			reason: "an exam happens once", says: "rule 3: then duplicate", rules: paid, with: exams(),
			stamps: "u 2024-02-01 exam=E2; u 2024-02-02 exam=E2", lines: "g u 1000 ok; g u 0 duplicate", total: 1000,
		},
		{
			reason: "also when it was in an earlier year", says: "rule 5: history", rules: paid, with: exams(history("u", "E2", 2023_12_01)),
			stamps: "u 2024-02-01 exam=E2", lines: "g u 0 duplicate",
		},
	})
}
