package journal

import "math/bits"

// holdings is what the entries read so far say is stored: for every key with a
// value the hash of it and the entry that wrote it.
type holdings struct {
	index  map[string]uint32
	states []state
	free   []uint32
	counts map[string]uint64 // by name of prefix
}

type state struct {
	hash [32]byte
	seq  int64
}

func newHoldings() *holdings {
	return &holdings{index: make(map[string]uint32), counts: make(map[string]uint64)}
}

// maxExpected bounds the room made before a key was read: what the head says is
// not proven yet.
const maxExpected = 1 << 20

// expect makes room for as many keys as the head says there are.
func (h *holdings) expect(records map[string]uint64) {
	n := uint64(0)
	for _, count := range records {
		n += min(count, maxExpected)
	}
	n = min(n, maxExpected)
	h.index, h.states = make(map[string]uint32, n), make([]state, 0, n)
}

// apply takes over a write and reports whether the key had a value before.
func (h *holdings) apply(w Write, seq int64, name string) (had bool) {
	at, had := h.index[string(w.Key)]
	switch {
	case w.Deleted && had:
		delete(h.index, string(w.Key))
		h.free = append(h.free, at)
		h.counts[name]--
	case !w.Deleted && had:
		h.states[at] = state{w.Hash, seq}
	case !w.Deleted:
		h.index[string(w.Key)] = h.add(state{w.Hash, seq})
		h.counts[name]++
	}
	return had
}

func (h *holdings) add(s state) uint32 {
	if last := len(h.free) - 1; last >= 0 {
		at := h.free[last]
		h.free = h.free[:last]
		h.states[at] = s
		return at
	}
	h.states = append(h.states, s)
	return uint32(len(h.states) - 1)
}

// counted reports whether these are the counts.
func (h *holdings) counted(records map[string]uint64) bool {
	for name, count := range records {
		if h.counts[name] != count {
			return false
		}
	}
	for name, count := range h.counts {
		if records[name] != count {
			return false
		}
	}
	return true
}

// recentWrites is what was written to one key while its value was read.
type recentWrites struct {
	hashes [][32]byte
	// absent says that there was a write when the key had no value: so for a
	// moment it had none.
	absent bool
}

func (r recentWrites) and(w Write, had bool) recentWrites {
	r.absent = r.absent || !had
	if !w.Deleted {
		r.hashes = append(r.hashes, w.Hash)
	}
	return r
}

// bitset is a set of positions.
type bitset []uint64

func (b *bitset) set(n int64) {
	for int64(len(*b)) <= n/64 {
		*b = append(*b, 0)
	}
	(*b)[n/64] |= 1 << (n % 64)
}

func (b bitset) has(n int64) bool { return n/64 < int64(len(b)) && b[n/64]>>(n%64)&1 == 1 }

// firstWithout returns the lowest member that is not in other.
func (b bitset) firstWithout(other bitset) (int64, bool) {
	for i, word := range b {
		if i < len(other) {
			word &^= other[i]
		}
		if word != 0 {
			return int64(i)*64 + int64(bits.TrailingZeros64(word)), true
		}
	}
	return 0, false
}
