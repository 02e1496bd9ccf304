package uitest

import (
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Key makes the key press of a name, as the terminal sends it: "enter", "f3",
// "ctrl+c", "a". It panics for a key that does not exist.
func Key(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	rest := name
	for prefix, m := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "shift+": tea.ModShift, "alt+": tea.ModAlt} {
		if after, ok := strings.CutPrefix(rest, prefix); ok {
			mod, rest = m, after
		}
	}
	if code, ok := named(rest); ok {
		k := tea.KeyPressMsg{Code: code, Mod: mod}
		if rest == "space" {
			k.Text = " "
		}
		return k
	}
	runes := []rune(rest)
	if len(runes) != 1 {
		panic("there is no key " + name)
	}
	if mod == 0 {
		return character(runes[0])
	}
	return tea.KeyPressMsg{Code: runes[0], Mod: mod}
}

func named(name string) (rune, bool) {
	names := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "home": tea.KeyHome, "end": tea.KeyEnd,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "mul": tea.KeyKpMultiply, "div": tea.KeyKpDivide,
		"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
		"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
	}
	code, ok := names[name]
	return code, ok
}

// character is the key press that types a character.
func character(r rune) tea.KeyPressMsg {
	code := r
	if r == ' ' {
		code = tea.KeySpace
	}
	return tea.KeyPressMsg{Text: string(r), Code: code}
}

func backgroundColour(light bool) color.Color {
	if light {
		return color.White
	}
	return color.Black
}
