package account

import (
	"fmt"
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// label is the width of a fact's name.
const label = 17

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	s := sheet.New(width, height)
	if p.view == nil {
		s.Add(p.env.Styles.Weak.Render(p.env.Texts.Account.Loading))
		return s.Body()
	}
	switch p.step {
	case device:
		p.chooseDevice(s)
	case why:
		p.chooseWhy(s)
	case words:
		p.askWords(s)
	case weighing:
		p.weigh(s)
	default:
		p.look(s)
	}
	return s.Body()
}

// look shows how the account stands and what can be done.
func (p *Page) look(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	s.Add(p.facts(s.Width())...)
	s.Add(p.devices(s.Width(), false)...)
	s.Add(p.after(s.Width())...)
	lines := []string{st.Weak.Render(t.Account.WhatHappened)}
	for _, b := range p.actions() {
		key := " " + st.Key.Render(keys.Show(b, false, t)) + "  "
		text, style := strings.TrimSuffix(b.Text.Help, "."), st.Text
		if b.Off != "" {
			text, style = b.Text.Label+" – "+b.Off, st.Weak
		}
		lines = append(lines, key+style.Render(parts.Cut(text, s.Width()-parts.Width(key))))
	}
	s.Add(lines...)
	s.Spare(sheet.Wrap(st.Weak, t.Account.AppOffers, s.Width())...)
}

func (p *Page) facts(width int) []string {
	st, t, v := p.env.Styles, p.env.Texts, p.view
	fact := func(name, value string) string {
		return st.Weak.Render(parts.Left(name, label)) + st.Text.Render(parts.Cut(value, width-label))
	}
	state := t.AccountState(v.State)
	if !v.BlockedAt.IsZero() {
		state += t.Account.Since(t.Moment(p.local(v.BlockedAt)))
	}
	if !v.RunsAt.IsZero() {
		state += t.Account.RunsAt(t.Moment(p.local(v.RunsAt)))
	}
	lines := []string{fact(t.Account.State, state)}
	if v.State.Exists() {
		lines = append(lines,
			fact(t.Account.Identification, p.identification()),
			fact(t.Account.Email, map[bool]string{true: t.Account.Verified, false: t.Account.NotVerified}[v.EmailVerified]))
		if v.SharedWithEPA {
			lines = append(lines, fact(t.Account.EPA, t.Account.Shared))
		}
	}
	return lines
}

func (p *Page) identification() string {
	t, i := p.env.Texts, p.view.Identified
	if i.Required() {
		return t.Account.Required
	}
	return t.Account.IdentifiedBy(t.IdentifiedBy(i.By), t.Moment(p.local(i.At)))
}

// devices lists the bindings, numbered where one is chosen.
func (p *Page) devices(width int, numbered bool) []string {
	st, t := p.env.Styles, p.env.Texts
	if len(p.view.Devices) == 0 {
		return nil
	}
	lines := []string{st.Weak.Render(t.Account.Devices(len(p.view.Devices)))}
	if p.lacksEvidence() {
		return append(lines, st.Text.Render(" "+t.Account.AfterIdentifying))
	}
	for i, x := range p.view.Devices {
		lines = append(lines, p.device(i, x, width, numbered)...)
	}
	return lines
}

func (p *Page) device(i int, x desk.DeviceView, width int, numbered bool) []string {
	st, t := p.env.Styles, p.env.Texts
	mark := st.Weak.Render(" – ")
	if numbered && i < 9 {
		mark = st.Accent.Render(fmt.Sprintf(" %d ", i+1))
	}
	lines := []string{mark + st.Text.Render(parts.Cut(p.deviceName(x)+t.Account.LastUsed(p.day(x.UsedAt)), width-3))}
	if x.TooOld {
		lines = append(lines, "   "+st.Caution.Render(parts.Cut(t.Account.TooOld, width-3)))
	}
	return lines
}

func (p *Page) deviceName(x desk.DeviceView) string {
	name := parts.Text(x.Name)
	system := map[domain.Platform]string{domain.IOS: "iOS", domain.Android: "Android"}[x.Platform]
	if system != "" && x.OSVersion != "" {
		name += " (" + system + " " + parts.Text(x.OSVersion) + ")"
	}
	return name
}

// after is what is left to do, once something was done.
func (p *Page) after(width int) []string {
	st, t := p.env.Styles, p.env.Texts
	var lines []string
	if p.offer == rights.HandOut {
		lines = append(lines, parts.Notice(st, t, t.Account.NowIdentify, width)...)
	}
	if p.mayUndo() {
		left := p.view.UndoUntil.Sub(p.env.Now())
		lines = append(lines, st.Text.Render(parts.Cut(t.Account.UndoFor(t.Countdown(left)), width)))
	}
	return lines
}

func (p *Page) chooseDevice(s *sheet.Sheet) {
	s.Add(p.env.Styles.Strong.Render(p.env.Texts.Account.WhichDevice))
	s.Add(p.devices(s.Width(), true)...)
	s.Add(p.env.Styles.Text.Render(p.env.Texts.Account.OrAll))
}

func (p *Page) chooseWhy(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	s.Add(st.Strong.Render(t.Account.WhyAsk))
	var lines []string
	for i, w := range p.grounds() {
		lines = append(lines, st.Accent.Render(fmt.Sprintf("%2d", i+1))+"  "+st.Text.Render(t.Why(w)))
	}
	s.Add(lines...)
}

func (p *Page) askWords(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	s.Add(st.Strong.Render(t.Account.WhyAsk))
	line, x := p.text.Draw(st, true)
	s.Add(line)
	s.Cursor(x, 0)
	s.Add(parts.Notice(st, t, t.Account.NoHealthData, s.Width())...)
}

// weigh shows what goes and what stays, before it is done.
func (p *Page) weigh(s *sheet.Sheet) {
	st, t, c := p.env.Styles, p.env.Texts, p.plan.effects
	s.Add(st.Strong.Render(t.Operation(c.Operation)))
	half := s.Width() / 2
	list := func(head string, effects []desk.Effect) []string {
		lines := []string{st.Weak.Render(head)}
		for _, e := range effects {
			lines = append(lines, st.Text.Render(parts.Cut("– "+t.Effect(e), half-2)))
		}
		return lines
	}
	s.Add(parts.Columns(list(t.Account.Lost, c.Lost), list(t.Account.Stays, c.Stays), half)...)
	var going []string
	for i, x := range c.Devices {
		going = append(going, p.device(i, x, s.Width(), false)...)
	}
	s.Add(going...)
	if c.Notice != 0 {
		s.Add(st.Text.Render(parts.Cut(t.Account.ToldBy(t.Via(c.Notice)), s.Width())))
	}
	if !c.RunsAt.IsZero() {
		s.Add(parts.Notice(st, t, t.Account.Waits(t.Moment(p.local(c.RunsAt))), s.Width())...)
	}
	s.Add(parts.Notice(st, t, t.Account.NewIdentification, s.Width())...)
	if c.Operation != rights.DeleteAccount {
		return
	}
	field, x := p.last.Draw(st, true)
	ask := t.Account.TypeLast + "  "
	s.Add(st.Text.Render(ask) + field)
	s.Cursor(parts.Width(ask)+x, 0)
}

func (p *Page) local(at time.Time) time.Time { return at.In(p.env.Now().Location()) }

func (p *Page) day(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return p.env.Texts.Day(p.local(at))
}
