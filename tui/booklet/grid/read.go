package grid

import (
	"fmt"
	"strconv"
	"strings"

	"schalter/domain/bonus"
	"schalter/domain/date"
)

// oldest is how many years before the booklet's own a typed year may lie; further
// away it is mistyped.
const oldest = 30

// Day reads a day as it is typed in this booklet: TTMM, TTMMJJ or TTMMJJJJ. Without a year it is the day of the period,
// or, of a day that the period does not have, of its first year.
func (g *Grid) Day(typed string) (date.Date, bool) {
	if len(typed) != 4 && len(typed) != 6 && len(typed) != 8 {
		return 0, false
	}
	n, err := strconv.Atoi(typed[:4])
	if err != nil || n/100 == 0 || n%100 == 0 {
		return 0, false
	}
	dayIn := func(year int) (date.Date, bool) {
		d, err := date.New(year, n%100, n/100)
		return d, err == nil
	}
	if len(typed) > 4 {
		year, err := strconv.Atoi(typed[4:])
		if len(typed) == 6 {
			year += g.period.From.Year() / 100 * 100
		}
		if err != nil || year < g.period.From.Year()-oldest || year > g.period.To.Year()+1 {
			return 0, false
		}
		return dayIn(year)
	}
	first, ok := dayIn(g.period.From.Year())
	if later, there := dayIn(g.period.To.Year()); there && (!ok || !g.period.Has(first) && g.period.Has(later)) {
		return later, true
	}
	return first, ok
}

// typedDay is how a day is typed: without its year where that is understood.
func (g *Grid) typedDay(d date.Date) string {
	if !d.Complete() {
		return ""
	}
	short := fmt.Sprintf("%02d%02d", d.Day(), d.Month())
	if understood, ok := g.Day(short); ok && understood == d {
		return short
	}
	return fmt.Sprintf("%s%04d", short, d.Year())
}

// cents reads an amount: 40 and 40,00 are forty euros, 40,5 is none.
func cents(typed string) (bonus.Cents, bool) {
	euros, rest, comma := strings.Cut(typed, ",")
	if comma && len(rest) != 2 || euros == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(euros+rest, 10, 64)
	if err != nil {
		return 0, false
	}
	if !comma {
		n *= 100
	}
	return bonus.Cents(n), true
}

func number(typed string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Replace(typed, ",", ".", 1), 64)
	return n, err == nil && n > 0
}
