package index

import (
	"bytes"
	"slices"

	"schalter/domain/find"
)

// find puts the rows for which all conditions hold into s.fresh.
func (o *overlay) find(s *search) {
	s.fresh = s.fresh.sized(o.len())
	s.also = s.also.sized(o.len())
	s.fresh.fill(o.len())
	s.fresh.drop(o.dead)
	for i := range s.all {
		clear(s.also)
		o.addTo(s.also, &s.all[i])
		s.fresh.keep(s.also)
	}
}

// addTo adds the rows for which a condition holds.
func (o *overlay) addTo(set bitset, c *condition) {
	for _, prefix := range c.prefixes {
		o.addPrefixed(set, prefix)
	}
	for _, code := range c.sounds {
		set.addAll(o.sounds[string(code)])
	}
	o.addRanges(set, c.ranges)
}

func (o *overlay) addPrefixed(set bitset, prefix []byte) {
	if len(prefix) > 1 {
		o.addOccurring(set, o.words[firstTwo(prefix)], prefix)
		return
	}
	for first, words := range o.words {
		if first[0] == prefix[0] {
			o.addOccurring(set, words, prefix)
		}
	}
}

func (o *overlay) addOccurring(set bitset, words []occurrence, prefix []byte) {
	for _, w := range words {
		if bytes.HasPrefix(o.text[w.from:w.to], prefix) {
			set.add(w.row)
		}
	}
}

// addRanges adds the rows with a value in one of the ranges.
func (o *overlay) addRanges(set bitset, ranges []ranged) {
	for _, r := range ranges {
		switch r.in {
		case inBirths:
			addValues(set, o.turned, r.keys)
		case inNumbers:
			addValues(set, o.kvnr, r.keys)
		case inPlaces:
			addValues(set, o.place, r.keys)
		case inCards:
			for _, c := range o.cards {
				if r.has(uint64(c.card)) {
					set.add(c.row)
				}
			}
		}
	}
}

func addValues(set bitset, column []uint32, k keys) {
	for row, v := range column {
		if k.has(uint64(v)) {
			set.add(uint32(row))
		}
	}
}

// by says what a row answered.
func (o *overlay) by(s *search, row uint32) (by find.By) {
	for i := range s.all {
		by |= s.all[i].by
		if s.all[i].by != 0 {
			continue
		}
		for _, r := range s.all[i].ranges {
			if o.inRange(row, r) {
				by |= r.in.by()
			}
		}
	}
	return by
}

// inRange knows the two columns between which digits can be ambiguous.
func (o *overlay) inRange(row uint32, r ranged) bool {
	if r.in == inBirths {
		return r.has(uint64(o.turned[row]))
	}
	return slices.ContainsFunc(o.cardsOf(row), func(c cardOf) bool { return r.has(uint64(c.card)) })
}
