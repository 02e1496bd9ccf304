package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/page"
	"schalter/tui/parts"
)

// The smallest window in which every page works.
const (
	minWidth  = 80
	minHeight = 24
	// rulesFrom is the height from which lines divide page and frame.
	rulesFrom = 28
)

// programName is the window's title and the first word on every screen. It
// never holds anything else: titles end up in task bars and logs.
const programName = "schalter"

func (r *Root) tooSmall() bool { return r.width < minWidth || r.height < minHeight }

// View implements tea.Model. A panic while drawing shows the page that says so.
func (r *Root) View() (v tea.View) {
	defer func() {
		if recover() != nil {
			r.crash(places())
			v = r.view(r.crashScreen())
		}
	}()
	return r.view(r.screen())
}

// view is the terminal's state around a drawn screen.
func (r *Root) view(lines []string, cursor *page.Point) tea.View {
	painted := make([]string, len(lines))
	for i, l := range lines {
		painted[i] = r.env.Styles.Paint(l, r.width)
	}
	v := tea.NewView(strings.Join(painted, "\n"))
	v.AltScreen, v.ReportFocus = true, true
	v.WindowTitle = programName
	if cursor != nil && cursor.X < r.width && cursor.Y < r.height {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Blink = r.config.Motion
	}
	return v
}

// screen draws everything.
func (r *Root) screen() ([]string, *page.Point) {
	switch {
	case r.width <= 0 || r.height <= 0:
		return nil, nil
	case r.tooSmall():
		return r.smallScreen(), nil
	case r.crashed || r.current() == nil:
		return r.crashScreen()
	}
	lay := r.layout()
	body := r.body(lay.body)
	lines := append([]string{r.title()}, lay.above...)
	top := len(lines)
	lines = append(lines, parts.Fit(body.Lines, lay.body)...)
	lines = append(lines, lay.below...)
	lines = r.withStatus(lines)
	lines = append(lines, r.hintBar())
	if body.Cursor == nil {
		return lines, nil
	}
	return lines, &page.Point{X: body.Cursor.X, Y: body.Cursor.Y + top}
}

// layout is what stands around a page, and how many lines are left for it.
type layout struct {
	above, below []string
	body         int
}

// layout: title, breadcrumb, page, status and hints; lines between them where
// there is room.
func (r *Root) layout() layout {
	s, rule := r.env.Styles, []string(nil)
	if r.height >= rulesFrom {
		rule = []string{parts.Rule(s, r.width)}
	}
	if w, ok := r.current().page.(page.Whole); ok && w.Whole() && (r.overlay == nil || !r.overlay.covers()) {
		return layout{body: r.height - 3}
	}
	above := append([]string{r.crumbs()}, rule...)
	return layout{above: above, below: rule, body: r.height - 3 - len(above) - len(rule)}
}

// body draws the page, with the dialog on top if there is one.
func (r *Root) body(height int) page.Body {
	if r.overlay != nil && r.overlay.covers() {
		return r.overlay.draw(r.width, height)
	}
	b := r.current().page.View(r.width, height)
	if r.overlay == nil {
		return b
	}
	return over(parts.Fit(b.Lines, height), r.overlay.draw(r.width, height), r.width)
}

// withStatus adds the status line; a second line of it takes the place of the
// line above.
func (r *Root) withStatus(lines []string) []string {
	status := r.statusLines(r.width)
	if len(status) > 1 {
		lines[len(lines)-1] = status[0]
	}
	return append(lines, status[len(status)-1])
}

func (r *Root) title() string {
	left, right := []string{programName}, []string{}
	session := r.env.Session
	if r.door == nil {
		left = appendSaid(left, r.phoneMark(), session.Branch, session.Person, session.Role)
		right = appendSaid(right, session.Printer, r.env.Texts.ReaderWord(r.env.Reader.State))
	} else {
		left = appendSaid(left, r.phoneMark(), session.Branch)
	}
	right = append(right, r.env.Texts.Now(r.env.Now()))
	return parts.Title(r.env.Styles, r.practiceMark(), left, right, r.width)
}

func appendSaid(list []string, words ...string) []string {
	for _, w := range words {
		if w != "" {
			list = append(list, parts.Text(w))
		}
	}
	return list
}

// phoneMark says that the seat answers the phone.
func (r *Root) phoneMark() string {
	if r.env.Session.Phone {
		return r.env.Texts.Phone.Seat
	}
	return ""
}

func (r *Root) practiceMark() string {
	if r.env.Session.Practice {
		return r.env.Texts.Common.Practice
	}
	return ""
}

func (r *Root) crumbs() string {
	var steps []string
	if r.door != nil {
		steps = []string{r.door.page.Title()}
	} else {
		for _, s := range r.stack {
			steps = append(steps, parts.Text(s.page.Title()))
		}
	}
	if r.overlay != nil {
		steps = append(steps, r.overlay.title())
	}
	return parts.Crumbs(r.env.Styles, steps, r.env.Texts.Frame.Separator, r.width)
}

func (r *Root) hintBar() string {
	typing := r.input() != page.Commands
	return parts.Hints(r.env.Styles, r.env.Texts, r.hints(), r.helpKey(), typing, r.width)
}

// smallScreen says in one sentence that the window is too small.
func (r *Root) smallScreen() []string {
	t, s := r.env.Texts, r.env.Styles
	var lines []string
	if mark := r.practiceMark(); mark != "" {
		lines = append(lines, s.Practice.Render(mark))
	}
	said := parts.Wrap(t.Frame.TooSmall(r.width, r.height, minWidth, minHeight), r.width)
	if len(lines)+len(said) > r.height {
		said = parts.Wrap(t.Frame.TooSmallShort(minWidth, minHeight), r.width)
	}
	return parts.Fit(append(lines, said...), r.height)
}

// crashScreen says that there was an error in the program, without any data.
func (r *Root) crashScreen() ([]string, *page.Point) {
	t, s := r.env.Texts, r.env.Styles
	title := parts.Title(s, r.practiceMark(), []string{programName}, nil, r.width)
	if r.current() == nil && !r.crashed {
		return parts.Fit([]string{title}, r.height), nil
	}
	lines := []string{title, " " + s.Weak.Render(t.Crash.Title), ""}
	lines = append(lines, parts.Indent(parts.Stop(s, t, t.Crash.What, r.width-6), 3)...)
	lines = append(lines, "", "   "+t.Crash.Hint, "",
		"   "+s.Key.Render(t.Common.KeyNames["enter"])+" "+t.Keys.Restart.Label)
	return parts.Fit(lines, r.height), nil
}
