package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"schalter/cmd/internal/filecheck"
	"schalter/store/seal"
	"schalter/tui/words"
)

func TestMain(m *testing.M) {
	filecheck.Child()
	testscript.Main(m, map[string]func(){
		"schalter":      func() { os.Exit(scriptProgram().run(context.Background(), os.Args[1:])) },
		"schalter-full": func() { os.Exit(runOnFullDisk()) },
		"schalter-hold": func() { os.Exit(scriptProgram().holdForOthers()) },
	})
}

// morning is when every test takes place.
var morning = time.Date(2026, 9, 1, 8, 30, 0, 0, time.FixedZone("CEST", 2*60*60))

// scriptTime is morning, or what a script sets TEST_NOW to.
func scriptTime() time.Time {
	if at, err := time.Parse(time.RFC3339, os.Getenv("TEST_NOW")); err == nil {
		return at
	}
	return morning
}

// scriptProgram is the program as it is, but for its clock and for passphrases
// that cost little to try.
func scriptProgram() *program {
	p := newProgram()
	p.now = scriptTime
	p.slots = seal.Practice()
	p.build = build{Version: "1.2.3", Commit: "abcdef0", Date: "2026-09-01T08:30:00+02:00"}
	return p
}

// holdForOthers is the counter without its screen: it holds the database until
// it is told to end.
func (p *program) holdForOthers() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	p.texts = words.For(words.German)
	o, err := p.open(ctx)
	if err != nil {
		return p.report(err)
	}
	end := p.serveCommands(o)
	<-ctx.Done()
	return p.report(errors.Join(end(), o.close()))
}

// bench is a program in this process, with everything it says in buffers.
type bench struct {
	*program
	t        *testing.T
	home     string
	out, err bytes.Buffer
}

func newBench(t *testing.T) *bench {
	b := &bench{program: scriptProgram(), t: t, home: t.TempDir()}
	b.stdin = bytes.NewReader(nil)
	b.terminal = nobody{}
	b.getenv = func(name string) string {
		if name == "HOME" {
			return b.home
		}
		return ""
	}
	b.flags = flags{database: filepath.Join(b.home, "data", "schalter.db"), keys: filepath.Join(b.home, "keys")}
	return b
}

// do runs one command line and returns its status and what it printed.
func (b *bench) do(args ...string) (status int, out, errs string) {
	b.t.Helper()
	b.out.Reset()
	b.err.Reset()
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	args = append([]string{"--db", b.flags.database, "--keys", b.flags.keys}, args...)
	p.flags = flags{}
	return p.run(b.t.Context(), args), b.out.String(), b.err.String()
}

// write makes a file with the mode of a secret.
func (b *bench) write(name, content string) string {
	b.t.Helper()
	path := filepath.Join(b.home, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// found makes a database with an admin and a supervisor, chef and lead.
func (b *bench) founded() {
	b.t.Helper()
	status, _, errs := b.do(append([]string{
		"init",
		"--passphrase-file", b.write("chef.pass", secrets["chef"]+"\n"),
		"--second-passphrase-file", b.write("lead.pass", secrets["lead"]+"\n"),
	}, founding...)...)
	if status != statusDone {
		b.t.Fatalf("init: %d %s", status, errs)
	}
}

// founding are the options of init in tests.
var founding = []string{
	"--insurer", "Muster BKK", "--ik", "109979978", "--app-host", "app.muster.de",
	"--branch", "Würzburg|0931 1234567|Platz 1,Platz 2",
	"--admin", "chef", "--admin-name", "C. Chef", "--supervisor", "lead", "--supervisor-name", "L. Leitung",
}

// secrets are the passphrases of the people in tests.
var secrets = map[string]string{
	"chef":  "chef hat eine lange passphrase",
	"lead":  "lead hat eine andere passphrase",
	"anna":  "anna hat noch eine passphrase",
	"otto":  "otto hat auch eine passphrase",
	"karl":  "karl hat die vierte passphrase",
	"wrong": "das ist nicht die richtige",
}

// nobody is no terminal.
type nobody struct{}

func (nobody) Screen() bool                                   { return false }
func (nobody) Size() (int, int)                               { return 0, 0 }
func (nobody) Asks() bool                                     { return false }
func (nobody) Watched() bool                                  { return false }
func (nobody) Line(context.Context, string) (string, error)   { return "", errNobody }
func (nobody) Secret(context.Context, string) ([]byte, error) { return nil, errNobody }
