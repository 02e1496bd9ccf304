package code

import (
	"io"
	"strings"
)

// Case is the public number of one thing done at the counter: six random
// symbols (30 bit) and the check symbol, without dash. It opens nothing and may
// be spoken, printed and logged; that no two are equal is for those who store
// them to ensure.
type Case string

const (
	caseRandom = 6
	caseLength = caseRandom + 1
	fieldCase  = "case"
)

// NewCase draws a case number from random, as [New] draws a code.
func NewCase(random io.Reader) (Case, error) {
	s, err := draw(random, caseRandom, realStart)
	return Case(s), err
}

// ParseCase reads a case number as forgivingly as [Parse] reads a code. The
// error is a [problem.List] for the field case.
func ParseCase(s string) (Case, error) {
	symbols, err := read(s, caseLength, fieldCase, realStart)
	return Case(symbols), err
}

// Grouped returns the number as it is shown and spoken, 7QK-4M2X: three symbols
// and four, as few as possible to hold in the ear, the long group last because
// its last symbol is the check. A value that is no number is returned as it is.
func (c Case) Grouped() string {
	if len(c) != caseLength {
		return string(c)
	}
	return string(c[:3] + "-" + c[3:])
}

// Number is the case as a number of 35 bits, five for each symbol; 0 for a value
// that is no case number.
func (c Case) Number() uint64 {
	if len(c) != caseLength {
		return 0
	}
	var n uint64
	for _, symbol := range []byte(c) {
		value := strings.IndexByte(alphabet, symbol)
		if value < 0 {
			return 0
		}
		n = n<<5 | uint64(value)
	}
	return n
}
