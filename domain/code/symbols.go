package code

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"schalter/domain/problem"
)

// alphabet holds the 32 symbols of Crockford's base 32 in order of value:
// digits and capitals without I, L, O, U.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// The value at which the check calculation starts. It is linear, so two starts
// give different check symbols for every code of the same length: no practice
// code is ever a real one.
const (
	realStart     = 0
	practiceStart = 1
)

// offensive lists what must not appear in a printed code: the letter pairs
// refused on German number plates and their digits, and words that can be
// formed from the symbols, with 0 and 1 read as O and I.
var offensive = []string{
	"SS", "SA", "NS", "KZ", "HJ", "88", "18",
	"KKK", "NAZ", "SEX", "FCK", "F1CK", "FAG", "JEW", "T0D", "T0T", "H0RE",
	"D1CK", "C0CK", "TWAT", "WANK", "RAPE", "N1GG", "NEGER", "KACK", "DEPP",
	"DRECK", "ARSCH", "KREBS",
}

// maxDraws bounds the search for symbols without an offensive fragment. About
// one draw in eight is refused; this many in a row means that the source
// repeats itself.
const maxDraws = 64

var errRandom = errors.New("code: the random source repeats itself")

// draw returns n random symbols and their check symbol, free of offensive
// fragments.
func draw(random io.Reader, n int, start byte) (string, error) {
	raw := make([]byte, n)
	for range maxDraws {
		if _, err := io.ReadFull(random, raw); err != nil {
			return "", fmt.Errorf("code: read random: %w", err)
		}
		if s := withCheck(raw, start); !isOffensive(s) {
			return s, nil
		}
	}
	return "", errRandom
}

// withCheck turns the low five bits of each byte into a symbol, which is free
// of bias because 256 is a multiple of 32, and appends the check symbol.
func withCheck(raw []byte, start byte) string {
	symbols := make([]byte, len(raw), len(raw)+1)
	for i, b := range raw {
		symbols[i] = alphabet[b&31]
	}
	return string(append(symbols, checkSymbol(string(symbols), start)))
}

func isOffensive(s string) bool {
	for _, fragment := range offensive {
		if strings.Contains(s, fragment) {
			return true
		}
	}
	return false
}

// checkSymbol evaluates the symbols as a polynomial at α, the root of
// x⁵+x²+1 that generates GF(32), in Horner's form. α has order 31, so every
// single substitution, and every transposition of two different symbols no
// matter how far apart, changes the result in strings of up to 31 symbols.
func checkSymbol(symbols string, start byte) byte {
	acc := start
	for i := range len(symbols) {
		acc = timesAlpha(acc ^ value(symbols[i]))
	}
	return alphabet[acc]
}

// timesAlpha multiplies by α modulo x⁵+x²+1.
func timesAlpha(a byte) byte {
	a <<= 1
	if a&0b100000 != 0 {
		a ^= 0b100101
	}
	return a
}

func value(symbol byte) byte { return byte(strings.IndexByte(alphabet, symbol)) }

// read normalises what a person typed and checks it as n symbols of which the
// last is the check symbol.
func read(s string, n int, field string, start byte) (string, error) {
	symbols, ok := normal(s)
	var problems problem.List
	if len([]rune(symbols)) != n {
		problems = append(problems, problem.Problem{Field: field, Code: problem.Length})
	}
	if !ok {
		problems = append(problems, problem.Problem{Field: field, Code: problem.Alphabet})
	}
	if len(problems) > 0 {
		return "", problems
	}
	if symbols[n-1] != checkSymbol(symbols[:n-1], start) {
		return "", problem.New(field, problem.CheckDigit)
	}
	return symbols, nil
}

// normal drops what only separates, reads O as 0 and I and L as 1, and raises
// letters. It reports whether only symbols remain. U is no symbol and has no
// twin: who reads one has misread, perhaps a V, and is told so.
func normal(s string) (symbols string, ok bool) {
	ok = true
	symbols = strings.Map(func(r rune) rune {
		if isFiller(r) {
			return -1
		}
		r = fold(r)
		ok = ok && strings.ContainsRune(alphabet, r)
		return r
	}, s)
	return symbols, ok
}

// fold raises ASCII letters and maps the look-alikes.
func fold(r rune) rune {
	if 'a' <= r && r <= 'z' {
		r += 'A' - 'a'
	}
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	default:
		return r
	}
}

// isFiller reports whether r only separates or is not seen at all: white space,
// every dash of Unicode and the characters used as one, dots, and the invisible
// characters that copying from a message brings along.
func isFiller(r rune) bool {
	switch r {
	case '.', '\u00b7', // dot, middle dot
		'\u2212', '\u2043', '\u02d7': // minus, hyphen bullet, modifier minus
		return true
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r)
}
