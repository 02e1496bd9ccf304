package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/store/memory"
	"schalter/store/seal"
	"schalter/store/storetest"
)

// invented are two migrations that no program ever had: one for all members, and
// one for all staff.
func invented() []store.Migration {
	return []store.Migration{
		{Kinds: []domain.RecordKind{domain.KindMember}, Upgrade: upgrade(func(m *domain.Member) {
			m.Address.City = strings.TrimPrefix(m.Address.City, "neu ")
			m.Address.City = "neu " + m.Address.City
		})},
		{Kinds: []domain.RecordKind{domain.KindStaff, domain.KindTally}, Upgrade: upgrade(func(m *map[int]any) {
			(*m)[200] = "new"
		})},
	}
}

// upgrade changes the plain form of a record.
func upgrade[T any](change func(*T)) func([]byte) ([]byte, error) {
	return func(plain []byte) ([]byte, error) {
		var record T
		if err := cbor.Unmarshal(plain[1:], &record); err != nil {
			return nil, err
		}
		change(&record)
		options := cbor.CoreDetEncOptions()
		options.Time = cbor.TimeRFC3339NanoUTC
		encoder, err := options.EncMode()
		if err != nil {
			return nil, err
		}
		body, err := encoder.Marshal(record)
		return append(plain[:1:1], body...), err
	}
}

// pass is a commit that goes well.
func pass(carryOut func() (uint64, error)) (uint64, error, bool) {
	rev, err := carryOut()
	return rev, err, false
}

// TestMigrationInterrupted has each commit of two migrations fail in every way, and
// the program started again or somebody logging in again. Whatever happened, each
// record is upgraded once, an older program refuses what was begun, and the journal
// verifies.
func TestMigrationInterrupted(t *testing.T) {
	const commits = 1 + 3 + 1 + 1 + 2 + 1 // begun, records, complete of both
	before := memory.New(memory.Options{})
	older := peopled(t, before)
	newer := older
	newer.Migrations = invented()
	for _, f := range commitFailures() {
		t.Run(f.name, func(t *testing.T) {
			for n := range commits {
				engine := storetest.NewFaulty(copyOf(t, before))
				faults := make([]storetest.Fault, n, n+1)
				for i := range faults {
					faults[i] = pass
				}
				engine.FailCommits(append(faults, f.fault)...)
				s := opened(t, engine, newer)
				_, err := s.Unlock(t.Context(), "writer", []byte(passphrase))
				if err == nil {
					t.Fatalf("commit %d of %d was not met", n, commits)
				}
				engine.Heal()
				if !errors.Is(err, kv.ErrClosed) {
					isRefused(t, s)
				}
				begun := schemaOf(t, s) > 1
				if _, err := store.Open(t.Context(), unclosed{engine}, older); begun != errors.Is(err, domain.Fail(0, domain.ReasonNewerSchema)) {
					t.Errorf("commit %d: the older program says %v, a migration was begun: %v", n, err, begun)
				}
				if n%2 == 0 || errors.Is(err, kv.ErrClosed) {
					s = opened(t, engine, newer)
				}
				if _, err := s.Unlock(t.Context(), "writer", []byte(passphrase)); err != nil {
					t.Fatalf("commit %d, again: %v", n, err)
				}
				checkMigrated(t, s)
			}
		})
	}
}

// copyOf is another engine with the same content.
func copyOf(t *testing.T, engine kv.Engine) kv.Engine {
	t.Helper()
	other := memory.New(memory.Options{})
	var batch kv.Batch
	flush := func() {
		if _, err := other.Import(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		batch = kv.Batch{}
	}
	for pair, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		if batch.Ops = append(batch.Ops, kv.Op{Key: pair.Key, Value: pair.Value}); len(batch.Ops) == 1000 {
			flush()
		}
	}
	flush()
	return other
}

func opened(t *testing.T, engine kv.Engine, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), unclosed{engine}, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// isRefused: nothing is written into a database that is half migrated.
func isRefused(t *testing.T, s *store.Store) {
	t.Helper()
	_, err := s.Commit(t.Context(), desk.Change{Entries: entries(domain.ActSearched, 0)})
	if !errors.Is(err, domain.Fail(0, domain.ReasonMigrationDue)) {
		t.Errorf("a change in the middle of a migration: %v", err)
	}
}

func schemaOf(t *testing.T, s *store.Store) uint32 {
	t.Helper()
	h, err := s.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h.Schema
}

