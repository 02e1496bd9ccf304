package bonus

import (
	"crypto/sha256"
	"encoding/hex"

	"schalter/domain/bonus/holiday"
	"schalter/domain/date"
)

// Schema is the language of programme files that this package reads.
const Schema = "schalter-bonus/1"

// Hash is the SHA-256 of a programme file. A decision keeps it, so that a
// changed file is noticed.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Programme is one programme file. It is read only: many booklets are decided by
// one programme at the same time.
type Programme struct {
	ID      string
	Insurer string
	Title   string // the id, where the file has none
	Source  []Note // where the rules are published
	Remarks []Note // what the file's author assumed or left out
	Valid   Years

	Calendar   holiday.Calendar
	Period     PeriodRule
	Deadline   *Deadline // nil: booklets are never late
	Conditions []Condition
	Tracks     []*Track
	Measures   []*Measure // in booklet order
	Groups     []*Group   // in the order of decision
	Caps       []Cap
	Extras     []Extra
	Points     *PointsRule // nil: the programme has none
	Options    []Option
	Credit     Credit

	// Hash of the file the programme was read from, File its name.
	Hash Hash
	File string

	line    int // where the years stand in the file
	measure map[string]*Measure
}

// Note is a text of a file under its name: url, dated, assumptions.
type Note struct{ Name, Text string }

// Years are bonus years, both included; To 0 is open.
type Years struct{ From, To int }

// Has reports whether a year is one of them.
func (y Years) Has(year int) bool { return y.From <= year && (y.To == 0 || year <= y.To) }

// Overlaps reports whether some year is in both.
func (y Years) Overlaps(o Years) bool {
	return (y.To == 0 || o.From <= y.To) && (o.To == 0 || y.From <= o.To)
}

// PeriodRule says when proofs are collected: the calendar year, or as many
// months from the first of the month after the enrolment on.
type PeriodRule struct {
	FromEnrolment bool
	Months        int
}

// Deadline is the last day on which a booklet may be received: a day of a year,
// or months after the end of the period.
type Deadline struct {
	Month, Day int
	// YearOffset counts from the year in which the period ends.
	YearOffset int
	// MonthsAfter the period's end; used when Month is 0.
	MonthsAfter int
	// Roll to the next working day.
	Roll bool
}

// Track is a part of a programme for some people, such as children.
type Track struct {
	ID, Title string
	Who       Entitlement
	At        Moment

	caps []Cap // those that share groups with the track, inner ones first
}

// Cap bounds the sum of several groups.
type Cap struct {
	ID, Title string
	Over      []*Group // in file order
	Max       Cents
}

// Credit says who gets the money and how. It decides nothing.
type Credit struct {
	ToMain bool // the main member, for a person who is family-insured
	As     string
}

// Measure returns a measure by id.
func (p *Programme) Measure(id string) (*Measure, bool) {
	m, ok := p.measure[id]
	return m, ok
}

// option returns an option by id.
func (p *Programme) option(id string) (Option, bool) {
	for _, o := range p.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// PeriodOf returns the days on which a booklet of a year collects proofs.
func (p *Programme) PeriodOf(year int, enrolled date.Date) Span {
	if !p.Period.FromEnrolment {
		return Span{ymd(year, 1, 1), ymd(year, 12, 31)}
	}
	from := addMonths(ymd(enrolled.Year(), enrolled.Month(), 1), 1)
	return Span{from, addDays(addMonths(from, p.Period.Months), -1)}
}

// DeadlineOf returns the last day of receipt for a period, no date where there
// is none. Months after the period's end are whole months from the day after it
// on (§ 187 (2) BGB): three after 30 November end with February.
func (p *Programme) DeadlineOf(period Span) date.Date {
	rule := p.Deadline
	if rule == nil {
		return 0
	}
	var day date.Date
	if rule.Month == 0 {
		day = addDays(addMonths(addDays(period.To, 1), rule.MonthsAfter), -1)
	} else {
		day = monthDay(period.To.Year()+rule.YearOffset, rule.Month, rule.Day)
	}
	if rule.Roll {
		day = p.Calendar.NextWorkingDay(day)
	}
	return day
}

// monthDay is a day of a year; 29 February of a common year is 1 March.
func monthDay(year, month, day int) date.Date {
	if day > lengthOf(year, month) {
		month, day = month+1, 1
	}
	return ymd(year, month, day)
}

// Moment is a day that a rule looks at.
type Moment struct {
	Kind MomentKind
	// Month and Day of a [MonthDay]: the first such day of the period.
	Month, Day int
}

// MomentKind names a moment.
type MomentKind uint8

// The moments.
const (
	PeriodEnd MomentKind = iota
	PeriodStart
	AtHandin
	AtPayout
	MonthDay
)

// day returns the moment's day for a booklet.
func (m Moment) day(f *frame) date.Date {
	switch m.Kind {
	case PeriodStart:
		return f.period.From
	case AtHandin:
		return f.booklet.Handin
	case AtPayout:
		return f.booklet.payout()
	case MonthDay:
		day := monthDay(f.period.From.Year(), m.Month, m.Day)
		if day < f.period.From {
			day = monthDay(f.period.From.Year()+1, m.Month, m.Day)
		}
		return day
	}
	return f.period.To
}
