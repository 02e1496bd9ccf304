package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"

	"schalter/cmd/internal/control"
	"schalter/domain/practice"
	"schalter/store/bolt"

	calendar "schalter/domain/date"
)

// TestScripts runs the stories of testdata/script, each in a directory and with
// an environment of its own: data/schalter.db, keys, and a file NAME.pass for
// each of the people in secrets. Beside the commands of testscript there are
//
//	done ARG…      schalter ends with 0
//	refused ARG…   with 1 and two lines on standard error
//	failed ARG…    with 1 and nothing on standard error: a check failed
//	usage ARG…     with 2 and two lines on standard error
//	found          makes a database with the admin chef and the supervisor lead
//	hire LOGIN ROLE   adds a login with the passphrase of LOGIN.pass
//	listening      waits until the counter of schalter-hold serves commands
//	decided YEAR KVNR…  anna enters booklets of 30 euros, otto decides them
//	proven PROOF CLEAR KEY  the proof holds, checked without us, and not a byte changed
//	hold, release  this process holds the database, and lets go of it
//	people FILE N SHARE  writes an import file of N lines, a share of them wrong
//	readme SECTION FILE  writes what a section of the README says to type
//	raw FILE       turns lines of \x escapes into bytes
//	shorten FILE N    cuts a file off behind N bytes
//	spoil FILE N   changes the byte at N
//	json           standard output is JSON, a value a line
//
// ARG… may begin with a person (chef, chef+lead): who acts, and the second
// person. After every run, nothing printed may act on a terminal or hold a
// passphrase.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		RequireUniqueNames: true,
		Setup:              setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"done":      func(ts *testscript.TestScript, _ bool, args []string) { ends(ts, statusDone, args) },
			"refused":   func(ts *testscript.TestScript, _ bool, args []string) { complains(ts, statusRefused, args) },
			"failed":    failed,
			"usage":     func(ts *testscript.TestScript, _ bool, args []string) { complains(ts, statusUsage, args) },
			"found":     func(ts *testscript.TestScript, _ bool, _ []string) { foundIn(ts) },
			"hire":      hire,
			"listening": listening,
			"hold":      hold,
			"decided":   decided,
			"release":   release,
			"proven":    proven,
			"people":    people,
			"raw":       raw,
			"readme":    readme,
			"shorten":   shorten,
			"spoil":     spoil,
			"json":      isJSON,
		},
	})
}

func setUp(env *testscript.Env) error {
	env.Setenv("GORACE", os.Getenv("GORACE")) // how the race detector is set, where there is one
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	env.Setenv("README", filepath.Join(root, "README.md"))
	env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
	env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
	env.Setenv("TERM", "xterm-256color")
	env.Values[held{}] = new(*bolt.Engine)
	for name, secret := range secrets {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name+".pass"), []byte(secret+"\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// databaseIn is where a script's database lies.
func databaseIn(ts *testscript.TestScript) string { return ts.MkAbs("data/schalter/schalter.db") }

// people who act, put in front of the arguments as options.
func persons(args []string) []string {
	if len(args) == 0 {
		return args
	}
	who, second, two := strings.Cut(args[0], "+")
	if _, known := secrets[who]; !known {
		return args
	}
	full := append(slices.Clone(args[1:]), "--as", who, "--passphrase-file", who+".pass")
	if two {
		full = append(full, "--second", second, "--second-passphrase-file", second+".pass")
	}
	return full
}

// run runs schalter and returns its status. Whatever it was asked, nothing
// personal to the process and nothing that acts on a terminal is printed.
func run(ts *testscript.TestScript, program string, args []string) int {
	err := ts.Exec(program, persons(args)...)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		ts.Fatalf("%v", err)
	}
	for _, stream := range []string{"stdout", "stderr"} {
		checkPrinted(ts, stream, ts.ReadFile(stream))
	}
	if exit == nil {
		return statusDone
	}
	return exit.ExitCode()
}

func checkPrinted(ts *testscript.TestScript, stream, text string) {
	for i, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) || r == unicode.ReplacementChar {
			ts.Fatalf("%s has %U at %d", stream, r, i)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			ts.Fatalf("%s holds a passphrase", stream)
		}
	}
	if strings.Contains(text, "goroutine") || strings.Contains(text, "panic") {
		ts.Fatalf("%s shows a stack", stream)
	}
}

