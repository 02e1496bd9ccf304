package tui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// palette finds a command by its words and runs it. Its commands are the
// bindings that are live on the page, so that it can do no more and no less than
// the keys.
type palette struct {
	root  *Root
	field *parts.Field
	list  parts.List
	all   []command
	found []command
}

// command is a binding, with how it is run.
type command struct {
	keys.Binding
	run func() tea.Cmd
}

func (r *Root) openPalette() tea.Cmd {
	p := &palette{root: r, field: parts.NewField(parts.FieldConfig{Width: paletteWidth - 20, Max: 60}), all: r.commands()}
	p.list.Unnumbered = true
	p.search()
	r.overlay = p
	return nil
}

// commands are the bindings that can be run without a number.
func (r *Root) commands() []command {
	var out []command
	add := func(bindings []keys.Binding, wrap func(run func() tea.Cmd) tea.Cmd) {
		for _, b := range bindings {
			if b.Pick == nil && b.ID != "palette" {
				out = append(out, command{b, func() tea.Cmd {
					return wrap(func() tea.Cmd { return r.run(b, "") })
				}})
			}
		}
	}
	var own []keys.Binding
	if s := r.current(); s != nil {
		own = s.page.Keys()
		add(own, func(run func() tea.Cmd) tea.Cmd {
			return r.hold(func() tea.Cmd { return address(s.number, run()) })
		})
	}
	same := func(run func() tea.Cmd) tea.Cmd { return run() }
	add(r.frameBeside(own), same)
	add([]keys.Binding{r.helpKey()}, same)
	add(r.settings(), same)
	return out
}

func (p *palette) title() string { return p.root.env.Texts.Palette.Title }

func (p *palette) covers() bool { return false }

func (p *palette) input() page.Input { return page.Text }

func (p *palette) keys() []keys.Binding {
	t := p.root.env.Texts.Keys
	return []keys.Binding{
		{ID: "run", Keys: []string{"enter"}, Text: t.Run, Do: p.run},
		{ID: "up", Keys: []string{"up"}, Text: t.Up, Do: func() tea.Cmd { return p.move(-1) }},
		{ID: "down", Keys: []string{"down", "tab"}, Text: t.Down, Do: func() tea.Cmd { return p.move(1) }},
		{ID: "close", Keys: []string{"esc", "f12"}, Text: t.Close, Do: p.root.closeOverlay},
	}
}

func (p *palette) move(by int) tea.Cmd {
	p.list.Move(by)
	return nil
}

func (p *palette) run() tea.Cmd {
	i := p.list.At()
	if i < 0 {
		return nil
	}
	chosen := p.found[i]
	p.root.overlay = nil
	return chosen.run()
}

func (p *palette) press(k tea.KeyPressMsg) {
	p.field.Press(k)
	p.search()
}

func (p *palette) paste(text string) {
	p.field.Insert(text)
	p.search()
}

func (p *palette) mark() { p.field.Mark() }

func (p *palette) rewind() {
	p.field.Rewind()
	p.search()
}

// search keeps the commands that match, best first.
func (p *palette) search() {
	type hit struct {
		command
		rank int
	}
	query := fold(p.field.Value())
	var hits []hit
	for _, c := range p.all {
		if rank := rank(query, c.Binding); rank > 0 {
			hits = append(hits, hit{c, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	p.found = p.found[:0]
	for _, h := range hits {
		p.found = append(p.found, h.command)
	}
	p.list.SetLen(len(p.found))
	p.list.Set(0)
}

// rank says how well a command matches, 1 best, 0 not at all: the beginning of
// its label, anywhere in the label, in its name, in its help, or the letters of
// the query in the label in their order.
func rank(query string, b keys.Binding) int {
	label, help := fold(b.Text.Label), fold(b.Text.Help)
	switch {
	case strings.HasPrefix(label, query):
		return 1
	case strings.Contains(label, query):
		return 2
	case strings.Contains(fold(string(b.ID)), query):
		return 3
	case strings.Contains(help, query):
		return 4
	case scattered(query, label):
		return 5
	default:
		return 0
	}
}

// scattered reports whether the letters of query stand in text in this order.
func scattered(query, text string) bool {
	rest := []rune(query)
	for _, r := range text {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// fold makes typing forgiving: no capitals, no umlauts.
func fold(s string) string {
	return strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "_", " ").Replace(strings.ToLower(s))
}

const (
	paletteWidth = 64
	paletteRows  = 10
)

func (p *palette) draw(width, height int) page.Body {
	s, t := p.root.env.Styles, p.root.env.Texts
	inner := min(paletteWidth, width-4)
	input, x := p.field.Draw(s, true)
	lines := []string{t.Palette.Prompt + " " + input, ""}
	rows, _ := p.list.Draw(s, inner, min(paletteRows, height-5), func(i, w int) string { return p.row(p.found[i], w) })
	if len(rows) == 0 {
		rows = []string{t.Palette.None}
	}
	lines = append(lines, parts.Fit(rows, min(paletteRows, height-5))...)
	for i, l := range lines {
		lines[i] = parts.Left(l, inner)
	}
	return page.Body{
		Lines:  parts.Box(s, t.Palette.Title, lines, width),
		Cursor: &page.Point{X: 2 + parts.Width(t.Palette.Prompt) + 1 + x, Y: 1},
	}
}

func (p *palette) row(c command, width int) string {
	t := p.root.env.Texts
	said := c.Text.Help
	if c.Off != "" {
		said = t.Help.Off(c.Off)
	}
	key := ""
	if len(c.Keys) > 0 {
		key = keys.Show(c.Binding, false, t)
	}
	return parts.Row([]parts.Column{{Width: 16}, {}, {Width: 9}}, []string{c.Text.Label, said, key}, width)
}
