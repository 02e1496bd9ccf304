package requests

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/second"
)

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	if p.answering != nothing {
		text := t.Approve
		if p.answering == no {
			text = t.Refuse
		}
		return []keys.Binding{
			{ID: "send", Keys: []string{"enter"}, Text: text, Do: p.send},
			{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: p.stop},
		}
	}
	leave := keys.Binding{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back}
	v, ok := p.current()
	if !ok {
		return []keys.Binding{leave}
	}
	out := []keys.Binding{
		{ID: "approve", Keys: []string{"j", "y"}, Text: t.Approve, Off: p.whyNoAnswer(v), Do: p.answer(yes)},
		{ID: "refuse", Keys: []string{"n"}, Text: t.Refuse, Off: p.whyNoAnswer(v), Do: p.answer(no)},
		{ID: "withdraw", Keys: []string{"z"}, Text: t.Withdraw, Off: p.whyNotWithdraw(v), Do: p.askToWithdraw},
		leave,
	}
	if p.list.Len() > 1 {
		out = append(out, keys.Binding{ID: "pick", Keys: keys.Digits(min(p.list.Len(), 9)), Text: t.Pick, Quiet: true, Pick: p.pick})
	}
	return out
}

// whyNoAnswer says why a request cannot be answered by its reader; "" if it can.
func (p *Page) whyNoAnswer(v desk.ApprovalView) string {
	switch {
	case v.MayAnswer:
		return ""
	case v.Mine:
		return p.env.Texts.Requests.OwnAnswer
	}
	return p.env.Texts.Requests.NotWaiting
}

// whyNotWithdraw says why a request cannot be taken back; "" if it can.
func (p *Page) whyNotWithdraw(v desk.ApprovalView) string {
	switch {
	case !v.Mine:
		return p.env.Texts.Requests.NotMine
	case v.State != domain.ApprovalAsked && v.State != domain.ApprovalGiven:
		return p.env.Texts.Requests.NotWaiting
	}
	return ""
}

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	s := sheet.New(width, height)
	st, t := p.env.Styles, p.env.Texts.Requests
	switch {
	case p.answering != nothing:
		p.drawAnswer(s)
	case !p.read:
		s.Add(st.Weak.Render(t.Loading))
	case len(p.views) == 0:
		s.Add(st.Text.Render(t.None), st.Weak.Render(t.NoneHow))
	default:
		p.drawList(s)
	}
	return s.Body()
}

// rows is how many lines of the list are shown beside a whole request.
const rows = 8

// drawList shows the requests in short, and the chosen one whole.
func (p *Page) drawList(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	columns := []parts.Column{{Width: 5}, {}, {Width: 16}, {Width: 16}}
	const marker = 5
	head := parts.Row(columns, []string{"", t.Requests.What, t.Requests.Who, t.Requests.How}, s.Width()-marker)
	lines, at := p.list.Draw(st, s.Width(), rows, func(i, width int) string {
		v := p.views[i]
		who := parts.Text(v.Requester)
		if v.Mine {
			who = t.Requests.Mine
		}
		return parts.Row(columns, []string{t.Time(v.AskedAt.In(p.env.Now().Location())), t.Operation(v.Operation), who, p.state(v)}, width)
	})
	s.Add(append([]string{parts.Left("", marker) + st.Weak.Render(head)}, lines...)...)
	s.Cursor(0, at+1)
	if v, ok := p.current(); ok {
		s.Add(p.whole(v, s.Width())...)
	}
}

// state is the word for how a request stands, with the time it has left.
func (p *Page) state(v desk.ApprovalView) string {
	t := p.env.Texts
	said := t.ApprovalState(v.State)
	if left := v.Until.Sub(p.env.Now()); left > 0 && (v.State == domain.ApprovalAsked || v.State == domain.ApprovalGiven) {
		said += " " + t.Countdown(left)
	}
	return said
}

func (p *Page) whole(v desk.ApprovalView, width int) []string {
	var lines []string
	for _, l := range second.Lines(p.env, v) {
		lines = append(lines, sheet.Wrap(p.env.Styles.Text, l, width)...)
	}
	return lines
}

// drawAnswer shows once more all that is signed, above the passphrase.
func (p *Page) drawAnswer(s *sheet.Sheet) {
	st, t := p.env.Styles, p.env.Texts
	if p.answering == yes {
		s.Add(st.Strong.Render(t.Requests.Yes))
	} else {
		s.Add(st.Caution.Render(t.Requests.No))
	}
	s.Add(p.whole(p.view, s.Width())...)
	if p.act.Busy() {
		s.Add(st.Weak.Render(t.Second.Checking))
		return
	}
	label := t.Requests.Sign + "  "
	field, x := p.pass.Draw(st, true)
	s.Add(st.Weak.Render(label) + field)
	s.Cursor(parts.Width(label)+x, 0)
}

func (p *Page) pick(n int) tea.Cmd {
	p.choose(n - 1)
	return nil
}

func is(err error, why domain.Reason) bool { return errors.Is(err, domain.Fail(0, why)) }
