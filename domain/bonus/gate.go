package bonus

// decideGate decides a lump group: it pays once, if nothing is missing and
// something was proven.
func (t *tally) decideGate(g *Group) {
	r := &t.results[g.at]
	from, proven, lacking := len(t.lines), 0, false
	for _, m := range g.Measures {
		state := t.state(g, m)
		lacking = lacking || state.Code == Missing
		if state.Code == OK {
			proven++
		}
		t.lines = append(t.lines, Line{Group: g.ID, Measure: m.ID, Stamp: none, Reason: state})
	}
	lines := t.lines[from:]
	block := t.blocked(g, proven, func(m *Measure) int { return provenBy(lines, m) })
	switch {
	case block == PrerequisiteMissing:
		relabel(lines, OK, block)
	case lacking:
		block = Missing
	case block != "":
		relabel(lines, OK, block)
	case proven == 0 && !g.Pay.AllowEmpty:
		block = NoProof
	}
	if r.Reason = block; block != "" {
		return
	}
	r.Reason, r.Fulfilled = OK, true
	r.Cents = g.Pay.Cents.For(t.person.InsuredAs) // no cap of its own is lower, see checkGroup
}

// provenBy is 1 for a measure that a gate has found proven.
func provenBy(lines []Line, m *Measure) int {
	for i := range lines {
		if lines[i].Measure == m.ID && lines[i].Reason.Code == OK {
			return 1
		}
	}
	return 0
}

// relabel gives lines of one code another one.
func relabel(lines []Line, from, to Code) {
	for i := range lines {
		if lines[i].Reason.Code == from {
			lines[i].Reason = Reason{Code: to}
		}
	}
}

// state is what a gate says of a measure. A proof in a year in which none is
// asked for still shows as ok.
func (t *tally) state(g *Group, m *Measure) Reason {
	verdicts := t.verdicts(g, m)
	if m.Kind == Series {
		return t.seriesState(m, verdicts)
	}
	if t.deficit(m, verdicts) == [2]int{} {
		return Reason{Code: OK}
	}
	if cause := t.released(m); cause != "" {
		return Reason{Code: NotRequired, Cause: cause}
	}
	return missing("", firstRefused(verdicts))
}

// deficit is how many accepted stamps are too few in each half of the period;
// all of them in the first number where halves do not matter.
func (t *tally) deficit(m *Measure, verdicts []verdict) (lack [2]int) {
	need := m.need(t.frame)
	lack[0] = need.Units
	if need.PerHalf {
		lack[1] = need.Units
	}
	second := t.half(1)
	for _, v := range verdicts {
		if !v.reason.accepted() {
			continue
		}
		half := 0
		if need.PerHalf && second.Has(t.stamps[v.stamp].Date) {
			half = 1
		}
		lack[half]--
	}
	return [2]int{max(lack[0], 0), max(lack[1], 0)}
}

// released is why a measure is not required, "" if it is. The rules come first:
// what staff decided is the cause only where nothing else is.
func (t *tally) released(m *Measure) Code {
	lack := fits
	switch m.Required {
	case Never:
		return CauseNever
	case EntitledFullYear:
		lack = m.Who.everyDay(t.person, t.period)
	case EntitledAnyDay:
		lack = m.Who.anyDay(t.person, t.period)
	}
	switch {
	case lack != fits:
		return lack.code()
	case m.Required != Always && t.interval(m):
		return CauseInterval
	case t.exempt(m):
		return CauseManual
	}
	return ""
}

// seriesState is what a gate says of a series: every exam whose due date lies in
// the period, while the person was insured here, has to be done.
func (t *tally) seriesState(m *Measure, verdicts []verdict) Reason {
	due, lacking := false, Reason{}
	for _, e := range m.Exams {
		if !t.isDue(e) {
			continue
		}
		due = true
		if fault := t.lacksExam(m, e, verdicts); !fault.accepted() && lacking.accepted() {
			lacking = missing(e.ID, fault)
		}
	}
	switch {
	case due && lacking.accepted():
		return Reason{Code: OK}
	case !due && t.early(m, verdicts):
		return Reason{Code: Early}
	}
	cause := t.released(m)
	if !due && cause == "" || !due && cause == CauseManual {
		cause = CauseWindow
	}
	if cause != "" {
		return Reason{Code: NotRequired, Cause: cause}
	}
	return lacking
}

// isDue reports whether an exam is due in the period and was so while the person
// was insured here.
func (t *tally) isDue(e Exam) bool {
	due := e.due(t.person.Born)
	return t.period.Has(due) && t.booklet.Membership.covers(due)
}

// lacksExam is the fault of the first stamp for an exam that was not done,
// missing if there is none. An exam that was done has no fault.
func (t *tally) lacksExam(m *Measure, e Exam, verdicts []verdict) Reason {
	fault := Reason{Code: Missing}
	for _, v := range verdicts {
		if t.stamps[v.stamp].Exam != e.ID {
			continue
		}
		if v.reason.accepted() {
			return Reason{}
		}
		if fault.Code == Missing {
			fault = v.reason
		}
	}
	if t.past(m, e) {
		return Reason{}
	}
	return fault
}

// early reports whether an exam was done whose due date is still to come.
func (t *tally) early(m *Measure, verdicts []verdict) bool {
	for _, v := range verdicts {
		e, ok := m.exam(t.stamps[v.stamp].Exam)
		if ok && v.reason.accepted() && e.due(t.person.Born) > t.period.To {
			return true
		}
	}
	return false
}

// firstRefused is the reason of the first stamp that was refused.
func firstRefused(verdicts []verdict) Reason {
	for _, v := range verdicts {
		if !v.reason.accepted() {
			return v.reason
		}
	}
	return Reason{}
}
