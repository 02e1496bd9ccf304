package kvnr_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"schalter/domain/kvnr"
	"schalter/domain/problem"
)

// published are numbers of test cards, reference environments and samples.
var published = strings.Fields(`
	X110411675 X110406067 X110465770 X110646712 X110408667 X110359890 X110372962
	X110540756 X110639491 X110630769 X110617786 X110687252 X110498793 X110499478
	X110488614 K220635158 K220645122 T012345678 A000500015 C000500021 N430869088
	Y091263771 D123456786 H719994900 S040464113 A123456780
	A990000012 A990000024 A990000048 A990000063 A990000087 A990000113 A990000125
	A990000137 A990000149 A990000152 A990000226 A784840037 N613470373 C810750350
	C810750362 C810750374 C810750386 C810750398 A819745621`)

// publishedWrong are numbers found in documentation whose check digit is wrong,
// among them gematik's negative examples.
var publishedWrong = strings.Fields(`
	G995030567 M310119801 X234567890 A123456789 X110424188
	K220645129 T012345679 A005000112 C000500020`)

func TestParseAcceptsPublishedNumbers(t *testing.T) {
	for _, s := range published {
		k, err := kvnr.Parse(s)
		if err != nil || string(k) != s {
			t.Errorf("%s: got %q, %v", s, k, err)
		}
		if !k.Valid() {
			t.Errorf("%s: parsed and not valid", s)
		}
	}
}

func TestParseRefusesPublishedWrongNumbers(t *testing.T) {
	for _, s := range publishedWrong {
		if _, err := kvnr.Parse(s); !slices.Equal(problem.From(err), problem.New("kvnr", problem.CheckDigit)) {
			t.Errorf("%s: got %v", s, err)
		}
	}
}

func TestParseForms(t *testing.T) {
	for _, row := range []struct {
		why, in string
		codes   []problem.Code
	}{
		{"as printed on some cards, in groups", "X110 411 675", nil},
		{"lower case, as typed", "x110411675", nil},
		{"no-break and narrow spaces, as copied from a PDF", "X110\u00a0411\u202f675", nil},
		{"around it, as pasted", "\tX110411675\r\n", nil},
		{"nothing", "", []problem.Code{problem.Length}},
		{"one short", "X11041167", []problem.Code{problem.Length}},
		{"one long", "X1104116755", []problem.Code{problem.Length}},
		{"the letter is missing", "1110411675", []problem.Code{problem.Alphabet}},
		{"a letter among the digits", "X11041167O", []problem.Code{problem.Alphabet}},
		{"a letter outside A to Z", "Ä110411675", []problem.Code{problem.Alphabet}},
		{"U+017F would be S in upper case", "ſ040464113", []problem.Code{problem.Alphabet}},
		{"digits of another script", "X11041167٥", []problem.Code{problem.Alphabet}},
		{"dashes are not part of it", "X110-411-675", []problem.Code{problem.Length, problem.Alphabet}},
		{"invalid UTF-8", "X11041167\xff", []problem.Code{problem.Alphabet}},
	} {
		k, err := kvnr.Parse(row.in)
		if got := codes(err); !slices.Equal(got, row.codes) {
			t.Errorf("%s: got %v, want %v", row.why, got, row.codes)
		}
		if err == nil && k != "X110411675" {
			t.Errorf("%s: normal form %q", row.why, k)
		}
		if err != nil && k != "" {
			t.Errorf("%s: an error and the value %q", row.why, k)
		}
	}
}

func TestValidWantsNormalForm(t *testing.T) {
	for _, k := range []kvnr.KVNR{"", "x110411675", "X110 411675", "X110411674"} {
		if k.Valid() {
			t.Errorf("%q is valid", k)
		}
	}
}

func TestLast3(t *testing.T) {
	if got := kvnr.KVNR("X110411675").Last3(); got != "675" {
		t.Errorf("got %q", got)
	}
	if got := kvnr.KVNR("675").Last3(); got != "" {
		t.Errorf("a stump shows %q", got)
	}
}

func TestCheckDigit(t *testing.T) {
	for _, s := range published {
		if got, err := kvnr.CheckDigit(s[:9]); err != nil || got != s[9] {
			t.Errorf("%s: got %c, %v", s, got, err)
		}
	}
	for _, row := range []struct {
		why, in string
		code    problem.Code
	}{
		{"the digit itself is one too many", "X110411675", problem.Length},
		{"normal form is asked for", "x11041167", problem.Alphabet},
	} {
		if got, err := kvnr.CheckDigit(row.in); got != 0 || !slices.Equal(codes(err), []problem.Code{row.code}) {
			t.Errorf("%s: got %c, %v", row.why, got, err)
		}
	}
}

// The method sees every wrong digit, since doubling and adding the digits is a
// permutation of 0 to 9. Of 26 letters only ten residues are left: a letter is
// confused unseen with those of the same residue and no others.
func TestEveryChangedCharacterIsRefusedOrProvenUnseen(t *testing.T) {
	residue := func(letter byte) int {
		n := int(letter-'A') + 1
		doubled := n % 10 * 2
		return (n/10 + doubled/10 + doubled%10) % 10
	}
	for _, s := range published {
		for i := range len(s) {
			for c := byte(' ' + 1); c < 0x7f; c++ {
				if upper(c) == s[i] {
					continue
				}
				changed := s[:i] + string(rune(c)) + s[i+1:]
				_, err := kvnr.Parse(changed)
				unseen := i == 0 && isLetter(upper(c)) && residue(upper(c)) == residue(s[0])
				if (err == nil) != unseen {
					t.Fatalf("%s: accepted %t, unseen by the method %t", changed, err == nil, unseen)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range slices.Concat(published, publishedWrong) {
		f.Add(s)
	}
	f.Add(" x110 411 675\u00a0")
	f.Fuzz(func(t *testing.T, s string) {
		k, err := kvnr.Parse(s)
		if err != nil {
			if len(problem.From(err)) == 0 {
				t.Fatalf("an error without problems: %v", err)
			}
			return
		}
		again, err := kvnr.Parse(string(k))
		if err != nil || again != k || !k.Valid() {
			t.Fatalf("%q: no round trip: %q, %v", k, again, err)
		}
		if digit, err := kvnr.CheckDigit(string(k[:9])); err != nil || digit != k[9] {
			t.Fatalf("%q: check digit %c, %v", k, digit, err)
		}
	})
}

func ExampleParse() {
	k, err := kvnr.Parse("x110 411 675")
	fmt.Println(k, err)
	_, err = kvnr.Parse("x110 411 674")
	fmt.Println(err)
	// Output:
	// X110411675 <nil>
	// kvnr: check_digit
}

func codes(err error) (codes []problem.Code) {
	for _, p := range problem.From(err) {
		codes = append(codes, p.Code)
	}
	return codes
}

func upper(c byte) byte { return strings.ToUpper(string(rune(c)))[0] }

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }
