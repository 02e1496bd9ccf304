package keys

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/words"
)

func nothing() tea.Cmd { return nil }

var label = words.Key{Label: "tun", Help: "Etwas tun."}

func TestName(t *testing.T) {
	for _, row := range []struct {
		why  string
		key  tea.KeyPressMsg
		want string
	}{
		{"a letter", tea.KeyPressMsg{Text: "i", Code: 'i'}, "i"},
		{"an umlaut", tea.KeyPressMsg{Text: "ü", Code: 'ü'}, "ü"},
		{"a capital stays one", tea.KeyPressMsg{Text: "A", Code: 'a', Mod: tea.ModShift}, "A"},
		{"what is typed counts, not where the key lies", tea.KeyPressMsg{Text: "z", Code: 'z', BaseCode: 'y'}, "z"},
		{"space", tea.KeyPressMsg{Text: " ", Code: tea.KeySpace}, "space"},
		{"Enter", tea.KeyPressMsg{Code: tea.KeyEnter}, "enter"},
		{"keypad Enter", tea.KeyPressMsg{Code: tea.KeyKpEnter}, "enter"},
		{"keypad times in application mode", tea.KeyPressMsg{Code: tea.KeyKpMultiply}, "*"},
		{"keypad divide in application mode", tea.KeyPressMsg{Code: tea.KeyKpDivide}, "/"},
		{"keypad digit", tea.KeyPressMsg{Text: "7", Code: tea.KeyKp7}, "7"},
		{"control", tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}, "ctrl+c"},
		{"shift tab", tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}, "shift+tab"},
		{"function key", tea.KeyPressMsg{Code: tea.KeyF3}, "f3"},
	} {
		if got := Name(row.key); got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, got, row.want)
		}
	}
}

func TestMatch(t *testing.T) {
	bindings := []Binding{
		{ID: "identify", Keys: []string{"i", "f7"}, Text: label, Do: nothing},
		{ID: "help", Keys: []string{"?", "f1"}, Text: label, Do: nothing},
		{ID: "pick", Keys: Digits(3), Text: label, Pick: func(int) tea.Cmd { return nil }},
	}
	for _, row := range []struct {
		why    string
		key    string
		typing bool
		want   ID
	}{
		{"a letter", "i", false, "identify"},
		{"its twin", "f7", false, "identify"},
		{"a letter is text in a field", "i", true, ""},
		{"its twin acts in a field", "f7", true, "identify"},
		{"help acts in a field", "?", true, "help"},
		{"a digit", "3", false, "pick"},
		{"a digit beyond the list", "4", false, ""},
		{"a digit in a field", "3", true, ""},
		{"a capital never acts", "I", false, ""},
	} {
		got, ok := Match(bindings, row.key, row.typing)
		if got.ID != row.want || ok != (row.want != "") {
			t.Errorf("%s: got %q, %v", row.why, got.ID, ok)
		}
	}
}

func TestRunPicksTheLine(t *testing.T) {
	picked := 0
	b := Binding{Keys: Digits(9), Pick: func(n int) tea.Cmd { picked = n; return nil }}
	b.Run("7")
	if picked != 7 {
		t.Errorf("picked %d, want 7", picked)
	}
	b.Run("x")
	if picked != 7 {
		t.Error("a key that is no digit picks")
	}
}

func TestShow(t *testing.T) {
	de, en := words.For(words.German), words.For(words.English)
	pick := func(int) tea.Cmd { return nil }
	for _, row := range []struct {
		why       string
		got, want string
	}{
		{"the first key", Show(Binding{Keys: []string{"i", "f7"}}, false, de), "i"},
		{"while typing the twin", Show(Binding{Keys: []string{"i", "f7"}}, true, de), "F7"},
		{"none while typing", Show(Binding{Keys: []string{"i"}}, true, de), ""},
		{"digits", Show(Binding{Keys: Digits(9), Pick: pick}, false, de), "1–9"},
		{"one digit", Show(Binding{Keys: Digits(1), Pick: pick}, false, de), "1"},
		{"control", Show(Binding{Keys: []string{"ctrl+c"}}, false, de), "Strg+C"},
		{"control, English", Show(Binding{Keys: []string{"ctrl+c"}}, false, en), "Ctrl+C"},
		{"a named key", Show(Binding{Keys: []string{"space"}}, false, de), "Leertaste"},
		{"all", ShowAll(Binding{Keys: []string{"esc", "f12"}}, de), "Esc F12"},
		{"all digits", ShowAll(Binding{Keys: Digits(4), Pick: pick}, de), "1–4"},
		{"the letter f is no function key", Show(Binding{Keys: []string{"f"}}, false, de), "f"},
	} {
		if row.got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, row.got, row.want)
		}
	}
}

func TestCheck(t *testing.T) {
	good := Binding{ID: "a", Keys: []string{"a"}, Text: label, Do: nothing}
	if err := Check([]Binding{good, {ID: "b", Keys: []string{"b"}, Text: label, Do: nothing}}); err != nil {
		t.Errorf("two good bindings: %v", err)
	}
	for _, row := range []struct {
		why  string
		bad  Binding
		says string
	}{
		{"key twice", Binding{ID: "b", Keys: []string{"b", "a"}, Text: label, Do: nothing}, "means a and b"},
		{"ID twice", Binding{ID: "a", Keys: []string{"b"}, Text: label, Do: nothing}, "bound twice"},
		{"no ID", Binding{Keys: []string{"b"}, Text: label, Do: nothing}, "no ID"},
		{"capital", Binding{ID: "b", Keys: []string{"B"}, Text: label, Do: nothing}, "upper-case"},
		{"no words", Binding{ID: "b", Keys: []string{"b"}, Do: nothing}, "no words"},
		{"nothing to do", Binding{ID: "b", Keys: []string{"b"}, Text: label}, "exactly one"},
	} {
		if err := Check([]Binding{good, row.bad}); err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: got %v", row.why, err)
		}
	}
}
