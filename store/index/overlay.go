package index

import (
	"bytes"
	"cmp"
	"slices"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/name"
)

// overlay holds the members that were added or changed since the segment was
// made, in the order of arrival. It only grows: a change of a change is a new row
// and a dead one. Its few thousand rows are searched from end to end.
type overlay struct {
	split splitter
	// text has for each row the words of its order, as appendOrder writes them,
	// then beforeWord and each other word, then beforeSound, code and afterSound
	// for each sound.
	text    []byte
	textAt  []uint32
	namesAt []uint32 // the end of the order words

	id    []uint64
	born  []date.Date
	kvnr  []uint32
	place []uint32
	cards []cardOf
	dead  bitset
	rowOf map[uint64]uint32 // live rows by member
}

// The signs around a sound. Codes are digits, words begin behind beforeWord, so
// none is found in the other.
const (
	beforeSound = '\x04'
	afterSound  = '\x05'
)

func newOverlay() *overlay {
	return &overlay{textAt: []uint32{0}, rowOf: make(map[uint64]uint32)}
}

// frozen returns the rows of now, whatever is added to o later.
func (o *overlay) frozen() *overlay {
	return &overlay{
		text: o.text, textAt: o.textAt, namesAt: o.namesAt, id: o.id, born: o.born, kvnr: o.kvnr,
		place: o.place, cards: o.cards, dead: slices.Clone(o.dead),
	}
}

func (o *overlay) len() int { return len(o.id) }

func (o *overlay) bytes() int {
	const perKey = 8 + 4 + 8 // a map's entry with its share of empty slots
	return cap(o.text) + 8*(cap(o.id)+cap(o.dead)) + 16*cap(o.cards) + perKey*len(o.rowOf) +
		4*(cap(o.textAt)+cap(o.namesAt)+cap(o.born)+cap(o.kvnr)+cap(o.place))
}

// add appends a member who is not in it alive.
func (o *overlay) add(e Entry) uint32 {
	for _, c := range e.cards {
		o.addCard(packCard(c.ICCSN))
	}
	names := o.addText(e.name)
	return o.endRow(e.id, e.born, packKVNR(string(e.kvnr)), packPostcode(e.postcode), names)
}

// addCard, addText or a copy of it, and then endRow make one row.
func (o *overlay) addCard(c card) {
	if c != 0 {
		o.cards = append(o.cards, cardOf{c, uint32(o.len())})
	}
}

func (o *overlay) addText(n domain.Name) (names uint32) {
	start := len(o.text)
	put := func(word []byte, _ role) { o.text = append(append(o.text, beforeWord), word...) }
	o.split.wide(n.Surname, surname, put)
	o.text = append(o.text, endOfName)
	o.split.wide(n.Given, given, put)
	o.text = append(o.text, endOfName)
	names = uint32(len(o.text))
	o.split.others(n, put)
	for word := range bytes.FieldsFuncSeq(o.text[start:], isSign) {
		o.text = append(o.text, beforeSound)
		o.text = name.AppendPhonetic(o.text, string(word))
		o.text = append(o.text, afterSound)
	}
	return names
}

func isSign(r rune) bool { return r < ' ' }

func (o *overlay) endRow(id uint64, born date.Date, kvnr, postcode, names uint32) uint32 {
	row := uint32(o.len())
	o.id = append(o.id, id)
	o.born = append(o.born, born)
	o.kvnr = append(o.kvnr, kvnr)
	o.place = append(o.place, postcode)
	o.namesAt = append(o.namesAt, names)
	o.textAt = append(o.textAt, uint32(len(o.text)))
	if int(row)/64 == len(o.dead) {
		o.dead = append(o.dead, 0)
	}
	o.rowOf[id] = row
	return row
}

// copyRow appends a row of another overlay.
func (o *overlay) copyRow(from *overlay, row uint32) uint32 {
	for _, c := range from.cardsOf(row) {
		o.addCard(c.card)
	}
	names := uint32(len(o.text)) + from.namesAt[row] - from.textAt[row]
	o.text = append(o.text, from.rowText(row)...)
	return o.endRow(from.id[row], from.born[row], from.kvnr[row], from.place[row], names)
}

func (o *overlay) kill(row uint32) {
	o.dead.add(row)
	delete(o.rowOf, o.id[row])
}

func (o *overlay) rowText(row uint32) []byte { return o.text[o.textAt[row]:o.textAt[row+1]] }

// cardsOf are the cards of a row; all stand in the order of their rows.
func (o *overlay) cardsOf(row uint32) []cardOf {
	byRow := func(c cardOf, row uint32) int { return cmp.Compare(c.row, row) }
	from, _ := slices.BinarySearchFunc(o.cards, row, byRow)
	to, _ := slices.BinarySearchFunc(o.cards, row+1, byRow)
	return o.cards[from:to]
}

// names are the words of the row's order.
func (o *overlay) names(row uint32) []byte { return o.text[o.textAt[row]:o.namesAt[row]] }

// appendOrder appends the key by which rows are sorted.
func (o *overlay) appendOrder(key []byte, row uint32) []byte {
	return appendTie(append(key, o.names(row)...), o.born[row], o.id[row])
}

// compare orders two rows as their keys would.
func (o *overlay) compare(v, w uint32) int {
	return cmp.Or(bytes.Compare(o.names(v), o.names(w)), cmp.Compare(o.born[v], o.born[w]), cmp.Compare(o.id[v], o.id[w]))
}
