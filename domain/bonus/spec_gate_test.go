package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
)

func exempt(measure string) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) {
		b.Exempt = append(b.Exempt, bonus.Exemption{Measure: measure, Reason: "after surgery"})
	}
}

func TestSpecGate(t *testing.T) {
	const (
		rule4 = "rule 4: gate state per measure: ok / not_required:<…> / missing[:stamp reason]"
		open  = "rule 4: gate open = nothing missing and (allow_empty or at least one accepted proof)"
	)
	two := `
groups: [{id: g, measures: [a, b], pay: {mode: lump, cents: 3000}}]`
	run(t, []spec{
		{
			reason: "everything proven", says: open, rules: "measures: {a: {}, b: {}}" + two,
			stamps: "b 2024-01-01; a 2024-01-01", lines: "g a 0 ok; g b 0 ok", total: 3000, groups: "g ok 3000",
		},
		{
			reason: "one measure missing", says: open, rules: "measures: {a: {}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 missing; g b 0 ok", groups: "g missing 0",
		},
		{
			reason: "the first refused stamp gives the reason", says: "missing:<reason> carries the reason of the first refused stamp",
			rules:  "measures: {a: {}, b: {}}" + two,
			stamps: "a 2024-01-01 evidence=copy; a -; b 2024-01-01", lines: "g a 0 missing:no_stamp; g b 0 ok",
		},
		{
			reason: "an accepted stamp makes good for a refused one", says: rule4, rules: "measures: {a: {}, b: {}}" + two,
			stamps: "a -; a 2024-01-01; b 2024-01-01", lines: "g a 0 ok; g b 0 ok", total: 3000,
		},
		{
			reason: "too young", says: "rule 4: not entitled never blocks", rules: "measures: {a: {who: {age_from: 50}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:age; g b 0 ok", total: 3000,
		},
		{
			reason: "of the other sex", says: "rule 4: not entitled never blocks", rules: "measures: {a: {who: {sex: [m]}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:sex; g b 0 ok", total: 3000,
		},
		{
			reason: "too young for her own description, of the other sex for the other", says: "rule 4: not_required:<age|sex|…>",
			rules:  "measures: {a: {who: {any: [{sex: [m]}, {sex: [w], age_from: 60}]}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:age; g b 0 ok", total: 3000,
		},
		{
			reason: "insured otherwise", says: "rule 4: not entitled never blocks", rules: "measures: {a: {who: {insured_as: [family]}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:insured_as; g b 0 ok", total: 3000,
		},
		{
			reason: "done lately", says: "rule 5: an interval never blocks a gate, it only releases it",
			rules:  "measures: {a: {interval: {years: 2}}, b: {}}" + two,
			stamps: "b 2024-01-01", with: history("a", "", 2023_06_01), lines: "g a 0 not_required:interval; g b 0 ok", total: 3000,
		},
		{
			reason: "unknown history is due", says: "rule 5: unknown history = due", rules: "measures: {a: {interval: {years: 2}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "the history of another measure does not count", says: "rule 5: history", rules: "measures: {a: {interval: {years: 2}}, b: {}}" + two,
			stamps: "b 2024-01-01", with: history("b", "", 2023_06_01), lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "released by staff", says: "exempt: released by staff (counts as not_required:manual)", rules: "measures: {a: {}, b: {}}" + two,
			stamps: "b 2024-01-01", with: exempt("a"), lines: "g a 0 not_required:manual; g b 0 ok", total: 3000,
		},
		{
			reason: "released and proven all the same", says: "rule 4: ok if enough accepted units; else …", rules: "measures: {a: {}, b: {}}" + two,
			stamps: "b 2024-01-01; a 2024-01-01", with: exempt("a"), lines: "g a 0 ok; g b 0 ok", total: 3000,
		},
		{
			reason: "voluntary and proven", says: "rule 4: a stamp in a voluntary year still shows as ok",
			rules:  "measures: {a: {interval: {years: 2}}, b: {}}" + two,
			stamps: "a 2024-02-02; b 2024-01-01", with: history("a", "", 2023_06_01), lines: "g a 0 ok; g b 0 ok", total: 3000,
		},
		{
			reason: "the year of the birthday is voluntary", says: "required_if: entitled_full_year (default)",
			rules:  "measures: {a: {who: {age_from: 44}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:age; g b 0 ok", total: 3000,
		},
		{
			reason: "born on New Year's Day there is a full year", says: "required_if: entitled_full_year (default)",
			rules:  "measures: {a: {who: {age_from: 44}}, b: {}}" + two,
			stamps: "b 2024-01-01", with: born(1980_01_01), lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "an entitlement that ends within the year", says: "required_if: entitled_full_year (default)",
			rules:  "measures: {a: {who: {age_below: 44}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:age; g b 0 ok", total: 3000,
		},
		{
			reason: "one description follows another without a gap", says: "required_if: entitled_full_year (default)",
			rules:  "measures: {a: {who: {any: [{age_below: 44}, {age_from: 44}]}}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "any day of the year is enough", says: "required_if: entitled_any_day",
			rules:  "measures: {a: {who: {age_from: 44}, required_if: entitled_any_day}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "not one day of the year", says: "required_if: entitled_any_day",
			rules:  "measures: {a: {who: {age_from: 44}, required_if: entitled_any_day}, b: {}}" + two,
			stamps: "b 2024-01-01", with: born(1981_01_01), lines: "g a 0 not_required:age; g b 0 ok", total: 3000,
		},
		{
			reason: "the last day of the year", says: "required_if: entitled_any_day",
			rules:  "measures: {a: {who: {age_from: 44}, required_if: entitled_any_day}, b: {}}" + two,
			stamps: "b 2024-01-01", with: born(1980_12_31), lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "required of everybody", says: "required_if: always", rules: "measures: {a: {who: {sex: [m]}, required_if: always}, b: {}}" + two,
			stamps: "b 2024-01-01; a 2024-01-01", lines: "g a 0 missing:not_entitled; g b 0 ok",
		},
		{
			reason: "always knows no interval", says: "required_if: always", rules: "measures: {a: {interval: {years: 2}, required_if: always}, b: {}}" + two,
			stamps: "b 2024-01-01", with: history("a", "", 2023_06_01), lines: "g a 0 missing; g b 0 ok",
		},
		{
			reason: "required of nobody", says: "required_if: never", rules: "measures: {a: {required_if: never}, b: {}}" + two,
			stamps: "b 2024-01-01", lines: "g a 0 not_required:never; g b 0 ok", total: 3000,
		},
		{
			reason: "nothing proven though nothing was asked for", says: open, rules: "measures: {a: {required_if: never}, b: {required_if: never}}" + two,
			lines: "g a 0 not_required:never; g b 0 not_required:never", groups: "g no_proof 0",
		},
		{
			reason: "nothing proven where that is allowed", says: open,
			rules: "measures: {a: {required_if: never}}\ngroups: [{id: g, measures: [a], pay: {mode: lump, cents: 3000, allow_empty: true}}]",
			lines: "g a 0 not_required:never", total: 3000, groups: "g ok 3000",
		},
		{
			reason: "a refused stamp is no proof", says: open, rules: "measures: {a: {required_if: never}, b: {required_if: never}}" + two,
			stamps: "a -", lines: "g a 0 not_required:never; g b 0 not_required:never", groups: "g no_proof 0",
		},
		{
			reason: "two units are needed", says: "need {units}", rules: "measures: {a: {need: {units: 2}}}" + gates,
			stamps: "a 2024-01-01", lines: "g a 0 missing",
		},
		{
			reason: "two units are there, though only one could be paid", says: "max_units: paid units per period",
			rules:  "measures: {a: {need: {units: 2}}}" + gates,
			stamps: "a 2024-01-01; a 2024-01-01", lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "two units of one day where days must differ", says: "need {units, distinct_dates}",
			rules:  "measures: {a: {need: {units: 2, distinct_dates: true}}}" + gates,
			stamps: "a 2024-01-01; a 2024-01-01", lines: "g a 0 missing:duplicate",
		},
		{
			reason: "one in each half-year, on the days where they meet", says: "need {per: half_year}",
			rules:  "measures: {a: {need: {per: half_year}}}" + gates,
			stamps: "a 2024-07-01; a 2024-06-30", lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "both in the second half-year", says: "need {per: half_year}", rules: "measures: {a: {need: {per: half_year}}}" + gates,
			stamps: "a 2024-07-01; a 2024-12-31", lines: "g a 0 missing",
		},
		{
			reason: "two in each half-year", says: "need {units, per: half_year}", rules: "measures: {a: {need: {units: 2, per: half_year}}}" + gates,
			stamps: "a 2024-01-01; a 2024-02-01; a 2024-08-01; a 2024-09-01", lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "a variant overrides the need", says: "variants: first match overrides",
			rules:  "measures: {a: {need: {units: 3}, variants: [{who: {age_below: 18}, at: period_end, need: {units: 2}}, {who: {age_from: 40}, need: {units: 1}}]}}" + gates,
			stamps: "a 2024-01-01", lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "no variant fits", says: "variants: first match overrides",
			rules:  "measures: {a: {need: {units: 2}, variants: [{who: {age_below: 18}, need: {units: 1}}]}}" + gates,
			stamps: "a 2024-01-01", lines: "g a 0 missing",
		},
		{
			reason: "a variant looks at its own day", says: "variants: [{who, at, need}]",
			rules:  "measures: {a: {need: {units: 2}, variants: [{who: {age_below: 44}, at: period_start, need: {units: 1}}]}}" + gates,
			stamps: "a 2024-01-01", lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "a lump by kind of insurance", says: "cents may be a map by insured_as",
			rules:  "measures: {a: {}}\ngroups: [{id: g, measures: [a], pay: {mode: lump, cents: {member: 5000, family: 2000}}}]",
			stamps: "a 2024-01-01", with: func(b *bonus.Booklet) { b.Person.InsuredAs = bonus.Family }, total: 2000,
		},
		{
			reason: "a pensioner is a member where nothing else is said", says: "cents may be a map by insured_as",
			rules:  "measures: {a: {}}\ngroups: [{id: g, measures: [a], pay: {mode: lump, cents: {member: 5000, family: 2000}}}]",
			stamps: "a 2024-01-01", with: func(b *bonus.Booklet) { b.Person.InsuredAs = bonus.Pensioner }, total: 5000,
		},
		{
			reason: "a gate behind a gate", says: "rule 7: requires looks at fulfilled of earlier groups",
			rules: `
measures: {a: {}, b: {}}
groups:
  - {id: g, measures: [a], pay: {mode: lump, cents: 1000}}
  - {id: h, measures: [b], requires: [g], pay: {mode: lump, cents: 2000}}`,
			stamps: "b 2024-01-01", lines: "g a 0 missing; h b 0 prerequisite_missing", groups: "g missing 0; h prerequisite_missing 0",
		},
		{
			reason: "a gate that asks for a number", says: "Also: min_count", rules: `
measures: {a: {required_if: never}, b: {required_if: never}, c: {required_if: never}}
groups: [{id: g, measures: [a, b, c], min_count: 2, pay: {mode: lump, cents: 3000}}]`,
			stamps: "a 2024-01-01", lines: "g a 0 below_min_count; g b 0 not_required:never; g c 0 not_required:never",
			groups: "g below_min_count 0",
		},
		{
			reason: "a gate that asks for one of some", says: "Also: needs: [{min, of: [...]}]", rules: `
measures: {a: {required_if: never}, b: {required_if: never}, c: {required_if: never}}
groups: [{id: g, measures: [a, b, c], needs: [{min: 1, of: [b, c]}], pay: {mode: lump, cents: 3000}}]`,
			stamps: "a 2024-01-01", groups: "g needs_missing 0",
		},
	})
}
