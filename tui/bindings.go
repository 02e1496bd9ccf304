package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/theme"
	"schalter/tui/words"
)

// Keys that work whatever is on the screen, even in a window that is too small.
const (
	quitKey = "ctrl+c"
	lockKey = "f3"
)

// frameKeys are the bindings that work on every page. A page may bind the keys
// of "back" itself, never the others. In a secret field only those that type
// nothing are left.
func (r *Root) frameKeys() []keys.Binding {
	t := r.env.Texts.Keys
	var out []keys.Binding
	if r.door == nil && len(r.stack) > 1 {
		out = append(out, keys.Binding{ID: "back", Keys: []string{"esc", "f12"}, Text: t.Back, Do: r.back})
	}
	if r.lockable() {
		out = append(out, keys.Binding{ID: "lock", Keys: []string{lockKey}, Text: t.Lock, Do: r.lock})
	}
	out = append(out,
		keys.Binding{ID: "palette", Keys: []string{":", "ctrl+p"}, Text: t.Palette, Do: r.openPalette},
		keys.Binding{ID: "help", Keys: []string{"?", "f1"}, Text: t.Help, Do: r.openHelp},
		keys.Binding{ID: "language", Keys: []string{"f2"}, Text: t.Language, Quiet: true, Do: r.nextLanguage},
		keys.Binding{ID: "quit", Keys: []string{quitKey}, Text: t.Quit, Quiet: true, Do: r.quit},
	)
	if r.overlay == nil && r.input() == page.Secret {
		for i, b := range out {
			out[i].Keys = slices.DeleteFunc(b.Keys, keys.Prints)
		}
	}
	return out
}

// helpKey is the binding at the right end of the hint bar.
func (r *Root) helpKey() keys.Binding {
	for _, b := range r.frameKeys() {
		if b.ID == "help" {
			return b
		}
	}
	return keys.Binding{}
}

// settings are commands without a key, for the palette.
func (r *Root) settings() []keys.Binding {
	t := r.env.Texts.Keys
	set := func(id keys.ID, k theme.Kind, text words.Key) keys.Binding {
		return keys.Binding{ID: id, Text: text, Do: func() tea.Cmd { return r.setTheme(k) }}
	}
	return []keys.Binding{
		set("theme_auto", theme.Auto, t.ThemeAuto),
		set("theme_dark", theme.Dark, t.ThemeDark),
		set("theme_light", theme.Light, t.ThemeLight),
		set("theme_contrast", theme.Contrast, t.ThemeContrast),
		set("theme_terminal", theme.Terminal, t.ThemeTerminal),
	}
}

// hints are the bindings of the hint bar: the page's own, then the frame's, each
// key once.
func (r *Root) hints() []keys.Binding {
	if r.overlay != nil {
		return r.overlay.keys()
	}
	var own []keys.Binding
	if s := r.current(); s != nil {
		own = s.page.Keys()
	}
	return append(own[:len(own):len(own)], r.frameBeside(own)...)
}

// frameBeside are the frame's bindings without help and without those whose
// keys the page has taken.
func (r *Root) frameBeside(own []keys.Binding) []keys.Binding {
	taken := map[string]bool{}
	for _, b := range own {
		for _, k := range b.Keys {
			taken[k] = true
		}
	}
	var out []keys.Binding
	for _, b := range r.frameKeys() {
		if b.ID != "help" && !taken[b.Keys[0]] {
			out = append(out, b)
		}
	}
	return out
}

// CheckKeys reports what is wrong with a page's bindings beside those of the
// frame. It is for the tests of pages.
func CheckKeys(p page.Page, env *page.Env) error {
	if p == nil {
		return errors.New("no page to check")
	}
	r := &Root{env: env, stack: []*shown{{}, {page: p}}}
	bindings := p.Keys()
	for _, b := range r.frameKeys() {
		if b.ID != "back" {
			bindings = append(bindings, b)
		}
	}
	return keys.Check(bindings)
}

func (r *Root) nextLanguage() tea.Cmd {
	r.env.Texts = words.For(r.env.Texts.Language.Next())
	return r.say(r.env.Texts.Frame.LanguageNow)
}

func (r *Root) setTheme(k theme.Kind) tea.Cmd {
	r.theme = k
	r.restyle()
	t := r.env.Texts.Frame
	return r.say(t.ThemeNow(t.Themes[k.String()]))
}
