package bonus

import (
	"cmp"
	"slices"

	"schalter/domain/date"
)

// finder looks for what is missing. It enters what it finds into stamps of its
// own, so that a proof that fills two gaps is found once.
type finder struct {
	base, work *tally
	found      []fill
}

// findFills returns what is missing, in the order of groups.
func (t *tally) findFills() []fill {
	var f *finder
	for _, g := range t.groups {
		if t.complete(g) {
			continue
		}
		if f == nil {
			f = &finder{base: t, work: &tally{frame: t.frame}}
			f.work.index(slices.Clone(t.stamps))
		}
		f.search(g)
	}
	if f == nil {
		return nil
	}
	return f.found
}

// complete reports whether a group pays and every entry in it counts: nothing
// is missing then, whatever else could be proven.
func (t *tally) complete(g *Group) bool {
	if r := &t.results[g.at]; !r.Fulfilled && (g.gate() || r.Reason != NoProof) {
		return false
	}
	return !slices.ContainsFunc(t.lines, func(l Line) bool { return l.Group == g.ID && l.Reason.mendable() })
}

// mendable reports whether what an entry lacks may follow.
func (r Reason) mendable() bool {
	switch r.Code {
	case NoDate, NoEvidence, NoCost, NoValue, NeedsCompanion:
		return true
	}
	return false
}

func (f *finder) search(g *Group) {
	for _, m := range g.Measures {
		if g.gate() {
			f.searchGate(g, m)
		} else {
			f.searchEntries(g, m)
		}
	}
	f.searchCount(g)
}

// searchGate looks for what a gate lacks of a measure: entries that can be
// mended first, then whole proofs, until nothing is missing.
func (f *finder) searchGate(g *Group, m *Measure) {
	for f.work.state(g, m).Code == Missing {
		if f.work.alone(m) {
			if !f.choose(g, m.OnlyWithAny, 1) {
				return
			}
			continue
		}
		exam, days := f.work.lack(g, m)
		if !f.mendOne(g, m, exam, days) && !f.prove(g, m, exam, days) {
			return
		}
	}
}

// lack is the first exam of a series, or the first half of the period, that a
// gate lacks a proof of.
func (t *tally) lack(g *Group, m *Measure) (exam string, days Span) {
	verdicts := t.verdicts(g, m)
	for _, e := range m.Exams {
		if t.isDue(e) && !t.lacksExam(m, e, verdicts).accepted() {
			return e.ID, Span{0, forever}
		}
	}
	if !m.need(t.frame).PerHalf {
		return "", Span{0, forever}
	}
	if t.deficit(m, verdicts)[0] > 0 {
		return "", t.half(0)
	}
	return "", t.half(1)
}

// mendOne mends the first entry that then counts on one of the days.
func (f *finder) mendOne(g *Group, m *Measure, exam string, days Span) bool {
	for _, v := range slices.Clone(f.work.verdicts(g, m)) {
		if v.reason.mendable() && f.work.stamps[v.stamp].Exam == exam && f.mend(g, m, v.stamp, days) {
			return true
		}
	}
	return false
}

// mend completes an entry if it then counts on one of the days.
func (f *finder) mend(g *Group, m *Measure, i int, days Span) bool {
	before := f.work.stamps[i]
	s, wants := f.work.cure(g, m, before, days)
	f.work.stamps[i] = s
	if len(wants) == 0 || !days.Has(s.Date) || !f.work.counts(g, m, i) {
		f.work.stamps[i] = before
		return false
	}
	gap := Gap{Group: g.ID, Measures: []string{m.ID}, Exam: s.Exam, Stamp: i, Wants: wants, Units: 1}
	gap.Days, gap.UpTo = Span{s.Date, s.Date}, slices.Contains(wants, WantCost)
	if slices.Contains(wants, WantDate) {
		gap.Days = f.work.proofDays(g, m, s.Exam, days)
	}
	f.found = append(f.found, fill{gap, []Stamp{s}})
	return true
}

// counts reports whether the entry at a position counts in a group.
func (t *tally) counts(g *Group, m *Measure, i int) bool {
	for _, v := range t.verdicts(g, m) {
		if v.stamp == i {
			return v.reason.accepted()
		}
	}
	return false
}

