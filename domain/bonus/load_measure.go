package bonus

import (
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
	"schalter/domain/date"
)

// readMeasures reads all measures before it resolves what they say of each
// other.
func (l *loader) readMeasures(root *strict.Map) {
	f, ok := root.Need("measures")
	if !ok {
		return
	}
	all, ok := f.Map()
	if !ok {
		return
	}
	fields := all.All()
	if len(fields) == 0 {
		f.Fail(finding.Empty, "")
	}
	for _, field := range fields {
		m := &Measure{ID: field.Name(), at: len(l.p.Measures)}
		l.p.Measures = append(l.p.Measures, m)
		l.p.measure[m.ID] = m
	}
	for i, field := range fields {
		if m, ok := field.Map(); ok {
			l.readMeasure(m, l.p.Measures[i])
		} else {
			l.unread[l.p.Measures[i]] = true
		}
	}
}

func (l *loader) readMeasure(m *strict.Map, to *Measure) {
	defer m.Close()
	to.Title = title(m, to.ID)
	to.Kind = map[string]Kind{"event": Event, "status": Status, "series": Series}[m.Word("kind", "event", "status", "series")]
	to.Who = entitlement(m, "who")
	to.Required = map[string]Requirement{
		"entitled_full_year": EntitledFullYear, "entitled_any_day": EntitledAnyDay, "always": Always, "never": Never,
	}[m.Word("required_if", "entitled_full_year", "entitled_any_day", "always", "never")]
	to.Interval = interval(m)
	to.Need = Need{Units: 1}
	if f, ok := m.Get("need"); ok {
		to.Need = need(f)
	}
	to.Variants = variants(m)
	to.MaxUnits = maxUnits(m)
	to.Cents = optionalAmount(m, "cents")
	points, _ := m.Int("points", 0, maxPoints)
	to.Points = Points(points)
	to.Cost = map[string]CostRule{"ignore": IgnoreCost, "limit": LimitToCost, "reimburse": Reimburse}[m.Word("cost", "ignore", "limit", "reimburse")]
	if f, _ := m.Get("cents"); to.Cost == Reimburse && to.Cents != nil {
		f.Fail(finding.Conflict, "cost: reimburse")
	}
	to.Evidence = evidence(m)
	if f, ok := m.Given("provider"); ok {
		to.Provider, _ = f.ID()
		if to.Provider == private {
			f.Fail(finding.Impossible, private)
		}
	}
	if f, ok := m.Given("value"); ok {
		to.Value = bounds(f)
	}
	to.OnlyWithAny = refs(m, "only_with_any", l.p.measure, func(f *strict.Field, companion *Measure) {
		if companion == to {
			f.Fail(finding.Impossible, to.ID)
		}
	})
	series(m, to)
}

func interval(m *strict.Map) int {
	f, ok := m.Given("interval")
	if !ok {
		return 0
	}
	in, _ := f.Map()
	defer in.Close()
	in.Word("by", "calendar_year")
	in.Word("unknown_history", "required")
	years, ok := in.Need("years")
	if !ok {
		return 0
	}
	n, _ := years.Int(1, 50)
	return int(n)
}

func need(f *strict.Field) Need {
	m, _ := f.Map()
	defer m.Close()
	n := Need{Units: 1}
	if units, ok := m.Int("units", 1, maxStamps); ok {
		n.Units = int(units)
	}
	n.PerHalf = m.Word("per", "period", "half_year") == "half_year"
	n.Distinct = m.Bool("distinct_dates")
	return n
}

func variants(m *strict.Map) (list []Variant) {
	for _, item := range m.List("variants") {
		v, ok := item.Map()
		if !ok {
			continue
		}
		one := Variant{Who: entitlement(v, "who"), Need: Need{Units: 1}}
		if f, ok := v.Get("at"); ok {
			one.At = moment(f, false)
		}
		if f, ok := v.Need("need"); ok {
			one.Need = need(f)
		}
		v.Close()
		list = append(list, one)
	}
	return list
}

// maxUnits is 1 without a word, and no limit with null.
func maxUnits(m *strict.Map) int {
	f, ok := m.Get("max_units")
	switch {
	case !ok:
		return 1
	case f.IsNull():
		return 0
	}
	n, _ := f.Int(1, maxStamps)
	return int(n)
}

