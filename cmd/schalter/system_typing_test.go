//go:build system

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// key is how long after one another keys come: fifteen a second.
const key = time.Second / 15

// patience is how long after the text the right list may come at the end: as long
// as somebody takes for eight keys, on a machine that does other things, too.
const patience = 8 * key

// TestSystemTyping: with many members somebody types fifteen keys a second. In no
// frame does a list stand below a text that it does not belong to, unless it says
// that it is being searched for, and behind the last key the right one comes.
// SCHALTER_TYPING_LINES is how many lines are imported.
func TestSystemTyping(t *testing.T) {
	lines := "100000"
	if s := os.Getenv("SCHALTER_TYPING_LINES"); s != "" {
		lines = s
	}
	home, run := foundedIn(t)
	members := filepath.Join(home, "members.csv")
	write(t, members, run("demo", "members", "--lines", lines))
	run("member", "import", members, "--as", "admin", "--passphrase-file", filepath.Join(home, "admin"))

	s := startIn(t, 80, 24, "LC_ALL=de_DE.UTF-8 "+built(t)+"; echo ended with $?; read x")
	s.waits("Anmeldename")
	s.types("leitung")
	s.keys("Enter")
	s.types("zweite person hier")
	s.keys("Enter")
	s.waits("Suche")
	s.types("schmidt")
	s.waits("Treffer") // the names are in memory
	texts := []string{"schmidt", "kowalski", "xyqq"}
	right := map[string]string{}
	for _, text := range texts {
		s.empties()
		for i := range text {
			s.keys("-l", text[i:i+1])
			right[text[:i+1]] = s.settles(text[:i+1])
		}
	}
	if right["schm"] == right["kowa"] || !strings.Contains(right["schm"], "Treffer") || !strings.Contains(right["xyqq"], "Niemand") {
		t.Fatalf("these are no lists to tell apart:\n%s\n%s\n%s", right["schm"], right["kowa"], right["xyqq"])
	}
	var seen frames
	for range 2 {
		for _, text := range texts {
			s.empties()
			s.typesFast(text, right, &seen)
		}
	}
	t.Logf("%d frames, in %d of them a search was under way; the last list came at most %v behind its text", seen.all, seen.searching, seen.lag)
	if seen.all == 0 {
		t.Error("no frame was looked at")
	}
}

// frames counts what was seen.
type frames struct {
	all, searching int
	lag            time.Duration // the longest between a whole text and its list
}

// typesFast types a text at full pace and looks at every frame it can get.
func (s *screen) typesFast(text string, right map[string]string, seen *frames) {
	s.t.Helper()
	next := time.Now()
	for i := range text {
		s.keys("-l", text[i:i+1])
		for next = next.Add(key); time.Now().Before(next); {
			s.look(right, seen)
		}
	}
	var there time.Time
	for begin := time.Now(); ; {
		typed, settled := s.look(right, seen)
		if typed == text && there.IsZero() {
			there = time.Now()
		}
		if typed == text && settled {
			seen.lag = max(seen.lag, time.Since(there))
			return
		}
		if !there.IsZero() && time.Since(there) > patience || time.Since(begin) > 10*time.Second {
			s.t.Fatalf("the list of %q did not come:\n%s", text, s.text())
		}
	}
}

// look takes a frame and reports which text stands in it and whether its list does.
func (s *screen) look(right map[string]string, seen *frames) (typed string, settled bool) {
	s.t.Helper()
	shown := s.text()
	typed, list := searched(shown)
	if typed == "" {
		return typed, false
	}
	seen.all++
	switch {
	case strings.Contains(list, "Sucht …"):
		seen.searching++
		return typed, false
	case list != right[typed]:
		s.t.Fatalf("below %q stands a list that is not its own:\n%s\nwant\n%s", typed, shown, right[typed])
	}
	return typed, true
}

// settles waits until a text stands in the field with a list that stays.
func (s *screen) settles(text string) (list string) {
	s.t.Helper()
	var since time.Time
	for begin := time.Now(); time.Since(begin) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
		typed, now := searched(s.text())
		switch {
		case typed != text || now != list || strings.Contains(now, "Sucht …"):
			list, since = now, time.Now()
		case time.Since(since) > 2*key:
			return list
		}
	}
	s.t.Fatalf("%q never came to rest:\n%s", text, s.text())
	return ""
}

// empties clears the field, and waits: Escape and a letter at once are Alt.
func (s *screen) empties() {
	s.t.Helper()
	s.keys("Escape")
	s.waits("noch niemanden bedient")
}

var fieldForm = regexp.MustCompile(`^ *\[(.*?) *\]`)

// searched takes a frame of the search page apart: what stands in the field, and
// everything below but for the line of keys.
func searched(shown string) (typed, list string) {
	lines := strings.Split(strings.TrimRight(shown, "\n"), "\n")
	for i, line := range lines {
		if m := fieldForm.FindStringSubmatch(line); m != nil {
			return m[1], strings.Join(lines[i+1:len(lines)-1], "\n")
		}
	}
	return "", ""
}