// cure supplies what an entry lacks, one fault after the other.
func (t *tally) cure(g *Group, m *Measure, s Stamp, days Span) (cured Stamp, wants []string) {
	for range 16 { // more than tokens, date, cost and value together
		r := t.judge(m, &s, !g.gate(), g.cost(m))
		switch r.Code {
		case NoDate:
			day, ok := t.freeDay(m, t.proofDays(g, m, s.Exam, days))
			if !ok {
				return s, nil
			}
			s.Date, wants = day, append(wants, WantDate)
		case NoEvidence:
			s.Evidence = append(slices.Clone(s.Evidence), r.Token)
			wants = append(wants, r.Token)
		case NoCost:
			s.Cost, wants = mostCost(), append(wants, WantCost)
		case NoValue:
			s.Value, wants = m.Value.some(), append(wants, WantValue)
		case "":
			return s, wants
		default:
			return s, nil
		}
	}
	return s, nil
}

// prove enters a whole new proof of a measure. Where no day is left for it the
// gap is noted without one, and false returned.
func (f *finder) prove(g *Group, m *Measure, exam string, days Span) bool {
	gap := Gap{Group: g.ID, Measures: []string{m.ID}, Exam: exam, Stamp: none, Units: 1}
	gap.Days, gap.UpTo = f.work.proofDays(g, m, exam, days), g.cost(m) != IgnoreCost
	s, ok := f.enter(g, m, exam, gap.Days)
	if !ok {
		gap.Days = Span{From: 1}
		f.found = append(f.found, fill{gap: gap})
		return false
	}
	if n := len(f.found) - 1; n >= 0 && f.found[n].sameProof(gap) {
		f.found[n].gap.Units++
		f.found[n].stamps = append(f.found[n].stamps, s)
		return true
	}
	f.found = append(f.found, fill{gap, []Stamp{s}})
	return true
}

// sameProof reports whether a gap asks for one more of the same.
func (x fill) sameProof(o Gap) bool {
	return x.gap.Stamp == none && x.gap.Group == o.Group && x.gap.Exam == o.Exam && x.gap.Days == o.Days &&
		slices.Equal(x.gap.Measures, o.Measures)
}

// enter adds a proof to the stamps if it counts in the group.
func (f *finder) enter(g *Group, m *Measure, exam string, days Span) (Stamp, bool) {
	day, ok := f.work.freeDay(m, days)
	if !ok {
		return Stamp{}, false
	}
	s := Stamp{Measure: m.ID, Exam: exam, Date: day, Evidence: slices.Clone(m.Evidence.All)}
	if len(m.Evidence.Any) > 0 {
		s.Evidence = append(s.Evidence, m.Evidence.Any[0])
	}
	if g.cost(m) != IgnoreCost {
		s.Cost = mostCost()
	}
	if m.Value != nil {
		s.Value = m.Value.some()
	}
	last := len(f.work.stamps)
	f.work.index(append(f.work.stamps, s))
	if !f.work.counts(g, m, last) {
		f.work.index(f.work.stamps[:last])
		return Stamp{}, false
	}
	return s, true
}

// mostCost is the cost that stands for one that is not known.
func mostCost() *Cents {
	cost := Cents(maxCents)
	return &cost
}

// some is a value within the bounds.
func (b *Bounds) some() *float64 {
	if b.Min != nil {
		return b.Min
	}
	return b.Max
}

// proofDays are the days on which a new proof would count: the first run of days
// where a person may be entitled in turns.
func (t *tally) proofDays(g *Group, m *Measure, exam string, days Span) Span {
	days = days.and(Span{t.period.From, t.booklet.Handin})
	if m.Kind != Status {
		days = days.and(t.period)
	}
	if !g.gate() {
		days = days.and(Span{t.booklet.Membership.From, t.booklet.Membership.last()})
	}
	if e, ok := m.exam(exam); ok {
		days = days.and(e.Tolerance.of(t.person.Born))
	}
	if len(m.Who) == 0 {
		return days
	}
	for _, w := range m.Who {
		from, before := w.days(t.person)
		turn := days.and(Span{from, before - 1})
		if before != forever {
			turn = days.and(Span{from, addDays(before, -1)})
		}
		if w.belongs(t.person) == fits && !turn.Empty() {
			return turn
		}
	}
	return Span{From: 1}
}

// freeDay is the first of the days that no entry of the measure has.
func (t *tally) freeDay(m *Measure, days Span) (date.Date, bool) {
	for day := days.From; !days.Empty() && day <= days.To; day = addDays(day, 1) {
		free := true
		for i := t.first[m.at]; i >= 0; i = t.next[i] {
			free = free && t.stamps[i].Date != day
		}
		if free {
			return day, true
		}
	}
	return 0, false
}

