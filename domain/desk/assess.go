package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
)

// assess decides a version of a booklet. Entries that staff marked as invalid
// take no part; positions in the decision are those in the version.
func assess(p *bonus.Programme, known bonus.Booklet, v domain.BookletVersion, released []bonus.Exemption, late bool) (bonus.Decision, error) {
	b, at := input(p, known, v, released, late)
	d, err := p.Decide(b)
	if err != nil {
		return d, unfit(err, at)
	}
	for i := range d.Lines {
		d.Lines[i].Stamp = place(at, d.Lines[i].Stamp)
	}
	for i := range d.Gaps {
		d.Gaps[i].Stamp = place(at, d.Gaps[i].Stamp)
	}
	for i := range d.Unused {
		d.Unused[i] = place(at, d.Unused[i])
	}
	return d, nil
}

// input is a version as the programme reads it; at says where each of its stamps
// stands in the version.
func input(p *bonus.Programme, known bonus.Booklet, v domain.BookletVersion, released []bonus.Exemption, late bool) (b bonus.Booklet, at []int) {
	b = known
	b.Handin, b.Enrolled = v.Received, v.Enrolled
	b.Exempt = released
	b.Participation = bonus.Participation{First: v.First, Consecutive: v.Consecutive}
	b.PointsCarried = v.Points
	if v.Option != "" {
		b.Choice = &bonus.Choice{Option: v.Option, Invoices: v.Invoices}
	}
	b.Stamps, at = make([]bonus.Stamp, 0, len(v.Stamps)), make([]int, 0, len(v.Stamps))
	for i, s := range v.Stamps {
		if s.Invalid != "" {
			continue
		}
		b.Stamps = append(b.Stamps, bonus.Stamp{
			Measure: s.Measure, Exam: s.Exam, Date: s.Date, Cost: s.Cost, Evidence: s.Evidence,
			Provider: s.Provider, Value: s.Value,
		})
		at = append(at, i)
	}
	// What was accepted though it came late counts as received on the last day.
	if late && (!p.Period.FromEnrolment || b.Enrolled.Complete()) {
		if last := p.DeadlineOf(p.PeriodOf(b.Year, b.Enrolled)); last != 0 {
			b.Handin = min(b.Handin, last)
		}
	}
	return b, at
}

// place turns a position among the stamps that count into that among all.
func place(at []int, i int) int {
	if i < 0 {
		return i
	}
	return at[i]
}

// unfit names the field of a booklet that no programme could decide.
func unfit(err error, at []int) error {
	invalid := domain.Fail(domain.Invalid, domain.ReasonBookletInvalid)
	var found finding.List
	if !errors.As(err, &found) || len(found) == 0 {
		return invalid.WithCause(err)
	}
	field := found[0].Field
	var i int
	if n, _ := fmt.Sscanf(field, "stamps[%d]", &i); n == 1 && i < len(at) {
		_, rest, _ := strings.Cut(field, "]")
		field = fmt.Sprintf("stamps[%d]%s", at[i], rest)
	}
	return invalid.WithField(field)
}

func exemptions(v domain.BookletVersion) (list []bonus.Exemption) {
	for _, r := range v.Releases {
		list = append(list, bonus.Exemption{Measure: r.Measure, Reason: r.Reason})
	}
	return list
}

// versionOf is what a form says.
func versionOf(f BookletForm) domain.BookletVersion {
	return domain.BookletVersion{
		Received: f.Received, Stamps: f.Stamps, Counted: f.Counted, Enrolled: f.Enrolled, Option: f.Option,
		Invoices: f.Invoices, First: f.First, Consecutive: f.Consecutive, Points: f.Points,
	}
}

// formOf is what was typed for a version.
func formOf(v domain.BookletVersion) BookletForm {
	return BookletForm{
		Received: v.Received, Stamps: slices.Clone(v.Stamps), Counted: v.Counted, Enrolled: v.Enrolled,
		Option: v.Option, Invoices: v.Invoices, First: v.First, Consecutive: v.Consecutive, Points: v.Points,
	}
}
