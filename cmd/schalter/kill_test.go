package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	mrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/memberfile"
	"schalter/domain/practice"
	"schalter/tui/uitest"
)

// killRoundsEnv is how many rounds TestKilledCommands plays, for make soak.
const killRoundsEnv = "SCHALTER_KILL_ROUNDS"

// TestKilledCommands kills the program at random moments of every command that
// writes: imports, new staff, policy values, backups, new keys, restores. What a command had
// finished is there, of what it had not there is nothing or all (of an import, some
// people), the journal verifies, the file passes every check, and the next command
// runs as if nothing had happened.
func TestKilledCommands(t *testing.T) {
	rounds := 30
	if uitest.Racing { // a process takes ten times as long then, and kills race with nothing in it
		rounds = 12
	}
	if n, err := strconv.Atoi(os.Getenv(killRoundsEnv)); err == nil {
		rounds = n
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	k := &killer{bench: newBench(t), random: mrand.New(mrand.NewPCG(seed, 5)), takes: map[string]time.Duration{}}
	k.begin()
	type figure struct{ finished, killed, kept int }
	figures := map[string]*figure{}
	jobs := []func(round int) job{k.hireJob, k.setJob, k.importJob, k.backupJob, k.rekeyJob, k.restoreJob}
	for round := range rounds {
		j := jobs[round%len(jobs)](round)
		if figures[j.name] == nil {
			figures[j.name] = &figure{}
		}
		f, before := figures[j.name], k.state
		if finished := k.play(j); finished {
			f.finished++
		} else if f.killed++; !maps.Equal(before, k.state) {
			f.kept++
		}
	}
	killed := 0
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		f := figures[name]
		killed += f.killed
		t.Logf("%-8s finished %d, killed %d, of which something was done already in %d", name, f.finished, f.killed, f.kept)
	}
	if killed < rounds/8 {
		t.Errorf("only %d of %d commands were killed: the test sees little", killed, rounds)
	}
}

// killer is a branch whose computer is switched off all the time.
type killer struct {
	*bench
	random *mrand.Rand
	takes  map[string]time.Duration // how long a job took when it was left alone

	state  map[string]bool // what is in the database: policy, people, members
	public string          // key of backups
	backup string          // the newest whole one, and what is in it
	inside map[string]bool
}

// job is a command and what it makes of the database.
type job struct {
	name string
	args []string
	next map[string]bool
	// parts says that some of it may be done when it is killed.
	parts bool
	// after, if set, looks at what the command has left beside the database.
	after func(finished bool)
}

func (k *killer) begin() {
	k.founded()
	k.public = strings.TrimSpace(k.must("backup", "--new-identity", filepath.Join(k.home, "safe.key")))
	k.state = k.read()
	first := k.backupJob(-1)
	k.must(first.args...)
	first.after(true)
}

// play runs a job, kills it at some moment, and checks what is left. The state is
// what was found then.
func (k *killer) play(j job) (finished bool) {
	k.t.Helper()
	finished = k.run(j)
	for _, left := range []string{".restoring", ".before-restore-20260901T063000Z"} {
		if err := os.Remove(k.flags.database + left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			k.t.Fatal(err)
		}
	}
	if j.after != nil {
		j.after(finished)
	}
	k.accept(j, finished)
	now := k.read()
	switch {
	case finished && !maps.Equal(now, j.next):
		k.t.Errorf("%s was finished: %s", j.name, difference(now, j.next))
	case j.parts:
		if !allIn(k.state, now) || !allIn(now, j.next) {
			k.t.Errorf("%s was killed: %s", j.name, difference(now, j.next))
		}
	case !maps.Equal(now, k.state) && !maps.Equal(now, j.next):
		k.t.Errorf("%s was killed: neither what was nor what should be: %s", j.name, difference(now, j.next))
	}
	k.state = now
	return finished
}

// run starts a job and kills it after a while that is shorter than it takes, most
// of the time. It reports whether the job was finished before.
func (k *killer) run(j job) bool {
	k.t.Helper()
	moment := time.Duration(math.MaxInt64)
	if takes := k.takes[j.name]; takes > 0 { // the first one is measured
		moment = time.Duration(k.random.Int64N(int64(takes * 3 / 2)))
	}
	start := time.Now()
	finished, _ := k.killAfter(moment, j.args)
	if finished {
		k.takes[j.name] = time.Since(start)
	}
	return finished
}

