package bonus_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
)

// One row for each thing that keeps a booklet from being decided.
func TestBookletFaults(t *testing.T) {
	const tk = "tk"
	for _, row := range []struct {
		reason, programme string
		change            func(*bonus.Booklet)
		want              string // FIELD: CODE, several separated by a line break
	}{
		{"a year before the programme", "", func(b *bonus.Booklet) { b.Year = 2015 }, "year: not_decided"},
		{"no birth date", "", func(b *bonus.Booklet) { b.Person.Born = 0 }, "person.born: date"},
		{"a birth date that does not exist", "", func(b *bonus.Booklet) { b.Person.Born = 1980_02_30 }, "person.born: date"},
		{"no such sex", "", func(b *bonus.Booklet) { b.Person.Sex = 'f' }, "person.sex: unknown_word"},
		{"no such insurance", "", func(b *bonus.Booklet) { b.Person.InsuredAs = 0 }, "person.insured_as: unknown_word"},
		{"a membership that ends before it begins", "", insured(2024_01_01, 2023_12_31), "membership.to: impossible"},
		{"a main member's date without a day", "", func(b *bonus.Booklet) { b.Main = &bonus.Membership{Known: true, From: 2010_01_00} }, "main_membership.from: date"},
		{"no date of receipt", "", func(b *bonus.Booklet) { b.Handin = 0 }, "handin: missing_key"},
		{"a payout on no day", "", func(b *bonus.Booklet) { b.Payout = 2025_13_01 }, "payout: date"},
		{"history without a date", "", func(b *bonus.Booklet) { b.History = []bonus.PastExam{{Measure: "checkup"}} }, "history[0].date: date"},
		{"a stamp of nothing", "", func(b *bonus.Booklet) { b.Stamps[0].Measure = "chekup" }, "stamps[0].measure: unknown_id"},
		{"a stamp on no day", "", func(b *bonus.Booklet) { b.Stamps[1].Date = 2024_02_31 }, "stamps[1].date: date"},
		{"an exam of no series", "", func(b *bonus.Booklet) { b.Stamps[0].Exam = "U1" }, "stamps[0].exam: not_here"},
		{"a series without an exam", "", func(b *bonus.Booklet) { b.Stamps[0].Measure = "u_unters" }, "stamps[0].exam: missing_key"},
		{"an exam the series has not", "", func(b *bonus.Booklet) { b.Stamps[0].Measure, b.Stamps[0].Exam = "u_unters", "U10" }, "stamps[0].exam: unknown_id"},
		{"a negative cost", "", func(b *bonus.Booklet) { c := bonus.Cents(-1); b.Stamps[0].Cost = &c }, "stamps[0].cost: out_of_range"},
		{"a cost beyond all sums", "", func(b *bonus.Booklet) { c := bonus.Cents(math.MaxInt64); b.Stamps[0].Cost = &c }, "stamps[0].cost: out_of_range"},
		{"a value that is no number", "", func(b *bonus.Booklet) { x := math.NaN(); b.Stamps[0].Value = &x }, "stamps[0].value: out_of_range"},
		{"more stamps than a booklet has boxes", "", func(b *bonus.Booklet) { b.Stamps = make([]bonus.Stamp, 501) }, "stamps: too_large"},
		{"an exemption from nothing", "", exempt("chekup"), "exempt[0].measure: unknown_id"},
		{"points below zero", "", carried(-1), "points_carried: out_of_range"},
		{"payments below zero", "", func(b *bonus.Booklet) { b.PaidBefore = -1 }, "paid_before: out_of_range"},
		{"years below zero", "", since(false, -1), "participation.consecutive: out_of_range"},
		{"no such option", "", option("cash", 0), "option.id: unknown_id"},
		{"invoices below zero", tk, all(enrolledOn, option("direkt", -1)), "option.invoices_cents: out_of_range"},
		{"no enrolment", tk, func(*bonus.Booklet) {}, "enrolled: missing_key"},
		{"a year that the period does not touch", tk, all(enrolledOn, func(b *bonus.Booklet) { b.Year = 2025 }), "year: impossible"},
	} {
		p := bonus.Seed()
		b := woman44()
		b.Stamps = stampsOf(t, "checkup 2024-02-02; zahn 2024-03-03")
		if row.programme != "" {
			p, _ = shared(t).Find(row.programme, 2024)
			b.Stamps = stampsOf(t, "zahn 2024-02-02; checkup 2024-03-03")
		}
		row.change(&b)
		_, err := p.Decide(b)
		var faults finding.List
		if !errors.As(err, &faults) {
			t.Errorf("%s: got %v", row.reason, err)
			continue
		}
		var got []string
		for _, x := range faults[:1] {
			got = append(got, x.Field+": "+string(x.Code))
		}
		if strings.Join(got, "\n") != row.want {
			t.Errorf("%s: got %v, want %s", row.reason, faults, row.want)
		}
	}
}

func enrolledOn(b *bonus.Booklet) { b.Enrolled = 2023_11_15 }

// What is not known of a person is taken for the younger: an incomplete birth
// date counts as the last day it may mean.
func TestIncompleteBirthDate(t *testing.T) {
	for _, row := range []struct {
		reason string
		born   func(*bonus.Booklet)
		track  string
	}{
		{"15 by its last day", born(2009_12_00), "erwachsene"},
		{"perhaps 15 only in January", born(2010_01_00), "kind"},
		{"perhaps born on New Year's Eve", born(2009_00_00), "erwachsene"},
	} {
		b := woman44()
		row.born(&b)
		if d, err := bonus.Seed().Decide(b); err != nil || d.Track != row.track {
			t.Errorf("%s: got %s, %v", row.reason, d.Track, err)
		}
	}
}
