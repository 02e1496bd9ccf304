package main

import (
	"bytes"
	"crypto/rand"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"schalter/store/seal"
	"schalter/tui/words"
)

func TestReadSecretLine(t *testing.T) {
	long := strings.Repeat("x", 3000)
	for _, r := range []struct{ reason, text, want string }{
		{"one line", "geheim\n", "geheim"},
		{"no line end", "geheim", "geheim"},
		{"more lines", "geheim\nmehr\n", "geheim"},
		{"a line end of Windows", "geheim\r\n", "geheim"},
		{"spaces belong to it", " ge heim \n", " ge heim "},
		{"nothing", "", ""},
		{"an empty line", "\ngeheim", ""},
		{"too long stays too long", long, long[:seal.MaxPassphraseBytes+2]},
	} {
		got, err := readSecretLine(iotest.OneByteReader(strings.NewReader(r.text)))
		if err != nil || string(got) != r.want {
			t.Errorf("%s: %q, %v", r.reason, got, err)
		}
	}
	if got, err := readSecretLine(iotest.ErrReader(io.ErrClosedPipe)); err == nil || got != nil {
		t.Errorf("a pipe that breaks: %q, %v", got, err)
	}
}

func TestReadLine(t *testing.T) {
	in := strings.NewReader("eins\r\nzwei\n\nende")
	for _, want := range []string{"eins", "zwei", "", "ende"} {
		if got, err := readLine(in); err != nil || got != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	if _, err := readLine(in); err == nil {
		t.Error("a line behind the end")
	}
}

func TestLines(t *testing.T) {
	for _, r := range []struct {
		reason, text string
		want         []string
	}{
		{"nothing", "", nil},
		{"an empty line is a value", "\n", []string{""}},
		{"no line end at the end", "a\nb", []string{"a", "b"}},
		{"Windows", "a\r\nb\r\n", []string{"a", "b"}},
		{"empty in between", "a\n\nb\n", []string{"a", "", "b"}},
	} {
		var got []string
		for line, err := range lines(strings.NewReader(r.text)) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line)
		}
		if !slices.Equal(got, r.want) {
			t.Errorf("%s: %q", r.reason, got)
		}
	}
	for line := range lines(strings.NewReader(strings.Repeat("x", 1<<20) + "\nb\n")) {
		if len(line) > maxValue {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
}

func TestBlocks(t *testing.T) {
	var got []string
	for block, err := range blocks(strings.NewReader("\n \na\nb\n\n\n\nc\n")) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, block)
	}
	if want := []string{"a\nb\n", "c\n"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for block := range blocks(strings.NewReader(strings.Repeat("xxxxxxxx\n", 1<<16))) {
		if len(block) > 2*maxValue {
			t.Errorf("a block of %d bytes", len(block))
		}
	}
}

func TestWithin(t *testing.T) {
	for _, r := range []struct {
		reason, dir, path string
		want              bool
	}{
		{"the same", "/var/db", "/var/db", true},
		{"in it", "/var/db", "/var/db/keys", true},
		{"deep in it", "/var/db", "/var/db/a/b", true},
		{"by a detour", "/var/db", "/var/x/../db/keys", true},
		{"beside it", "/var/db", "/var/keys", false},
		{"above it", "/var/db", "/var", false},
		{"the name goes on", "/var/db", "/var/db-keys", false},
		{"a name with two dots", "/var/db", "/var/db/..keys", true},
	} {
		got, err := within(filepath.FromSlash(r.dir), filepath.FromSlash(r.path))
		if err != nil || got != r.want {
			t.Errorf("%s: %v, %v", r.reason, got, err)
		}
	}
}

func TestOneTimePassphrase(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}$`)
	seen := map[string]bool{}
	for range 200 {
		secret, err := oneTimePassphrase(rand.Reader)
		if err != nil || !form.Match(secret) || seal.CheckPassphrase(secret) != nil || seen[string(secret)] {
			t.Fatalf("%q, %v", secret, err)
		}
		seen[string(secret)] = true
	}
	all, err := symbols(rand.Reader, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, symbol := range crockford {
		// 312 of each are expected; fewer than 200 do not happen by chance.
		if n := strings.Count(all, string(symbol)); n < 200 {
			t.Errorf("%q came %d times in 10,000", symbol, n)
		}
	}
	if _, err := oneTimePassphrase(bytes.NewReader(make([]byte, oneTimeSymbols-1))); err == nil {
		t.Error("made without enough randomness")
	}
}

func TestTable(t *testing.T) {
	tab := &table{widths: []int{8}}
	tab.add("Name", "Ort")
	tab.add("Müller \x1b[31m\u202eAnna", "Würzburg")
	tab.note("ein längerer Satz, der umbrochen wird")
	want := "Name      Ort\n" +
		"--------  --------\n" +
		"Müller    Würzburg\nAnna\n" +
		"  ein längerer\n  Satz, der\n  umbrochen wird\n"
	if got := tab.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestProgress(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.German)
	at := morning
	p := *b.program
	p.stderr, p.now, p.terminal = &b.err, func() time.Time { return at }, watcher{}
	show := p.newProgress(1000)
	show.start()
	at = at.Add(2 * time.Second)
	show.at(5000, 250)
	if got, want := b.err.String(), "\r\x1b[K5.000  2.500/s  25 %  -0:06"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	b.err.Reset()
	_, _ = show.Write([]byte("17;birth_date;date\n"))
	show.clear()
	if got, want := b.err.String(), "\r\x1b[K17;birth_date;date\n"; got != want {
		t.Errorf("a report line: %q, want %q", got, want)
	}
	b.err.Reset()
	p.terminal = nobody{}
	quiet := p.newProgress(1000)
	quiet.at(5000, 250)
	quiet.clear()
	if b.err.Len() > 0 {
		t.Errorf("nobody watches: %q", b.err.String())
	}
}

// watcher is a terminal that shows and is not typed into.
type watcher struct{ nobody }

func (watcher) Watched() bool { return true }
