package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
	"schalter/store/journal"
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

// TestRekeysAtOnce: of rekeys begun at once each either does its work or is told
// that another one runs, and the next process opens everything.
func TestRekeysAtOnce(t *testing.T) {
	for range 5 {
		engine := memory.New(memory.Options{})
		o := peopled(t, engine)
		s := nextProcess(t, engine, o)
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				if _, err := s.Rekey(t.Context(), noteOf, nil); err != nil && !errors.Is(err, domain.Fail(0, domain.ReasonRekeyRunning)) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		checkPeople(t, nextProcess(t, engine, o), "in the next process")
	}
}

// TestRekeyDropped: a data key that one rekey dropped is not stored again by the
// next, wherever that ends.
func TestRekeyDropped(t *testing.T) {
	engine := memory.New(memory.Options{})
	o := peopled(t, engine)
	s := nextProcess(t, engine, o)
	erased := desk.Change{Entries: entries(domain.ActJournalErased, 0)}
	for seq := range verify(t, s).Size {
		erased.Erase = append(erased.Erase, seq)
	}
	for range 2 { // the entry that says what was erased keeps its key
		if _, err := s.Rekey(t.Context(), noteOf, nil); err != nil {
			t.Fatal(err)
		}
		if len(erased.Erase) > 0 {
			commit(t, s, erased)
			erased.Erase = nil
		}
	}
	if stored := storedEpochs(t, engine); slices.Contains(stored, 1) {
		t.Fatalf("epochs %v are stored: nothing was dropped", stored)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Rekey(ctx, func(act domain.Act) domain.Entry {
		if act == domain.ActResealed {
			cancel()
		}
		return noteOf(act)
	}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the third rekey: %v", err)
	}
	if stored := storedEpochs(t, engine); slices.Contains(stored, 1) || !slices.Contains(stored, 4) {
		t.Errorf("epochs %v are stored", stored)
	}
}

// storedEpochs are those of the ring that the next process would open.
func storedEpochs(t *testing.T, engine kv.Engine) []uint16 {
	t.Helper()
	for pair, err := range engine.Range(t.Context(), kv.Prefix([]byte{byte(domain.KindSlot)}), kv.RangeOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		slot, err := seal.UnmarshalSlot(pair.Value)
		if err != nil {
			t.Fatal(err)
		}
		private, err := slot.Unlock([]byte(passphrase))
		if err != nil {
			t.Fatal(err)
		}
		key, err := slot.RingKey([16]byte{9}, private)
		if err != nil {
			t.Fatal(err)
		}
		ring, err := key.Open([16]byte{9}, get(t, engine, []byte("v")), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return ring.Epochs()
	}
	t.Fatal("there is no slot")
	return nil
}

// unknownOnce carries one commit out, or not, and does not know.
type unknownOnce struct {
	kv.Engine
	commits int
	written bool
}

func (u *unknownOnce) Commit(ctx context.Context, b kv.Batch) (uint64, error) {
	return u.end(func() (uint64, error) { return u.Engine.Commit(ctx, b) })
}

func (u *unknownOnce) Import(ctx context.Context, b kv.Batch) (uint64, error) {
	return u.end(func() (uint64, error) { return u.Engine.Import(ctx, b) })
}

func (u *unknownOnce) end(write func() (uint64, error)) (uint64, error) {
	if u.commits--; u.commits != 0 {
		return write()
	}
	if u.written {
		if _, err := write(); err != nil {
			return 0, err
		}
	}
	return 0, kv.ErrUnknown
}

// TestRekeyUnknown: where it is unknown whether the new ring was stored, the
// process goes on with the one that was: who is added then comes in, and another
// rekey ends well.
func TestRekeyUnknown(t *testing.T) {
	for _, written := range []bool{false, true} {
		for _, again := range []bool{false, true} {
			when := fmt.Sprintf("written %v, again %v", written, again)
			engine := memory.New(memory.Options{})
			o := peopled(t, engine)
			s := nextProcess(t, &unknownOnce{Engine: unclosed{engine}, commits: 1, written: written}, o)
			if _, err := s.Rekey(t.Context(), noteOf, nil); !errors.Is(err, domain.Fail(0, domain.ReasonUnknownOutcome)) {
				t.Fatalf("%s: %v", when, err)
			}
			later, err := s.NewSlot(t.Context(), "later", 2, []byte(passphrase), false)
			if err != nil {
				t.Fatal(err)
			}
			commit(t, s, desk.Change{
				Put: []domain.Record{later, domain.Staff{ID: 2, Person: 2, Login: "later"}}, Entries: entries(domain.ActStaffAdded, 0),
			})
			if again {
				if _, err := s.Rekey(t.Context(), noteOf, nil); err != nil {
					t.Errorf("%s: %v", when, err)
				}
			}
			checkPeople(t, s, when)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = nextProcess(t, engine, o)
			checkPeople(t, s, when+", in the next process")
			if _, err := s.Unlock(t.Context(), "later", []byte(passphrase)); err != nil {
				t.Errorf("%s: who was added after: %v", when, err)
			}
		}
	}
}

// TestProveRenewed: once the keys were renewed while the store is open, an entry
// is proven by the newest of them.
func TestProveRenewed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	keys, err := keyfolder.Create(dir, [16]byte{9}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(t.Context(), memory.New(memory.Options{}), store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	renewed, err := keyfolder.Renew(dir, [16]byte{9}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s.UseKeys(renewed)
	s.UseKeys(keys) // somebody who read the folder earlier
	commit(t, s, desk.Change{Entries: entries(domain.ActLogin, 0)})
	proof, err := s.Prove(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	newest := renewed.VerifierKeys()[1]
	verifier, err := note.NewVerifier(newest)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := s.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.ParseSigned(signed, note.VerifierList(verifier)); err != nil || !bytes.Contains(proof.Proof, signed) {
		t.Errorf("not proven by the newest key: %v", err)
	}
}
