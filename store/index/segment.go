package index

import (
	"bytes"
	"cmp"
	"slices"
	"sort"

	"schalter/domain/date"
)

// segment is the greater part of the index: frozen arrays without pointers, which
// the garbage collector does not look into. A row is a member, and rows stand in
// the order of the telephone book (DIN 5007-1:2005 variant 2: ä as ae), so that
// hits in order of their rows are in order of the list.
type segment struct {
	// The dictionary of words in the order of their bytes, each with the rows it
	// stands in: word w is text[textAt[w]:textAt[w+1]], its rows are
	// rows[rowsAt[w]:rowsAt[w+1]], ascending. The rows of all words with one
	// beginning are therefore one slice.
	text   []byte
	textAt []uint32
	rows   []uint32
	rowsAt []uint32

	// What a row says.
	id      []uint64
	born    []date.Date
	kvnr    []uint32 // packKVNR
	place   []uint32 // packPostcode, and the mark of look-alikes
	words   []wordRef
	wordsAt []uint32

	// Rows in other orders, those without a value first.
	byID, byBirth, byKVNR, byPlace []uint32

	// Cards in the order of their last six digits, each with its row.
	cards   []card
	cardRow []uint32

	// Words that may be written as one, each with its row, in order.
	joints   []joint
	jointRow []uint32

	// bySound are the words of rows in the order of their Kölner Phonetik.
	bySound []uint32
}

// lookalike marks a place whose member has the same name and birth day as
// another row's.
const lookalike = 1 << 31

// wordRef is a word of a row: its number in the dictionary and its role.
type wordRef uint32

const roleShift = 30

func refer(word uint32, in role) wordRef { return wordRef(word | uint32(in)<<roleShift) }
func (r wordRef) word() uint32           { return uint32(r) & (1<<roleShift - 1) }
func (r wordRef) role() role             { return role(r >> roleShift) }

func (g *segment) len() int { return len(g.id) }

// bytes is the memory of the arrays.
func (g *segment) bytes() int {
	return cap(g.text) + 8*(cap(g.id)+cap(g.cards)+cap(g.joints)) +
		4*(cap(g.textAt)+cap(g.rows)+cap(g.rowsAt)+cap(g.born)+cap(g.kvnr)+cap(g.place)+
			cap(g.words)+cap(g.wordsAt)+cap(g.byID)+cap(g.byBirth)+cap(g.byKVNR)+cap(g.byPlace)+
			cap(g.cardRow)+cap(g.jointRow)+cap(g.bySound))
}

func (g *segment) word(w uint32) []byte { return g.text[g.textAt[w]:g.textAt[w+1]] }

// size is the number of words in the dictionary.
func (g *segment) size() int { return len(g.textAt) - 1 }

func (g *segment) wordsOf(row uint32) []wordRef { return g.words[g.wordsAt[row]:g.wordsAt[row+1]] }

// wordRange is a range of words; to is not in it.
type wordRange struct{ from, to uint32 }

func (r wordRange) has(w uint32) bool { return r.from <= w && w < r.to }

// everyWord is the range of the whole dictionary.
func (g *segment) everyWord() wordRange { return wordRange{0, uint32(g.size())} }

// prefixed is the part of a range of words that begins with prefix.
func (g *segment) prefixed(r wordRange, prefix []byte) wordRange {
	first := sort.Search(int(r.to-r.from), func(w int) bool { return bytes.Compare(g.word(r.from+uint32(w)), prefix) >= 0 })
	from := r.from + uint32(first)
	rest := sort.Search(int(r.to-from), func(w int) bool { return !bytes.HasPrefix(g.word(from+uint32(w)), prefix) })
	return wordRange{from, from + uint32(rest)}
}

// joined calls yield with the rows in which two or more words, written as one,
// begin with text: for every word that begins text, those joints whose second
// begins with the rest.
func (g *segment) joined(text []byte, yield func(rows []uint32)) {
	r := g.everyWord()
	for n := 1; n < len(text); n++ {
		if r = g.prefixed(r, text[:n]); r.from == r.to {
			return
		}
		if first := r.from; len(g.word(first)) == n {
			seconds := g.prefixed(g.everyWord(), text[n:])
			yield(g.jointRow[g.jointAt(joint{first, seconds.from}):g.jointAt(joint{first, seconds.to})])
		}
	}
}

// jointAt is where a joint stands or belongs.
func (g *segment) jointAt(j joint) int {
	return sort.Search(len(g.joints), func(i int) bool {
		at := g.joints[i]
		return at.first > j.first || at.first == j.first && at.second >= j.second
	})
}

// rowsOf are the rows of a range of words; a row comes once for each of its words.
func (g *segment) rowsOf(r wordRange) []uint32 { return g.rows[g.rowsAt[r.from]:g.rowsAt[r.to]] }

// rowWith is the row of a member.
func (g *segment) rowWith(id uint64) (uint32, bool) {
	i, found := slices.BinarySearchFunc(g.byID, id, func(row uint32, id uint64) int {
		return cmp.Compare(g.id[row], id)
	})
	if !found {
		return 0, false
	}
	return g.byID[i], true
}

// span are the rows whose value in a column lies in keys.
func (g *segment) span(c column, k keys) []uint32 {
	switch c {
	case inBirths:
		return within(g.byBirth, k, func(row uint32) uint64 { return uint64(turned(g.born[row])) })
	case inNumbers:
		return within(g.byKVNR, k, func(row uint32) uint64 { return uint64(g.kvnr[row]) })
	case inPlaces:
		return within(g.byPlace, k, func(row uint32) uint64 { return uint64(g.place[row] &^ lookalike) })
	default:
		from := sort.Search(len(g.cards), func(i int) bool { return uint64(g.cards[i]) >= k.from })
		to := sort.Search(len(g.cards), func(i int) bool { return uint64(g.cards[i]) >= k.to })
		return g.cardRow[from:to]
	}
}

// within cuts rows in the order of a key to those with the key in k.
func within(rows []uint32, k keys, key func(row uint32) uint64) []uint32 {
	from := sort.Search(len(rows), func(i int) bool { return key(rows[i]) >= k.from })
	to := from + sort.Search(len(rows)-from, func(i int) bool { return key(rows[from+i]) >= k.to })
	return rows[from:to]
}
