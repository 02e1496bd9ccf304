package index

import (
	"bytes"
	"cmp"
	"slices"

	"schalter/domain/date"
)

// builder gathers rows and makes a segment of them. Its words have provisional
// numbers, given as they come.
type builder struct {
	split   splitter
	numbers map[string]uint32
	texts   []string

	id      []uint64
	born    []date.Date
	kvnr    []uint32
	place   []uint32
	words   []wordRef
	wordsAt []uint32
	cards   []cardOf
}

// cardOf is a card and the row it belongs to.
type cardOf struct {
	card card
	row  uint32
}

func newBuilder() *builder {
	return &builder{numbers: make(map[string]uint32), wordsAt: []uint32{0}}
}

// add appends a member.
func (b *builder) add(e Entry) {
	for _, c := range e.cards {
		b.addCard(packCard(c.ICCSN))
	}
	b.split.words(e.name, func(word []byte, in role) { b.addWord(b.number(word), in) })
	b.endRow(e.id, e.born, packKVNR(string(e.kvnr)), packPostcode(e.postcode))
}

// addCard, addWord and then endRow make one row.
func (b *builder) addCard(c card) {
	if c != 0 {
		b.cards = append(b.cards, cardOf{c, uint32(len(b.id))})
	}
}

// addWord leaves out what the row is found by already.
func (b *builder) addWord(word uint32, in role) {
	row := b.words[b.wordsAt[len(b.wordsAt)-1]:]
	if in == alone && slices.ContainsFunc(row, func(r wordRef) bool { return r.word() == word }) {
		return
	}
	b.words = append(b.words, refer(word, in))
}

func (b *builder) endRow(id uint64, born date.Date, kvnr, postcode uint32) {
	b.id = append(b.id, id)
	b.born = append(b.born, born)
	b.kvnr = append(b.kvnr, kvnr)
	b.place = append(b.place, postcode)
	b.wordsAt = append(b.wordsAt, uint32(len(b.words)))
}

// number gives a word its provisional number.
func (b *builder) number(word []byte) uint32 {
	n, known := b.numbers[string(word)]
	if !known {
		n = uint32(len(b.texts))
		text := string(word)
		b.texts = append(b.texts, text)
		b.numbers[text] = n
	}
	return n
}

// addSegment appends the rows of a segment but for the dead ones.
func (b *builder) addSegment(g *segment, dead bitset) {
	numbers := make([]uint32, g.size())
	for w := range numbers {
		numbers[w] = b.number(g.word(uint32(w)))
	}
	cards := g.cardsByRow()
	for row := range uint32(g.len()) {
		own := 0
		for own < len(cards) && cards[own].row == row {
			own++
		}
		if dead == nil || !dead.has(row) {
			for _, c := range cards[:own] {
				b.addCard(c.card)
			}
			for _, r := range g.wordsOf(row) {
				b.addWord(numbers[r.word()], r.role())
			}
			b.endRow(g.id[row], g.born[row], g.kvnr[row], g.place[row]&^lookalike)
		}
		cards = cards[own:]
	}
}

func (g *segment) cardsByRow() []cardOf {
	cards := make([]cardOf, len(g.cards))
	for i, c := range g.cards {
		cards[i] = cardOf{c, g.cardRow[i]}
	}
	slices.SortFunc(cards, func(a, b cardOf) int { return cmp.Compare(a.row, b.row) })
	return cards
}

// addOverlay appends the live rows of an overlay.
func (b *builder) addOverlay(o *overlay) {
	for row := range uint32(o.len()) {
		if o.dead.has(row) {
			continue
		}
		for _, c := range o.cardsOf(row) {
			b.addCard(c.card)
		}
		b.addText(o, row)
		b.endRow(o.id[row], o.born[row], o.kvnr[row], o.place[row])
	}
}

func (b *builder) addText(o *overlay, row uint32) {
	last, firsts, _ := bytes.Cut(o.names(row), []byte{endOfName})
	others, _, _ := bytes.Cut(o.text[o.namesAt[row]:o.textAt[row+1]], []byte{beforeSound})
	b.addWords(last, surname)
	b.addWords(firsts, given)
	b.addWords(others, alone)
}

func (b *builder) addWords(text []byte, in role) {
	for word := range bytes.FieldsFuncSeq(text, isSign) {
		b.addWord(b.number(word), in)
	}
}
