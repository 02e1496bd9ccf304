package store_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/kv"
)

const (
	readerEnv  = "SCHALTER_DAMAGE_READER" // the folder of the sound database
	damagesEnv = "SCHALTER_DAMAGES"       // how many, for make soak
	pageSize   = 4096
	people     = 120
)

// TestDamage spoils a database of all kinds of records in one place, again and
// again, and has a process of its own read everything in it, verify it and write
// to it. Whatever was spoiled: nothing kills or stops that process, nothing it
// reads is another thing than was written, and what is not as it was is named at
// the open, by the read or by verify. Where nothing is named, all that can be read
// is compared, so no effect means none.
func TestDamage(t *testing.T) {
	rounds := 300
	if n, err := strconv.Atoi(os.Getenv(damagesEnv)); err == nil {
		rounds = n
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dir := t.TempDir()
	history := realistic(t, dir)
	d := &spoiler{t: t, random: mrand.New(mrand.NewPCG(seed, 2)), history: history}
	reader := &damageReader{t: t, sound: dir}
	defer reader.stop()
	if v := reader.look(spoiled(t, dir, history[len(history)-1])); v.finding() != noEffect {
		t.Fatalf("the sound database: %+v", v)
	}
	figures := map[string]map[string]int{}
	for range rounds {
		damage, content := d.spoil()
		where := spoiled(t, dir, content)
		v := reader.look(where)
		found := v.finding()
		if figures[damage.kind] == nil {
			figures[damage.kind] = map[string]int{}
		}
		figures[damage.kind][found]++
		if strings.HasPrefix(found, "BUG") {
			t.Errorf("%s: %s: %+v", damage.text, found, v)
		}
	}
	noticed := 0
	for _, kind := range slices.Sorted(maps(figures)) {
		t.Logf("%-22s %v", kind, figures[kind])
		for found, n := range figures[kind] {
			if found != noEffect {
				noticed += n
			}
		}
	}
	if noticed < rounds/3 {
		t.Errorf("only %d of %d were noticed: do they hit anything?", noticed, rounds)
	}
}

func maps[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// spoiled writes the content of a database into a folder beside the keys of the
// sound one.
func spoiled(t *testing.T, sound string, content []byte) string {
	t.Helper()
	dir := filepath.Join(sound, "spoiled")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "s.db"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// realistic makes a database with members, codes, staff, settings, counters and a
// journal with checkpoints, and returns the file as it was on several days. The
// last one is the database.
func realistic(t *testing.T, dir string) (days [][]byte) {
	t.Helper()
	createOnDisk(t, dir)
	file, _ := onDisk(dir)
	for day := range 4 {
		s := openOnDisk(t, dir)
		work(t, s, day)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		days = append(days, used(t, file))
	}
	return days
}

// used is what of a database file is in use; the rest of it holds nothing yet.
func used(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(func(tx *bbolt.Tx) error {
		content = content[:tx.Size()]
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return content
}

// work is a day at the counter.
func work(t *testing.T, s *store.Store, day int) {
	t.Helper()
	at := noon.AddDate(0, 0, day)
	entry := func(act domain.Act, m domain.MemberID) []domain.Entry {
		return []domain.Entry{{At: at, Act: act, Outcome: domain.Done, Role: rights.Clerk, Member: m, Case: code.Case("X")}}
	}
	if day == 0 {
		var put []domain.Record
		for i := range people {
			put = append(put, domain.Member{KVNR: numberOf(100 + i), Name: domain.Name{Given: "Anna", Surname: fmt.Sprintf("Müller %d", i)}})
		}
		commit(t, s, desk.Change{Bulk: true, Put: put, Entries: entry(domain.ActMembersImported, 0)})
	}
	commit(t, s, desk.Change{Put: []domain.Record{domain.Settings{Insurer: fmt.Sprintf("Muster %d", day)}}, Entries: entry(domain.ActConfigured, 0)})
	for i := range 60 {
		id := domain.MemberID(1 + (i*7+day*13)%people)
		m, rev, err := s.Member(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		m.Address.City = fmt.Sprintf("Ort %d-%d", day, i)
		commit(t, s, desk.Change{
			Request: domain.RequestID{byte(day), byte(i)},
			Guards:  []desk.Guard{{Ref: m.Ref(), Rev: rev}},
			Put: []domain.Record{
				m,
				domain.Codes{Member: id, List: []domain.ActivationCode{{Case: code.Case("X"), Branch: strconv.Itoa(day)}}},
				domain.Staff{ID: domain.StaffID(10 + i%5), Person: domain.PersonID(10 + i%5), Login: fmt.Sprintf("p%d", i%5), Name: fmt.Sprint(day, i)},
				domain.Tally{Person: domain.PersonID(10 + i%5), HandedOut: []int64{int64(day), int64(i)}},
				domain.Answers{Member: id, Wrong: []domain.Answer{{}}},
			},
			Entries: entry(domain.ActCodeCreated, id),
			Events:  []domain.Event{{Kind: domain.EventCodeHandedOut, Member: id, At: at}},
		})
	}
	if err := s.CountAttempt(t.Context(), "anna", day, at); err != nil {
		t.Fatal(err)
	}
}

// spoiler makes damages.
type spoiler struct {
	t       *testing.T
	random  *mrand.Rand
	history [][]byte
}

type damage struct{ kind, text string }

func (d *spoiler) spoil() (damage, []byte) {
	sound := d.history[len(d.history)-1]
	content := bytes.Clone(sound)
	pages := len(content) / pageSize
	page := func(in []byte, n int) []byte { return in[n*pageSize : (n+1)*pageSize] }
	a, b := d.random.IntN(pages), d.random.IntN(pages)
	xor := byte(1 + d.random.IntN(255))
	switch d.random.IntN(12) {
	case 0, 1:
		at := d.random.IntN(len(content))
		content[at] ^= xor
		return damage{"byte flipped", fmt.Sprintf("byte %d xor %02x", at, xor)}, content
	case 2, 3: // where pages say what they are and where things lie
		at := a*pageSize + d.random.IntN(80)
		content[at] ^= xor
		return damage{"byte in a page's head", fmt.Sprintf("byte %d xor %02x", at, xor)}, content
	case 4:
		bit := byte(1) << d.random.IntN(8)
		at := d.random.IntN(len(content))
		content[at] ^= bit
		return damage{"bit flipped", fmt.Sprintf("byte %d xor %02x", at, bit)}, content
	case 5:
		copy(page(content, a), page(sound, b))
		copy(page(content, b), page(sound, a))
		return damage{"pages swapped", fmt.Sprintf("pages %d and %d", a, b)}, content
	case 6:
		copy(page(content, a), page(sound, b))
		return damage{"page twice", fmt.Sprintf("page %d into %d", b, a)}, content
	case 7:
		clear(page(content, a))
		return damage{"page of zeros", fmt.Sprintf("page %d", a)}, content
	case 8:
		size := d.random.IntN(len(content))
		return damage{"end cut off", fmt.Sprintf("at %d", size)}, content[:size]
	}
	day := d.random.IntN(len(d.history) - 1)
	if d.random.IntN(2) == 0 {
		return d.oldValue(day)
	}
	for n := a; ; n = (n + 1) % pages { // a page that is there and was different then
		if old := d.history[day]; (n+1)*pageSize <= len(old) && !bytes.Equal(page(old, n), page(content, n)) {
			copy(page(content, n), page(old, n))
			return damage{"page of an earlier day", fmt.Sprintf("page %d of day %d", n, day)}, content
		}
	}
}

// oldValue puts what was stored under one key on an earlier day back: as a page of
// that day would, or as a tool does that knows the engine. The tool can only be
// found out by the journal, so it goes for what stands there.
func (d *spoiler) oldValue(day int) (damage, []byte) {
	d.t.Helper()
	file := filepath.Join(d.t.TempDir(), "s.db")
	pairs := func(content []byte) map[string]string {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			d.t.Fatal(err)
		}
		found, err := readRaw(file)
		if err != nil {
			d.t.Fatal(err)
		}
		return found
	}
	old, last := pairs(d.history[day]), pairs(d.history[len(d.history)-1])
	kinds, tool := differences(old, last), d.random.IntN(2) == 0
	if tool {
		kinds = "mcsgh"
	}
	kind := kinds[d.random.IntN(len(kinds))]
	for key, value := range last { // in no order
		was, there := old[key]
		if key[0] != kind || there && was == value {
			continue
		}
		put := putRaw
		if tool {
			put, was = putAsTool, strings.TrimPrefix(was, was[:min(len(was), stamp)])
		}
		if err := put(d.t.Context(), file, kv.Op{Key: []byte(key), Value: []byte(was), Delete: !there}); err != nil {
			d.t.Fatal(err)
		}
		text := fmt.Sprintf("key %x of day %d, gone %v, by a tool %v", key, day, !there, tool)
		return damage{map[bool]string{true: "old value, by a tool", false: "old value"}[tool], text}, used(d.t, file)
	}
	d.t.Fatalf("nothing of kind %c has changed", kind)
	return damage{}, nil
}

// stamp is how many bytes the engine puts in front of a value.
const stamp = 16

// readRaw is what is stored, with what the engine puts in front of it.
func readRaw(file string) (map[string]string, error) {
	pairs := map[string]string{}
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			if len(name) != 1 {
				return nil
			}
			return bucket.ForEach(func(key, stored []byte) error {
				pairs[string(key)] = string(stored)
				return nil
			})
		})
	})
	return pairs, errors.Join(err, db.Close())
}

func putRaw(_ context.Context, file string, op kv.Op) error {
	db, err := bbolt.Open(file, 0o600, nil)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		if op.Delete {
			return tx.Bucket(op.Key[:1]).Delete(op.Key)
		}
		return tx.Bucket(op.Key[:1]).Put(op.Key, op.Value)
	})
	return errors.Join(err, db.Close())
}

