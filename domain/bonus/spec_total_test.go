package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
	"schalter/domain/date"
)

const tenEuros = "measures: {a: {cents: 1000}}\ngroups: [{id: g, measures: [a], pay: {mode: per_measure}}]\n"

func since(first bool, years int) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.Participation = bonus.Participation{First: first, Consecutive: years} }
}

func option(id string, invoices bonus.Cents) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.Choice = &bonus.Choice{Option: id, Invoices: invoices} }
}

func carried(points bonus.Points) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.PointsCarried = points }
}

func TestSpecExtra(t *testing.T) {
	run(t, []spec{
		{
			reason: "a starter's extra", says: "extras: first_participation", rules: tenEuros + "extras: [{id: start, cents: 500, first_participation: true}]",
			stamps: "a 2024-01-01", with: since(true, 1), lines: "g a 1000 ok; extra start 500 ok", total: 1500,
		},
		{
			reason: "not in the second year", says: "extras: first_participation", rules: tenEuros + "extras: [{id: start, cents: 500, first_participation: true}]",
			stamps: "a 2024-01-01", with: since(false, 2), lines: "g a 1000 ok", total: 1000,
		},
		{
			reason: "an extra for those who have been there before", says: "extras: first_participation",
			rules:  tenEuros + "extras: [{id: loyal, cents: 500, first_participation: false}]",
			stamps: "a 2024-01-01", with: since(true, 1), total: 1000,
		},
		{
			reason: "years in a row, both ends", says: "extras: consecutive_years {min,max}",
			rules:  tenEuros + "extras: [{id: x, cents: 100, consecutive_years: {min: 2, max: 3}}, {id: y, cents: 200, consecutive_years: {min: 3}}]",
			stamps: "a 2024-01-01", with: since(false, 3), lines: "g a 1000 ok; extra x 100 ok; extra y 200 ok", total: 1300,
		},
		{
			reason: "too many years in a row", says: "extras: consecutive_years {min,max}",
			rules:  tenEuros + "extras: [{id: x, cents: 100, consecutive_years: {min: 2, max: 3}}]",
			stamps: "a 2024-01-01", with: since(false, 4), total: 1000,
		},
		{
			reason: "only with a group", says: "extras: requires", rules: tenEuros + "extras: [{id: x, cents: 100, requires: [g]}]",
			stamps: "a -", lines: "g a 0 no_date",
		},
		{
			reason: "from a total on, extras not counted", says: "extras: min_total_cents",
			rules:  tenEuros + "extras: [{id: x, cents: 100, min_total_cents: 1000}, {id: y, cents: 100, min_total_cents: 1001}]",
			stamps: "a 2024-01-01", lines: "g a 1000 ok; extra x 100 ok", total: 1100,
		},
		{
			reason: "for one track", says: "extras: tracks", stamps: "a 2024-01-01", total: 1200,
			rules: "tracks: [{id: young, who: {age_below: 30}}, {id: old}]\n" + tenEuros +
				"extras: [{id: x, cents: 100, tracks: [young]}, {id: y, cents: 200, tracks: [old]}]",
		},
		{
			reason: "by kind of insurance", says: "cents may be a map by insured_as", stamps: "a 2024-01-01", total: 1100,
			rules: tenEuros + "extras: [{id: x, cents: {member: 100, family: 50}}]",
		},
		{
			reason: "caps come before extras", says: "rule 9: extras, then points", stamps: "a 2024-01-01", total: 1100,
			rules: tenEuros + "caps: [{id: c, over: [g], max_cents: 1000}]\nextras: [{id: x, cents: 100}]",
		},
	})
}

