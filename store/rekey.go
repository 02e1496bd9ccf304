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
// under it.
func (s *Store) Rekey(ctx context.Context, note func(domain.Act) domain.Entry, progress func(done, total int)) (desk.Rekeyed, error) {
	var done desk.Rekeyed
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

// newEpoch writes a ring with a fresh data key under a fresh ring key, which every
// slot is granted.
func (s *Store) newEpoch(ctx context.Context, e domain.Entry) error {
	ring, err := s.keys()
	if err != nil {
		return err
	}
	next, err := ring.WithNewEpoch()
	if err != nil {
		return translate(err)
	}
	key, err := seal.NewRingKey(s.options.Random)
	if err != nil {
		return translate(err)
	}
	return s.commitLonely(ctx, lonely{
		entry: e, sealed: next,
		write: func(ctx context.Context, _ *group, _ *seal.Ring) ([]kv.Op, int, error) {
			sealed, err := key.Seal(next)
			if err != nil {
				return nil, 0, err
			}
			slots, err := s.regranted(ctx, key)
			return append(slots, kv.Op{Key: keyRing, Value: sealed}), len(slots), err
		},
		then: func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.ringKey.Wipe()
			s.ring, s.ringKey = next, key
		},
	})
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
func (s *Store) dropEpochs(ctx context.Context, e domain.Entry) (kept int, err error) {
	ring, err := s.keys()
	if err != nil {
		return 0, err
	}
	used, err := s.usedEpochs(ctx)
	if err != nil {
		return 0, err
	}
	var unused []uint16
	var names []string
	for _, epoch := range ring.Epochs() {
		switch {
		case epoch == ring.Epoch():
		case used[epoch]:
			kept++
		default:
			unused = append(unused, epoch)
			names = append(names, fmt.Sprint(epoch))
		}
	}
	smaller, err := ring.Without(unused...)
	if err != nil {
		return kept, translate(err)
	}
	defer smaller.Wipe()
	if e.Object = fmt.Sprintf("epoch:%d", ring.Epoch()); len(names) > 0 {
		e.Object += " dropped:" + strings.Join(names, ",")
	}
	return kept, s.commitLonely(ctx, lonely{entry: e, write: func(context.Context, *group, *seal.Ring) ([]kv.Op, int, error) {
		sealed, err := s.slotKey().Seal(smaller)
		return []kv.Op{{Key: keyRing, Value: sealed}}, 0, err
	}})
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
