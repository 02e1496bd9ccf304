package ik_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"schalter/domain/ik"
	"schalter/domain/problem"
)

// valid holds the example of the ARGE IK, insurers, and gematik's test cards.
var valid = strings.Fields(`
	260326822 109500969 104212059 108018007 100696012 109519005 101575519 108416214
	101377508 104212505 109034270 109905003 108310400 105830016 109723913 107202793
	108433248 105508787 108377503 999567890 991534564 991734566 413799875`)

func TestParseAcceptsPublishedNumbers(t *testing.T) {
	for _, s := range valid {
		n, err := ik.Parse(s)
		if err != nil || string(n) != s || !n.Valid() {
			t.Errorf("%s: got %q, %v", s, n, err)
		}
	}
}

func TestParseForms(t *testing.T) {
	for _, row := range []struct {
		why, in string
		codes   []problem.Code
	}{
		{"in groups", " 260 326\u00a0822 ", nil},
		{"published and wrong", "413799876", []problem.Code{problem.CheckDigit}},
		{"all nines", "999999999", []problem.Code{problem.CheckDigit}},
		{"nothing", "", []problem.Code{problem.Length}},
		{"one short", "26032682", []problem.Code{problem.Length}},
		{"one long", "2603268222", []problem.Code{problem.Length}},
		{"a letter", "26O326822", []problem.Code{problem.Alphabet}},
		{"digits of another script", "26032682٢", []problem.Code{problem.Alphabet}},
		{"invalid UTF-8", "26032682\xff", []problem.Code{problem.Alphabet}},
		{"both", "IK 260326822", []problem.Code{problem.Length, problem.Alphabet}},
	} {
		n, err := ik.Parse(row.in)
		if got := codes(err); !slices.Equal(got, row.codes) {
			t.Errorf("%s: got %v, want %v", row.why, got, row.codes)
		}
		if err == nil && n != "260326822" || err != nil && n != "" {
			t.Errorf("%s: value %q", row.why, n)
		}
	}
}

func TestValidWantsNormalForm(t *testing.T) {
	for _, n := range []ik.IK{"", "260 326822", "260326823"} {
		if n.Valid() {
			t.Errorf("%q is valid", n)
		}
	}
}

// The class, digits 1 and 2, is outside the check; every other wrong digit is
// seen.
func TestEveryChangedDigitIsRefusedOrProvenUnseen(t *testing.T) {
	for _, s := range valid {
		for i := range len(s) {
			for c := byte(' ' + 1); c < 0x7f; c++ {
				if c == s[i] {
					continue
				}
				_, err := ik.Parse(s[:i] + string(rune(c)) + s[i+1:])
				unseen := i < 2 && '0' <= c && c <= '9'
				if (err == nil) != unseen {
					t.Fatalf("%s, position %d to %c: accepted %t", s, i, c, err == nil)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range valid {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ik.Parse(s)
		if err != nil {
			if len(problem.From(err)) == 0 {
				t.Fatalf("an error without problems: %v", err)
			}
			return
		}
		if again, err := ik.Parse(string(n)); err != nil || again != n || !n.Valid() {
			t.Fatalf("%q: no round trip: %q, %v", n, again, err)
		}
	})
}

func ExampleParse() {
	n, err := ik.Parse("260 326 822")
	fmt.Println(n, err)
	// Output: 260326822 <nil>
}

func codes(err error) (codes []problem.Code) {
	for _, p := range problem.From(err) {
		codes = append(codes, p.Code)
	}
	return codes
}
