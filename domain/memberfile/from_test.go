package memberfile_test

import (
	"bytes"
	"errors"
	"iter"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"schalter/domain/memberfile"
	"schalter/domain/practice"
)

// TestGoOn: from behind any row on, a file is read as it was the first time.
func TestGoOn(t *testing.T) {
	var csv bytes.Buffer
	if _, err := practice.Lines(&csv, 3, today, 300, 0.1); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"UTF-8":             csv.String(),
		"ISO-8859-15":       latin9(t, inLatin9(csv.String())),
		"a byte order mark": "\xef\xbb\xbf" + csv.String(),
	} {
		all := read(t, file, memberfile.Options{})
		for i := 0; i < len(all); i += 7 {
			if all[i].Rejected() {
				continue
			}
			rest := read(t, file, memberfile.Options{From: all[i].Behind})
			var want []memberfile.Row
			for _, row := range all[i+1:] {
				if row.Line > int(all[i].Behind.Lines) {
					want = append(want, row)
				}
			}
			if !reflect.DeepEqual(rest, want) {
				t.Fatalf("%s, behind line %d: %d rows, want %d", name, all[i].Last, len(rest), len(want))
			}
		}
	}
}

// inLatin9 is a text with what ISO-8859-15 cannot hold as x.
func inLatin9(text string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := charmap.ISO8859_15.EncodeRune(r); !ok {
			return 'x'
		}
		return r
	}, text)
}

// TestGoOnInAnotherFile: what stands before the mark must be what stood there.
func TestGoOnInAnotherFile(t *testing.T) {
	file := simple(anna, bert)
	mark := read(t, file, memberfile.Options{})[0].Behind
	for name, other := range map[string]string{
		"one letter else": strings.Replace(file, "M", "N", 1),
		"shorter":         simple(),
		"a line more":     strings.Replace(file, "\n", "\n\n", 1),
	} {
		_, err := memberfile.NewReader(strings.NewReader(other), memberfile.Options{Today: today, From: mark})
		if !errors.Is(err, memberfile.ErrOtherFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAhead: rows come as they are, an error comes last, and leaving the loop
// leaves nothing running.
func TestAhead(t *testing.T) {
	broken := errors.New("broken")
	rows := func(n int, end error) iter.Seq2[memberfile.Row, error] {
		return func(yield func(memberfile.Row, error) bool) {
			for i := range n {
				if !yield(memberfile.Row{Line: i + 1}, nil) {
					return
				}
			}
			if end != nil {
				yield(memberfile.Row{}, end)
			}
		}
	}
	for _, n := range []int{0, 1, 255, 256, 257, 5000} {
		seen := 0
		var last error
		for row, err := range memberfile.Ahead(rows(n, broken)) {
			if last = err; err == nil {
				if seen++; row.Line != seen {
					t.Fatalf("row %d came as number %d", row.Line, seen)
				}
			}
		}
		if seen != n || !errors.Is(last, broken) {
			t.Errorf("%d of %d rows, then %v", seen, n, last)
		}
	}
	ended := false
	for range memberfile.Ahead(func(yield func(memberfile.Row, error) bool) {
		defer func() { ended = true }()
		for yield(memberfile.Row{}, nil) {
		}
	}) {
		break
	}
	if !ended {
		t.Error("reading goes on behind the loop")
	}
}
