package index

import (
	"slices"

	"schalter/domain/find"
)

// bound is where the counting of hits stops.
const bound = 1000

// scratch is the memory of one search, used again by later ones.
type scratch struct {
	found, other bitset // rows of the segment
	fresh, also  bitset // rows of the overlay
	plans        []plan
	top          []uint32
	key          []byte
}

// plan is how one condition is found in a segment: as slices of rows, and for
// words also as ranges of the dictionary, by which a single row can be tested.
type plan struct {
	spans [][]uint32
	words []wordRange
	size  int // of all spans; a row may be in several
}

type wordRange struct{ from, to uint32 }

// find puts the rows for which all conditions hold into s.found.
//
// The narrowest condition gives the first set. A wider one is cut with it as a
// set, or, if its rows are many more than those left, tested row by row.
func (g *segment) find(all []condition, s *scratch) {
	s.found = s.found.sized(g.len())
	s.other = s.other.sized(g.len())
	s.plans = s.plans[:min(len(all), cap(s.plans))]
	for len(s.plans) < len(all) {
		s.plans = append(s.plans, plan{})
	}
	for i := range all {
		g.plan(&s.plans[i], &all[i])
	}
	slices.SortFunc(s.plans, func(a, b plan) int { return a.size - b.size })
	for i := range s.plans {
		p := &s.plans[i]
		switch {
		case i == 0:
			p.addTo(s.found)
		case p.wide(s.found):
			for row := range s.found.all() {
				if !g.hasWord(row, p.words) {
					s.found.remove(row)
				}
			}
		default:
			clear(s.other)
			p.addTo(s.other)
			s.found.keep(s.other)
		}
	}
}

// plan looks up a condition.
func (g *segment) plan(p *plan, c *condition) {
	p.spans, p.words, p.size = p.spans[:0], p.words[:0], 0
	add := func(from, to uint32) {
		if from < to {
			p.words = append(p.words, wordRange{from, to})
			p.add(g.rowsOf(from, to))
		}
	}
	for _, n := range c.needles {
		if n.isSound() {
			g.soundingLike(n.text(), func(w uint32) { add(w, w+1) })
		} else {
			add(g.prefixed(n.text()))
		}
	}
	for _, r := range c.ranges {
		p.add(g.span(r.in, r.keys))
	}
}

func (p *plan) add(rows []uint32) {
	if len(rows) > 0 {
		p.spans = append(p.spans, rows)
		p.size += len(rows)
	}
}

func (p *plan) addTo(set bitset) {
	for _, rows := range p.spans {
		set.addAll(rows)
	}
}

// wide reports whether testing the rows found so far costs less than making a
// set of the plan's own. The factors are measured: a test is some fifteen times
// as dear as a row of a set, and each range of words adds to it.
func (p *plan) wide(found bitset) bool {
	const test = 16
	return len(p.words) > 0 && p.size > test*len(p.words)*found.count()
}

// hasWord reports whether a word of the row is in one of the ranges.
func (g *segment) hasWord(row uint32, ranges []wordRange) bool {
	for _, r := range g.wordsOf(row) {
		for _, in := range ranges {
			if w := r.word(); in.from <= w && w < in.to {
				return true
			}
		}
	}
	return false
}

// by says what a row of the segment answered: what every condition names, and of
// alternatives those that hold.
func (g *segment) by(all []condition, row uint32) (by find.By) {
	for i := range all {
		by |= all[i].by
		for _, r := range all[i].ranges {
			if slices.Contains(g.span(r.in, r.keys), row) {
				by |= r.by
			}
		}
	}
	return by
}
