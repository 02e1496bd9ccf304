package parts

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// press presses keys: single characters are typed, the rest are names.
func press(f *Field, names ...string) {
	for _, n := range names {
		f.Press(keyOf(n))
	}
}

func keyOf(name string) tea.KeyPressMsg {
	special := map[string]tea.KeyPressMsg{
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "tab": {Code: tea.KeyTab},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "enter": {Code: tea.KeyEnter},
		"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl},
	}
	if k, ok := special[name]; ok {
		return k
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Text: name, Code: r}
}

func TestField(t *testing.T) {
	letters := func(s string) []string { return strings.Split(s, "") }
	for _, row := range []struct {
		why    string
		config FieldConfig
		do     func(*Field)
		text   string
		shown  string
		cursor int
	}{
		{"empty", FieldConfig{Width: 6}, func(*Field) {}, "", "[      ]", 1},
		{"umlauts", FieldConfig{Width: 6}, func(f *Field) { press(f, "M", "ü", "ß") }, "Müß", "[Müß   ]", 4},
		{"a space is typed", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", " ", "b") }, "a b", "[a b   ]", 4},
		{"a decomposed paste is one letter", FieldConfig{Width: 6}, func(f *Field) { f.Insert("Mu\u0308") }, "Mü", "[Mü    ]", 3},
		{"wide characters move the cursor by two", FieldConfig{Width: 6}, func(f *Field) { press(f, "日", "本") }, "日本", "[日本  ]", 5},
		{"between wide characters", FieldConfig{Width: 6}, func(f *Field) { press(f, "日", "本", "left") }, "日本", "[日本  ]", 3},
		{"scrolled", FieldConfig{Width: 4}, func(f *Field) { press(f, letters("abcdef")...) }, "abcdef", "[def ]", 4},
		{"scrolled back", FieldConfig{Width: 4}, func(f *Field) { press(f, letters("abcdef")...); press(f, "home") }, "abcdef", "[abcd]", 1},
		{"scrolled wide text", FieldConfig{Width: 4}, func(f *Field) { press(f, "日", "本", "語") }, "日本語", "[語  ]", 3},
		{"insert in the middle", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "c", "left", "b") }, "abc", "[abc   ]", 3},
		{"backspace", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "b", "backspace") }, "a", "[a     ]", 2},
		{"backspace at the beginning", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "home", "backspace") }, "a", "[a     ]", 1},
		{"delete", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "b", "home", "delete") }, "b", "[b     ]", 1},
		{"delete at the end", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "delete") }, "a", "[a     ]", 2},
		{"clear to the left", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "b", "c", "left", "ctrl+u") }, "c", "[c     ]", 1},
		{"clear to the right", FieldConfig{Width: 6}, func(f *Field) { press(f, "a", "b", "home", "ctrl+k") }, "", "[      ]", 1},
		{"delete a word", FieldConfig{Width: 9}, func(f *Field) { press(f, letters("von mue ")...); press(f, "ctrl+w") }, "von ", "[von      ]", 5},
		{"digits only", FieldConfig{Max: 6, Digits: true}, func(f *Field) { press(f, letters("1a2-3")...) }, "123", "[123    ]", 4},
		{"digits of other scripts are none", FieldConfig{Max: 6, Digits: true}, func(f *Field) { f.Insert("١٢٣1") }, "1", "[1      ]", 2},
		{"not beyond the length", FieldConfig{Max: 3}, func(f *Field) { press(f, letters("abcd")...) }, "abc", "[abc ]", 4},
		{"a paste is cut, too", FieldConfig{Max: 3}, func(f *Field) { f.Insert("abcdef") }, "abc", "[abc ]", 4},
		{"a paste is cleaned", FieldConfig{Width: 9}, func(f *Field) { f.Insert("a\x1b[31mb\r\nc") }, "ab c", "[ab c     ]", 5},
		{"secret", FieldConfig{Width: 6, Secret: true}, func(f *Field) { press(f, "g", "ü") }, "gü", "[••    ]", 3},
		{"a secret keeps its spaces", FieldConfig{Width: 6, Secret: true}, func(f *Field) { f.Insert(" a  b\n") }, " a  b", "[••••• ]", 6},
		{"shape", FieldConfig{Shape: "##.##.##"}, func(f *Field) { press(f, letters("140")...) }, "140", "[14.0_.__]", 5},
		{"the cursor skips a separator", FieldConfig{Shape: "##.##.##"}, func(f *Field) { press(f, "1", "4") }, "14", "[14.__.__]", 4},
		{"a full shape", FieldConfig{Shape: "##.##.##"}, func(f *Field) { press(f, letters("14036299")...) }, "140362", "[14.03.62]", 9},
		{"separators may be typed or pasted", FieldConfig{Shape: "##.##.##"}, func(f *Field) { f.Insert("14.03.62") }, "140362", "[14.03.62]", 9},
		{"typing replaces what is chosen", FieldConfig{Width: 6}, func(f *Field) { f.Set("alt"); f.Choose(); press(f, "n") }, "n", "[n     ]", 2},
		{"backspace deletes what is chosen", FieldConfig{Width: 6}, func(f *Field) { f.Set("alt"); f.Choose(); press(f, "backspace") }, "", "[      ]", 1},
		{"moving keeps what was chosen", FieldConfig{Width: 6}, func(f *Field) { f.Set("alt"); f.Choose(); press(f, "left", "n") }, "alnt", "[alnt  ]", 4},
		{"clear", FieldConfig{Width: 6}, func(f *Field) { f.Set("alt"); f.Clear() }, "", "[      ]", 1},
		{"rewind", FieldConfig{Width: 6}, func(f *Field) { f.Set("mue"); press(f, "left"); f.Mark(); f.Insert("123"); f.Rewind() }, "mue", "[mue   ]", 3},
	} {
		f := NewField(row.config)
		row.do(f)
		line, cursor := f.Draw(styles(), true)
		if f.Value() != row.text || ansi.Strip(line) != row.shown || cursor != row.cursor {
			t.Errorf("%s: holds %q, shows %q, cursor %d; want %q, %q, %d", row.why,
				f.Value(), ansi.Strip(line), cursor, row.text, row.shown, row.cursor)
		}
	}
}

