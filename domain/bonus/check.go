package bonus

import (
	"fmt"
	"math"

	"schalter/domain/bonus/finding"
	"schalter/domain/date"
)

// checker collects what is wrong with a booklet. It never repeats what stands in
// it.
type checker struct {
	programme *Programme
	found     finding.List
}

// check tests whether this programme can decide the booklet.
func (p *Programme) check(b *Booklet) error {
	c := &checker{programme: p}
	if !p.Valid.Has(b.Year) {
		c.add("year", finding.NotDecided)
	}
	c.person(b.Person)
	c.membership("membership", b.Membership)
	if b.Main != nil {
		c.membership("main_membership", *b.Main)
	}
	c.day("handin", b.Handin, true)
	c.day("payout", b.Payout, false)
	c.enrolled(b)
	for i, past := range b.History {
		if !complete(past.Date) && !past.Date.Valid() {
			c.add(fmt.Sprintf("history[%d].date", i), finding.NoDate)
		}
	}
	if len(b.Stamps) > maxStamps {
		c.add("stamps", finding.TooLarge)
		return c.found
	}
	for i := range b.Stamps {
		c.stamp(i, &b.Stamps[i])
	}
	for i, x := range b.Exempt {
		if _, ok := p.measure[x.Measure]; !ok {
			c.add(fmt.Sprintf("exempt[%d].measure", i), finding.UnknownID)
		}
	}
	c.amounts(b)
	return c.found.Err()
}

func (c *checker) add(field string, code finding.Code) {
	c.found = append(c.found, finding.Finding{Field: field, Code: code})
}

func (c *checker) person(p Person) {
	if !p.Born.Valid() {
		c.add("person.born", finding.NoDate)
	}
	switch p.Sex {
	case Woman, Man, Diverse, NoEntry:
	default:
		c.add("person.sex", finding.UnknownWord)
	}
	if p.InsuredAs < Member || p.InsuredAs > Pensioner {
		c.add("person.insured_as", finding.UnknownWord)
	}
}

func (c *checker) membership(field string, m Membership) {
	c.day(field+".from", m.From, false)
	c.day(field+".to", m.To, false)
	c.day(field+".terminated_on", m.TerminatedOn, false)
	c.day(field+".withdrawn_on", m.WithdrawnOn, false)
	if m.To != 0 && m.To < m.From {
		c.add(field+".to", finding.Impossible)
	}
}

// day tests for a complete date.
func (c *checker) day(field string, d date.Date, needed bool) {
	switch {
	case d == 0 && needed:
		c.add(field, finding.MissingKey)
	case d != 0 && !complete(d):
		c.add(field, finding.NoDate)
	}
}

// complete is [date.Date.Complete] without the detour through package time: a
// booklet has many dates.
func complete(d date.Date) bool {
	return d >= firstDay && d <= lastDay && d.Month() >= 1 && d.Month() <= 12 &&
		d.Day() >= 1 && d.Day() <= lengthOf(d.Year(), d.Month())
}

// maxValue bounds what is measured.
const maxValue = 1e9

const (
	firstDay = date.Date(1_01_01)
	lastDay  = date.Date(9999_12_31)
)

// enrolled has to be there where periods begin with it, and the bonus year has
// to be one that the period touches.
func (c *checker) enrolled(b *Booklet) {
	if !c.programme.Period.FromEnrolment {
		return
	}
	c.day("enrolled", b.Enrolled, true)
	if len(c.found) > 0 {
		return
	}
	period := c.programme.PeriodOf(b.Year, b.Enrolled)
	if b.Year < period.From.Year() || b.Year > period.To.Year() {
		c.add("year", finding.Impossible)
	}
}

func (c *checker) stamp(i int, s *Stamp) {
	m, ok := c.programme.measure[s.Measure]
	switch {
	case !ok:
		c.add(fmt.Sprintf("stamps[%d].measure", i), finding.UnknownID)
	case m.Kind == Series && s.Exam == "":
		c.add(fmt.Sprintf("stamps[%d].exam", i), finding.MissingKey)
	case m.Kind == Series:
		if _, ok := m.exam(s.Exam); !ok {
			c.add(fmt.Sprintf("stamps[%d].exam", i), finding.UnknownID)
		}
	case s.Exam != "":
		c.add(fmt.Sprintf("stamps[%d].exam", i), finding.NotHere)
	}
	if s.Date != 0 && !complete(s.Date) && !s.Date.Valid() {
		c.add(fmt.Sprintf("stamps[%d].date", i), finding.NoDate)
	}
	if s.Cost != nil && (*s.Cost < 0 || *s.Cost > maxCents) {
		c.add(fmt.Sprintf("stamps[%d].cost", i), finding.OutOfRange)
	}
	if s.Value != nil && !(math.Abs(*s.Value) <= maxValue) { // nor is it a number
		c.add(fmt.Sprintf("stamps[%d].value", i), finding.OutOfRange)
	}
}

func (c *checker) amounts(b *Booklet) {
	if b.PointsCarried < 0 || b.PointsCarried > maxPoints {
		c.add("points_carried", finding.OutOfRange)
	}
	if b.PaidBefore < 0 || b.PaidBefore > maxCents {
		c.add("paid_before", finding.OutOfRange)
	}
	if b.Participation.Consecutive < 0 || b.Participation.Consecutive > maxCount {
		c.add("participation.consecutive", finding.OutOfRange)
	}
	if b.Choice == nil {
		return
	}
	if _, ok := c.programme.option(b.Choice.Option); !ok {
		c.add("option.id", finding.UnknownID)
	}
	if b.Choice.Invoices < 0 || b.Choice.Invoices > maxCents {
		c.add("option.invoices_cents", finding.OutOfRange)
	}
}