func evidence(m *strict.Map) Evidence {
	f, ok := m.Get("evidence")
	if !ok {
		return Evidence{All: []string{"stamp"}}
	}
	of, ok := f.Map()
	if !ok {
		return Evidence{}
	}
	defer of.Close()
	e := Evidence{All: tokens(of, "all"), Any: tokens(of, "any")}
	if len(of.Keys()) == 0 {
		f.Fail(finding.Empty, "")
	}
	return e
}

func tokens(m *strict.Map, name string) (list []string) {
	seen := map[string]bool{}
	for _, f := range m.List(name) {
		token, ok := f.ID()
		switch {
		case !ok:
		case seen[token]:
			f.Fail(finding.RepeatedID, token)
		default:
			seen[token] = true
			list = append(list, token)
		}
	}
	return list
}

func bounds(f *strict.Field) *Bounds {
	m, _ := f.Map()
	defer m.Close()
	b := &Bounds{}
	read := func(name string) *float64 {
		if f, ok := m.Given(name); ok {
			if x, ok := f.Decimal(-1e9, 1e9); ok {
				return &x
			}
		}
		return nil
	}
	b.Min, b.Max = read("min"), read("max")
	switch {
	case len(m.Keys()) == 0:
		f.Fail(finding.Empty, "")
	case b.Min != nil && b.Max != nil && *b.Min > *b.Max:
		f.Fail(finding.Impossible, "")
	}
	return b
}

// series reads what only a series has, and rejects what means nothing to one:
// what it needs are its exams, and their windows say how often.
func series(m *strict.Map, to *Measure) {
	if to.Kind != Series {
		m.Reject("exams")
		return
	}
	m.Reject("interval")
	m.Reject("need")
	m.Reject("variants")
	f, ok := m.Need("exams")
	if !ok {
		return
	}
	known := map[string]bool{}
	for _, item := range f.List() {
		if e, ok := item.Map(); ok {
			to.Exams = append(to.Exams, exam(e, known))
		}
	}
}

func exam(m *strict.Map, known map[string]bool) Exam {
	defer m.Close()
	var e Exam
	e.ID = newID(m, known, true)
	e.DueRegular = m.Word("due", "tolerance_end", "regular_end") == "regular_end"
	regular, okRegular := m.Given("regular")
	tolerance, okTolerance := m.Given("tolerance")
	switch {
	case okTolerance:
		e.Tolerance = window(tolerance)
		e.Regular = e.Tolerance
		if okRegular {
			e.Regular = window(regular)
		}
	case okRegular: // no tolerance is none beyond the regular time
		e.Regular = window(regular)
		e.Tolerance = e.Regular
	case m.Has("regular"): // as null
		regular.Fail(finding.WrongType, "")
	default:
		m.Need("regular")
	}
	if okRegular && okTolerance && e.Tolerance.To > 0 && e.Regular.To > 0 {
		born := date.Date(2000_01_01)
		if in, out := e.Regular.of(born), e.Tolerance.of(born); in.From < out.From || in.To > out.To {
			tolerance.Fail(finding.Impossible, "")
		}
	}
	return e
}

func window(f *strict.Field) Window {
	m, _ := f.Map()
	defer m.Close()
	var w Window
	if unit, ok := m.Need("unit"); ok {
		word, _ := unit.Word("day", "week", "month", "year")
		w.Unit = map[string]Unit{"day": InDays, "week": InWeeks, "month": InMonths, "year": InYears}[word]
	}
	if from, ok := m.Need("from"); ok {
		n, _ := from.Int(1, 2000)
		w.From = int(2 * n)
	}
	to, ok := m.Need("to")
	if !ok {
		return w
	}
	x, ok := to.Decimal(1, 2000)
	w.To = int(2 * x)
	switch {
	case !ok:
	case float64(w.To) != 2*x, w.To%2 == 1 && w.Unit != InMonths:
		to.Fail(finding.OutOfRange, "")
	case w.To < w.From:
		to.Fail(finding.Impossible, "")
	}
	return w
}
