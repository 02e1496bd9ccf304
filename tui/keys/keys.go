// Package keys holds key bindings. A binding is one record: keys, words, the
// reason why it is off, and what it does. Dispatch, hint bar, help page and
// palette walk the same slice, so that none of them can lie.
//
//	func (p *Page) Keys() []keys.Binding {
//		t := p.env.Texts.Keys
//		return []keys.Binding{
//			{ID: "identify", Keys: []string{"i"}, Text: t.Identify, Do: p.identify},
//			{ID: "hand_out", Keys: []string{"a", "f7"}, Text: t.HandOut, Off: p.whyNoCode(), Do: p.handOut},
//			{ID: "pick", Keys: keys.Digits(4), Text: t.Pick, Pick: p.choose},
//		}
//	}
//
// Keys are the same in every language. Function keys are twins of other keys:
// over SSH and on the Linux console they may not arrive (its F1 to F5 arrive as
// the letters A to E), which is why upper-case letters never act.
package keys

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/words"
)

// ID names what a binding does, the same in every language: "hand_out".
type ID string

// Binding is one thing that can be done with the keyboard.
type Binding struct {
	ID ID
	// Keys are the names of the keys, see [Name]; the first that can be pressed
	// is shown.
	Keys []string
	Text words.Key
	// Off says why it cannot be done now; "" when it can. It is shown when the
	// key is pressed all the same.
	Off string
	// Quiet leaves it out of the hint bar; help and palette still have it.
	Quiet bool
	// Do carries it out. Exactly one of Do and Pick is set.
	Do func() tea.Cmd
	// Pick is for digits: it gets the number of the line, from 1.
	Pick func(n int) tea.Cmd
}

// Run carries the binding out for the key that was pressed.
func (b Binding) Run(key string) tea.Cmd {
	if b.Pick == nil {
		return b.Do()
	}
	n, err := strconv.Atoi(key)
	if err != nil {
		return nil
	}
	return b.Pick(n)
}

// Name is the name of the key that was pressed. Keys that type something are
// named by what they type, whatever layout the keyboard has; the keypad's keys
// are the same as those of the main block.
func Name(k tea.KeyPressMsg) string {
	if text := Typed(k); text != "" && text != " " {
		return text
	}
	switch name := k.Keystroke(); name {
	case "mul":
		return "*"
	case "div":
		return "/"
	case "return":
		return "enter"
	default:
		return name
	}
}

// Typed is the text a key types, "" for one that types nothing.
func Typed(k tea.KeyPressMsg) string {
	if k.Mod.Contains(tea.ModCtrl) || k.Mod.Contains(tea.ModAlt) {
		return ""
	}
	switch k.Code {
	case tea.KeyKpMultiply:
		return "*"
	case tea.KeyKpDivide:
		return "/"
	}
	return k.Text
}

// Prints reports whether the key of this name types something.
func Prints(name string) bool { return name == "space" || len([]rune(name)) == 1 }

// Match finds the binding of a key. typing: the focus is in a text field, where
// keys that print are text; only those of always stay commands.
func Match(bindings []Binding, name string, typing bool) (Binding, bool) {
	if typing && Prints(name) && !ActsWhileTyping(name) {
		return Binding{}, false
	}
	for _, b := range bindings {
		for _, k := range b.Keys {
			if k == name {
				return b, true
			}
		}
	}
	return Binding{}, false
}

// ActsWhileTyping reports whether a key that prints is a command in a text
// field, too: help and palette. No field of the counter needs these characters.
func ActsWhileTyping(name string) bool { return name == "?" || name == ":" }

// Digits are the names of the keys from 1 to n, at most 9.
func Digits(n int) []string {
	out := make([]string, 0, 9)
	for i := 1; i <= min(n, 9); i++ {
		out = append(out, strconv.Itoa(i))
	}
	return out
}

// Show writes the key a person presses for the binding: "i", "F6", "1–9",
// "Strg+C". While typing it is the first key that prints nothing; "" if the
// binding has none.
func Show(b Binding, typing bool, t *words.Texts) string {
	if b.Pick != nil && len(b.Keys) > 1 && !typing {
		return b.Keys[0] + "–" + b.Keys[len(b.Keys)-1]
	}
	for _, k := range b.Keys {
		if !typing || !Prints(k) || ActsWhileTyping(k) {
			return showKey(k, t)
		}
	}
	return ""
}

// ShowAll writes every key of the binding, for the help page.
func ShowAll(b Binding, t *words.Texts) string {
	if b.Pick != nil {
		return Show(b, false, t)
	}
	names := make([]string, 0, len(b.Keys))
	for _, k := range b.Keys {
		names = append(names, showKey(k, t))
	}
	return strings.Join(names, " ")
}

func showKey(name string, t *words.Texts) string {
	if said, ok := t.Common.KeyNames[name]; ok {
		return said
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return t.Common.KeyNames["ctrl"] + "+" + strings.ToUpper(rest)
	}
	if len(name) > 1 && name[0] == 'f' {
		return strings.ToUpper(name)
	}
	return name
}

// Check reports what is wrong with the bindings that are live together: a key
// twice, an ID twice, an upper-case letter, no words, nothing to do. It is for
// tests.
func Check(bindings []Binding) error {
	ids, used := map[ID]bool{}, map[string]ID{}
	for _, b := range bindings {
		switch {
		case b.ID == "":
			return fmt.Errorf("a binding of %v has no ID", b.Keys)
		case ids[b.ID]:
			return fmt.Errorf("%s is bound twice", b.ID)
		case b.Text.Label == "" || b.Text.Help == "":
			return fmt.Errorf("%s has no words", b.ID)
		case (b.Do == nil) == (b.Pick == nil):
			return fmt.Errorf("%s needs exactly one of Do and Pick", b.ID)
		}
		ids[b.ID] = true
		for _, k := range b.Keys {
			if strings.IndexFunc(k, unicode.IsUpper) >= 0 {
				return fmt.Errorf("%s: upper-case %q must not act", b.ID, k)
			}
			if other, taken := used[k]; taken {
				return fmt.Errorf("%q means %s and %s", k, other, b.ID)
			}
			used[k] = b.ID
		}
	}
	return nil
}
