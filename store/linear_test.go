package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mrand "math/rand/v2"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/store/memory"
	"schalter/store/seal"
	"schalter/store/storetest"
)

// Several clerks work on the same few records: the codes of a member, a member of
// staff, a counter. Each reads, decides and commits with a guard, as every use case
// does; some answers get lost. Whatever they saw must fit one order in which all of
// it happened one after the other, each at some moment between its call and its
// answer (Herlihy and Wing, 1990); porcupine looks for one.

// step is what one clerk asked of one record, and answer what they were told.
type step struct {
	record string
	write  bool
	seen   string // write: what the decision was made on
	next   string // write: what the record becomes
}

type answer struct {
	value   string // of a read
	outcome outcome
}

type outcome int

const (
	done outcome = iota
	refused
	unknown
)

// register is one record: a read gives what the last write left; a write that was
// done replaced what it had seen, one that was refused did nothing, and of one
// whose answer was lost nobody knows which.
func register() porcupine.Model {
	model := porcupine.NondeterministicModel{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			byRecord := map[string][]porcupine.Operation{}
			for _, o := range history {
				r := o.Input.(step).record
				byRecord[r] = append(byRecord[r], o)
			}
			var parts [][]porcupine.Operation
			for _, part := range byRecord {
				parts = append(parts, part)
			}
			return parts
		},
		Init: func() []any { return []any{""} },
		Step: func(state, input, output any) []any {
			was, in, out := state.(string), input.(step), output.(answer)
			switch {
			case !in.write && out.value == was:
				return []any{was}
			case in.write && out.outcome == refused:
				return []any{was}
			case in.write && out.outcome == unknown && in.seen == was:
				return []any{was, in.next}
			case in.write && out.outcome == unknown:
				return []any{was}
			case in.write && in.seen == was:
				return []any{in.next}
			}
			return nil
		},
		Equal: func(a, b any) bool { return a == b },
	}
	return model.ToModel()
}

func TestLinearizable(t *testing.T) {
	for name, open := range map[string]func(*testing.T) kv.Engine{"memory": inMemory, "bolt": inFile} {
		t.Run(name, func(t *testing.T) {
			history := clerks(t, open(t), 0.05)
			if porcupine.CheckOperationsTimeout(register(), history, time.Minute) != porcupine.Ok {
				t.Error("there is no order in which this can have happened")
			}
			count := map[outcome]int{}
			for _, o := range history {
				count[o.Output.(answer).outcome]++
			}
			if count[unknown] == 0 || count[refused] == 0 {
				t.Errorf("outcomes %v: the test saw no lost answer or no conflict", count)
			}
		})
	}
}

// TestLinearizableSees: an engine that now and then reads what was there before is
// found out.
func TestLinearizableSees(t *testing.T) {
	history := clerks(t, &forgetful{Engine: inMemory(t), before: map[string]kv.Pair{}, now: map[string]kv.Pair{}}, 0)
	if porcupine.CheckOperationsTimeout(register(), history, time.Minute) != porcupine.Illegal {
		t.Error("old values passed for new ones")
	}
}

func inMemory(*testing.T) kv.Engine { return memory.New(memory.Options{}) }

func inFile(t *testing.T) kv.Engine {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{StoreID: [16]byte{7}})
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

