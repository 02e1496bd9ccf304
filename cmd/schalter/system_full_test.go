//go:build system && linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSystemDiskFull: while nothing can be written the counter says so and does not
// do what it could not write down; when there is room again it goes on, without a
// restart. A limit on the size of files refuses as a full disk does.
func TestSystemDiskFull(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("LC_ALL", "de_DE.UTF-8")
	file := func(name, text string) string {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(built(t), args...).Output()
		if err != nil {
			t.Fatalf("schalter %s: %v", args[0], err)
		}
		return string(out)
	}
	admin, lead := file("admin", "korrekt pferd batterie\n"), file("lead", "zweite person hier\n")
	run("init", "--insurer", "Muster BKK", "--ik", "109500969", "--app-host", "app.muster.de",
		"--branch", "Musterstadt|0931 1234|Schalter 1", "--admin", "admin", "--admin-name", "A. Admin",
		"--supervisor", "leitung", "--supervisor-name", "L. Leitung",
		"--passphrase-file", admin, "--second-passphrase-file", lead)
	run("member", "import", file("members.csv", run("demo", "members", "--lines", "60")), "--as", "admin", "--passphrase-file", admin)

	s := startIn(t, 80, 24, built(t)+"; echo ended with $?; read x")
	s.waits("Anmeldename")
	s.types("leitung")
	s.keys("Enter")
	s.types("zweite person hier")
	s.keys("Enter")
	s.waits("Suche")
	s.types("E777700029")
	s.waits("Mustermann, Erika")
	s.limitFiles("1")
	s.keys("Enter") // to open a record is written down first
	s.waits("Der Datenträger ist voll")
	s.limitFiles("unlimited")
	s.keys("Enter")
	s.waits("Ausgewiesen")
	s.leaves("Mustermann")
	if out := run("journal", "verify"); !strings.Contains(out, "unversehrt") {
		t.Errorf("verify: %s", out)
	}
}

// limitFiles bounds the size of files that the program in the terminal writes.
func (s *screen) limitFiles(size string) {
	s.t.Helper()
	shell := strings.TrimSpace(s.tmux("display-message", "-p", "-t", "x", "#{pane_pid}"))
	children, err := os.ReadFile(fmt.Sprintf("/proc/%s/task/%s/children", shell, shell))
	if err != nil {
		s.t.Fatal(err)
	}
	program := strings.Fields(string(children))
	if len(program) != 1 {
		s.t.Fatalf("the shell has the children %q", children)
	}
	if out, err := exec.Command("prlimit", "--pid", program[0], "--fsize="+size+":unlimited").CombinedOutput(); err != nil {
		s.t.Fatalf("prlimit: %v: %s", err, out)
	}
}
