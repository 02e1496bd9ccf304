package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"schalter/domain/desk"
	"schalter/domain/practice"
	"schalter/domain/rights"
	"schalter/tui/words"
)

func practiceBench(t *testing.T) *bench {
	b := newBench(t)
	b.texts = words.For(words.German)
	b.t.Setenv("TMPDIR", b.home)
	return b
}

func (b *bench) wantNothingLeft() {
	b.t.Helper()
	if left, _ := filepath.Glob(filepath.Join(b.home, "schalter-demo-*")); len(left) > 0 {
		b.t.Errorf("left behind: %v", left)
	}
}

// TestPractice: everybody can sign in, the people are there and the directory is
// gone afterwards.
func TestPractice(t *testing.T) {
	b := practiceBench(t)
	o, err := b.openPractice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range o.practice {
		a, err := o.desk.Login(t.Context(), desk.Credentials{Login: l.login, Passphrase: []byte(practicePassphrase)},
			desk.Place{Channel: rights.Counter, Branch: practiceSettings().Branches[0].Name, Seat: practiceSettings().Branches[0].Seats[0]})
		if err != nil || !a.Practice || !a.Roles.Has(l.role) {
			t.Errorf("%s: %+v, %v", l.login, a, err)
		}
	}
	s, err := o.desk.Settings(t.Context())
	if err != nil || !s.Practice || !s.MRZ || desk.CheckSettings(s) != nil {
		t.Errorf("settings %+v, %v", s, err)
	}
	people := 0
	for range allMembers(t, o.store) {
		people++
	}
	if people != practice.Size {
		t.Errorf("%d people, want %d", people, practice.Size)
	}
	if report, err := o.store.Verify(t.Context(), nil, nil); err != nil || report.Entries == 0 {
		t.Errorf("verify: %+v, %v", report, err)
	}
	if err := o.close(); err != nil {
		t.Error(err)
	}
	b.wantNothingLeft()
}

// TestPracticeInterrupted: a practice counter that does not come about leaves
// nothing.
func TestPracticeInterrupted(t *testing.T) {
	b := practiceBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.openPractice(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	b.wantNothingLeft()
	b.t.Setenv("TMPDIR", filepath.Join(b.home, "missing"))
	_, err := b.openPractice(t.Context())
	if f := b.explain(err); f.status != statusRefused || f.hint == "" {
		t.Errorf("no place for temporary files: %+v", f)
	}
	if _, err := os.Stat(filepath.Join(b.home, "missing")); err == nil {
		t.Error("made the directory for temporary files")
	}
}