func TestFieldLeavesOtherKeys(t *testing.T) {
	f := NewField(FieldConfig{})
	for _, name := range []string{"enter", "tab", "up", "pgdown"} {
		if f.Press(keyOf(name)) {
			t.Errorf("takes %s", name)
		}
	}
}

// TestFieldCursorStaysInside: whatever is done, the field is as wide as it says
// and the cursor stands between its brackets, where the next character goes.
func TestFieldCursorStaysInside(t *testing.T) {
	names := []string{"a", "ü", "日", " ", "1", "left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+k"}
	rapid.Check(t, func(t *rapid.T) {
		f := NewField(FieldConfig{Width: rapid.IntRange(2, 8).Draw(t, "width"), Max: 20})
		for range rapid.IntRange(0, 40).Draw(t, "presses") {
			press(f, rapid.SampledFrom(names).Draw(t, "key"))
			line, x := f.Draw(styles(), true)
			if Width(line) != f.Width() || x < 1 || x > f.Width()-1 {
				t.Fatalf("%q: %d wide, cursor at %d of %d", f.Value(), Width(line), x, f.Width())
			}
		}
	})
}

func TestSecretTextIsNotDrawn(t *testing.T) {
	f := NewField(FieldConfig{Secret: true})
	f.Insert("geheim")
	for _, focused := range []bool{true, false} {
		if line, _ := f.Draw(styles(), focused); strings.Contains(ansi.Strip(line), "e") {
			t.Errorf("shows %q", line)
		}
	}
}

func TestForm(t *testing.T) {
	name := NewField(FieldConfig{Width: 10})
	date := NewField(FieldConfig{Shape: "##.##.##"})
	until := NewField(FieldConfig{Shape: "##.##"})
	form := Form{Fields: []*Field{name, date, until}}

	type_ := func(text string) (filled bool) {
		for _, c := range strings.Split(text, "") {
			_, filled = form.Press(keyOf(c))
		}
		return filled
	}
	if type_("mue"); form.Focus() != 0 {
		t.Error("the focus moves although the name has no fixed length")
	}
	form.Press(keyOf("tab"))
	if filled := type_("140362"); !filled || form.Focus() != 2 || !form.Focused(until) {
		t.Errorf("a full date: filled %v, focus %d", filled, form.Focus())
	}
	if filled := type_("0829"); !filled || form.Focus() != 2 {
		t.Errorf("the last field is full: filled %v, focus %d", filled, form.Focus())
	}
	if _, filled := form.Press(keyOf("9")); filled {
		t.Error("a key that finds no room fills the field again")
	}
	form.Press(keyOf("shift+tab"))
	if type_("0"); date.Value() != "0" {
		t.Errorf("typing into a field one came back to makes %q, want a new text", date.Value())
	}
	form.SetFocus(0)
	form.Press(keyOf("up"))
	if form.Focus() != 2 {
		t.Error("the focus does not go round")
	}
	form.SetFocus(9)
	if form.Focus() != 2 {
		t.Error("a field that does not exist got the focus")
	}

	form.SetFocus(1)
	form.Mark()
	form.Paste("140362")
	form.Press(keyOf("tab"))
	form.Rewind()
	if form.Focus() != 1 || date.Value() != "0" {
		t.Errorf("rewound to focus %d and %q", form.Focus(), date.Value())
	}
	form.Clear()
	if name.Value()+date.Value()+until.Value() != "" || form.Focus() != 0 {
		t.Error("clear leaves something")
	}
	if handled, _ := (&Form{}).Press(keyOf("tab")); handled {
		t.Error("an empty form takes keys")
	}
}
