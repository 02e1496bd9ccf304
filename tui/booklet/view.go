package booklet

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/tui/booklet/grid"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/words"
)

const (
	// wide is the width from which the sums stand beside the boxes.
	wide = 110
	// left is the width of the boxes then.
	left = 78
	// The columns of a box: marker and number, title, what was entered, amount.
	// The reason takes the rest.
	marked, title, entry, amount = 5, 28, 16, 10
)

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	s := sheet.New(width, height)
	switch {
	case p.asking == whichProgramme:
		p.programmes(s)
	case p.sheet == nil:
		s.Add(p.env.Styles.Weak.Render(p.env.Texts.Booklet.Loading))
	case p.second.IsOpen():
		p.second.Draw(p.env, s)
	case p.kind == closed:
		p.summary(s)
	case p.asking == whyInvalid:
		p.reasons(s)
	default:
		return p.table(width, height)
	}
	return s.Body()
}

// table draws the booklet being typed: what is known of it on top, its boxes, the
// sums below or beside.
func (p *Page) table(width, height int) page.Body {
	boxes, sums := width-sheet.Margin-1, 0
	if width >= wide {
		boxes, sums = left, width-left-2*sheet.Margin
	}
	top := p.head(width - sheet.Margin - 1)
	bottom := p.foot(boxes, sums == 0)
	room := max(height-len(top)-len(bottom), 1)
	rows, at, x := p.rows(boxes, room)

	var body page.Body
	body.Lines = append(body.Lines, top...)
	middle := append(rows, bottom...)
	if p.grid.AtCount() {
		at = len(rows)
	}
	if sums > 0 {
		middle = parts.Columns(middle, p.sums(sums), left+sheet.Margin)
	}
	body.Lines = parts.Indent(append(body.Lines, middle...), sheet.Margin)
	body.Cursor = &page.Point{X: sheet.Margin + x, Y: len(top) + at}
	if p.asksDay() {
		body.Cursor = &page.Point{X: sheet.Margin + p.dayAt(), Y: 0}
	}
	return body
}

// head says which booklet this is, and what speaks against it as a whole.
func (p *Page) head(width int) []string {
	st, t := p.env.Styles, p.env.Texts
	w := t.Booklet
	line := st.Weak.Render(p.dayName()+" ") + p.receivedText()
	if !p.asksDay() {
		if stack := p.seat.Stacking(); stack != nil {
			line += st.Accent.Render("  " + w.Stack(stack.Done+1))
		}
		line += st.Weak.Render("  " + w.Deadline + " " + p.dateOrNone(p.decision.Deadline))
		if option := p.optionTitle(); option != "" {
			line += st.Text.Render("  " + w.Option + " " + option)
		}
		line += st.Weak.Render("  " + parts.Text(p.sheet.Programme.Title))
	}
	lines := []string{parts.Cut(line, width)}
	if c := p.sheet.Credit; c.Unknown {
		lines = append(lines, parts.Notice(st, t, w.MainUnknown, width)...)
	} else if c.ToMain {
		lines = append(lines, st.Text.Render(parts.Cut(w.Credited(p.mainName()), width)))
	}
	switch {
	case p.unfit != nil:
		what, _ := t.Error(p.unfit)
		lines = append(lines, parts.Stop(st, t, what, width)...)
	case p.decision.Refusal != "":
		lines = append(lines, parts.Notice(st, t, t.BonusRefusal(p.decision.Refusal)+" "+
			w.Lost(t.Money(int(p.decision.Hypothetical))), width)...)
	}
	return append(lines, "")
}

func (p *Page) mainName() string {
	if p.sheet.Credit.Main.Surname == "" {
		return ""
	}
	return parts.Text(p.sheet.Credit.Main.Listed())
}

func (p *Page) receivedText() string {
	if p.asksDay() {
		drawn, _ := p.day.Draw(p.env.Styles, true)
		return drawn
	}
	return p.env.Styles.Text.Render(p.env.Texts.Date(p.received))
}

// dayAt is where the cursor stands in the day of receipt.
func (p *Page) dayAt() int {
	_, x := p.day.Draw(p.env.Styles, true)
	return parts.Width(p.dayName()) + 1 + x
}

