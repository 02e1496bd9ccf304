package index

import (
	"slices"

	"schalter/domain/date"
)

// builder gathers rows and makes a segment of them. Its words have the numbers of
// its dictionary.
type builder struct {
	splitter   splitter
	dictionary *dictionary

	id      []uint64
	born    []date.Date
	kvnr    []uint32
	place   []uint32
	words   []wordRef
	wordsAt []uint32
	cards   []cardOf
	joints  []jointOf
}

// cardOf is a card and the row it belongs to.
type cardOf struct {
	card card
	row  uint32
}

// jointOf is a joint and a row it stands in.
type jointOf struct {
	joint joint
	row   uint32
}

// joint is two words that may be written as one.
type joint struct{ first, second uint32 }

func newBuilder() *builder {
	return &builder{dictionary: newDictionary(), wordsAt: []uint32{0}}
}

// add appends a member.
func (b *builder) add(e Entry) {
	row := uint32(len(b.id))
	for _, c := range e.cards {
		if packed := packCard(c.ICCSN); packed != 0 {
			b.cards = append(b.cards, cardOf{packed, row})
		}
	}
	b.splitter.split(e.name, b)
	b.endRow(e.id, e.born, packKVNR(string(e.kvnr)), packPostcode(e.postcode))
}

// word implements words. It leaves out what the row is found by already.
func (b *builder) word(text []byte, in role) {
	word := b.dictionary.number(text)
	row := b.words[b.wordsAt[len(b.wordsAt)-1]:]
	if in == alone && slices.ContainsFunc(row, func(r wordRef) bool { return r.word() == word }) {
		return
	}
	b.words = append(b.words, refer(word, in))
}

// join implements words.
func (b *builder) join(first, second []byte) {
	j := jointOf{joint{b.dictionary.number(first), b.dictionary.number(second)}, uint32(len(b.id))}
	for i := len(b.joints) - 1; i >= 0 && b.joints[i].row == j.row; i-- {
		if b.joints[i] == j {
			return
		}
	}
	b.joints = append(b.joints, j)
}

func (b *builder) endRow(id uint64, born date.Date, kvnr, postcode uint32) {
	b.id = append(b.id, id)
	b.born = append(b.born, born)
	b.kvnr = append(b.kvnr, kvnr)
	b.place = append(b.place, postcode)
	b.wordsAt = append(b.wordsAt, uint32(len(b.words)))
}

// addSegment appends the rows of a segment but for the dead ones.
func (b *builder) addSegment(g *segment, dead bitset) {
	numbers := make([]uint32, g.size())
	for w := range numbers {
		numbers[w] = b.dictionary.number(g.word(uint32(w)))
	}
	moved := make([]uint32, g.len())
	for row := range uint32(g.len()) {
		moved[row] = uint32(len(b.id))
		if dead.has(row) {
			continue
		}
		for _, r := range g.wordsOf(row) {
			b.words = append(b.words, refer(numbers[r.word()], r.role()))
		}
		b.endRow(g.id[row], g.born[row], g.kvnr[row], g.place[row]&^lookalike)
	}
	for i, row := range g.cardRow {
		if !dead.has(row) {
			b.cards = append(b.cards, cardOf{g.cards[i], moved[row]})
		}
	}
	for i, row := range g.jointRow {
		if j := g.joints[i]; !dead.has(row) {
			b.joints = append(b.joints, jointOf{joint{numbers[j.first], numbers[j.second]}, moved[row]})
		}
	}
}
