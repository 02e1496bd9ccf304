package index

import (
	"iter"
	"math/bits"
)

// bitset is a set of row numbers; nil is one with nothing in it.
type bitset []uint64

// sized returns a set for n rows with nothing in it, in the memory of s if that
// is enough.
func (s bitset) sized(n int) bitset {
	words := (n + 63) / 64
	if cap(s) < words {
		return make(bitset, words)
	}
	s = s[:words]
	clear(s)
	return s
}

func (s bitset) add(row uint32)      { s[row/64] |= 1 << (row % 64) }
func (s bitset) remove(row uint32)   { s[row/64] &^= 1 << (row % 64) }
func (s bitset) has(row uint32) bool { return s != nil && s[row/64]&(1<<(row%64)) != 0 }

func (s bitset) addAll(rows []uint32) {
	for _, row := range rows {
		s[row/64] |= 1 << (row % 64)
	}
}

// fill adds all of n rows.
func (s bitset) fill(n int) {
	for i := range s {
		s[i] = 1<<64 - 1
	}
	if n%64 != 0 {
		s[n/64] = 1<<(n%64) - 1
	}
}

// keep removes what is not in o, which has the same size.
func (s bitset) keep(o bitset) {
	for i := range s {
		s[i] &= o[i]
	}
}

// drop removes what is in o, which has the same size or is nil.
func (s bitset) drop(o bitset) {
	for i := range o {
		s[i] &^= o[i]
	}
}

func (s bitset) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// all yields the rows in order. The one just yielded may be removed meanwhile.
func (s bitset) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, w := range s {
			for w != 0 {
				if !yield(uint32(i*64 + bits.TrailingZeros64(w))) {
					return
				}
				w &= w - 1
			}
		}
	}
}