func TestSpecPoints(t *testing.T) {
	points := func(rule string) string {
		return "measures: {a: {points: 300}, b: {points: 450, max_units: null}}\ngroups: [{id: g, measures: [a, b], pay: {mode: points}}]\npoints: " + rule + "\n"
	}
	rows := []struct {
		spec
		left bonus.Points
	}{
		{spec{
			reason: "points become cents", says: "points {cents_per: [num, den]}", rules: points("{cents_per: [1, 1]}"),
			stamps: "a 2024-01-01; b 2024-01-01", lines: "g a 0 ok; g b 0 ok", total: 750,
		}, 0},
		{spec{
			reason: "whole steps only", says: "rule 9: points (floor to step, …)", rules: points("{cents_per: [2, 1], step: 500}"),
			stamps: "a 2024-01-01; b 2024-01-01", total: 1000,
		}, 250},
		{spec{
			reason: "below the least number", says: "points {min}", rules: points("{cents_per: [1, 1], min: 751}"),
			stamps: "a 2024-01-01; b 2024-01-01",
		}, 750},
		{spec{
			reason: "at the least number", says: "points {min}", rules: points("{cents_per: [1, 1], min: 750}"),
			stamps: "a 2024-01-01; b 2024-01-01", total: 750,
		}, 0},
		{spec{
			reason: "a cap on points, the rest is left", says: "rule 9: cap, rest = points_left", rules: points("{cents_per: [1, 1], cap: 500}"),
			stamps: "a 2024-01-01; b 2024-01-01", total: 500,
		}, 250},
		{spec{
			reason: "points from before", says: "points_carried: points brought along", rules: points("{cents_per: [1, 1], step: 500}"),
			stamps: "a 2024-01-01", with: carried(250), total: 500,
		}, 50},
		{spec{
			reason: "nothing is kept where nothing may be", says: "points {carry_years}", rules: points("{cents_per: [1, 1], step: 500, carry_years: 0}"),
			stamps: "a 2024-01-01; b 2024-01-01", with: carried(400), total: 500,
		}, 0},
		{spec{
			reason: "half a cent is rounded up", says: "rule 9: half-up at the cent", rules: points("{cents_per: [1, 100]}"),
			stamps: "b 2024-01-01", total: 5,
		}, 0},
		{spec{
			reason: "rounded once, after the option", says: "rule 9: the only rounding", with: option("double", 0),
			rules:  points("{cents_per: [1, 100]}") + "options: [{id: double, factor: [2, 1]}]",
			stamps: "b 2024-01-01", total: 9,
		}, 0},
		{spec{
			reason: "points below a group's least number", says: "rule 7: too few below_min_count", stamps: "a 2024-01-01",
			rules: "measures: {a: {points: 300}, b: {points: 450}}\ngroups: [{id: g, measures: [a, b], min_count: 2, pay: {mode: points}}]\npoints: {cents_per: [1, 1]}",
			lines: "g a 0 below_min_count",
		}, 0},
		{spec{
			reason: "the fewest points are too many", says: "too many over_max_count", stamps: "a 2024-01-01; b 2024-01-01",
			rules: "measures: {a: {points: 300}, b: {points: 450}}\ngroups: [{id: g, measures: [a, b], max_count: 1, pay: {mode: points}}]\npoints: {cents_per: [1, 1]}",
			lines: "g a 0 over_max_count; g b 0 ok", total: 450,
		}, 0},
		{spec{
			reason: "an option with a step of its own", says: "options {points_step}", with: option("subsidy", 0),
			rules:  points("{cents_per: [1, 1], step: 500}") + "options: [{id: subsidy, points_step: 100}]",
			stamps: "a 2024-01-01; b 2024-01-01", total: 700,
		}, 50},
	}
	specs := make([]spec, len(rows))
	for i, row := range rows {
		specs[i] = row.spec
		b := woman44()
		b.Stamps = stampsOf(t, row.stamps)
		if row.with != nil {
			row.with(&b)
		}
		d, err := programme(t, row.rules).Decide(b)
		if err != nil {
			t.Fatal(err)
		}
		if d.PointsLeft == nil || *d.PointsLeft != row.left {
			t.Errorf("%s: points left: got %v, want %d", row.reason, d.PointsLeft, row.left)
		}
	}
	run(t, specs)
}

