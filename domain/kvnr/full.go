package kvnr

import (
	"schalter/domain/ik"
	"schalter/domain/problem"
)

// Full is the whole number of § 290 SGB V: the person, the insurer and, for a
// family insured person, the member they are insured with.
type Full struct {
	KVNR KVNR
	IK   ik.IK
	// Main is the member's number in the form of thirty characters, "" in the
	// form of twenty.
	Main KVNR
	// Check is the last character as it was written, an ASCII digit.
	Check byte
}

// The names under which the parts of a full number are reported.
const (
	fieldMain  = "main_kvnr"
	fieldCheck = "full_check"
)

const (
	lengthIK     = 9
	lengthMember = length + lengthIK + 1
	lengthFamily = length + lengthIK + length + 1
)

// ParseFull reads the forms of 20 characters (KVNR, IK, check digit) and of 30
// (KVNR, IK, KVNR of the member, check digit); white space and lower case are
// accepted. The error is a [problem.List] over the fields kvnr, ik, main_kvnr
// and full_check.
//
// A last digit that does not fit is no error, see [Full.CheckFits].
func ParseFull(s string) (Full, error) {
	runes := []rune(normal(s))
	if len(runes) != lengthMember && len(runes) != lengthFamily {
		return Full{}, problem.New(field, problem.Length)
	}
	var full Full
	var problems problem.List
	collect := func(err error) { problems = append(problems, problem.From(err)...) }
	var err error

	full.KVNR, err = parse(string(runes[:length]), field)
	collect(err)
	full.IK, err = ik.Parse(string(runes[length : length+lengthIK]))
	collect(err)
	if len(runes) == lengthFamily {
		full.Main, err = parse(string(runes[length+lengthIK:lengthFamily-1]), fieldMain)
		collect(err)
	}
	last := runes[len(runes)-1]
	if !isDigit(last) {
		problems = append(problems, problem.Problem{Field: fieldCheck, Code: problem.Alphabet})
	}
	if len(problems) > 0 {
		return Full{}, problems
	}
	full.Check = byte(last)
	return full, nil
}

// String returns the 20 or 30 characters in normal form.
func (f Full) String() string { return f.body() + string(rune(f.Check)) }

// CheckFits reports whether the last digit is the one that the method of the
// first gives over everything before it. No published example shows which
// method the insurers use there, so a digit that does not fit is told and never
// refused.
func (f Full) CheckFits() bool { return f.Check == alternating(f.body()) }

// Doubts returns the last digit as a problem if it does not fit, else nothing.
func (f Full) Doubts() problem.List {
	if f.CheckFits() {
		return nil
	}
	return problem.New(fieldCheck, problem.CheckDigit)
}

func (f Full) body() string { return string(f.KVNR) + string(f.IK) + string(f.Main) }
