package index

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"

	"schalter/domain/date"
)

// Look-alikes have surname, first given name, and day and month of birth in
// common: what a list shows of them is the same. The segment marks its own when
// it is made. Where the overlay has touched a key, members are counted.

// markLookalikes marks the rows that look alike. Those of one name stand together.
func (g *segment) markLookalikes() {
	var days []uint64
	for from := uint32(0); from < uint32(g.len()); {
		to := from + 1
		for to < uint32(g.len()) && g.sameName(from, to) {
			to++
		}
		days = days[:0]
		for row := from; row < to; row++ {
			days = append(days, uint64(g.born[row]%1_0000)<<32|uint64(row))
		}
		slices.Sort(days)
		for i := 1; i < len(days); i++ {
			if days[i]>>32 == days[i-1]>>32 {
				g.place[uint32(days[i])] |= lookalike
				g.place[uint32(days[i-1])] |= lookalike
			}
		}
		from = to
	}
}

// sameName compares surnames and the first of the given names.
func (g *segment) sameName(v, w uint32) bool {
	vs, ws := g.wordsOf(v), g.wordsOf(w)
	for i := 0; ; i++ {
		endV, endW := i == len(vs) || vs[i].role() == alone, i == len(ws) || ws[i].role() == alone
		switch {
		case endV || endW:
			return endV && endW
		case vs[i] != ws[i]:
			return false
		case vs[i].role() == given:
			return true
		}
	}
}

// appendKey appends what look-alikes have in common.
func (g *segment) appendKey(key []byte, row uint32) []byte {
	start := len(key)
	key, names := g.appendOrder(key, row)
	return appendDay(key[:start+firstGiven(key[start:start+names])], g.born[row])
}

func (o *overlay) appendKey(key []byte, row uint32) []byte {
	names := o.names(row)
	return appendDay(append(key, names[:firstGiven(names)]...), o.entries[row].born)
}

// dayLength is how many bytes appendDay appends.
const dayLength = 2

func appendDay(key []byte, born date.Date) []byte {
	return binary.BigEndian.AppendUint16(key, uint16(born%1_0000))
}

// firstGiven is where the first given name ends in the names of an order key, or
// the surname if there is none.
func firstGiven(names []byte) int {
	end := bytes.IndexByte(names, endOfName) + 1
	if names[end] == endOfName {
		return end
	}
	next := bytes.IndexFunc(names[end+1:], func(r rune) bool { return r <= beforeWord })
	return end + 1 + next
}

// alike reports whether two or more live members have a key, fresh of them in
// the overlay.
func (x *Index) alike(key []byte, fresh int) bool {
	names, day := key[:len(key)-dayLength], key[len(key)-dayLength:]
	from, to := x.segment.named(names)
	for row := from; row < to && fresh < 2; row++ {
		if string(appendDay(nil, x.segment.born[row])) == string(day) && !x.dead.has(row) {
			fresh++
		}
	}
	return fresh >= 2
}

// named is the range of rows whose names begin with surname and first given name
// as firstGiven cuts them.
func (g *segment) named(names []byte) (from, to uint32) {
	after := byte(afterAll) // behind a given name stands its end or another
	if names[len(names)-1] == endOfName {
		after = beforeWord // behind a surname alone stands nothing
	}
	return g.above(append(slices.Clip(names), endOfName)), g.above(append(slices.Clip(names), after))
}

// above is the first row whose names are not below some.
func (g *segment) above(names []byte) uint32 {
	var key []byte
	row := sort.Search(g.len(), func(row int) bool {
		n := 0
		key, n = g.appendOrder(key[:0], uint32(row))
		return bytes.Compare(key[:n], names) >= 0
	})
	return uint32(row)
}
