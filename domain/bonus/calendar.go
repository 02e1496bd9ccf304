package bonus

import "schalter/domain/date"

// Span is a run of days, both ends included.
type Span struct{ From, To date.Date }

// Has reports whether the day lies in the span.
func (s Span) Has(d date.Date) bool { return s.From <= d && d <= s.To }

// Empty reports whether the span has no day.
func (s Span) Empty() bool { return s.To < s.From }

// and is what both spans have in common.
func (s Span) and(o Span) Span { return Span{max(s.From, o.From), min(s.To, o.To)} }

// addMonths returns the day of the same number n months later. A day that the
// month does not have becomes the first of the next: who was born on 29 February
// completes a year of life with the end of 28 February (§ 187 (2) sentence 2,
// § 188 (2) and (3) BGB), so that the next one begins on 1 March.
func addMonths(d date.Date, n int) date.Date {
	months := d.Year()*12 + d.Month() - 1 + n
	year, month, day := months/12, months%12+1, d.Day()
	if day > lengthOf(year, month) {
		month, day = month+1, 1
	}
	return ymd(year, month, day)
}

// addDays is [date.Date.AddDays] for complete days, without the detour through
// package time: windows of life are computed for every booklet of a child.
func addDays(d date.Date, n int) date.Date {
	day := d.Day() + n
	if day >= 1 && day <= 28 {
		return ymd(d.Year(), d.Month(), day)
	}
	return civil(serial(d) + n)
}

func ymd(year, month, day int) date.Date { return date.Date(year*10000 + month*100 + day) }

func lengthOf(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// serial counts days from 1 March of year 0; civil is its inverse. Years that
// begin in March have the leap day at their end (H. Hinnant, chrono-Compatible
// Low-Level Date Algorithms, days_from_civil).
func serial(d date.Date) int {
	year, month := d.Year(), d.Month()
	if month <= 2 {
		year, month = year-1, month+12
	}
	return year*365 + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + d.Day() - 1
}

func civil(n int) date.Date {
	era, ofEra := n/146097, n%146097
	year := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*year + year/4 - year/100)
	month := (5*ofYear + 2) / 153
	day := ofYear - (153*month+2)/5 + 1
	year += era * 400
	if month >= 10 {
		return ymd(year+1, month-9, day)
	}
	return ymd(year, month+3, day)
}
