package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/kv"
	"schalter/store/seal"
)

// resealChunk is how many values one entry speaks of. Others wait while a chunk is
// written; its entry takes about 50 bytes for each.
const resealChunk = 1000

// Rekey implements desk.Locker.
//
// The ring with its new data key, the new key that seals the ring, and that key in
// every slot are written in one commit: from then on everything new is sealed
// under the new epoch. Then the records follow in chunks. There is no cursor: what
// is sealed under an older epoch is still to be done, so whoever comes after an
// interruption sees what is left. Journal entries stay as they were sealed, for
// the tree holds their hashes; the key of an older epoch goes with the last value
// under it. Only one rekey runs at a time; whoever begins another meanwhile is
// refused.
func (s *Store) Rekey(ctx context.Context, note func(domain.Act) domain.Entry, progress func(done, total int)) (desk.Rekeyed, error) {
	var done desk.Rekeyed
	if !s.rekeying.TryLock() {
		return done, domain.Fail(domain.Conflict, domain.ReasonRekeyRunning)
	}
	defer s.rekeying.Unlock()
	left, err := s.stale(ctx, nil)
	if err != nil {
		return done, err
	}
	if done.Continued = len(left) > 0; !done.Continued {
		if err := s.newEpoch(ctx, note(domain.ActRekeyBegun)); err != nil {
			return done, err
		}
	}
	if done.Records, err = s.resealAll(ctx, note, progress); err != nil {
		return done, err
	}
	done.Kept, err = s.dropEpochs(ctx, note(domain.ActRekeyed))
	return done, err
}

// renewal is a ring that a commit stores in the place of the store's, and the key
// that it is sealed with.
type renewal struct {
	ring *seal.Ring
	key  seal.RingKey
}

// newEpoch writes a ring with a fresh data key under a fresh ring key, which every
// slot is granted.
func (s *Store) newEpoch(ctx context.Context, e domain.Entry) error {
	next := new(renewal)
	return s.commitLonely(ctx, lonely{
		entry: e, renewal: next,
		write: func(ctx context.Context, _ *group, ring *seal.Ring) ([]kv.Op, int, error) {
			sealed, err := s.renew(ring, next)
			if err != nil {
				return nil, 0, err
			}
			slots, err := s.regranted(ctx, next.key)
			return append(slots, kv.Op{Key: keyRing, Value: sealed}), len(slots), err
		},
	})
}

// renew makes the next ring, and its stored form. Data keys that were dropped are
// kept in memory only.
func (s *Store) renew(ring *seal.Ring, next *renewal) (sealed []byte, err error) {
	if next.ring, err = ring.WithNewEpoch(); err != nil {
		return nil, err
	}
	if next.key, err = seal.NewRingKey(s.options.Random); err != nil {
		return nil, err
	}
	stored, err := next.ring.Without(s.droppedEpochs()...)
	if err != nil {
		return nil, err
	}
	defer stored.Wipe()
	return next.key.Seal(stored)
}

// take puts a ring that is stored now in the place of the store's.
func (s *Store) take(r renewal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ringKey.Wipe()
	s.ring, s.ringKey = r.ring, r.key
}

// droppedEpochs are those whose keys are still in memory, and no longer stored.
func (s *Store) droppedEpochs() []uint16 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.dropped)
}

// regranted are all slots with another ring key in them.
func (s *Store) regranted(ctx context.Context, key seal.RingKey) ([]kv.Op, error) {
	var ops []kv.Op
	for pair, err := range s.engine.Range(ctx, span(byte(domain.KindSlot)), kv.RangeOptions{}) {
		if err != nil {
			return nil, err
		}
		value, err := s.regrant(pair, key)
		if err != nil {
			return nil, err
		}
		ops = append(ops, kv.Op{Key: pair.Key, Value: value})
	}
	return ops, nil
}

func (s *Store) regrant(pair kv.Pair, key seal.RingKey) ([]byte, error) {
	if bytes.Equal(pair.Key, keyOf(recoveryRef)) {
		slot, err := seal.UnmarshalRecovery(pair.Value)
		if err == nil {
			slot, err = slot.Grant(s.id, key)
		}
		return slot.Marshal(), err
	}
	slot, err := seal.UnmarshalSlot(pair.Value)
	if err == nil {
		slot, err = slot.Grant(s.id, key)
	}
	return slot.Marshal(), err
}

// resealAll brings every record under the newest epoch.
func (s *Store) resealAll(ctx context.Context, note func(domain.Act) domain.Entry, progress func(done, total int)) (int, error) {
	done, total := 0, s.recordCount(ctx, domain.AllRecordKinds())
	var from []byte
	for {
		keys, err := s.stale(ctx, from)
		if err != nil || len(keys) == 0 {
			return done, err
		}
		err = s.commitLonely(ctx, lonely{
			entry: note(domain.ActResealed),
			write: func(ctx context.Context, g *group, ring *seal.Ring) ([]kv.Op, int, error) {
				ops, err := g.reseal(ctx, ring, keys)
				return ops, len(ops), err
			},
		})
		if err != nil {
			return done, err
		}
		done += len(keys)
		from = keys[len(keys)-1]
		if progress != nil {
			progress(done, max(total, done))
		}
	}
}

