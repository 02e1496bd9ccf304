package bonus

import (
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

// checkGroup tests what the fields of a group say together.
func (l *loader) checkGroup(m *strict.Map, g *Group) {
	payField, ok := m.Get("pay")
	if !ok {
		return
	}
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
	l.checkAmounts(m, g)
}

// checkAmounts tests that every measure of a group has what the group pays by.
func (l *loader) checkAmounts(m *strict.Map, g *Group) {
	list, ok := m.Get("measures")
	if !ok || !list.IsList() {
		return
	}
	for _, item := range list.Items() {
		id, _ := item.ID()
		x, ok := l.p.measure[id]
		if !ok {
			continue
		}
		cost := g.cost(x)
		switch g.Pay.Mode {
		case PerMeasure:
			if cost != Reimburse && x.Cents == nil && g.Pay.Cents == nil {
				item.Fail(finding.MissingKey, id+".cents")
			}
		case PointsMode:
			if x.Points == 0 {
				item.Fail(finding.MissingKey, id+".points")
			}
		case Reimbursement:
			if cost == LimitToCost && x.Cents == nil {
				item.Fail(finding.MissingKey, id+".cents")
			}
		}
	}
}

// checkCap tests that a cap leaves room for every lump in it: a lump is paid
// whole or not at all.
func (l *loader) checkCap(m *strict.Map, c Cap) {
	f, _ := m.Get("max_cents")
	for _, g := range c.Over {
		if g.gate() && g.Pay.Cents != nil && g.Pay.Cents.largest() > c.Max {
			f.Fail(finding.Impossible, g.ID)
		}
	}
}
