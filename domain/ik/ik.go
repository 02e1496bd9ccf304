// Package ik reads the Institutionskennzeichen, the nine-digit number of
// insurers and providers in German social insurance (§ 293 SGB V).
//
// Digits 1 and 2 are the class, 3 and 4 the region, 5 to 8 a serial number, 9
// the check digit. Source: Gemeinsames Rundschreiben Institutionskennzeichen
// of the ARGE IK, 1.2.5, whose example is 260326822:
//
//	n, err := ik.Parse("260 326 822") // "260326822"
package ik

import (
	"schalter/domain/plain"
	"schalter/domain/problem"
)

// IK is an Institutionskennzeichen: nine ASCII digits, the last one checked.
type IK string

const (
	field  = "ik"
	length = 9
)

// Parse reads an IK; white space anywhere is ignored. The error is a
// [problem.List] with the codes length, alphabet or check_digit.
func Parse(s string) (IK, error) {
	s = plain.Compact(s)
	if problems := shape(s); len(problems) > 0 {
		return "", problems
	}
	if s[length-1] != checkDigit(s) {
		return "", problem.New(field, problem.CheckDigit)
	}
	return IK(s), nil
}

// Valid reports whether n is an IK in normal form with a fitting check digit.
func (n IK) Valid() bool {
	parsed, err := Parse(string(n))
	return err == nil && parsed == n
}

// shape returns what is wrong with length and alphabet.
func shape(s string) (problems problem.List) {
	if len([]rune(s)) != length {
		problems = append(problems, problem.Problem{Field: field, Code: problem.Length})
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return append(problems, problem.Problem{Field: field, Code: problem.Alphabet})
		}
	}
	return problems
}

// checkDigit computes the ninth digit from the digits 3 to 8, weighted
// 2,1,2,1,2,1: the sum of the products' cross sums modulo 10. The class does not
// count, so a slip in digits 1 and 2 goes unseen.
func checkDigit(s string) byte {
	sum := 0
	for i, c := range s[2 : length-1] {
		product := int(c-'0') * (2 - i%2)
		sum += product/10 + product%10
	}
	return byte('0' + sum%10)
}
