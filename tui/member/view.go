package member

import (
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/rights"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
)

const (
	// wide is the width from which the recent cases stand beside.
	wide = 100
	// left is the left column then.
	left = 62
	// label is the width of a fact's name.
	label = 10
	// half is the width of the first of two facts in one line.
	half = 38
)

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	s := sheet.New(width, height)
	st, t := p.env.Styles, p.env.Texts
	if p.view == nil {
		s.Add(st.Weak.Render(t.Member.Loading))
		return s.Body()
	}
	if width >= wide {
		s = sheet.New(left, height)
	}
	s.Add(st.Strong.Render(p.Title()))
	s.Add(p.warnings(s.Width())...)
	s.Add(p.facts()...)
	if p.papers.Open() {
		s.Add(p.papers.Lines(p.env, p.seat, s.Width(), s.Room())...)
	} else {
		s.Add(append(p.identified(s.Width()), p.code(s.Width())...)...)
		s.Add(p.actionLines(s.Width())...)
	}
	body := s.Body()
	if width >= wide {
		right := append([]string{""}, p.cases(width-left-sheet.Margin)...)
		body.Lines = parts.Columns(body.Lines, right, left)
	}
	return body
}

// warnings come before everything they are about.
func (p *Page) warnings(width int) []string {
	st, t, m := p.env.Styles, p.env.Texts, p.view.Masked
	var lines []string
	switch {
	case m.Deceased:
		lines = append(lines, parts.Stop(st, t, t.Member.Deceased, width)...)
	case m.Ended:
		lines = append(lines, parts.Stop(st, t, t.Member.Ended, width)...)
	}
	if p.view.Lookalike {
		lines = append(lines, parts.Notice(st, t, t.Member.Lookalike, width)...)
	}
	if m.Under15 {
		lines = append(lines, parts.Notice(st, t, t.Member.Child, width)...)
	}
	return lines
}

// facts are what is known of the member, masked or revealed.
func (p *Page) facts() []string {
	t, m := p.env.Texts, p.view.Masked
	number, born, address, contact := t.MaskedKVNR(m.Last3), t.BirthDay(m.BirthDay), t.Common.Masked, t.Common.Masked
	insured := t.InsuredAs(m.InsuredAs) + p.since(m.Since, 0)
	hint := p.revealHint()
	if r := p.revealed; r != nil {
		number, born = string(r.KVNR), t.Date(r.BirthDate)
		insured = t.InsuredAs(m.InsuredAs) + p.since(m.Since, r.Insurance.To)
		address, contact = addressLine(r.Address), contactLine(r.Contact)
		hint = t.Member.HiddenIn(t.Countdown(p.hideAt.Sub(p.env.Now())))
	}
	w := t.Member
	return []string{
		p.fact(w.KVNR, parts.Text(number), half) + p.fact(w.Born, born, 0),
		p.fact(w.Insured, insured, half) + p.fact(w.Card, p.card(), 0),
		p.fact(w.Address, p.orNone(address), 0),
		p.fact(w.Contact, p.orNone(contact), 0),
		p.env.Styles.Weak.Render(strings.Repeat(" ", label) + hint),
	}
}

// fact draws a name and a value, in width cells if width is not 0.
func (p *Page) fact(name, value string, width int) string {
	st := p.env.Styles
	line := st.Weak.Render(parts.Left(name, label)) + st.Text.Render(value)
	if width > 0 {
		return parts.Left(line, width)
	}
	return line
}

func (p *Page) orNone(s string) string {
	if s == "" {
		return p.env.Texts.Common.None
	}
	return s
}

func (p *Page) since(from, to date.Date) string {
	t := p.env.Texts
	switch {
	case from.IsZero():
		return ""
	case to.IsZero():
		return " " + t.Member.Since(t.Date(from))
	}
	return " " + t.Member.SinceTo(t.Date(from), t.Date(to))
}

func (p *Page) card() string {
	t, m := p.env.Texts, p.view.Masked
	if m.CardUntil.IsZero() {
		return t.Card(m.Card)
	}
	return t.Member.CardUntil(t.Card(m.Card), t.Date(m.CardUntil))
}

