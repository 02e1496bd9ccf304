package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/store/memory"
	"schalter/store/seal"
)

// manyMembers is more than two chunks of a rekey.
const manyMembers = 2300

// peopled makes a store with many members, a login, codes and records of every
// operational kind that a use case writes.
func peopled(t *testing.T, engine kv.Engine) store.Options {
	t.Helper()
	keys, err := keyfolder.New([16]byte{9}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader}
	s, err := store.Create(t.Context(), unclosed{engine}, o)
	if err != nil {
		t.Fatal(err)
	}
	slot, err := s.NewSlot(t.Context(), "writer", 1, []byte(passphrase), false)
	if err != nil {
		t.Fatal(err)
	}
	records := []domain.Record{
		slot,
		domain.Staff{ID: 1, Person: 1, Login: "writer"},
		domain.Tally{Person: 1, HandedOut: []int64{1}},
		domain.Codes{Member: 1, List: []domain.ActivationCode{{Branch: "1"}}},
	}
	commit(t, s, desk.Change{Put: records, Entries: entries(domain.ActStaffAdded, 0)})
	for from := 0; from < manyMembers; from += 1000 {
		var members []domain.Record
		for w := from; w < min(from+1000, manyMembers); w++ {
			members = append(members, domain.Member{KVNR: numberOf(w), Address: domain.Address{HouseNumber: fmt.Sprint(w)}})
		}
		commit(t, s, desk.Change{Bulk: true, Put: members, Entries: entries(domain.ActMembersImported, 0)})
	}
	commit(t, s, desk.Change{Events: []domain.Event{{Kind: domain.EventCodeHandedOut, Member: 1}}, Entries: entries(domain.ActCodeCreated, 1)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// nextProcess opens what is in an engine as the next process would.
func nextProcess(t *testing.T, engine kv.Engine, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), unclosed{engine}, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Unlock(t.Context(), "writer", []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if err := s.Loaded(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func noteOf(act domain.Act) domain.Entry { return entries(act, 0)[0] }

// checkPeople: every record opens, everybody is found by their number, and the
// journal verifies.
func checkPeople(t *testing.T, s *store.Store, when string) {
	t.Helper()
	if err := s.OpenEverything(t.Context(), nil); err != nil {
		t.Errorf("%s: %v", when, err)
	}
	for _, w := range []int{0, 1, 999, 1000, manyMembers - 1} {
		m, _, err := s.MemberByKVNR(t.Context(), numberOf(w))
		if err != nil || m.Address.HouseNumber != fmt.Sprint(w) {
			t.Errorf("%s: member %d is %+v, %v", when, w, m.Address, err)
		}
	}
	if _, err := s.Verify(t.Context(), nil, nil); err != nil {
		t.Errorf("%s: %v", when, err)
	}
}

// oldValues counts the records that are sealed under an older epoch than newest.
func oldValues(t *testing.T, engine kv.Engine, newest uint16) (old int) {
	t.Helper()
	for _, kind := range domain.AllRecordKinds() {
		if kind == domain.KindSlot {
			continue
		}
		for pair, err := range engine.Range(t.Context(), kv.Prefix([]byte{byte(kind)}), kv.RangeOptions{}) {
			if err != nil {
				t.Fatal(err)
			}
			if epoch, err := seal.EpochOf(pair.Value); err != nil || epoch < newest {
				old++
			}
		}
	}
	return old
}

var errDied = errors.New("the process died here")

// dying fails from its commits-th commit on, which is either carried out before
// or not.
type dying struct {
	kv.Engine
	mu      sync.Mutex
	commits int
	written bool
}

func (d *dying) Commit(ctx context.Context, b kv.Batch) (uint64, error) {
	return d.end(func() (uint64, error) { return d.Engine.Commit(ctx, b) })
}

func (d *dying) Import(ctx context.Context, b kv.Batch) (uint64, error) {
	return d.end(func() (uint64, error) { return d.Engine.Import(ctx, b) })
}

func (d *dying) end(write func() (uint64, error)) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.commits--
	switch {
	case d.commits > 0:
		return write()
	case d.commits == 0 && d.written:
		_, err := write()
		return 0, errors.Join(err, errDied)
	}
	return 0, errDied
}

// TestRekeyInterrupted: whichever commit of a rekey is the last, done or not, the
// next process opens everything, and a rekey there ends what was begun.
func TestRekeyInterrupted(t *testing.T) {
	for _, written := range []bool{false, true} {
		for last := 1; ; last++ {
			when := fmt.Sprintf("died at commit %d, written %v", last, written)
			engine := memory.New(memory.Options{})
			o := peopled(t, engine)
			s := nextProcess(t, &dying{Engine: unclosed{engine}, commits: last, written: written}, o)
			_, err := s.Rekey(t.Context(), noteOf, nil)
			_ = s.Close() // it cannot write its last checkpoint
			if err == nil {
				if last < 4 {
					t.Fatalf("a rekey has %d commits only: the test sees nothing", last-1)
				}
				break
			}
			s = nextProcess(t, engine, o)
			checkPeople(t, s, when)
			done, err := s.Rekey(t.Context(), noteOf, nil)
			if err != nil {
				t.Fatalf("%s: once more: %v", when, err)
			}
			checkPeople(t, s, when+", once more")
			if old := oldValues(t, engine, 2); old > 0 {
				t.Errorf("%s: %d values are still under the old key, %+v", when, old, done)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			checkPeople(t, nextProcess(t, engine, o), when+", in the next process")
		}
	}
}

// TestRekeyWhileWriting: others change records and add logins meanwhile, and all
// of it is there after.
func TestRekeyWhileWriting(t *testing.T) {
	engine := memory.New(memory.Options{})
	o := peopled(t, engine)
	s := nextProcess(t, engine, o)
	early, err := s.NewSlot(t.Context(), "early", 2, []byte(passphrase), false)
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var group sync.WaitGroup
	var written [4]int
	for w := range written {
		group.Go(func() {
			for n := 1; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := writeNumber(t, s, w, n); err != nil {
					t.Error(err)
					return
				}
				written[w] = n
			}
		})
	}
	for epoch := uint16(2); epoch < 4; epoch++ {
		done, err := s.Rekey(t.Context(), noteOf, nil)
		if err != nil || done.Continued || done.Records < manyMembers-len(written) {
			t.Fatalf("%+v, %v", done, err)
		}
		if old := oldValues(t, engine, epoch); old > 0 {
			t.Errorf("%d values are still under an old key", old)
		}
	}
	close(stop)
	group.Wait()
	// A slot that was prepared before the keys changed opens what is there now.
	commit(t, s, desk.Change{
		Put: []domain.Record{early, domain.Staff{ID: 2, Person: 2, Login: "early"}}, Entries: entries(domain.ActStaffAdded, 0),
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = nextProcess(t, engine, o)
	for w, n := range written {
		m, _, err := s.Member(t.Context(), domain.MemberID(w+1))
		if err != nil || m.Address.HouseNumber != fmt.Sprint(n) {
			t.Errorf("writer %d: %q, %v, want %d", w, m.Address.HouseNumber, err, n)
		}
	}
	if err := s.OpenEverything(t.Context(), nil); err != nil {
		t.Error(err)
	}
	verify(t, s)
	other, err := store.Open(t.Context(), unclosed{engine}, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Unlock(t.Context(), "early", []byte(passphrase)); err != nil {
		t.Errorf("a slot prepared before: %v", err)
	}
}