// dayName says which day the first line shows or asks for.
func (p *Page) dayName() string {
	t := p.env.Texts.Booklet
	switch p.asking {
	case whichExam:
		if row := p.grid.Row(); row != nil {
			return t.ExamBefore(parts.Cut(p.measure(row.Measure.ID, row.Exam), title))
		}
	case whichStart:
		return t.Enrolled
	}
	return t.Received
}

// programmes lists those that decide the year.
func (p *Page) programmes(s *sheet.Sheet) {
	st := p.env.Styles
	s.Add(st.Strong.Render(p.env.Texts.Booklet.WhichProgramme))
	var lines []string
	for i, programme := range p.seat.Desk.Programmes(p.ref.Year) {
		lines = append(lines, st.Accent.Render(fmt.Sprintf("%2d", i+1))+"  "+
			st.Text.Render(parts.Cut(parts.Text(programme.Insurer+": "+programme.Title), s.Width()-4)))
	}
	s.Add(lines...)
}

func (p *Page) dateOrNone(d date.Date) string {
	if d.IsZero() {
		return p.env.Texts.Common.None
	}
	return p.env.Texts.Date(d)
}

// rows draws the boxes around the one being typed; at and x are where its cursor
// stands.
func (p *Page) rows(width, room int) (lines []string, at, x int) {
	all := p.grid.Rows()
	row, _ := p.grid.At()
	top := 0
	if len(all) > room {
		top = max(0, min(row-room/2, len(all)-room))
	}
	results := p.results()
	for i := top; i < min(top+room, len(all)); i++ {
		line, cursor := p.row(i, results[i], width)
		if i == row {
			at, x = len(lines), cursor
		}
		lines = append(lines, line)
	}
	if p.grid.AtCount() {
		_, x = p.countLine()
	}
	return lines, at, x
}

// result is what the decision says of a row.
type result struct {
	cents bonus.Cents
	why   bonus.Reason
	known bool
}

// results are what became of every row. A box that nothing was entered in shows
// what its gate says.
func (p *Page) results() []result {
	rows := p.grid.Rows()
	out := make([]result, len(rows))
	entry := 0
	for i, r := range rows {
		stamp := -1
		if !r.Empty() {
			stamp = entry
			entry++
		}
		for _, l := range p.decision.Lines {
			about := l.Stamp == stamp && stamp >= 0 || l.Stamp < 0 && l.Measure == r.Measure.ID && (stamp < 0 || !out[i].known)
			if !about || r.Number == 0 && stamp < 0 {
				continue
			}
			out[i] = result{out[i].cents + l.Cents, l.Reason, true}
		}
	}
	return out
}

func (p *Page) row(i int, res result, width int) (line string, cursor int) {
	st := p.env.Styles
	r := p.grid.Rows()[i]
	at, cell := p.grid.At()
	mark, style := " ", st.Text
	if i == at {
		mark, style = "▶", st.Strong
	}
	number := ""
	if r.Number > 0 {
		number = strconv.Itoa(r.Number)
	}
	name := parts.Text(r.Measure.Title)
	if r.Exam != "" {
		name = r.Exam + " " + name
	}
	if r.Number == 0 {
		name = "+ " + name
	}
	line = st.Accent.Render(mark) + st.Weak.Render(parts.Right(number, 2)) + "  " + style.Render(parts.Left(name, title)) + " "
	typed, x := p.entered(r, i == at, cell)
	line += parts.Left(typed, entry) + p.amount(res, r) + "  "
	rest := max(width-marked-title-1-entry-amount-2, 0)
	line += p.why(r, res, rest)
	return line, marked + title + 1 + x
}

// entered is what stands in a row; of the one being typed, its cell as a field.
func (p *Page) entered(r *grid.Row, focused bool, cell grid.Cell) (text string, cursor int) {
	st := p.env.Styles
	if !focused {
		return st.Text.Render(p.short(r)), 0
	}
	before := ""
	if cell != grid.Day {
		before = p.dayText(r) + " "
	}
	if cell == grid.Invoice {
		before = p.env.Texts.Booklet.InvoiceNumber + " "
	}
	typed := r.Typed(cell)
	room := entry - parts.Width(before) - 2
	shown := typed
	if len(shown) >= room {
		shown = shown[len(shown)-room+1:]
	}
	return st.Text.Render(before) + st.Accent.Render("[") + st.Text.Render(parts.Left(shown, room)) + st.Accent.Render("]"),
		parts.Width(before) + 1 + len(shown)
}

