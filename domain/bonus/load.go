package bonus

import (
	"crypto/sha256"

	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/holiday"
	"schalter/domain/bonus/strict"
)

// loader reads a programme file. Ids are resolved while reading: tracks first,
// then measures, groups, and what names groups, whatever their order in the
// file.
type loader struct {
	p      *Programme
	tracks map[string]*Track
	groups map[string]*Group
	// unread are measures that are no mapping: nothing more is said of them.
	unread map[*Measure]bool
}

// Parse reads a programme file. Name is the one that findings tell. The
// programme is nil if there are any findings: a file with a fault decides
// nothing.
func Parse(name string, source []byte) (*Programme, finding.List) {
	p, found := parse(name, source)
	if len(found) > 0 {
		return nil, found
	}
	return p, nil
}

// parse returns what could be read of a faulty file, too.
func parse(name string, source []byte) (*Programme, finding.List) {
	report := strict.NewReport(name, strict.Tell)
	l := &loader{
		p:      &Programme{File: name, Hash: sha256.Sum256(source), measure: map[string]*Measure{}},
		tracks: map[string]*Track{}, groups: map[string]*Group{}, unread: map[*Measure]bool{},
	}
	if top, ok := report.YAML(source); ok {
		if root, ok := top.Map(); ok {
			l.programme(root)
		}
	}
	return l.p, report.Findings()
}

func (l *loader) programme(root *strict.Map) {
	l.identity(root)
	l.period(root)
	l.deadline(root)
	l.conditions(root)
	l.readTracks(root)
	l.readMeasures(root)
	l.points(root)
	l.readGroups(root)
	l.caps(root)
	l.extras(root)
	l.options(root)
	l.credit(root)
	root.Close()
}

func (l *loader) identity(root *strict.Map) {
	p := l.p
	if f, ok := root.Need("schema"); ok {
		f.Word(Schema)
	}
	if f, ok := root.Need("id"); ok {
		p.ID, _ = f.ID()
	}
	if f, ok := root.Need("insurer"); ok {
		p.Insurer, _ = f.Text()
	}
	p.Title = title(root, p.ID)
	if f, ok := root.Given("source"); ok {
		p.Source = notes(f)
	}
	for _, name := range []string{"assumptions", "partial", "note"} {
		if f, ok := root.Given(name); ok {
			p.Remarks = append(p.Remarks, texts(f)...)
		}
	}
	root.Word("currency", "EUR")
	calendars := make([]string, 0, 17)
	for _, c := range holiday.Calendars() {
		calendars = append(calendars, string(c))
	}
	p.Calendar = holiday.Calendar(root.Word("calendar", calendars...))
	l.valid(root)
}

func (l *loader) valid(root *strict.Map) {
	f, ok := root.Need("valid")
	if !ok {
		return
	}
	years, _ := f.Map()
	l.p.line = f.Line()
	if from, ok := years.Need("from_year"); ok {
		n, _ := from.Int(1990, 2200)
		l.p.Valid.From = int(n)
	}
	if to, ok := years.Given("to_year"); ok {
		n, fine := to.Int(1990, 2200)
		l.p.Valid.To = int(n)
		if fine && l.p.Valid.To < l.p.Valid.From {
			to.Fail(finding.Impossible, "")
		}
	}
	years.Close()
}

// title is an optional text; without one the id has to do.
func title(m *strict.Map, id string) string {
	if t := m.Text("title"); t != "" {
		return t
	}
	return id
}

// notes reads a text, or a mapping of texts under names that the author chooses:
// where rules were published has as many forms as there are insurers.
func notes(f *strict.Field) []Note {
	if !f.IsMap() {
		return texts(f)
	}
	var list []Note
	m, _ := f.Map()
	for _, entry := range m.All() {
		for _, n := range texts(entry) {
			list = append(list, Note{entry.Name(), n.Text})
		}
	}
	return list
}

// texts reads a text or a list of texts.
func texts(f *strict.Field) []Note {
	items := []*strict.Field{f}
	if f.IsList() {
		items = f.List()
	}
	var list []Note
	for _, item := range items {
		if s, ok := item.Text(); ok {
			list = append(list, Note{f.Name(), s})
		}
	}
	return list
}

// newID reads the id of something and keeps it under that; one that stands twice
// is a finding.
func newID[T any](m *strict.Map, known map[string]T, thing T) string {
	f, ok := m.Need("id")
	if !ok {
		return ""
	}
	id, ok := f.ID()
	if !ok {
		return ""
	}
	if _, twice := known[id]; twice {
		f.Fail(finding.RepeatedID, id)
		return id
	}
	known[id] = thing
	return id
}

// refs reads a list of ids that stand for things. Each thing is tested where it
// is named.
func refs[T any](m *strict.Map, name string, known map[string]T, test func(*strict.Field, T)) (things []T) {
	seen := map[string]bool{}
	for _, f := range m.List(name) {
		id, ok := f.ID()
		if !ok {
			continue
		}
		thing, ok := known[id]
		switch {
		case !ok:
			f.Fail(finding.UnknownID, id)
		case seen[id]:
			f.Fail(finding.RepeatedID, id)
		default:
			seen[id] = true
			things = append(things, thing)
			if test != nil {
				test(f, thing)
			}
		}
	}
	return things
}
