package bonus

// unit is an accepted stamp in a group that pays.
type unit struct {
	measure *Measure
	stamp   *Stamp
	line    int // of the tally
}

// decideUnits decides a group that pays for units.
func (t *tally) decideUnits(g *Group) {
	r := &t.results[g.at]
	t.units = t.units[:0]
	for _, m := range g.Measures {
		for _, v := range t.verdicts(g, m) {
			if v.reason.accepted() {
				t.units = append(t.units, unit{m, &t.stamps[v.stamp], len(t.lines)})
			}
			t.lines = append(t.lines, Line{Group: g.ID, Measure: m.ID, Stamp: v.stamp, Reason: v.reason})
		}
	}
	r.Reason = t.blocked(g, len(t.units), t.unitsOf)
	switch {
	case r.Reason != "":
		for _, u := range t.units {
			t.lines[u.line].Reason = Reason{Code: r.Reason}
		}
		return
	case len(t.units) == 0:
		r.Reason = NoProof
		return
	}
	r.Fulfilled, r.Reason = true, OK
	if g.MaxCount > 0 {
		t.dropUnits(g)
	}
	t.pay(g, r)
}

// unitsOf is the number of units of a measure.
func (t *tally) unitsOf(m *Measure) int {
	n := 0
	for _, u := range t.units {
		if u.measure == m {
			n++
		}
	}
	return n
}

// blocked is why a group does not pay what was accepted, "" if it does.
func (t *tally) blocked(g *Group, accepted int, of func(*Measure) int) Code {
	for _, required := range g.Requires {
		if !t.results[required.at].Fulfilled {
			return PrerequisiteMissing
		}
	}
	if accepted < g.least() {
		return BelowMinCount
	}
	for _, need := range g.Needs {
		n := 0
		for _, m := range need.Of {
			n += of(m)
		}
		if n < need.Min {
			return NeedsMissing
		}
	}
	return ""
}

// dropUnits leaves as many units as the group pays. Which of them are too many,
// the language leaves open: it is those that are worth least, and of equals the
// last ones, so that no further proof ever costs the insured anything.
func (t *tally) dropUnits(g *Group) {
	for len(t.units) > g.MaxCount {
		least := 0
		for i := range t.units {
			if t.worth(g, t.units[i]) <= t.worth(g, t.units[least]) {
				least = i
			}
		}
		t.lines[t.units[least].line].Reason = Reason{Code: OverMaxCount}
		t.units = append(t.units[:least], t.units[least+1:]...)
	}
}

// worth of a unit beside others of its group; equal where only the place in a
// row counts.
func (t *tally) worth(g *Group, u unit) int64 {
	switch g.Pay.Mode {
	case PointsMode:
		return int64(u.measure.Points)
	case PerMeasure, Reimbursement:
		cents, _ := t.unitCents(g, u, g.amount(u.measure, t.person.InsuredAs))
		return int64(cents)
	}
	return 0
}

// pay gives the units of an open group what they are due.
func (t *tally) pay(g *Group, r *GroupResult) {
	switch g.Pay.Mode {
	case ByCount:
		for _, u := range t.units {
			t.lines[u.line].Reason = Reason{Code: Counted}
		}
		row, _ := g.Pay.row(len(t.units))
		further := Cents(len(t.units) - row.From)
		r.Cents = row.Cents.For(t.person.InsuredAs) + further*row.Further.For(t.person.InsuredAs)
		if g.Cap != nil && r.Cents > *g.Cap {
			r.Cents, r.Reason = *g.Cap, CutByGroupCap
		}
	case PointsMode:
		for _, u := range t.units {
			t.lines[u.line].Reason = Reason{Code: OK}
			r.Points += u.measure.Points
		}
	default:
		t.payEach(g, r)
	}
}

// payEach pays units one by one until the group's cap is reached.
func (t *tally) payEach(g *Group, r *GroupResult) {
	for i, u := range t.units {
		full := g.amount(u.measure, t.person.InsuredAs)
		if g.Pay.Mode == Ordinal {
			row, _ := g.Pay.row(i + 1)
			full = row.Cents.For(t.person.InsuredAs)
		}
		line := &t.lines[u.line]
		line.Cents, line.Reason = t.unitCents(g, u, full)
		if g.Cap != nil && r.Cents+line.Cents > *g.Cap {
			line.Cents, line.Reason = *g.Cap-r.Cents, Reason{Code: CutByGroupCap}
		}
		r.Cents += line.Cents
	}
}

// unitCents is what a unit is worth before any cap: its full amount, at most its
// cost where that counts, or the cost itself.
func (t *tally) unitCents(g *Group, u unit, full Cents) (Cents, Reason) {
	rule := g.cost(u.measure)
	switch {
	case rule == Reimburse:
		return *u.stamp.Cost, Reason{Code: OK}
	case rule == LimitToCost && *u.stamp.Cost < full:
		return *u.stamp.Cost, Reason{Code: CutToCost}
	}
	return full, Reason{Code: OK}
}
