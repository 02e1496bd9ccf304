package bonus

import (
	"slices"

	"schalter/domain/date"
)

// cure supplies what an entry lacks, one fault after the other.
func (t *tally) cure(g *Group, m *Measure, s Stamp, days Span) (cured Stamp, wants []string) {
	for range 16 { // more than tokens, date, cost and value together
		r := t.judge(m, &s, !g.gate(), g.cost(m))
		switch r.Code {
		case NoDate:
			day, ok := t.freeDay(m, t.proofDays(g, m, s.Exam, days))
			if !ok {
				return s, nil
			}
			s.Date, wants = day, append(wants, WantDate)
		case NoEvidence:
			s.Evidence = append(slices.Clone(s.Evidence), r.Token)
			wants = append(wants, r.Token)
		case NoCost:
			s.Cost, wants = mostCost(), append(wants, WantCost)
		case NoValue:
			s.Value, wants = m.Value.some(), append(wants, WantValue)
		case "":
			return s, wants
		default:
			return s, nil
		}
	}
	return s, nil
}

// costs reports whether the cost of a measure matters in some group.
func (t *tally) costs(m *Measure) bool {
	return slices.ContainsFunc(t.groups, func(g *Group) bool {
		return !g.gate() && g.cost(m) != IgnoreCost && slices.Contains(g.Measures, m)
	}) || m.Cost != IgnoreCost
}

// mostCost is the cost that stands for one that is not known.
func mostCost() *Cents {
	cost := Cents(maxCents)
	return &cost
}

// some is a value within the bounds.
func (b *Bounds) some() *float64 {
	if b.Min != nil {
		return b.Min
	}
	return b.Max
}

// proofDays are the days on which a new proof would count: the first run of days
// where a person may be entitled in turns. A gate would also take a proof from
// before the insurance, but another group might not pay for it; so such days are
// named only where there are no others.
func (t *tally) proofDays(g *Group, m *Measure, exam string, days Span) Span {
	days = days.and(Span{t.period.From, t.booklet.Handin})
	if m.Kind != Status {
		days = days.and(t.period)
	}
	if e, ok := m.exam(exam); ok {
		days = days.and(e.Tolerance.of(t.person.Born))
	}
	insured := days.and(Span{t.booklet.Membership.From, t.booklet.Membership.last()})
	if turn := t.entitledDays(m, insured); !g.gate() || !turn.Empty() {
		return turn
	}
	return t.entitledDays(m, days)
}

// narrow leaves of the days those of the one half of the period in which some
// gate lacks a proof of the measure, if there are any: a proof of that half
// brings more than one of the other.
func (f *finder) narrow(g *Group, m *Measure, exam string, days Span) Span {
	if !m.need(f.base.frame).PerHalf {
		return days
	}
	for _, gate := range f.base.groups {
		if !gate.gate() || !slices.Contains(gate.Measures, m) {
			continue
		}
		lack := f.base.deficit(m, f.base.verdicts(gate, m))
		for half := range lack {
			only := days.and(f.base.half(half))
			if lack[half] > 0 && lack[1-half] == 0 && !f.work.proofDays(g, m, exam, only).Empty() {
				return only
			}
		}
	}
	return days
}

// entitledDays are those of the days on which the person is entitled.
func (t *tally) entitledDays(m *Measure, days Span) Span {
	if len(m.Who) == 0 {
		return days
	}
	for _, w := range m.Who {
		from, before := w.days(t.person)
		last := forever
		if before != forever {
			last = addDays(before, -1)
		}
		turn := days.and(Span{from, last})
		if w.belongs(t.person) == fits && !turn.Empty() {
			return turn
		}
	}
	return Span{From: 1}
}

// freeDay is the first of the days that no entry of the measure has.
func (t *tally) freeDay(m *Measure, days Span) (date.Date, bool) {
	for day := days.From; !days.Empty() && day <= days.To; day = addDays(day, 1) {
		free := true
		for i := t.first[m.at]; i >= 0; i = t.next[i] {
			free = free && t.stamps[i].Date != day
		}
		if free {
			return day, true
		}
	}
	return 0, false
}

// home is the group in which a measure is proven: g itself, else the first of
// the track, else a gate that asks for nothing else.
func (t *tally) home(g *Group, m *Measure) *Group {
	if slices.Contains(g.Measures, m) {
		return g
	}
	for _, other := range t.groups {
		if slices.Contains(other.Measures, m) {
			return other
		}
	}
	return &Group{Measures: []*Measure{m}}
}

// price is what a proof of a measure is worth in all groups, a cost that is not
// known being nothing.
func (t *tally) price(m *Measure) (sum int64) {
	for _, g := range t.groups {
		if g.gate() || !slices.Contains(g.Measures, m) {
			continue
		}
		sum += int64(m.Points)
		if g.cost(m) == IgnoreCost {
			sum += int64(g.amount(m, t.person.InsuredAs))
		}
	}
	return sum
}
