// Package told is the form into which staff type what somebody tells them, to be
// compared all together: one form, one answer. Nothing of the record is in it,
// and it says nothing about a single line.
//
// The form is a piece of a page, not a page: what is compared, and what a right
// answer opens, is the page's.
package told

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui/identify/papers"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/words"
)

// Line is one thing that is told.
type Line struct {
	Field *parts.Field
	Name  func(words.Told) string
	// Instead: it is enough instead of the line before.
	Instead bool
}

// Form asks for lines.
type Form struct {
	lines  []Line
	form   parts.Form
	papers papers.Board
}

// New makes an empty form.
func New(lines ...Line) *Form {
	f := &Form{lines: lines}
	for _, l := range lines {
		f.form.Fields = append(f.form.Fields, l.Field)
	}
	return f
}

// The lines that are asked for. Each call makes a field of its own.

// KVNR is the number of the insured.
func KVNR() Line {
	return Line{Field: parts.NewField(parts.FieldConfig{Max: 10}), Name: func(w words.Told) string { return w.KVNR }}
}

// Digits are the last six of the card's number.
func Digits() Line {
	return Line{Field: parts.NewField(parts.FieldConfig{Shape: "######"}), Name: func(w words.Told) string { return w.Digits }}
}

// Postcode of the stored address.
func Postcode() Line {
	return Line{Field: parts.NewField(parts.FieldConfig{Max: 10}), Name: func(w words.Told) string { return w.Postcode }}
}

// HouseNumber is enough instead of the postcode.
func HouseNumber() Line {
	return Line{Field: parts.NewField(parts.FieldConfig{Max: 10}), Name: func(w words.Told) string { return w.HouseNumber }, Instead: true}
}

// Name is given and family name.
func Name() Line {
	return Line{Field: parts.NewField(parts.FieldConfig{Width: 40, Max: 100}), Name: func(w words.Told) string { return w.Name }}
}

// BirthDate is day, month and year, the year in four digits.
func BirthDate() Line {
	return Line{Field: parts.NewField(parts.FieldConfig{Shape: "##.##.####"}), Name: func(w words.Told) string { return w.BirthDate }}
}

// Clear empties the form and puts the papers of practice away.
func (f *Form) Clear(env *page.Env) {
	f.form.Clear()
	f.papers.Close(env)
}

// Mark remembers the fields.
func (f *Form) Mark() { f.form.Mark() }

// Rewind brings them back.
func (f *Form) Rewind() { f.form.Rewind() }

// Update takes keys that no binding took, pasted text and the papers of practice;
// ok is false for what is not the form's.
func (f *Form) Update(msg tea.Msg) (cmd tea.Cmd, ok bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		f.form.Press(msg)
	case page.PasteMsg:
		f.form.Paste(msg.Text)
	case papers.Loaded:
		return f.papers.Take(msg), true
	default:
		return nil, false
	}
	return nil, true
}

// Complete reports whether everything was told that is needed; if not, the focus
// goes to what is missing.
func (f *Form) Complete() bool {
	for i, l := range f.lines {
		told := l.Field.Value() != "" || l.Instead
		if i+1 < len(f.lines) && f.lines[i+1].Instead {
			told = told || f.lines[i+1].Field.Value() != ""
		}
		if !told {
			f.form.SetFocus(i)
			return false
		}
	}
	return true
}

// Again goes back to the first line, with what was typed still there: it may have
// been a slip of the finger.
func (f *Form) Again() { f.form.SetFocus(0) }

// Keys are the bindings of a form that is shown: compare compares it.
func (f *Form) Keys(env *page.Env, s *seat.Seat, visit domain.VisitID, compare func() tea.Cmd) []keys.Binding {
	t := env.Texts.Keys
	out := []keys.Binding{{ID: "compare", Keys: []string{"enter"}, Text: t.Compare, Do: func() tea.Cmd {
		if !f.Complete() {
			return page.Say(env.Texts.Told.Missing)
		}
		return compare()
	}}}
	if s.Practice != nil {
		out = append(out, keys.Binding{ID: "papers", Keys: []string{"f8"}, Text: t.Caller, Do: func() tea.Cmd {
			return f.papers.Toggle(env, s, visit)
		}})
	}
	return out
}

// label is the width of a line's name.
const label = 31

// Draw adds the lines to a sheet, with the cursor in the present one, and what the
// invented person says in practice.
func (f *Form) Draw(env *page.Env, s *sheet.Sheet) {
	st, w := env.Styles, env.Texts.Told
	var lines []string
	cursor := 0
	for _, l := range f.lines {
		focused, name := f.form.Focused(l.Field), st.Weak
		if focused {
			name = st.Strong
		}
		drawn, x := l.Field.Draw(st, focused)
		if focused {
			cursor = x
		}
		lines = append(lines, name.Render(parts.Left(l.Name(w), label))+drawn)
	}
	s.Add(lines...)
	s.Cursor(label+cursor, f.form.Focus())
	if f.papers.Open() {
		s.Add(f.papers.Told(env, s.Width())...)
	}
}
