package booklet

import (
	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/tui/member/sheet"
	"schalter/tui/parts"
)

// summary shows a booklet that was booked before.
func (p *Page) summary(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	b, v := p.sheet.Booklet, p.sheet.Booklet.Latest()
	s.Add(sheet.Wrap(st.Strong, parts.Text(p.sheet.Programme.Title), s.Width())...)
	lines := []string{
		t.Booklet.State(b.State), t.Booklet.Received + " " + t.Date(v.Received),
		t.Booklet.Versions(len(b.Versions)),
	}
	if d := v.Decision; d != nil {
		lines = append(lines, t.Booklet.Sum+" "+t.Money(int(d.Total)), t.Booklet.ToPay+" "+t.Money(int(d.ToPay)))
		if d.Refusal != "" {
			lines = append(lines, t.BonusRefusal(d.Refusal)+" "+t.Booklet.Lost(t.Money(int(d.Hypothetical))))
		}
	}
	var out []string
	for _, l := range lines {
		out = append(out, sheet.Wrap(st.Text, l, s.Width())...)
	}
	s.Add(out...)
	s.Add(p.shares(s.Width())...)
	s.Spare(p.decided(s.Width())...)
}

// shares are what each group of the decision in force brings.
func (p *Page) shares(width int) []string {
	d := p.sheet.Booklet.Latest().Decision
	if d == nil {
		return nil
	}
	st, t := p.env.Styles, p.env.Texts
	var lines []string
	for _, share := range d.Shares {
		name := share.Group
		if g := p.group(name); g != nil {
			name = parts.Text(g.Title)
		}
		lines = append(lines, st.Text.Render(parts.Cut(parts.Left(name, 40)+" "+parts.Right(t.Money(int(share.Cents)), amount), width)))
	}
	return lines
}

// decided are the entries as they were entered, each with what was decided about
// it then: not what today's programme would say.
func (p *Page) decided(width int) []string {
	v := p.sheet.Booklet.Latest()
	var lines []string
	for i, stamp := range v.Stamps {
		text := parts.Left(p.measure(stamp.Measure, stamp.Exam), 36) + " " + parts.Left(p.dateOrNone(stamp.Date), 11)
		lines = append(lines, p.env.Styles.Weak.Render(parts.Cut(text+" "+p.verdict(i, stamp, v.Decision), width)))
	}
	return lines
}

func (p *Page) verdict(i int, stamp domain.Stamp, d *domain.BookletDecision) string {
	t := p.env.Texts
	if stamp.Invalid != "" {
		return "/ " + t.Invalid(stamp.Invalid)
	}
	if d == nil {
		return ""
	}
	for _, l := range d.Lines {
		if l.Stamp == i || l.Stamp < 0 && l.Measure == stamp.Measure {
			said := t.BonusReason(bonus.Reason{Code: l.Code, Cause: l.Cause, Exam: l.Exam, Token: l.Token})
			if l.Cents != 0 {
				said = t.Money(int(l.Cents)) + "  " + said
			}
			return said
		}
	}
	return ""
}
