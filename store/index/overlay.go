package index

import (
	"bytes"
	"cmp"
	"slices"

	"schalter/domain"
	"schalter/domain/name"
)

// overlay holds the members that were added or changed since the segment was
// made, in the order of arrival. It only grows: a change of a change is a new row
// and a dead one.
type overlay struct {
	splitter splitter
	entries  []Entry
	turned   []uint32 // birth dates
	kvnr     []uint32
	place    []uint32
	cards    []cardOf // in the order of their rows
	dead     bitset
	rowOf    map[uint64]uint32 // live rows by member

	// text is an arena of words. orderAt is where the key of a row's names begins
	// and ends in it, see appendOrder; words are the words by their first two
	// letters, sounds the rows by Kölner Phonetik.
	text    []byte
	orderAt [][2]uint32
	words   map[[2]byte][]occurrence
	sounds  map[string][]uint32
}

// occurrence is a word of a row.
type occurrence struct{ from, to, row uint32 }

func newOverlay() *overlay {
	return &overlay{
		rowOf: make(map[uint64]uint32), words: make(map[[2]byte][]occurrence), sounds: make(map[string][]uint32),
	}
}

func (o *overlay) len() int { return len(o.entries) }

// bytes is about the memory of the rows, without the strings they share with
// whoever put them in.
func (o *overlay) bytes() int {
	const entry, key = 176, 48 // an Entry; a map's key and value with their room
	n := cap(o.text) + entry*cap(o.entries) + 8*cap(o.orderAt) + 16*cap(o.cards) +
		4*(cap(o.turned)+cap(o.kvnr)+cap(o.place)) + key*(len(o.rowOf)+len(o.words)+len(o.sounds))
	for _, words := range o.words {
		n += 12 * cap(words)
	}
	for _, rows := range o.sounds {
		n += 4 * cap(rows)
	}
	return n
}

// add appends a member who is not in it alive.
func (o *overlay) add(e Entry) uint32 {
	row := uint32(o.len())
	for _, c := range e.cards {
		if packed := packCard(c.ICCSN); packed != 0 {
			o.cards = append(o.cards, cardOf{packed, row})
		}
	}
	o.addNames(e.name)
	o.turned = append(o.turned, turned(e.born))
	o.kvnr = append(o.kvnr, packKVNR(string(e.kvnr)))
	o.place = append(o.place, packPostcode(e.postcode))
	o.entries = append(o.entries, e)
	if int(row)/64 == len(o.dead) {
		o.dead = append(o.dead, 0)
	}
	o.rowOf[e.id] = row
	return row
}

// addNames notes the words of the row that is being added, and its order.
func (o *overlay) addNames(n domain.Name) {
	o.splitter.split(n, o)
	from := uint32(len(o.text))
	for _, folded := range [...][]byte{o.splitter.last, o.splitter.first} {
		for word := range bytes.FieldsSeq(folded) {
			o.text = append(append(o.text, beforeWord), word...)
		}
		o.text = append(o.text, endOfName)
	}
	o.orderAt = append(o.orderAt, [2]uint32{from, uint32(len(o.text))})
}

// word implements words.
func (o *overlay) word(text []byte, _ role) {
	o.occur(text, nil)
	if code := name.Phonetic(string(text)); len(code) >= shortestSound {
		o.sounds[code] = append(o.sounds[code], uint32(o.len()))
	}
}

// join implements words.
func (o *overlay) join(first, second []byte) { o.occur(first, second) }

// occur notes a word of the row that is being added, written in two pieces.
func (o *overlay) occur(text, rest []byte) {
	from := uint32(len(o.text))
	o.text = append(append(o.text, text...), rest...)
	word := o.text[from:]
	at := firstTwo(word)
	o.words[at] = append(o.words[at], occurrence{from, from + uint32(len(word)), uint32(o.len())})
}

// firstTwo are the first two letters of a word, or one and 0.
func firstTwo(word []byte) (first [2]byte) {
	copy(first[:], word)
	return first
}

func (o *overlay) kill(row uint32) {
	o.dead.add(row)
	delete(o.rowOf, o.entries[row].id)
}

// live are the members of now, whatever changes later.
func (o *overlay) live() []Entry {
	live := make([]Entry, 0, len(o.rowOf))
	for row, e := range o.entries {
		if !o.dead.has(uint32(row)) {
			live = append(live, e)
		}
	}
	return live
}

// cardsOf are the cards of a row.
func (o *overlay) cardsOf(row uint32) []cardOf {
	byRow := func(c cardOf, row uint32) int { return cmp.Compare(c.row, row) }
	from, _ := slices.BinarySearchFunc(o.cards, row, byRow)
	to, _ := slices.BinarySearchFunc(o.cards, row+1, byRow)
	return o.cards[from:to]
}

// names are the words of the row's order.
func (o *overlay) names(row uint32) []byte { return o.text[o.orderAt[row][0]:o.orderAt[row][1]] }

// appendOrder appends the key by which rows are sorted.
func (o *overlay) appendOrder(key []byte, row uint32) []byte {
	return appendTie(append(key, o.names(row)...), o.entries[row].born, o.entries[row].id)
}

// compare orders two rows as their keys would.
func (o *overlay) compare(v, w uint32) int {
	return cmp.Or(bytes.Compare(o.names(v), o.names(w)), cmp.Compare(o.entries[v].born, o.entries[w].born),
		cmp.Compare(o.entries[v].id, o.entries[w].id))
}
