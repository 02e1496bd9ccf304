package identify

import (
	"strconv"

	"schalter/domain"
	"schalter/domain/flow"
	"schalter/tui/card"
	"schalter/tui/identify/papers"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
)

const (
	mark  = 2  // cells of the mark before the present step
	label = 28 // cells of a field's name
	box   = 10 // cells of the widest field, with its brackets
)

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	s := sheet.New(width, height)
	switch {
	case p.refused != "":
		p.drawRefused(s)
	case p.zone.typing():
		p.drawZone(s)
	default:
		p.drawSteps(s)
	}
	return s.Body()
}

// drawSteps draws the fields in one column, what belongs to the present step
// below them, then the deviations.
func (p *Page) drawSteps(s *sheet.Sheet) {
	t, st := p.env.Texts.Identify, p.env.Styles
	s.Add(st.Strong.Render(t.Step(p.number())) + st.Weak.Render("   "+t.Blind))
	p.drawFields(s)
	if who := p.params.Representative; who != 0 {
		s.Add(sheet.Wrap(st.Strong, p.env.Texts.Representing(who), s.Width())...)
	}
	s.Add(p.about(s.Width())...)
	if p.papers.Open() {
		s.Add(p.papers.Lines(p.env, s.Width())...)
	}
	s.Add(p.deviationLines(s.Width())...)
	s.Spare(st.Weak.Render(t.NotStored), st.Weak.Render(t.Stored))
}

// steps are those with a line of their own, in their order.
func steps() []flow.Step {
	return []flow.Step{flow.ChooseDocument, flow.BirthDate, flow.ValidUntil, flow.Photo, flow.Card}
}

// number is how many of the steps are reached.
func (p *Page) number() (n, of int) {
	all := steps()
	for i, s := range all {
		if s == p.step {
			return i + 1, len(all)
		}
	}
	return len(all), len(all)
}

func (p *Page) drawFields(s *sheet.Sheet) {
	var lines []string
	cursor := 0
	for _, step := range steps() {
		line, at := p.fieldLine(step)
		if step == p.step {
			cursor = at
		}
		lines = append(lines, line)
	}
	s.Add(lines...)
	if n, _ := p.number(); p.step != flow.Purpose {
		s.Cursor(cursor, n-1)
	}
}

// fieldLine draws one step: its name, what was answered, the verdict; cursor is
// the cell in which the cursor stands if it is the present step.
func (p *Page) fieldLine(step flow.Step) (line string, cursor int) {
	st := p.env.Styles
	name, here := st.Weak, "  "
	if step == p.step {
		name, here = st.Strong, st.Accent.Render("▶ ")
	}
	answer, at := p.answer(step)
	line = here + name.Render(parts.Left(p.label(step), label)) + answer
	if said := p.said(step); said != "" {
		line += "  " + said
	}
	return line, mark + label + at
}

func (p *Page) label(step flow.Step) string {
	t := p.env.Texts.Identify
	switch step {
	case flow.ChooseDocument:
		return t.Document
	case flow.BirthDate:
		return t.BirthDate
	case flow.ValidUntil:
		if p.withDay {
			return t.ValidDay
		}
		return t.ValidUntil
	case flow.Photo:
		return t.Photo
	}
	return t.Card
}

// answer draws what was answered at a step, as wide as the widest field.
func (p *Page) answer(step flow.Step) (drawn string, cursor int) {
	st, t := p.env.Styles, p.env.Texts
	switch {
	case step == flow.ChooseDocument && p.kind != 0:
		return st.Text.Render(t.Document(p.kind)), 0
	case step == flow.ChooseDocument || step == flow.Photo:
		return parts.Left(st.Weak.Render("[ ]"), box), 1
	case p.checks[step].right && p.fields[step].Value() == "", p.passed(step):
		return parts.Left("", box), 0 // settled elsewhere: nothing was typed here
	}
	drawn, cursor = p.fields[step].Draw(st, step == p.step)
	return parts.Left(drawn, box), cursor
}

// passed reports whether a step is passed over because the answer is known.
func (p *Page) passed(step flow.Step) bool {
	return step == flow.BirthDate && p.known.BirthDate || step == flow.Card && p.known.Card
}

