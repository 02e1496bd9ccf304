package bonus

import "slices"

// Box is one place of a paper booklet: an empty line that is waiting for a
// stamp.
type Box struct {
	Measure *Measure
	// Exam is which one of a series.
	Exam string
	// Cost: what was paid decides or bounds what the stamp brings, so that it is
	// entered, with its invoice.
	Cost bool
}

// Boxes are the places that a person's booklet has, in the order of the file.
// They depend on everything but the stamps. A measure that has to be proven
// several times has as many boxes; a series has one for each exam that can fall
// into the period. There are none for a person whom no track is for. The error
// is that of [Programme.Decide].
func (p *Programme) Boxes(b Booklet) ([]Box, error) {
	b.Stamps = nil
	if err := p.check(&b); err != nil {
		return nil, err
	}
	f := newFrame(p, &b)
	var boxes []Box
	for _, m := range p.Measures {
		if cost, offered := f.offers(m); offered {
			boxes = append(boxes, f.boxes(m, cost)...)
		}
	}
	return boxes, nil
}

// offers reports whether a group of the person has a measure, and whether its
// cost matters in one of them.
func (f *frame) offers(m *Measure) (cost, offered bool) {
	for _, g := range f.groups {
		if slices.Contains(g.Measures, m) {
			offered = true
			cost = cost || g.cost(m) != IgnoreCost
		}
	}
	return cost, offered
}

// boxes of one measure.
func (f *frame) boxes(m *Measure, cost bool) []Box {
	if m.Kind == Series {
		var boxes []Box
		for _, e := range m.Exams {
			if e.Tolerance.of(f.person.Born).touches(f.period) {
				boxes = append(boxes, Box{Measure: m, Exam: e.ID, Cost: cost})
			}
		}
		return boxes
	}
	need := m.need(f)
	units := max(need.Units, 1)
	if need.PerHalf {
		units *= 2
	}
	return slices.Repeat([]Box{{Measure: m, Cost: cost}}, units)
}

// touches reports whether the spans have a day in common.
func (s Span) touches(o Span) bool { return s.From <= o.To && o.From <= s.To }
