package index

import (
	"cmp"
	"encoding/binary"
	"slices"

	"schalter/domain/date"
)

// order is the order of the telephone book. Most rows are told apart by the first
// words of surname and given names; only the others are compared word by word.
func (b *builder) order() []uint32 {
	first, second := make([]uint32, len(b.id)), make([]uint32, len(b.id))
	for row := range b.id {
		first[row], second[row] = orderKeys(b.words[b.wordsAt[row]:b.wordsAt[row+1]])
	}
	rows := sortBy(upTo(len(b.id)), func(row uint32) uint32 { return second[row] })
	rows = sortBy(rows, func(row uint32) uint32 { return first[row] })
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && first[rows[to]] == first[rows[from]] && second[rows[to]] == second[rows[from]] {
			to++
		}
		if to-from > 1 {
			slices.SortFunc(rows[from:to], b.compareRows)
		}
		from = to
	}
	return rows
}

// orderKeys are the first word of the surname and what follows, the first given
// name; each plus 1, and 0 for none. Surnames of more words come behind those of
// one.
func orderKeys(words []wordRef) (first, second uint32) {
	const moreWords = 1<<32 - 1
	if len(words) > 0 && words[0].role() == surname {
		first = words[0].word() + 1
		words = words[1:]
	}
	switch {
	case len(words) == 0 || words[0].role() == alone:
		return first, 0
	case words[0].role() == surname:
		return first, moreWords
	default:
		return first, words[0].word() + 1
	}
}

// compareRows compares all words of surnames and given names, then birth dates,
// then numbers. Roles grow in the order of the words, so that a name that ends
// earlier has to be told from one that goes on.
func (b *builder) compareRows(v, w uint32) int {
	vs, ws := b.ordered(v), b.ordered(w)
	for i := 0; i < len(vs) && i < len(ws); i++ {
		if vr, wr := vs[i].role(), ws[i].role(); vr != wr {
			return cmp.Compare(wr, vr) // the surname of one has ended
		}
		if c := cmp.Compare(vs[i].word(), ws[i].word()); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(vs), len(ws)), cmp.Compare(b.born[v], b.born[w]), cmp.Compare(b.id[v], b.id[w]))
}

// ordered are the words of a row that order it.
func (b *builder) ordered(row uint32) []wordRef {
	words := b.words[b.wordsAt[row]:b.wordsAt[row+1]]
	for i, r := range words {
		if r.role() == alone {
			return words[:i]
		}
	}
	return words
}

// The signs of an order key. They sort below every letter, and the end of a name
// below another word, so that Mehl stands before Mehl Berger and Mehlmann.
const (
	endOfName  = '\x01'
	beforeWord = '\x02'
	afterAll   = '\x03'
)

// appendOrder appends the key by which rows are sorted: surname, given names,
// birth date, number. The bytes of the names alone are text[:names].
func (g *segment) appendOrder(key []byte, row uint32) (_ []byte, names int) {
	start := len(key)
	refs := g.wordsOf(row)
	for _, in := range [...]role{surname, given} {
		for len(refs) > 0 && refs[0].role() == in {
			key = append(append(key, beforeWord), g.word(refs[0].word())...)
			refs = refs[1:]
		}
		key = append(key, endOfName)
	}
	names = len(key) - start
	return appendTie(key, g.born[row], g.id[row]), names
}

// appendTie appends what orders members of the same name.
func appendTie(key []byte, born date.Date, id uint64) []byte {
	key = binary.BigEndian.AppendUint32(key, uint32(born))
	return binary.BigEndian.AppendUint64(key, id)
}
