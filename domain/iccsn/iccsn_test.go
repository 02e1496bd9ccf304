package iccsn_test

import (
	"fmt"
	"slices"
	"testing"

	"schalter/domain/iccsn"
	"schalter/domain/problem"
)

const card = "80276001820001951731"

func TestParseForms(t *testing.T) {
	for _, row := range []struct {
		why, in string
		codes   []problem.Code
	}{
		{"as read from a card", card, nil},
		{"in groups, as printed", " 80276 00182\u00a00001951731\n", nil},
		{"nothing", "", []problem.Code{problem.Length}},
		{"the last six alone", "951731", []problem.Code{problem.Length}},
		{"one long", card + "1", []problem.Code{problem.Length}},
		{"a letter", "8027600182000195173O", []problem.Code{problem.Alphabet}},
		{"digits of another script", "8027600182000195173١", []problem.Code{problem.Alphabet}},
		{"invalid UTF-8", "8027600182000195173\xff", []problem.Code{problem.Alphabet}},
		{"both", "8027600182-0001951731", []problem.Code{problem.Length, problem.Alphabet}},
		{"a telephone card", "89490012820001951731", []problem.Code{problem.Format}},
		{"an Austrian health card", "80040001820001951731", []problem.Code{problem.Issuer}},
	} {
		n, err := iccsn.Parse(row.in)
		if got := codes(err); !slices.Equal(got, row.codes) {
			t.Errorf("%s: got %v, want %v", row.why, got, row.codes)
		}
		if err == nil && n != card || err != nil && n != "" {
			t.Errorf("%s: value %q", row.why, n)
		}
	}
}

func TestParts(t *testing.T) {
	n := iccsn.ICCSN(card)
	if !n.Valid() || n.Issuer() != "00182" || n.Last6() != "951731" || n.Last8() != "01951731" {
		t.Errorf("got %t %q %q %q", n.Valid(), n.Issuer(), n.Last6(), n.Last8())
	}
}

func TestPartsOfWhatIsNoNumberAreEmpty(t *testing.T) {
	for _, n := range []iccsn.ICCSN{"", "951731", "80276 00182 0001951731", "89490012820001951731"} {
		if n.Valid() || n.Issuer() != "" || n.Last6() != "" || n.Last8() != "" {
			t.Errorf("%q: got %t %q %q %q", n, n.Valid(), n.Issuer(), n.Last6(), n.Last8())
		}
	}
}

// There is no check digit: gematik's test cards made one after the other differ
// in the last place only. A changed digit is seen in the fixed prefix and
// nowhere else.
func TestOnlyThePrefixIsChecked(t *testing.T) {
	for _, s := range []iccsn.ICCSN{"80276883110000168583", "80276883110000168584", "80276883110000168585", "80276883110000168586"} {
		if !s.Valid() {
			t.Errorf("%s: not valid", s)
		}
	}
	for i := range len(card) {
		for c := byte(' ' + 1); c < 0x7f; c++ {
			if c == card[i] {
				continue
			}
			n, err := iccsn.Parse(card[:i] + string(rune(c)) + card[i+1:])
			unseen := i >= 5 && '0' <= c && c <= '9'
			if (err == nil) != unseen || n == card {
				t.Fatalf("position %d to %c: accepted %t", i, c, err == nil)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(card)
	f.Add("80276 88311 0000168583")
	f.Add("80040001820001951731")
	f.Fuzz(func(t *testing.T, s string) {
		n, err := iccsn.Parse(s)
		if err != nil {
			if len(problem.From(err)) == 0 {
				t.Fatalf("an error without problems: %v", err)
			}
			return
		}
		if again, err := iccsn.Parse(string(n)); err != nil || again != n || !n.Valid() {
			t.Fatalf("%q: no round trip: %q, %v", n, again, err)
		}
		if len(n.Last6()) != 6 || len(n.Last8()) != 8 || len(n.Issuer()) != 5 {
			t.Fatalf("%q: parts of the wrong length", n)
		}
	})
}

func ExampleParse() {
	n, err := iccsn.Parse("80276 00182 0001951731")
	fmt.Println(n.Last6(), err)
	// Output: 951731 <nil>
}

func codes(err error) (codes []problem.Code) {
	for _, p := range problem.From(err) {
		codes = append(codes, p.Code)
	}
	return codes
}
