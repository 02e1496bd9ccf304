package bonus

import "schalter/domain/date"

// Booklet is everything a decision depends on beside the programme: what one
// person handed in for one bonus year, and what is known of them.
type Booklet struct {
	// Year is the bonus year. Where periods begin with the enrolment it is one
	// that the period touches.
	Year   int
	Person Person
	// Membership is the person's own insurance here. Main is the main member's,
	// where it is another; nil is the same.
	Membership Membership
	Main       *Membership
	// Enrolled is needed where periods begin with the enrolment.
	Enrolled date.Date
	// Handin is the day of receipt. Payout is the day of the payout; without one
	// yet, conditions are looked at as on the day of receipt.
	Handin, Payout date.Date
	// History are exams known from earlier booklets, whatever became of these.
	History []PastExam
	// Stamps in the order of entry.
	Stamps []Stamp
	// Exempt are measures that staff released the person from.
	Exempt        []Exemption
	Participation Participation
	// PointsCarried were brought along, PaidBefore was paid for this booklet
	// already.
	PointsCarried Points
	PaidBefore    Cents
	// Choice of an option; nil is none.
	Choice *Choice
}

// payout is the day on which the booklet is paid, as far as is known.
func (b *Booklet) payout() date.Date {
	if b.Payout == 0 {
		return b.Handin
	}
	return b.Payout
}

// Membership is an insurance relationship. The zero value is none.
type Membership struct {
	// Known is false where there is no membership at all.
	Known bool
	// From and To are its first and last day; no date is an unknown beginning,
	// which counts as ever since, and an open end.
	From, To date.Date
	// TerminatedOn is when notice was received, WithdrawnOn when it was taken
	// back; no date is never.
	TerminatedOn, WithdrawnOn date.Date
}

// PastExam is a use of a measure that is known from before. Its measure may be
// one that the programme does not have any more.
type PastExam struct {
	Measure, Exam string
	Date          date.Date // perhaps without a day
}

// Stamp is one entry of a booklet.
type Stamp struct {
	Measure string
	// Exam is which one of a series.
	Exam string
	// Date is none, or incomplete, where nothing better was written.
	Date date.Date
	// Cost is nil where none is proven.
	Cost *Cents
	// Evidence are the tokens of what was shown: stamp, invoice, seen …
	Evidence []string
	// Provider is "private" for one without a licence; all others are taken for
	// licensed.
	Provider string
	// Value is what was measured, nil for nothing.
	Value *float64
}

// private is the provider without a licence.
const private = "private"

// Exemption releases a person from a measure that a gate asks for.
type Exemption struct{ Measure, Reason string }

// Participation is how long the person has taken part.
type Participation struct {
	First       bool
	Consecutive int // years in a row, this one included
}

// Choice is what the insured wants, and the invoices behind it.
type Choice struct {
	Option   string
	Invoices Cents
}