// searchEntries looks for entries of a group that pays, of which only something
// is missing that may follow.
func (f *finder) searchEntries(g *Group, m *Measure) {
	companion := false
	for _, v := range slices.Clone(f.work.verdicts(g, m)) {
		switch {
		case v.reason.Code == NeedsCompanion && !companion:
			companion = true
			f.choose(g, m.OnlyWithAny, 1)
		case v.reason.mendable():
			f.mend(g, m, v.stamp, Span{0, forever})
		}
	}
}

// searchCount looks for the proofs that a group lacks in number: first those of
// its subsets, then any.
func (f *finder) searchCount(g *Group) {
	for _, need := range g.Needs {
		if lack := need.Min - f.work.count(g, need.Of); lack > 0 {
			f.choose(g, need.Of, lack)
		}
	}
	least := g.least()
	if g.gate() {
		if slices.ContainsFunc(g.Measures, func(m *Measure) bool { return f.work.state(g, m).Code == Missing }) {
			return // nothing else opens it
		}
		if !g.Pay.AllowEmpty {
			least = max(least, 1)
		}
	}
	if lack := least - f.work.count(g, g.Measures); lack > 0 {
		f.choose(g, g.Measures, lack)
	}
}

// count is the number that a group counts of some measures.
func (t *tally) count(g *Group, of []*Measure) (n int) {
	for _, m := range of {
		switch {
		case !g.gate():
			for _, v := range t.verdicts(g, m) {
				if v.reason.accepted() {
					n++
				}
			}
		case t.state(g, m).Code == OK:
			n++
		}
	}
	return n
}

// choose finds n proofs out of several measures, and reports whether there are
// as many. The example takes those that are worth least, so that another choice
// seldom brings less.
func (f *finder) choose(g *Group, of []*Measure, n int) bool {
	x := fill{gap: Gap{Group: g.ID, Stamp: none, Units: n}}
	for _, m := range of {
		x.gap.Measures = append(x.gap.Measures, m.ID)
	}
	cheap := slices.Clone(of)
	slices.SortStableFunc(cheap, func(a, b *Measure) int { return cmp.Compare(f.work.price(a), f.work.price(b)) })
	before := len(f.work.stamps)
	for _, m := range cheap {
		home := f.work.home(g, m)
		for len(x.stamps) < n {
			s, ok := f.enterNext(home, m)
			if !ok {
				break
			}
			x.stamps = append(x.stamps, s)
			x.gap.Example = append(x.gap.Example, m.ID)
			x.gap.UpTo = x.gap.UpTo || s.Cost != nil
		}
	}
	found := len(x.stamps) == n
	if !found {
		x.stamps, x.gap.Example, x.gap.UpTo = nil, nil, false
		f.work.index(f.work.stamps[:before])
	}
	if len(of) == 1 {
		x.gap.Example = nil
		x.gap.Days = f.work.proofDays(f.work.home(g, of[0]), of[0], "", Span{0, forever})
	}
	f.found = append(f.found, x)
	return found
}

// enterNext enters one more proof that adds to what the group counts.
func (f *finder) enterNext(g *Group, m *Measure) (Stamp, bool) {
	exams := []string{""}
	if m.Kind == Series {
		exams = exams[:0]
		for _, e := range m.Exams {
			exams = append(exams, e.ID)
		}
	}
	only := []*Measure{m}
	before := f.work.count(g, only)
	for _, exam := range exams {
		s, ok := f.enter(g, m, exam, f.work.proofDays(g, m, exam, Span{0, forever}))
		if ok && f.work.count(g, only) > before {
			return s, true
		}
		if ok {
			f.work.index(f.work.stamps[:len(f.work.stamps)-1])
		}
	}
	return Stamp{}, false
}

// home is the group in which a measure is proven: g itself, else the first of
// the track, else a gate that asks for nothing else.
func (t *tally) home(g *Group, m *Measure) *Group {
	if slices.Contains(g.Measures, m) {
		return g
	}
	for _, other := range t.groups {
		if slices.Contains(other.Measures, m) {
			return other
		}
	}
	return &Group{Measures: []*Measure{m}}
}

// price is what a proof of a measure is worth in all groups, a cost that is not
// known being nothing.
func (t *tally) price(m *Measure) (sum int64) {
	for _, g := range t.groups {
		if g.gate() || !slices.Contains(g.Measures, m) {
			continue
		}
		sum += int64(m.Points)
		if g.cost(m) == IgnoreCost {
			sum += int64(g.amount(m, t.person.InsuredAs))
		}
	}
	return sum
}
