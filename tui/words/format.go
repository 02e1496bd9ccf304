package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"schalter/domain/date"
)

// nbsp keeps a number and its unit on one line.
const nbsp = "\u00a0"

// unknownPart stands for a day or month that is not known.
const unknownPart = "••"

// Date writes a calendar day: 01.03.2027, 01 Mar 2027. Unknown parts become
// dots, no date a dash.
func (t *Texts) Date(d date.Date) string {
	if d.IsZero() {
		return t.Common.None
	}
	day, month := unknownPart, unknownPart
	if d.Day() != 0 {
		day = fmt.Sprintf("%02d", d.Day())
	}
	if t.Language == English {
		if d.Month() != 0 {
			month = englishMonths[d.Month()-1]
		}
		return fmt.Sprintf("%s %s %04d", day, month, d.Year())
	}
	if d.Month() != 0 {
		month = fmt.Sprintf("%02d", d.Month())
	}
	return fmt.Sprintf("%s.%s.%04d", day, month, d.Year())
}

// DayMonth writes a day without its year, as masked birth dates are shown:
// 14.03.••••, 14 Mar ••••.
func (t *Texts) DayMonth(d date.Date) string {
	full := t.Date(d)
	if d.IsZero() {
		return full
	}
	return full[:len(full)-4] + "••••"
}

// Day writes the day of a time in its own location.
func (t *Texts) Day(at time.Time) string { return t.Date(date.Of(at)) }

// Weekday writes the short name of the day: Mo, Mon.
func (t *Texts) Weekday(at time.Time) string { return t.Common.Weekdays[at.Weekday()] }

// Time writes hours and minutes: 14:02.
func (t *Texts) Time(at time.Time) string { return at.Format("15:04") }

// Clock writes a time with seconds: 14:02:11.
func (t *Texts) Clock(at time.Time) string { return at.Format("15:04:05") }

// Moment writes day and time: 01.03.2027 14:02, 01 Mar 2027 14:02.
func (t *Texts) Moment(at time.Time) string { return t.Day(at) + " " + t.Time(at) }

// Now writes what the title line shows: Mo 01.03.2027 14:02.
func (t *Texts) Now(at time.Time) string { return t.Weekday(at) + " " + t.Moment(at) }

// Number writes a whole number with groups of thousands: 1.234, 1,234.
func (t *Texts) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = s[:1], s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + t.Common.Group + s[i:]
	}
	return sign + s
}

// Money writes an amount of cents: 1.234,50 €, €1,234.50.
func (t *Texts) Money(cents int) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	amount := fmt.Sprintf("%s%s%02d", t.Number(cents/100), t.Common.Decimal, cents%100)
	if t.Language == English {
		return sign + "€" + amount
	}
	return sign + amount + nbsp + "€"
}

// Countdown writes the time that is left, rounded up to seconds so that it does
// not read 0:00 while there is some: 1:42, 1:00:00.
func (t *Texts) Countdown(left time.Duration) string {
	s := int((max(left, 0) + time.Second - 1) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Span writes a duration as people say it, in its largest one or two units:
// 72 Stunden, 15 Minuten, 7 Tage, 1 Stunde 30 Minuten.
func (t *Texts) Span(d time.Duration) string {
	units := []struct {
		size  time.Duration
		words Plural
	}{
		{time.Hour, t.Common.Hours}, {time.Minute, t.Common.Minutes}, {time.Second, t.Common.Seconds},
	}
	if d >= 4*24*time.Hour && d%(24*time.Hour) == 0 {
		return t.count(int(d/(24*time.Hour)), t.Common.Days)
	}
	var said []string
	for _, u := range units {
		if n := int(d / u.size); n > 0 && len(said) < 2 {
			said = append(said, t.count(n, u.words))
			d -= time.Duration(n) * u.size
		}
	}
	if len(said) == 0 {
		return t.count(0, t.Common.Seconds)
	}
	return strings.Join(said, " ")
}

// Plural is a noun in its two numbers; both languages need no more.
type Plural struct{ One, Many string }

func (t *Texts) count(n int, p Plural) string {
	if n == 1 {
		return "1" + nbsp + p.One
	}
	return t.Number(n) + nbsp + p.Many
}

var englishMonths = [12]string{
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
}
