package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"schalter/tui/words"
)

// TestPanic: a fault of the program reads as an internal error; no stack is
// shown.
func TestPanic(t *testing.T) {
	b := newBench(t)
	b.now = func() time.Time { panic("A123456780") }
	status, out, errs := b.do("check", "mrz", "x")
	if status != statusRefused || out != "" {
		t.Errorf("status %d, %q", status, out)
	}
	if !strings.HasPrefix(errs, "schalter: Interner Fehler.\nhint: ") || strings.Contains(errs, "A123456780") {
		t.Errorf("standard error: %s", errs)
	}
}

// fullWriter takes nothing.
type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errors.New("no space") }

// TestLostOutput: output that could not be written is no success.
func TestLostOutput(t *testing.T) {
	for _, args := range [][]string{
		{"version"},
		{"version", "--json"},
		{"policy"},
		{"policy", "--json"},
		{"--help"},
		{"member", "import", "--help"},
		{"check", "kvnr", "A123456780"},
		{"check", "kvnr", "--json", "A123456780"},
		{"completion", "bash"},
		{"help"},
	} {
		b := newBench(t)
		p := *b.program
		p.stdout, p.stderr = fullWriter{}, &b.err
		if status := p.run(t.Context(), args); status != statusRefused || !strings.Contains(b.err.String(), "Ausgabe") {
			t.Errorf("%v: status %d, %s", args, status, b.err.String())
		}
	}
}

// TestLanguage: --lang decides, then the locale, then German.
func TestLanguage(t *testing.T) {
	rows := []struct {
		reason   string
		args     []string
		env      map[string]string
		language words.Language
	}{
		{"nothing says", nil, nil, words.German},
		{"the locale", nil, map[string]string{"LANG": "en_US.UTF-8"}, words.English},
		{"LC_ALL goes before LANG", nil, map[string]string{"LC_ALL": "de_DE", "LANG": "en_US"}, words.German},
		{"a locale that is no language", nil, map[string]string{"LANG": "C.UTF-8"}, words.German},
		{"the option", []string{"--lang", "en"}, nil, words.English},
		{"the option, joined", []string{"--lang=en"}, nil, words.English},
		{"the option against the locale", []string{"--lang", "de"}, map[string]string{"LANG": "en_US"}, words.German},
		{"behind the end of options it is a value", []string{"--", "--lang", "en"}, nil, words.German},
	}
	for _, r := range rows {
		b := newBench(t)
		b.texts = words.For(words.Detect(r.env["LC_ALL"], r.env["LC_MESSAGES"], r.env["LANG"]))
		if err := b.chooseLanguage(r.args); err != nil || b.texts.Language != r.language {
			t.Errorf("%s: %v, %v", r.reason, b.texts.Language, err)
		}
	}
}

// brokenReader fails behind its text.
type brokenReader struct{ text io.Reader }

func (r brokenReader) Read(b []byte) (int, error) {
	n, err := r.text.Read(b)
	if errors.Is(err, io.EOF) {
		err = errors.New("the cable was pulled")
	}
	return n, err
}

// TestBrokenInput: a stream that ends in an error is said so, and what came
// before it is kept.
func TestBrokenInput(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.stdin = brokenReader{strings.NewReader("A123456780\nX110411675\n")}
	status, out, errs := b.do("check", "kvnr", "-")
	if status != statusRefused || strings.Count(out, "gültig") != 2 || !strings.Contains(errs, "nicht bis zum Ende") {
		t.Errorf("check: %d %q %q", status, out, errs)
	}
	b.stdin = brokenReader{strings.NewReader("kvnr;given_names;surname;birth_date\nA123456780;Anna;Müller;1962-03-14\nX110411675;Eva;")}
	chef := filepath.Join(b.home, "chef.pass")
	status, _, errs = b.do("member", "import", "-", "--as", "chef", "--passphrase-file", chef)
	if status != statusRefused || !strings.Contains(errs, "nicht mehr zu lesen") || !strings.Contains(errs, "hint: Was eingelesen ist, bleibt") {
		t.Errorf("import: %d %q", status, errs)
	}
}

