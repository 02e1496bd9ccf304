package practice

import (
	"fmt"
	"strings"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/name"
)

// nameStock draws the names of one origin.
type nameStock struct {
	origin   origin
	surnames ranked
	given    []givenStock
}

type givenStock struct {
	before     int
	women, men ranked
}

// The lists are short beside those of a registry, and what is frequent there
// would be too frequent here. With these weights about one in a hundred is a
// Müller, as it is.
const (
	flatSurnames = 60
	flatGiven    = 8
)

func newNameStock(o origin) nameStock {
	s := nameStock{origin: o, surnames: newRanked(words(o.surnames), flatSurnames)}
	for _, g := range o.given {
		s.given = append(s.given, givenStock{
			before: g.before,
			women:  newRanked(words(g.women), flatGiven),
			men:    newRanked(words(g.men), flatGiven),
		})
	}
	return s
}

// surname draws a family's name. It may have a form for women and one for men,
// and a prefix: the last word is the surname.
func (s nameStock) surname(d dice) familyName {
	surname, prefix := d.ranked(s.surnames), ""
	if i := strings.LastIndex(surname, " "); i >= 0 {
		prefix, surname = surname[:i], surname[i+1:]
	}
	man, woman, two := strings.Cut(surname, "/")
	if !two {
		woman = man
	}
	if s.origin.name == german && d.oneIn1000(9) {
		prefix = d.of([]string{"von", "von der", "zu", "von", "van"})
	}
	return familyName{prefix: prefix, man: man, woman: woman}
}

// familyName is a surname in its forms.
type familyName struct{ prefix, man, woman string }

// of is the form for a sex.
func (f familyName) of(sex domain.Sex) string {
	if sex == 'w' {
		return f.woman
	}
	return f.man
}

// givenNames draws one name or two for somebody born in a year.
func (s nameStock) givenNames(d dice, sex domain.Sex, year int) string {
	if sex != 'w' && sex != 'm' {
		return d.of(words(neutralNames))
	}
	stock := s.given[len(s.given)-1]
	for _, g := range s.given {
		if year < g.before {
			stock = g
			break
		}
	}
	first, second := stock.men, germanSecondMen
	if sex == 'w' {
		first, second = stock.women, germanSecondWomen
	}
	given := d.ranked(first)
	if s.origin.name != german || strings.Contains(given, "-") || !d.oneIn1000(220) {
		return given
	}
	if more := d.of(words(second)); more != given {
		given += " " + more
	}
	return given
}

// contact invents how to reach somebody of an age. Children are reached by their
// parents.
func contact(d dice, m domain.Member, age int) (c domain.Contact) {
	if age < 14 {
		return domain.Contact{}
	}
	if d.oneIn1000(900 - 7*age) {
		c.Email = mailAddress(d, m)
		c.EmailVerified = d.oneIn1000(700)
	}
	switch {
	case d.oneIn1000(250):
	case age < 60 || d.oneIn1000(400):
		c.Phone = d.of(mobiles) + digits(d, 2)
	default:
		c.Phone = d.of(landlines) + digits(d, 3)
	}
	return c
}

func mailAddress(d dice, m domain.Member) string {
	given, _ := name.Fold(m.Name.Given)
	surname, _ := name.Fold(m.Name.Surname)
	given, _, _ = strings.Cut(given, " ")
	local := given + "." + strings.ReplaceAll(surname, " ", "-")
	if d.oneIn1000(500) {
		local += fmt.Sprintf("%02d", m.BirthDate.Year()%100)
	}
	return local + "@" + d.of(mailDomains)
}

func digits(d dice, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + d.IntN(10))
	}
	return string(b)
}

// title draws an academic title for an adult.
func title(d dice, age int) string {
	switch {
	case age < 28 || !d.oneIn1000(22):
		return ""
	case age > 40 && d.oneIn1000(120):
		return "Prof. Dr."
	case d.oneIn1000(100):
		return "Dr. med."
	}
	return "Dr."
}

// bornAt draws a birth date with which somebody is so many years old.
func bornAt(d dice, today date.Date, age int) date.Date {
	return yearsBefore(today, age).AddDays(-d.IntN(365))
}

// yearsBefore is the same day so many years ago, 28 February for 29.
func yearsBefore(day date.Date, years int) date.Date {
	year, month := day.Year()-years, day.Month()
	back, err := date.New(year, month, day.Day())
	if err != nil {
		back, _ = date.New(year, month, 28)
	}
	return back
}
