package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// dictionary numbers words in the order they come. It is a hash table over one
// arena: a map of strings would have the garbage collector walk through all the
// names of a town while they are read.
type dictionary struct {
	text []byte
	ends []uint32
	// slots hold the number of a word plus 1, at the first free place from its
	// hash on; at most half of them are taken.
	slots []uint32
	seed  maphash.Seed
}

func newDictionary() *dictionary {
	return &dictionary{slots: make([]uint32, 1<<10), seed: maphash.MakeSeed()}
}

func (d *dictionary) len() int { return len(d.ends) }

func (d *dictionary) word(n uint32) []byte {
	start := uint32(0)
	if n > 0 {
		start = d.ends[n-1]
	}
	return d.text[start:d.ends[n]]
}

// number returns the number of a word, a new one for a new word.
func (d *dictionary) number(word []byte) uint32 {
	slot := d.slot(word)
	if *slot == 0 {
		if 2*len(d.ends) >= len(d.slots) {
			d.grow()
			slot = d.slot(word)
		}
		d.text = append(d.text, word...)
		d.ends = append(d.ends, uint32(len(d.text)))
		*slot = uint32(len(d.ends))
	}
	return *slot - 1
}

// slot is where the word stands or belongs.
func (d *dictionary) slot(word []byte) *uint32 {
	mask := uint64(len(d.slots) - 1)
	for i := maphash.Bytes(d.seed, word) & mask; ; i = (i + 1) & mask {
		if n := d.slots[i]; n == 0 || bytes.Equal(d.word(n-1), word) {
			return &d.slots[i]
		}
	}
}

func (d *dictionary) grow() {
	d.slots = make([]uint32, 2*len(d.slots))
	for n := range d.ends {
		*d.slot(d.word(uint32(n))) = uint32(n + 1)
	}
}

// sorted returns the numbers of the given words in the order of their bytes.
func (d *dictionary) sorted(numbers []uint32) []uint32 {
	type keyed struct {
		key    uint64 // the first eight bytes, which part most words
		number uint32
	}
	keys := make([]keyed, len(numbers))
	for i, n := range numbers {
		var first [8]byte
		copy(first[:], d.word(n))
		keys[i] = keyed{binary.BigEndian.Uint64(first[:]), n}
	}
	slices.SortFunc(keys, func(v, w keyed) int {
		if v.key != w.key {
			return cmp.Compare(v.key, w.key)
		}
		return bytes.Compare(d.word(v.number), d.word(w.number))
	})
	for i, k := range keys {
		numbers[i] = k.number
	}
	return numbers
}