func programOf(args []string) (string, []string) {
	if len(args) > 0 && args[0] == "full-disk" {
		return "schalter-full", args[1:]
	}
	return "schalter", args
}

func ends(ts *testscript.TestScript, want int, args []string) {
	program, args := programOf(args)
	if got := run(ts, program, args); got != want {
		ts.Fatalf("status %d, want %d", got, want)
	}
}

// complains wants what happened and, nearly always, a hint.
func complains(ts *testscript.TestScript, want int, args []string) {
	ends(ts, want, args)
	text := strings.TrimSuffix(ts.ReadFile("stderr"), "\n")
	lines := strings.Split(text, "\n")
	for len(lines) > 2 && !strings.HasPrefix(lines[0], "schalter: ") {
		lines = lines[1:] // a report stands before
	}
	if len(lines) > 2 || !strings.HasPrefix(lines[0], "schalter: ") || len(lines) == 2 && !strings.HasPrefix(lines[1], "hint: ") {
		ts.Fatalf("standard error is not what happened and a hint:\n%s", text)
	}
}

func failed(ts *testscript.TestScript, _ bool, args []string) {
	ends(ts, statusRefused, args)
	if text := ts.ReadFile("stderr"); text != "" {
		ts.Fatalf("standard error: %s", text)
	}
}

func foundIn(ts *testscript.TestScript) {
	ends(ts, statusDone, append([]string{"init", "--passphrase-file", "chef.pass", "--second-passphrase-file", "lead.pass"}, founding...))
}

func hire(ts *testscript.TestScript, _ bool, args []string) {
	login, role := args[0], args[1]
	ends(ts, statusDone, []string{"chef+lead", "staff", "add", login, "--roles", role, "--name", "A. Neu"})
	oneTime := ts.MkAbs(login + ".once")
	ts.Check(os.WriteFile(oneTime, []byte(ts.ReadFile("stdout")), 0o600))
	ends(ts, statusDone, []string{"staff", "passwd", "--as", login, "--passphrase-file", oneTime, "--new-passphrase-file", login + ".pass"})
}

// held is the key of the engine that hold opened.
type held struct{}

func hold(ts *testscript.TestScript, _ bool, _ []string) {
	engine, err := bolt.Open(databaseIn(ts), bolt.Options{Holder: bolt.Holder{User: "kasse", Host: "gs-12", Since: morning}})
	ts.Check(err)
	*ts.Value(held{}).(**bolt.Engine) = engine
}

// listening waits for the socket; it has ten seconds.
func listening(ts *testscript.TestScript, _ bool, _ []string) {
	for range 1000 {
		if conn, err := net.Dial("unix", control.Path(databaseIn(ts))); err == nil {
			ts.Check(conn.Close())
			return
		}
		time.Sleep(10 * time.Millisecond) // between two looks at another process
	}
	ts.Fatalf("nobody listens")
}

func release(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check((*ts.Value(held{}).(**bolt.Engine)).Close())
}

func people(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	share, err := strconv.ParseFloat(args[2], 64)
	ts.Check(err)
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = practice.Lines(file, practice.Seed, calendar.Of(morning), n, share)
	ts.Check(err)
	ts.Check(file.Close())
}

func raw(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	var out strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		bytes, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `"`, `\"`) + `"`)
		ts.Check(err)
		out.WriteString(bytes + "\n")
	}
	ts.Check(os.WriteFile(path, []byte(out.String()), 0o644))
}

func shorten(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

func spoil(ts *testscript.TestScript, _ bool, args []string) {
	at, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	b := make([]byte, 1)
	_, err = file.ReadAt(b, at)
	ts.Check(err)
	_, err = file.WriteAt([]byte{^b[0]}, at)
	ts.Check(err)
	ts.Check(file.Close())
}

// readme writes the indented blocks below a heading of the README, as somebody
// types them.
func readme(ts *testscript.TestScript, _ bool, args []string) {
	text, err := os.ReadFile(ts.Getenv("README"))
	ts.Check(err)
	_, section, found := strings.Cut(string(text), "## "+args[0]+"\n")
	if !found {
		ts.Fatalf("no section %s", args[0])
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var typed strings.Builder
	for line := range strings.Lines(section) {
		if code, ok := strings.CutPrefix(line, "    "); ok {
			typed.WriteString(code)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(typed.String()), 0o600))
}