// checkMigrated: all records are in the form that invented gives them, the journal
// says so of each once, and changes are taken.
func checkMigrated(t *testing.T, s *store.Store) {
	t.Helper()
	if schema := schemaOf(t, s); schema != 3 {
		t.Errorf("schema %d", schema)
	}
	checkPeople(t, s, "migrated")
	for m, err := range s.AllMembers(t.Context()) {
		if err != nil || m.Address.City != "neu " {
			t.Fatalf("member %d: %q, %v", m.ID, m.Address.City, err)
		}
	}
	counts := map[string]uint64{}
	for e, err := range s.Journal(t.Context(), desk.JournalSpan{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Act == domain.ActMigrated {
			counts[e.Object] += e.Count
		}
	}
	want := fmt.Sprint(map[string]uint64{
		"schema:2 begun": 0, "schema:2 records": manyMembers, "schema:2 complete": 0,
		"schema:3 begun": 0, "schema:3 records": 2, "schema:3 complete": 0,
	})
	if got := fmt.Sprint(counts); got != want {
		t.Errorf("the journal says %s, want %s", got, want)
	}
	commit(t, s, desk.Change{Entries: entries(domain.ActSearched, 0)})
	verify(t, s)
}

// TestMigrationCopies: the copy is a whole database that the older program opens.
// Where it cannot be made nothing is changed, and an interruption makes no other.
func TestMigrationCopies(t *testing.T) {
	dir := t.TempDir()
	createOnDisk(t, dir)
	file, folder := onDisk(dir)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := keyfolder.Open(folder, [16]byte{9})
	if err != nil {
		t.Fatal(err)
	}
	sound, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer sound.Close()
	engine := &faultyImager{Faulty: storetest.NewFaulty(sound), Imager: sound}
	copies := filepath.Join(dir, "copy.db")
	var taken []uint32
	full := errors.New("no room")
	o := store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader, Migrations: invented()}
	o.BeforeMigration = func(context.Context, uint32, *store.Image) error { return full }
	unlock := func() error {
		s, err := store.Open(t.Context(), engine, o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Unlock(t.Context(), "writer", []byte(passphrase))
		return err
	}
	if err := unlock(); err == nil {
		t.Fatal("a migration went on without a copy")
	}
	if now, err := os.ReadFile(file); err != nil || string(now) != string(before) {
		t.Errorf("a migration without a copy changed the file (%v)", err)
	}
	o.BeforeMigration = func(ctx context.Context, schema uint32, image *store.Image) error {
		taken = append(taken, schema)
		to, err := os.OpenFile(copies, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		return errors.Join(image.Write(ctx, to), to.Close())
	}
	engine.FailCommits(pass, storetest.Refuse(kv.ErrFull))
	if err := unlock(); !errors.Is(err, domain.Fail(0, domain.ReasonDiskFull)) {
		t.Fatalf("interrupted: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(taken) != "[3]" {
		t.Errorf("copies were taken before %v", taken)
	}
	s, err := openFiles(t.Context(), copies, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if schema := schemaOf(t, s); schema != 1 {
		t.Errorf("the copy has schema %d", schema)
	}
	verify(t, s)
	commit(t, s, desk.Change{Entries: entries(domain.ActSearched, 0)})
}

// faultyImager is an engine that fails and can be copied.
type faultyImager struct {
	*storetest.Faulty
	kv.Imager
}

func (faultyImager) Close() error { return nil }

// TestMigrationWaits: while people have to accept a clock that was set back, or a
// journal that is behind its anchor, a login changes nothing. After they did the
// next login migrates, before anything else is written.
func TestMigrationWaits(t *testing.T) {
	engine := memory.New(memory.Options{})
	o := peopled(t, engine)
	o.Migrations = invented()
	o.Now = func() time.Time { return noon.Add(-time.Hour) }
	s := opened(t, engine, o)
	if _, err := s.Unlock(t.Context(), "writer", []byte(passphrase)); err != nil || schemaOf(t, s) != 1 {
		t.Fatalf("while the clock is behind: schema %d, %v", schemaOf(t, s), err)
	}
	change := desk.Change{Entries: entries(domain.ActSearched, 0)}
	if _, err := s.Commit(t.Context(), change); !errors.Is(err, domain.Fail(0, domain.ReasonClockSetBack)) {
		t.Errorf("while the clock is behind: %v", err)
	}
	accepted := entries(domain.ActClockAccepted, 0)
	accepted[0].At = o.Now()
	commit(t, s, desk.Change{Accept: desk.AcceptClock, Entries: accepted})
	isRefused(t, s)
	if _, err := s.Unlock(t.Context(), "writer", []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	checkMigrated(t, s)
}

// TestMigrationTold: how far it is can be seen, and the end is reached.
func TestMigrationTold(t *testing.T) {
	engine := memory.New(memory.Options{})
	o := peopled(t, engine)
	o.Migrations = invented()[:1]
	var told []string
	o.Migrating = func(done, total int) { told = append(told, fmt.Sprintf("%d/%d", done, total)) }
	if _, err := opened(t, engine, o).Unlock(t.Context(), "writer", []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(told, " "); got != "1000/2300 2000/2300 2300/2300" {
		t.Error(got)
	}
}
