package store_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/seal"
)

const (
	carelessEnv = "SCHALTER_CARELESS_FILE" // the file that a child writes without syncing
	writerEnv   = "SCHALTER_CRASH_WRITER"  // the folder a child writes in
	roundsEnv   = "SCHALTER_CRASH_ROUNDS"  // how many rounds, for make soak
	writers     = 6
	passphrase  = "korrekt pferd batterie"
)

// TestMain plays the part that a test gives its child, or runs the tests.
func TestMain(m *testing.M) {
	for variable, play := range parts() {
		if argument := os.Getenv(variable); argument != "" {
			if err := play(argument); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	os.Exit(m.Run())
}

// parts are what a child can be told to do, by the variable that tells it so.
func parts() map[string]func(argument string) error {
	return map[string]func(string) error{
		writerEnv:   writeUntilKilled,
		readerEnv:   readSpoiled,
		carelessEnv: writeCarelessly,
	}
}

// TestKill lets a process write all kinds of changes and kills it in the middle,
// again and again on the same file. After each round every change it had
// acknowledged is there, none is there by half, and the journal verifies.
func TestKill(t *testing.T) {
	rounds := 50
	if n, err := strconv.Atoi(os.Getenv(roundsEnv)); err == nil {
		rounds = n
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := mrand.New(mrand.NewPCG(seed, 1))
	dir := t.TempDir()
	createOnDisk(t, dir)
	acked := make([]int, writers)
	total := 0
	for round := range rounds {
		before := sum(acked)
		killWriter(t, dir, time.Duration(5+random.IntN(60))*time.Millisecond, acked)
		total += sum(acked) - before
		s := openOnDisk(t, dir)
		for w := range writers {
			checkWriter(t, s, w, acked[w])
			acked[w] = written(t, s, w) // what survived unacknowledged is there now, too
		}
		if _, err := s.Verify(t.Context(), nil, nil); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if total < rounds {
		t.Fatalf("only %d changes were acknowledged in %d rounds: the test saw nothing", total, rounds)
	}
	t.Logf("%d rounds, %d changes acknowledged, none lost", rounds, total)
}

func sum(ns []int) (total int) {
	for _, n := range ns {
		total += n
	}
	return total
}

// killWriter runs a child, notes what it acknowledges, and kills it after a
// while of its first acknowledgement.
func killWriter(t *testing.T, dir string, after time.Duration, acked []int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), writerEnv+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var timer *time.Timer
	for lines.Scan() {
		if timer == nil {
			timer = time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
		var w, n int
		if _, err := fmt.Sscanf(lines.Text(), "%d %d", &w, &n); err == nil {
			acked[w] = max(acked[w], n)
		}
	}
	_ = child.Wait() // killed, as intended
	if timer == nil {
		t.Fatal("the writer acknowledged nothing")
	}
}

// checkWriter: the member and the codes of a writer were written together and
// carry the same number, at least the last one acknowledged and at most the next.
func checkWriter(t *testing.T, s *store.Store, w, acked int) {
	t.Helper()
	n := written(t, s, w)
	if n < acked || n > acked+1 {
		t.Fatalf("writer %d: %d is stored, %d was acknowledged", w, n, acked)
	}
	codes, _, err := s.Codes(t.Context(), domain.MemberID(w+1))
	if err != nil {
		t.Fatal(err)
	}
	if n > 0 && (len(codes.List) != 1 || codes.List[0].Branch != strconv.Itoa(n)) {
		t.Fatalf("writer %d: half a change: the member says %d, the codes %+v", w, n, codes.List)
	}
}

func written(t *testing.T, s *store.Store, w int) int {
	t.Helper()
	m, _, err := s.Member(t.Context(), domain.MemberID(w+1))
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(m.Address.HouseNumber)
	return n
}

func onDisk(dir string) (file, keys string) {
	return filepath.Join(dir, "s.db"), filepath.Join(dir, "keys")
}

func createOnDisk(t *testing.T, dir string) {
	t.Helper()
	file, folder := onDisk(dir)
	id := [16]byte{9}
	keys, err := keyfolder.Create(folder, id, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Create(file, bolt.Options{StoreID: id})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(t.Context(), engine, store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	slot, err := s.NewSlot(t.Context(), "writer", 1, []byte(passphrase), false)
	if err != nil {
		t.Fatal(err)
	}
	records := []domain.Record{slot, domain.Staff{ID: 1, Person: 1, Login: "writer", Roles: rights.Roles(rights.Clerk)}}
	for w := range writers {
		records = append(records, domain.Member{KVNR: numberOf(w)})
	}
	founded := domain.Entry{At: time.Now().UTC(), Act: domain.ActStaffAdded, Outcome: domain.Done}
	commit(t, s, desk.Change{Put: records, Entries: []domain.Entry{founded}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func numberOf(w int) kvnr.KVNR {
	first9 := fmt.Sprintf("X%08d", w+1)
	digit, err := kvnr.CheckDigit(first9)
	if err != nil {
		panic(err)
	}
	return kvnr.KVNR(first9 + string(digit))
}

func openOnDisk(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := openFolder(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openFolder(ctx context.Context, dir string) (*store.Store, error) {
	file, folder := onDisk(dir)
	return openFiles(ctx, file, folder)
}

// openFiles opens a database and unlocks it.
func openFiles(ctx context.Context, file, folder string) (*store.Store, error) {
	keys, err := keyfolder.Open(folder, [16]byte{9})
	if err != nil {
		return nil, err
	}
	engine, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, engine, store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader})
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	if _, err := s.Unlock(ctx, "writer", []byte(passphrase)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// writeUntilKilled is the child: several writers change what is theirs together
// with the journal, an outbox event and an operational record, and one imports.
func writeUntilKilled(dir string) error {
	ctx := context.Background()
	s, err := openFolder(ctx, dir)
	if err != nil {
		return err
	}
	var out sync.Mutex
	failed := make(chan error)
	for w := range writers {
		go func() { failed <- writeOn(ctx, s, w, &out) }()
	}
	go func() { failed <- importOn(ctx, s) }()
	return <-failed
}

func writeOn(ctx context.Context, s *store.Store, w int, out *sync.Mutex) error {
	id := domain.MemberID(w + 1)
	for {
		m, rev, err := s.Member(ctx, id)
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(m.Address.HouseNumber)
		n++
		m.Address.HouseNumber = strconv.Itoa(n)
		now := time.Now().UTC()
		_, err = s.Commit(ctx, desk.Change{
			Guards: []desk.Guard{{Ref: m.Ref(), Rev: rev}},
			Put: []domain.Record{
				m,
				domain.Codes{Member: id, List: []domain.ActivationCode{{Case: code.Case("X"), Branch: strconv.Itoa(n)}}},
				domain.Tally{Person: domain.PersonID(id), HandedOut: []int64{int64(n)}},
			},
			Entries: []domain.Entry{{At: now, Act: domain.ActCodeCreated, Outcome: domain.Done, Member: id}},
			Events:  []domain.Event{{Kind: domain.EventCodeHandedOut, Member: id, At: now}},
		})
		if err != nil {
			return err
		}
		out.Lock()
		_, err = fmt.Printf("%d %d\n", w, n)
		out.Unlock()
		if err != nil {
			return errors.Join(err, io.ErrClosedPipe)
		}
	}
}

// importOn brings new members in bulk, beside the others.
func importOn(ctx context.Context, s *store.Store) error {
	for i := 0; ; i++ {
		var put []domain.Record
		for range 20 {
			put = append(put, domain.Member{KVNR: numberOf(1000 + mrand.IntN(90_000_000))})
		}
		e := domain.Entry{At: time.Now().UTC(), Act: domain.ActMembersImported, Outcome: domain.Done, Count: 20}
		_, err := s.Commit(ctx, desk.Change{Bulk: true, Put: put, Entries: []domain.Entry{e}})
		if err != nil && !desk.IsKind(err, domain.Conflict) {
			return err
		}
	}
}

const carelessBucket = "b"

// writeCarelessly commits numbers without waiting for the disk, and says each.
func writeCarelessly(file string) error {
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		err := db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte(carelessBucket))
			if err != nil {
				return err
			}
			return bucket.Put([]byte("last"), []byte(strconv.Itoa(n)))
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}
