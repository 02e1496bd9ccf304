package bonus

import (
	"slices"

	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

func (l *loader) caps(root *strict.Map) {
	f, ok := root.Given("caps")
	if !ok {
		return
	}
	known := map[string]bool{}
	for _, item := range f.Items() {
		m, ok := item.Map()
		if !ok {
			continue
		}
		var c Cap
		c.ID = newID(m, known, true)
		c.Title = title(m, c.ID)
		m.Need("over")
		c.Over = refs(m, "over", l.groups, nil)
		slices.SortFunc(c.Over, func(a, b *Group) int { return a.at - b.at })
		m.Need("max_cents")
		if most := cents(m, "max_cents"); most != nil {
			c.Max = *most
			l.checkCap(m, c)
		}
		m.Close()
		l.p.Caps = append(l.p.Caps, c)
	}
	for _, t := range l.p.Tracks {
		t.caps = capsOf(l.p.Caps, t)
	}
}

// capsOf returns the caps as far as they concern a track, inner ones first.
func capsOf(all []Cap, t *Track) (caps []Cap) {
	for _, c := range all {
		if c.Over = c.in(t); len(c.Over) > 0 {
			caps = append(caps, c)
		}
	}
	slices.SortStableFunc(caps, func(a, b Cap) int { return len(a.Over) - len(b.Over) })
	return caps
}

func (l *loader) extras(root *strict.Map) {
	f, ok := root.Given("extras")
	if !ok {
		return
	}
	known := map[string]bool{}
	for _, item := range f.Items() {
		if m, ok := item.Map(); ok {
			l.p.Extras = append(l.p.Extras, l.extra(m, known))
		}
	}
}

func (l *loader) extra(m *strict.Map, known map[string]bool) Extra {
	defer m.Close()
	var x Extra
	x.ID = newID(m, known, true)
	x.Title = title(m, x.ID)
	if f, ok := m.Need("cents"); ok {
		x.Cents, _ = amount(f)
	}
	x.Requires = refs(m, "requires", l.groups, nil)
	x.Tracks = refs(m, "tracks", l.tracks, nil)
	if f, ok := m.Given("first_participation"); ok {
		if first, ok := f.Bool(); ok {
			x.First = &first
		}
	}
	if f, ok := m.Given("consecutive_years"); ok {
		years, _ := f.Map()
		x.MinYears, x.MaxYears = count(years, "min", 1), count(years, "max", 1)
		if x.MaxYears > 0 && x.MinYears > x.MaxYears {
			f.Fail(finding.Impossible, "")
		}
		if len(years.Keys()) == 0 {
			f.Fail(finding.Empty, "")
		}
		years.Close()
	}
	total, _ := m.Int("min_total_cents", 0, maxCents)
	x.MinTotal = Cents(total)
	return x
}

func (l *loader) points(root *strict.Map) {
	f, ok := root.Given("points")
	if !ok {
		return
	}
	m, _ := f.Map()
	defer m.Close()
	r := &PointsRule{CentsPer: one()}
	l.p.Points = r
	if f, ok := m.Need("cents_per"); ok {
		r.CentsPer = ratio(f, maxRatio)
	}
	r.Step = points(m, "step", 1)
	r.Min = points(m, "min", 0)
	r.Cap = points(m, "cap", 1)
	if f, _ := m.Get("cap"); r.Cap > 0 && (r.Cap < r.Min || r.Cap < r.Step) {
		f.Fail(finding.Impossible, "")
	}
	if f, ok := m.Given("carry_years"); ok {
		if n, ok := f.Int(0, 50); ok {
			years := int(n)
			r.CarryYears = &years
		}
	}
}

// points reads a number of points that may also be null.
func points(m *strict.Map, name string, least int64) Points {
	f, ok := m.Given(name)
	if !ok {
		return 0
	}
	n, _ := f.Int(least, maxPoints)
	return Points(n)
}

func (l *loader) options(root *strict.Map) {
	f, ok := root.Given("options")
	if !ok {
		return
	}
	known := map[string]bool{}
	for _, item := range f.Items() {
		if m, ok := item.Map(); ok {
			l.p.Options = append(l.p.Options, l.option(m, known))
		}
	}
}

// mostFactor bounds what an option makes of a cent.
const mostFactor = 100

func (l *loader) option(m *strict.Map, known map[string]bool) Option {
	defer m.Close()
	o := Option{Factor: one()}
	o.ID = newID(m, known, true)
	o.Title = title(m, o.ID)
	if f, ok := m.Get("factor"); ok {
		o.Factor = ratio(f, mostFactor)
	}
	o.LimitToCost = m.Bool("limit_to_cost")
	if f, ok := m.Get("max_cents"); ok && !f.IsNull() {
		o.Max = cents(m, "max_cents")
	}
	o.PointsStep = points(m, "points_step", 1)
	if f, _ := m.Get("points_step"); o.PointsStep > 0 && l.p.Points == nil {
		f.Fail(finding.NotHere, "")
	}
	return o
}

func (l *loader) credit(root *strict.Map) {
	f, ok := root.Given("credit")
	if !ok {
		return
	}
	m, _ := f.Map()
	l.p.Credit.ToMain = m.Word("to", "self", "main_member") == "main_member"
	l.p.Credit.As = m.Word("as", "transfer", "contribution_credit")
	m.Close()
}
