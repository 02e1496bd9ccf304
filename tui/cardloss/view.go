package cardloss

import (
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// label is the width of a fact's name.
const label = 12

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	s := sheet.New(width, height)
	switch {
	case p.second.IsOpen():
		p.second.Draw(s)
	case p.view == nil:
		s.Add(p.env.Styles.Weak.Render(p.env.Texts.CardLoss.Loading))
	case p.wants != nothing:
		p.drawForm(s)
	default:
		p.look(s)
	}
	return s.Body()
}

func (p *Page) drawForm(s *sheet.Sheet) {
	t, st := p.env.Texts, p.env.Styles
	s.Add(sheet.Wrap(st.Strong, t.CardLoss.Tell, s.Width())...)
	p.form.Draw(p.env, s)
	if p.wrong != nil {
		what, hint := t.Error(p.wrong)
		s.Add(parts.Notice(st, t, what+" "+hint, s.Width())...)
	}
	s.Spare(sheet.Wrap(st.Weak, t.Told.OneAnswer, s.Width())...)
}

// look shows how the cards stand and what can be done.
func (p *Page) look(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	s.Add(p.fact(t.CardLoss.Card, p.card()), p.fact(t.CardLoss.Ordered, p.ordered()))
	if p.view.Second != "" {
		what, _ := t.Error(domain.Fail(domain.Refused, p.view.Second))
		s.Add(parts.Notice(st, t, t.CardLoss.Second(what), s.Width())...)
	}
	if p.blocked {
		s.Add(parts.Notice(st, t, t.CardLoss.Next, s.Width())...)
	}
	if p.mayUndo() {
		s.Add(st.Text.Render(t.CardLoss.UndoFor(t.Countdown(p.view.UndoUntil.Sub(p.env.Now())))))
	}
	lines := []string{st.Weak.Render(t.CardLoss.WhatHappened)}
	for _, b := range p.actions() {
		key := " " + st.Key.Render(keys.Show(b, false, t)) + "  "
		text, style := strings.TrimSuffix(b.Text.Help, "."), st.Text
		if b.Off != "" {
			text, style = b.Text.Label+" – "+b.Off, st.Weak
		}
		lines = append(lines, key+style.Render(parts.Cut(text, s.Width()-parts.Width(key))))
	}
	s.Add(lines...)
}

func (p *Page) fact(name, value string) string {
	return p.env.Styles.Weak.Render(parts.Left(name, label)) + p.env.Styles.Text.Render(value)
}

func (p *Page) card() string {
	t, v := p.env.Texts, p.view
	if v.Until.IsZero() || v.State != desk.CardCurrent && v.State != desk.CardIsExpired {
		return t.Card(v.State)
	}
	return t.Member.CardUntil(t.Card(v.State), t.Date(v.Until))
}

func (p *Page) ordered() string {
	t := p.env.Texts
	if p.view.OrderedAt.IsZero() {
		return t.CardLoss.NotOrdered
	}
	return t.Moment(p.local(p.view.OrderedAt))
}

// local is a time at the branch.
func (p *Page) local(at time.Time) time.Time { return at.In(p.env.Now().Location()) }
