package start

import (
	"strings"

	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
)

const margin = 2

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	if p.second.IsOpen() {
		s := sheet.New(width, height)
		p.second.Draw(s)
		return s.Body()
	}
	t, s := p.env.Texts, p.env.Styles
	prompt, example := t.Start.Prompt, t.Start.Example
	if p.seat.Phone() {
		prompt, example = t.Phone.Prompt, t.Phone.Example
	}
	field, at := p.field.Draw(s, !p.inList)
	lines := []string{
		"",
		indent(s.Text.Render(prompt)),
		"",
		indent(field) + s.Weak.Render("   "+example),
		"",
	}
	if p.requests > 0 {
		said := t.RequestsWaiting(p.requests, keys.Show(p.requestsKey(), false, t))
		lines = append(lines, indent(s.Caution.Render("! "+said)), "")
	}
	cursor := &page.Point{X: margin + at, Y: 3}
	inner := width - 2*margin
	room := height - len(lines) - 2
	chosen := 0
	var body []string
	switch {
	case !desk.MayFind(p.seat.Actor):
		body = parts.Wrap(s.Text.Render(t.Start.NotYours), inner)
	case p.specimens:
		body = p.specimenLines()
	case p.field.Value() == "":
		body, chosen = p.recentLines(inner, room)
	default:
		body, chosen = p.hitLines(inner, room)
	}
	if p.inList {
		cursor = &page.Point{X: margin, Y: len(lines) + chosen}
	}
	for _, l := range body {
		lines = append(lines, indent(l))
	}
	return page.Body{Lines: lines, Cursor: cursor}
}

func indent(s string) string { return strings.Repeat(" ", margin) + s }

// hitLines are the people found, below their column heads, above what there is
// to say about the search. chosen is the line of the chosen one.
func (p *Page) hitLines(width, height int) (lines []string, chosen int) {
	t, s := p.env.Texts, p.env.Styles
	if says := p.says(); len(p.answer.Found) == 0 {
		for _, l := range says {
			lines = append(lines, parts.Wrap(s.Text.Render(l), width)...)
		}
		return lines, 0
	}
	columns := hitColumns(width)
	head := parts.Row(columns, []string{t.Start.Name, t.Start.BirthDate, t.Start.KVNR, t.Start.As, t.Start.Hint}, width-listMarker)
	lines = append(lines, strings.Repeat(" ", listMarker)+s.Weak.Render(head))
	rows, at := p.list.Draw(s, width, height-3, func(i, w int) string {
		return parts.Row(columns, p.cells(p.answer.Found[i], width), w)
	})
	chosen = len(lines) + at
	lines = append(lines, rows...)
	lines = append(lines, "")
	for _, l := range p.says() {
		lines = append(lines, s.Weak.Render(parts.Cut(l, width)))
	}
	return lines, chosen
}

// listMarker is what stands before each row of a list.
const listMarker = 5

// hitColumns: name, birthday, KVNR, kind, hint. The name takes what is left.
func hitColumns(width int) []parts.Column {
	if width < wide {
		return []parts.Column{{}, {Width: 10}, {Width: 6}, {Width: 8}, {Width: 16}}
	}
	return []parts.Column{{}, {Width: 11}, {Width: 10}, {Width: 10}, {Width: 22}}
}

// wide is from how many cells on there is room to spare.
const wide = 90

func (p *Page) cells(f desk.Found, width int) []string {
	t, m := p.env.Texts, f.Masked
	number := t.MaskedKVNR(m.Last3)
	if width < wide {
		number = "•••" + m.Last3
	}
	return []string{parts.Text(m.Name.Listed()), t.BirthDay(m.BirthDay), number, t.InsuredAs(m.InsuredAs), p.hint(f)}
}

// hint is the one thing to know before opening.
func (p *Page) hint(f desk.Found) string {
	t := p.env.Texts
	switch {
	case f.Masked.Deceased:
		return t.Start.Deceased
	case f.Masked.Ended:
		return t.Start.Ended
	case f.Lookalike:
		return t.Start.Lookalike
	case f.Masked.Under15:
		return t.Start.Child
	}
	return t.Card(f.Masked.Card)
}

// says is what there is to tell about the search.
func (p *Page) says() []string {
	t, a := p.env.Texts.Start, p.answer
	switch {
	case p.asked != p.shown:
		return []string{t.Searching}
	case p.shown == "":
		return nil
	case a.Withheld:
		return []string{t.Withheld}
	case a.TooShort:
		return []string{t.TooShort}
	case a.Query.Mistyped:
		return []string{t.WrongKVNR}
	case a.Query.Unread && a.Query.Empty():
		return []string{t.Unread}
	case a.Loading && len(a.Found) == 0:
		return []string{t.Loading(a.Percent)}
	case len(a.Found) == 0 && a.Query.Unread:
		return []string{t.None, t.Unread}
	case len(a.Found) == 0:
		return []string{t.None, t.NoneHint}
	}
	count := p.env.Texts.Hits(a.Total, a.More)
	switch {
	case a.Query.Unread:
		return []string{count + " · " + t.Unread}
	case a.Sound:
		return []string{t.Sound, count}
	case p.inList && a.Total > 1:
		return []string{count + " · " + t.PickOne}
	}
	return []string{count + " · " + t.Foldings}
}

func (p *Page) recentLines(width, height int) (lines []string, chosen int) {
	t, s := p.env.Texts, p.env.Styles
	if len(p.recent) == 0 {
		return []string{s.Weak.Render(t.Start.NoRecent)}, 0
	}
	lines = []string{s.Weak.Render(t.Start.Recent)}
	row := func(i, w int) string {
		r := p.recent[i]
		return parts.Row([]parts.Column{{Width: 10}, {Width: 6}, {}}, []string{r.Initials, "•••" + r.Last3, t.Time(r.At)}, w)
	}
	if !p.inList {
		for i := range p.recent {
			lines = append(lines, strings.Repeat(" ", listMarker)+s.Text.Render(row(i, width-listMarker)))
		}
		return lines, 0
	}
	rows, at := p.list.Draw(s, width, height-1, row)
	return append(lines, rows...), len(lines) + at
}

// specimenLines are the published documents, to be typed as they stand.
func (p *Page) specimenLines() []string {
	t, s := p.env.Texts, p.env.Styles
	lines := []string{s.Strong.Render(t.Start.Specimens), ""}
	for _, doc := range p.seat.Practice.Specimens() {
		lines = append(lines, s.Text.Render(t.Document(doc.Document)+", "+t.Start.ValidUntil(t.Date(doc.ValidUntil), doc.Expired)))
		for _, l := range doc.Lines {
			lines = append(lines, "  "+s.Weak.Render(l))
		}
	}
	return lines
}
