package bonus

import (
	"slices"

	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

func (l *loader) readGroups(root *strict.Map) {
	f, ok := root.Need("groups")
	if !ok {
		return
	}
	items := f.List()
	if len(items) > maxGroups {
		f.Fail(finding.TooLarge, "")
	}
	l.declareGroups(items)
	for i, item := range items {
		if m, ok := item.Map(); ok {
			l.readGroup(m, l.p.Groups[i])
		}
	}
}

// declareGroups reads the ids, so that a group can be told from a later one when
// another requires it.
func (l *loader) declareGroups(items []*strict.Field) {
	for i, item := range items {
		g := &Group{at: i}
		l.p.Groups = append(l.p.Groups, g)
		if !item.IsMap() {
			continue
		}
		m, _ := item.Map()
		g.ID = newID(m, l.groups, g)
		if f, _ := m.Get("id"); g.ID == extraGroup || g.ID == capGroup {
			f.Fail(finding.ReservedID, g.ID)
		}
	}
}

func (l *loader) readGroup(m *strict.Map, g *Group) {
	defer m.Close()
	m.Get("id")
	g.Title = title(m, g.ID)
	g.Tracks = refs(m, "tracks", l.tracks, nil)
	g.InsuredAs = insuredAs(m)
	payField, known := m.Need("pay")
	if known {
		g.Pay, known = pay(payField)
	}
	m.Need("measures")
	g.Measures = refs(m, "measures", l.p.measure, func(f *strict.Field, x *Measure) { l.checkAmount(f, g, x) })
	g.Requires = refs(m, "requires", l.groups, func(f *strict.Field, required *Group) {
		if required.at >= g.at {
			f.Fail(finding.LaterGroup, required.ID)
		}
	})
	g.MinCount, g.MaxCount = count(m, "min_count", 0), count(m, "max_count", 1)
	if f, _ := m.Get("max_count"); g.MaxCount > 0 && g.MinCount > g.MaxCount {
		f.Fail(finding.Impossible, "")
	}
	g.Needs = l.needs(m, g)
	g.Cap = cents(m, "cap_cents")
	if known {
		l.checkGroup(m, payField, g)
	}
}

// count reads a number that may also be null.
func count(m *strict.Map, name string, least int64) int {
	f, ok := m.Given(name)
	if !ok {
		return 0
	}
	n, _ := f.Int(least, maxCount)
	return int(n)
}

func (l *loader) needs(m *strict.Map, g *Group) (list []Subset) {
	for _, item := range m.List("needs") {
		one, ok := item.Map()
		if !ok {
			continue
		}
		s := Subset{Min: 1}
		if f, ok := one.Need("min"); ok {
			n, _ := f.Int(1, maxStamps)
			s.Min = int(n)
		}
		one.Need("of")
		s.Of = refs(one, "of", l.p.measure, func(f *strict.Field, x *Measure) {
			if !slices.Contains(g.Measures, x) {
				f.Fail(finding.NotInGroup, x.ID)
			}
		})
		if f, _ := one.Get("min"); len(s.Of) > 0 && s.Min > g.most(s.Of) {
			f.Fail(finding.Impossible, "")
		}
		one.Close()
		list = append(list, s)
	}
	return list
}

// most is how many units measures can have.
func (g *Group) most(of []*Measure) (n int) {
	for _, m := range of {
		switch {
		case g.gate():
			n++
		case m.MaxUnits == 0:
			return maxStamps
		default:
			n += m.MaxUnits
		}
	}
	return n
}

// pay reads how a group pays. A field of another mode would mean nothing. Where
// the mode is not known, ok is false.
func pay(f *strict.Field) (p Pay, ok bool) {
	m, _ := f.Map()
	defer m.Close()
	fields := []string{"cents", "need", "allow_empty", "table"}
	modes := []struct {
		word   string
		fields []string
	}{
		Lump: {"lump", fields[:3]}, PerMeasure: {"per_measure", fields[:1]}, Ordinal: {"ordinal", fields[3:]},
		ByCount: {"by_count", fields[3:]}, Reimbursement: {"reimburse", nil}, PointsMode: {"points", nil},
	}
	words := make([]string, len(modes))
	for i := range modes {
		words[i] = modes[i].word
	}
	if mode, there := m.Need("mode"); there {
		var word string
		word, ok = mode.Word(words...)
		p.Mode = Mode(max(slices.Index(words, word), 0))
	}
	for _, name := range fields {
		switch {
		case !ok:
			m.Get(name) // who knows
		case !slices.Contains(modes[p.Mode].fields, name):
			m.Reject(name)
		}
	}
	if ok {
		p.read(m)
	}
	return p, ok
}

// read reads what a mode needs.
func (p *Pay) read(m *strict.Map) {
	switch p.Mode {
	case Lump:
		m.Need("cents")
		m.Word("need", "all_required")
		p.AllowEmpty = m.Bool("allow_empty")
		p.Cents = optionalAmount(m, "cents")
	case PerMeasure:
		p.Cents = optionalAmount(m, "cents")
	case Ordinal:
		p.Table = table(m, "from", false)
	case ByCount:
		p.Table = table(m, "min", true)
	}
}

// table reads rows that begin at ascending numbers of units.
func table(m *strict.Map, from string, further bool) (rows []Step) {
	f, ok := m.Need("table")
	if !ok {
		return nil
	}
	for _, item := range f.List() {
		row, ok := item.Map()
		if !ok {
			continue
		}
		var s Step
		if start, ok := row.Need(from); ok {
			n, fine := start.Int(1, maxCount)
			s.From = int(n)
			if fine && len(rows) > 0 && s.From <= rows[len(rows)-1].From {
				start.Fail(finding.NotAscending, "")
			}
		}
		if f, ok := row.Need("cents"); ok {
			s.Cents, _ = amount(f)
		}
		if further {
			s.Further = optionalAmount(row, "each_further").orNothing()
		}
		row.Close()
		rows = append(rows, s)
	}
	return rows
}
