package bonus

import "schalter/domain/date"

// frame is what a booklet's stamps do not change: it stays the same while gaps
// are filled to see what they would bring.
type frame struct {
	programme *Programme
	booklet   *Booklet
	person    Person // with a complete birth date
	period    Span
	deadline  date.Date
	track     *Track   // nil: the person belongs to none
	groups    []*Group // of the track and the person, in file order
}

func newFrame(p *Programme, b *Booklet) *frame {
	f := &frame{programme: p, booklet: b, person: b.Person}
	f.person.Born = b.Person.Born.Last()
	f.period = p.PeriodOf(b.Year, b.Enrolled)
	f.deadline = p.DeadlineOf(f.period)
	f.track = f.findTrack()
	if f.track == nil {
		return f
	}
	f.groups = make([]*Group, 0, len(p.Groups))
	for _, g := range p.Groups {
		if g.covers(f.track, f.person) {
			f.groups = append(f.groups, g)
		}
	}
	return f
}

// findTrack returns the first track that the person fits.
func (f *frame) findTrack() *Track {
	for _, t := range f.programme.Tracks {
		if t.Who.on(f.person, t.At.day(f)) == fits {
			return t
		}
	}
	return nil
}

// half returns the first or second half of the period: the half-years of a
// calendar year. What is shown after the period counts in the second.
func (f *frame) half(n int) Span {
	months := 12
	if f.programme.Period.FromEnrolment {
		months = f.programme.Period.Months
	}
	second := addMonths(f.period.From, months/2)
	if n == 0 {
		return Span{f.period.From, addDays(second, -1)}
	}
	return Span{second, max(f.period.To, f.booklet.Handin)}
}

// interval reports whether the last exam known is too near for another one. The
// person's history may be longer than the booklet is old: later years do not
// count. An exam that is not known does not stand in the way.
func (f *frame) interval(m *Measure) bool {
	if m.Interval == 0 {
		return false
	}
	for _, past := range f.booklet.History {
		year := past.Date.Year()
		if past.Measure == m.ID && year > f.booklet.Year-m.Interval && year <= f.booklet.Year {
			return true
		}
	}
	return false
}

// past reports whether an exam of a series was done in time, as far as history
// knows. A date without a day proves no window.
func (f *frame) past(m *Measure, e Exam) bool {
	window := e.Tolerance.of(f.person.Born)
	for _, past := range f.booklet.History {
		if past.Measure == m.ID && past.Exam == e.ID && past.Date.Day() != 0 && window.Has(past.Date) {
			return true
		}
	}
	return false
}

// exempt reports whether staff released the person from a measure.
func (f *frame) exempt(m *Measure) bool {
	for _, x := range f.booklet.Exempt {
		if x.Measure == m.ID {
			return true
		}
	}
	return false
}
