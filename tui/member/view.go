package member

import (
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/card"
	"schalter/tui/identify/papers"
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
	half = 36
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
	s.Add(p.factLines(s.Width())...)
	if p.papers.Open() {
		s.Add(p.papers.Lines(p.env, s.Width())...)
		s.Add(papers.Specimens(p.env, p.seat, s.Width(), s.Room())...)
	} else {
		if v := p.view.Card; v != nil {
			s.Add(card.Compared(p.env, *v, s.Width())...)
			s.Spare(card.NotProven(p.env, s.Width())...)
		}
		s.Add(append(p.identified(s.Width()), p.code(s.Width())...)...)
		s.Add(p.actionLines(s.Width(), s.Room())...)
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
	if who := p.view.Representative; who != 0 {
		lines = append(lines, parts.Notice(st, t, t.Family.Acting(t.Representative(who)), width)...)
	} else if m.Under15 {
		lines = append(lines, parts.Notice(st, t, t.Member.Child, width)...)
	}
	if why := p.view.Second; why != "" {
		what, _ := t.Error(domain.Fail(domain.Refused, why))
		lines = append(lines, parts.Notice(st, t, t.Member.WithSecond(what), width)...)
	}
	return lines
}

// fact is a name and a value.
type fact struct{ name, value string }

// facts are what is known of the member, masked or revealed.
func (p *Page) facts() []fact {
	t, m := p.env.Texts, p.view.Masked
	w := t.Member
	if r := p.revealed; r != nil {
		return []fact{
			{w.KVNR, parts.Text(string(r.KVNR))},
			{w.Born, t.Date(r.BirthDate)},
			{w.Insured, t.InsuredAs(m.InsuredAs) + p.since(m.Since, r.Insurance.To)},
			{"", p.card()},
			{w.Address, p.orNone(addressLine(r.Address))},
			{w.Contact, p.orNone(contactLine(r.Contact))},
			{"", w.HiddenIn(t.Countdown(p.hideAt.Sub(p.env.Now())))},
		}
	}
	return []fact{
		{w.KVNR, t.MaskedKVNR(m.Last3)},
		{w.Born, t.BirthDay(m.BirthDay)},
		{w.Insured, t.InsuredAs(m.InsuredAs) + p.since(m.Since, 0)},
		{"", p.card()},
		{w.Address, t.Common.Masked},
		{w.Contact, t.Common.Masked},
		{"", p.revealHint()},
	}
}

// factLines set the short facts two in a line where there is room.
func (p *Page) factLines(width int) []string {
	const short = 2 // the first ones
	var lines []string
	list := p.facts()
	for i := 0; i < len(list); i++ {
		line := p.factLine(list[i])
		if i < short && width >= 2*half {
			i++
			line = parts.Left(line, half) + p.factLine(list[i])
		}
		if list[i] != (fact{}) {
			lines = append(lines, parts.Cut(line, width))
		}
	}
	return lines
}

// factLine draws a name and its value; what needs no name stands without one.
func (p *Page) factLine(f fact) string {
	st := p.env.Styles
	return st.Weak.Render(parts.Left(f.name, label)) + st.Text.Render(f.value)
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
	if m.CardUntil.IsZero() || m.Card != desk.CardCurrent && m.Card != desk.CardIsExpired {
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
	return p.sentence(t.Member.Identified, said, style, width)
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
	return p.sentence(t.Member.Code, said, p.env.Styles.Text, width)
}

// local is a time at the branch.
func (p *Page) local(at time.Time) time.Time { return at.In(p.env.Now().Location()) }

// sentence draws a heading word and what is said of it, wrapped below itself.
func (p *Page) sentence(head, said string, style lipgloss.Style, width int) []string {
	indent := parts.Width(head) + 1
	lines := parts.Indent(sheet.Wrap(style, said, width-indent), indent)
	lines[0] = p.env.Styles.Strong.Render(head) + lines[0][indent-1:]
	return lines
}

// actionLines are the key map as words: new staff read, old staff type. What is
// off says why. Where they do not all have room, those that are off are left out
// first, the last before the others; help and palette still have them.
func (p *Page) actionLines(width, room int) []string {
	t, st := p.env.Texts, p.env.Styles
	lines := []string{st.Weak.Render(t.Member.Do)}
	for _, b := range roomFor(p.actions(), room-len(lines)) {
		key := " " + st.Key.Render(keys.Show(b, false, t)) + "  "
		if b.Off == "" {
			lines = append(lines, key+st.Text.Render(parts.Cut(strings.TrimSuffix(b.Text.Help, "."), width-parts.Width(key))))
			continue
		}
		lines = append(lines, key+st.Weak.Render(parts.Cut(b.Text.Label+" – "+b.Off, width-parts.Width(key))))
	}
	return lines
}

// roomFor leaves out what does not fit.
func roomFor(actions []keys.Binding, room int) []keys.Binding {
	for i := len(actions) - 1; i >= 0 && len(actions) > room; i-- {
		if actions[i].Off != "" {
			actions = slices.Delete(actions, i, i+1)
		}
	}
	return actions[:min(len(actions), max(room, 0))]
}

// cases are the newest lines of what was done, beside the rest.
func (p *Page) cases(width int) []string {
	t, st := p.env.Texts, p.env.Styles
	lines := []string{st.Weak.Render(t.Member.Cases)}
	for _, c := range p.view.Cases {
		at := p.local(c.At)
		lines = append(lines, st.Text.Render(parts.Row([]parts.Column{{Width: 17}, {}}, []string{t.Moment(at), t.Act(c.Act)}, width)))
	}
	if len(p.view.Cases) == 0 {
		lines = append(lines, st.Text.Render(t.Common.None))
	}
	return lines
}
