package mrz

import (
	"schalter/domain/date"
	"schalter/domain/problem"
)

// longestValidity is more years than any document is valid for. A two-digit year
// further ahead lies in the last century: the first machine-readable documents
// expired in the nineteen-nineties.
const longestValidity = 49

// birthDate reads the birth date: the latest that is not in the future. Day, or
// day and month, may be unknown: fillers.
func (r *reader) birthDate(today date.Date) date.Date {
	y, m, d, ok := yearMonthDay(r.at(r.birth))
	if !ok {
		r.wrong(fieldBirthDate, problem.Alphabet)
		return 0
	}
	century := today.Year() / 100 * 100
	for _, year := range [...]int{century + y, century - 100 + y} {
		if born, err := date.New(year, m, d); err == nil && born.First() <= today {
			return born
		}
	}
	r.wrong(fieldBirthDate, problem.Date)
	return 0
}

// expiryDate reads the expiry date, which must be a whole day, and notes whether
// it has passed.
func (r *reader) expiryDate(today date.Date) date.Date {
	y, m, d, ok := yearMonthDay(r.at(r.expiry))
	if !ok {
		r.wrong(fieldExpiryDate, problem.Alphabet)
		return 0
	}
	year := 2000 + y
	if year > today.Year()+longestValidity {
		year -= 100
	}
	expiry, err := date.New(year, m, d)
	switch {
	case err != nil || !expiry.Complete():
		r.wrong(fieldExpiryDate, problem.Date)
		return 0
	case expiry < today:
		r.wrong(fieldExpiryDate, problem.Expired)
	}
	return expiry
}

// yearMonthDay reads yymmdd. Two fillers for month or day are 0, unknown; the
// year must be known.
func yearMonthDay(s string) (y, m, d int, ok bool) {
	y, okYear := twoDigits(s[0:2])
	m, okMonth := unknownOr(s[2:4])
	d, okDay := unknownOr(s[4:6])
	return y, m, d, okYear && okMonth && okDay
}

func unknownOr(s string) (int, bool) {
	if s == "<<" {
		return 0, true
	}
	return twoDigits(s)
}

func twoDigits(s string) (int, bool) {
	if !isDigit(s[0]) || !isDigit(s[1]) {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}
