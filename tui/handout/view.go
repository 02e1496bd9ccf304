package handout

import (
	"strconv"
	"strings"
	"time"

	"schalter/domain"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
)

const (
	// margin stands left of the picture, gap between picture and text.
	margin, gap = 1, 2
	// narrow is the least width of the text beside the picture.
	narrow = 34
	// broad is the most: longer lines are hard to read aloud.
	broad = 56
	// frame is how many lines of the window are not the page's own while the
	// code is shown.
	frame = 3
)

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	p.room = size{width, height}
	if p.stage == showing {
		return p.drawCode(width, height)
	}
	s := sheet.New(width, height)
	switch p.stage {
	case choosing:
		p.drawPurposes(s)
	case hidden:
		p.drawHidden(s)
	case gone:
		p.drawGone(s)
	case refused:
		p.drawRefused(s)
	case agreeing:
		p.second.Draw(s)
	}
	return s.Body()
}

func (p *Page) drawPurposes(s *sheet.Sheet) {
	t, st := p.env.Texts, p.env.Styles
	if p.act.Busy() {
		s.Add(st.Text.Render(t.HandOut.Making))
		return
	}
	s.Add(st.Strong.Render(t.HandOut.WhatFor))
	lines, at := p.purposes.Draw(st, s.Width(), purposes, func(i, _ int) string {
		return t.Purpose(domain.Purpose(i + 1))
	})
	s.Add(lines...)
	s.Cursor(0, at)
	if v := p.view; v != nil && v.Code.State == domain.CodeLive {
		s.Add(parts.Notice(st, t, t.HandOut.Replaces(t.Moment(p.local(v.Code.ExpiresAt))), s.Width())...)
	}
}

func (p *Page) drawHidden(s *sheet.Sheet) {
	t := p.env.Texts.HandOut
	if p.unseen {
		p.drawNotice(s, t.Unseen, t.UnseenHow)
		return
	}
	p.drawNotice(s, t.Hidden, t.HiddenHow)
}

// drawNotice says that the code is off the screen, and what can be done.
func (p *Page) drawNotice(s *sheet.Sheet, what, how string) {
	s.Add(sheet.Wrap(p.env.Styles.Strong, what, s.Width())...)
	p.drawHow(s, how)
}

// drawHow says what can be done, and how slip and case stand.
func (p *Page) drawHow(s *sheet.Sheet, how string) {
	t, st := p.env.Texts, p.env.Styles
	s.Add(sheet.Wrap(st.Text, how, s.Width())...)
	s.Add(append(p.slipLines(s.Width()), st.Text.Render(t.HandOut.Case(p.made.number)))...)
}

func (p *Page) drawGone(s *sheet.Sheet) {
	t := p.env.Texts
	at := p.status.EndedAt
	if p.status.State == domain.CodeExpired {
		at = p.status.ExpiresAt
	}
	what := t.HandOut.Ended(t.CodeState(p.status.State), t.Moment(p.local(at)))
	how := t.HandOut.EndedHow
	switch {
	case p.redeemed():
		what, how = t.HandOut.Redeemed(t.Moment(p.local(at))), t.HandOut.RedeemHow
	case p.ownEnd:
		how = t.HandOut.RevokedBy
	}
	s.Add(parts.Box(p.env.Styles, strings.ToUpper(t.CodeState(p.status.State)), p.boxed(what, s.Width()-4), s.Width())...)
	p.drawHow(s, how)
}

// boxed is a sentence with air around it, so that it is seen from a step away.
func (p *Page) boxed(text string, width int) []string {
	lines := append([]string{""}, sheet.Wrap(p.env.Styles.Strong, text, width)...)
	return append(lines, "")
}

func (p *Page) drawRefused(s *sheet.Sheet) {
	t, st := p.env.Texts, p.env.Styles
	what, hint := t.Error(p.refusal)
	s.Add(parts.Stop(st, t, what, s.Width())...)
	s.Add(sheet.Wrap(st.Text, hint, s.Width())...)
	s.Add(st.Weak.Render(t.HandOut.Refused))
}

// drawCode draws picture and text side by side. What does not fit is the
// picture, never the code.
func (p *Page) drawCode(width, height int) page.Body {
	picture, columns := p.fitting(width, height)
	textWidth := min(width-margin-columns-gap-1, broad)
	if columns == 0 {
		textWidth = min(width-2*sheet.Margin, broad)
	}
	text := p.text(textWidth, height)
	if p.large && len(picture) > 0 && textWidth < narrow {
		text = []string{p.countdown()}
	}
	top := max(0, min((height-max(len(picture), len(text)))/2, 2))
	lines := make([]string, top)
	left := parts.Indent(picture, margin)
	lead := margin + columns + gap
	if columns == 0 {
		lead = sheet.Margin
	}
	if p.large && textWidth < narrow {
		left, lead = picture, columns+1
	}
	return page.Body{Lines: append(lines, parts.Columns(left, text, lead)...)}
}

// fitting is the picture as it has room, and its width; none if there is none.
func (p *Page) fitting(width, height int) (lines []string, columns int) {
	lines = p.secret.picture(p.env.Styles, p.large)
	columns, _ = p.secret.size(p.large)
	if len(lines) == 0 || len(lines) > height || !p.large && columns+margin+gap+narrow > width {
		return nil, 0
	}
	return lines, columns
}

