package bonus

import (
	"math"
	"slices"

	"schalter/domain/date"
)

// Sex is the entry of the insured person's record: w, m, d, or x for none.
type Sex byte

// The entries.
const (
	Woman   Sex = 'w'
	Man     Sex = 'm'
	Diverse Sex = 'd'
	NoEntry Sex = 'x'
)

// InsuredAs is how a person is insured.
type InsuredAs uint8

// The kinds of insurance.
const (
	Member InsuredAs = iota + 1
	Family
	Pensioner
)

// Person is whom the booklet belongs to. Of an incomplete birth date the last day
// it may mean counts: nobody is taken for older than is proven.
type Person struct {
	Born      date.Date
	Sex       Sex
	InsuredAs InsuredAs
}

// Who describes people by what their record says. A zero field asks for nothing.
type Who struct {
	Sex []Sex
	// From the n-th birthday on, and before the n-th birthday; -1 is no bound.
	AgeFrom, AgeBelow int
	InsuredAs         []InsuredAs
}

// Entitlement is a choice of descriptions of which one has to fit; none at all
// fits everybody.
type Entitlement []Who

// anyone is the description that fits everybody.
func anyone() Who { return Who{AgeFrom: -1, AgeBelow: -1} }

// forever is later than every date.
const forever = date.Date(math.MaxUint32)

// misfit says what a person lacks; 0 is nothing. Higher ones are nearer to being
// entitled: they tell more than that somebody is no woman.
type misfit uint8

const (
	fits misfit = iota
	otherSex
	otherInsurance
	otherAge
)

// code is the cause in not_required:CAUSE. The language has no word of its own
// for a person who is insured otherwise.
func (m misfit) code() Code {
	switch m {
	case otherSex:
		return CauseSex
	case otherInsurance:
		return CauseInsuredAs
	}
	return CauseAge
}

// days returns from when on and before when the person is of the age asked for.
func (w Who) days(p Person) (from, before date.Date) {
	before = forever
	if w.AgeFrom >= 0 {
		from = addMonths(p.Born, 12*w.AgeFrom)
	}
	if w.AgeBelow >= 0 {
		before = addMonths(p.Born, 12*w.AgeBelow)
	}
	return from, before
}

// belongs tests what does not change with time.
func (w Who) belongs(p Person) misfit {
	switch {
	case len(w.Sex) > 0 && !slices.Contains(w.Sex, p.Sex):
		return otherSex
	case len(w.InsuredAs) > 0 && !slices.Contains(w.InsuredAs, p.InsuredAs):
		return otherInsurance
	}
	return fits
}

// on tests a single day.
func (w Who) on(p Person, day date.Date) misfit {
	if lack := w.belongs(p); lack != fits {
		return lack
	}
	if from, before := w.days(p); day < from || day >= before {
		return otherAge
	}
	return fits
}

// on tests a single day.
func (e Entitlement) on(p Person, day date.Date) misfit {
	if len(e) == 0 {
		return fits
	}
	nearest := otherSex
	for _, w := range e {
		nearest = nearer(nearest, w.on(p, day))
	}
	return nearest
}

// anyDay tests whether the person is entitled on some day of the span: on its
// first one, or on the first of a description that begins within.
func (e Entitlement) anyDay(p Person, s Span) misfit {
	nearest := e.on(p, s.From)
	for _, w := range e {
		if from, _ := w.days(p); nearest != fits && s.Has(from) {
			nearest = nearer(nearest, e.on(p, from))
		}
	}
	return nearest
}

// nearer is what fits, else the misfit that is nearer to it.
func nearer(a, b misfit) misfit {
	if a == fits || b == fits {
		return fits
	}
	return max(a, b)
}

// everyDay tests whether the person is entitled throughout the span: on its
// first day, and on the day after each description that ends within, so that one
// may follow another.
func (e Entitlement) everyDay(p Person, s Span) misfit {
	lack := e.on(p, s.From)
	for _, w := range e {
		if _, before := w.days(p); lack == fits && s.Has(before) {
			lack = e.on(p, before)
		}
	}
	return lack
}