func TestSpecOption(t *testing.T) {
	options := tenEuros + `
options:
  - {id: cash}
  - {id: half, factor: [1, 3]}
  - {id: double, factor: [2, 1], limit_to_cost: true}
  - {id: capped, factor: [2, 1], max_cents: 1500}
`
	run(t, []spec{
		{reason: "no choice", says: "option {id, invoices_cents}: null = none", rules: options, stamps: "a 2024-01-01", total: 1000},
		{reason: "a factor of one by itself", says: "options: factor", rules: options, stamps: "a 2024-01-01", with: option("cash", 0), total: 1000},
		{reason: "a third, rounded", says: "rule 9: half-up at the cent", rules: options, stamps: "a 2024-01-01", with: option("half", 0), total: 333},
		{reason: "twice, invoices enough", says: "options: limit_to_cost", rules: options, stamps: "a 2024-01-01", with: option("double", 2000), total: 2000},
		{reason: "twice, invoices too low", says: "options: limit_to_cost", rules: options, stamps: "a 2024-01-01", with: option("double", 1999), total: 1999},
		{reason: "twice without an invoice", says: "options: limit_to_cost", rules: options, stamps: "a 2024-01-01", with: option("double", 0)},
		{reason: "twice up to a maximum", says: "options: max_cents", rules: options, stamps: "a 2024-01-01", with: option("capped", 0), total: 1500},
		{
			reason: "the option comes after the extras", says: "rule 9: extras, then points, then option",
			rules: options + "extras: [{id: x, cents: 500}]", stamps: "a 2024-01-01", with: option("double", 9999), total: 3000,
		},
	})
}

func TestSpecTrack(t *testing.T) {
	tracks := func(at string) string {
		return "tracks: [{id: young, who: {age_below: 44}" + at + "}, {id: old}]\n" + `
measures: {a: {cents: 1000}, b: {cents: 2000}}
groups: [{id: g, tracks: [young], measures: [a], pay: {mode: per_measure}}, {id: h, tracks: [old], measures: [b], pay: {mode: per_measure}}]`
	}
	const stamps = "a 2024-01-01; b 2024-01-01"
	run(t, []spec{
		{
			reason: "age on the last day", says: "tracks at: period_end", rules: tracks(", at: period_end"), stamps: stamps,
			track: "old", lines: "h b 2000 ok", total: 2000,
		},
		{reason: "the last day by itself", says: "tracks at", rules: tracks(""), stamps: stamps, track: "old", total: 2000},
		{
			reason: "age on the first day", says: "tracks at: period_start", rules: tracks(", at: period_start"), stamps: stamps,
			track: "young", lines: "g a 1000 ok", total: 1000,
		},
		{reason: "the day before the birthday decides", says: "tracks at: MM-DD", rules: tracks(", at: 05-09"), stamps: stamps, track: "young", total: 1000},
		{reason: "the birthday decides", says: "tracks at: MM-DD", rules: tracks(", at: 05-10"), stamps: stamps, track: "old", total: 2000},
		{
			reason: "the first track that fits", says: "tracks: first match wins", stamps: "a 2024-01-01", track: "one", total: 1000,
			rules: "tracks: [{id: none, who: {sex: [m]}}, {id: one}, {id: two}]\n" + tenEuros,
		},
		{
			reason: "no track", says: "tracks: none = refusal no_track", stamps: "a 2024-01-01", refusal: bonus.NoTrack,
			rules: "tracks: [{id: none, who: {sex: [m]}}]\n" + tenEuros,
		},
		{
			reason: "no track comes first of all refusals", says: "tracks: none = refusal no_track", stamps: "a 2024-01-01", refusal: bonus.NoTrack,
			rules: "tracks: [{id: none, who: {sex: [m]}}]\ndeadline: {month: 3, day: 31, year_offset: 1}\n" + tenEuros, with: handin(2026_01_01),
		},
	})
}

