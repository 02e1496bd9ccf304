package bonus

import "schalter/domain/date"

// Check is what a condition asks of a membership.
type Check uint8

const (
	// MembershipActive: insured on the day.
	MembershipActive Check = iota
	// NotTerminated: no notice received by the day, or withdrawn by then.
	NotTerminated
	// InsuredMonths: at least Min whole months of the membership have passed by
	// the end of the day.
	InsuredMonths
	// InsuredWholePeriod: insured on every day of the period.
	InsuredWholePeriod
)

// Condition refuses the booklet as a whole where it does not hold.
type Condition struct {
	Check Check
	At    Moment
	// OfMain reads the main member's membership, not the person's own.
	OfMain bool
	Min    int // months
}

// refusal is the code of a condition that does not hold.
func (c Condition) refusal() Code {
	switch c.Check {
	case NotTerminated:
		return MembershipTerminated
	case InsuredMonths:
		return InsuredTooShort
	case InsuredWholePeriod:
		return NotInsuredWhole
	}
	return NoActiveMembership
}

// holds tests a condition.
func (c Condition) holds(f *frame) bool {
	m := f.booklet.Membership
	if c.OfMain && f.booklet.Main != nil {
		m = *f.booklet.Main
	}
	day := c.At.day(f)
	switch c.Check {
	case NotTerminated:
		return !m.terminated(day)
	case InsuredMonths:
		return m.Known && (m.From == 0 || addDays(addMonths(m.From, c.Min), -1) <= min(day, m.last()))
	case InsuredWholePeriod:
		return m.covers(f.period.From) && m.covers(f.period.To)
	}
	return m.covers(day)
}

// refusal returns why the booklet is refused as a whole, "" if it is not: the
// first in the order of the codes, not of the file.
func (f *frame) refusal() Code {
	if f.deadline != 0 && f.booklet.Handin > f.deadline {
		return Late
	}
	for _, check := range [...]Check{NotTerminated, MembershipActive, InsuredMonths, InsuredWholePeriod} {
		for _, c := range f.programme.Conditions {
			if c.Check == check && !c.holds(f) {
				return c.refusal()
			}
		}
	}
	return ""
}

// covers reports whether the membership includes the day.
func (m Membership) covers(day date.Date) bool {
	return m.Known && m.From <= day && day <= m.last()
}

// last is the last day of the membership.
func (m Membership) last() date.Date {
	if m.To == 0 {
		return forever
	}
	return m.To
}

// terminated reports whether notice was received by the day and not withdrawn by
// then.
func (m Membership) terminated(day date.Date) bool {
	received := m.TerminatedOn != 0 && m.TerminatedOn <= day
	withdrawn := m.WithdrawnOn != 0 && m.WithdrawnOn <= day
	return received && !withdrawn
}