// short is a row that is not being typed: its day, and what it cost.
func (p *Page) short(r *grid.Row) string {
	if r.Empty() {
		return p.env.Texts.Common.None
	}
	text := p.dayText(r)
	if cost := r.Typed(grid.Cost); cost != "" {
		text += "  " + cost
	}
	if value := r.Typed(grid.Value); value != "" {
		text += "  " + value
	}
	if r.Private {
		text += "  " + p.env.Texts.Booklet.PrivateShort
	}
	return text
}

// dayText is the day of a row, with the year where it is not the booklet's.
func (p *Page) dayText(r *grid.Row) string {
	typed := r.Typed(grid.Day)
	d, ok := p.grid.Day(typed)
	switch {
	case typed == "":
		return p.env.Texts.Common.None
	case !ok:
		return typed + "?"
	case len(typed) == 4:
		return strings.TrimSpace(strings.TrimSuffix(p.env.Texts.Date(d), strconv.Itoa(d.Year())))
	}
	return p.env.Texts.Date(d)
}

func (p *Page) amount(res result, r *grid.Row) string {
	if !res.known || r.Empty() || res.cents == 0 {
		return parts.Right("", amount)
	}
	return p.env.Styles.Text.Render(parts.Right(p.env.Texts.Money(int(res.cents)), amount))
}

// why says what became of a row, in a few words.
func (p *Page) why(r *grid.Row, res result, width int) string {
	st, t := p.env.Styles, p.env.Texts
	switch {
	case r.Invalid != "":
		return st.Caution.Render(parts.Cut("/ "+t.Invalid(r.Invalid), width))
	case !res.known:
		return ""
	case res.why.Code == bonus.OK || res.why.Code == bonus.Counted:
		return st.Text.Render(parts.Cut("✓", width))
	case r.Empty() && res.why.Code != bonus.Missing:
		return st.Weak.Render(parts.Cut(t.BonusReason(bonus.Reason{Code: cmp.Or(res.why.Cause, res.why.Code)}), width))
	}
	return st.Caution.Render(parts.Cut("! "+t.BonusReason(res.why), width))
}

// foot is the count of stamps, and what enter said; the sums too, where they do
// not stand beside.
func (p *Page) foot(width int, withSums bool) []string {
	st, t := p.env.Styles, p.env.Texts.Booklet
	count, _ := p.countLine()
	lines := []string{count}
	if withSums {
		total := st.Strong.Render(t.Sum + " " + p.env.Texts.Money(int(p.worth())))
		if gap, ok := p.dearest(); ok {
			total += st.Weak.Render("  " + parts.Cut(t.MissingHead+" "+p.gap(gap), width-parts.Width(total)-2))
		}
		lines = append(lines, total)
	}
	if p.problem != "" {
		return append(lines, st.Caution.Render(parts.Cut("! "+t.Problem(string(p.problem)), width)))
	}
	if why := p.whyHere(); why != "" {
		return append(lines, st.Caution.Render(parts.Cut(why, width)))
	}
	return append(lines, st.Weak.Render(parts.Cut(t.Keypad, width)))
}

// whyHere is the whole reason of the row being typed, where something speaks
// against it: the column beside it is short.
func (p *Page) whyHere() string {
	row, _ := p.grid.At()
	r := p.grid.Row()
	if r == nil || r.Empty() {
		return ""
	}
	if r.Invalid != "" {
		return p.env.Texts.Booklet.Uncounted(p.env.Texts.Invalid(r.Invalid))
	}
	res := p.results()[row]
	if !res.known || res.why.Code == bonus.OK || res.why.Code == bonus.Counted {
		return ""
	}
	return p.env.Texts.Booklet.Uncounted(p.env.Texts.BonusReason(res.why))
}

// worth is what the booklet brings as it stands: nothing, where it is refused.
func (p *Page) worth() bonus.Cents {
	if p.decision.Refusal != "" {
		return p.decision.Total
	}
	return p.decision.Hypothetical
}