func TestSpecRefusal(t *testing.T) {
	terminated := func(on, withdrawn date.Date) func(*bonus.Booklet) {
		return func(b *bonus.Booklet) { b.Membership.TerminatedOn, b.Membership.WithdrawnOn = on, withdrawn }
	}
	condition := func(c string) string { return tenEuros + "conditions: [{" + c + "}]\n" }
	const (
		stamps = "a 2024-12-01"
		rule10 = "rule 10: total = 0, hypothetical_total is kept"
	)
	deadline := tenEuros + "deadline: {month: 3, day: 31, year_offset: 1}\n"
	run(t, []spec{
		{reason: "on the last day", says: "deadline", rules: deadline, stamps: stamps, with: handin(2025_03_31), total: 1000},
		{reason: "a day late", says: rule10, rules: deadline, stamps: stamps, with: handin(2025_04_01), refusal: bonus.Late, lost: 1000},
		{reason: "never late without a deadline", says: "deadline", rules: tenEuros, stamps: stamps, with: handin(2031_04_01), total: 1000},
		{
			reason: "no membership at all", says: "null = none", rules: condition("check: membership_active, at: payout"), stamps: stamps,
			with: func(b *bonus.Booklet) { b.Membership = bonus.Membership{} }, refusal: bonus.NoActiveMembership,
		},
		{
			reason: "the last day of the membership is the payout", says: "check: membership_active", rules: condition("check: membership_active, at: payout"),
			stamps: stamps, with: insured(2010_01_01, 2025_03_20), total: 1000,
		},
		{
			reason: "it ended a day before", says: "check: membership_active", rules: condition("check: membership_active, at: payout"),
			stamps: stamps, with: insured(2010_01_01, 2025_03_19), refusal: bonus.NoActiveMembership, lost: 1000,
		},
		{
			reason: "active at hand-in is enough where that is asked", says: "at: handin", rules: condition("check: membership_active, at: handin"),
			stamps: stamps, with: insured(2010_01_01, 2025_03_19), total: 1000,
		},
		{
			reason: "active on a day of the year", says: "at: MM-DD", rules: condition("check: membership_active, at: 07-01"),
			stamps: stamps, with: insured(2024_07_02, 0), refusal: bonus.NoActiveMembership, lost: 1000,
		},
		{
			reason: "active at the period's start", says: "at: period_start", rules: condition("check: membership_active, at: period_start"),
			stamps: stamps, with: insured(2024_01_02, 0), refusal: bonus.NoActiveMembership, lost: 1000,
		},
		{
			reason: "notice on the payout day", says: "check: not_terminated; terminated_on: notice received on", rules: condition("check: not_terminated, at: payout"),
			stamps: stamps, with: terminated(2025_03_20, 0), refusal: bonus.MembershipTerminated, lost: 1000,
		},
		{
			reason: "notice the day after", says: "check: not_terminated", rules: condition("check: not_terminated, at: payout"),
			stamps: stamps, with: terminated(2025_03_21, 0), total: 1000,
		},
		{
			reason: "withdrawn on the payout day", says: "withdrawn_on: notice withdrawn on", rules: condition("check: not_terminated, at: payout"),
			stamps: stamps, with: terminated(2025_02_01, 2025_03_20), total: 1000,
		},
		{
			reason: "withdrawn too late", says: "withdrawn_on: notice withdrawn on", rules: condition("check: not_terminated, at: payout"),
			stamps: stamps, with: terminated(2025_02_01, 2025_03_21), refusal: bonus.MembershipTerminated, lost: 1000,
		},
		{
			reason: "months of insurance to the day", says: "check: insured_months, min", rules: condition("check: insured_months, min: 6, at: period_end"),
			stamps: stamps, with: insured(2024_07_01, 0), total: 1000,
		},
		{
			reason: "one day too few", says: "check: insured_months, min", rules: condition("check: insured_months, min: 6, at: period_end"),
			stamps: stamps, with: insured(2024_07_02, 0), refusal: bonus.InsuredTooShort, lost: 1000,
		},
		{
			reason: "months end with the membership", says: "check: insured_months, min", rules: condition("check: insured_months, min: 6, at: payout"),
			stamps: "a 2024-10-01", with: insured(2024_07_01, 2024_11_30), refusal: bonus.InsuredTooShort, lost: 1000,
		},
		{
			reason: "insured all the year", says: "check: insured_whole_period", rules: condition("check: insured_whole_period"),
			stamps: stamps, with: insured(2024_01_01, 2024_12_31), total: 1000,
		},
		{
			reason: "not on the first day", says: "check: insured_whole_period", rules: condition("check: insured_whole_period"),
			stamps: stamps, with: insured(2024_01_02, 0), refusal: bonus.NotInsuredWhole, lost: 1000,
		},
		{
			reason: "not on the last day", says: "check: insured_whole_period", rules: condition("check: insured_whole_period"),
			stamps: "a 2024-10-01", with: insured(2010_01_01, 2024_12_30), refusal: bonus.NotInsuredWhole, lost: 1000,
		},
		{
			reason: "the main member's notice", says: "main_membership: conditions with whose: main_member read it",
			rules: condition("check: not_terminated, at: payout, whose: main_member"), stamps: stamps,
			with: func(b *bonus.Booklet) {
				b.Main = &bonus.Membership{Known: true, From: 2010_01_01, TerminatedOn: 2025_01_01}
			},
			refusal: bonus.MembershipTerminated, lost: 1000,
		},
		{
			reason: "the main member's notice where one's own counts", says: "whose: self",
			rules: condition("check: not_terminated, at: payout, whose: self"), stamps: stamps,
			with: func(b *bonus.Booklet) {
				b.Main = &bonus.Membership{Known: true, From: 2010_01_01, TerminatedOn: 2025_01_01}
			},
			total: 1000,
		},
		{
			reason: "without a main member's membership one's own is both", says: "main_membership: default membership",
			rules: condition("check: not_terminated, at: payout, whose: main_member"), stamps: stamps,
			with: terminated(2025_01_01, 0), refusal: bonus.MembershipTerminated, lost: 1000,
		},
		{
			reason: "late comes first, whatever the file's order", says: "rule 10: late, membership_terminated, no_active_membership, …",
			rules: deadline + "conditions: [{check: membership_active, at: payout}, {check: not_terminated, at: payout}]", stamps: stamps,
			with: all(handin(2025_04_01), insured(2010_01_01, 2025_01_01), terminated(2024_12_01, 0)), refusal: bonus.Late, lost: 1000,
		},
		{
			reason: "notice comes before the end", says: "rule 10: late, membership_terminated, no_active_membership, …",
			rules: deadline + "conditions: [{check: membership_active, at: payout}, {check: not_terminated, at: payout}]", stamps: stamps,
			with: all(insured(2010_01_01, 2025_01_01), terminated(2024_12_01, 0)), refusal: bonus.MembershipTerminated, lost: 1000,
		},
		{
			reason: "too short comes before not the whole period", says: "rule 10: insured_too_short, not_insured_whole_period",
			rules:  tenEuros + "conditions: [{check: insured_whole_period}, {check: insured_months, min: 12, at: period_end}]",
			stamps: stamps, with: insured(2024_02_01, 0), refusal: bonus.InsuredTooShort, lost: 1000,
		},
		{
			reason: "without a payout day it is the day of hand-in", says: "payout: dates of receipt and of payout",
			rules: condition("check: membership_active, at: payout"), stamps: stamps,
			with: all(insured(2010_01_01, 2025_02_28), func(b *bonus.Booklet) { b.Payout = 0 }), total: 1000,
		},
	})
}

