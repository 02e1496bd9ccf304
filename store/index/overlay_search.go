package index

import (
	"bytes"
	"cmp"
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

// addRanges adds the rows with a value in one of the ranges. A birth date is
// looked up among them: of one without day and month there are hundreds.
func (o *overlay) addRanges(set bitset, ranges []ranged) {
	births := make([]keys, 0, len(ranges))
	for _, r := range ranges {
		switch r.in {
		case inBirths:
			births = append(births, r.keys)
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
	slices.SortFunc(births, func(a, b keys) int { return cmp.Compare(a.from, b.from) })
	for row := range o.born {
		if len(births) > 0 && among(births, uint64(turned(o.born[row]))) {
			set.add(uint32(row))
		}
	}
}

// among reports whether one of the ranges, which are in order, has a key.
func among(ranges []keys, key uint64) bool {
	at, _ := slices.BinarySearchFunc(ranges, key, func(r keys, key uint64) int {
		if r.to <= key {
			return -1
		}
		return 0
	})
	return at < len(ranges) && ranges[at].has(key)
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
		return r.has(uint64(turned(o.born[row])))
	}
	return slices.ContainsFunc(o.cardsOf(row), func(c cardOf) bool { return r.has(uint64(c.card)) })
}
