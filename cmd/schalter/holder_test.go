//go:build linux || darwin

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/cobra"

	"schalter/cmd/internal/control"
	"schalter/cmd/internal/pcsc"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/practice"
	"schalter/domain/rights"
	"schalter/store/bolt"
	"schalter/tui/words"
)

// beside is a bench whose database a counter of this process holds.
func beside(t *testing.T) (b *bench, o *opened) {
	t.Helper()
	b = newBench(t)
	b.founded()
	return b, b.hold()
}

// hold opens the database as the counter does and runs the commands of others.
func (b *bench) hold() *opened {
	b.t.Helper()
	p := *b.program
	p.texts = words.For(words.German)
	p.stderr = &lockedBuffer{}
	o, err := p.open(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	stop := p.serveCommands(o)
	b.t.Cleanup(func() {
		if err := errors.Join(stop(), o.close()); err != nil {
			b.t.Error(err)
		}
	})
	if text := p.stderr.(*lockedBuffer).String(); text != "" {
		b.t.Errorf("no socket: %s", text)
	}
	return o
}

// lockedBuffer may be written by several at once.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// as are the options of who acts.
func (b *bench) as(who string) []string {
	return []string{"--as", who, "--passphrase-file", b.write(who+".pass", secrets[who]+"\n")}
}

// TestBeside: commands run in the holder as they run alone, with the same output
// and status.
func TestBeside(t *testing.T) {
	b := newBench(t)
	b.founded()
	chef, lead := b.as("chef"), b.as("lead")
	lines := [][]string{
		append([]string{"staff", "list"}, chef...),
		append([]string{"staff", "list", "--json"}, chef...),
		append([]string{"config", "show", "--lang", "en"}, chef...),
		append([]string{"member", "find", "Müller"}, lead...),
		append([]string{"member", "find", "Müller"}, chef...), // refused
		append([]string{"member", "show", "kvnr"}, chef...),   // refused
		{"staff", "list", "--as", "chef", "--passphrase-file", b.write("wrong.pass", secrets["wrong"])},
		{"staff", "list", "--as", "chef", "--passphrase-file", filepath.Join(b.home, "missing")},
		{"staff", "list"},
		{"staff", "list", "--nonsense"},
		{"staff"},
	}
	type result struct {
		status    int
		out, errs string
	}
	var alone []result
	for _, args := range lines {
		status, out, errs := b.do(args...)
		alone = append(alone, result{status, out, errs})
	}
	o := b.hold()
	before := head(t, o)
	for i, args := range lines {
		status, out, errs := b.do(args...)
		if got := (result{status, out, errs}); got != alone[i] {
			t.Errorf("%v: %+v, alone %+v", args, got, alone[i])
		}
	}
	if after := head(t, o); after == before {
		t.Error("nothing was journalled in the holder")
	}
	if status, out, errs := b.do("journal", "verify"); status != statusDone || !strings.Contains(out, "unversehrt") {
		t.Errorf("verify: %d %s %s", status, out, errs)
	}
}

// head is how long the journal is, as the holder has it.
func head(t *testing.T, o *opened) int64 {
	t.Helper()
	r, err := o.store.Verify(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Size
}

// TestImportBeside: 20,000 members come in, with progress and a report beside
// the file, while the holder commits and others look.
func TestImportBeside(t *testing.T) {
	b, o := beside(t)
	const people = 20_000
	var file bytes.Buffer
	if _, err := practice.Lines(&file, practice.Seed, calendar.Of(morning), people, 0.01); err != nil {
		t.Fatal(err)
	}
	b.write("people.csv", file.String())
	b.terminal = watcher{}
	lead, err := o.desk.Login(t.Context(), desk.Credentials{Login: "lead", Passphrase: []byte(secrets["lead"])}, desk.Place{Channel: rights.Counter})
	if err != nil {
		t.Fatal(err)
	}
	stop, locked := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		defer func() { locked <- n }()
		for ; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := o.desk.Lock(context.Background(), lead); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	report := filepath.Join(b.home, "abgelehnt.csv")
	status, out, errs := b.do(append([]string{"member", "import", filepath.Join(b.home, "people.csv"), "--report", report}, b.as("chef")...)...)
	close(stop)
	if n := <-locked; n < 20 {
		t.Errorf("the holder committed %d times meanwhile", n)
	}
	if status != statusDone || !strings.Contains(out, "Bericht: "+report) || !strings.Contains(out, "0 geändert") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	if strings.Count(errs, eraseLine) < 3 || !strings.HasSuffix(errs, eraseLine) {
		t.Errorf("progress: %q", errs)
	}
	text, err := os.ReadFile(report)
	if rejected := strings.Count(string(text), "\n"); err != nil || rejected < 100 || rejected > 400 {
		t.Errorf("a report of %d lines, %v", rejected, err)
	}
	if status, out, errs := b.do("journal", "verify"); status != statusDone {
		t.Errorf("verify: %d %s %s", status, out, errs)
	}
}

// TestPipesBeside: standard input and what only this side can open go over.
func TestPipesBeside(t *testing.T) {
	b, _ := beside(t)
	b.stdin = strings.NewReader("kvnr;given_names;surname;birth_date\nA123456780;Anna;Müller;1962-03-14\nX110411675;Eva;Kein;nie\n")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.WriteString(w, secrets["chef"]+"\n"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	status, out, errs := b.do("member", "import", "-", "--as", "chef", "--passphrase-file", fmt.Sprintf("/dev/fd/%d", r.Fd()))
	if status != statusDone || !strings.Contains(out, "1 neu") || !strings.Contains(errs, "3;birth_date;") {
		t.Errorf("%d %s %s", status, out, errs)
	}
}

// asked answers prompts.
type asked struct {
	nobody
	answers map[string]string
	prompts *[]string
}

func (asked) Asks() bool { return true }

func (a asked) Secret(_ context.Context, prompt string) ([]byte, error) {
	*a.prompts = append(*a.prompts, prompt)
	return []byte(a.answers[prompt]), nil
}

// TestPromptsBeside: passphrases are asked for where the command was typed.
func TestPromptsBeside(t *testing.T) {
	b, _ := beside(t)
	var prompts []string
	b.terminal = asked{answers: map[string]string{
		"Passphrase von chef": secrets["chef"], "Passphrase der zweiten Person, lead": secrets["lead"],
	}, prompts: &prompts}
	status, out, errs := b.do("staff", "add", "anna", "--name", "Anna Neu", "--roles", "clerk", "--as", "chef", "--second", "lead")
	if status != statusDone || len(strings.TrimSpace(out)) != 23 || len(prompts) != 2 {
		t.Errorf("%d %q %s %q", status, out, errs, prompts)
	}
}

// TestInterruptedBeside: ctrl+c ends the command in the holder, which says what
// it says alone.
func TestInterruptedBeside(t *testing.T) {
	b, _ := beside(t)
	ctx, cancel := context.WithCancel(t.Context())
	first := true
	b.stdin = readerFunc(func(to []byte) (int, error) {
		if first {
			first = false
			return copy(to, "kvnr;given_names;surname;birth_date\n"), nil
		}
		cancel() // while the file is read
		return copy(to, "A123456780;Anna;Müller;1962-03-14\n"), io.EOF
	})
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	status := p.run(ctx, append([]string{"--db", b.flags.database, "--keys", b.flags.keys, "member", "import", "-"}, b.as("chef")...))
	if errs := b.err.String(); status != statusRefused || !strings.Contains(errs, "abgebrochen") || !strings.Contains(errs, "noch einmal starten") {
		t.Errorf("%d %q", status, errs)
	}
	if status, _, errs := b.do("journal", "verify"); status != statusDone {
		t.Errorf("the holder goes on: %d %s", status, errs)
	}
}

// TestHolderEndsCommand: a command whose counter ends says so; one that waits for
// a pipe is not waited for long.
func TestHolderEndsCommand(t *testing.T) {
	for _, r := range []struct {
		reason, says string
		args         []string
	}{
		{"at a prompt", "hint: Der Schalter, in dem der Befehl lief, wurde beendet.", []string{"staff", "list", "--as", "chef"}},
		{"at a pipe", "Der Schalter, in dem der Befehl lief, ist nicht mehr da.", []string{"member", "import", "-", "--as", "chef"}},
	} {
		b := newBench(t)
		b.founded()
		p := *b.program
		p.texts = words.For(words.German)
		o, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		stop := p.serveCommands(o)
		ended := make(chan error, 1)
		end := func() { ended <- stop() }
		b.terminal = ending{end: end}
		b.stdin = readerFunc(func([]byte) (int, error) { go end(); select {} }) // nobody writes into it
		status, out, errs := b.do(r.args...)
		if status != statusRefused || out != "" || !strings.Contains(errs, r.says) {
			t.Errorf("%s: %d %q %s", r.reason, status, out, errs)
		}
		if err := errors.Join(<-ended, o.close()); err != nil {
			t.Error(err)
		}
		if status, _, errs := b.do("journal", "verify"); status != statusDone {
			t.Errorf("%s: afterwards: %d %s", r.reason, status, errs)
		}
	}
}

// ending is a terminal at which the counter ends while a passphrase is typed.
type ending struct {
	nobody
	end func()
}

func (ending) Asks() bool { return true }

func (e ending) Secret(ctx context.Context, _ string) ([]byte, error) {
	go e.end()
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestSecondCounter: it names who holds the database and does not go through the
// socket.
func TestSecondCounter(t *testing.T) {
	b, _ := beside(t)
	b.terminal = drawn{}
	getenv := b.getenv
	b.getenv = func(name string) string {
		if name == "TERM" {
			return "xterm-256color"
		}
		return getenv(name)
	}
	status, out, errs := b.do()
	if status != statusRefused || out != "" || !strings.Contains(errs, fmt.Sprintf("Prozess %d", os.Getpid())) || !strings.Contains(errs, "hint: Befehle wie") {
		t.Errorf("%d %q %s", status, out, errs)
	}
}

// TestHereOnly: commands that need no database never ask for the holder, and it
// runs none of them.
func TestHereOnly(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.German)
	known := map[string]bool{}
	root := b.rootCommand()
	each(root, func(c *cobra.Command) { known[c.CommandPath()] = true })
	for _, path := range hereOnly() {
		if !known[path] {
			t.Errorf("there is no %q", path)
		}
	}
	database := filepath.Join(t.TempDir(), "x.db")
	server, err := control.Listen(control.Path(database), control.Config{
		Version: b.build.identity(),
		Run:     func(context.Context, *control.Session) int { t.Error("ran in the holder"); return 0 },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	b.flags.database = database
	for _, args := range [][]string{
		{"version"},
		{"policy"},
		{"check", "kvnr", "A123456780"},
		{"help"},
		{"staff", "list", "--help"},
		{"completion", "bash"},
		{"staff"},
		{"staff", "list", "--nonsense"},
	} {
		b.do(args...)
	}
}

// TestNoneFailsBeside: whatever can be typed beside a counter ends in words of its
// own, there or here.
func TestNoneFailsBeside(t *testing.T) {
	b, _ := beside(t)
	b.cards = func(context.Context) (pcsc.Service, error) { return nil, errors.New("no service") }
	b.texts = words.For(words.German)
	internal := b.domainFailure(errPanic).what
	for _, path := range commandPaths(b) {
		if slices.Contains(path, "watch") {
			continue // until somebody ends it
		}
		for _, args := range [][]string{path, append(slices.Clone(path), b.as("chef")...)} {
			status, _, errs := b.do(args...)
			if strings.Contains(errs, internal) {
				t.Errorf("%v: %d %s", args, status, errs)
			}
		}
	}
}

// TestFaultBeside: a fault of the program while a command waits for input ends
// that command, not the counter it runs in.
func TestFaultBeside(t *testing.T) {
	b := newBench(t)
	b.founded()
	p := *b.program
	p.stdin = readerFunc(func([]byte) (int, error) { panic("A123456780") })
	p.stdout, p.stderr = &b.out, &b.err
	status := p.run(t.Context(), append([]string{"--db", b.flags.database, "--keys", b.flags.keys, "member", "find", "-"}, b.as("lead")...))
	if errs := b.err.String(); status != statusRefused || !strings.Contains(errs, "Interner Fehler") || strings.Contains(errs, "A123456780") {
		t.Errorf("%d %s", status, errs)
	}
}

// TestForeignRequests: a client that is none of ours gets no screen, no new
// database and no practice in the holder.
func TestForeignRequests(t *testing.T) {
	b, _ := beside(t)
	for _, args := range [][]string{
		{},
		{"demo"},
		{"init"},
		{"version"},
		{"--db", "elsewhere.db"},
		{"init", "--insurer", "I", "--ik", "109979978", "--app-host", "a.de", "--branch", "B||1", "--db", filepath.Join(b.home, "new.db")},
	} {
		b.err.Reset()
		conn, err := control.Dial(t.Context(), control.Path(b.flags.database), b.build.identity())
		if err != nil {
			t.Fatal(err)
		}
		status, err := conn.Run(t.Context(), control.Request{Args: args}, control.Near{
			Stdin: b.stdin, Stdout: &b.out, Stderr: &b.err, Files: ownFiles{}, Asker: nearAsker{nobody{}},
		})
		if err != nil || status != statusUsage || !strings.HasPrefix(b.err.String(), "schalter: ") {
			t.Errorf("%q: %d, %v, %s", args, status, err, b.err.String())
		}
	}
}

// TestOtherVersion: a command of another version is refused with both named.
func TestOtherVersion(t *testing.T) {
	b, _ := beside(t)
	b.build.Version = "1.2.4"
	status, _, errs := b.do(append([]string{"staff", "list"}, b.as("chef")...)...)
	if status != statusRefused || !strings.Contains(errs, "1.2.3 abcdef0") || !strings.Contains(errs, "1.2.4 abcdef0") {
		t.Errorf("%d %s", status, errs)
	}
}

// TestControlFailures: each way in which the holder cannot be used has its
// words in both languages.
func TestControlFailures(t *testing.T) {
	b := newBench(t)
	for _, language := range []words.Language{words.German, words.English} {
		b.texts = words.For(language)
		seen := map[string]bool{}
		for _, err := range []error{
			&control.VersionError{Holder: "x"}, control.ErrOtherUser, control.ErrBusy, control.ErrSilent, control.ErrLost, control.ErrTooLong,
		} {
			f := b.explain(fmt.Errorf("wrapped: %w", err))
			if seen[f.what] || f.what == b.domainFailure(errPanic).what {
				t.Errorf("%v: %q", err, f.what)
			}
			seen[f.what] = true
		}
		for _, err := range []error{control.ErrTooLong, control.ErrInTheWay, os.ErrPermission} {
			f := b.noSocket(err)
			if seen[f.what] || f.hint == "" {
				t.Errorf("%v: %q", err, f.what)
			}
			seen[f.what] = true
		}
	}
}

// TestHeldWithoutSocket: a process that holds the file and does not listen is
// named as before.
func TestHeldWithoutSocket(t *testing.T) {
	b := newBench(t)
	b.founded()
	engine, err := bolt.Open(b.flags.database, bolt.Options{Holder: bolt.Holder{User: "kasse"}})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	status, _, errs := b.do(append([]string{"staff", "list"}, b.as("chef")...)...)
	if status != statusRefused || !strings.Contains(errs, "Benutzer kasse") {
		t.Errorf("%d %s", status, errs)
	}
}
