package parts

import (
	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
)

// Form moves the focus through fields: Tab and Shift+Tab, and by itself when a
// field of fixed length is full, so that the eyes stay on the paper.
type Form struct {
	Fields []*Field
	focus  int
	marked int
}

// Focus is the number of the focused field, from 0.
func (f *Form) Focus() int { return f.focus }

// Focused reports whether field has the focus.
func (f *Form) Focused(field *Field) bool {
	return len(f.Fields) > 0 && f.Fields[f.focus] == field
}

// SetFocus moves the focus to field n; what it holds is chosen, so that typing
// replaces it.
func (f *Form) SetFocus(n int) {
	if n < 0 || n >= len(f.Fields) {
		return
	}
	f.focus = n
	f.Fields[n].Choose()
}

// Next moves the focus on; it reports false at the last field.
func (f *Form) Next() bool {
	if f.focus+1 >= len(f.Fields) {
		return false
	}
	f.SetFocus(f.focus + 1)
	return true
}

// Press handles a key. filled reports that the focused field became full with
// it and the focus moved on, or would have at the last one.
func (f *Form) Press(k tea.KeyPressMsg) (handled, filled bool) {
	if len(f.Fields) == 0 {
		return false, false
	}
	switch keys.Name(k) {
	case "tab", "down":
		f.SetFocus((f.focus + 1) % len(f.Fields))
		return true, false
	case "shift+tab", "up":
		f.SetFocus((f.focus + len(f.Fields) - 1) % len(f.Fields))
		return true, false
	}
	field := f.Fields[f.focus]
	wasFull := field.Full() && !field.chosen
	handled = field.Press(k)
	if keys.Typed(k) == "" || wasFull || !field.Full() {
		return handled, false
	}
	f.Next()
	return true, true
}

// Paste puts text into the focused field.
func (f *Form) Paste(text string) {
	if len(f.Fields) > 0 {
		f.Fields[f.focus].Insert(text)
	}
}

// Clear empties every field and goes to the first.
func (f *Form) Clear() {
	for _, field := range f.Fields {
		field.Clear()
	}
	f.focus = 0
}

// Mark remembers every field and the focus for Rewind.
func (f *Form) Mark() {
	f.marked = f.focus
	for _, field := range f.Fields {
		field.Mark()
	}
}

// Rewind brings back what was marked.
func (f *Form) Rewind() {
	f.focus = f.marked
	for _, field := range f.Fields {
		field.Rewind()
	}
}