func TestSpecEnrolment(t *testing.T) {
	rules := "period: {type: from_enrolment, months: 12, starts: first_of_next_month}\n" +
		"deadline: {months_after_period_end: 3, roll: none}\n" + tenEuros
	enrolled := func(d date.Date) func(*bonus.Booklet) { return func(b *bonus.Booklet) { b.Enrolled = d } }
	run(t, []spec{
		{
			reason: "the first of the next month", says: "from_enrolment starts on the first of the month after enrolled", rules: rules,
			stamps: "a 2023-12-01", with: enrolled(2023_11_15), total: 1000,
		},
		{
			reason: "the day before it", says: "from_enrolment starts on the first of the month after enrolled", rules: rules,
			stamps: "a 2023-11-30", with: enrolled(2023_11_15), lines: "g a 0 wrong_year",
		},
		{
			reason: "enrolled on the first", says: "from_enrolment starts on the first of the month after enrolled", rules: rules,
			stamps: "a 2023-12-31", with: enrolled(2023_12_01), lines: "g a 0 wrong_year",
		},
		{
			reason: "the last day of twelve months", says: "from_enrolment, months", rules: rules,
			stamps: "a 2024-11-30", with: enrolled(2023_11_15), total: 1000,
		},
		{
			reason: "a half of a period is six months of it", says: "need {per: half_year}", stamps: "a 2024-05-31; a 2024-06-01", total: 3000,
			rules: "period: {type: from_enrolment, months: 12}\nmeasures: {a: {need: {per: half_year}}}" + gates, with: enrolled(2023_11_15),
		},
		{
			reason: "a day of the year is the period's own", says: "at: MM-DD", stamps: "a 2024-05-31", with: all(enrolled(2023_11_15), insured(2024_07_02, 0)),
			rules: rules + "conditions: [{check: membership_active, at: 07-01}]", lines: "g a 0 outside_insurance", refusal: bonus.NoActiveMembership,
		},
	})
}