// text is everything beside the picture, with blank lines between its blocks as
// far as there is room.
func (p *Page) text(width, height int) []string {
	t, st := p.env.Texts, p.env.Styles
	w := t.HandOut
	valid := sheet.Wrap(st.Text, w.Until(t.Moment(p.local(p.made.expiresAt))), width)
	valid = append(valid, sheet.Wrap(st.Text, w.Once(t.Span(p.made.expiresAt.Sub(p.made.madeAt))), width)...)
	valid = append(valid, sheet.Wrap(st.Text, w.Purpose(t.Purpose(p.made.purpose)), width)...)
	return spaced(height,
		[]string{st.Text.Render(parts.Cut(w.For(p.whose()), width))},
		[]string{st.Strong.Render(p.secret.code)},
		valid, p.steps(width), p.state(width),
	)
}

func spaced(height int, blocks ...[]string) []string {
	var out []string
	for _, b := range blocks {
		height -= len(b)
	}
	for i, b := range blocks {
		if i > 0 && height > 0 {
			out = append(out, "")
			height--
		}
		out = append(out, b...)
	}
	return out
}

// whose tells the member by initials and three digits only.
func (p *Page) whose() string {
	if p.view == nil {
		return p.env.Texts.Common.Masked
	}
	return parts.Text(initials(p.view.Masked.Name)) + " •••" + p.view.Masked.Last3
}

// steps are what the member does next, to be read aloud.
func (p *Page) steps(width int) []string {
	w, st := p.env.Texts.HandOut, p.env.Styles
	lines := sheet.Wrap(st.Weak, w.StepsHead, width)
	for i, step := range w.Steps {
		for j, l := range parts.Wrap(step, width-3) {
			number := "   "
			if j == 0 {
				number = strconv.Itoa(i+1) + ". "
			}
			lines = append(lines, st.Text.Render(number+l))
		}
	}
	return lines
}

// state is how slip, timer and picture stand.
func (p *Page) state(width int) []string {
	w, st := p.env.Texts.HandOut, p.env.Styles
	lines := append(p.slipLines(width), p.timerLines(width)...)
	if said := p.pictureLine(); said != "" {
		lines = append(lines, sheet.Wrap(st.Caution, said, width)...)
	}
	if p.made.superseded {
		lines = append(lines, sheet.Wrap(st.Text, w.Superseded, width)...)
	}
	return append(lines, st.Strong.Render(w.OnPhone), st.Weak.Render(w.Case(p.made.number)))
}

func (p *Page) slipLines(width int) []string {
	t, st := p.env.Texts, p.env.Styles
	w := t.HandOut
	switch {
	case p.seat.Printer == nil:
		return sheet.Wrap(st.Text, w.SlipNone, width)
	case p.print.Busy():
		return sheet.Wrap(st.Text, w.SlipPrinting, width)
	case p.slip.failed && p.stage == showing:
		return sheet.Wrap(st.Caution, w.SlipFailed(p.keyOf("print")), width)
	case p.slip.printedAt.IsZero():
		return sheet.Wrap(st.Caution, w.SlipMissing, width)
	}
	return sheet.Wrap(st.Text, w.SlipPrinted(t.Time(p.slip.printedAt), parts.Text(p.seat.Printer.Name())), width)
}

// timerLines say when the code hides; in the last seconds they ask for
// attention.
func (p *Page) timerLines(width int) []string {
	t, st := p.env.Texts, p.env.Styles
	said := t.HandOut.HidesIn(t.Countdown(p.left())) + " " + t.HandOut.HidesKey(p.keyOf("extend"))
	if p.left() <= parts.LastCall {
		return sheet.Wrap(st.Caution, "! "+said, width)
	}
	return sheet.Wrap(st.Text, said, width)
}

// keyOf is the key that stands for a binding of the shown code.
func (p *Page) keyOf(id keys.ID) string {
	for _, b := range p.showingKeys() {
		if b.ID == id {
			return keys.Show(b, false, p.env.Texts)
		}
	}
	return ""
}

func (p *Page) countdown() string { return parts.Countdown(p.env.Styles, p.env.Texts, p.left()) }

func (p *Page) left() time.Duration { return p.hideAt.Sub(p.env.Now()) }

// pictureLine says why there is no picture; "" when there is one.
func (p *Page) pictureLine() string {
	w := p.env.Texts.HandOut
	if lines, _ := p.fitting(p.room.width, p.room.height); len(lines) > 0 {
		return ""
	}
	columns, rows := p.secret.size(p.large)
	if len(p.secret.picture(p.env.Styles, p.large)) == 0 {
		return w.NoQR
	}
	return w.QRNeeds(columns+margin+gap+narrow, rows+frame)
}

// whyNotLarger says why the picture cannot be larger; "" when it can.
func (p *Page) whyNotLarger() string {
	if p.secret == nil || p.large {
		return ""
	}
	columns, rows := p.secret.size(true)
	if len(p.secret.picture(p.env.Styles, false)) == 0 {
		return p.env.Texts.HandOut.NoQR
	}
	if p.room.width < columns || p.room.height < rows {
		return strings.TrimSuffix(p.env.Texts.HandOut.QRNeeds(columns, rows+frame), ".")
	}
	return ""
}

// local is a time at the branch.
func (p *Page) local(at time.Time) time.Time { return at.In(p.env.Now().Location()) }
