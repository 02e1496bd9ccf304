// Package holiday knows the working days of Germany and its states, for periods
// that end on the next working day: a Saturday, Sunday or public holiday is none
// (§ 26 (3) sentence 1 SGB X, § 193 BGB).
//
//	holiday.Bavaria.NextWorkingDay(march31) // 2024-03-31, Easter Sunday -> 2024-04-02
//
// Days that are holidays in single towns only are left out, but Assumption Day in
// Bavaria is in: it is one in all communities with more Catholics than
// Protestants (Art. 1 (1) no. 2 FTG), which are most. Left out are the Peace
// Festival (Augsburg) and Corpus Christi in parts of Saxony and Thuringia.
package holiday

import (
	"strings"

	"schalter/domain/date"
)

// Calendar is the set of holidays of a place, by the code of ISO 3166-2: DE for
// those that all states have, DE-BY for Bavaria.
type Calendar string

// The calendars.
const (
	Germany             Calendar = "DE"
	BadenWuerttemberg   Calendar = "DE-BW"
	Bavaria             Calendar = "DE-BY"
	Berlin              Calendar = "DE-BE"
	Brandenburg         Calendar = "DE-BB"
	Bremen              Calendar = "DE-HB"
	Hamburg             Calendar = "DE-HH"
	Hesse               Calendar = "DE-HE"
	Mecklenburg         Calendar = "DE-MV"
	LowerSaxony         Calendar = "DE-NI"
	NorthRhine          Calendar = "DE-NW"
	RhinelandPalatinate Calendar = "DE-RP"
	Saarland            Calendar = "DE-SL"
	Saxony              Calendar = "DE-SN"
	SaxonyAnhalt        Calendar = "DE-ST"
	SchleswigHolstein   Calendar = "DE-SH"
	Thuringia           Calendar = "DE-TH"
)

// Calendars returns every calendar.
func Calendars() []Calendar {
	return []Calendar{
		Germany, BadenWuerttemberg, Bavaria, Berlin, Brandenburg, Bremen, Hamburg, Hesse, Mecklenburg,
		LowerSaxony, NorthRhine, RhinelandPalatinate, Saarland, Saxony, SaxonyAnhalt, SchleswigHolstein, Thuringia,
	}
}

// rule is one holiday: a fixed day of the year, or one counted from Easter
// Sunday, or the Day of Repentance.
type rule struct {
	month, day int
	// easter is the distance from Easter Sunday in days; used when month is 0.
	easter int
	// repentance is the Wednesday before 23 November.
	repentance bool
	// first and last year; 0 is open.
	first, last int
	// in lists the states' letters; "" is all of Germany.
	in string
}

// rules are the holidays of the states' laws since 1995, when the Day of
// Repentance was given up everywhere but in Saxony. Easter and Whit Sunday are
// Sundays anyway.
func rules() [23]rule {
	return [...]rule{
		{month: 1, day: 1},
		{month: 1, day: 6, in: "BW BY ST"},
		{month: 3, day: 8, first: 2019, in: "BE"},
		{month: 3, day: 8, first: 2023, in: "MV"},
		{easter: -2},
		{easter: 1},
		{month: 5, day: 1},
		{month: 5, day: 8, first: 2020, last: 2020, in: "BE"},
		{month: 5, day: 8, first: 2025, last: 2025, in: "BE"},
		{easter: 39},
		{easter: 50},
		{easter: 60, in: "BW BY HE NW RP SL"},
		{month: 6, day: 17, first: 2028, last: 2028, in: "BE"},
		{month: 8, day: 15, in: "BY SL"},
		{month: 9, day: 20, first: 2019, in: "TH"},
		{month: 10, day: 3},
		{month: 10, day: 31, in: "BB MV SN ST TH"},
		{month: 10, day: 31, first: 2018, in: "HB HH NI SH"},
		{month: 10, day: 31, first: 2017, last: 2017}, // 500 years of the Reformation
		{month: 11, day: 1, in: "BW BY NW RP SL"},
		{repentance: true, in: "SN"},
		{month: 12, day: 25},
		{month: 12, day: 26},
	}
}

// NextWorkingDay returns d if it is a working day, else the next one.
func (c Calendar) NextWorkingDay(d date.Date) date.Date {
	for weekday(d) >= saturday || c.Holiday(d) {
		d = d.AddDays(1)
	}
	return d
}

// Holiday reports whether d is a public holiday; Sundays as such are none.
func (c Calendar) Holiday(d date.Date) bool {
	state := strings.TrimPrefix(string(c), "DE-")
	sinceEaster := easterSunday(d.Year()).DaysUntil(d)
	for _, r := range rules() {
		if r.falls(d, sinceEaster) && (r.in == "" || strings.Contains(r.in, state)) {
			return true
		}
	}
	return false
}

func (r rule) falls(d date.Date, sinceEaster int) bool {
	switch {
	case r.first != 0 && d.Year() < r.first, r.last != 0 && d.Year() > r.last:
		return false
	case r.repentance:
		return d.Month() == 11 && d.Day() >= 16 && d.Day() <= 22 && weekday(d) == wednesday
	case r.month == 0:
		return sinceEaster == r.easter
	}
	return d.Month() == r.month && d.Day() == r.day
}

// Days of the week, counted from Monday.
const (
	wednesday = 2
	saturday  = 5
)

// weekday counts from 0 for Monday. 1 January 2024 was one.
func weekday(d date.Date) int {
	monday := date.Date(2024_01_01)
	return (monday.DaysUntil(d)%7 + 7) % 7
}

// easterSunday is Easter by the Gregorian computus, in the form of Meeus, Jones
// and Butcher (Nature 13, 1876; Astronomical Algorithms, chapter 8).
func easterSunday(year int) date.Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date.Date(year*10000 + n/31*100 + n%31 + 1)
}
