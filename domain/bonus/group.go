package bonus

import "slices"

// Mode is how a group pays.
type Mode uint8

const (
	// Lump pays once, if nothing that is required is missing.
	Lump Mode = iota
	// PerMeasure pays every unit its measure's amount.
	PerMeasure
	// Ordinal pays every unit by its place in the row.
	Ordinal
	// ByCount pays an amount by the number of units.
	ByCount
	// Reimbursement pays every unit its cost.
	Reimbursement
	// PointsMode gives points for every unit.
	PointsMode
)

// Pay is how a group pays and how much.
type Pay struct {
	Mode Mode
	// Cents of a lump, or of a unit whose measure has no amount; nil is none.
	Cents *Amount
	// AllowEmpty opens a gate that nothing was proven for.
	AllowEmpty bool
	// Table of Ordinal and ByCount, ascending.
	Table []Step
}

// Step is a row of a table: from this unit, or this number of units, on.
type Step struct {
	From  int
	Cents Amount
	// Further is what each unit beyond From adds; only by count.
	Further Amount
}

// Subset asks for a number of units out of some measures.
type Subset struct {
	Min int
	Of  []*Measure
}

// Group is a part of a programme that pays by one rule.
type Group struct {
	ID, Title string
	// Tracks and InsuredAs say for whom the group is; none is everybody.
	Tracks    []*Track
	InsuredAs []InsuredAs
	Measures  []*Measure
	// Requires lists earlier groups that must be fulfilled.
	Requires []*Group
	// MinCount units must be accepted, MaxCount pay; 0 is no bound.
	MinCount, MaxCount int
	Needs              []Subset
	// Cap of the group's own; nil is none.
	Cap *Cents
	Pay Pay

	at int // position in the programme
}

// gate reports whether the group is decided by what is missing, and not by units.
func (g *Group) gate() bool { return g.Pay.Mode == Lump }

// onTrack reports whether a track has the group.
func (g *Group) onTrack(t *Track) bool {
	return len(g.Tracks) == 0 || slices.Contains(g.Tracks, t)
}

// covers reports whether the group is for a person in a track.
func (g *Group) covers(t *Track, p Person) bool {
	return g.onTrack(t) && (len(g.InsuredAs) == 0 || slices.Contains(g.InsuredAs, p.InsuredAs))
}

// cost is what a measure's cost does in this group. A group that reimburses
// needs no word about it at each measure.
func (g *Group) cost(m *Measure) CostRule {
	if g.Pay.Mode == Reimbursement && m.Cost == IgnoreCost {
		return Reimburse
	}
	return m.Cost
}

// amount of one unit of a measure, apart from its cost and its place in a row.
func (g *Group) amount(m *Measure, as InsuredAs) Cents {
	switch {
	case m.Cents != nil:
		return m.Cents.For(as)
	case g.Pay.Cents != nil:
		return g.Pay.Cents.For(as)
	}
	return 0
}

// row returns the last row of the table that n reaches.
func (p Pay) row(n int) (Step, bool) {
	for i := len(p.Table) - 1; i >= 0; i-- {
		if p.Table[i].From <= n {
			return p.Table[i], true
		}
	}
	return Step{}, false
}

// least is the number of units below which the group pays nothing.
func (g *Group) least() int {
	if g.Pay.Mode == ByCount && len(g.Pay.Table) > 0 {
		return max(g.MinCount, g.Pay.Table[0].From)
	}
	return g.MinCount
}
