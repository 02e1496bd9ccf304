package bonus

import "slices"

// tally goes through a set of stamps within a frame. It can be run again with
// other stamps and keeps what it has allocated.
type tally struct {
	*frame
	stamps []Stamp
	// Stamps of a measure as lists: the first by position of the measure, the
	// next by position of the stamp; none ends a list.
	first, next []int

	lines   []Line
	results []GroupResult // by position of the group; those of others are empty
	entries []Entry
	total   Cents // before any refusal
	left    Points

	judged []verdict
	units  []unit
	net    []Cents // of groups after all caps, by position
}

// none is no position.
const none = -1

// Groups of lines that belong to no group of the file.
const (
	extraGroup = "extra"
	capGroup   = "cap"
)

// run decides the stamps.
func (t *tally) run(stamps []Stamp) {
	t.reset(stamps)
	for _, g := range t.groups {
		t.results[g.at].ID = g.ID
		if g.gate() {
			t.decideGate(g)
		} else {
			t.decideUnits(g)
		}
		if cents := t.results[g.at].Cents; cents != 0 {
			t.enter(Entry{Kind: GroupEntry, ID: g.ID, Cents: cents, Reason: t.results[g.at].Reason})
		}
	}
	groups := t.cutByCaps()
	t.convert(groups + t.addExtras(groups))
}

func (t *tally) reset(stamps []Stamp) {
	p := t.programme
	t.index(stamps)
	t.results = slices.Grow(t.results[:0], len(p.Groups))[:len(p.Groups)]
	clear(t.results)
	t.net = slices.Grow(t.net[:0], len(p.Groups))[:len(p.Groups)]
	t.lines, t.entries = t.lines[:0], t.entries[:0]
	t.total, t.left = 0, 0
}

// index sorts the stamps by measure.
func (t *tally) index(stamps []Stamp) {
	p := t.programme
	t.stamps = stamps
	t.first = slices.Grow(t.first[:0], len(p.Measures))[:len(p.Measures)]
	for i := range t.first {
		t.first[i] = none
	}
	t.next = slices.Grow(t.next[:0], len(stamps))[:len(stamps)]
	for i := len(stamps) - 1; i >= 0; i-- {
		m := p.measure[stamps[i].Measure]
		t.next[i], t.first[m.at] = t.first[m.at], i
	}
}

// fulfilled reports whether a group of the track is.
func (t *tally) fulfilled(g *Group) bool { return t.results[g.at].Fulfilled }

// enter adds to what makes the total.
func (t *tally) enter(e Entry) { t.entries = append(t.entries, e) }

// cutByCaps applies the caps over several groups and returns what is left. A cap
// within another one comes first, so that the sum depends on no order; each cuts
// the last groups of the file first.
func (t *tally) cutByCaps() (sum Cents) {
	for i := range t.results {
		t.net[i] = t.results[i].Cents
	}
	for _, c := range t.track.caps {
		room, cut := c.Max, Cents(0)
		for _, g := range c.Over {
			cents := min(t.net[g.at], room)
			cut += t.net[g.at] - cents
			room -= cents
			t.net[g.at] = cents
		}
		if cut > 0 {
			t.lines = append(t.lines, Line{Group: capGroup, Measure: c.ID, Stamp: none, Cents: -cut, Reason: Reason{Code: CutByCap}})
			t.enter(Entry{Kind: CapEntry, ID: c.ID, Cents: -cut, Reason: CutByCap})
		}
	}
	for _, cents := range t.net {
		sum += cents
	}
	return sum
}

// addExtras returns the sum of the extras that are due.
func (t *tally) addExtras(groups Cents) (sum Cents) {
	for _, x := range t.programme.Extras {
		if !x.due(t, groups) {
			continue
		}
		cents := x.Cents.For(t.person.InsuredAs)
		sum += cents
		t.lines = append(t.lines, Line{Group: extraGroup, Measure: x.ID, Stamp: none, Cents: cents, Reason: Reason{Code: OK}})
		t.enter(Entry{Kind: ExtraEntry, ID: x.ID, Cents: cents, Reason: OK})
	}
	return sum
}

// convert turns points into cents and applies the option. The total is rounded
// once; what the option makes of the rest stands in one entry.
func (t *tally) convert(cents Cents) {
	option, chosen := t.option()
	var used Points
	rate := one()
	if rule := t.programme.Points; rule != nil {
		var earned Points
		for i := range t.results {
			earned += t.results[i].Points
		}
		rate = rule.CentsPer
		used, t.left = rule.redeem(earned, t.booklet.PointsCarried, option.PointsStep)
	}
	plain := convert(cents, used, rate, one())
	if plain != cents {
		t.enter(Entry{Kind: PointsEntry, Cents: plain - cents, Reason: OK})
	}
	t.total = plain
	if !chosen {
		return
	}
	t.total = convert(cents, used, rate, option.Factor)
	reason := OK
	if option.Max != nil && t.total > *option.Max {
		t.total, reason = *option.Max, CutToMax
	}
	if option.LimitToCost && t.total > t.booklet.Choice.Invoices {
		t.total, reason = t.booklet.Choice.Invoices, CutToCost
	}
	if t.total != plain {
		t.enter(Entry{Kind: OptionEntry, ID: option.ID, Cents: t.total - plain, Reason: reason})
	}
}

// option is the one that the insured has chosen.
func (t *tally) option() (Option, bool) {
	if t.booklet.Choice == nil {
		return Option{}, false
	}
	return t.programme.option(t.booklet.Choice.Option)
}
