package index

import (
	"slices"

	"schalter/domain/find"
)

// search is one search under way. Its memory is used again by later ones.
type search struct {
	all []condition
	how strictness

	found, other bitset // rows of the segment
	fresh, also  bitset // rows of the overlay
	plans        []plan
	first        []uint32 // of fresh, in the order of the list
	key          []byte
}

// plan is how one condition is found in a segment: as slices of rows, some of
// them of ranges of words, by which a single row can be tested, too.
type plan struct {
	spans [][]uint32
	words []wordRange
	loose [][]uint32 // those of the spans that are not of words
	size  int        // of all spans; a row may be in several
}

// find puts the rows for which all conditions hold into s.found.
//
// The narrowest condition gives the first set. A wider one is cut with it as a
// set, or, if its rows are many more than those left, tested row by row.
func (g *segment) find(s *search) {
	s.found = s.found.sized(g.len())
	s.plans = s.plans[:min(len(s.all), cap(s.plans))]
	for len(s.plans) < len(s.all) {
		s.plans = append(s.plans, plan{})
	}
	for i := range s.all {
		g.plan(&s.plans[i], &s.all[i])
	}
	slices.SortFunc(s.plans, func(a, b plan) int { return a.size - b.size })
	for i := range s.plans {
		p := &s.plans[i]
		switch {
		case i == 0:
			p.addTo(s.found)
		case p.dearer(s.found):
			for row := range s.found.all() {
				if !p.holds(g, row) {
					s.found.remove(row)
				}
			}
		default:
			s.other = s.other.sized(g.len())
			p.addTo(s.other)
			s.found.keep(s.other)
		}
	}
}

// plan looks up a condition.
func (g *segment) plan(p *plan, c *condition) {
	p.spans, p.words, p.loose, p.size = p.spans[:0], p.words[:0], p.loose[:0], 0
	for _, prefix := range c.prefixes {
		p.addWords(g, g.prefixed(g.everyWord(), prefix))
		g.joined(prefix, p.addLoose)
	}
	for _, code := range c.sounds {
		for _, w := range g.soundingLike(code) {
			p.addWords(g, wordRange{w, w + 1})
		}
	}
	for _, r := range c.ranges {
		p.addLoose(g.span(r.in, r.keys))
	}
}

func (p *plan) addWords(g *segment, r wordRange) {
	if rows := g.rowsOf(r); len(rows) > 0 {
		p.words = append(p.words, r)
		p.add(rows)
	}
}

func (p *plan) addLoose(rows []uint32) {
	if len(rows) > 0 {
		p.loose = append(p.loose, rows)
		p.add(rows)
	}
}

func (p *plan) add(rows []uint32) {
	p.spans = append(p.spans, rows)
	p.size += len(rows)
}

func (p *plan) addTo(set bitset) {
	for _, rows := range p.spans {
		set.addAll(rows)
	}
}

// dearer reports whether a set of the plan's rows costs more than testing those
// found so far. To test one, for one range of words, is as dear as to add some
// sixteen: its words stand anywhere in memory, the rows to add in a line.
func (p *plan) dearer(found bitset) bool {
	const test, few = 16, 100
	for _, rows := range p.loose {
		if len(rows) > few {
			return false
		}
	}
	return len(p.words) > 0 && p.size > test*(len(p.words)+len(p.loose))*found.count()
}

// holds reports whether a row is one of the plan's.
func (p *plan) holds(g *segment, row uint32) bool {
	for _, r := range g.wordsOf(row) {
		for _, in := range p.words {
			if in.has(r.word()) {
				return true
			}
		}
	}
	return slices.ContainsFunc(p.loose, func(rows []uint32) bool { return slices.Contains(rows, row) })
}

// by says what a row of the segment answered.
func (g *segment) by(s *search, row uint32) (by find.By) {
	for i := range s.all {
		by |= s.all[i].by
		if s.all[i].by != 0 {
			continue
		}
		for _, r := range s.all[i].ranges {
			if slices.Contains(g.span(r.in, r.keys), row) {
				by |= r.in.by()
			}
		}
	}
	return by
}
