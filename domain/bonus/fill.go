package bonus

import (
	"cmp"
	"slices"
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
	days = f.narrow(g, m, before.Exam, days)
	s, wants := f.work.cure(g, m, before, days)
	f.work.stamps[i] = s
	if len(wants) == 0 || !days.Has(s.Date) || !f.work.counts(g, m, i) {
		f.work.stamps[i] = before
		return false
	}
	if earlier, again := f.mended(i); again {
		wants = append(slices.Clone(earlier.Wants), wants...)
		days = days.and(earlier.Days)
	}
	gap := Gap{Group: g.ID, Measures: []string{m.ID}, Exam: s.Exam, Stamp: i, Wants: wants, Units: 1}
	gap.Days, gap.UpTo = Span{s.Date, s.Date}, slices.Contains(wants, WantCost)
	if slices.Contains(wants, WantDate) {
		gap.Days = f.work.proofDays(g, m, s.Exam, days)
	}
	f.found = append(f.found, fill{gap, []Stamp{s}})
	return true
}

// mended returns the last gap that an entry was already mended for: for another
// group it may take more.
func (f *finder) mended(i int) (Gap, bool) {
	for n := len(f.found) - 1; n >= 0; n-- {
		if f.found[n].gap.Stamp == i {
			return f.found[n].gap, true
		}
	}
	return Gap{}, false
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

// prove enters a whole new proof of a measure. Where no day is left for it the
// gap is noted without one, and false returned.
func (f *finder) prove(g *Group, m *Measure, exam string, days Span) bool {
	p := Proof{m.ID, exam, f.work.proofDays(g, m, exam, f.narrow(g, m, exam, days))}
	s, ok := f.enter(g, m, p)
	if n := len(f.found) - 1; ok && n >= 0 && f.found[n].sameProof(g, p) {
		x := &f.found[n]
		x.gap.Units++
		x.gap.Proofs, x.stamps = append(x.gap.Proofs, p), append(x.stamps, s)
		return true
	}
	x := fill{gap: Gap{Group: g.ID, Measures: []string{m.ID}, Exam: exam, Stamp: none, Units: 1}}
	if ok {
		x.gap.UpTo = s.Cost != nil
		x.gap.Proofs, x.stamps = []Proof{p}, []Stamp{s}
	}
	f.found = append(f.found, x)
	return ok
}

// sameProof reports whether a gap asks for one more of the same.
func (x fill) sameProof(g *Group, p Proof) bool {
	return x.gap.Group == g.ID && len(x.gap.Proofs) > 0 && len(x.gap.Measures) == 1 && x.gap.Proofs[0] == p
}

// enter adds a proof to the stamps if it counts in the group.
func (f *finder) enter(g *Group, m *Measure, p Proof) (Stamp, bool) {
	day, ok := f.work.freeDay(m, p.Days)
	if !ok {
		return Stamp{}, false
	}
	s := Stamp{Measure: m.ID, Exam: p.Exam, Date: day, Evidence: slices.Clone(m.Evidence.All)}
	if len(m.Evidence.Any) > 0 {
		s.Evidence = append(s.Evidence, m.Evidence.Any[0])
	}
	if f.work.costs(m) {
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

// choose finds proofs of several measures until a group counts n more, and
// reports whether there are as many. It takes those that are worth least, so
// that another choice seldom brings less.
func (f *finder) choose(g *Group, of []*Measure, n int) bool {
	x := fill{gap: Gap{Group: g.ID, Stamp: none, Units: n}}
	for _, m := range of {
		x.gap.Measures = append(x.gap.Measures, m.ID)
	}
	cheap := slices.Clone(of)
	slices.SortStableFunc(cheap, func(a, b *Measure) int { return cmp.Compare(f.work.price(a), f.work.price(b)) })
	before, counted := len(f.work.stamps), 0
	for _, m := range cheap {
		home := f.work.home(g, m)
		for counted < n && f.one(&x, home, m) {
			counted++
		}
	}
	if counted < n {
		x.stamps, x.gap.Proofs, x.gap.UpTo = nil, nil, false
		f.work.index(f.work.stamps[:before])
	}
	f.found = append(f.found, x)
	return counted == n
}

// one enters proofs of a measure until the group counts one more. Most often one
// proof is enough; a gate may need several.
func (f *finder) one(x *fill, g *Group, m *Measure) bool {
	only := []*Measure{m}
	before, counted, proofs := len(f.work.stamps), f.work.count(g, only), len(x.stamps)
	for f.work.count(g, only) == counted {
		p, s, ok := f.next(g, m)
		if !ok {
			x.stamps, x.gap.Proofs = x.stamps[:proofs], x.gap.Proofs[:proofs]
			f.work.index(f.work.stamps[:before])
			return false
		}
		x.stamps, x.gap.Proofs = append(x.stamps, s), append(x.gap.Proofs, p)
		x.gap.UpTo = x.gap.UpTo || s.Cost != nil
	}
	return true
}

// next enters the next proof that a group takes of a measure.
func (f *finder) next(g *Group, m *Measure) (Proof, Stamp, bool) {
	if m.Kind != Series {
		days := Span{0, forever}
		if g.gate() {
			_, days = f.work.lack(g, m)
		}
		p := Proof{m.ID, "", f.work.proofDays(g, m, "", f.narrow(g, m, "", days))}
		s, ok := f.enter(g, m, p)
		return p, s, ok
	}
	for _, e := range m.Exams {
		if g.gate() && !f.work.isDue(e) {
			continue
		}
		p := Proof{m.ID, e.ID, f.work.proofDays(g, m, e.ID, Span{0, forever})}
		if s, ok := f.enter(g, m, p); ok {
			return p, s, true
		}
	}
	return Proof{}, Stamp{}, false
}
