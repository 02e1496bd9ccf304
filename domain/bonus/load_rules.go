package bonus

import (
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

func (l *loader) period(root *strict.Map) {
	f, ok := root.Need("period")
	if !ok {
		return
	}
	m, _ := f.Map()
	defer m.Close()
	kind, ok := m.Need("type")
	if !ok {
		return
	}
	word, _ := kind.Word("calendar_year", "from_enrolment")
	if word != "from_enrolment" {
		m.Reject("months")
		m.Reject("starts")
		return
	}
	l.p.Period.FromEnrolment = true
	if months, ok := m.Need("months"); ok {
		n, _ := months.Int(1, 120)
		l.p.Period.Months = int(n)
	}
	m.Word("starts", "first_of_next_month")
}

func (l *loader) deadline(root *strict.Map) {
	f, ok := root.Given("deadline")
	if !ok {
		return
	}
	m, _ := f.Map()
	defer m.Close()
	d := &Deadline{}
	l.p.Deadline = d
	d.Roll = m.Word("roll", "none", "next_working_day") == "next_working_day"
	m.Word("counts", "receipt")
	if n, ok := m.Int("months_after_period_end", 0, 60); ok {
		d.MonthsAfter = int(n)
		for _, name := range []string{"month", "day", "year_offset"} {
			if other, ok := m.Get(name); ok {
				other.Fail(finding.Conflict, "months_after_period_end")
			}
		}
		return
	}
	if !m.Has("months_after_period_end") {
		l.deadlineDay(m, d)
	}
}

func (l *loader) deadlineDay(m *strict.Map, d *Deadline) {
	month, okMonth := m.Need("month")
	day, okDay := m.Need("day")
	if !okMonth || !okDay {
		m.Get("year_offset")
		return
	}
	n, _ := month.Int(1, 12)
	d.Month = int(n)
	n, ok := day.Int(1, 31)
	d.Day = int(n)
	if ok && d.Month > 0 && d.Day > lengthOf(leapYear, d.Month) {
		day.Fail(finding.NoDate, "")
	}
	// A day before the period's end would make every booklet late. Without a
	// word the first such day is meant that is not.
	beforeEnd := !l.p.Period.FromEnrolment && (d.Month < 12 || d.Day < 31)
	offset, ok := m.Int("year_offset", 0, 5)
	switch {
	case ok:
		d.YearOffset = int(offset)
		if f, _ := m.Get("year_offset"); offset == 0 && beforeEnd {
			f.Fail(finding.Impossible, "0")
		}
	case beforeEnd || l.p.Period.FromEnrolment:
		d.YearOffset = 1
	}
}

// leapYear has every day of a year.
const leapYear = 2024

func (l *loader) conditions(root *strict.Map) {
	f, ok := root.Given("conditions")
	if !ok {
		return
	}
	for _, item := range f.Items() {
		if m, ok := item.Map(); ok {
			l.p.Conditions = append(l.p.Conditions, condition(m))
		}
	}
}

func condition(m *strict.Map) Condition {
	defer m.Close()
	c := Condition{At: Moment{Kind: AtPayout}}
	word := ""
	if f, ok := m.Need("check"); ok {
		word, _ = f.Word("membership_active", "not_terminated", "insured_months", "insured_whole_period")
	}
	c.OfMain = m.Word("whose", "self", "main_member") == "main_member"
	switch word {
	case "not_terminated":
		c.Check = NotTerminated
	case "insured_months":
		c.Check, c.At = InsuredMonths, Moment{Kind: PeriodEnd}
		if f, ok := m.Need("min"); ok {
			n, _ := f.Int(1, maxCount)
			c.Min = int(n)
		}
	case "insured_whole_period":
		c.Check = InsuredWholePeriod
	}
	if c.Check != InsuredMonths {
		m.Reject("min")
	}
	if f, ok := m.Get("at"); ok {
		c.At = moment(f, true)
	}
	return c
}

// moment reads a day that a rule looks at. Hand-in and payout are known only to
// conditions.
func moment(f *strict.Field, ofCondition bool) Moment {
	word, ok := f.Text()
	if !ok {
		return Moment{}
	}
	switch {
	case word == "period_end":
		return Moment{Kind: PeriodEnd}
	case word == "period_start":
		return Moment{Kind: PeriodStart}
	case word == "handin" && ofCondition:
		return Moment{Kind: AtHandin}
	case word == "payout" && ofCondition:
		return Moment{Kind: AtPayout}
	}
	month, day, ok := monthAndDay(word)
	switch {
	case !ok:
		f.Fail(finding.UnknownWord, word)
	case month < 1 || month > 12 || day < 1 || day > lengthOf(leapYear, month):
		f.Fail(finding.NoDate, word)
	default:
		return Moment{Kind: MonthDay, Month: month, Day: day}
	}
	return Moment{}
}

// monthAndDay reads MM-DD.
func monthAndDay(s string) (month, day int, ok bool) {
	if len(s) != len("MM-DD") || s[2] != '-' {
		return 0, 0, false
	}
	for _, c := range []byte(s[:2] + s[3:]) {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
	}
	number := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	return number(0), number(3), true
}

func (l *loader) readTracks(root *strict.Map) {
	f, ok := root.Need("tracks")
	if !ok {
		return
	}
	for _, item := range f.List() {
		m, ok := item.Map()
		if !ok {
			continue
		}
		t := &Track{}
		t.ID = newID(m, l.tracks, t)
		t.Title = title(m, t.ID)
		t.Who = entitlement(m, "who")
		if at, ok := m.Get("at"); ok {
			t.At = moment(at, false)
		}
		l.p.Tracks = append(l.p.Tracks, t)
		m.Close()
	}
}
