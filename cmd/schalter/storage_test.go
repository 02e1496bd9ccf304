package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/memberfile"
	"schalter/domain/problem"
	"schalter/domain/rights"
	"schalter/store/bolt"
	"schalter/store/journal"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/tui/words"
)

// TestStorageErrors: whatever keeps a database from being used has a sentence
// and a hint of its own, in both languages, and ends with 1.
func TestStorageErrors(t *testing.T) {
	held := &bolt.HeldError{Holder: &bolt.Holder{PID: 4711, User: "kasse", Host: "gs-12", Since: morning}}
	rows := []struct {
		reason string
		err    error
		says   string // German
	}{
		{"another process, known", held, "Prozess 4711, Benutzer kasse, auf gs-12, seit 01.09.2026 08:30"},
		{"another process, unknown", &bolt.HeldError{}, "Ein anderes Programm hält die Datenbank."},
		{"no file", bolt.ErrMissing, "keine Datenbank"},
		{"no directory", bolt.ErrNoDirectory, "keine Datenbank"},
		{"others can reach it", bolt.ErrExposed, "Rechte"},
		{"network", bolt.ErrNetwork, "Netzlaufwerk"},
		{"something else", bolt.ErrForeign, "keine Datenbank von schalter"},
		{"cut off", fmt.Errorf("%w (%w)", bolt.ErrTruncated, kv.ErrDamaged), "fehlt das Ende"},
		{"newer program", bolt.ErrNewer, "neueren"},
		{"directory cannot be written", bolt.ErrReadOnlyDirectory, "Ordner der Datenbank"},
		{"there already", bolt.ErrExists, "gibt es schon"},
		{"removed while open", fmt.Errorf("%w (%w)", bolt.ErrRemoved, kv.ErrUnavailable), "nicht zu lesen"},
		{"cannot be written", kv.ErrReadOnly, "nur gelesen"},
		{"disk full", kv.ErrFull, "voll"},
		{"not confirmed", kv.ErrUnknown, "nicht sicher"},
		{"damaged", kv.ErrDamaged, "beschädigt"},
		{"does not answer", kv.ErrUnavailable, "nicht zu lesen"},
		{"keys open to others", &keyfolder.WideError{Path: "/k/sign-1.key", Mode: 0o644, Want: 0o600}, "auch andere"},
		{"keys of another database", &keyfolder.OtherStoreError{Dir: "/k"}, "anderen Datenbank"},
		{"no keys", keyfolder.ErrMissing, "fehlen"},
		{"damaged keys", keyfolder.ErrDamaged, "beschädigt"},
		{"keys there already", keyfolder.ErrExists, "nicht leer"},
	}
	b := newBench(t)
	for _, r := range rows {
		texts := map[string]bool{}
		for _, language := range words.AllLanguages() {
			b.texts = words.For(language)
			f := b.explain(fmt.Errorf("open: %w", r.err))
			if f.status != statusRefused || f.what == "" || f.hint == "" {
				t.Errorf("%s: %+v", r.reason, f)
			}
			if generic := b.hint(domain.ReasonInternal); f.hint == generic {
				t.Errorf("%s reads as an internal error", r.reason)
			}
			if language == words.German && !strings.Contains(f.what, r.says) {
				t.Errorf("%s: %q does not say %q", r.reason, f.what, r.says)
			}
			texts[f.what] = true
		}
		if len(texts) != 2 {
			t.Errorf("%s: the same text in both languages", r.reason)
		}
	}
}

// TestUnknownErrors: the text of an error nobody knows stays out.
func TestUnknownErrors(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.German)
	f := b.explain(&fs.PathError{Op: "open", Path: "/home/anna/müller.csv", Err: errors.New("boom")})
	if strings.Contains(f.what+f.hint, "müller") || f.what != "Interner Fehler." {
		t.Errorf("got %+v", f)
	}
}

// TestReadOnlyFile: a database that can be read and not written lets nobody in,
// because logins are journalled, and says why.
func TestReadOnlyFile(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.texts = words.For(words.German)
	s, err := b.openStore(t.Context(), bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	o := b.serve(s)
	defer func() { _ = o.close() }()
	_, err = o.desk.Login(t.Context(), desk.Credentials{Login: "chef", Passphrase: []byte(secrets["chef"])}, desk.Place{Channel: rights.Console})
	if f := b.explain(err); f.what != "Die Datenbank kann nur gelesen werden." {
		t.Errorf("got %q", f.what)
	}
}

// TestEveryWordIsThere walks the lists of the packages that name things and
// leave the words to us.
func TestEveryWordIsThere(t *testing.T) {
	b := newBench(t)
	for _, language := range words.AllLanguages() {
		b.texts = words.For(language)
		for _, k := range journal.Kinds() {
			if text := b.faultText(&journal.Fault{Kind: k, Seq: 7, Other: 9}); text == string(k) || strings.Contains(text, "%!") {
				t.Errorf("%v: fault %s reads %q", language, k, text)
			}
		}
		for _, why := range memberfile.AllReasons() {
			if b.rejectText(why) == "" {
				t.Errorf("%v: no words for %s", language, why)
			}
		}
		for _, kind := range desk.AllConflictKinds() {
			if b.conflictText(kind) == "" {
				t.Errorf("%v: no words for %s", language, kind)
			}
		}
		for _, c := range problem.Codes() {
			if language == words.German && b.problemText(c) == string(c) {
				t.Errorf("%v: no words for %s", language, c)
			}
		}
		for _, l := range desk.SettingLines(domain.DefaultSettings()) {
			if b.allowed(l.Key) == "" {
				t.Errorf("%v: setting %s is not explained", language, l.Key)
			}
		}
		for _, fault := range memberfile.AllHeaderFaults() {
			f := b.explain(b.headerFailure("x.csv", &memberfile.HeaderError{Fault: fault, Columns: []string{"farbe"}}))
			if f.what == "" || f.status != statusRefused {
				t.Errorf("%v: header %s: %+v", language, fault, f)
			}
		}
	}
}

// TestAbandonedFound: what was made before something failed is taken away, the
// directories, too.
func TestAbandonedFound(t *testing.T) {
	b := newBench(t)
	b.texts = words.For(words.German)
	n := &newcomer{program: b.program, database: filepath.Join(b.home, "a", "b", "x.db"), keys: filepath.Join(b.home, "c", "keys")}
	if err := n.prepare(); err != nil {
		t.Fatal(err)
	}
	if _, err := n.grow(t.Context(), desk.Founding{}); err == nil {
		t.Fatal("founded without settings")
	}
	if err := n.discard(); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"a", "c"} {
		if left, _ := filepath.Glob(filepath.Join(b.home, dir)); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestFoundOverwritesNothing: a database that appeared meanwhile stays.
func TestFoundOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{"theirs": "theirs", "draft": "ours"} {
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := place(path("draft"), path("theirs")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over an existing file: %v", err)
	}
	if text, err := os.ReadFile(path("theirs")); err != nil || string(text) != "theirs" {
		t.Errorf("%q, %v", text, err)
	}
	if err := place(path("draft"), path("new")); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(path("draft")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the draft is still there: %v", err)
	}
}
