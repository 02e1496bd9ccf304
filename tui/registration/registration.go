// Package registration is the page for a member whose registration in the app
// fails: what they enter there is compared with the record. With the document
// seen, clerk and supervisor are told line by line; support hears one answer.
package registration

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/told"
)

// Page compares what the app asks for.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	number, digits, postcode told.Line
	form                     *told.Form

	result *desk.Registered // nil before the first answer
	wrong  error            // how many tries are left
	call   page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	p := &Page{env: env, seat: s, visit: visit, number: told.KVNR(), digits: told.Digits(), postcode: told.Postcode()}
	p.form = told.New(p.number, p.digits, p.postcode)
	return p
}

// checked is the desk's answer.
type checked struct {
	result desk.Registered
	err    error
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Leave implements page.Leaving: nothing that was typed stays.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.call.Stop(p.env)
	p.form.Clear(p.env)
	p.result, p.wrong = nil, nil
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Registration.Title }

// Input implements page.Typing.
func (p *Page) Input() page.Input { return page.Text }

// Mark implements page.Typing.
func (p *Page) Mark() { p.form.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.form.Rewind() }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding { return p.form.Keys(p.env, p.seat, p.visit, p.check) }

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(checked); ok {
		return p.wasChecked(msg)
	}
	if p.call.Busy() {
		return nil
	}
	cmd, _ := p.form.Update(msg)
	return cmd
}

func (p *Page) check() tea.Cmd {
	if p.call.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	typed := desk.Registration{KVNR: p.number.Field.Value(), Digits: p.digits.Field.Value(), Postcode: p.postcode.Field.Value()}
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		result, err := d.CheckRegistration(ctx, actor, visit, typed)
		return checked{result, err}
	})
}

func (p *Page) wasChecked(msg checked) tea.Cmd {
	p.result, p.wrong = nil, nil
	switch {
	case msg.err == nil:
		p.result = &msg.result
		return nil
	case errors.Is(msg.err, domain.Fail(domain.Refused, domain.ReasonFactsWrong)):
		p.result, p.wrong = &msg.result, msg.err
		p.form.Again()
		return nil
	case errors.Is(msg.err, domain.Fail(domain.Refused, domain.ReasonVisitOver)):
		return tea.Sequence(page.Fail(msg.err), page.Reset(page.Start, nil))
	}
	return tea.Sequence(page.Fail(msg.err), page.Back())
}

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	t, st := p.env.Texts, p.env.Styles
	s := sheet.New(width, height)
	s.Add(sheet.Wrap(st.Strong, t.Registration.Ask, s.Width())...)
	p.form.Draw(p.env, s)
	s.Add(p.answer(s.Width())...)
	s.Spare(sheet.Wrap(st.Weak, t.Registration.Counts, s.Width())...)
	return s.Body()
}

// answer is what was compared: all of it, and line by line where that is told.
func (p *Page) answer(width int) []string {
	t, st, r := p.env.Texts, p.env.Styles, p.result
	if r == nil {
		return nil
	}
	if r.All {
		return sheet.Wrap(st.Strong, parts.Tick(true)+" "+t.Registration.Right, width)
	}
	what, _ := t.Error(p.wrong)
	lines := parts.Notice(st, t, what, width)
	if !r.Told {
		return lines
	}
	for _, l := range []struct {
		name  string
		right bool
	}{{t.Told.KVNR, r.KVNR}, {t.Told.Digits, r.Digits}, {t.Told.Postcode, r.Postcode}} {
		said, style := t.Registration.No, st.Caution
		if l.right {
			said, style = t.Registration.Yes, st.Text
		}
		lines = append(lines, st.Weak.Render(parts.Left(l.name, label))+style.Render(parts.Tick(l.right)+" "+said))
	}
	return lines
}

// label is the width of a line's name.
const label = 31
