package bonus

import (
	"slices"

	"schalter/domain/date"
)

// verdict is what became of one stamp of a measure in a group.
type verdict struct {
	stamp  int
	reason Reason // no code: accepted
}

// verdicts judges the stamps of a measure in the order of entry. The slice is
// valid until the next call.
func (t *tally) verdicts(g *Group, m *Measure) []verdict {
	t.judged = t.judged[:0]
	need, alone, units := m.need(t.frame), t.alone(m), 0
	for i := t.first[m.at]; i >= 0; i = t.next[i] {
		s := &t.stamps[i]
		r := t.judge(m, s, !g.gate(), g.cost(m))
		if r.accepted() {
			switch {
			case t.repeats(g, m, s, need), !g.gate() && m.MaxUnits > 0 && units >= m.MaxUnits:
				r.Code = Duplicate
			case alone:
				r.Code = NeedsCompanion
			default:
				units++
			}
		}
		t.judged = append(t.judged, verdict{i, r})
	}
	return t.judged
}

// judge returns the first test that a stamp fails. Where a group pays, the proof
// has to be one that this insurer owes for; a gate only asks whether it
// happened.
func (t *tally) judge(m *Measure, s *Stamp, pays bool, cost CostRule) Reason {
	switch {
	case s.Date.Day() == 0:
		return Reason{Code: NoDate}
	case !t.inYear(m, s.Date):
		return Reason{Code: WrongYear}
	case s.Date > t.booklet.Handin:
		return Reason{Code: AfterHandin}
	}
	if token := m.Evidence.lacks(s.Evidence); token != "" {
		return Reason{Code: NoEvidence, Token: token}
	}
	switch {
	case m.Provider != "" && s.Provider == private:
		return Reason{Code: ProviderNotLicensed}
	case pays && !t.booklet.Membership.covers(s.Date):
		return Reason{Code: OutsideInsurance}
	case m.Who.on(t.person, s.Date) != fits:
		return Reason{Code: NotEntitled}
	case pays && t.interval(m):
		return Reason{Code: NotEntitledInterval}
	case m.Kind == Series && !t.inWindow(m, s):
		return Reason{Code: OutsideWindow}
	case cost != IgnoreCost && s.Cost == nil:
		return Reason{Code: NoCost}
	case m.Value == nil:
		return Reason{}
	case s.Value == nil:
		return Reason{Code: NoValue}
	case !m.Value.has(*s.Value):
		return Reason{Code: ValueOutOfRange}
	}
	return Reason{}
}

// inYear: an event falls into the period; a status is shown from its start on,
// up to the hand-in, which is tested next.
func (t *tally) inYear(m *Measure, day date.Date) bool {
	if m.Kind == Status {
		return day >= t.period.From
	}
	return t.period.Has(day)
}

func (t *tally) inWindow(m *Measure, s *Stamp) bool {
	e, ok := m.exam(s.Exam)
	return ok && e.Tolerance.of(t.person.Born).Has(s.Date)
}

// lacks returns the token that is missing: the first missing one of All, or the
// first of Any if none of these is there.
func (e Evidence) lacks(shown []string) string {
	for _, token := range e.All {
		if !slices.Contains(shown, token) {
			return token
		}
	}
	for _, token := range e.Any {
		if slices.Contains(shown, token) {
			return ""
		}
	}
	if len(e.Any) > 0 {
		return e.Any[0]
	}
	return ""
}

func (b *Bounds) has(x float64) bool {
	return (b.Min == nil || x >= *b.Min) && (b.Max == nil || x <= *b.Max)
}

// repeats reports whether an accepted stamp is one more of what was accepted
// already: of the same day, where days must differ; of the same exam, which
// happens once in a life, so that no group pays for one that history knows.
func (t *tally) repeats(g *Group, m *Measure, s *Stamp, need Need) bool {
	if m.Kind == Series && !g.gate() {
		if e, ok := m.exam(s.Exam); ok && t.past(m, e) {
			return true
		}
	}
	for _, v := range t.judged {
		before := &t.stamps[v.stamp]
		if !v.reason.accepted() {
			continue
		}
		if need.Distinct && before.Date == s.Date || m.Kind == Series && before.Exam == s.Exam {
			return true
		}
	}
	return false
}

// alone reports whether a measure lacks the companion that it only counts with.
func (t *tally) alone(m *Measure) bool {
	return len(m.OnlyWithAny) > 0 && !slices.ContainsFunc(m.OnlyWithAny, t.accepted)
}

// accepted reports whether some stamp of a measure is accepted in some group of
// the track; a measure of no group is judged as by a gate.
func (t *tally) accepted(m *Measure) bool {
	grouped := false
	for _, g := range t.groups {
		if slices.Contains(g.Measures, m) {
			grouped = true
			if t.acceptedFor(m, !g.gate(), g.cost(m)) {
				return true
			}
		}
	}
	return !grouped && t.acceptedFor(m, false, m.Cost)
}

func (t *tally) acceptedFor(m *Measure, pays bool, cost CostRule) bool {
	for i := t.first[m.at]; i >= 0; i = t.next[i] {
		if t.judge(m, &t.stamps[i], pays, cost).accepted() {
			return true
		}
	}
	return false
}