func putAsTool(ctx context.Context, file string, op kv.Op) error {
	engine, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		return err
	}
	_, err = engine.Commit(ctx, kv.Batch{Ops: []kv.Op{op}})
	return errors.Join(err, engine.Close())
}

// verdict is what the process that reads a spoiled database answers.
type verdict struct {
	Open   string // why it was not opened
	Read   int    // reads that failed
	Wrong  string // the first that gave another thing than was written
	Check  string // what the look at the file says
	Verify string // what verifying the journal says
	Write  string // why a write failed
	Other  string // kinds of keys under which something else is stored than was written
	Died   string // where the process did not answer any more
}

const noEffect = "no effect"

func (v verdict) finding() string {
	switch {
	case v.Died != "" && v.Died != "check":
		return "BUG: killed"
	case v.Wrong != "" && v.Verify == "" && v.Check == "" && v.Died == "":
		return "BUG: wrong and unnoticed"
	case v.Open != "":
		return "at open"
	case v.Read > 0:
		return "by read"
	case v.Verify != "":
		return "by verify"
	case v.Check != "", v.Died != "":
		return "by the look at the file"
	case v.Write != "":
		return "by write"
	case v.Other != "":
		return "BUG: changed and unnoticed"
	}
	return noEffect
}

// damageReader is a process that reads one spoiled database after the other.
type damageReader struct {
	t     *testing.T
	sound string

	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string
}

