package store_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
	"schalter/store/journal"
	"schalter/store/kv"
)

// TestTampering changes one thing in the raw engine, as somebody who holds the
// file can, and expects verify to name it. Each row is a way to lie.
func TestTampering(t *testing.T) {
	rows := []struct {
		reason string
		lie    func(t *testing.T, e kv.Engine)
		seq    int64 // the entry that must be named; -1 for none
	}{
		{"an entry changed by one bit", func(t *testing.T, e kv.Engine) {
			change(t, e, entry(3), func(v []byte) { v[len(v)-1] ^= 1 })
		}, 3},
		{"an entry's header changed", func(t *testing.T, e kv.Engine) {
			change(t, e, entry(3), func(v []byte) { v[8] ^= 1 })
		}, 3},
		{"an entry deleted", func(t *testing.T, e kv.Engine) { put(t, e, kv.Op{Key: entry(3), Delete: true}) }, 3},
		{"an entry inserted at the end", func(t *testing.T, e kv.Engine) {
			put(t, e, kv.Op{Key: entry(8), Value: get(t, e, entry(3))})
		}, 8},
		{"two entries swapped", func(t *testing.T, e kv.Engine) {
			a, b := get(t, e, entry(3)), get(t, e, entry(5))
			put(t, e, kv.Op{Key: entry(3), Value: b}, kv.Op{Key: entry(5), Value: a})
		}, 3},
		{"a stored hash changed", func(t *testing.T, e kv.Engine) {
			change(t, e, numbered('t', 3), func(v []byte) { v[0] ^= 1 })
		}, 3},
		{"a record changed", func(t *testing.T, e kv.Engine) {
			change(t, e, numbered('m', 1), func(v []byte) { v[20] ^= 1 })
		}, -1},
		{"a record deleted", func(t *testing.T, e kv.Engine) { put(t, e, kv.Op{Key: numbered('m', 1), Delete: true}) }, -1},
		{"a record nobody wrote", func(t *testing.T, e kv.Engine) {
			put(t, e, kv.Op{Key: numbered('m', 77), Value: get(t, e, numbered('m', 1))})
		}, -1},
		{"the newest entry cut off", func(t *testing.T, e kv.Engine) {
			put(t, e, kv.Op{Key: entry(7), Delete: true}, kv.Op{Key: numbered('t', 7), Delete: true})
		}, 7},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			s, engine := busy(t)
			verify(t, s)
			row.lie(t, engine)
			_, err := s.Verify(t.Context(), nil, nil)
			var fault *journal.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("verify says %v", err)
			}
			if row.seq >= 0 && fault.Seq != row.seq && fault.Other != row.seq {
				t.Errorf("the fault names entry %d: %v; want %d", fault.Seq, fault, row.seq)
			}
		})
	}
}

// TestOldValueBack: an older sealed value of the same record opens, but verify
// notices it by its hash.
func TestOldValueBack(t *testing.T) {
	s, engine := busy(t)
	old := get(t, engine, numbered('m', 1))
	m, _, err := s.Member(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	m.Address.City = "Radebeul"
	commit(t, s, desk.Change{Put: []domain.Record{m}, Entries: entries(domain.ActMembersImported, 0)})
	put(t, engine, kv.Op{Key: numbered('m', 1), Value: old})
	var fault *journal.Fault
	if _, err := s.Verify(t.Context(), nil, nil); !errors.As(err, &fault) {
		t.Fatalf("verify says %v", err)
	}
	if string(fault.Key) != string(numbered('m', 1)) {
		t.Errorf("the fault names key %q: %v", fault.Key, fault)
	}
}

// TestAnchor: a mark that a slip carries convicts a journal that was rewritten
// from an earlier copy, which is consistent in itself.
func TestAnchor(t *testing.T) {
	s, _ := busy(t)
	receipt := commit(t, s, desk.Change{Entries: entries(domain.ActCodeHandedOver, 1)})
	mark, err := journal.ParseMark(receipt.Mark)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Verify(t.Context(), []journal.Anchor{mark}, nil); err != nil {
		t.Fatalf("its own mark: %v", err)
	}
	other, _ := busy(t) // the same history up to there, other nonces
	commit(t, other, desk.Change{Entries: entries(domain.ActRefused, 1)})
	var fault *journal.Fault
	if _, err := other.Verify(t.Context(), []journal.Anchor{mark}, nil); !errors.As(err, &fault) {
		t.Errorf("another journal passes for it: %v", err)
	}
}

// busy is a store with eight entries.
func busy(t *testing.T) (*store.Store, kv.Engine) {
	t.Helper()
	s, engine, _ := begin(t)
	for range 6 {
		commit(t, s, desk.Change{Entries: entries(domain.ActOpened, 1)})
	}
	return s, engine
}

func numbered(prefix byte, n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{prefix}, n)
}

func entry(n uint64) []byte { return numbered('a', n) }

func get(t *testing.T, e kv.Engine, key []byte) []byte {
	t.Helper()
	pair, err := e.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte(nil), pair.Value...)
}

func put(t *testing.T, e kv.Engine, ops ...kv.Op) {
	t.Helper()
	if _, err := e.Commit(t.Context(), kv.Batch{Ops: ops}); err != nil {
		t.Fatal(err)
	}
}

func change(t *testing.T, e kv.Engine, key []byte, alter func([]byte)) {
	t.Helper()
	v := get(t, e, key)
	alter(v)
	put(t, e, kv.Op{Key: key, Value: v})
}

// TestDamagedEdge: a store whose journal lacks what new entries are appended to
// writes nothing, and can still be verified, which names what is missing.
func TestDamagedEdge(t *testing.T) {
	s, engine, o := begin(t)
	for range 6 {
		commit(t, s, desk.Change{Entries: entries(domain.ActOpened, 1)})
	}
	put(t, engine, kv.Op{Key: numbered('t', 7), Delete: true})
	again, err := store.Open(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	var fault *journal.Fault
	if _, err := again.Verify(t.Context(), nil, nil); !errors.As(err, &fault) || fault.Seq != 7 {
		t.Errorf("verify says %v", err)
	}
	_, err = again.Commit(t.Context(), desk.Change{Entries: entries(domain.ActOpened, 1)})
	if !errors.Is(err, domain.Fail(0, domain.ReasonDamaged)) {
		t.Errorf("a commit says %v", err)
	}
}
