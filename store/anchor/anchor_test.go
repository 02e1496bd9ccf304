package anchor_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"schalter/store/anchor"
	"schalter/store/journal"
)

func note(n int) []byte {
	return fmt.Appendf(nil, "schalter/00\n%d\nAAAA\ntime 2026-03-02T08:15:00Z\nrecords member %d\n\n— schalter/00 c2lnbmF0dXJl\n", n, n)
}

func notes(t *testing.T, f anchor.File) [][]byte {
	t.Helper()
	got, err := f.Notes()
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestFileComesBack(t *testing.T) {
	f := anchor.File(filepath.Join(t.TempDir(), "anchor"))
	if got := notes(t, f); len(got) != 0 {
		t.Errorf("a file that is not there has %q", got)
	}
	for n := range 3 {
		if err := f.Append(note(n), journal.Checkpoint{}); err != nil {
			t.Fatal(err)
		}
	}
	for n, got := range notes(t, f) {
		if !bytes.Equal(got, note(n)) {
			t.Errorf("note %d is %q", n, got)
		}
	}
	info, err := os.Stat(string(f))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestTornFile: whatever a power cut left behind the last whole note, that note
// counts, and the next one is found again.
func TestTornFile(t *testing.T) {
	whole := append(note(1), '\n')
	for cut := range note(2) {
		f := anchor.File(filepath.Join(t.TempDir(), "anchor"))
		if err := os.WriteFile(string(f), append(bytes.Clone(whole), note(2)[:cut]...), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := notes(t, f); len(got) < 1 || !bytes.Equal(got[0], note(1)) {
			t.Fatalf("cut at %d: %q", cut, got)
		}
		if err := f.Append(note(3), journal.Checkpoint{}); err != nil {
			t.Fatal(err)
		}
		if got := notes(t, f); !bytes.Equal(got[len(got)-1], note(3)) {
			t.Fatalf("cut at %d, then one more: %q", cut, got[len(got)-1])
		}
	}
}

// TestFileIsBounded: the newest notes stay.
func TestFileIsBounded(t *testing.T) {
	f := anchor.File(filepath.Join(t.TempDir(), "anchor"))
	big := bytes.Repeat(append(note(1), '\n'), (256<<10)/(len(note(1))+1))
	if err := os.WriteFile(string(f), big, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Append(note(2), journal.Checkpoint{}); err != nil {
		t.Fatal(err)
	}
	got := notes(t, f)
	info, err := os.Stat(string(f))
	if err != nil || info.Size() > 129<<10 || len(got) < 100 || !bytes.Equal(got[len(got)-1], note(2)) {
		t.Errorf("%d notes in %d bytes, the last %q, %v", len(got), info.Size(), got[len(got)-1], err)
	}
}

// TestLogLine: the note can be taken out of the line again.
func TestLogLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	c := journal.Checkpoint{Origin: "schalter/00", Size: 7, Time: time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC)}
	if err := anchor.Log(path).Append(note(7), c); err != nil {
		t.Fatal(err)
	}
	line, err := os.ReadFile(path)
	_, coded, _ := strings.Cut(strings.TrimSpace(string(line)), " note=")
	back, decoded := base64.StdEncoding.DecodeString(coded)
	if err != nil || decoded != nil || !bytes.Equal(back, note(7)) || !strings.Contains(string(line), " size=7 mark=J-7-") {
		t.Errorf("%q, %v, %v", line, err, decoded)
	}
}

func FuzzNotes(f *testing.F) {
	f.Add(note(1))
	f.Add([]byte("— \n— \n\n\n— x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := anchor.File(filepath.Join(t.TempDir(), "anchor"))
		if err := os.WriteFile(string(file), data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, n := range notes(t, file) {
			if !bytes.Contains(data, n) {
				t.Errorf("%q is not in the file", n)
			}
		}
	})
}
