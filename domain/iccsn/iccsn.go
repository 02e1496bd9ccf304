// Package iccsn reads the ICCSN, the "Kennnummer der Karte" of a German health
// card: field 8 on its back and the number in EF.GDO.
//
// Twenty digits: 80 (health, ISO/IEC 7812), 276 (Germany, ISO 3166-1), five
// digits for the issuer, ten for the card. There is no check digit, cards made
// one after the other differ in the last digit only: a slip of the finger shows
// only by comparison with the record.
//
//	n, err := iccsn.Parse("80276 00182 0001951731")
//	n.Last6() // "951731", asked when members register in the app
package iccsn

import (
	"strings"

	"schalter/domain/plain"
	"schalter/domain/problem"
)

// ICCSN is a card's number: twenty ASCII digits that begin with 80276.
type ICCSN string

const (
	field   = "iccsn"
	length  = 20
	health  = "80"
	germany = "276"
)

// Parse reads an ICCSN; white space anywhere is ignored. The error is a
// [problem.List]: length, alphabet, format if it is not a health card's number,
// issuer if it is one of another country.
func Parse(s string) (ICCSN, error) {
	s = plain.Compact(s)
	if problems := shape(s); len(problems) > 0 {
		return "", problems
	}
	if !strings.HasPrefix(s, health) {
		return "", problem.New(field, problem.Format)
	}
	if !strings.HasPrefix(s[len(health):], germany) {
		return "", problem.New(field, problem.Issuer)
	}
	return ICCSN(s), nil
}

// Valid reports whether n is a number in normal form.
func (n ICCSN) Valid() bool {
	parsed, err := Parse(string(n))
	return err == nil && parsed == n
}

// Issuer returns the five digits that name the issuer within Germany, "" if n
// is not valid.
func (n ICCSN) Issuer() string {
	if !n.Valid() {
		return ""
	}
	return string(n[5:10])
}

// Last6 returns the last six digits, the ones members are asked for; "" if n is
// not valid, so that nothing typed can equal them.
func (n ICCSN) Last6() string { return n.last(6) }

// Last8 returns the last eight digits, "" if n is not valid.
func (n ICCSN) Last8() string { return n.last(8) }

func (n ICCSN) last(digits int) string {
	if !n.Valid() {
		return ""
	}
	return string(n[length-digits:])
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