func (p *Page) optionTitle() string {
	for _, o := range p.sheet.Programme.Options {
		if o.ID == p.option {
			return parts.Text(o.Title)
		}
	}
	return ""
}

// countLine asks for the number of stamps on paper.
func (p *Page) countLine() (line string, cursor int) {
	st, t := p.env.Styles, p.env.Texts.Booklet
	mark, bracket := " ", st.Weak
	if p.grid.AtCount() {
		mark, bracket = "▶", st.Accent
	}
	before := "    " + t.Counted + " "
	entered := desk.StampCount(p.grid.Entries())
	line = st.Accent.Render(mark) + st.Text.Render(before) + bracket.Render("[") +
		st.Text.Render(parts.Left(p.grid.Counted(), 3)) + bracket.Render("]") + st.Weak.Render("  "+t.Entered(entered))
	return line, 1 + parts.Width(before) + 1 + len(p.grid.Counted())
}

// sums stand beside the boxes: every group, what is missing, the total.
func (p *Page) sums(width int) []string {
	st, t := p.env.Styles, p.env.Texts
	money := func(name string, cents bonus.Cents) string {
		return parts.Left(name, max(width-12, 0)) + parts.Right(t.Money(int(cents)), 12)
	}
	var lines []string
	for _, r := range p.decision.Groups {
		if g := p.group(r.ID); g != nil {
			lines = append(lines, st.Text.Render(money(parts.Tick(r.Fulfilled)+" "+parts.Text(g.Title), r.Cents)))
		}
	}
	lines = append(lines, st.Strong.Render(money(t.Booklet.Sum, p.worth())))
	if p.decision.Hypothetical != p.decision.ToPay && p.decision.Refusal == "" {
		lines = append(lines, st.Text.Render(money(t.Booklet.ToPay, p.decision.ToPay)))
	}
	if len(p.decision.Gaps) > 0 {
		lines = append(lines, "", st.Weak.Render(t.Booklet.MissingHead))
	}
	for _, g := range p.decision.Gaps {
		lines = append(lines, sheet.Wrap(st.Caution, "– "+p.gap(g), width)...)
	}
	return lines
}

func (p *Page) group(id string) *bonus.Group {
	for _, g := range p.sheet.Programme.Groups {
		if g.ID == id {
			return g
		}
	}
	return nil
}

// dearest is the gap that brings most.
func (p *Page) dearest() (best bonus.Gap, ok bool) {
	for _, g := range p.decision.Gaps {
		if !ok || g.Brings > best.Brings {
			best, ok = g, true
		}
	}
	return best, ok
}

// gap says what is missing and what it would bring.
func (p *Page) gap(g bonus.Gap) string {
	t := p.env.Texts
	name := p.measure(g.Measures[0], g.Exam)
	if len(g.Measures) > 1 {
		name = t.Booklet.OrAnother(name)
	}
	switch {
	case g.Unbounded || g.Together == 0:
		return name
	case g.Brings == 0:
		return name + " " + t.Booklet.Together(t.Money(int(g.Together)))
	case g.UpTo:
		return name + " " + t.Booklet.UpTo(t.Money(int(g.Brings)))
	}
	return name + " (+" + t.Money(int(g.Brings)) + ")"
}

func (p *Page) measure(id, exam string) string {
	name := id
	if m, ok := p.sheet.Programme.Measure(id); ok {
		name = parts.Text(m.Title)
	}
	if exam != "" {
		return exam + " " + name
	}
	return name
}

// question is one line of what the member is asked for.
func (p *Page) question(q domain.QueryItem) string {
	return p.measure(q.Measure, q.Exam) + ": " + p.env.Texts.QueryWant(q.Want)
}

// reasons lists why a stamp can be refused.
func (p *Page) reasons(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	if row := p.grid.Row(); row != nil {
		s.Add(sheet.Wrap(st.Strong, p.measure(row.Measure.ID, row.Exam), s.Width())...)
	}
	s.Add(st.Text.Render(t.Booklet.WhyInvalid))
	var lines []string
	for i, r := range words.InvalidReasons() {
		lines = append(lines, st.Accent.Render(fmt.Sprintf("%2d", i+1))+"  "+st.Text.Render(t.Invalid(r)))
	}
	s.Add(lines...)
}