// TestInterrupted: an import that is told to end says that it can be run again.
func TestInterrupted(t *testing.T) {
	b := newBench(t)
	b.founded()
	ctx, cancel := context.WithCancel(t.Context())
	b.texts = words.For(words.German)
	b.stdin = readerFunc(func(to []byte) (int, error) {
		cancel() // while the file is read
		return copy(to, "kvnr;given_names;surname;birth_date\n"), io.EOF
	})
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	status := p.run(ctx, []string{
		"--db", b.flags.database, "--keys", b.flags.keys, "member", "import", "-",
		"--as", "chef", "--passphrase-file", filepath.Join(b.home, "chef.pass"),
	})
	if errs := b.err.String(); status != statusRefused || !strings.Contains(errs, "abgebrochen") || !strings.Contains(errs, "noch einmal starten") {
		t.Errorf("%d %q", status, errs)
	}
	if status, _, errs := b.do("journal", "verify"); status != statusDone {
		t.Errorf("verify: %d %s", status, errs)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// TestNeedsScreen: the counter opens where it can be drawn, and says why it does
// not elsewhere, before anything is opened.
func TestNeedsScreen(t *testing.T) {
	for _, r := range []struct {
		reason   string
		terminal terminal
		term     string
		says     string // "" where it opens
	}{
		{"a terminal", drawn{}, "xterm-256color", ""},
		{"redirected", nobody{}, "xterm-256color", "braucht ein Terminal"},
		{"a dumb one", drawn{}, "dumb", "TERM=dumb"},
		{"one that does not say what it is", drawn{}, "", "TERM=dumb"},
	} {
		b := newBench(t)
		b.texts = words.For(words.German)
		b.terminal = r.terminal
		b.getenv = func(name string) string { return map[string]string{"TERM": r.term}[name] }
		err := b.needScreen()
		if r.says == "" {
			if err != nil {
				t.Errorf("%s: %v", r.reason, err)
			}
			continue
		}
		if f := b.explain(err); f.status != statusUsage || !strings.Contains(f.what, r.says) || f.hint == "" {
			t.Errorf("%s: %+v", r.reason, f)
		}
		if status, _, errs := b.do("demo"); status != statusUsage || !strings.Contains(errs, r.says) {
			t.Errorf("%s: demo: %d %s", r.reason, status, errs)
		}
	}
}

// drawn is a terminal with a screen.
type drawn struct{ nobody }

func (drawn) Screen() bool { return true }

// TestReportCannotBeWritten: a report that is lost is told as that, not as a file
// that cannot be read.
func TestReportCannotBeWritten(t *testing.T) {
	b := newBench(t)
	b.founded()
	bad := strings.Repeat("A123456780;Anna;Müller;kein Tag\n", 2)
	for _, r := range []struct {
		reason string
		lines  int
	}{
		{"noticed when it is closed", 1},
		{"noticed on the way", 1000},
	} {
		p := *b.program
		b.out.Reset()
		p.stdin = strings.NewReader("kvnr;given_names;surname;birth_date\n" + strings.Repeat(bad, r.lines))
		var errs lastWords
		p.stdout, p.stderr = &b.out, &errs
		status := p.run(t.Context(), []string{
			"--db", b.flags.database, "--keys", b.flags.keys, "member", "import", "-",
			"--as", "chef", "--passphrase-file", filepath.Join(b.home, "chef.pass"),
		})
		if status != statusRefused || !strings.Contains(errs.said, "Bericht ist nicht vollständig") || !strings.Contains(errs.said, "noch einmal starten") {
			t.Errorf("%s: %d %q", r.reason, status, errs.said)
		}
		if b.out.Len() > 0 {
			t.Errorf("%s: a summary: %s", r.reason, b.out.String())
		}
	}
}

// lastWords takes no report, and what the program says of it.
type lastWords struct{ said string }

func (w *lastWords) Write(b []byte) (int, error) {
	if strings.HasPrefix(string(b), "schalter: ") || strings.HasPrefix(string(b), "hint: ") {
		w.said += string(b)
		return len(b), nil
	}
	return 0, errors.New("no space")
}
