// Package code makes and reads the activation code a member enters in the app,
// and the public number of a case.
//
// Both are symbols of Crockford's base 32 (no I, L, O, U) with a check symbol
// over GF(32) that finds every wrong symbol and every swap of two. The
// activation code has 14 random symbols (70 bit) and the check symbol:
//
//	K7QH9-WXZ3M-PTR2W
//
// It is a secret. It is shown once, stored only as [Hash], and its type refuses
// to be formatted, logged or encoded; [Code.Grouped] and [Code.Link] are the
// two ways out, for the screen and the slip.
package code

import "io"

// Code is an activation code: 15 symbols in normal form, without dashes. It is
// a secret, see the package comment.
type Code string

const (
	codeRandom = 14
	codeLength = codeRandom + 1
	fieldCode  = "code"
)

// New draws a code: five bits of random for each symbol, drawn again if they
// spell something offensive. The error is that of the reader, or says that the
// reader repeats itself.
func New(random io.Reader) (Code, error) {
	s, err := draw(random, codeRandom, realStart)
	return Code(s), err
}

// NewPractice draws a code for practice: it looks real, and [Parse] refuses
// every one, because its check symbol is computed from another start.
func NewPractice(random io.Reader) (Code, error) {
	s, err := draw(random, codeRandom, practiceStart)
	return Code(s), err
}

// Parse reads a code as people type and dictate it: any case, spaces, dashes
// and dots anywhere, O for 0, I and L for 1. U is an error. The error is a
// [problem.List] with the codes length, alphabet or check_digit; it costs no
// attempt, since everyone can compute the check symbol.
func Parse(s string) (Code, error) {
	symbols, err := read(s, codeLength, fieldCode, realStart)
	return Code(symbols), err
}

// ParsePractice is [Parse] for the codes of [NewPractice], and refuses every real
// one.
func ParsePractice(s string) (Code, error) {
	symbols, err := read(s, codeLength, fieldCode, practiceStart)
	return Code(symbols), err
}

// Grouped returns the code as it is shown: three groups of five. It holds the
// secret. A value that is no code is returned without groups.
func (c Code) Grouped() string {
	if len(c) != codeLength {
		return string(c)
	}
	return string(c[:5] + "-" + c[5:10] + "-" + c[10:])
}
