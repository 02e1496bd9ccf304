package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/practice"
	"schalter/store"
	"schalter/tui/words"
)

// invent gives the program a migration that none ever had: all members move.
func invent(b *bench) {
	b.migrations = []store.Migration{{Kinds: []domain.RecordKind{domain.KindMember}, Upgrade: func(plain []byte) ([]byte, error) {
		var m domain.Member
		if err := cbor.Unmarshal(plain[1:], &m); err != nil {
			return nil, err
		}
		m.Address.City = "Neustadt"
		encoder, err := cbor.CoreDetEncOptions().EncMode()
		if err != nil {
			return nil, err
		}
		body, err := encoder.Marshal(m)
		return append(plain[:1:1], body...), err
	}}}
}

func (b *bench) list() (status int, errs string) {
	b.t.Helper()
	status, _, errs = b.do("staff", "list", "--as", "chef", "--passphrase-file", filepath.Join(b.home, "chef.pass"))
	return status, errs
}

// TestMigration: the first login of a newer program copies the database beside it,
// adapts it, and says where the copy is; the second does nothing. The older program
// refuses the new database and opens the copy.
func TestMigration(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.importPeople(practice.People(practice.Seed, calendar.Of(morning), 60))
	older, first := *b, *b.program
	older.program = &first
	invent(b)
	kept := b.flags.database + ".before-schema-2"
	status, errs := b.list()
	if status != statusDone || !strings.Contains(errs, kept) {
		t.Fatalf("first login: %d %s", status, errs)
	}
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v", info, err)
	}
	raw, err := os.ReadFile(kept)
	if err != nil || bytes.Contains(raw, []byte("Beispiel")) {
		t.Errorf("the copy can be read without a key (%v)", err)
	}
	if status, errs := b.list(); status != statusDone || errs != "" {
		t.Errorf("second login: %d %s", status, errs)
	}
	if status, out, errs := b.do("journal", "verify"); status != statusDone {
		t.Errorf("verify: %d %s %s", status, out, errs)
	}
	if status, out, errs := b.do("doctor"); !strings.Contains(out, "chema 2") {
		t.Errorf("doctor: %d %s %s", status, out, errs)
	}
	if status, errs := older.list(); status != statusRefused || !strings.Contains(errs, "neueren") && !strings.Contains(errs, "newer") {
		t.Errorf("the older program: %d %s", status, errs)
	}
	// The older program knows the copy; that its journal is shorter than the anchor
	// remembers is what keeps anybody from writing into it unnoticed.
	older.flags.database = kept
	if status, out, errs := older.do("doctor", "--lang", "en"); !strings.Contains(out, "is read-only") || strings.Contains(out, "newer `schalter`") {
		t.Errorf("the copy: %d %s %s", status, out, errs)
	}
}

// TestMigrationWithoutRoom: where the database cannot be copied nothing is changed,
// and the message says what to do.
func TestMigrationWithoutRoom(t *testing.T) {
	b := newBench(t)
	b.founded()
	invent(b)
	obstacle := b.flags.database + ".before-schema-2.partial"
	if err := os.MkdirAll(filepath.Join(obstacle, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"de", "en"} {
		language, _ := words.ParseLanguage(name)
		want, hint := words.For(language).Error(domain.Fail(domain.Unavailable, domain.ReasonMigrationCopy))
		status, _, errs := b.do("--lang", name, "staff", "list", "--as", "chef", "--passphrase-file", filepath.Join(b.home, "chef.pass"))
		if status != statusRefused || !strings.Contains(errs, want) || !strings.Contains(errs, hint) {
			t.Errorf("%s: %d %s", name, status, errs)
		}
	}
	if err := os.RemoveAll(obstacle); err != nil {
		t.Fatal(err)
	}
	if status, errs := b.list(); status != statusDone {
		t.Errorf("with room: %d %s", status, errs)
	}
}

// TestMigrationKeepsBoth: a copy of an earlier time stays as it is.
func TestMigrationKeepsBoth(t *testing.T) {
	b := newBench(t)
	b.founded()
	invent(b)
	kept := b.flags.database + ".before-schema-2"
	if err := os.WriteFile(kept, []byte("earlier"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, errs := b.list(); status != statusDone || !strings.Contains(errs, kept+"-20260901T063000Z") {
		t.Fatalf("%d %s", status, errs)
	}
	first, err := os.ReadFile(kept)
	second, err2 := os.ReadFile(kept + "-20260901T063000Z")
	if errors.Join(err, err2) != nil || string(first) != "earlier" || len(second) == 0 {
		t.Errorf("%q, %d bytes, %v, %v", first, len(second), err, err2)
	}
}
