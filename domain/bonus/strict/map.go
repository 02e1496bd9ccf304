package strict

import "schalter/domain/bonus/finding"

// Map is a mapping whose keys are asked for one by one. Methods that read a key
// return the zero value where it is absent or wrong; wrong ones are findings.
type Map struct {
	*Field
	asked []bool
}

// Map reads a mapping. Keys that stand twice are findings; the first one counts.
// If there is none, ok is false, and the map answers as one without keys.
func (f *Field) Map() (m *Map, ok bool) {
	if f.node.kind != mapping {
		f.Fail(finding.WrongType, f.node.text)
		empty := *f
		empty.node = &node{kind: mapping, line: f.node.line}
		return &Map{Field: &empty}, false
	}
	m = &Map{Field: f, asked: make([]bool, len(f.node.keys))}
	for i, k := range f.node.keys {
		if m.find(k.name) != i {
			m.asked[i] = true
			f.report.Add(k.line, m.shown(k.name), finding.RepeatedKey, "")
		}
	}
	return m, true
}

// find returns the position of a key, -1 if it is absent.
func (m *Map) find(name string) int {
	for i, k := range m.node.keys {
		if k.name == name {
			return i
		}
	}
	return -1
}

// shown is the way to a key that may be anything.
func (m *Map) shown(name string) string {
	if m.report.discretion == Hide {
		return m.Path()
	}
	return join(m.Path(), name)
}

// Get returns the field of a key.
func (m *Map) Get(name string) (*Field, bool) {
	i := m.find(name)
	if i < 0 {
		return nil, false
	}
	m.asked[i] = true
	return &Field{report: m.report, node: &m.node.items[i], above: m.Field, name: name}, true
}

// Given returns the field of a key that is neither absent nor null.
func (m *Map) Given(name string) (*Field, bool) {
	f, ok := m.Get(name)
	return f, ok && !f.IsNull()
}

// Need returns the field of a key that has to be there.
func (m *Map) Need(name string) (*Field, bool) {
	f, ok := m.Get(name)
	if !ok {
		m.report.Add(m.node.line, join(m.Path(), name), finding.MissingKey, "")
	}
	return f, ok
}

// All returns every field in the order of the text, for mappings whose keys are
// free. Keys that are no ids are findings.
func (m *Map) All() []*Field {
	var fields []*Field
	for i, k := range m.node.keys {
		if m.asked[i] {
			continue
		}
		m.asked[i] = true
		if !isID(k.name) {
			m.report.Add(k.line, m.shown(k.name), finding.BadID, "")
			continue
		}
		fields = append(fields, &Field{report: m.report, node: &m.node.items[i], above: m.Field, name: k.name})
	}
	return fields
}

// Name is the key of a field in its mapping.
func (f *Field) Name() string { return f.name }

// Close makes a finding of every key that nobody asked for.
func (m *Map) Close() {
	for i, k := range m.node.keys {
		if !m.asked[i] {
			m.report.Add(k.line, m.shown(k.name), finding.UnknownKey, "")
		}
	}
}

// Has reports whether a key is there, without asking for it.
func (m *Map) Has(name string) bool { return m.find(name) >= 0 }

// Reject makes a finding of a key that means nothing here.
func (m *Map) Reject(name string) {
	if f, ok := m.Get(name); ok {
		f.Fail(finding.NotHere, "")
	}
}

// Text reads an optional text.
func (m *Map) Text(name string) string {
	if f, ok := m.Get(name); ok {
		s, _ := f.Text()
		return s
	}
	return ""
}

// Int reads an optional number from low to high.
func (m *Map) Int(name string, low, high int64) (int64, bool) {
	if f, ok := m.Get(name); ok {
		return f.Int(low, high)
	}
	return 0, false
}

// Bool reads an optional truth value; absent is false.
func (m *Map) Bool(name string) bool {
	if f, ok := m.Get(name); ok {
		b, _ := f.Bool()
		return b
	}
	return false
}

// Word reads an optional word out of words; absent is the first of them.
func (m *Map) Word(name string, words ...string) string {
	if f, ok := m.Get(name); ok {
		if w, ok := f.Word(words...); ok {
			return w
		}
	}
	return words[0]
}

// List reads an optional list of at least one item.
func (m *Map) List(name string) []*Field {
	if f, ok := m.Get(name); ok {
		return f.List()
	}
	return nil
}

// Keys returns the keys in the order of the text, without asking for them.
func (m *Map) Keys() []string {
	names := make([]string, len(m.node.keys))
	for i, k := range m.node.keys {
		names[i] = k.name
	}
	return names
}