func (r *damageReader) start() {
	r.t.Helper()
	r.cmd = exec.Command(os.Args[0])
	r.cmd.Env = append(os.Environ(), readerEnv+"="+r.sound)
	out, err := r.cmd.StdoutPipe()
	if err == nil {
		r.in, err = r.cmd.StdinPipe()
	}
	if err == nil {
		err = r.cmd.Start()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	lines := make(chan string)
	r.lines = lines
	go func() {
		scan := bufio.NewScanner(out)
		for scan.Scan() {
			lines <- scan.Text()
		}
		close(lines)
	}()
}

func (r *damageReader) stop() {
	if r.cmd == nil {
		return
	}
	_ = r.in.Close()
	_ = r.cmd.Process.Kill()
	for range r.lines {
	}
	_ = r.cmd.Wait() // killed
	r.cmd = nil
}

// look has a database read. The process names the step it begins, and then
// answers.
func (r *damageReader) look(dir string) verdict {
	r.t.Helper()
	if r.cmd == nil {
		r.start()
	}
	if _, err := fmt.Fprintln(r.in, dir); err != nil {
		r.t.Fatal(err)
	}
	step := "start"
	limit := time.After(30 * time.Second) // against a process that goes in circles
	for {
		select {
		case line, more := <-r.lines:
			if !more {
				r.stop()
				return verdict{Died: step}
			}
			var v verdict
			if json.Unmarshal([]byte(line), &v) == nil {
				return v
			}
			step = line
		case <-limit:
			r.stop()
			return verdict{Died: step}
		}
	}
}

// readSpoiled is that process.
func readSpoiled(sound string) error {
	ctx := context.Background()
	_, keys := onDisk(sound)
	s, err := openFiles(ctx, filepath.Join(sound, "s.db"), keys)
	if err != nil {
		return err
	}
	written, failed := readAll(ctx, s)
	if err := errors.Join(failed, s.Close()); err != nil {
		return err
	}
	stored, err := readPairs(ctx, filepath.Join(sound, "s.db"))
	if err != nil {
		return err
	}
	folders := bufio.NewScanner(os.Stdin)
	for folders.Scan() {
		v := judgeSpoiled(ctx, filepath.Join(folders.Text(), "s.db"), keys, written, stored)
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		fmt.Println(string(line))
	}
	return folders.Err()
}

func judgeSpoiled(ctx context.Context, file, keys string, written, stored map[string]string) (v verdict) {
	text := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	fmt.Println("check")
	_, err := bolt.Check(file)
	v.Check = text(err)
	fmt.Println("pairs")
	if pairs, err := readPairs(ctx, file); err == nil {
		v.Other = differences(stored, pairs)
	}
	fmt.Println("open")
	s, err := openFiles(ctx, file, keys)
	if err != nil {
		v.Open = text(err)
		return v
	}
	defer s.Close()
	fmt.Println("read")
	v.Read, v.Wrong = compare(ctx, s, written)
	fmt.Println("verify")
	_, err = s.Verify(ctx, nil, nil)
	v.Verify = text(err)
	fmt.Println("write")
	_, err = s.Commit(ctx, desk.Change{
		Put:     []domain.Record{domain.Codes{Member: 1}, domain.Tally{Person: 11}, domain.Member{KVNR: numberOf(99)}},
		Entries: []domain.Entry{{At: noon.AddDate(0, 0, 10), Act: domain.ActCodeCreated, Outcome: domain.Done, Member: 1}},
	})
	v.Write = text(err)
	return v
}

// readPairs is what the engine holds, below everything that seals and journals.
func readPairs(ctx context.Context, file string) (map[string]string, error) {
	engine, err := bolt.Open(file, bolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	pairs := map[string]string{}
	for pair, err := range engine.Range(ctx, kv.Span{}, kv.RangeOptions{}) {
		if err != nil {
			return nil, err
		}
		pairs[string(pair.Key)] = string(pair.Value)
	}
	return pairs, nil
}

// differences are the kinds of keys, each once, whose values are not the same.
func differences(a, b map[string]string) (kinds string) {
	for _, pair := range [][2]map[string]string{{a, b}, {b, a}} {
		for key, value := range pair[0] {
			if other, there := pair[1][key]; (!there || other != value) && !strings.Contains(kinds, key[:1]) {
				kinds += key[:1]
			}
		}
	}
	return kinds
}

// compare reads everything and returns how many reads failed and which one first
// gave another thing than was written.
func compare(ctx context.Context, s *store.Store, written map[string]string) (failed int, wrong string) {
	read, err := readAll(ctx, s)
	if err != nil {
		failed++
	}
	for what, was := range written {
		got, there := read[what]
		switch {
		case strings.HasPrefix(got, "failed"):
			failed++
		case !there && err == nil, there && got != was:
			wrong = what
		}
	}
	for what := range read {
		if _, known := written[what]; !known {
			wrong = what + ", which nobody wrote"
		}
	}
	return failed, wrong
}

// readAll reads every record there is by every way that leads to it. The error is
// that of the walks over many.
func readAll(ctx context.Context, s *store.Store) (map[string]string, error) {
	read := map[string]string{}
	note := func(err error, what string, args ...any) {
		got := fmt.Sprintf("%+v", args)
		if err != nil {
			got = "failed: " + err.Error()
		}
		sum := sha256.Sum256([]byte(got))
		read[what] = fmt.Sprintf("%.6s %x", got, sum[:6])
		if err != nil {
			read[what] = got
		}
	}
	for i := range people + writers {
		id := domain.MemberID(1 + i)
		m, rev, err := s.Member(ctx, id)
		note(err, fmt.Sprint("member ", id), m, rev)
		if number := m.KVNR; err == nil {
			m, rev, err = s.MemberByKVNR(ctx, number)
			note(err, fmt.Sprint("member by number ", id), m, rev)
		}
		codes, rev, err := s.Codes(ctx, id)
		note(err, fmt.Sprint("codes ", id), codes, rev)
		answers, rev, err := s.Answers(ctx, id)
		note(err, fmt.Sprint("answers ", id), answers, rev)
		cases, err := s.Cases(ctx, id, 100)
		note(err, fmt.Sprint("cases ", id), cases)
		tally, rev, err := s.Tally(ctx, domain.PersonID(id))
		note(err, fmt.Sprint("tally ", id), tally, rev)
	}
	settings, rev, err := s.Settings(ctx)
	note(err, "settings", settings, rev)
	n, last, err := s.Attempts(ctx, "anna")
	note(err, "attempts", n, last)
	var failed error
	for p, err := range s.AllStaff(ctx) {
		if err != nil {
			failed = err
			break
		}
		note(nil, fmt.Sprint("staff ", p.ID), p)
	}
	return read, errors.Join(failed, s.Loaded(ctx))
}
