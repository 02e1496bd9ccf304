// Package second is the form with which a second person agrees at the seat of
// the one who asks: the whole request is on the screen, and they sign it with
// their own name and passphrase. They are signed in for that alone.
//
// The form is a piece of a page, not a page: what is signed is on the page that
// asks, and goes nowhere else.
package second

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/words"
)

// Form asks for a second person. The zero value is closed; use New.
type Form struct {
	form                parts.Form
	reason, login, pass *parts.Field
	request             []string
	seat                *seat.Seat
}

// New makes a closed form of a seat.
func New(s *seat.Seat) *Form {
	return &Form{
		seat:   s,
		reason: parts.NewField(parts.FieldConfig{Width: 48, Max: 200}),
		login:  parts.NewField(parts.FieldConfig{Width: 24, Max: 32}),
		pass:   parts.NewField(parts.FieldConfig{Width: 40, Max: 256, Secret: true}),
	}
}

// Open shows the form with the lines of what is asked for.
func (f *Form) Open(request ...string) { f.open(request, f.login, f.pass) }

// OpenWithReason shows it with a field for the reason, too, which is asked first.
func (f *Form) OpenWithReason(request ...string) { f.open(request, f.reason, f.login, f.pass) }

func (f *Form) open(request []string, fields ...*parts.Field) {
	f.Close()
	f.form.Fields, f.request = fields, request
}

// Close forgets what was typed.
func (f *Form) Close() {
	f.form.Clear()
	f.form.Fields, f.request = nil, nil
}

// IsOpen reports whether the form is shown.
func (f *Form) IsOpen() bool { return f.request != nil }

// Input says what printable keys mean while the form is open.
func (f *Form) Input() page.Input {
	if f.form.Focused(f.pass) {
		return page.Secret
	}
	return page.Text
}

// Mark remembers the fields.
func (f *Form) Mark() { f.form.Mark() }

// Rewind brings them back.
func (f *Form) Rewind() { f.form.Rewind() }

// Press takes a key that no binding took.
func (f *Form) Press(k tea.KeyPressMsg) { f.form.Press(k) }

// Paste takes pasted text.
func (f *Form) Paste(text string) { f.form.Paste(text) }

// Take returns who signs and forgets the passphrase. ok is false while something
// is missing; then the focus is there.
func (f *Form) Take() (who desk.Credentials, ok bool) {
	for i, field := range f.form.Fields {
		if field.Value() == "" {
			f.form.SetFocus(i)
			return desk.Credentials{}, false
		}
	}
	return desk.Credentials{Login: f.login.Value(), Passphrase: f.pass.Take()}, true
}

// Reason is what was typed as the reason.
func (f *Form) Reason() string { return f.reason.Value() }

// Again puts the focus on what has to be typed anew after an error: the name, if
// this person may not sign.
func (f *Form) Again(err error) {
	for _, who := range []domain.Reason{domain.ReasonSecondSame, domain.ReasonSecondRole} {
		if errors.Is(err, domain.Fail(domain.Refused, who)) {
			f.form.SetFocus(slices.Index(f.form.Fields, f.login))
		}
	}
}

// Keys are the bindings while the form is open.
func (f *Form) Keys(env *page.Env, sign, cancel func() tea.Cmd) []keys.Binding {
	t := env.Texts.Keys
	return []keys.Binding{
		{ID: "sign", Keys: []string{"enter"}, Text: t.Sign, Do: sign},
		{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: cancel},
	}
}

// label is the width of a field's name.
const label = 14

// Draw adds the form to a sheet, with the cursor in its field.
func (f *Form) Draw(env *page.Env, s *sheet.Sheet) {
	t, st := env.Texts.Second, env.Styles
	s.Add(st.Strong.Render(t.Title))
	var lines []string
	for _, l := range f.request {
		if l == "" {
			continue
		}
		lines = append(lines, sheet.Wrap(st.Text, parts.Text(l), s.Width())...)
	}
	s.Add(lines...)
	s.Add(sheet.Wrap(st.Weak, t.How, s.Width())...)
	var fields []string
	for _, field := range f.form.Fields {
		name := map[*parts.Field]string{f.reason: t.Reason, f.login: t.Login, f.pass: t.Passphrase}[field]
		drawn, _ := field.Draw(st, f.form.Focused(field))
		fields = append(fields, st.Weak.Render(parts.Left(name, label))+drawn)
	}
	s.Add(fields...)
	focused := f.form.Fields[f.form.Focus()]
	_, x := focused.Draw(st, true)
	s.Cursor(label+x, f.form.Focus())
	if hint := f.practice(env.Texts); hint != "" {
		s.Spare(sheet.Wrap(st.Weak, hint, s.Width())...)
	}
}

// practice tells a trainee what a second person would type; "" in earnest.
func (f *Form) practice(t *words.Texts) string {
	if f.seat.Practice == nil {
		return ""
	}
	for _, l := range f.seat.Practice.Logins() {
		if l.Role == rights.Supervisor && l.Login != f.seat.Actor.Login {
			return t.Login.Practice(l.Login, l.Passphrase)
		}
	}
	return ""
}
