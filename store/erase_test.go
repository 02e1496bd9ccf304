package store_test

import (
	"errors"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/journal"
	"schalter/store/kv"
)

// TestErase: what old entries said is gone, and what led to them from the member;
// the journal verifies, because a newer entry names them.
func TestErase(t *testing.T) {
	s, engine := busy(t) // entries 2 to 7 are about the member
	m, _, err := s.Member(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{Erase: []int64{2, 3, 5}, Entries: entries(domain.ActJournalErased, 0)})
	verify(t, s)
	for seq, want := range map[uint64]bool{1: false, 2: true, 3: true, 4: false, 5: true, 6: false} {
		stored, err := journal.ParseEntry(get(t, engine, entry(seq)))
		if err != nil || (len(stored.Payload) == 0) != want {
			t.Errorf("entry %d has %d bytes of content, %v", seq, len(stored.Payload), err)
		}
		index := append(append([]byte{'x'}, m.Pseudonym[:]...), numbered(0, seq)[1:]...)
		if _, err := engine.Get(t.Context(), index); seq > 1 && errors.Is(err, kv.ErrNotFound) != want {
			t.Errorf("the member leads to entry %d: %v", seq, err)
		}
	}
	for _, newest := range []bool{false, true} {
		erased, all := 0, 0
		for e, err := range s.Journal(t.Context(), desk.JournalSpan{From: noon, Newest: newest}) {
			if err != nil {
				t.Fatal(err)
			}
			if all++; e.Erased {
				erased++
			}
		}
		if erased != 3 || all != 9 {
			t.Errorf("newest first %v: %d erased of %d", newest, erased, all)
		}
	}
	if _, err := s.Cases(t.Context(), 1, 10); err != nil {
		t.Errorf("the member's cases: %v", err)
	}
	proof, err := s.Prove(t.Context(), 3)
	if err != nil || proof.Clear != nil || len(proof.Proof) == 0 {
		t.Errorf("the proof of an erased entry: %d bytes in clear, %v", len(proof.Clear), err)
	}
	for _, row := range []struct {
		reason string
		change desk.Change
	}{
		{"without an entry", desk.Change{Erase: []int64{4}}},
		{"a second time", desk.Change{Erase: []int64{3}, Entries: entries(domain.ActJournalErased, 0)}},
		{"what never was", desk.Change{Erase: []int64{99}, Entries: entries(domain.ActJournalErased, 0)}},
		{"one twice", desk.Change{Erase: []int64{4, 4}, Entries: entries(domain.ActJournalErased, 0)}},
	} {
		before := verify(t, s).Size
		if _, err := s.Commit(t.Context(), row.change); err == nil {
			t.Errorf("erased %s", row.reason)
		}
		if after := verify(t, s).Size; after != before {
			t.Errorf("%s left %d entries, want %d", row.reason, after, before)
		}
	}
	// Without such an entry, a content that is gone is a fault.
	change := get(t, engine, entry(6))
	stored, err := journal.ParseEntry(change)
	if err != nil {
		t.Fatal(err)
	}
	put(t, engine, kv.Op{Key: entry(6), Value: journal.Entry{Header: stored.Header}.Marshal()})
	var fault *journal.Fault
	if _, err := s.Verify(t.Context(), nil, nil); !errors.As(err, &fault) || fault.Kind != journal.PayloadMissing || fault.Seq != 6 {
		t.Errorf("verify says %v", err)
	}
}

// TestJournalSpan finds the ends of a span by bisection, also behind entries that
// were erased, and everywhere among them.
func TestJournalSpan(t *testing.T) {
	s, c := timedStore(t)
	const n = 40
	for range n { // positions 1 to n, a second apart
		c.pass(time.Second)
		commit(t, s, desk.Change{Entries: loginAt(c)})
	}
	var erased []int64
	for seq := int64(0); seq < 20; seq++ {
		erased = append(erased, seq)
	}
	commit(t, s, desk.Change{Erase: append(erased, 30), Entries: loginAt(c)})
	for from := range n + 2 {
		for to := range n + 2 {
			q := desk.JournalSpan{From: noon.Add(time.Duration(from) * time.Second), To: noon.Add(time.Duration(to) * time.Second)}
			got := map[int64]bool{}
			for e, err := range s.Journal(t.Context(), q) {
				if err != nil {
					t.Fatal(err)
				}
				got[e.Seq] = true
				if !e.Erased && (e.At.Before(q.From) || !e.At.Before(q.To)) {
					t.Fatalf("from %d to %d: entry %d of %v", from, to, e.Seq, e.At)
				}
			}
			for seq := int64(20); seq <= n; seq++ {
				if want := seq >= int64(from) && seq < int64(to); seq != 30 && got[seq] != want {
					t.Fatalf("from %d to %d: entry %d is there: %v", from, to, seq, got[seq])
				}
			}
		}
	}
}
