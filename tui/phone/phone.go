// Package phone is the page on which a caller is identified: what they answer is
// typed and compared all together, and the page learns only right or not right.
// On a seat that answers the phone it stands where the documents are at the
// counter.
package phone

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

// Page asks what a caller has to know.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	number, digits, postcode, house told.Line
	form                            *told.Form

	wrong   error // the latest answer, while it may be tried again
	stopped error // why it may not; nil while it may
	call    page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	p := &Page{
		env: env, seat: s, visit: visit,
		number: told.KVNR(), digits: told.Digits(), postcode: told.Postcode(), house: told.HouseNumber(),
	}
	p.form = told.New(p.number, p.digits, p.postcode, p.house)
	return p
}

// checked is the desk's answer.
type checked struct{ err error }

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Leave implements page.Leaving: nothing that was said stays.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.call.Stop(p.env)
	p.form.Clear(p.env)
	p.wrong, p.stopped = nil, nil
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Phone.Title }

// Input implements page.Typing.
func (p *Page) Input() page.Input {
	if p.stopped != nil {
		return page.Commands
	}
	return page.Text
}

// Mark implements page.Typing.
func (p *Page) Mark() { p.form.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.form.Rewind() }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	if p.stopped != nil {
		return []keys.Binding{{ID: "continue", Keys: []string{"enter"}, Text: p.env.Texts.Keys.Back, Do: page.Back}}
	}
	return p.form.Keys(p.env, p.seat, p.visit, p.check)
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(checked); ok {
		return p.wasChecked(msg.err)
	}
	if p.stopped != nil || p.call.Busy() {
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
	typed := desk.PhoneAnswers{
		KVNR: p.number.Field.Value(), Digits: p.digits.Field.Value(),
		Postcode: p.postcode.Field.Value(), HouseNumber: p.house.Field.Value(),
	}
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return checked{d.IdentifyByPhone(ctx, actor, visit, typed)}
	})
}

func (p *Page) wasChecked(err error) tea.Cmd {
	p.wrong = nil
	var e *domain.Error
	switch {
	case err == nil:
		return tea.Sequence(page.Say(p.env.Texts.Phone.Right), page.Back())
	case !errors.As(err, &e) || e.Kind != domain.Refused && e.Kind != domain.Locked:
		return page.Fail(err)
	case e.Reason == domain.ReasonVisitOver:
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	case e.Reason == domain.ReasonPhoneWrong:
		p.wrong = err
		p.form.Again()
		return nil
	}
	p.stopped = err
	p.form.Clear(p.env)
	return nil
}

// View implements page.Page.
func (p *Page) View(width, height int) page.Body {
	t, st := p.env.Texts, p.env.Styles
	s := sheet.New(width, height)
	if p.stopped != nil {
		what, hint := t.Error(p.stopped)
		s.Add(parts.Stop(st, t, what, s.Width())...)
		s.Add(sheet.Wrap(st.Text, hint, s.Width())...)
		s.Add(sheet.Wrap(st.Text, t.Phone.Instead, s.Width())...)
		return s.Body()
	}
	s.Add(st.Strong.Render(t.Phone.Ask))
	p.form.Draw(p.env, s)
	if p.wrong != nil {
		what, hint := t.Error(p.wrong)
		s.Add(parts.Notice(st, t, what+" "+hint, s.Width())...)
	}
	s.Spare(append(sheet.Wrap(st.Weak, t.Told.OneAnswer, s.Width()), sheet.Wrap(st.Weak, t.Phone.Rule, s.Width())...)...)
	return s.Body()
}
