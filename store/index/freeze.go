package index

import "sync"

// freeze makes the segment of what was added. The builder is used up.
func (b *builder) freeze() *segment {
	g := &segment{}
	b.freezeWords(g)
	b.freezeRows(g, b.order())
	both(func() {
		g.permute()
		b.freezeJoints(g)
	}, func() {
		b.freezeCards(g)
		g.invert()
		g.hear()
	})
	g.markLookalikes() // writes into a column that permute reads
	return g
}

// both runs two halves of the work side by side and returns when both are done. A
// panic of either is the caller's.
func both(half, other func()) {
	var group sync.WaitGroup
	var failed any
	group.Go(func() {
		defer func() { failed = recover() }()
		other()
	})
	func() {
		defer group.Wait()
		half()
	}()
	if failed != nil {
		panic(failed)
	}
}

// freezeWords sorts the dictionary and renumbers the words. Those that stand in
// no row any more go: an erased member's name does not stay in memory.
func (b *builder) freezeWords(g *segment) {
	order := b.dictionary.sorted(b.used())
	size := 0
	for _, w := range order {
		size += len(b.dictionary.word(w))
	}
	g.text = make([]byte, 0, size)
	g.textAt = make([]uint32, 1, len(order)+1)
	numbers := make([]uint32, b.dictionary.len())
	for n, w := range order {
		numbers[w] = uint32(n)
		g.text = append(g.text, b.dictionary.word(w)...)
		g.textAt = append(g.textAt, uint32(len(g.text)))
	}
	b.dictionary = nil
	for i, r := range b.words {
		b.words[i] = refer(numbers[r.word()], r.role())
	}
	for i := range b.joints {
		j := &b.joints[i].joint
		j.first, j.second = numbers[j.first], numbers[j.second]
	}
}

// used are the words of rows and joints.
func (b *builder) used() []uint32 {
	used := bitset(nil).sized(b.dictionary.len())
	for _, r := range b.words {
		used.add(r.word())
	}
	for _, j := range b.joints {
		used.add(j.joint.first)
		used.add(j.joint.second)
	}
	numbers := make([]uint32, 0, used.count())
	for w := range used.all() {
		numbers = append(numbers, w)
	}
	return numbers
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
	for i, j := range b.joints {
		b.joints[i].row = moved[j.row]
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
	order := sortBy(upTo(len(b.cards)), func(i uint32) uint32 { return uint32(b.cards[i].card) })
	order = sortBy(order, func(i uint32) uint32 { return uint32(b.cards[i].card >> 32) })
	g.cards = make([]card, len(order))
	g.cardRow = make([]uint32, len(order))
	for to, from := range order {
		g.cards[to], g.cardRow[to] = b.cards[from].card, b.cards[from].row
	}
}

func (b *builder) freezeJoints(g *segment) {
	order := sortBy(upTo(len(b.joints)), func(i uint32) uint32 { return b.joints[i].joint.second })
	order = sortBy(order, func(i uint32) uint32 { return b.joints[i].joint.first })
	g.joints = make([]joint, len(order))
	g.jointRow = make([]uint32, len(order))
	for to, from := range order {
		g.joints[to], g.jointRow[to] = b.joints[from].joint, b.joints[from].row
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
	}
	g.rows = make([]uint32, count)
	next := last
	copy(next, g.rowsAt)
	g.eachWord(func(row, w uint32) {
		at := next[w]
		if at == g.rowsAt[w] || g.rows[at-1] != row {
			g.rows[at] = row
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
	all := upTo(g.len())
	g.byBirth = sortBy(all, func(row uint32) uint32 { return turned(g.born[row]) })
	g.byKVNR = sortBy(all, func(row uint32) uint32 { return g.kvnr[row] })
	g.byPlace = sortBy(all, func(row uint32) uint32 { return g.place[row] })
	g.byID = sortBy(all, func(row uint32) uint32 { return uint32(g.id[row]) })
	g.byID = sortBy(g.byID, func(row uint32) uint32 { return uint32(g.id[row] >> 32) })
}
