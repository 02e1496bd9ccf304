package bonus

import "schalter/domain/date"

// Kind says what a measure's stamps are dated by.
type Kind uint8

const (
	// Event took place on a day of the period.
	Event Kind = iota
	// Status is possessed or holds, shown from the start of the period up to the
	// hand-in.
	Status
	// Series is a row of exams with windows of age.
	Series
)

// Requirement says when a gate asks for a measure.
type Requirement uint8

const (
	// EntitledFullYear: if the person is entitled on every day of the period, so
	// that there was a full year of chance.
	EntitledFullYear Requirement = iota
	// EntitledAnyDay: if the person is entitled on some day of the period.
	EntitledAnyDay
	// Always: whoever it is, even when an interval is not over.
	Always
	// Never: a proof is welcome and never missing.
	Never
)

// CostRule says what the cost of a stamp does to what it pays.
type CostRule uint8

const (
	// IgnoreCost: the amount is a lump sum.
	IgnoreCost CostRule = iota
	// LimitToCost: the amount, at most the cost.
	LimitToCost
	// Reimburse: the cost.
	Reimburse
)

// Measure is one box of the booklet.
type Measure struct {
	ID    string
	Title string // the id, where the file has none
	Kind  Kind
	// Who is entitled.
	Who      Entitlement
	Required Requirement
	// Interval in calendar years: entitled in year Y only if the last exam known
	// lies in year Y-Interval or before. 0 is none.
	Interval int
	Need     Need
	// Variants override Need for some; the first that fits counts.
	Variants []Variant
	// MaxUnits is how many stamps of a period are paid, 0 any number. A gate does
	// not count by it.
	MaxUnits int
	// Cents of a unit; nil leaves it to the group.
	Cents    *Amount
	Points   Points
	Cost     CostRule
	Evidence Evidence
	// Provider, where it is set, has to be licensed: a stamp from a private one
	// does not count.
	Provider string
	// Value bounds what is measured; nil where nothing is.
	Value *Bounds
	// OnlyWithAny lists measures of which one has to be accepted, too.
	OnlyWithAny []*Measure
	// Exams of a series, by age.
	Exams []Exam

	at int // position in the programme
}

// Need is how many proofs make a measure complete for a gate.
type Need struct {
	Units int
	// PerHalf: as many in each half of the period.
	PerHalf bool
	// Distinct: stamps of one day count once.
	Distinct bool
}

// Variant is a need for people who fit Who at a moment.
type Variant struct {
	Who  Entitlement
	At   Moment
	Need Need
}

// Evidence is what a stamp has to come with: every token of All, and one of Any
// if there are some.
type Evidence struct{ All, Any []string }

// Bounds of a measured value, both included. A nil bound is none.
type Bounds struct{ Min, Max *float64 }

// Exam is one of a series.
type Exam struct {
	ID string
	// Regular is when it should be, Tolerance when it may be.
	Regular, Tolerance Window
	// DueRegular: due when the regular time ends, not the tolerance.
	DueRegular bool
}

// Unit is what a window of age is counted in.
type Unit uint8

// The units. Months and years are those of life, not of the calendar.
const (
	InDays Unit = iota
	InWeeks
	InMonths
	InYears
)

// Window is a time of life from the start of one unit to the end of another,
// counted from 1 and held in halves: months 2 to 4½ are Window{InMonths, 4, 9}.
// Only months have halves; half a month is 15 days.
type Window struct {
	Unit     Unit
	From, To int
}

// of returns the days of the window in a life.
func (w Window) of(born date.Date) Span {
	return Span{w.end(born, w.From-2), addDays(w.end(born, w.To), -1)}
}

// end is the day after so many halves of a unit.
func (w Window) end(born date.Date, halves int) date.Date {
	n := halves / 2
	switch w.Unit {
	case InDays:
		return addDays(born, n)
	case InWeeks:
		return addDays(born, 7*n)
	case InYears:
		return addMonths(born, 12*n)
	}
	return addDays(addMonths(born, n), halves%2*15)
}

// due is the day an exam is due.
func (e Exam) due(born date.Date) date.Date {
	if e.DueRegular {
		return e.Regular.of(born).To
	}
	return e.Tolerance.of(born).To
}

// exam returns an exam of the series by id.
func (m *Measure) exam(id string) (Exam, bool) {
	for _, e := range m.Exams {
		if e.ID == id {
			return e, true
		}
	}
	return Exam{}, false
}

// need returns what counts for a person.
func (m *Measure) need(f *frame) Need {
	for _, v := range m.Variants {
		if v.Who.on(f.person, v.At.day(f)) == fits {
			return v.Need
		}
	}
	return m.Need
}
