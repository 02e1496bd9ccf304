package store_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"reflect"
	"sync/atomic"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/find"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/store/memory"
	"schalter/store/seal"
	"schalter/store/storetest"
)

// TestFailure has every kind of change meet a failure at every point on its way:
// at each read, at each piece of randomness that the sealing takes, at the commit
// before and after it is carried out, at the answer. However it ends, what is
// stored is what was there before or what is there after, by half nothing; the
// journal verifies; and the same request, made again until it is answered, is
// carried out once.
func TestFailure(t *testing.T) {
	cases := 0
	for name, change := range changes() {
		t.Run(name, func(t *testing.T) {
			after := carriedOut(t, change)
			for _, f := range commitFailures() {
				t.Run(f.name, func(t *testing.T) {
					b := newFaultyBench(t)
					b.engine.FailCommits(f.fault)
					b.outlives(change, after)
				})
				t.Run(f.name+", without a restart", func(t *testing.T) {
					b := newFaultyBench(t)
					b.engine.FailCommits(f.fault)
					b.goesOn = true
					b.outlives(change, after)
				})
				cases += 2
			}
			for _, err := range []error{kv.ErrUnavailable, kv.ErrDamaged} {
				for n := 0; ; n++ {
					b := newFaultyBench(t)
					b.engine.FailRead(n, err)
					if b.outlives(change, after) {
						break // it needs fewer reads
					}
					cases++
				}
			}
			for n := int64(0); ; n++ {
				b := newFaultyBench(t)
				b.random.failAfter(n)
				b.outlives(change, after)
				if b.random.left.Load() >= 0 {
					break // it needs less randomness
				}
				cases++
			}
		})
	}
	t.Logf("%d failures", cases)
	if cases < 100 {
		t.Errorf("only %d failures were tried", cases)
	}
}

type commitFailure struct {
	name  string
	fault storetest.Fault
}

func commitFailures() []commitFailure {
	return []commitFailure{
		{"disk full", storetest.Refuse(kv.ErrFull)},
		{"not available", storetest.Refuse(kv.ErrUnavailable)},
		{"read-only", storetest.Refuse(kv.ErrReadOnly)},
		{"somebody else was first", storetest.Refuse(kv.ErrConflict)},
		{"damaged", storetest.Refuse(kv.ErrDamaged)},
		{"answer lost, carried out", storetest.Unknown(true)},
		{"answer lost, not carried out", storetest.Unknown(false)},
		{"process ends before", storetest.Die(false)},
		{"process ends after", storetest.Die(true)},
	}
}

