package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
)

// pays is a group that pays every accepted stamp ten euros.
const pays = `
groups: [{id: g, measures: [a], pay: {mode: per_measure, cents: 1000}}]
`

// gates is a gate of thirty euros.
const gates = `
groups: [{id: g, measures: [a], pay: {mode: lump, cents: 3000}}]
`

func TestSpecStamp(t *testing.T) {
	const rule3 = "rule 3: each stamp, first failing test gives its reason"
	run(t, []spec{
		{
			reason: "no date at all", says: rule3, rules: "measures: {a: {}}" + pays,
			stamps: "a -", lines: "g a 0 no_date",
		},
		{
			reason: "a month is no date", says: "rule 3: a date without a day is no date", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-06-00", lines: "g a 0 no_date",
		},
		{
			reason: "a year is no date either", says: "rule 3: a date without a day is no date", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-00-00", lines: "g a 0 no_date",
		},
		{
			reason: "the first day of the period", says: "event (dated in the period)", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "the last day of the period", says: "event (dated in the period)", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-12-31", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "the day before the period", says: rule3, rules: "measures: {a: {}}" + pays,
			stamps: "a 2023-12-31", lines: "g a 0 wrong_year",
		},
		{
			reason: "the day after the period", says: rule3, rules: "measures: {a: {}}" + pays,
			stamps: "a 2025-01-01", lines: "g a 0 wrong_year",
		},
		{
			reason: "a status is shown up to the hand-in", says: "status (dated from ps to hand-in)", rules: "measures: {a: {kind: status}}" + pays,
			stamps: "a 2025-02-10", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "not a day later", says: "status (dated from ps to hand-in)", rules: "measures: {a: {kind: status}}" + pays,
			stamps: "a 2025-02-11", lines: "g a 0 after_handin",
		},
		{
			reason: "nor before the period", says: "status (dated from ps to hand-in)", rules: "measures: {a: {kind: status}}" + pays,
			stamps: "a 2023-12-31", lines: "g a 0 wrong_year",
		},
		{
			reason: "an event on the day of hand-in", says: rule3, rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-11-15", with: handin(2024_11_15), lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "an event after the hand-in", says: rule3, rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-11-16", with: handin(2024_11_15), lines: "g a 0 after_handin",
		},
		{
			reason: "a wrong year comes before the evidence", says: rule3, rules: "measures: {a: {}}" + pays,
			stamps: "a 2023-01-01 evidence=", lines: "g a 0 wrong_year",
		},
		{
			reason: "a stamp is what a measure asks for by itself", says: "evidence: default {all: [stamp]}", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-01-01 evidence=invoice", lines: "g a 0 no_stamp",
		},
		{
			reason: "the first missing token of all", says: "no_<token> names the first missing token of all",
			rules:  "measures: {a: {evidence: {all: [stamp, invoice, copy]}}}" + pays,
			stamps: "a 2024-01-01 evidence=stamp+copy", lines: "g a 0 no_invoice",
		},
		{
			reason: "the first token of any", says: "or the first token of any",
			rules:  "measures: {a: {evidence: {any: [seen, copy, stamp]}}}" + pays,
			stamps: "a 2024-01-01 evidence=invoice", lines: "g a 0 no_seen",
		},
		{
			reason: "one token of any is enough", says: "evidence {any: [tokens]}",
			rules:  "measures: {a: {evidence: {any: [seen, copy, stamp]}}}" + pays,
			stamps: "a 2024-01-01 evidence=copy", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "all and any together", says: "evidence {all: [tokens]}, {any: [tokens]}",
			rules:  "measures: {a: {evidence: {all: [invoice], any: [seen, copy]}}}" + pays,
			stamps: "a 2024-01-01 evidence=invoice", lines: "g a 0 no_seen",
		},
		{
			reason: "a private doctor where a licence is asked for", says: "provider `private` = not licensed",
			rules:  "measures: {a: {provider: contract}}" + pays,
			stamps: "a 2024-01-01 provider=private", lines: "g a 0 provider_not_licensed",
		},
		{
			reason: "a licensed one", says: "provider: e.g. contract (panel doctor)", rules: "measures: {a: {provider: contract}}" + pays,
			stamps: "a 2024-01-01 provider=contract", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "a private one where nobody asks", says: "provider: e.g. contract (panel doctor)", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-01-01 provider=private", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "evidence comes before the provider", says: rule3, rules: "measures: {a: {provider: contract}}" + pays,
			stamps: "a 2024-01-01 provider=private evidence=copy", lines: "g a 0 no_stamp",
		},
		{
			reason: "before the insurance began", says: "rule 3: outside_insurance (paying groups only)", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-06-30", with: insured(2024_07_01, 0), lines: "g a 0 outside_insurance",
		},
		{
			reason: "after the insurance ended", says: "rule 3: outside_insurance (paying groups only)", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-07-01", with: insured(2010_01_01, 2024_06_30), lines: "g a 0 outside_insurance",
		},
		{
			reason: "both ends of the insurance are in it", says: "rule 3: outside_insurance (paying groups only)",
			rules:  "measures: {a: {max_units: 2}}" + pays,
			stamps: "a 2024-03-01; a 2024-06-30", with: insured(2024_03_01, 2024_06_30), lines: "g a 1000 ok; g a 1000 ok", total: 2000,
		},
		{
			reason: "a gate does not mind where it was insured", says: "rule 3: outside_insurance (paying groups only)", rules: "measures: {a: {}}" + gates,
			stamps: "a 2024-06-30", with: insured(2024_07_01, 0), lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "the day before the birthday", says: "rule 1: n years completed from 0:00 of the n-th birthday",
			rules:  "measures: {a: {who: {age_from: 44}}}" + pays,
			stamps: "a 2024-05-09", lines: "g a 0 not_entitled",
		},
		{
			reason: "the birthday itself", says: "rule 1: n years completed from 0:00 of the n-th birthday",
			rules:  "measures: {a: {who: {age_from: 44}}}" + pays,
			stamps: "a 2024-05-10", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "the last day below an age", says: "rule 1: n years completed from 0:00 of the n-th birthday",
			rules:  "measures: {a: {who: {age_below: 44}}}" + pays,
			stamps: "a 2024-05-09; a 2024-05-10", lines: "g a 1000 ok; g a 0 not_entitled", total: 1000,
		},
		{
			reason: "born on 29 February, common year", says: "rule 1: a missing day becomes the 1st of the next month (29.02. -> 01.03.)",
			rules:  "measures: {a: {who: {age_from: 18}, max_units: 2}}" + pays,
			stamps: "a 2022-02-28; a 2022-03-01",
			with: all(born(2004_02_29), func(b *bonus.Booklet) {
				b.Year, b.Handin, b.Payout = 2022, 2023_01_10, 2023_02_01
			}),
			lines: "g a 0 not_entitled; g a 1000 ok", total: 1000,
		},
		{
			reason: "the sex is part of the entitlement", says: "who {sex, age_from, age_below, insured_as}",
			rules:  "measures: {a: {who: {sex: [m]}}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 0 not_entitled",
		},
		{
			reason: "so is how one is insured", says: "who {sex, age_from, age_below, insured_as}",
			rules:  "measures: {a: {who: {insured_as: [family]}}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 0 not_entitled",
		},
		{
			reason: "any of several descriptions", says: "who or {any: [who, ...]}",
			rules:  "measures: {a: {who: {any: [{sex: [m]}, {sex: [w], age_from: 40}]}}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "the interval is not over", says: "rule 3: not_entitled_interval (paying only)",
			rules:  "measures: {a: {interval: {years: 3}}}" + pays,
			stamps: "a 2024-01-01", with: history("a", "", 2022_11_11), lines: "g a 0 not_entitled_interval",
		},
		{
			reason: "the interval is over", says: "interval: entitled in year Y only if the last exam's year <= Y-N",
			rules:  "measures: {a: {interval: {years: 3}}}" + pays,
			stamps: "a 2024-01-01", with: history("a", "", 2021_12_31), lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "only the last exam counts", says: "interval: entitled in year Y only if the last exam's year <= Y-N",
			rules:  "measures: {a: {interval: {years: 3}}}" + pays,
			stamps: "a 2024-01-01", with: all(history("a", "", 2023_01_01), history("a", "", 2015_01_01)),
			lines: "g a 0 not_entitled_interval",
		},
		{
			reason: "an exam of a later year says nothing about this one", says: "rule 5: all exams known from any earlier booklet",
			rules:  "measures: {a: {interval: {years: 3}}}" + pays,
			stamps: "a 2024-01-01", with: history("a", "", 2025_01_05), lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "the year of an exam is enough", says: "interval by calendar_year",
			rules:  "measures: {a: {interval: {years: 2}}}" + pays,
			stamps: "a 2024-01-01", with: history("a", "", 2023_00_00), lines: "g a 0 not_entitled_interval",
		},
		{
			reason: "a gate accepts it in spite of the interval", says: "rule 5: an interval never blocks a gate",
			rules:  "measures: {a: {interval: {years: 3}}}" + gates,
			stamps: "a 2024-01-01", with: history("a", "", 2023_11_11), lines: "g a 0 ok", total: 3000,
		},
		{
			reason: "no cost where it limits", says: "cost: limit = min(cents, cost); rule 3: no_cost",
			rules:  "measures: {a: {cost: limit}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 0 no_cost",
		},
		{
			reason: "no cost where it is paid back", says: "cost: reimburse = cost; rule 3: no_cost",
			rules:  "measures: {a: {cost: reimburse}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 0 no_cost",
		},
		{
			reason: "a cost that nobody asks for", says: "cost: ignore (default)", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-01-01 cost=5", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "a lower cost cuts the amount", says: "rule 8: cut_to_cost", rules: "measures: {a: {cost: limit}}" + pays,
			stamps: "a 2024-01-01 cost=999", lines: "g a 999 cut_to_cost", total: 999,
		},
		{
			reason: "a cost as high as the amount does not", says: "rule 8: cut_to_cost", rules: "measures: {a: {cost: limit}}" + pays,
			stamps: "a 2024-01-01 cost=1000", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "nothing was measured", says: "rule 3: no_value", rules: "measures: {a: {value: {min: 18.5, max: 24.9}}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 0 no_value",
		},
		{
			reason: "both bounds of a value are good", says: "value {min, max} for BMI etc.",
			rules:  "measures: {a: {value: {min: 18.5, max: 24.9}, max_units: null}}" + pays,
			stamps: "a 2024-01-01 value=18.5; a 2024-02-01 value=24.9; a 2024-03-01 value=24.91; a 2024-04-01 value=18.49",
			lines:  "g a 1000 ok; g a 1000 ok; g a 0 value_out_of_range; g a 0 value_out_of_range", total: 2000,
		},
		{
			reason: "a value with one bound", says: "value {min, max} for BMI etc.", rules: "measures: {a: {value: {max: 25}}}" + pays,
			stamps: "a 2024-01-01 value=-3", lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "no cost comes before no value", says: rule3, rules: "measures: {a: {cost: limit, value: {max: 25}}}" + pays,
			stamps: "a 2024-01-01", lines: "g a 0 no_cost",
		},
		{
			reason: "one unit a period by itself", says: "max_units: paid units per period; default 1", rules: "measures: {a: {}}" + pays,
			stamps: "a 2024-01-01; a 2024-02-01", lines: "g a 1000 ok; g a 0 duplicate", total: 1000,
		},
		{
			reason: "two units", says: "max_units: paid units per period", rules: "measures: {a: {max_units: 2}}" + pays,
			stamps: "a 2024-03-01; a 2024-02-01; a 2024-01-01", lines: "g a 1000 ok; g a 1000 ok; g a 0 duplicate", total: 2000,
		},
		{
			reason: "any number of units", says: "max_units: null = no limit", rules: "measures: {a: {max_units: null}}" + pays,
			stamps: "a 2024-01-01; a 2024-01-01; a 2024-01-01", lines: "g a 1000 ok; g a 1000 ok; g a 1000 ok", total: 3000,
		},
		{
			reason: "a refused stamp takes no place", says: "max_units: paid units per period", rules: "measures: {a: {}}" + pays,
			stamps: "a 2023-01-01; a 2024-01-01", lines: "g a 0 wrong_year; g a 1000 ok", total: 1000,
		},
		{
			reason: "two stamps of one day where days must differ", says: "rule 3: duplicate (same date when distinct, or over max_units)",
			rules:  "measures: {a: {max_units: null, need: {distinct_dates: true}}}" + pays,
			stamps: "a 2024-01-01; a 2024-01-01; a 2024-01-02", lines: "g a 1000 ok; g a 0 duplicate; g a 1000 ok", total: 2000,
		},
		{
			reason: "a companion that is not there", says: "only_with_any: companion must be accepted too",
			rules: `
measures: {a: {only_with_any: [b]}, b: {}}
groups: [{id: g, measures: [a, b], pay: {mode: per_measure, cents: 1000}}]`,
			stamps: "a 2024-01-01", lines: "g a 0 needs_companion",
		},
		{
			reason: "a companion that was refused", says: "only_with_any: companion must be accepted too",
			rules: `
measures: {a: {only_with_any: [b]}, b: {}}
groups: [{id: g, measures: [a, b], pay: {mode: per_measure, cents: 1000}}]`,
			stamps: "a 2024-01-01; b 2023-01-01", lines: "g a 0 needs_companion; g b 0 wrong_year",
		},
		{
			reason: "one companion of several, in a later group", says: "only_with_any: [measure ids]",
			rules: `
measures: {a: {only_with_any: [b, c]}, b: {}, c: {}}
groups:
  - {id: g, measures: [a], pay: {mode: per_measure, cents: 1000}}
  - {id: h, measures: [b, c], pay: {mode: per_measure, cents: 500}}`,
			stamps: "a 2024-01-01; c 2024-01-01", lines: "g a 1000 ok; h c 500 ok", total: 1500,
		},
	})
}
