package find

import (
	"strconv"
	"strings"

	"schalter/domain/date"
)

// date reads a birth date at the front that is one beyond doubt: with signs or
// spaces between its parts, or of eight digits. It returns how many fields it
// took. Six digits alone may be a card's and wait.
func (p *parser) date() int {
	for n := min(3, len(p.fields)); n > 0; n-- {
		typed := strings.Join(p.fields[:n], " ")
		if len(typed) == 6 && isDigits(typed) {
			return 0
		}
		if days, err := date.ParseTyped(typed, p.today); err == nil {
			p.setDates(days)
			return n
		}
		if day, month, ok := dayMonth(typed); ok && n == 2 && strings.Contains(typed, ". ") {
			p.setDayMonth(day, month)
			return n
		}
	}
	return 0
}

// partOfDate reads a date that is not finished: 1403, 14.3., 14/3, 14.3.196.
func (p *parser) partOfDate(field string) {
	parts := strings.FieldsFunc(field, isDateRune)
	if len(parts) == 3 && len(parts[2])%2 == 1 && len(parts[2]) < 4 {
		p.q.Unread = true // the year
		field = strings.Join(parts[:2], ".")
	}
	day, month, ok := dayMonth(field)
	if !ok {
		p.q.Unread = true
		return
	}
	p.setDayMonth(day, month)
}

// dayMonth reads ddmm, or day and month with a sign between or after them.
func dayMonth(typed string) (day, month int, ok bool) {
	parts := strings.FieldsFunc(typed, isDateRune)
	if len(typed) == 4 && isDigits(typed) {
		parts = []string{typed[:2], typed[2:]}
	}
	if len(parts) != 2 {
		return 0, 0, false
	}
	day, okDay := twoDigits(parts[0])
	month, okMonth := twoDigits(parts[1])
	_, err := date.New(leapYear, month, day)
	return day, month, okDay && okMonth && err == nil && day > 0
}

func isDateRune(r rune) bool { return strings.ContainsRune(" .,/-", r) }

func twoDigits(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && isDigits(s) && len(s) <= 2
}

// leapYear has every day that any year has.
const leapYear = 2000

func (p *parser) setDates(days []date.Date) {
	if len(p.q.BirthDates) > 0 {
		p.q.Unread = true
		return
	}
	p.q.BirthDates = days
}

func (p *parser) setDayMonth(day, month int) {
	if p.q.DayMonth > 0 {
		p.q.Unread = true
		return
	}
	p.q.DayMonth = month*100 + day
}
