package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	calendar "schalter/domain/date"
	"schalter/domain/practice"
	"schalter/store"
	"schalter/tui/words"
)

// sized is a terminal with a screen of a size.
type sized struct {
	drawn
	width, height int
}

func (s sized) Size() (int, int) { return s.width, s.height }

// TestDoctorTerminal: each way in which a terminal can be wrong is said.
func TestDoctorTerminal(t *testing.T) {
	big := sized{width: 120, height: 40}
	good := map[string]string{"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}
	with := func(name, value string) map[string]string {
		env := map[string]string{name: value}
		for k, v := range good {
			if k != name {
				env[k] = v
			}
		}
		return env
	}
	for _, r := range []struct {
		reason   string
		terminal terminal
		env      map[string]string
		look     func(*examination) diagnosis
		want     condition
		says     string
	}{
		{"a good one", big, good, (*examination).screen, fine, "xterm-256color"},
		{"a dumb one", big, with("TERM", "dumb"), (*examination).screen, fault, "dumb"},
		{"none", nobody{}, good, (*examination).screen, warning, "kein Terminal"},
		{"large", big, good, (*examination).size, fine, "120 Spalten, 40 Zeilen"},
		{"just large enough", sized{width: 80, height: 24}, good, (*examination).size, fine, "80"},
		{"narrow", sized{width: 79, height: 24}, good, (*examination).size, fault, "79"},
		{"low", sized{width: 80, height: 23}, good, (*examination).size, fault, "23"},
		{"no size where there is none", nobody{}, good, (*examination).size, "", ""},
		{"256 colours", big, good, (*examination).colours, fine, "256"},
		{"16 million", big, with("COLORTERM", "truecolor"), (*examination).colours, fine, "16 Millionen"},
		{"16", big, with("TERM", "xterm"), (*examination).colours, fine, "16"},
		{"none", big, with("TERM", "dumb"), (*examination).colours, warning, "keine"},
		{"none wanted", big, with("NO_COLOR", "1"), (*examination).colours, fine, "NO_COLOR"},
		{"UTF-8", big, good, (*examination).charset, fine, "LANG=de_DE.UTF-8"},
		{"LC_ALL goes before LANG", big, with("LC_ALL", "de_DE.ISO-8859-15"), (*examination).charset, warning, "ISO"},
		{"no language", big, map[string]string{}, (*examination).charset, warning, "LANG"},
	} {
		b := newBench(t)
		b.texts = words.For(words.German)
		b.terminal = r.terminal
		b.getenv = func(name string) string { return r.env[name] }
		got := r.look(&examination{program: b.program, ctx: t.Context()})
		if got.State != r.want || !strings.Contains(got.Says, r.says) || (got.Do == "") != (got.State == fine || got.State == "") {
			t.Errorf("%s: %+v", r.reason, got)
		}
	}
}

// TestDoctorTimes: a clock that was set back and a backup that is old are found.
func TestDoctorTimes(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.write("data/schalter.db.backup.json", `{"taken":"2026-08-31T21:00:00Z","entries":2}`)
	for _, r := range []struct {
		reason string
		at     time.Time
		status int
		says   string
	}{
		{"in time", morning, statusDone, "seitdem neue Einträge: 1"},
		{"a clock set back", morning.Add(-time.Hour), statusRefused, "aber das Protokoll endet am 01.09.2026 08:30"},
		{"a time server's step", morning.Add(-time.Second), statusDone, "jüngster Eintrag"},
		{"days later", morning.Add(72 * time.Hour), statusDone, "Warnung  Sicherung"},
	} {
		b.now = func() time.Time { return r.at }
		status, out, errs := b.do("doctor")
		if status != r.status || !strings.Contains(out, r.says) || errs != "" {
			t.Errorf("%s: %d %s%s", r.reason, status, out, errs)
		}
	}
	if err := os.WriteFile(filepath.Join(b.home, "data", "schalter.db.backup.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, out, _ := b.do("doctor"); !strings.Contains(out, "noch keine") {
		t.Errorf("a broken note: %s", out)
	}
}

// TestDoctorAnchorLag: an anchor that hears no more is found.
func TestDoctorAnchorLag(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.must("config", "show", "--as", "chef", "--passphrase-file", b.home+"/chef.pass") // signs a checkpoint at its end
	b.texts = words.For(words.German)
	o, err := b.openToLook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.close() }() // nothing was written
	for _, r := range []struct {
		entries uint64
		want    condition
	}{{3, fine}, {500, fine}, {10_000, warning}} {
		e := &examination{program: b.program, ctx: t.Context(), open: o, health: store.Health{Entries: r.entries}}
		if got := e.anchor(); got.State != r.want {
			t.Errorf("%d entries: %+v", r.entries, got)
		}
	}
}

// TestDoctorChecks: names are stable and told once; every check has a name in
// both languages.
func TestDoctorChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range checks() {
		if c.name == "" || c.de == "" || c.en == "" || seen[c.name] {
			t.Errorf("%+v", c)
		}
		seen[c.name] = true
	}
}

