package bonus

import (
	"slices"

	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

// checkGroup tests what the fields of a group say together.
func (l *loader) checkGroup(m *strict.Map, payField *strict.Field, g *Group) {
	if f, _ := m.Get("min_count"); len(g.Measures) > 0 && g.MinCount > g.most(g.Measures) {
		f.Fail(finding.Impossible, "")
	}
	if g.gate() {
		m.Reject("max_count")
		if f, _ := m.Get("cap_cents"); g.Cap != nil && g.Pay.Cents != nil && *g.Cap < g.Pay.Cents.largest() {
			f.Fail(finding.Impossible, "")
		}
		return
	}
	if g.Pay.Mode == PointsMode {
		m.Reject("cap_cents")
		if l.p.Points == nil {
			payField.Fail(finding.MissingKey, "points")
		}
	}
	if n := g.least(); len(g.Measures) > 0 && n > g.most(g.Measures) && n > g.MinCount {
		payField.Fail(finding.Impossible, "")
	}
	if n := g.least(); g.MaxCount > 0 && n > g.MaxCount && n > g.MinCount {
		payField.Fail(finding.Impossible, "")
	}
}

// checkAmount tests that a measure of a group has what the group pays by.
func (l *loader) checkAmount(f *strict.Field, g *Group, m *Measure) {
	if l.unread[m] {
		return
	}
	switch g.Pay.Mode {
	case PerMeasure:
		if g.cost(m) != Reimburse && m.Cents == nil && g.Pay.Cents == nil {
			f.Fail(finding.MissingKey, m.ID+".cents")
		}
	case Reimbursement:
		if g.cost(m) == LimitToCost && m.Cents == nil {
			f.Fail(finding.MissingKey, m.ID+".cents")
		}
	case PointsMode:
		if m.Points == 0 {
			f.Fail(finding.MissingKey, m.ID+".points")
		}
	}
}

// checkCap tests that a cap leaves room for every lump in it, since a lump is
// paid whole or not at all, and that it crosses no other cap: of two caps that
// share groups, one has to lie within the other, in every track. Else what they
// leave would depend on which one cuts first.
func (l *loader) checkCap(m *strict.Map, c Cap) {
	f, _ := m.Get("max_cents")
	for _, g := range c.Over {
		if g.gate() && g.Pay.Cents != nil && g.Pay.Cents.largest() > c.Max {
			f.Fail(finding.Impossible, g.ID)
		}
	}
	for _, other := range l.p.Caps {
		if slices.ContainsFunc(l.p.Tracks, func(t *Track) bool { return cross(c.in(t), other.in(t)) }) {
			over, _ := m.Get("over")
			over.Fail(finding.Conflict, other.ID)
		}
	}
}

// in returns the groups of a cap that a track has.
func (c Cap) in(t *Track) (groups []*Group) {
	for _, g := range c.Over {
		if g.onTrack(t) {
			groups = append(groups, g)
		}
	}
	return groups
}

// cross reports whether two sets overlap and neither is part of the other.
func cross(a, b []*Group) bool {
	common := 0
	for _, g := range a {
		if slices.Contains(b, g) {
			common++
		}
	}
	return common > 0 && common < len(a) && common < len(b)
}
