package bonus

import "slices"

// PointsRule turns points into cents.
type PointsRule struct {
	// CentsPer: so many cents for so many points.
	CentsPer Ratio
	// Step: only whole steps are converted. 0 is 1.
	Step Points
	// Min: below it nothing is converted. Cap: the most that is; 0 is any.
	Min, Cap Points
	// CarryYears is how long a rest is kept. Without a word it is kept as
	// points_left; with 0 nothing is kept, nor counted that was brought along.
	CarryYears *int
}

// Option is a way to be paid that the insured may choose.
type Option struct {
	ID, Title string
	// Factor on the whole amount.
	Factor Ratio
	// LimitToCost: at most the invoices behind the choice.
	LimitToCost bool
	// Max is the most it pays; nil is any.
	Max *Cents
	// PointsStep takes the place of the programme's step; 0 does not.
	PointsStep Points
}

// Extra is paid on top, once.
type Extra struct {
	ID, Title string
	Cents     Amount
	// Requires lists groups that must be fulfilled.
	Requires []*Group
	// First asks whether it is the first year; nil asks nothing.
	First *bool
	// MinYears and MaxYears in a row, this one included; 0 asks nothing.
	MinYears, MaxYears int
	// MinTotal of the groups after all caps, extras not counted.
	MinTotal Cents
	Tracks   []*Track
}

// due reports whether the extra is paid.
func (x Extra) due(t *tally, groups Cents) bool {
	years := t.booklet.Participation.Consecutive
	switch {
	case len(x.Tracks) > 0 && !slices.Contains(x.Tracks, t.track),
		x.First != nil && *x.First != t.booklet.Participation.First,
		x.MinYears > 0 && years < x.MinYears,
		x.MaxYears > 0 && years > x.MaxYears,
		groups < x.MinTotal:
		return false
	}
	for _, g := range x.Requires {
		if !t.fulfilled(g) {
			return false
		}
	}
	return true
}

// redeem divides points into those that are converted and those that are kept.
func (r *PointsRule) redeem(earned, carried, optionStep Points) (used, left Points) {
	if r.keepsNothing() {
		carried = 0
	}
	all := earned + carried
	step := max(r.Step, 1)
	if optionStep > 0 {
		step = optionStep
	}
	if all >= r.Min {
		used = all / step * step
	}
	if r.Cap > 0 {
		used = min(used, r.Cap)
	}
	if r.keepsNothing() {
		return used, 0
	}
	return used, all - used
}

func (r *PointsRule) keepsNothing() bool { return r.CarryYears != nil && *r.CarryYears == 0 }
