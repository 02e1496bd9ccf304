package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

const (
	// graceQuiet is how long no key may come before a dialog that opened by
	// itself takes any.
	graceQuiet = 425 * time.Millisecond
	// graceMost is when it takes keys whatever comes.
	graceMost = 1500 * time.Millisecond
)

// confirm asks before something is done. Cancel has the focus first.
type confirm struct {
	plain
	root     *Root
	asker    *shown
	question page.Question
	yes      bool
	grace    grace
}

// grace keeps keys that were meant for the page from answering a dialog that
// opened under the fingers.
type grace struct {
	opened, latest time.Time
}

// over reports whether keys act now; a key that does not starts the wait anew.
func (g *grace) over(now time.Time) bool {
	if g.opened.IsZero() || now.Sub(g.opened) >= graceMost || now.Sub(g.latest) >= graceQuiet {
		g.opened = time.Time{}
		return true
	}
	g.latest = now
	return false
}

func (r *Root) ask(from *shown, q page.Question) tea.Cmd {
	c := &confirm{root: r, asker: from, question: q}
	r.overlay = c
	if !q.Unasked {
		return nil
	}
	c.grace = grace{opened: r.env.Now(), latest: r.env.Now()}
	return r.wakeAt(graceQuiet, graceMost)
}

// wakeAt draws again when a grace period may be over.
func (r *Root) wakeAt(pauses ...time.Duration) tea.Cmd {
	var cmds []tea.Cmd
	for _, d := range pauses {
		cmds = append(cmds, r.env.After(d, func(time.Time) tea.Msg { return wakeMsg{} }))
	}
	return tea.Batch(cmds...)
}

// waits reports whether a key is swallowed because the dialog opened by itself.
func (c *confirm) waits(now time.Time) bool { return !c.grace.over(now) }

func (c *confirm) title() string {
	if c.question.Title != "" {
		return c.question.Title
	}
	return c.root.env.Texts.Confirm.Title
}

func (c *confirm) covers() bool { return false }

func (c *confirm) keys() []keys.Binding {
	t := c.root.env.Texts.Keys
	choose := t.Cancel
	if c.yes {
		choose = t.Confirm
	}
	return []keys.Binding{
		{ID: "choose", Keys: []string{"enter"}, Text: choose, Do: c.answer},
		{ID: "other", Keys: []string{"tab", "left", "right", "shift+tab"}, Text: t.Next, Do: c.other},
		{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: c.cancel},
	}
}

func (c *confirm) other() tea.Cmd {
	c.yes = !c.yes
	return nil
}

func (c *confirm) cancel() tea.Cmd {
	c.yes = false
	return c.answer()
}

func (c *confirm) answer() tea.Cmd {
	c.root.overlay = nil
	then := c.question.Else
	if c.yes {
		then = c.question.Then
	}
	if then == nil {
		return nil
	}
	return c.root.hold(func() tea.Cmd { return address(c.asker.number, then()) })
}

const confirmWidth = 66

func (c *confirm) draw(width, height int) page.Body {
	s, t := c.root.env.Styles, c.root.env.Texts
	var lines []string
	for _, l := range c.question.Lines {
		lines = append(lines, parts.Wrap(parts.Text(l), min(confirmWidth, width-6))...)
	}
	no, yes := "  "+t.Confirm.Cancel+"  ", "  "+c.question.Yes+"  "
	x := 2
	if c.yes {
		x += parts.Width(no) + 2
		yes = s.Selected.Render("[ " + c.question.Yes + " ]")
	} else {
		no = s.Selected.Render("[ " + t.Confirm.Cancel + " ]")
	}
	lines = append(lines, "", no+"  "+yes)
	buttons := len(lines)
	if g := c.grace; !g.over(c.root.env.Now()) {
		lines = append(lines, s.Weak.Render(t.Confirm.Typing))
	}
	return page.Body{
		Lines:  parts.Box(s, c.title(), lines, width),
		Cursor: &page.Point{X: x + 2, Y: buttons},
	}
}
