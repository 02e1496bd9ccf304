package paper

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"schalter/domain"
)

// TestMain lets the test binary stand in for lp when it is called by that name.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "lp" {
		os.Exit(fakeLP(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// sample is a slip as the counter makes them. The person is invented.
func sample(l Language) Slip {
	berlin := time.FixedZone("CET", 3600)
	return Slip{
		Insurer:     "Muster BKK",
		Branch:      "Geschäftsstelle Musterstadt",
		BranchPhone: "0800 000 0000",
		Language:    l,
		Case:        "7QK4M2X",
		Code:        "K7QH9-WXZ3M-PTR2W",
		Link:        "https://app.muster.example/a#K7QH9WXZ3MPTR2W",
		ValidUntil:  time.Date(2026, 11, 27, 14, 0, 0, 0, berlin),
		Purpose:     PurposeText(l, domain.FirstActivation),
		Holder:      NewHolder("A. M.", "780"),
		Mark:        "1204-9WXZ3M",
		MadeAt:      time.Date(2026, 11, 24, 14, 0, 2, 0, berlin),
	}
}

func practice(s Slip) Slip {
	s.Practice = true
	return s
}

// crowded is a slip that says as much as its fields can hold.
func crowded(l Language) Slip {
	s := practice(sample(l))
	long := ""
	for range 2 * maxName {
		long += "W"
	}
	s.Insurer, s.Branch, s.BranchPhone, s.Purpose, s.Mark = long, long, long, long, long
	s.Holder = NewHolder("W W", "888")
	s.Case, s.Code = "WWWWWWWWWWWWWWWWWWWW", "WWWWW-WWWWW-WWWWW"
	return s
}

// wantPrinterError fails unless err is what every failed print answers.
func wantPrinterError(t *testing.T, err error) *domain.Error {
	t.Helper()
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.Unavailable || e.Reason != domain.ReasonPrinter || errors.Unwrap(e) == nil {
		t.Fatalf("Print: %v, want an error of kind Unavailable and reason %s with its cause", err, domain.ReasonPrinter)
	}
	return e
}

// watchTemp gives the test a directory for temporary files and fails it if one
// is left there.
func watchTemp(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir) // Windows
	t.Cleanup(func() { wantFiles(t, dir) })
}

// wantFiles fails unless the folder holds exactly these names.
func wantFiles(t *testing.T, folder string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if len(got) != len(names) {
		t.Fatalf("folder holds %q, want %q", got, names)
	}
	for i := range got {
		if got[i] != names[i] {
			t.Fatalf("folder holds %q, want %q", got, names)
		}
	}
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
