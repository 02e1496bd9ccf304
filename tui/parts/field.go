package parts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/theme"
)

// FieldConfig says what a field takes.
type FieldConfig struct {
	// Width is how many cells are shown; 0 for as many as Max.
	Width int
	// Max is how many characters it takes; 0 for 64.
	Max int
	// Digits: whatever is no digit is ignored.
	Digits bool
	// Secret: dots are shown, and Draw never tells the text.
	Secret bool
	// Shape makes a field of digits with fixed separators, which are shown but
	// not typed: "##.##.##". It sets Max, Width and Digits.
	Shape string
}

// defaultMax keeps a paste of a whole document out of a field.
const defaultMax = 64

// Field is a line of input. It is its own small widget because the cursor must
// stand exactly where the next character goes, in scrolled and wide text, too.
// It ignores what it cannot take; it never answers an error.
type Field struct {
	config FieldConfig
	text   []rune
	at     int // cursor, in runes
	chosen bool
	marked fieldState
}

type fieldState struct {
	text string
	at   int
}

// NewField makes an empty field.
func NewField(c FieldConfig) *Field {
	if c.Shape != "" {
		c.Max, c.Width, c.Digits = strings.Count(c.Shape, "#"), len(c.Shape), true
	}
	if c.Max == 0 {
		c.Max = defaultMax
	}
	if c.Width == 0 {
		c.Width = c.Max + 1
	}
	return &Field{config: c}
}

// Value is what was typed, without the separators of a shape.
func (f *Field) Value() string { return string(f.text) }

// Take returns what was typed and empties the field, overwriting what was in it.
// The caller wipes the bytes: they are the only copy of a passphrase.
func (f *Field) Take() []byte {
	typed := make([]byte, 0, len(f.text)*utf8.UTFMax)
	for _, r := range f.text {
		typed = utf8.AppendRune(typed, r)
	}
	f.Clear()
	return typed
}

// Set replaces the text; the cursor goes to its end.
func (f *Field) Set(s string) {
	f.text, f.at, f.chosen = nil, 0, false
	f.Insert(s)
}

// Clear empties the field and overwrites what was in it.
func (f *Field) Clear() {
	clear(f.text)
	f.text, f.at, f.chosen = f.text[:0], 0, false
	f.marked = fieldState{}
}

// Choose marks the whole text: the next character replaces it.
func (f *Field) Choose() { f.chosen = len(f.text) > 0 }

// Full reports whether the field holds as much as it takes; focus then moves on
// in a form of fixed lengths.
func (f *Field) Full() bool { return len(f.text) >= f.config.Max }

// Mark remembers the text for Rewind.
func (f *Field) Mark() { f.marked = fieldState{string(f.text), f.at} }

// Rewind brings the marked text back.
func (f *Field) Rewind() {
	f.text, f.at, f.chosen = []rune(f.marked.text), f.marked.at, false
}

// Insert puts text at the cursor as one step, as typed or pasted: cleaned, in
// normal form, only what the field takes, and not beyond its length.
func (f *Field) Insert(s string) {
	if f.chosen {
		f.text, f.at, f.chosen = f.text[:0], 0, false
	}
	var take []rune
	for _, r := range f.clean(s) {
		if !f.config.Digits || '0' <= r && r <= '9' {
			take = append(take, r)
		}
	}
	take = take[:min(len(take), f.config.Max-len(f.text))]
	f.text = append(f.text[:f.at], append(take, f.text[f.at:]...)...)
	f.at += len(take)
}

// clean filters what arrives. A single space is a keystroke and stays; in a
// longer text the filter decides. A secret stays as it is typed.
func (f *Field) clean(s string) string {
	switch {
	case f.config.Secret:
		return Secret(s)
	case s == " ":
		return s
	default:
		return Text(s)
	}
}

// Press handles a key: it types, moves or deletes. It reports whether the key
// was one of the field's.
func (f *Field) Press(k tea.KeyPressMsg) bool {
	if text := keys.Typed(k); text != "" {
		f.Insert(text)
		return true
	}
	if !f.edit(keys.Name(k)) {
		return false
	}
	f.chosen = false
	return true
}

// edit carries out a key that moves or deletes.
func (f *Field) edit(key string) bool {
	switch key {
	case "left":
		f.at = max(f.at-1, 0)
	case "right":
		f.at = min(f.at+1, len(f.text))
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	case "backspace", "ctrl+h":
		f.backspace()
	case "delete":
		f.remove(f.at, min(f.at+1, len(f.text)))
	case "ctrl+u":
		f.remove(0, f.at)
	case "ctrl+k":
		f.remove(f.at, len(f.text))
	case "ctrl+w":
		f.remove(f.wordStart(), f.at)
	default:
		return false
	}
	return true
}

// backspace deletes the chosen text or the character before the cursor.
func (f *Field) backspace() {
	if f.chosen {
		f.remove(0, len(f.text))
		return
	}
	f.remove(max(f.at-1, 0), f.at)
}

func (f *Field) remove(from, to int) {
	f.text = append(f.text[:from], f.text[to:]...)
	f.at = from
}

// wordStart is where the word before the cursor begins.
func (f *Field) wordStart() int {
	i := f.at
	for i > 0 && unicode.IsSpace(f.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(f.text[i-1]) {
		i--
	}
	return i
}

// Draw draws the field in brackets, Width+2 cells, and tells in which of them
// the cursor stands. Text beyond the width scrolls so that the cursor stays in
// sight.
func (f *Field) Draw(s *theme.Styles, focused bool) (line string, cursor int) {
	shown, before := f.display()
	offset := 0
	for Width(string(shown[offset:before])) >= f.config.Width && f.config.Shape == "" && offset < before {
		offset++
	}
	visible := Left(cutCells(shown[offset:], f.config.Width), f.config.Width)
	cursor = 1 + min(Width(string(shown[offset:before])), f.config.Width)
	bracket, text := s.Weak, s.Text
	if focused {
		bracket = s.Accent
	}
	if f.chosen && focused {
		text = s.Selected
	}
	return bracket.Render("[") + text.Render(visible) + bracket.Render("]"), cursor
}

// cutCells is the beginning of the text that fits, without an ellipsis: what
// lies behind is reached by moving.
func cutCells(text []rune, width int) string {
	for n := len(text); n > 0; n-- {
		if Width(string(text[:n])) <= width {
			return string(text[:n])
		}
	}
	return ""
}

// display is the text as shown, and how many of its runes stand before the
// cursor.
func (f *Field) display() (shown []rune, before int) {
	switch {
	case f.config.Secret:
		return []rune(strings.Repeat("•", len(f.text))), f.at
	case f.config.Shape == "":
		return f.text, f.at
	}
	typed := 0
	for i, r := range []rune(f.config.Shape) {
		if r != '#' {
			shown = append(shown, r)
			continue
		}
		if typed == f.at {
			before = i
		}
		if typed < len(f.text) {
			shown = append(shown, f.text[typed])
		} else {
			shown = append(shown, '_')
		}
		typed++
	}
	if f.at == f.config.Max {
		before = len(shown)
	}
	return shown, before
}

// Width is how many cells Draw takes.
func (f *Field) Width() int { return f.config.Width + 2 }
