package code

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestCheckSymbolVectors(t *testing.T) {
	for _, row := range []struct {
		why, symbols string
		want         byte
	}{
		{"nothing random", "00000000000000", '0'},
		{"the last symbol counts once", "00000000000001", '2'},
		{"the first counts fourteen times", "10000000000000", 'X'},
		{"the highest of all", "ZZZZZZZZZZZZZZ", '7'},
		{"an ordinary one", "K7QH9WXZ3MPTR2", 'W'},
		{"another", "7XQ4M2HCVP9TEK", 'N'},
	} {
		if got := checkSymbol(row.symbols, realStart); got != row.want {
			t.Errorf("%s: %s: got %c, want %c", row.why, row.symbols, got, row.want)
		}
	}
}

func TestAlphabetIsThatOfCrockford(t *testing.T) {
	if len(alphabet) != 32 || strings.ContainsAny(alphabet, "ILOU") {
		t.Errorf("alphabet %s", alphabet)
	}
	for i := 1; i < len(alphabet); i++ {
		if alphabet[i-1] >= alphabet[i] {
			t.Errorf("not in order at %c", alphabet[i])
		}
	}
}

// α has to generate the whole field, or two places would weigh the same and a
// swap between them go unseen.
func TestAlphaHasOrder31(t *testing.T) {
	seen := map[byte]bool{}
	a := byte(1)
	for range 31 {
		if seen[a] {
			t.Fatalf("%d comes back after %d steps", a, len(seen))
		}
		seen[a] = true
		a = timesAlpha(a)
	}
	if a != 1 || seen[0] {
		t.Errorf("after 31 steps %d, zero reached %t", a, seen[0])
	}
}

// The check is linear: the check of a difference is the difference of checks.
// With it, the two tests below prove for every code what they try on one.
func TestCheckIsLinear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.ByteRange(0, 31), codeRandom, codeRandom).Draw(t, "a")
		b := rapid.SliceOfN(rapid.ByteRange(0, 31), codeRandom, codeRandom).Draw(t, "b")
		diff := make([]byte, codeRandom)
		for i := range diff {
			diff[i] = a[i] ^ b[i]
		}
		if check(diff) != check(a)^check(b) {
			t.Fatal("the check is not linear")
		}
	})
}

func TestEverySubstitutionIsDetected(t *testing.T) {
	for _, random := range []int{codeRandom, caseRandom} {
		for at := range random {
			for wrong := byte(1); wrong < 32; wrong++ {
				diff := make([]byte, random)
				diff[at] = wrong
				if check(diff) == 0 {
					t.Fatalf("%d symbols: a change by %d at %d is not seen", random, wrong, at)
				}
			}
		}
	}
}

// Swapping symbols that differ by d changes both places by d; if one of them is
// the check symbol, the check of the other place must not come out as d itself.
func TestEveryTranspositionIsDetected(t *testing.T) {
	for _, random := range []int{codeRandom, caseRandom} {
		for i := range random {
			for d := byte(1); d < 32; d++ {
				diff := make([]byte, random)
				diff[i] = d
				if check(diff) == d {
					t.Fatalf("%d symbols: swapping %d with the check symbol is not seen", random, i)
				}
				for j := i + 1; j < random; j++ {
					diff[j] = d
					if check(diff) == 0 {
						t.Fatalf("%d symbols: swapping %d and %d is not seen", random, i, j)
					}
					diff[j] = 0
				}
			}
		}
	}
}

// A practice start shifts the check symbol by a constant that is not zero.
func TestPracticeStartChangesEveryCheckSymbol(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Byte(), codeRandom, codeRandom).Draw(t, "raw")
		if withCheck(raw, realStart) == withCheck(raw, practiceStart) {
			t.Fatal("a practice code has the real check symbol")
		}
	})
}

func TestDrawTakesFiveBitsOfEachByte(t *testing.T) {
	got, err := draw(bytes.NewReader([]byte{0, 31, 32, 255, 10, 42}), caseRandom, realStart)
	if err != nil || got[:caseRandom] != "0Z0ZAA" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestDrawTriesAgainOnOffensiveFragments(t *testing.T) {
	first := []byte{8, 8, 1, 2, 3, 4} // 88…
	second := []byte{1, 2, 3, 4, 5, 6}
	got, err := draw(bytes.NewReader(append(first, second...)), caseRandom, realStart)
	if err != nil || got[:caseRandom] != "123456" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestDrawFailsWithItsReader(t *testing.T) {
	broken := errors.New("no entropy")
	for _, row := range []struct {
		why    string
		reader io.Reader
		want   error
	}{
		{"a reader that fails", iotest.ErrReader(broken), broken},
		{"one that ends", bytes.NewReader([]byte{1, 2}), io.ErrUnexpectedEOF},
		{"one that repeats an offensive draw", repeat(8), errRandom},
	} {
		if got, err := draw(row.reader, codeRandom, realStart); got != "" || !errors.Is(err, row.want) {
			t.Errorf("%s: got %q, %v", row.why, got, err)
		}
	}
}

// The filter may cost a quarter of a bit: it refuses less than one draw in six.
func TestOffensiveFragmentsAreRareAndPossible(t *testing.T) {
	for _, fragment := range offensive {
		for i := range len(fragment) {
			if !strings.Contains(alphabet, fragment[i:i+1]) {
				t.Errorf("%s can never appear", fragment)
			}
		}
	}
	refused, raw := 0, make([]byte, codeRandom)
	const draws = 20000
	for range draws {
		if _, err := rand.Read(raw); err != nil {
			t.Fatal(err)
		}
		if isOffensive(withCheck(raw, realStart)) {
			refused++
		}
	}
	if refused == 0 || refused > draws/6 {
		t.Errorf("%d of %d draws refused", refused, draws)
	}
}

// check returns the value of the check symbol over symbol values.
func check(values []byte) byte {
	symbols := make([]byte, len(values))
	for i, v := range values {
		symbols[i] = alphabet[v]
	}
	return value(checkSymbol(string(symbols), realStart))
}

// repeat is a random source that always gives the same byte.
type repeat byte

func (b repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}