// killAfter starts a command, kills it if it still runs after a while, and returns
// what it said.
func (k *killer) killAfter(while time.Duration, args []string) (finished bool, said string) {
	k.t.Helper()
	command := exec.Command(os.Args[0])
	command.Args = append([]string{"schalter", "--db", k.flags.database, "--keys", k.flags.keys}, args...)
	command.Env = append(os.Environ(), "HOME="+k.home, "LC_ALL=C.UTF-8", "LANG=en_US.UTF-8")
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(while, func() { _ = command.Process.Kill() })
	defer timer.Stop()
	err := command.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() >= 0 {
		k.t.Errorf("%s ended with %d: %s", args[0], exit.ExitCode(), output.String())
	}
	return err == nil, output.String()
}

// TestKilledImportGoesOn kills an import again and again, each time a little
// later, until it gets to its end. It goes on where it was, and everybody of the
// file is there, once and whole.
func TestKilledImportGoesOn(t *testing.T) {
	lines := 40_000 // five commits
	if uitest.Racing {
		lines = 16_000 // two
	}
	k := &killer{bench: newBench(t), takes: map[string]time.Duration{}}
	k.founded()
	var file bytes.Buffer
	today := calendar.Of(morning)
	if _, err := practice.Lines(&file, practice.Seed, today, lines, 0); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"--lang", "en", "member", "import", k.write("people.csv", file.String())}, k.chef()...)
	killed, wentOn := 0, 0
	for while := 200 * time.Millisecond; ; while += while / 2 {
		finished, said := k.killAfter(while, args)
		if strings.Contains(said, "goes on behind line") {
			wentOn++
		}
		if finished {
			break
		}
		killed++
		k.accept(job{name: "import"}, false)
	}
	t.Logf("killed %d times, went on %d times", killed, wentOn)
	if wentOn == 0 {
		t.Error("no import went on: the test sees little")
	}

	want := map[kvnr.KVNR]domain.Member{}
	r, err := memberfile.NewReader(&file, memberfile.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range r.Rows() {
		if err != nil || row.Rejected() {
			t.Fatal(err, row.Reject)
		}
		want[row.Member.KVNR] = row.Member
	}
	k.read() // verifies the journal and looks everybody up
	o, err := k.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := o.close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := o.store.Unlock(t.Context(), "chef", []byte(secrets["chef"])); err != nil {
		t.Fatal(err)
	}
	stored := 0
	for m, err := range o.store.AllMembers(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		stored++
		m.ID, m.Pseudonym = 0, domain.Pseudonym{}
		if !reflect.DeepEqual(m, want[m.KVNR]) {
			t.Fatalf("stored is %+v,\nwant %+v", m, want[m.KVNR])
		}
	}
	if stored != len(want) {
		t.Errorf("%d members, want %d", stored, len(want))
	}
	if state, err := o.desk.Interrupted(t.Context()); err != nil || state.At != (domain.FileMark{}) {
		t.Errorf("a finished import is told as interrupted at %+v, %v", state.At, err)
	}
}

// accept is what people do after a restore that was killed between its last two
// steps: the older journal is there, and the anchors remember the longer one. The
// program cannot know that it was wanted and writes nothing until they say so. After
// any other command that would be a fault.
func (k *killer) accept(j job, finished bool) {
	k.t.Helper()
	o, err := k.open(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() {
		if err := o.close(); err != nil {
			k.t.Error(err)
		}
	}()
	for _, login := range []string{"chef", "lead"} { // killed logins count as failed ones; here time stands still
		if err := o.store.ClearAttempts(k.t.Context(), login); err != nil {
			k.t.Error(err)
		}
	}
	if o.store.ReadOnly() == nil {
		return
	}
	if j.name != "restore" || finished {
		k.t.Errorf("after %s nothing can be written: %v", j.name, o.store.ReadOnly())
	}
	if _, err := o.store.Unlock(k.t.Context(), "chef", []byte(secrets["chef"])); err != nil {
		k.t.Fatal(err)
	}
	_, err = o.store.Commit(k.t.Context(), desk.Change{
		Accept:  desk.AcceptJournal,
		Entries: []domain.Entry{{At: morning, Act: domain.ActJournalAccepted, Outcome: domain.Done}},
	})
	if err != nil {
		k.t.Error(err)
	}
}

// read is the next start: the file passes every check, the journal verifies, and
// this is in it.
func (k *killer) read() map[string]bool {
	k.t.Helper()
	if status, out, errs := k.do("journal", "verify"); status != statusDone {
		k.t.Fatalf("verify: %d %s%s", status, out, errs)
	}
	o, err := k.open(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() {
		if err := o.close(); err != nil {
			k.t.Error(err)
		}
	}()
	if _, err := o.store.Unlock(k.t.Context(), "chef", []byte(secrets["chef"])); err != nil {
		k.t.Fatal(err)
	}
	found := map[string]bool{}
	settings, _, err := o.store.Settings(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	found["validity "+settings.CodeValidity.String()] = true
	for s, err := range o.store.AllStaff(k.t.Context()) {
		if err != nil {
			k.t.Fatal(err)
		}
		found["staff "+s.Login] = true
	}
	for id := domain.MemberID(1); ; id++ {
		m, _, err := o.store.Member(k.t.Context(), id)
		if err != nil {
			return found
		}
		if same, _, err := o.store.MemberByKVNR(k.t.Context(), m.KVNR); err != nil || same.ID != id {
			k.t.Errorf("member %d is not found by the number: %v", id, err)
		}
		found["member "+string(m.KVNR)] = true
	}
}

func (k *killer) pass(name string) string { return k.write(name+".pass", secrets[name]+"\n") }

func (k *killer) chef() []string {
	return []string{"--as", "chef", "--passphrase-file", k.pass("chef")}
}

func (k *killer) both() []string {
	return append(k.chef(), "--second", "lead", "--second-passphrase-file", k.pass("lead"))
}

// with is a state with something more.
func with(state map[string]bool, more ...string) map[string]bool {
	next := maps.Clone(state)
	for _, m := range more {
		next[m] = true
	}
	return next
}

func (k *killer) hireJob(round int) job {
	login := fmt.Sprintf("clerk%d", round)
	args := append([]string{"staff", "add", login, "--roles", "clerk", "--name", "A. Schmidt"}, k.both()...)
	return job{name: "staff", args: args, next: with(k.state, "staff "+login)}
}

func (k *killer) setJob(round int) job {
	validity := time.Duration(20+round%5000) * time.Minute
	next := with(k.state, "validity "+validity.String())
	for what := range k.state {
		if strings.HasPrefix(what, "validity ") && what != "validity "+validity.String() {
			delete(next, what)
		}
	}
	return job{name: "config", args: append([]string{"config", "set", "code_validity=" + validity.String()}, k.both()...), next: next}
}

func (k *killer) importJob(round int) job {
	const many = 400
	var members []domain.Member
	next := maps.Clone(k.state)
	for i := range many {
		first9 := fmt.Sprintf("X%08d", round*many+i)
		digit, err := kvnr.CheckDigit(first9)
		if err != nil {
			k.t.Fatal(err)
		}
		number := kvnr.KVNR(first9 + string(digit))
		members = append(members, domain.Member{KVNR: number, BirthDate: 19800101, Name: domain.Name{Given: "Anna", Surname: "Muster"}})
		next["member "+string(number)] = true
	}
	var file bytes.Buffer
	writeMembers(k.t, &file, members)
	path := k.write("people.csv", file.String())
	return job{name: "import", args: append([]string{"member", "import", path}, k.chef()...), next: next, parts: true}
}

func (k *killer) backupJob(round int) job {
	path := filepath.Join(k.home, fmt.Sprintf("backup%d", round))
	return job{
		name: "backup", args: append([]string{"backup", path, "--to", k.public}, k.chef()...), next: k.state,
		after: func(finished bool) {
			_, err := os.Stat(path)
			if finished && err != nil {
				k.t.Errorf("a finished backup: %v", err)
			}
			if err != nil {
				return
			}
			k.must("restore", path, "--identity", filepath.Join(k.home, "safe.key"), "--check")
			k.backup, k.inside = path, k.state
		},
	}
}

func (k *killer) restoreJob(int) job {
	args := append([]string{"restore", k.backup, "--identity", filepath.Join(k.home, "safe.key")}, k.both()...)
	return job{name: "restore", args: args, next: k.inside}
}

// rekeyJob changes every key and no record. Killed, it is taken up by the next one.
func (k *killer) rekeyJob(int) job {
	return job{name: "rekey", args: append([]string{"rekey"}, k.both()...), next: k.state}
}

// allIn reports whether all of a is in b.
func allIn(a, b map[string]bool) bool {
	for what := range a {
		if !b[what] {
			return false
		}
	}
	return true
}

// difference names what is there and should not be, and the other way round; not
// all of it.
func difference(now, want map[string]bool) string {
	var b strings.Builder
	named := 0
	for _, pair := range []struct {
		what string
		a, b map[string]bool
	}{{"there", now, want}, {"missing", want, now}} {
		for what := range pair.a {
			if !pair.b[what] && named < 6 {
				fmt.Fprintf(&b, "%s: %s; ", pair.what, what)
				named++
			}
		}
	}
	return b.String()
}