func TestDeadline(t *testing.T) {
	for _, row := range []struct {
		reason, rules string
		year          int
		enrolled      date.Date
		want          string
	}{
		{"Easter 2018 in Bavaria (A21)", "", 2017, 0, "2018-04-03"},
		{"a Sunday (A21)", "", 2018, 0, "2019-04-01"},
		{"Easter Sunday (A21)", "", 2023, 0, "2024-04-02"},
		{"Saturday before Easter (A21)", "", 2028, 0, "2029-04-03"},
		{"a Sunday once more (A21)", "", 2029, 0, "2030-04-01"},
		{"a Monday", "", 2024, 0, "2025-03-31"},
		{"not rolled", "deadline: {month: 3, day: 31, year_offset: 1, roll: none}\n", 2023, 0, "2024-03-31"},
		{"a local holiday only where it is one", "calendar: DE-BE\ndeadline: {month: 1, day: 6, year_offset: 1, roll: next_working_day}\n", 2024, 0, "2025-01-06"},
		{"and where it is one", "calendar: DE-ST\ndeadline: {month: 1, day: 6, year_offset: 1, roll: next_working_day}\n", 2024, 0, "2025-01-07"},
		{"all of Germany by itself", "deadline: {month: 1, day: 1, year_offset: 1, roll: next_working_day}\n", 2024, 0, "2025-01-02"},
		{"the first such day after the year", "deadline: {month: 6, day: 30}\n", 2024, 0, "2025-06-30"},
		{"the last day of the year itself", "deadline: {month: 12, day: 31}\n", 2024, 0, "2024-12-31"},
		{"29 February of a common year", "deadline: {month: 2, day: 29, year_offset: 1}\n", 2024, 0, "2025-03-01"},
		{"two years later", "deadline: {month: 6, day: 30, year_offset: 2}\n", 2024, 0, "2026-06-30"},
		{"months after a leap February", "period: {type: from_enrolment, months: 12}\ndeadline: {months_after_period_end: 3}\n", 2023, 2023_02_10, "2024-05-31"},
		{"months after the end of November", "period: {type: from_enrolment, months: 12}\ndeadline: {months_after_period_end: 3}\n", 2023, 2022_11_15, "2024-02-29"},
		{"months after a calendar year", "deadline: {months_after_period_end: 3}\n", 2024, 0, "2025-03-31"},
		{"a day of the year after the period's end", "period: {type: from_enrolment, months: 12}\ndeadline: {month: 3, day: 31, year_offset: 1}\n", 2024, 2023_11_15, "2025-03-31"},
	} {
		rules := row.rules
		if rules != "" {
			rules += tenEuros
		}
		p := programme(t, rules)
		if got := p.DeadlineOf(p.PeriodOf(row.year, row.enrolled)); got != day(t, row.want) {
			t.Errorf("%s: got %v, want %s", row.reason, got, row.want)
		}
	}
}

func TestToPay(t *testing.T) {
	p := programme(t, tenEuros)
	for _, row := range []struct {
		reason     string
		stamps     string
		paidBefore bonus.Cents
		want       bonus.Cents
	}{
		{"to_pay = total - paid_before: a supplement pays the difference", "a 2024-01-01", 400, 600},
		{"nothing is left", "a 2024-01-01", 1000, 0},
		{"too much was paid; what follows from it, staff decide", "a -", 400, -400},
	} {
		b := woman44()
		b.Stamps, b.PaidBefore = stampsOf(t, row.stamps), row.paidBefore
		d, err := p.Decide(b)
		if err != nil || d.ToPay != row.want {
			t.Errorf("%s: got %d, %v, want %d", row.reason, d.ToPay, err, row.want)
		}
	}
}
