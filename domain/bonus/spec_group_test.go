package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
)

func TestSpecGroup(t *testing.T) {
	three := "measures: {a: {cents: 1000, max_units: null}, b: {cents: 2000}, c: {cents: 3000}}\n"
	run(t, []spec{
		{
			reason: "each measure its own amount", says: "pay.mode per_measure", stamps: "c 2024-01-01; a 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; g c 3000 ok", total: 4000,
		},
		{
			reason: "the group's amount where a measure has none", says: "per_measure (default cents)", stamps: "a 2024-01-01; b 2024-01-01",
			rules: "measures: {a: {cents: 700}, b: {}}\ngroups: [{id: g, measures: [a, b], pay: {mode: per_measure, cents: 500}}]",
			lines: "g a 700 ok; g b 500 ok", total: 1200,
		},
		{
			reason: "an amount by kind of insurance", says: "cents may be a map by insured_as {member: 5000, family: 2000}", stamps: "a 2024-01-01",
			rules: "measures: {a: {cents: {member: 5000, family: 2000}}}\ngroups: [{id: g, measures: [a], pay: {mode: per_measure}}]",
			with:  func(b *bonus.Booklet) { b.Person.InsuredAs = bonus.Family }, total: 2000,
		},
		{
			reason: "the cost in a group of amounts", says: "cost: reimburse = cost", stamps: "a 2024-01-01 cost=1234; b 2024-01-01",
			rules: "measures: {a: {cost: reimburse}, b: {cents: 500}}\ngroups: [{id: g, measures: [a, b], pay: {mode: per_measure}}]",
			lines: "g a 1234 ok; g b 500 ok", total: 1734,
		},
		{
			reason: "a group that pays costs back", says: "pay.mode reimburse", stamps: "a 2024-01-01 cost=1234; b 2024-01-01",
			rules: "measures: {a: {}, b: {}}\ngroups: [{id: g, measures: [a, b], pay: {mode: reimburse}}]",
			lines: "g a 1234 ok; g b 0 no_cost", total: 1234,
		},
		{
			reason: "costs back up to an amount", says: "cost: limit = min(cents, cost)", stamps: "a 2024-01-01 cost=900; b 2024-01-01 cost=2000",
			rules: "measures: {a: {cost: limit, cents: 1000}, b: {cost: limit, cents: 1000}}\ngroups: [{id: g, measures: [a, b], pay: {mode: reimburse}}]",
			lines: "g a 900 cut_to_cost; g b 1000 ok", total: 1900,
		},
		{
			reason: "by the place in the row", says: "ordinal (table [{from, cents}])", stamps: "b 2024-01-01; a 2024-05-01; a 2024-02-01; a 2024-03-01",
			rules: three + "groups: [{id: g, measures: [a, b], pay: {mode: ordinal, table: [{from: 2, cents: 500}, {from: 4, cents: 900}]}}]",
			lines: "g a 0 ok; g a 500 ok; g a 500 ok; g b 900 ok", total: 1900,
		},
		{
			reason: "by the place in the row, at most the cost", says: "cost: limit; pay.mode ordinal", stamps: "a 2024-01-01 cost=100; a 2024-02-01 cost=900",
			rules: "measures: {a: {cost: limit, max_units: 2}}\ngroups: [{id: g, measures: [a], pay: {mode: ordinal, table: [{from: 1, cents: 500}]}}]",
			lines: "g a 100 cut_to_cost; g a 500 ok", total: 600,
		},
		{
			reason: "by number", says: "by_count (table [{min, cents, each_further}])", stamps: "a 2024-01-01; b 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], pay: {mode: by_count, table: [{min: 2, cents: 4000}, {min: 3, cents: 6000}]}}]",
			lines: "g a 0 counted; g b 0 counted", total: 4000,
		},
		{
			reason: "by number, each further one adds", says: "by_count (table [{min, cents, each_further}])",
			stamps: "a 2024-01-01; a 2024-02-01; a 2024-03-01; b 2024-01-01",
			rules:  three + "groups: [{id: g, measures: [a, b, c], pay: {mode: by_count, table: [{min: 2, cents: 4000, each_further: 150}]}}]",
			total:  4300, groups: "g ok 4300",
		},
		{
			reason: "by number, below the first row", says: "too few below_min_count", stamps: "a 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], pay: {mode: by_count, table: [{min: 2, cents: 4000}]}}]",
			lines: "g a 0 below_min_count", groups: "g below_min_count 0",
		},
		{
			reason: "by number with a cap", says: "Also: cap_cents", stamps: "a 2024-01-01; b 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], cap_cents: 3500, pay: {mode: by_count, table: [{min: 2, cents: 4000}]}}]",
			total: 3500, groups: "g cut_by_group_cap 3500",
		},
		{
			reason: "not enough of them", says: "rule 7: too few below_min_count", stamps: "a 2024-01-01; b -",
			rules: three + "groups: [{id: g, measures: [a, b, c], min_count: 2, pay: {mode: per_measure}}]",
			lines: "g a 0 below_min_count; g b 0 no_date", groups: "g below_min_count 0",
		},
		{
			reason: "just enough of them", says: "rule 7: too few below_min_count", stamps: "a 2024-01-01; a 2024-02-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], min_count: 2, pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; g a 1000 ok", total: 2000,
		},
		{
			reason: "more than are paid", says: "too many over_max_count", stamps: "a 2024-01-01; a 2024-02-01; a 2024-03-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], max_count: 2, pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; g a 1000 ok; g a 0 over_max_count", total: 2000,
		},
		{
			reason: "those worth least are too many", says: "too many over_max_count; § 2 (2) SGB I", stamps: "a 2024-01-01; b 2024-02-01; c 2024-03-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], max_count: 2, pay: {mode: per_measure}}]",
			lines: "g a 0 over_max_count; g b 2000 ok; g c 3000 ok", total: 5000,
		},
		{
			reason: "by number, too many do not count", says: "too many over_max_count", stamps: "a 2024-01-01; a 2024-02-01; a 2024-03-01; b 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], max_count: 3, pay: {mode: by_count, table: [{min: 2, cents: 4000, each_further: 150}]}}]",
			lines: "g a 0 counted; g a 0 counted; g a 0 counted; g b 0 over_max_count", total: 4150,
		},
		{
			reason: "none of a subset", says: "rule 7: missing subset needs_missing", stamps: "a 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], needs: [{min: 1, of: [a]}, {min: 1, of: [b, c]}], pay: {mode: per_measure}}]",
			lines: "g a 0 needs_missing", groups: "g needs_missing 0",
		},
		{
			reason: "a subset by two units of one measure", says: "needs: [{min, of: [...]}]", stamps: "a 2024-01-01; a 2024-02-01",
			rules: three + "groups: [{id: g, measures: [a, b, c], needs: [{min: 2, of: [a, b]}], pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; g a 1000 ok", total: 2000,
		},
		{
			reason: "too few comes before the wrong ones", says: "rule 7: below_min_count, needs_missing", stamps: "a 2024-01-01",
			rules:  three + "groups: [{id: g, measures: [a, b, c], min_count: 2, needs: [{min: 1, of: [b]}], pay: {mode: per_measure}}]",
			groups: "g below_min_count 0",
		},
		{
			reason: "a group that pays opens another one", says: "rule 7: requires looks at fulfilled of earlier groups", stamps: "a 2024-01-01; b 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a], pay: {mode: per_measure}}, {id: h, measures: [b], requires: [g], pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; h b 2000 ok", total: 3000,
		},
		{
			reason: "one without a unit does not", says: "rule 7: blocked units get prerequisite_missing", stamps: "a -; b 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a], pay: {mode: per_measure}}, {id: h, measures: [b], requires: [g], pay: {mode: per_measure}}]",
			lines: "g a 0 no_date; h b 0 prerequisite_missing", groups: "g no_proof 0; h prerequisite_missing 0",
		},
		{
			reason: "a blocked group keeps the reasons of refused stamps", says: "rule 7: blocked units get prerequisite_missing",
			stamps: "b 2023-01-01; b 2024-01-01",
			rules:  three + "groups: [{id: g, measures: [a], pay: {mode: per_measure}}, {id: h, measures: [b], requires: [g], pay: {mode: per_measure}}]",
			lines:  "h b 0 wrong_year; h b 0 prerequisite_missing",
		},
		{
			reason: "what is missing comes before how many", says: "rule 7: order of the reasons", stamps: "b 2024-01-01",
			rules:  three + "groups: [{id: g, measures: [a], pay: {mode: per_measure}}, {id: h, measures: [b, c], requires: [g], min_count: 2, pay: {mode: per_measure}}]",
			groups: "g no_proof 0; h prerequisite_missing 0",
		},
		{
			reason: "a group for some kinds of insurance", says: "Also: insured_as", stamps: "a 2024-01-01; b 2024-01-01",
			rules: three + "groups: [{id: g, insured_as: [family], measures: [a], pay: {mode: per_measure}}, {id: h, insured_as: member, measures: [b], pay: {mode: per_measure}}]",
			lines: "h b 2000 ok", total: 2000, groups: "g not_entitled 0; h ok 2000",
		},
		{
			reason: "a measure in two groups", says: "groups: list, evaluated in file order", stamps: "a 2024-01-01",
			rules: three + "groups: [{id: h, measures: [a, b], pay: {mode: per_measure}}, {id: g, measures: [a], pay: {mode: lump, cents: 50}}]",
			lines: "h a 1000 ok; g a 0 ok", total: 1050,
		},
		{
			reason: "the cap shortens the unit that overflows, later ones get nothing", says: "rule 8: cut_by_group_cap",
			stamps: "c 2024-01-01; b 2024-01-01; a 2024-01-01",
			rules:  three + "groups: [{id: g, measures: [a, b, c], cap_cents: 2500, pay: {mode: per_measure}}]",
			lines:  "g a 1000 ok; g b 1500 cut_by_group_cap; g c 0 cut_by_group_cap", total: 2500, groups: "g ok 2500",
		},
		{
			reason: "the order of the group's list is file order", says: "rule 8: caps cut in file order of measures, then entry order",
			stamps: "a 2024-01-01; c 2024-01-01",
			rules:  three + "groups: [{id: g, measures: [c, a], cap_cents: 3500, pay: {mode: per_measure}}]",
			lines:  "g c 3000 ok; g a 500 cut_by_group_cap", total: 3500,
		},
		{
			reason: "stamps of one measure are cut in the order of entry", says: "rule 8: then entry order of stamps",
			stamps: "a 2024-12-01 cost=900; a 2024-01-01 cost=300",
			rules:  "measures: {a: {cost: reimburse, max_units: null}}\ngroups: [{id: g, measures: [a], cap_cents: 1000, pay: {mode: reimburse}}]",
			lines:  "g a 900 ok; g a 100 cut_by_group_cap", total: 1000,
		},
		{
			reason: "a full cap is no cut", says: "rule 8: the unit that overflows is shortened", stamps: "a 2024-01-01; b 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a, b], cap_cents: 3000, pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; g b 2000 ok", total: 3000,
		},
		{
			reason: "a unit worth nothing is not cut", says: "reasons: ok when paid or counted in full", stamps: "a 2024-01-01; b 2024-01-01 cost=0",
			rules: "measures: {a: {cents: 1000}, b: {cost: reimburse}}\ngroups: [{id: g, measures: [a, b], cap_cents: 1000, pay: {mode: per_measure}}]",
			lines: "g a 1000 ok; g b 0 ok", total: 1000,
		},
		{
			reason: "a cap over groups is one line", says: "rule 8: overall caps are shown as one cut line", stamps: "a 2024-01-01; b 2024-01-01; c 2024-01-01",
			rules: three + `
groups: [{id: g, measures: [a, b], pay: {mode: per_measure}}, {id: h, measures: [c], pay: {mode: per_measure}}]
caps: [{id: both, over: [h, g], max_cents: 4500}]`,
			lines: "g a 1000 ok; g b 2000 ok; h c 3000 ok; cap both -1500 cut_by_cap", total: 4500, groups: "g ok 3000; h ok 3000",
		},
		{
			reason: "a cap within a cap cuts once", says: "rule 8", stamps: "a 2024-01-01; b 2024-01-01; c 2024-01-01",
			rules: three + `
groups: [{id: g, measures: [a], pay: {mode: per_measure}}, {id: h, measures: [b], pay: {mode: per_measure}}, {id: i, measures: [c], pay: {mode: per_measure}}]
caps: [{id: inner, over: [h, i], max_cents: 3500}, {id: outer, over: [g, h, i], max_cents: 4000}]`,
			lines: "g a 1000 ok; h b 2000 ok; i c 3000 ok; cap inner -1500 cut_by_cap; cap outer -500 cut_by_cap", total: 4000,
		},
		{
			reason: "the cap within comes first, whatever the file's order", says: "rule 8: the sum does not depend on the order",
			stamps: "a 2024-01-01; b 2024-01-01; c 2024-01-01",
			rules: three + `
groups: [{id: g, measures: [c], pay: {mode: per_measure}}, {id: h, measures: [a, b], pay: {mode: per_measure}}]
caps: [{id: outer, over: [g, h], max_cents: 4000}, {id: inner, over: [g], max_cents: 1500}]`,
			lines: "g c 3000 ok; h a 1000 ok; h b 2000 ok; cap inner -1500 cut_by_cap; cap outer -500 cut_by_cap", total: 4000,
		},
		{
			reason: "a cap over groups of another track", says: "groups: tracks; caps: over", stamps: "a 2024-01-01; b 2024-01-01",
			rules: "tracks: [{id: young, who: {age_below: 18}}, {id: old}]\n" + three + `
groups: [{id: k, tracks: [young], measures: [c], pay: {mode: per_measure}}, {id: g, measures: [a], pay: {mode: per_measure}}, {id: h, tracks: [old], measures: [b], pay: {mode: per_measure}}]
caps: [{id: ofyoung, over: [k, g], max_cents: 800}, {id: ofold, over: [g, h], max_cents: 2500}]`,
			lines: "g a 1000 ok; h b 2000 ok; cap ofyoung -200 cut_by_cap; cap ofold -300 cut_by_cap", total: 2500,
		},
		{
			reason: "a cap with room is silent", says: "rule 8", stamps: "a 2024-01-01",
			rules: three + "groups: [{id: g, measures: [a], pay: {mode: per_measure}}]\ncaps: [{id: c, over: [g], max_cents: 1000}]",
			lines: "g a 1000 ok", total: 1000,
		},
	})
}
