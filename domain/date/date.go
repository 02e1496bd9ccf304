// Package date holds calendar days without time of day or zone, as documents
// and records give them: complete (1962-03-14), without day (1962-03-00) or
// without day and month (1962-00-00).
//
// The text form is ISO 8601-1:2019, 5.2.2.1 extended format, widened by 00 for
// an unknown month or day, as import files and travel documents (ICAO 9303
// part 3, 4.7 "unknown date of birth") need it:
//
//	d, err := date.Parse("1962-03-14")
//	d.Age(date.Of(now)) // completed years
package date

import (
	"fmt"
	"time"

	"schalter/domain/problem"
)

// Date is a calendar day of the Gregorian calendar, held as the decimal number
// yyyymmdd. Month or day 00 is unknown (an unknown month has an unknown day),
// 0 is no date at all. Dates order like integers; no date comes first, and an
// incomplete date before every complete one of its year or month. As a plain
// integer it needs no help from an encoder.
type Date uint32

// field is the name under which problems are reported; callers that know the
// record's field rename it with [problem.List.In].
const field = "date"

const (
	firstYear, lastYear = 1, 9999
	firstDay            = Date(1_01_01)
	lastDay             = Date(9999_12_31)
)

// New returns the date of a year from 1 to 9999, a month and a day; month and
// day, or the day alone, may be 0 for unknown. The error is a [problem.List]
// with the code date.
func New(year, month, day int) (Date, error) {
	if !exists(year, month, day) {
		return 0, problem.New(field, problem.Date)
	}
	return join(year, month, day), nil
}

// Parse reads the ISO form: 1962-03-14, 1962-03-00 or 1962-00-00. The error is
// a [problem.List]: format for any other shape, date for a day that does not
// exist.
func Parse(iso string) (Date, error) {
	if len(iso) != len("yyyy-mm-dd") || iso[4] != '-' || iso[7] != '-' {
		return 0, problem.New(field, problem.Format)
	}
	year, okYear := number(iso[:4])
	month, okMonth := number(iso[5:7])
	day, okDay := number(iso[8:])
	if !okYear || !okMonth || !okDay {
		return 0, problem.New(field, problem.Format)
	}
	return New(year, month, day)
}

// Of returns the day of t in t's own location. The zero [time.Time], and a year
// outside 1 to 9999, are no date.
func Of(t time.Time) Date {
	year, month, day := t.Date()
	if t.IsZero() || year < firstYear || year > lastYear {
		return 0
	}
	return join(year, int(month), day)
}

// Year returns the year, 0 for no date.
func (d Date) Year() int { return int(d / 10000) }

// Month returns the month from 1 to 12, 0 if unknown.
func (d Date) Month() int { return int(d / 100 % 100) }

// Day returns the day of the month, 0 if unknown.
func (d Date) Day() int { return int(d % 100) }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == 0 }

// Valid reports whether d is a day that exists, or a year or month with the
// rest unknown. No date is not valid.
func (d Date) Valid() bool { return exists(d.Year(), d.Month(), d.Day()) }

// Complete reports whether d is valid with month and day known.
func (d Date) Complete() bool { return d.Day() != 0 && d.Valid() }

// String returns the ISO form with 00 for unknown parts, "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.Day())
}

// First returns the first day d may mean: 1962-01-01 for 1962-00-00.
func (d Date) First() Date {
	if d == 0 {
		return 0
	}
	return join(d.Year(), max(d.Month(), 1), max(d.Day(), 1))
}

// Last returns the last day d may mean: 1962-12-31 for 1962-00-00.
func (d Date) Last() Date {
	switch {
	case d == 0 || d.Day() != 0:
		return d
	case d.Month() == 0:
		return join(d.Year(), 12, 31)
	default:
		return join(d.Year(), d.Month(), daysIn(d.Year(), d.Month()))
	}
}

// AddDays returns the day n days after d, before it for a negative n, counted
// from the last day d may mean. It stops at the first day of year 1 and the
// last of year 9999; no date stays no date.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	from := d.Last().number()
	n = min(max(n, firstDay.number()-from), lastDay.number()-from)
	year, month, day := epoch.AddDate(0, 0, from+n).Date()
	return join(year, int(month), day)
}

// DaysUntil returns how many days lie from d to o, negative if o is earlier;
// an incomplete date counts as the last day it may mean. Without both dates
// there is no distance and the answer is 0.
func (d Date) DaysUntil(o Date) int {
	if d == 0 || o == 0 {
		return 0
	}
	return o.Last().number() - d.Last().number()
}

// Age returns the years completed on a day by a person born on d, and -1 if
// there is no answer: one of both is no date, or the birth lies after the day.
//
// The day of birth counts, so a year is complete at the start of the birthday
// (§ 187 (2) sentence 2, § 188 (2) BGB); who was born on 29 February completes
// it on 1 March of a common year. Unknown parts of the birth date count as the
// last day they may mean, and those of the other day as the first: age opens
// rights at this counter, and nobody is taken for older than is proven.
func (d Date) Age(on Date) int {
	born, day := d.Last(), on.First()
	if born == 0 || day == 0 || day < born {
		return -1
	}
	years := day.Year() - born.Year()
	if day%1_00_00 < born%1_00_00 {
		years--
	}
	return years
}

// Matches reports whether d and o are equal in every part both know. It finds;
// it does not prove: 1962-00-00 matches every day of 1962. Evidence is compared
// with [Date.Confirms]. No date matches nothing.
func (d Date) Matches(o Date) bool {
	if d == 0 || o == 0 || d.Year() != o.Year() {
		return false
	}
	if d.Month() == 0 || o.Month() == 0 {
		return true
	}
	if d.Month() != o.Month() {
		return false
	}
	return d.Day() == 0 || o.Day() == 0 || d.Day() == o.Day()
}

// Confirms reports whether d, read from a document, is exact evidence for the
// date on record: every part the record knows is there and equal. A document
// that knows more than the record confirms it, one that knows less does not:
// otherwise a typed year alone would pass for a birth date.
func (d Date) Confirms(record Date) bool {
	return d.Matches(record) &&
		(record.Month() == 0 || d.Month() != 0) &&
		(record.Day() == 0 || d.Day() != 0)
}

// MarshalText returns the ISO form, empty for no date. A value that is neither
// valid nor zero is an error.
func (d Date) MarshalText() ([]byte, error) {
	if d != 0 && !d.Valid() {
		return nil, problem.New(field, problem.Date)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads the ISO form; the empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// epoch is day 0 of the day numbers below.
var epoch = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// number returns the days from the epoch to a complete date.
func (d Date) number() int {
	t := time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC)
	return int(t.Unix() / (24 * 60 * 60))
}

func join(year, month, day int) Date { return Date(year*10000 + month*100 + day) }

func exists(year, month, day int) bool {
	switch {
	case year < firstYear || year > lastYear || month < 0 || month > 12 || day < 0:
		return false
	case month == 0:
		return day == 0
	default:
		return day <= daysIn(year, month)
	}
}

// daysIn returns the length of a month in the Gregorian calendar.
func daysIn(year, month int) int {
	switch {
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// number reads ASCII digits only: no sign, no space, no other script's digits.
func number(digits string) (int, bool) {
	n := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, false
		}
		n = n*10 + int(digits[i]-'0')
	}
	return n, digits != ""
}
