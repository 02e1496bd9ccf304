package index

import (
	"bytes"
	"slices"

	"schalter/domain/find"
)

// find puts the rows for which all conditions hold into s.fresh. Columns come
// first, they cost least.
func (o *overlay) find(all []condition, s *scratch) {
	s.fresh = s.fresh.sized(o.len())
	s.also = s.also.sized(o.len())
	s.fresh.fill(o.len())
	s.fresh.drop(o.dead)
	for i := range all {
		if len(all[i].ranges) > 0 {
			o.keepRanges(all[i].ranges, s)
		}
	}
	for i := range all {
		if len(all[i].needles) > 0 {
			o.keepNeedles(all[i].needles, s)
		}
	}
}

// keepRanges cuts s.fresh to the rows with a value in one of the ranges.
func (o *overlay) keepRanges(ranges []ranged, s *scratch) {
	clear(s.also)
	for _, r := range ranges {
		if r.in == inCards {
			for _, c := range o.cards {
				if r.has(uint64(c.card)) {
					s.also.add(c.row)
				}
			}
		}
	}
	for row := range s.fresh.all() {
		if !s.also.has(row) && !o.inRanges(row, ranges) {
			s.fresh.remove(row)
		}
	}
}

func (o *overlay) inRanges(row uint32, ranges []ranged) bool {
	return slices.ContainsFunc(ranges, func(r ranged) bool { return o.inRange(row, r) })
}

// inRange reports whether the row's value is in the range; a card's never is.
func (o *overlay) inRange(row uint32, r ranged) bool {
	switch r.in {
	case inBirths:
		return r.has(uint64(turned(o.born[row])))
	case inNumbers:
		return r.has(uint64(o.kvnr[row]))
	case inPlaces:
		return r.has(uint64(o.place[row]))
	}
	return false
}

// keepNeedles cuts s.fresh to the rows in whose text one of the needles is. With
// many rows left one pass over all the text is faster than a look at each.
func (o *overlay) keepNeedles(needles []needle, s *scratch) {
	const many = 8
	if s.fresh.count() < o.len()/many {
		for row := range s.fresh.all() {
			text := o.rowText(row)
			if !slices.ContainsFunc(needles, func(n needle) bool { return bytes.Contains(text, n) }) {
				s.fresh.remove(row)
			}
		}
		return
	}
	clear(s.also)
	for _, n := range needles {
		o.addWith(n, s.also)
	}
	s.fresh.keep(s.also)
}

// addWith adds the rows in whose text the needle is. It is never across two rows:
// no needle holds the sign a row begins with anywhere but in front.
func (o *overlay) addWith(n needle, set bitset) {
	row, at := 0, 0
	for {
		i := bytes.Index(o.text[at:], n)
		if i < 0 {
			return
		}
		past, _ := slices.BinarySearch(o.textAt[row:], uint32(at+i+1))
		row += past
		set.add(uint32(row - 1))
		at = int(o.textAt[row])
	}
}

// by says what a row answered, see segment.by.
func (o *overlay) by(all []condition, row uint32) (by find.By) {
	for i := range all {
		by |= all[i].by
		for _, r := range all[i].ranges {
			if o.inRange(row, r) || r.in == inCards && o.hasCard(row, r.keys) {
				by |= r.by
			}
		}
	}
	return by
}

func (o *overlay) hasCard(row uint32, k keys) bool {
	return slices.ContainsFunc(o.cardsOf(row), func(c cardOf) bool { return k.has(uint64(c.card)) })
}
