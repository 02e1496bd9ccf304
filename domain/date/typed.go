package date

import (
	"slices"
	"strings"

	"schalter/domain/problem"
)

// oldest is the age in years up to which a birth date is believed; the oldest
// person documented lived to be 122.
const oldest = 120

// ParseTyped reads a birth date as staff type it: 140362, 14031962, 14.3.62,
// 14.03.1962, 14/3/62, 14,3,62 (the comma is where the number pad has its dot)
// or 1962-03-14. Unknown parts are typed as 00, but only beside a year of four
// digits.
//
// A year of two digits stands for every year that is not in the future of today
// and not more than 120 years ago; so 010126 may mean two days. Ages from 21 to
// 99 are never in doubt; where a child and somebody past 100 are both possible,
// the child comes first. A year of four digits is held to the same span. The
// error is a [problem.List]: alphabet, format, or date if no day is left.
func ParseTyped(s string, today Date) ([]Date, error) {
	parts, err := split(s)
	if err != nil {
		return nil, err
	}
	day, month, year, ok := parts.dayMonthYear()
	if !ok {
		return nil, problem.New(field, problem.Format)
	}
	candidates := slices.DeleteFunc(year.candidates(month, day, today), func(d Date) bool {
		return d > today || d.Age(today) > oldest
	})
	if len(candidates) == 0 {
		return nil, problem.New(field, problem.Date)
	}
	return candidates, nil
}

// typedYear is a year as typed: two digits leave the century open.
type typedYear struct {
	value int
	short bool
}

// candidates returns the days the year may stand for, latest first.
func (y typedYear) candidates(month, day int, today Date) []Date {
	years := []int{y.value}
	if y.short {
		if month == 0 || day == 0 {
			return nil
		}
		century := today.Year() / 100 * 100
		years = []int{century + y.value, century - 100 + y.value, century - 200 + y.value}
	}
	var days []Date
	for _, year := range years {
		if d, err := New(year, month, day); err == nil {
			days = append(days, d)
		}
	}
	return days
}

// groups are the runs of digits of a typed date.
type groups []string

// split cuts typed text at its separators. Anything that is neither digit nor
// separator is an alphabet problem.
func split(s string) (groups, error) {
	for _, r := range s {
		if (r < '0' || r > '9') && !isSeparator(r) {
			return nil, problem.New(field, problem.Alphabet)
		}
	}
	return strings.FieldsFunc(s, isSeparator), nil
}

func isSeparator(r rune) bool { return strings.ContainsRune(" .,/-", r) }

// dayMonthYear reads ddmmyy, ddmmyyyy, d.m.yy, d.m.yyyy and yyyy-mm-dd.
func (g groups) dayMonthYear() (day, month int, year typedYear, ok bool) {
	switch {
	case len(g) == 1 && (len(g[0]) == 6 || len(g[0]) == 8):
		g = groups{g[0][:2], g[0][2:4], g[0][4:]}
	case len(g) == 3 && len(g[0]) == 4:
		g = groups{g[2], g[1], g[0]}
	case len(g) != 3:
		return 0, 0, typedYear{}, false
	}
	day, okDay := small(g[0])
	month, okMonth := small(g[1])
	year, okYear := asYear(g[2])
	return day, month, year, okDay && okMonth && okYear
}

// small reads a day or a month of one or two digits.
func small(digits string) (int, bool) {
	n, ok := number(digits)
	return n, ok && len(digits) <= 2
}

// asYear reads a year of two or four digits.
func asYear(digits string) (typedYear, bool) {
	n, ok := number(digits)
	return typedYear{value: n, short: len(digits) == 2}, ok && (len(digits) == 2 || len(digits) == 4)
}
