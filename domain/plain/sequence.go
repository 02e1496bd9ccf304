package plain

import "unicode/utf8"

// The controls that begin, end or break off a sequence (ECMA-48, 5.2, 5.3).
// Those from 0x80 on are the eight-bit forms: as a character of UTF-8, or as a
// bare byte, which a terminal set to eight bits obeys.
const (
	bel = 0x07
	can = 0x18
	sub = 0x1a
	esc = 0x1b
	dcs = 0x90
	sos = 0x98
	csi = 0x9b
	st  = 0x9c
	osc = 0x9d
	pm  = 0x9e
	apc = 0x9f
)

// sequence returns how many bytes the escape sequence at the start of s takes,
// 0 if there is none.
func sequence(s string) int {
	switch c, n := control(s); c {
	case esc:
		return n + escape(s[n:])
	case csi:
		return n + parameters(s[n:])
	case dcs, sos, osc, pm, apc:
		return n + text(s[n:], c)
	default:
		return 0
	}
}

// control returns the first character of s, a byte that is no UTF-8 as itself.
func control(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		return rune(s[0]), 1
	}
	return r, n
}

// escape returns the length of what follows an ESC: one of the openers above in
// its seven-bit form, or intermediate bytes and a final one.
func escape(s string) int {
	if s == "" {
		return 0
	}
	switch s[0] {
	case '[':
		return 1 + parameters(s[1:])
	case 'P', 'X', ']', '^', '_':
		return 1 + text(s[1:], rune(s[0])+0x40)
	}
	n := run(s, 0x20, 0x2f)
	if n < len(s) && s[n] >= 0x30 && s[n] <= 0x7e {
		return n + 1
	}
	return n
}

// parameters returns the length of a control sequence after its opener:
// parameters, intermediates, a final byte. One that is broken off ends before
// what broke it.
func parameters(s string) int {
	n := run(s, 0x30, 0x3f)
	n += run(s[n:], 0x20, 0x2f)
	if n < len(s) && s[n] >= 0x40 && s[n] <= 0x7e {
		return n + 1
	}
	return n
}

// text returns the length of a control string after its opener: up to and with
// ST, or BEL after OSC; up to a control that breaks it off; or all of it.
func text(s string, opener rune) int {
	for i := 0; i < len(s); {
		c, n := control(s[i:])
		switch {
		case c == st || c == bel && opener == osc:
			return i + n
		case c == can || c == sub || c == esc:
			return i // ESC \ is a sequence of its own and goes next
		}
		i += n
	}
	return len(s)
}

// run returns how many bytes at the start of s lie between low and high.
func run(s string, low, high byte) int {
	n := 0
	for n < len(s) && low <= s[n] && s[n] <= high {
		n++
	}
	return n
}
