package store

import (
	"cmp"
	"slices"
	"sync"

	"schalter/domain"
	"schalter/domain/kvnr"
)

// families knows in memory who is insured with whom: eight bytes for each
// family-insured member, sorted by a piece of the main member's KVNR. Whoever
// reads it compares the record.
type families struct {
	mu     sync.RWMutex
	sorted []insured
	late   []insured // changed since, few
}

// insured says that a member's main member has a KVNR that hashes to main.
type insured struct {
	main uint32
	id   uint32
}

func mainHash(n kvnr.KVNR) uint32 {
	// FNV-1a; who collides is sorted out by the record.
	h := uint32(2166136261)
	for _, c := range []byte(n) {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func compareInsured(a, b insured) int {
	return cmp.Or(cmp.Compare(a.main, b.main), cmp.Compare(a.id, b.id))
}

// add takes a member in.
func (f *families) add(m domain.Member) {
	if m.Insurance.Main == "" {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.late = append(f.late, insured{mainHash(m.Insurance.Main), uint32(m.ID)})
	if len(f.late) > 1<<16 {
		f.merge()
	}
}

// merge sorts what came late into the rest; the lock is held.
func (f *families) merge() {
	f.sorted = append(f.sorted, f.late...)
	f.late = nil
	slices.SortFunc(f.sorted, compareInsured)
	f.sorted = slices.Compact(f.sorted)
}

// with lists the members whose main member may be the one of the KVNR.
func (f *families) with(n kvnr.KVNR) []domain.MemberID {
	f.mu.RLock()
	defer f.mu.RUnlock()
	want := mainHash(n)
	at, _ := slices.BinarySearchFunc(f.sorted, insured{main: want}, compareInsured)
	var out []domain.MemberID
	for ; at < len(f.sorted) && f.sorted[at].main == want; at++ {
		out = append(out, domain.MemberID(f.sorted[at].id))
	}
	for _, x := range f.late {
		if x.main == want {
			out = append(out, domain.MemberID(x.id))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// InsuredWith implements desk.Reader.
func (s *Store) InsuredWith(main kvnr.KVNR) []domain.MemberID { return s.families.with(main) }
