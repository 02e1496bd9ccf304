package store

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/store/kv"
	"schalter/store/seal"
)

// lookups are those of members who came with an import and whose lookups are not
// written yet. A lookup is a hash, so each lands on another page: written with
// every batch they would rewrite the whole tree of lookups each time. They wait
// here, and are written in their order when there are many, when the import is
// over and when the store is closed. The head says from which member on; after a
// crash they are made anew from the members.
type lookups struct {
	mu   sync.RWMutex
	wait map[domain.Lookup]uint64
}

// maxUnlisted bounds the lookups that wait: some ten megabytes, and a second of
// reading after a crash.
const maxUnlisted = 1 << 18

// erased is the number that the lookup of an erased member leads to.
const erased = 0

func (l *lookups) len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.wait)
}

func (l *lookups) get(lookup domain.Lookup) (uint64, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	id, waits := l.wait[lookup]
	return id, waits
}

func (l *lookups) add(more map[domain.Lookup]uint64) {
	if len(more) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wait == nil {
		l.wait = make(map[domain.Lookup]uint64, len(more))
	}
	for lookup, id := range more {
		l.wait[lookup] = id
	}
}

// sorted are those that wait as writes, in the order of their keys.
func (l *lookups) sorted() []kv.Op {
	l.mu.RLock()
	defer l.mu.RUnlock()
	ops := make([]kv.Op, 0, len(l.wait))
	for lookup, id := range l.wait {
		ops = append(ops, kv.Op{Key: keyLookup(lookup), Value: lookupValue(id)})
	}
	slices.SortFunc(ops, func(a, b kv.Op) int { return bytes.Compare(a.Key, b.Key) })
	return ops
}

// replace makes others wait in the place of all that do.
func (l *lookups) replace(wait map[domain.Lookup]uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wait = wait
}

// list writes the lookups that wait. Until the last batch, which says so in the
// head, a crash leaves nothing but lookups that are made once more.
func (q *sequencer) list(ctx context.Context) error {
	// A store that was never unlocked does not know them: they stay unwritten, and
	// unlocking finds them.
	if _, err := q.store.keys(); err != nil || q.head.Unlisted == 0 {
		return nil
	}
	ops := q.store.lookups.sorted()
	next := q.head.clone()
	next.Unlisted = 0
	value, err := q.store.codec.encode(next)
	if err != nil {
		return err
	}
	most := kv.Bulk().Ops - 1
	for len(ops) > most {
		if _, err := q.store.engine.Import(ctx, kv.Batch{Ops: ops[:most]}); err != nil {
			return err
		}
		ops = ops[most:]
	}
	rev, err := q.store.engine.Import(ctx, kv.Batch{
		Guards: []kv.Guard{{Key: keyHead, Rev: q.headRev}}, Ops: append(ops, kv.Op{Key: keyHead, Value: value}),
	})
	if err != nil {
		q.stale = true
		return err
	}
	q.head, q.headRev = next, rev
	q.store.lookups.replace(nil)
	return nil
}

// findUnlisted makes the lookups anew that an import which ended early has left
// unwritten.
func (s *Store) findUnlisted(ctx context.Context, ring *seal.Ring, from uint64) error {
	if from == 0 {
		s.lookups.replace(nil)
		return nil
	}
	found := map[domain.Lookup]uint64{}
	members := span(byte(domain.KindMember))
	members.From = numbered(byte(domain.KindMember), from)
	for pair, err := range s.engine.Range(ctx, members, kv.RangeOptions{}) {
		if err != nil {
			return err
		}
		m, err := s.openMember(ring, pair)
		if err != nil {
			return err
		}
		found[lookupOf(ring, m.KVNR)] = uint64(m.ID)
	}
	s.lookups.replace(found)
	return nil
}

// erases reports whether a change deletes a member.
func erases(c desk.Change) bool {
	return slices.ContainsFunc(c.Delete, func(r domain.Ref) bool { return r.Kind == domain.KindMember })
}

func lookupOf(ring *seal.Ring, n kvnr.KVNR) domain.Lookup {
	return domain.Lookup(ring.Lookup("kvnr", []byte(n)))
}

// lookupsOf are the lookups of many numbers, in their order.
func lookupsOf(ring *seal.Ring, numbers []kvnr.KVNR) []domain.Lookup {
	lookups := make([]domain.Lookup, len(numbers))
	_ = share(len(numbers), func(i int) error { // which never fails
		lookups[i] = lookupOf(ring, numbers[i])
		return nil
	})
	return lookups
}

func lookupValue(id uint64) []byte { return numbered(prefixLookup, id)[1:] }
