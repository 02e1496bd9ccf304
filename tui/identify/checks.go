package identify

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/flow"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// kinds is how many kinds of document can be chosen.
const kinds = int(domain.ForeignIdentityCard)

// The answers of the desk.
type (
	chosen struct {
		kind domain.DocumentKind
		err  error
	}
	checked struct {
		step flow.Step
		err  error
	}
	deviated struct {
		why domain.Reason
		err error
	}
	ended struct{ err error }
)

func (p *Page) choose(n int) tea.Cmd {
	actor, kind := p.seat.Actor, domain.DocumentKind(n)
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return chosen{kind, p.seat.Desk.ChooseDocument(ctx, actor, p.params.Visit, kind)}
	})
}

func (p *Page) wasChosen(msg chosen) tea.Cmd {
	if msg.err != nil {
		return p.notDone(msg.err)
	}
	p.kind = msg.kind
	return p.goOn(flow.Chosen)
}

// check carries the field's answer to the desk.
func (p *Page) check() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.params.Visit
	step, typed := p.step, p.field().Value()
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		switch step {
		case flow.BirthDate:
			return checked{step, d.BirthDate(ctx, actor, visit, typed)}
		case flow.ValidUntil:
			return checked{step, d.ValidUntil(ctx, actor, visit, typed)}
		default:
			return checked{step, d.Card(ctx, actor, visit, typed)}
		}
	})
}

func (p *Page) photoFits() tea.Cmd { return p.photo(true) }

func (p *Page) photoDiffers() tea.Cmd {
	return p.askToEnd(p.env.Texts.Keys.PhotoNo.Help, func() tea.Cmd { return p.photo(false) })
}

func (p *Page) photo(same bool) tea.Cmd {
	actor := p.seat.Actor
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return checked{flow.Photo, p.seat.Desk.Photo(ctx, actor, p.params.Visit, same)}
	})
}

func (p *Page) wasChecked(msg checked) tea.Cmd {
	if msg.err == nil {
		p.checks[msg.step] = check{right: true}
		return p.goOn(flow.Right)
	}
	var e *domain.Error
	if !errors.As(msg.err, &e) || p.final(e) || p.verdict(e) == "" {
		return p.notDone(msg.err)
	}
	p.ahead.Drop()
	p.checks[msg.step] = check{why: e}
	p.field().Clear()
	if e.Reason == domain.ReasonDayNeeded {
		p.withDay = true
		p.fields[flow.ValidUntil] = parts.NewField(parts.FieldConfig{Shape: "##.##.##"})
	}
	return nil
}

// verdict is what is told beside a field that has to be typed again; "" for an
// error that is no verdict on it.
func (p *Page) verdict(e *domain.Error) string {
	t := p.env.Texts.Identify
	switch e.Reason {
	case domain.ReasonDocumentMismatch, domain.ReasonCardMismatch:
		return t.Wrong(e.Count, e.Max)
	case domain.ReasonDateInvalid:
		return t.WrongDate
	case domain.ReasonDigitsInvalid:
		return t.WrongDigit
	case domain.ReasonDocumentExpired:
		return t.Expired
	case domain.ReasonDayNeeded:
		return t.DayNeeded
	}
	return ""
}

// final reports whether an error ends the identification.
func (p *Page) final(e *domain.Error) bool {
	switch e.Reason {
	case domain.ReasonDocumentMismatch, domain.ReasonCardMismatch:
		return e.Max == 0 // named as a deviation; a wrong answer says how many
	case domain.ReasonDocumentExpired:
		return e.Field == "" // so too; what was typed says in which field
	case domain.ReasonDocumentKind, domain.ReasonMRZOff, domain.ReasonNotIdentified:
		return false
	case domain.ReasonCardOther, domain.ReasonCardSuperseded:
		return false // another one may be put in, or digits typed
	}
	return e.Kind == domain.Refused
}

// notDone deals with every error that is no verdict on a field.
func (p *Page) notDone(err error) tea.Cmd {
	p.ahead.Drop()
	var e *domain.Error
	switch {
	case !errors.As(err, &e):
		return page.Fail(err)
	case e.Reason == domain.ReasonVisitOver:
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	case e.Reason == domain.ReasonNotIdentified:
		p.known.BirthDate = false // the document's facts are not complete
		p.restart()
		return page.Fail(err)
	case p.final(e):
		return p.wasRefused(e.Reason, err)
	}
	return page.Fail(err)
}

// askToEnd asks whether to end the identification, and why.
func (p *Page) askToEnd(what string, then func() tea.Cmd) tea.Cmd {
	t := p.env.Texts.Identify
	return page.Ask(page.Question{Title: t.Refusing, Lines: []string{what, t.RefusingHow}, Yes: t.Refuse, Then: then})
}

func (p *Page) refuse(why domain.Reason) tea.Cmd {
	actor := p.seat.Actor
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return deviated{why, p.seat.Desk.Refuse(ctx, actor, p.params.Visit, why)}
	})
}

// wasRefused shows that the identification has ended. The desk answers a
// deviation with an error of its own reason; any other is a failure.
func (p *Page) wasRefused(why domain.Reason, err error) tea.Cmd {
	if !errors.Is(err, domain.Fail(domain.Refused, why)) {
		return p.notDone(err)
	}
	p.ahead.Drop()
	p.zone.wipe()
	for _, f := range p.fields {
		f.Clear()
	}
	p.step, p.refused = flow.Refused, why
	return nil
}

func (p *Page) endVisit() tea.Cmd {
	actor := p.seat.Actor
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		return ended{p.seat.Desk.EndVisit(ctx, actor, p.params.Visit)}
	})
}