// said is the verdict beside a step.
func (p *Page) said(step flow.Step) string {
	st, t := p.env.Styles, p.env.Texts.Identify
	c := p.checks[step]
	switch {
	case step == p.step && p.call.Busy():
		return st.Weak.Render(t.Checking)
	case c.right && step == flow.ValidUntil:
		return st.Text.Render(parts.Tick(true) + " " + t.RightDate)
	case c.right:
		return st.Text.Render(parts.Tick(true) + " " + t.Right)
	case c.why != nil:
		return st.Caution.Render("! " + p.verdict(c.why))
	case p.passed(step) && step == flow.Card && p.isRead && p.gone:
		return st.Text.Render(parts.Tick(true) + " " + t.ReadGone)
	case p.passed(step) && step == flow.Card && p.isRead:
		return st.Text.Render(parts.Tick(true) + " " + t.ReadCard)
	case p.passed(step) && step == flow.Card:
		return st.Text.Render(parts.Tick(true) + " " + t.KnownCard)
	case p.passed(step):
		return st.Text.Render(parts.Tick(true) + " " + t.KnownBirth)
	case step == flow.Photo && step == p.step:
		return st.Text.Render(t.YesNo)
	}
	return ""
}

// about is what the present step has to say.
func (p *Page) about(width int) []string {
	t, st := p.env.Texts, p.env.Styles
	var lines []string
	if p.name.Partial() {
		lines = append(lines, parts.Notice(st, t, t.Identify.NamePartial, width)...)
	}
	if p.swapped {
		lines = append(lines, parts.Notice(st, t, t.Identify.Swapped, width)...)
	}
	if p.read != nil {
		lines = append(lines, card.Compared(p.env, *p.read, width)...)
		lines = append(lines, card.NotProven(p.env, width)...)
	}
	if n := len(p.zone.lines); n > 0 {
		lines = append(lines, st.Text.Render(t.Identify.ZoneLine(n)))
	}
	switch {
	case p.step == flow.ChooseDocument:
		for k := 1; k <= kinds; k++ {
			lines = append(lines, st.Key.Render(strconv.Itoa(k))+"  "+st.Text.Render(t.Document(domain.DocumentKind(k))))
		}
	case p.step == flow.Card && p.params.Then == "":
		lines = append(lines, sheet.Wrap(st.Text, t.Identify.OnlyPaper, width)...)
		lines = append(lines, st.Text.Render(t.Identify.NextBack))
	case p.step == flow.Purpose:
		lines = append(lines, sheet.Wrap(st.Text, t.Identify.Done, width)...)
		lines = append(lines, st.Strong.Render(p.next()))
	}
	return lines
}

// next says what Enter leads to when all is checked.
func (p *Page) next() string {
	if p.params.Then == "" {
		return p.env.Texts.Identify.NextBack
	}
	return p.env.Texts.Identify.NextCode
}

// deviationLines list the keys for what does not fit, in two columns.
func (p *Page) deviationLines(width int) []string {
	st, t := p.env.Styles, p.env.Texts
	lines := []string{st.Weak.Render(t.Identify.Deviates)}
	cells := p.deviations()
	half := width / 2
	for i := 0; i < len(cells); i += 2 {
		line := parts.Left(p.deviation(cells[i]), half)
		if i+1 < len(cells) {
			line += parts.Cut(p.deviation(cells[i+1]), half)
		}
		lines = append(lines, line)
	}
	return lines
}

func (p *Page) deviation(b keys.Binding) string {
	st := p.env.Styles
	return " " + st.Key.Render(keys.Show(b, false, p.env.Texts)) + "  " + st.Text.Render(b.Text.Help)
}

// drawZone draws the lines into which a machine-readable zone is typed.
func (p *Page) drawZone(s *sheet.Sheet) {
	t, st := p.env.Texts.Identify, p.env.Styles
	s.Add(st.Strong.Render(t.ZoneTitle))
	var lines []string
	cursor := 0
	for i, f := range p.zone.form.Fields {
		focused := p.zone.form.Focused(f)
		drawn, at := f.Draw(st, focused)
		if focused {
			cursor = at
		}
		lines = append(lines, st.Weak.Render(strconv.Itoa(i+1)+" ")+drawn)
	}
	s.Add(lines...)
	s.Cursor(2+cursor, p.zone.form.Focus())
	s.Add(sheet.Wrap(st.Weak, t.ZoneHow, s.Width())...)
	if p.papers.Open() {
		s.Add(papers.Specimens(p.env, p.seat, s.Width(), s.Room())...)
	}
}

// drawRefused says why there is no identification, and what can be offered.
func (p *Page) drawRefused(s *sheet.Sheet) {
	t, st := p.env.Texts, p.env.Styles
	what, _ := t.Error(domain.Fail(domain.Refused, p.refused))
	s.Add(parts.Stop(st, t, what, s.Width())...)
	now := []string{st.Strong.Render(t.Identify.RefusedHead)}
	s.Add(append(now, sheet.Wrap(st.Text, t.Bring(p.refused), s.Width())...)...)
	s.Add(sheet.Wrap(st.Weak, t.Identify.RefusedNow, s.Width())...)
}