// clerks lets six of them work on three records, with some answers of the engine
// lost, and returns what they asked and were told.
func clerks(t *testing.T, engine kv.Engine, losses float64) []porcupine.Operation {
	t.Helper()
	keys, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	faulty := storetest.NewFaulty(engine)
	s, err := store.Create(t.Context(), faulty, store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{Put: []domain.Record{domain.Member{KVNR: "A123456780"}}, Entries: entries(domain.ActMembersImported, 0)})
	const count, steps = 6, 80
	var (
		mu      sync.Mutex
		history []porcupine.Operation
		working sync.WaitGroup
		start   = time.Now()
	)
	for clerk := range count {
		working.Go(func() {
			random := mrand.New(mrand.NewPCG(uint64(clerk), 3))
			for n := range steps {
				if random.Float64() < losses {
					faulty.FailCommits(storetest.Unknown(random.IntN(2) == 0))
				}
				record := sharedRecords()[random.IntN(3)]
				read := porcupine.Operation{ClientId: clerk, Call: int64(time.Since(start)), Input: step{record: record.name}}
				seen, rev, err := record.read(t.Context(), s)
				if err != nil {
					t.Error(err)
					return
				}
				read.Output, read.Return = answer{value: seen}, int64(time.Since(start))
				next := fmt.Sprint(1000*(clerk+1) + n)
				write := porcupine.Operation{
					ClientId: clerk, Call: int64(time.Since(start)),
					Input: step{record: record.name, write: true, seen: seen, next: next},
				}
				change := record.change(next, rev)
				change.Request = domain.RequestID{1, byte(clerk), byte(n)}
				write.Output = answer{outcome: outcomeOf(t, s, change, random.IntN(2) == 0)}
				write.Return = int64(time.Since(start))
				mu.Lock()
				history = append(history, read, write)
				mu.Unlock()
			}
		})
	}
	working.Wait()
	faulty.Heal()
	verify(t, s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	return history
}

// outcomeOf commits a change. Where the answer is lost, a patient clerk asks again
// under the same request until there is one.
func outcomeOf(t *testing.T, s *store.Store, change desk.Change, patient bool) outcome {
	lost := domain.Fail(0, domain.ReasonUnknownOutcome)
	_, err := s.Commit(t.Context(), change)
	for patient && errors.Is(err, lost) {
		_, err = s.Commit(t.Context(), change)
	}
	switch {
	case err == nil:
		return done
	case desk.IsKind(err, domain.Conflict):
		return refused
	case !errors.Is(err, lost):
		t.Error(err)
	}
	return unknown
}

// sharedRecord is a record that holds a number somewhere.
type sharedRecord struct {
	name   string
	read   func(context.Context, *store.Store) (string, desk.Rev, error)
	change func(next string, rev desk.Rev) desk.Change
}

func sharedRecords() []sharedRecord {
	return []sharedRecord{
		{
			"codes",
			func(ctx context.Context, s *store.Store) (string, desk.Rev, error) {
				c, rev, err := s.Codes(ctx, 1)
				if len(c.List) == 0 {
					return "", rev, err
				}
				return c.List[0].Branch, rev, err
			},
			func(next string, rev desk.Rev) desk.Change {
				codes := domain.Codes{Member: 1, List: []domain.ActivationCode{{Branch: next}}}
				return guarded(codes, rev, entries(domain.ActCodeCreated, 1))
			},
		},
		{
			"staff",
			func(ctx context.Context, s *store.Store) (string, desk.Rev, error) {
				p, rev, err := s.Staff(ctx, 3)
				if desk.IsKind(err, domain.NotFound) {
					return "", 0, nil
				}
				return p.Name, rev, err
			},
			func(next string, rev desk.Rev) desk.Change {
				staff := domain.Staff{ID: 3, Person: 3, Login: "three", Name: next, Roles: rights.Roles(rights.Clerk)}
				return guarded(staff, rev, entries(domain.ActStaffAdded, 0))
			},
		},
		{
			"counter",
			func(ctx context.Context, s *store.Store) (string, desk.Rev, error) {
				c, rev, err := s.Tally(ctx, 1)
				if len(c.HandedOut) == 0 {
					return "", rev, err
				}
				return fmt.Sprint(c.HandedOut[0]), rev, err
			},
			func(next string, rev desk.Rev) desk.Change {
				n, _ := strconv.ParseInt(next, 10, 64)
				return guarded(domain.Tally{Person: 1, HandedOut: []int64{n}}, rev, nil)
			},
		},
	}
}

func guarded(r domain.Record, rev desk.Rev, e []domain.Entry) desk.Change {
	return desk.Change{Guards: []desk.Guard{{Ref: r.Ref(), Rev: rev}}, Put: []domain.Record{r}, Entries: e}
}

// forgetful is an engine that at times reads the value before.
type forgetful struct {
	kv.Engine
	mu          sync.Mutex
	reads       int
	before, now map[string]kv.Pair
}

// Get implements kv.Engine.
func (f *forgetful) Get(ctx context.Context, key []byte) (kv.Pair, error) {
	pair, err := f.Engine.Get(ctx, key)
	f.mu.Lock()
	defer f.mu.Unlock()
	if last := f.now[string(key)]; err == nil && last.Rev != pair.Rev {
		f.before[string(key)], f.now[string(key)] = last, pair
	}
	f.reads++
	if old := f.before[string(key)]; key[0] == byte(domain.KindCodes) && old.Rev != 0 && f.reads%13 == 0 {
		return old, nil
	}
	return pair, err
}
