package caseline

import (
	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
	"schalter/domain/date"
)

// most bounds amounts and counts as far as they are read; what a booklet may
// hold the decision checks.
const most = 1_000_000_000

// Parse reads one case.
func Parse(file string, line int, text []byte) Case {
	report := strict.NewReport(file, strict.Hide)
	c := Case{Line: line, file: file}
	if top, ok := report.JSON(text, line); ok {
		if m, ok := top.Map(); ok {
			c.read(m)
		}
	}
	c.Faults = report.Findings()
	return c
}

func (c *Case) read(m *strict.Map) {
	if f, ok := m.Need("id"); ok {
		c.ID, _ = f.Text()
	}
	c.Programme = needID(m, "programme")
	c.Booklet = booklet(m)
	for _, remark := range []string{"title", "why", "ambiguity", "expect"} {
		m.Get(remark)
	}
	m.Close()
}

func booklet(m *strict.Map) bonus.Booklet {
	var b bonus.Booklet
	if f, ok := m.Need("year"); ok {
		n, _ := f.Int(1, 9999)
		b.Year = int(n)
	}
	if f, ok := m.Need("person"); ok {
		b.Person = person(f)
	}
	if f, ok := m.Need("membership"); ok && !f.IsNull() {
		b.Membership = membership(f)
	}
	if f, ok := m.Given("main_membership"); ok {
		main := membership(f)
		b.Main = &main
	}
	b.Enrolled = day(m, "enrolled")
	m.Need("handin")
	b.Handin = day(m, "handin")
	b.Payout = day(m, "payout")
	for _, f := range items(m, "history") {
		b.History = append(b.History, pastExam(f))
	}
	for _, f := range items(m, "stamps") {
		b.Stamps = append(b.Stamps, stamp(f))
	}
	for _, f := range items(m, "exempt") {
		b.Exempt = append(b.Exempt, exemption(f))
	}
	if f, ok := m.Given("participation"); ok {
		b.Participation = participation(f)
	}
	b.PointsCarried = bonus.Points(number(m, "points_carried"))
	b.PaidBefore = bonus.Cents(number(m, "paid_before"))
	if f, ok := m.Given("option"); ok {
		b.Choice = choice(f)
	}
	return b
}

func person(f *strict.Field) (p bonus.Person) {
	m, _ := f.Map()
	defer m.Close()
	if born, ok := m.Need("born"); ok {
		p.Born = dateOf(born, true)
	}
	p.Sex = bonus.NoEntry
	if sex, ok := m.Given("sex"); ok {
		if word, ok := sex.Word("w", "m", "d", "x"); ok {
			p.Sex = bonus.Sex(word[0])
		}
	}
	if as, ok := m.Need("insured_as"); ok {
		word, _ := as.Word("member", "family", "pensioner")
		p.InsuredAs = map[string]bonus.InsuredAs{
			"": bonus.Member, "member": bonus.Member, "family": bonus.Family, "pensioner": bonus.Pensioner,
		}[word]
	}
	return p
}

func membership(f *strict.Field) bonus.Membership {
	m, ok := f.Map()
	defer m.Close()
	return bonus.Membership{
		Known: ok,
		From:  day(m, "from"), To: day(m, "to"),
		TerminatedOn: day(m, "terminated_on"), WithdrawnOn: day(m, "withdrawn_on"),
	}
}

func pastExam(f *strict.Field) (x bonus.PastExam) {
	m, _ := f.Map()
	defer m.Close()
	x.Measure, x.Exam = needID(m, "measure"), optionalID(m, "exam")
	if d, ok := m.Need("date"); ok {
		x.Date = dateOf(d, true)
	}
	m.Get("from")
	return x
}

func stamp(f *strict.Field) (s bonus.Stamp) {
	m, _ := f.Map()
	defer m.Close()
	s.Measure, s.Exam = needID(m, "measure"), optionalID(m, "exam")
	if d, ok := m.Given("date"); ok {
		s.Date = dateOf(d, true)
	}
	if c, ok := m.Given("cost"); ok {
		if n, ok := c.Int(0, most); ok {
			cost := bonus.Cents(n)
			s.Cost = &cost
		}
	}
	for _, token := range items(m, "evidence") {
		id, _ := token.ID()
		s.Evidence = append(s.Evidence, id)
	}
	s.Provider = optionalID(m, "provider")
	if v, ok := m.Given("value"); ok {
		if x, ok := v.Decimal(-most, most); ok {
			s.Value = &x
		}
	}
	return s
}

func exemption(f *strict.Field) (x bonus.Exemption) {
	m, _ := f.Map()
	defer m.Close()
	x.Measure = needID(m, "measure")
	if reason, ok := m.Given("reason"); ok {
		x.Reason, _ = reason.Text()
	}
	return x
}

func participation(f *strict.Field) (p bonus.Participation) {
	m, _ := f.Map()
	defer m.Close()
	if first, ok := m.Given("first"); ok {
		p.First, _ = first.Bool()
	}
	p.Consecutive = int(number(m, "consecutive"))
	return p
}

func choice(f *strict.Field) *bonus.Choice {
	m, _ := f.Map()
	defer m.Close()
	return &bonus.Choice{Option: needID(m, "id"), Invoices: bonus.Cents(number(m, "invoices_cents"))}
}

// items reads a list; absent and null are an empty one.
func items(m *strict.Map, name string) []*strict.Field {
	f, ok := m.Given(name)
	if !ok {
		return nil
	}
	return f.Items()
}

// number reads a number that is not negative; absent and null are 0.
func number(m *strict.Map, name string) int64 {
	f, ok := m.Given(name)
	if !ok {
		return 0
	}
	n, _ := f.Int(0, most)
	return n
}

func needID(m *strict.Map, name string) string {
	f, ok := m.Need(name)
	if !ok {
		return ""
	}
	id, _ := f.ID()
	return id
}

// optionalID reads an id; absent and null are none.
func optionalID(m *strict.Map, name string) string {
	f, ok := m.Given(name)
	if !ok {
		return ""
	}
	id, _ := f.ID()
	return id
}

// day reads a complete date; absent and null are none.
func day(m *strict.Map, name string) date.Date {
	f, ok := m.Given(name)
	if !ok {
		return 0
	}
	return dateOf(f, false)
}

// dateOf reads a date, which may lack day and month only where partial: 2024-06,
// 2024-06-00 and 2024 are such.
func dateOf(f *strict.Field, partial bool) date.Date {
	text, ok := f.Text()
	if !ok {
		return 0
	}
	if partial && (len(text) == len("yyyy-mm") || len(text) == len("yyyy")) {
		text += "-00-00"[:len("yyyy-mm-dd")-len(text)]
	}
	d, err := date.Parse(text)
	if err != nil || !partial && !d.Complete() {
		f.Fail(finding.NoDate, "")
		return 0
	}
	return d
}