// revealHint names the key that shows what is masked, while it does.
func (p *Page) revealHint() string {
	for _, b := range p.actions() {
		if b.ID == "reveal" && b.Off == "" {
			return keys.ShowAll(b, p.env.Texts) + " " + p.env.Texts.Member.RevealHint
		}
	}
	return ""
}

func addressLine(a domain.Address) string {
	street := strings.TrimSpace(a.Street + " " + a.HouseNumber)
	city := strings.TrimSpace(a.Postcode + " " + a.City)
	return joined(", ", street, a.Extra, city)
}

func contactLine(c domain.Contact) string { return joined(", ", c.Email, c.Phone) }

// joined joins the parts that are there, cleaned for the screen.
func joined(separator string, list ...string) string {
	var there []string
	for _, s := range list {
		if s = parts.Text(s); s != "" {
			there = append(there, s)
		}
	}
	return strings.Join(there, separator)
}

// identified says in words whether the member is identified, and how long.
func (p *Page) identified(width int) []string {
	t, st, v := p.env.Texts, p.env.Styles, p.view
	said, style := t.Member.NotIdentified, st.Caution
	switch {
	case v.Closed != "":
		said = t.Member.Closed(p.off(v.Closed))
	case v.Assurance > rights.None && p.env.Now().Before(v.Until):
		left := v.Until.Sub(p.env.Now())
		said, style = t.Member.IdentifiedFor(t.Assurance(v.Assurance), int((left+time.Minute-1)/time.Minute)), st.Text
	}
	return p.sentence(t.Member.Identified, said, style.Render, width)
}

// code says how the newest activation code stands; never the code itself.
func (p *Page) code(width int) []string {
	t, c := p.env.Texts, p.view.Code
	said := t.Member.NoCode
	switch {
	case c.State == domain.CodeLive:
		handed := t.Member.NotHanded
		if !c.HandedOverAt.IsZero() {
			handed = t.Member.HandedOver(t.Moment(p.local(c.HandedOverAt)))
		}
		said = t.Member.CodeLive(t.Moment(p.local(c.ExpiresAt)), handed)
	case c.State == domain.CodeExpired:
		said = t.Member.CodeEnded(t.CodeState(c.State), t.Moment(p.local(c.ExpiresAt)))
	case c.State != 0:
		said = t.Member.CodeEnded(t.CodeState(c.State), t.Moment(p.local(c.EndedAt)))
	}
	return p.sentence(t.Member.Code, said, p.env.Styles.Text.Render, width)
}

// local is a time at the branch.
func (p *Page) local(at time.Time) time.Time { return at.In(p.env.Now().Location()) }

// sentence draws a heading word and what is said of it, wrapped below itself.
func (p *Page) sentence(head, said string, render func(...string) string, width int) []string {
	indent := parts.Width(head) + 1
	lines := parts.Wrap(said, width-indent)
	for i, l := range lines {
		lines[i] = strings.Repeat(" ", indent) + render(l)
	}
	lines[0] = p.env.Styles.Strong.Render(head) + " " + render(strings.TrimLeft(parts.Wrap(said, width-indent)[0], " "))
	return lines
}

// actionLines are the key map as words: new staff read, old staff type. What is
// off says why.
func (p *Page) actionLines(width int) []string {
	t, st := p.env.Texts, p.env.Styles
	lines := []string{st.Weak.Render(t.Member.Do)}
	for _, b := range p.actions() {
		key := " " + st.Key.Render(keys.Show(b, false, t)) + "  "
		what := strings.TrimSuffix(b.Text.Help, ".")
		if b.Off == "" {
			lines = append(lines, key+st.Text.Render(what))
			continue
		}
		lines = append(lines, key+st.Weak.Render(parts.Cut(what+" – "+b.Off, width-parts.Width(key))))
	}
	return lines
}

// cases are the newest lines of what was done, beside the rest.
func (p *Page) cases(width int) []string {
	t, st := p.env.Texts, p.env.Styles
	lines := []string{st.Weak.Render(t.Member.Cases)}
	for _, c := range p.view.Cases {
		at := p.local(c.At)
		lines = append(lines, st.Text.Render(parts.Row([]parts.Column{{Width: 16}, {}}, []string{t.Moment(at), t.Act(c.Act)}, width)))
	}
	if len(p.view.Cases) == 0 {
		lines = append(lines, st.Text.Render(t.Common.None))
	}
	return lines
}
