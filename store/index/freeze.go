package index

import (
	"cmp"
	"slices"
)

// freeze makes the segment of what was added. The builder is used up.
func (b *builder) freeze() *segment {
	g := &segment{}
	b.freezeWords(g)
	b.freezeRows(g, b.order())
	b.freezeCards(g)
	g.invert()
	g.permute()
	g.markLookalikes()
	g.hear()
	return g
}

// freezeWords sorts the dictionary and renumbers the words of the rows. Words
// that stand in no row go: an erased member's name does not stay in memory.
func (b *builder) freezeWords(g *segment) {
	used := make(bitset, len(b.texts)/64+1)
	for _, r := range b.words {
		used.add(r.word())
	}
	order := make([]uint32, 0, len(b.texts))
	size := 0
	for w := range used.all() {
		order = append(order, w)
		size += len(b.texts[w])
	}
	slices.SortFunc(order, func(v, w uint32) int { return cmp.Compare(b.texts[v], b.texts[w]) })

	g.text = make([]byte, 0, size)
	g.textAt = make([]uint32, 1, len(order)+1)
	numbers := make([]uint32, len(b.texts))
	for n, w := range order {
		numbers[w] = uint32(n)
		g.text = append(g.text, b.texts[w]...)
		g.textAt = append(g.textAt, uint32(len(g.text)))
	}
	for i, r := range b.words {
		b.words[i] = refer(numbers[r.word()], r.role())
	}
	b.texts, b.numbers = nil, nil
}

func (b *builder) freezeRows(g *segment, order []uint32) {
	g.id = reorder(b.id, order)
	g.born = reorder(b.born, order)
	g.kvnr = reorder(b.kvnr, order)
	g.place = reorder(b.place, order)
	g.words = make([]wordRef, 0, len(b.words))
	g.wordsAt = make([]uint32, 1, len(order)+1)
	moved := make([]uint32, len(order))
	for row, old := range order {
		moved[old] = uint32(row)
		g.words = append(g.words, b.words[b.wordsAt[old]:b.wordsAt[old+1]]...)
		g.wordsAt = append(g.wordsAt, uint32(len(g.words)))
	}
	for i, c := range b.cards {
		b.cards[i].row = moved[c.row]
	}
}

func reorder[T any](column []T, order []uint32) []T {
	out := make([]T, len(order))
	for row, old := range order {
		out[row] = column[old]
	}
	return out
}

func (b *builder) freezeCards(g *segment) {
	slices.SortFunc(b.cards, func(v, w cardOf) int {
		return cmp.Or(cmp.Compare(v.card, w.card), cmp.Compare(v.row, w.row))
	})
	g.cards = make([]card, len(b.cards))
	g.cardRow = make([]uint32, len(b.cards))
	for i, c := range b.cards {
		g.cards[i], g.cardRow[i] = c.card, c.row
	}
}

// invert lists for every word the rows it stands in, each once, by counting.
func (g *segment) invert() {
	const none = 1<<32 - 1
	last := make([]uint32, g.size())
	g.rowsAt = make([]uint32, g.size()+1)
	count := 0
	for i := range last {
		last[i] = none
	}
	g.eachWord(func(row, w uint32) {
		if last[w] != row {
			last[w] = row
			g.rowsAt[w+1]++
			count++
		}
	})
	for w := range g.size() {
		g.rowsAt[w+1] += g.rowsAt[w]
		last[w] = none
	}
	g.rows = make([]uint32, count)
	next := slices.Clone(g.rowsAt)
	g.eachWord(func(row, w uint32) {
		if last[w] != row {
			last[w] = row
			g.rows[next[w]] = row
			next[w]++
		}
	})
}

func (g *segment) eachWord(do func(row, w uint32)) {
	for row := range uint32(g.len()) {
		for _, r := range g.wordsOf(row) {
			do(row, r.word())
		}
	}
}

// permute sorts the rows by the columns that are searched.
func (g *segment) permute() {
	g.byBirth = sortedBy(g.len(), func(row uint32) uint32 { return turned(g.born[row]) })
	g.byKVNR = sortedBy(g.len(), func(row uint32) uint32 { return g.kvnr[row] })
	g.byPlace = sortedBy(g.len(), func(row uint32) uint32 { return g.place[row] })
	g.byID = make([]uint32, g.len())
	for row := range g.byID {
		g.byID[row] = uint32(row)
	}
	slices.SortFunc(g.byID, func(v, w uint32) int { return cmp.Compare(g.id[v], g.id[w]) })
}

// sortedBy returns the rows in the order of a key, then of their own.
func sortedBy(n int, key func(row uint32) uint32) []uint32 {
	keyed := make([]uint64, n)
	for row := range keyed {
		keyed[row] = uint64(key(uint32(row)))<<32 | uint64(row)
	}
	slices.Sort(keyed)
	rows := make([]uint32, n)
	for i, k := range keyed {
		rows[i] = uint32(k)
	}
	return rows
}
