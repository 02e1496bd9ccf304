//go:build system

// The tests of this file drive the built program in a real terminal (tmux).
// make test-system runs them.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// screen is a program in a real terminal.
type screen struct {
	t      *testing.T
	server string
}

// startIn runs a shell command in a terminal of a size.
func startIn(t *testing.T, width, height int, command string) *screen {
	t.Helper()
	name := strings.NewReplacer("/", "-", "=", "-").Replace(t.Name()) // a server of its own: another one may just be ending
	s := &screen{t: t, server: fmt.Sprintf("schalter-%d-%s", os.Getpid(), name)}
	s.tmux("-f", "/dev/null", "new-session", "-d", "-s", "x", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), command)
	t.Cleanup(func() { _ = exec.Command("tmux", "-L", s.server, "kill-server").Run() })
	return s
}

func (s *screen) tmux(args ...string) string {
	s.t.Helper()
	command := exec.Command("tmux", append([]string{"-u", "-L", s.server}, args...)...)
	command.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // whatever the machine says, the screen has umlauts
	out, err := command.CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %s: %v: %s", args[0], err, out)
	}
	return string(out)
}

func (s *screen) text() string { return s.tmux("capture-pane", "-p", "-t", "x") }

// waits until the screen shows a text; it has ten seconds.
func (s *screen) waits(text string) string {
	s.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		shown := s.text()
		if strings.Contains(shown, text) {
			return shown
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the screen never showed %q:\n%s", text, shown)
		}
		time.Sleep(20 * time.Millisecond) // between two looks at a real terminal
	}
}

// types presses keys at a person's pace: faster ones are taken for a scanner.
func (s *screen) types(text string) {
	s.t.Helper()
	for _, r := range text {
		s.tmux("send-keys", "-t", "x", "-l", string(r))
		time.Sleep(60 * time.Millisecond)
	}
}

func (s *screen) keys(names ...string) {
	s.t.Helper()
	s.tmux(append([]string{"send-keys", "-t", "x"}, names...)...)
}

// built is the program that make build made.
func built(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../bin/schalter")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("make build first: %v", err)
	}
	return path
}

