package date

import "schalter/domain/problem"

// Two digits of a year of expiry mean the year of this span around today:
// documents found in drawers expired decades ago, none is valid that long.
const (
	expiryYearsBack  = 50
	expiryYearsAhead = 49
	expiryYearsMost  = 100 // for years of four digits, to catch slips of the finger
)

// ParseExpiry reads the end of validity as it is printed on cards and
// documents: a month (0829, 08.29, 08/2029, 2029-08) or a day (310829,
// 31082029, 31.8.29, 31.08.2029, 2029-08-31). A month is returned as its last
// day, on which the card is still valid, with month true. Unknown parts are not
// accepted, and a date that has passed is no error: judging it is the caller's
// rule. The error is a [problem.List]: alphabet, format or date.
func ParseExpiry(s string, today Date) (exact Date, month bool, err error) {
	parts, err := split(s)
	if err != nil {
		return 0, false, err
	}
	if m, year, ok := parts.monthYear(); ok {
		exact, err = expiry(year, m, 0, today)
		return exact.Last(), err == nil, err
	}
	d, m, year, ok := parts.dayMonthYear()
	if !ok {
		return 0, false, problem.New(field, problem.Format)
	}
	if d == 0 {
		return 0, false, problem.New(field, problem.Date)
	}
	exact, err = expiry(year, m, d, today)
	return exact, false, err
}

// expiry settles the century; day 0 asks for the whole month.
func expiry(year typedYear, month, day int, today Date) (Date, error) {
	y := year.value
	if year.short {
		y = nearest(y, today.Year())
	}
	if month == 0 || y < today.Year()-expiryYearsMost || y > today.Year()+expiryYearsMost {
		return 0, problem.New(field, problem.Date)
	}
	return New(y, month, day)
}

// nearest returns the year with these last two digits in the span around today.
func nearest(twoDigits, today int) int {
	y := today/100*100 + twoDigits
	switch {
	case y > today+expiryYearsAhead:
		return y - 100
	case y < today-expiryYearsBack:
		return y + 100
	default:
		return y
	}
}

// monthYear reads mmyy, m.yy, m.yyyy and yyyy-mm.
func (g groups) monthYear() (month int, year typedYear, ok bool) {
	switch {
	case len(g) == 1 && len(g[0]) == 4:
		g = groups{g[0][:2], g[0][2:]}
	case len(g) == 2 && len(g[0]) == 4:
		g = groups{g[1], g[0]}
	case len(g) != 2:
		return 0, typedYear{}, false
	}
	month, okMonth := small(g[0])
	year, okYear := asYear(g[1])
	return month, year, okMonth && okYear
}
