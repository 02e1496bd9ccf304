// Package kvnr reads the Krankenversichertennummer, the lifelong number of an
// insured person (§ 290 SGB V).
//
// The unchangeable part has ten characters: a letter, eight digits and a check
// digit. Source: "Richtlinie nach § 290 SGB V" of the GKV-Spitzenverband, as
// gematik's reference code reads it. The longer forms with insurer and main
// member are read by [ParseFull].
//
//	k, err := kvnr.Parse("x110 411 675") // "X110411675"
package kvnr

import (
	"schalter/domain/plain"
	"schalter/domain/problem"
)

// KVNR is the unchangeable part of the number in normal form: an upper-case
// ASCII letter and nine digits.
type KVNR string

const (
	field  = "kvnr"
	length = 10
)

// Parse reads the ten characters; white space anywhere and lower case are
// accepted. The error is a [problem.List] with the codes length, alphabet or
// check_digit.
func Parse(s string) (KVNR, error) { return parse(normal(s), field) }

// Valid reports whether k is a number in normal form with a fitting check
// digit.
func (k KVNR) Valid() bool {
	parsed, err := Parse(string(k))
	return err == nil && parsed == k
}

// Last3 returns the last three digits, what lists show of a number; "" if k is
// too short to have them and still hide something.
func (k KVNR) Last3() string {
	if len(k) != length {
		return ""
	}
	return string(k[length-3:])
}

// CheckDigit computes the tenth character, an ASCII digit, from the nine before
// it (upper case, no white space). The error is a [problem.List] with the codes
// length or alphabet.
func CheckDigit(first9 string) (byte, error) {
	if problems := shape(first9, length-1, field); len(problems) > 0 {
		return 0, problems
	}
	return alternating(first9), nil
}

// parse checks ten characters in normal form and reports under a field's name.
func parse(s, field string) (KVNR, error) {
	if problems := shape(s, length, field); len(problems) > 0 {
		return "", problems
	}
	if s[length-1] != alternating(s[:length-1]) {
		return "", problem.New(field, problem.CheckDigit)
	}
	return KVNR(s), nil
}

// shape returns what is wrong with length and alphabet of a letter and digits.
func shape(s string, length int, field string) (problems problem.List) {
	runes := []rune(s)
	if len(runes) != length {
		problems = append(problems, problem.Problem{Field: field, Code: problem.Length})
	}
	for i, r := range runes {
		if i == 0 && isLetter(r) || i > 0 && isDigit(r) {
			continue
		}
		return append(problems, problem.Problem{Field: field, Code: problem.Alphabet})
	}
	return problems
}

// alternating computes the check digit over letters and digits: a letter counts
// as two digits (A=01 … Z=26), the digits are weighted 1,2,1,2,… from the left,
// and the cross sums of the products are added modulo 10.
func alternating(s string) byte {
	sum, weight := 0, 1
	add := func(digit int) {
		product := digit * weight
		sum += product/10 + product%10
		weight = 3 - weight
	}
	for _, r := range s {
		if isLetter(r) {
			n := int(r-'A') + 1
			add(n / 10)
			add(n % 10)
			continue
		}
		add(int(r - '0'))
	}
	return byte('0' + sum%10)
}

// normal drops white space and raises ASCII letters. Other scripts' letters
// that would become ASCII in upper case (U+017F) stay what they are: wrong.
func normal(s string) string {
	b := []byte(plain.Compact(s))
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

func isLetter(r rune) bool { return 'A' <= r && r <= 'Z' }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
