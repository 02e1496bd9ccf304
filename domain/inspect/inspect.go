// Package inspect describes one value of a standard for people and machines:
// what kind it is, whether it is valid, its normal form and what is wrong with
// it. It is what "schalter check" prints, one JSON object a value:
//
//	{"kind":"ik","valid":true,"normal":"260326822","problems":[]}
package inspect

import (
	"schalter/domain/code"
	"schalter/domain/iccsn"
	"schalter/domain/ik"
	"schalter/domain/kvnr"
	"schalter/domain/problem"
)

// Result describes one value. Normal is empty unless Valid. A valid value may
// have problems that do not count against it. Problems is never nil when made
// by this package.
type Result struct {
	Kind     string            `json:"kind"`
	Valid    bool              `json:"valid"`
	Normal   string            `json:"normal"`
	Problems []problem.Problem `json:"problems"`
}

// KVNR describes an insurance number of 10, 20 or 30 characters. The last digit
// of the long forms is told as a problem if it does not fit, and the number is
// valid all the same, see [kvnr.Full.CheckFits].
func KVNR(s string) Result {
	const kind = "kvnr"
	if full, err := kvnr.ParseFull(s); err == nil {
		return Result{Kind: kind, Valid: true, Normal: full.String(), Problems: full.Doubts().Plain()}
	} else if isLong(err) {
		return result(kind, "", err)
	}
	k, err := kvnr.Parse(s)
	return result(kind, string(k), err)
}

// isLong reports whether the long form was meant: its length was right.
func isLong(err error) bool {
	return !problem.From(err).Has(problem.Length)
}

// IK describes an Institutionskennzeichen.
func IK(s string) Result {
	n, err := ik.Parse(s)
	return result("ik", string(n), err)
}

// ICCSN describes the number of a health card.
func ICCSN(s string) Result {
	n, err := iccsn.Parse(s)
	return result("iccsn", string(n), err)
}

// Code describes an activation code. Normal is the secret itself; it says no
// more than what the person who asked has typed. A code made in practice is not
// valid.
func Code(s string) Result {
	c, err := code.Parse(s)
	return result("code", string(c), err)
}

func result(kind, normal string, err error) Result {
	return Result{
		Kind:     kind,
		Valid:    err == nil,
		Normal:   normal,
		Problems: problem.From(err).Plain(),
	}
}