// changes are one of each kind, on the store that newFaultyBench makes.
func changes() map[string]desk.Change {
	request := domain.RequestID{42}
	return map[string]desk.Change{
		"a look": {Request: request, Entries: entries(domain.ActOpened, 1)},
		"a new member": {
			Request: request, Entries: entries(domain.ActMembersImported, 0),
			Put: []domain.Record{domain.Member{KVNR: numberOf(5), Name: domain.Name{Given: "Neu", Surname: "Neumann"}}},
		},
		"a member renamed": {
			Request: request, Entries: entries(domain.ActMembersImported, 0),
			Put: []domain.Record{domain.Member{ID: 1, KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Neumann"}}},
		},
		"a code": {
			Request: request, Entries: append(entries(domain.ActOpened, 1), entries(domain.ActCodeCreated, 1)...),
			Put: []domain.Record{
				domain.Codes{Member: 1, List: []domain.ActivationCode{{Branch: "B"}}},
				domain.Tally{Person: 1, HandedOut: []int64{1}},
				domain.Showing{Member: 1},
			},
			Events: []domain.Event{{Kind: domain.EventCodeHandedOut, Member: 1, At: noon}},
		},
		"a deletion": {
			Request: request, Entries: entries(domain.ActStaffDisabled, 0),
			Put:    []domain.Record{domain.Staff{ID: 2, Person: 2, Login: "two", Roles: rights.Roles(rights.Clerk)}},
			Delete: []domain.Ref{domain.Staff{ID: 1}.Ref()},
		},
		"an import": {
			Request: request, Bulk: true, Entries: entries(domain.ActMembersImported, 0),
			Put: []domain.Record{domain.Member{KVNR: numberOf(5)}, domain.Member{KVNR: numberOf(6)}, domain.Member{KVNR: numberOf(7)}},
		},
	}
}

// stateOf is what somebody at the counter can know of a store.
func stateOf(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	state := map[string]string{}
	note := func(what string, args ...any) { state[what] = fmt.Sprintf("%+v", args) }
	for i := range 5 {
		m, _, err := s.Member(t.Context(), domain.MemberID(i+1))
		m.Pseudonym = domain.Pseudonym{} // random
		note(fmt.Sprint("member ", i), m, err)
	}
	for _, n := range []int{5, 6, 7} {
		m, _, err := s.MemberByKVNR(t.Context(), numberOf(n))
		note(fmt.Sprint("number ", n), m.ID, err)
	}
	codes, _, err := s.Codes(t.Context(), 1)
	note("codes", codes, err)
	tally, _, err := s.Tally(t.Context(), 1)
	note("tally", tally, err)
	for i := range 2 {
		staff, _, err := s.Staff(t.Context(), domain.StaffID(i+1))
		note(fmt.Sprint("staff ", i+1), staff, err)
	}
	showing := 0
	for _, err := range s.AllShowing(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		showing++
	}
	note("showing", showing)
	lines, err := s.Cases(t.Context(), 1, 10)
	note("cases", lines, err)
	if err := s.Loaded(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, err := s.Search(find.Parse("neum", 0), 10)
	note("found", found.Total, err)
	report, err := s.Verify(t.Context(), nil, nil)
	if err != nil {
		t.Errorf("the journal does not verify: %v", err)
	}
	note("journal", report.Size)
	return state
}

// faultyBench is a store on an engine and with randomness that can fail.
type faultyBench struct {
	t       *testing.T
	engine  *storetest.Faulty
	random  *scarce
	options store.Options
	store   *store.Store
	before  map[string]string
	goesOn  bool // nobody starts the program again
}

func newFaultyBench(t *testing.T) *faultyBench {
	t.Helper()
	keys, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &faultyBench{t: t, engine: storetest.NewFaulty(memory.New(memory.Options{})), random: &scarce{}}
	b.random.failAfter(1 << 40)
	b.options = store.Options{Keys: keys, Slots: seal.Practice(), Random: b.random}
	if b.store, err = store.Create(t.Context(), b.engine, b.options); err != nil {
		t.Fatal(err)
	}
	slot, err := b.store.NewSlot(t.Context(), "one", 1, []byte(passphrase), false)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, b.store, desk.Change{
		Put: []domain.Record{
			slot,
			domain.Staff{ID: 1, Person: 1, Login: "one", Roles: rights.Roles(rights.Clerk)},
			domain.Member{KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Müller"}},
		},
		Entries: entries(domain.ActStaffAdded, 0),
	})
	b.before = stateOf(t, b.store)
	return b
}

// carriedOut is the state after a change that meets no failure.
func carriedOut(t *testing.T, change desk.Change) map[string]string {
	t.Helper()
	b := newFaultyBench(t)
	commit(t, b.store, change)
	after := stateOf(t, b.store)
	if reflect.DeepEqual(after, b.before) {
		t.Fatal("the change leaves no trace: the test would see nothing")
	}
	return after
}

// outlives makes the change with the failure that was set. unused says that the
// change never met it.
func (b *faultyBench) outlives(change desk.Change, after map[string]string) (unused bool) {
	b.t.Helper()
	_, err := b.store.Commit(b.t.Context(), change)
	unused = b.engine.Heal()
	left := b.random.left.Load()
	b.random.failAfter(1 << 40)
	unknown := errors.Is(err, domain.Fail(0, domain.ReasonUnknownOutcome)) || errors.Is(err, domain.Fail(0, domain.ReasonUnavailable))
	if !errors.Is(err, kv.ErrClosed) { // else nobody is left to look
		b.isEither("at once", after, err == nil, err != nil && !unknown)
	}
	if !b.goesOn || errors.Is(err, kv.ErrClosed) {
		b.reopen()
	}
	b.isEither("opened again", after, err == nil, err != nil && !unknown)
	first, err := b.store.Commit(b.t.Context(), change)
	if err != nil {
		b.t.Errorf("made again: %v", err)
	}
	b.isEither("made again", after, true, false)
	again, err := b.store.Commit(b.t.Context(), change)
	if err != nil || !again.Repeated || again.Mark != first.Mark {
		b.t.Errorf("made a third time: %+v, %v, before %+v", again, err, first)
	}
	b.isEither("made a third time", after, true, false)
	b.random.left.Store(left)
	return unused
}

// isEither checks that the state is the one before or the one after: the latter
// if it must be done, the former if it must not.
func (b *faultyBench) isEither(when string, after map[string]string, done, undone bool) {
	b.t.Helper()
	now := stateOf(b.t, b.store)
	isBefore, isAfter := reflect.DeepEqual(now, b.before), reflect.DeepEqual(now, after)
	if isAfter && !undone || isBefore && !done {
		return
	}
	for what := range now {
		if now[what] != after[what] || now[what] != b.before[what] {
			b.t.Errorf("%s: %s is %s, was %s, should become %s", when, what, now[what], b.before[what], after[what])
		}
	}
}

// reopen is the next start of the program, on the same engine.
func (b *faultyBench) reopen() {
	b.t.Helper()
	var err error
	if b.store, err = store.Open(b.t.Context(), b.engine, b.options); err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.store.Unlock(b.t.Context(), "one", []byte(passphrase)); err != nil {
		b.t.Fatal(err)
	}
}

// scarce is randomness that ends.
type scarce struct{ left atomic.Int64 }

func (s *scarce) failAfter(n int64) { s.left.Store(n) }

func (s *scarce) Read(p []byte) (int, error) {
	if s.left.Add(-1) < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return rand.Read(p)
}