// codeForm is a code as it stands on the screen.
var codeForm = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}`)

// identify types what lies on the counter: the papers that the practice page
// tells, or those given.
func (s *screen) identify(birth, digits string) {
	s.t.Helper()
	s.types("a")
	s.waits("Personalausweis")
	s.types("1" + birth + "0831")
	s.waits("gültig")
	s.types("j")
	s.types(digits)
	s.waits("Alles geprüft")
	s.keys("Enter")
	s.waits("Zweck")
	s.keys("Enter")
}

// leaves ends the program and looks for what must not be left behind, in the
// lines above the screen, too.
func (s *screen) leaves(secrets ...string) {
	s.t.Helper()
	s.keys("C-c")
	s.waits("ended with 0")
	left := s.tmux("capture-pane", "-p", "-S", "-", "-t", "x")
	for _, secret := range secrets {
		if strings.Contains(left, secret) {
			s.t.Errorf("%q is left on the terminal:\n%s", secret, left)
		}
	}
	if codeForm.MatchString(left) {
		s.t.Errorf("a code is left on the terminal:\n%s", left)
	}
}

// TestSystemPractice walks from the start screen to the code in a real terminal,
// and leaves nothing of it behind.
func TestSystemPractice(t *testing.T) {
	trace := filepath.Join(t.TempDir(), "trace") // Bubble Tea would write every frame and key there
	s := startIn(t, 80, 24, "LC_ALL=de_DE.UTF-8 TEA_TRACE="+trace+" TMPDIR="+t.TempDir()+" "+built(t)+" demo; echo ended with $?; read x")
	s.waits("Suche")
	s.types("mue")
	s.waits("Treffer")
	s.keys("Escape")
	s.waits("noch niemanden bedient") // Escape and a letter at once are Alt
	s.types("mus 120883")
	s.waits("Mustermann, Erika")
	s.keys("Enter")
	s.waits("Ausgewiesen")
	s.types("m")
	papers := s.waits("endet auf")
	digits := regexp.MustCompile(`endet auf (\d{6})`).FindStringSubmatch(papers)
	if digits == nil {
		t.Fatalf("no card on the counter:\n%s", papers)
	}
	s.identify("", digits[1])
	s.waits("Aktivierungscode für E. M.")
	shown := s.text()
	if !codeForm.MatchString(shown) || !strings.Contains(shown, "ÜBUNG") {
		t.Errorf("no code, or no mark of practice:\n%s", shown)
	}
	s.keys("C-c")
	s.waits("Ohne Aushändigen beenden?") // a code is on the screen
	s.leaves("Mustermann", "E. M.")
	if _, err := os.Stat(trace); err == nil {
		t.Error("keys and frames were written to a file")
	}
}

// TestSystemRealDatabase walks the README's job: a new database, an import with
// bad lines, a login, a hand-out with a slip, and the journal against the mark on
// the slip.
func TestSystemRealDatabase(t *testing.T) {
	home, run := foundedIn(t)
	admin, members := filepath.Join(home, "admin"), filepath.Join(home, "members.csv")
	write(t, members, run("demo", "members", "--lines", "20000", "--bad", "0.01"))
	report := filepath.Join(home, "report.txt")
	run("member", "import", members, "--as", "admin", "--passphrase-file", admin, "--report", report)
	if lines, err := os.ReadFile(report); err != nil || strings.Count(string(lines), "\n") != 201 {
		t.Errorf("the report has %d lines, %v; want 200 and a head", strings.Count(string(lines), "\n"), err)
	}
	digits := lastSix(t, members, "E777700029")

	slips := filepath.Join(home, "slips")
	s := startIn(t, 80, 24, "LC_ALL=de_DE.UTF-8 "+built(t)+" --printer 'file:"+slips+"?form=text'; echo ended with $?; read x")
	s.waits("Anmeldename")
	s.types("leitung")
	s.keys("Enter")
	s.types("zweite person hier")
	s.keys("Enter")
	s.waits("Suche")
	s.types("E777700029")
	s.waits("Mustermann, Erika")
	s.keys("Enter")
	s.waits("Ausgewiesen")
	s.identify("120883", digits)
	s.waits("Aktivierungscode für E. M.")
	shown := codeForm.FindString(s.waits("gedruckt"))
	found, err := filepath.Glob(filepath.Join(slips, "*.txt"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d slips, %v", len(found), err)
	}
	slip, err := os.ReadFile(found[0])
	if err != nil || shown == "" || !strings.Contains(string(slip), shown) {
		t.Errorf("the slip has another code than the screen: %v", err)
	}
	time.Sleep(1100 * time.Millisecond) // the page takes no Enter in its first second
	s.keys("Enter")
	s.waits("Suche")
	s.leaves("Mustermann", shown)

	mark := regexp.MustCompile(`J-\d+(-[0-9A-Z]{4}){3}`).FindString(string(slip))
	if out := run("journal", "verify", "--mark", mark); !strings.Contains(out, "unversehrt") {
		t.Errorf("verify against the slip: %s", out)
	}
}

// foundedIn is a home with a database in it, and what runs a command there that
// must succeed. The passphrases are in the files admin and lead, the logins admin
// and leitung.
func foundedIn(t *testing.T) (home string, run func(args ...string) string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("LC_ALL", "de_DE.UTF-8")
	admin, lead := filepath.Join(home, "admin"), filepath.Join(home, "lead")
	write(t, admin, "korrekt pferd batterie\n")
	write(t, lead, "zweite person hier\n")
	run = func(args ...string) string {
		t.Helper()
		out, err := exec.Command(built(t), args...).Output()
		if err != nil {
			t.Fatalf("schalter %s: %v", args[0], err)
		}
		return string(out)
	}
	run("init", "--insurer", "Muster BKK", "--ik", "109500969", "--app-host", "app.muster.de",
		"--branch", "Musterstadt|0931 1234|Schalter 1", "--admin", "admin", "--admin-name", "A. Admin",
		"--supervisor", "leitung", "--supervisor-name", "L. Leitung",
		"--passphrase-file", admin, "--second-passphrase-file", lead)
	return home, run
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// lastSix are the last digits of a member's card in an import file.
func lastSix(t *testing.T, path, number string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, number+";"); ok {
			if card := regexp.MustCompile(`80276\d{15}`).FindString(rest); card != "" {
				return card[14:]
			}
		}
	}
	t.Fatalf("%s has no card", number)
	return ""
}

// TestSystemDumbTerminal: what cannot be drawn on says so and ends with 2.
func TestSystemDumbTerminal(t *testing.T) {
	for _, row := range []struct{ why, before, says string }{
		{"TERM=dumb", "TERM=dumb ", "TERM=dumb"},
		{"a pipe for a screen", "", "Terminal"},
	} {
		t.Run(row.why, func(t *testing.T) {
			pipe := ""
			if row.before == "" {
				pipe = " | cat"
			}
			command := "set -o pipefail; LC_ALL=de_DE.UTF-8 " + row.before + built(t) + " demo" + pipe + "; echo ended with $?; read x"
			s := startIn(t, 80, 24, "bash -c '"+command+"'")
			if shown := s.waits("ended with 2"); !strings.Contains(shown, row.says) || !strings.Contains(shown, "hint:") {
				t.Errorf("it says:\n%s", shown)
			}
		})
	}
}

// TestSystemBeside: while the counter is open, an import with its progress, the
// proof of the journal and a list run beside it in another terminal; the counter
// goes on. A second one says who is there, and after the end the database is free.
func TestSystemBeside(t *testing.T) {
	home, run := foundedIn(t)
	write(t, filepath.Join(home, "members.csv"), run("demo", "members", "--lines", "20000", "--bad", "0.01"))

	counter := startIn(t, 80, 24, "LC_ALL=de_DE.UTF-8 "+built(t)+"; echo ended with $?; read x")
	counter.waits("Anmeldename")
	counter.types("leitung")
	counter.keys("Enter")
	counter.types("zweite person hier")
	counter.keys("Enter")
	counter.waits("Suche")

	t.Run("commands", func(t *testing.T) {
		s := startIn(t, 100, 24, "cd "+home+"; export PATH="+filepath.Dir(built(t))+":$PATH LC_ALL=de_DE.UTF-8 PS1='> '; bash --norc --noprofile")
		n := 0
		command := func(line string) {
			n++
			s.tmux("send-keys", "-t", "x", "-l", fmt.Sprintf("clear; echo begun %d; %s; echo ended with $?", n, line))
			s.keys("Enter")
			s.waits(fmt.Sprintf("begun %d\n", n))
		}
		command("schalter member import members.csv --report rejected.csv --as admin")
		s.waits("Passphrase von admin:")
		s.tmux("send-keys", "-t", "x", "-l", "korrekt pferd batterie")
		s.keys("Enter")
		s.waits("/s ") // the progress line
		shown := s.waits("ended with 0")
		if !strings.Contains(shown, "Bericht: rejected.csv") || strings.Contains(shown, "pferd") {
			t.Errorf("import:\n%s", shown)
		}
		command("schalter journal verify")
		if shown := s.waits("ended with 0"); !strings.Contains(shown, "unversehrt") {
			t.Errorf("verify:\n%s", shown)
		}
		command("schalter staff list --as admin --passphrase-file admin")
		if shown := s.waits("ended with 0"); !strings.Contains(shown, "L. Leitung") {
			t.Errorf("list:\n%s", shown)
		}
		command("schalter")
		if shown := s.waits("ended with 1"); !strings.Contains(shown, "hält die Datenbank: Prozess") || !strings.Contains(shown, "hint:") {
			t.Errorf("a second counter:\n%s", shown)
		}
		command("schalter staff list --as admin")
		s.waits("Passphrase von admin:")
		s.keys("C-c")
		if shown := s.waits("ended with 1"); !strings.Contains(shown, "bgebrochen") {
			t.Errorf("interrupted:\n%s", shown)
		}
		command("stty -a | tr ';' '\\n' | grep -o '[-]*echo '")
		if shown := s.waits("ended with 0"); strings.Contains(shown, "-echo") {
			t.Errorf("the terminal no longer shows what is typed:\n%s", shown)
		}
	})

	counter.types("mus 120883")
	counter.waits("Mustermann, Erika")
	counter.leaves("Mustermann")
	if _, err := os.Stat(filepath.Join(home, ".local/share/schalter/schalter.db.sock")); err == nil {
		t.Error("the socket is left behind")
	}
}