// TestDoctorDirectory: whoever may put files beside the database is told, with
// advice that this user can follow: nobody changes the rights of /tmp.
func TestDoctorDirectory(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.English)
	const another = "Take another directory"
	rows := []struct {
		reason string
		mode   fs.FileMode
		ours   bool
		state  condition
		do     string
	}{
		{"one's own", 0o700, true, fine, ""},
		{"others may look", 0o755, true, warning, "chmod 700 /d"},
		{"a group may write", 0o770, true, warning, "chmod g-w /d"},
		{"everybody may write", 0o777, true, fault, "chmod o-w /d"},
		{"a place for everybody's files", 0o777 | fs.ModeSticky, true, warning, another},
		{"the same, of the system", 0o777 | fs.ModeSticky, false, warning, another},
		{"a place for a group's files", 0o770 | fs.ModeSticky, true, warning, another},
		{"one's own, sticky", 0o700 | fs.ModeSticky, true, fine, ""},
		{"somebody else's", 0o755, false, warning, another},
		{"somebody else's, a group may write", 0o775, false, warning, another},
		{"somebody else's, everybody may write", 0o777, false, fault, another},
	}
	for _, r := range rows {
		got := (&examination{program: b.program, ctx: t.Context()}).judgeDirectory("/d", r.mode, r.ours)
		if got.State != r.state || !strings.HasPrefix(got.Do, r.do) || (got.Do == "") != (r.do == "") {
			t.Errorf("%s: %+v", r.reason, got)
		}
	}
}

// TestJudgeScan: what a reader sends, rightly and wrongly set up, and nothing of
// it in the answer.
func TestJudgeScan(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.German)
	today := calendar.Of(morning)
	specimen := strings.Join(practice.Specimens(today)[0].Lines, "\n")
	// The lines of the published specimen on Utopia's passport, ICAO Doc 9303-4,
	// as a German reader types them on an English keyboard and the other way.
	const passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
	swap := strings.NewReplacer("Y", "Z", "Z", "Y", "<", ";")
	for _, r := range []struct {
		reason, text string
		fast         bool
		want         condition
		says         string
	}{
		{"a health card", "80276999980001101010\n", true, fine, "Gesundheitskarte"},
		{"an insurance number", "A123456780\n", true, fine, "KVNR"},
		{"a number typed by hand", "A123456780\n", false, warning, "langsam"},
		{"digits only", "4006381333931", true, fine, "13 Ziffern"},
		{"French keys: signs instead of digits", `&é"'(-è_çà&é"'`, true, fault, "0 Ziffern"},
		{"something", "ABC123", true, warning, "3 Ziffern, 3 Buchstaben"},
		{"a document", specimen, true, fine, "alles richtig"},
		{"a passport", passport, true, fine, "alles richtig"},
		{"the other keyboard language", swap.Replace(passport), true, fault, "y und z vertauscht"},
	} {
		got := b.judgeScan(r.text, r.fast, today)
		if got.State != r.want || !strings.Contains(got.Says, r.says) {
			t.Errorf("%s: %+v", r.reason, got)
		}
		if strings.Contains(got.Says+got.Do, strings.TrimSpace(r.text)) {
			t.Errorf("%s: the content is told: %+v", r.reason, got)
		}
	}
}

// TestScanTest: it takes keys until they pause, and knows a reader by its pace.
func TestScanTest(t *testing.T) {
	for _, r := range []struct {
		reason string
		gap    time.Duration
		fast   bool
	}{{"a reader", 5 * time.Millisecond, true}, {"a person", 120 * time.Millisecond, false}} {
		at := morning
		s := &scanTest{now: func() time.Time { at = at.Add(r.gap); return at }}
		for _, c := range "A123456780" {
			s.Update(tea.KeyPressMsg{Code: c, Text: string(c)})
		}
		s.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		if _, cmd := s.Update(scanPause(3)); cmd != nil {
			t.Errorf("%s: an earlier pause ends it", r.reason)
		}
		if _, cmd := s.Update(scanPause(11)); cmd == nil {
			t.Errorf("%s: the pause does not end it", r.reason)
		}
		if s.text.String() != "A123456780\n" || s.scanned() != r.fast {
			t.Errorf("%s: %q, scanned %v", r.reason, s.text.String(), s.scanned())
		}
		if s.View().Content != "" {
			t.Errorf("%s: something is shown", r.reason)
		}
	}
}

// TestDoctorInterrupted: told to end, it says nothing else.
func TestDoctorInterrupted(t *testing.T) {
	b := newBench(t)
	b.founded()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	b.out.Reset()
	if status := p.run(ctx, []string{"--db", b.flags.database, "--keys", b.flags.keys, "doctor"}); status != statusRefused || b.out.Len() > 0 {
		t.Errorf("%d %s", status, b.out.String())
	}
}
