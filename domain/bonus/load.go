package bonus

import (
	"crypto/sha256"

	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/holiday"
	"schalter/domain/bonus/strict"
)

// loader reads a programme file. Ids are resolved while reading: tracks first,
// then measures, groups, and what names groups, whatever their order in the
// file.
type loader struct {
	p      *Programme
	tracks map[string]*Track
	groups map[string]*Group
}

// Parse reads a programme file. Name is the one that findings tell. The
// programme is nil if there are any findings: a file with a fault decides
// nothing.
func Parse(name string, source []byte) (*Programme, finding.List) {
	p, found := parse(name, source)
	if len(found) > 0 {
		return nil, found
	}
	return p, nil
}

// parse returns what could be read of a faulty file, too.
func parse(name string, source []byte) (*Programme, finding.List) {
	report := strict.NewReport(name, strict.Tell)
	l := &loader{
		p:      &Programme{File: name, Hash: sha256.Sum256(source), measure: map[string]*Measure{}},
		tracks: map[string]*Track{}, groups: map[string]*Group{},
	}
	field := report.YAML(source)
	if len(report.Findings()) == 0 {
		if root, ok := field.Map(); ok {
			l.programme(root)
		}
	}
	return l.p, report.Findings()
}

func (l *loader) programme(root *strict.Map) {
	l.identity(root)
	l.period(root)
	l.deadline(root)
	l.conditions(root)
	l.readTracks(root)
	l.readMeasures(root)
	l.points(root)
	l.readGroups(root)
	l.caps(root)
	l.extras(root)
	l.options(root)
	l.credit(root)
	root.Close()
}

func (l *loader) identity(root *strict.Map) {
	p := l.p
	if f, ok := root.Need("schema"); ok {
		f.Word(Schema)
	}
	if f, ok := root.Need("id"); ok {
		p.ID, _ = f.ID()
	}
	if f, ok := root.Need("insurer"); ok {
		p.Insurer, _ = f.Text()
	}
	p.Title = title(root, p.ID)
	if f, ok := root.Given("source"); ok {
		p.Source = notes(f)
	}
	for _, name := range []string{"assumptions", "partial", "note"} {
		if f, ok := root.Given(name); ok {
			p.Remarks = append(p.Remarks, texts(f)...)
		}
	}
	root.Word("currency", "EUR")
	calendars := make([]string, 0, 17)
	for _, c := range holiday.Calendars() {
		calendars = append(calendars, string(c))
	}
	p.Calendar = holiday.Calendar(root.Word("calendar", calendars...))
	l.valid(root)
}

func (l *loader) valid(root *strict.Map) {
	f, ok := root.Need("valid")
	if !ok {
		return
	}
	years, _ := f.Map()
	l.p.line = f.Line()
	if from, ok := years.Need("from_year"); ok {
		n, _ := from.Int(1990, 2200)
		l.p.Valid.From = int(n)
	}
	if to, ok := years.Given("to_year"); ok {
		n, fine := to.Int(1990, 2200)
		l.p.Valid.To = int(n)
		if fine && l.p.Valid.To < l.p.Valid.From {
			to.Fail(finding.Impossible, "")
		}
	}
	years.Close()
}

// title is an optional text; without one the id has to do.
func title(m *strict.Map, id string) string {
	if t := m.Text("title"); t != "" {
		return t
	}
	return id
}

// notes reads a text, or a mapping of texts under names that the author chooses:
// where rules were published has as many forms as there are insurers.
func notes(f *strict.Field) []Note {
	if !f.IsMap() {
		return texts(f)
	}
	var list []Note
	m, _ := f.Map()
	for _, entry := range m.All() {
		for _, n := range texts(entry) {
			list = append(list, Note{entry.Name(), n.Text})
		}
	}
	return list
}

// texts reads a text or a list of texts.
func texts(f *strict.Field) []Note {
	items := []*strict.Field{f}
	if f.IsList() {
		items = f.List()
	}
	var list []Note
	for _, item := range items {
		if s, ok := item.Text(); ok {
			list = append(list, Note{f.Name(), s})
		}
	}
	return list
}

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

// newID reads the id of something and keeps it under that; one that stands twice
// is a finding.
func newID[T any](m *strict.Map, known map[string]T, thing T) string {
	f, ok := m.Need("id")
	if !ok {
		return ""
	}
	id, ok := f.ID()
	if !ok {
		return ""
	}
	if _, twice := known[id]; twice {
		f.Fail(finding.RepeatedID, id)
		return id
	}
	known[id] = thing
	return id
}

// refs reads a list of ids that stand for things.
func refs[T any](m *strict.Map, name string, known map[string]T) (things []T) {
	seen := map[string]bool{}
	for _, f := range m.List(name) {
		id, ok := f.ID()
		if !ok {
			continue
		}
		thing, ok := known[id]
		switch {
		case !ok:
			f.Fail(finding.UnknownID, id)
		case seen[id]:
			f.Fail(finding.RepeatedID, id)
		default:
			seen[id] = true
			things = append(things, thing)
		}
	}
	return things
}
