package tui

import (
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// help shows every binding that is live, from the same slices that dispatch
// reads.
type help struct {
	plain
	root  *Root
	below overlay // the dialog it was opened from; nil for the page
	top   int     // first line that is shown
}

func (r *Root) openHelp() tea.Cmd {
	r.overlay = &help{root: r, below: r.overlay}
	return nil
}

func (h *help) close() tea.Cmd {
	h.root.overlay = h.below
	return nil
}

func (h *help) title() string { return h.root.env.Texts.Help.Title }

func (h *help) covers() bool { return true }

func (h *help) keys() []keys.Binding {
	t := h.root.env.Texts.Keys
	return []keys.Binding{
		{ID: "close", Keys: []string{"esc", "enter", "?", "f1", "f12"}, Text: t.Close, Do: h.close},
		{ID: "down", Keys: []string{"down", "pgdown", "space"}, Text: t.Down, Do: func() tea.Cmd { return h.scroll(1) }},
		{ID: "up", Keys: []string{"up", "pgup"}, Text: t.Up, Do: func() tea.Cmd { return h.scroll(-1) }},
	}
}

// scrollBy is how many lines a key scrolls.
const scrollBy = 5

func (h *help) scroll(by int) tea.Cmd {
	h.top = max(0, h.top+by*scrollBy)
	return nil
}

func (h *help) draw(width, height int) page.Body {
	lines := h.lines(width)
	part := viewport.New(viewport.WithWidth(width), viewport.WithHeight(height))
	part.SetContentLines(lines)
	part.SetYOffset(h.top)
	shown := strings.Split(part.View(), "\n")
	if top := part.YOffset(); len(lines) > height {
		t, s := h.root.env.Texts, h.root.env.Styles
		shown[len(shown)-1] = "  " + s.Weak.Render(t.Help.More(top+1, top+height, len(lines)))
	}
	return page.Body{Lines: shown}
}

func (h *help) lines(width int) []string {
	r, t := h.root, h.root.env.Texts
	if h.below != nil {
		return h.section(h.below.title(), h.below.keys(), width)
	}
	own := r.current().page.Keys()
	var out []string
	if len(own) > 0 {
		out = append(out, h.section(t.Help.Page, own, width)...)
	}
	frame := append(r.frameBeside(own), r.helpKey())
	out = append(out, h.section(t.Help.Frame, frame, width)...)
	if typing, ok := r.typing(); ok && typing.Input() != page.Commands {
		out = append(out, h.fields(width)...)
	}
	return out
}

// keyColumn is the width of the column of keys.
const keyColumn = 20

func (h *help) section(title string, bindings []keys.Binding, width int) []string {
	t := h.root.env.Texts
	out := []string{"", "  " + h.root.env.Styles.Strong.Render(title)}
	for _, b := range bindings {
		said := b.Text.Help
		if b.Off != "" {
			said += " – " + t.Help.Off(b.Off)
		}
		out = append(out, h.row(keys.ShowAll(b, t), b.Text.Label, said, width))
	}
	return out
}

func (h *help) fields(width int) []string {
	t := h.root.env.Texts
	out := []string{"", "  " + h.root.env.Styles.Strong.Render(t.Help.Fields)}
	for _, k := range t.Help.FieldKeys {
		out = append(out, h.row(k.Label, "", k.Help, width))
	}
	return out
}

func (h *help) row(key, label, said string, width int) string {
	s := h.root.env.Styles
	return "   " + s.Key.Render(parts.Left(key, keyColumn)) + " " + parts.Cut(said, width-keyColumn-6)
}