// stale returns the next keys, from one on, whose values are sealed under an older
// epoch: a chunk of them, none when there are none.
func (s *Store) stale(ctx context.Context, from []byte) ([][]byte, error) {
	ring, err := s.keys()
	if err != nil {
		return nil, err
	}
	var keys [][]byte
	for _, prefix := range resealed() {
		within := span(prefix)
		if bytes.Compare(from, within.From) > 0 {
			within.From = from
		}
		for pair, err := range s.engine.Range(ctx, within, kv.RangeOptions{}) {
			if err != nil {
				return nil, translate(err)
			}
			epoch, err := seal.EpochOf(pair.Value)
			if err != nil {
				return nil, translate(err)
			}
			if epoch == ring.Epoch() {
				continue
			}
			if keys = append(keys, pair.Key); len(keys) == resealChunk {
				return keys, nil
			}
		}
	}
	return keys, nil
}

// resealed are the prefixes of the values that a new epoch is given to, ascending.
func resealed() []byte {
	prefixes := slices.DeleteFunc(sealedPrefixes(), func(p byte) bool { return p == prefixEntry })
	slices.Sort(prefixes)
	return prefixes
}

// reseal seals values anew. What was deleted or written meanwhile needs nothing.
func (g *group) reseal(ctx context.Context, ring *seal.Ring, keys [][]byte) ([]kv.Op, error) {
	var ops []kv.Op
	for _, key := range keys {
		pair, found, err := g.get(ctx, key)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		epoch, err := seal.EpochOf(pair.Value)
		if err != nil {
			return nil, err
		}
		if epoch == ring.Epoch() {
			continue
		}
		plain, err := ring.Open(key, pair.Value)
		if err != nil {
			return nil, err
		}
		ops = append(ops, kv.Op{Key: key, Value: ring.Seal(key, plain)})
		clear(plain)
	}
	return ops, nil
}

// dropEpochs takes the keys that open nothing any more out of the stored ring, and
// returns how many older ones are left. In memory they stay until the process
// ends, for whoever has read a value and not opened it yet.
//
// What is used is found beside the writing: nothing new is sealed under an older
// epoch. The ring is made smaller within the commit, of the one that is valid then.
func (s *Store) dropEpochs(ctx context.Context, e domain.Entry) (kept int, err error) {
	ring, err := s.keys()
	if err != nil {
		return 0, err
	}
	used, err := s.usedEpochs(ctx)
	if err != nil {
		return 0, err
	}
	newest, before := ring.Epoch(), s.droppedEpochs()
	var unused []uint16
	var names []string
	for _, epoch := range ring.Epochs() {
		switch {
		case epoch == newest, slices.Contains(before, epoch):
		case used[epoch]:
			kept++
		default:
			unused = append(unused, epoch)
			names = append(names, fmt.Sprint(epoch))
		}
	}
	if e.Object = fmt.Sprintf("epoch:%d", newest); len(names) > 0 {
		e.Object += " dropped:" + strings.Join(names, ",")
	}
	all := slices.Concat(before, unused)
	err = s.commitLonely(ctx, lonely{entry: e, write: func(_ context.Context, _ *group, ring *seal.Ring) ([]kv.Op, int, error) {
		sealed, err := s.sealWithout(ring, newest, all)
		return []kv.Op{{Key: keyRing, Value: sealed}}, 0, err
	}})
	if err == nil {
		s.mu.Lock()
		s.dropped = all
		s.mu.Unlock()
	}
	return kept, err
}

// sealWithout is the stored form of a ring without some epochs. A ring that has
// another newest epoch than the one they were found under is left alone.
func (s *Store) sealWithout(ring *seal.Ring, newest uint16, epochs []uint16) ([]byte, error) {
	if ring.Epoch() != newest {
		return nil, domain.Fail(domain.Conflict, domain.ReasonRekeyRunning)
	}
	smaller, err := ring.Without(epochs...)
	if err != nil {
		return nil, err
	}
	defer smaller.Wipe()
	return s.slotKey().Seal(smaller)
}

// usedEpochs are those that something stored is sealed under.
func (s *Store) usedEpochs(ctx context.Context) (map[uint16]bool, error) {
	used := map[uint16]bool{}
	for _, prefix := range sealedPrefixes() {
		for pair, err := range s.engine.Range(ctx, span(prefix), kv.RangeOptions{}) {
			if err != nil {
				return nil, translate(err)
			}
			sealed, err := sealedIn(pair)
			if err == nil && len(sealed) > 0 {
				var epoch uint16
				epoch, err = seal.EpochOf(sealed)
				used[epoch] = true
			}
			if err != nil {
				return nil, translate(err)
			}
		}
	}
	return used, nil
}

// recordCount is about how many records of some kinds there are, for the progress.
func (s *Store) recordCount(ctx context.Context, kinds []domain.RecordKind) int {
	pair, err := s.engine.Get(ctx, keyHead)
	var h head
	if err != nil || s.codec.decode(pair.Value, &h) != nil {
		return 0
	}
	n := 0
	for _, kind := range kinds {
		if kind != domain.KindSlot {
			n += int(h.Counts[countName(kind)])
		}
	}
	return n
}
