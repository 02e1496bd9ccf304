package booklet

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
	"schalter/tui/booklet/grid"
	"schalter/tui/page"
)

// book enters the booklet and decides it, once the stamps counted on paper agree
// with what was typed.
func (p *Page) book() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	if p.problem = p.grid.Check(); p.problem != "" {
		return p.tone()
	}
	counted, ok := p.grid.Control()
	switch stamps := desk.StampCount(p.grid.Entries()); {
	case !ok:
		p.grid.Move(len(p.grid.Rows()))
		p.problem = grid.NoCount
		return p.tone()
	case counted != stamps:
		p.grid.Move(len(p.grid.Rows()))
		return tea.Batch(p.tone(), page.Say(p.env.Texts.Booklet.CountDiffers(counted, stamps)))
	}
	return p.enterAndDecide(desk.Credentials{})
}

// request is the id of the booking under way: a second try after an unknown
// outcome must not book twice.
func (p *Page) request() (domain.RequestID, error) {
	if p.pending != (domain.RequestID{}) {
		return p.pending, nil
	}
	id, err := p.seat.Desk.NewRequest()
	p.pending = id
	return id, err
}

func (p *Page) enterAndDecide(other desk.Credentials) tea.Cmd {
	req, err := p.request()
	if err != nil {
		return page.Fail(err)
	}
	signed := desk.Signature{Credentials: other, Version: req, Total: p.decision.Total}
	if p.kind == closed {
		signed.Version = p.sheet.Booklet.Latest().Request
	}
	d, actor, ref, form, save := p.seat.Desk, p.seat.Actor, p.ref, p.form(), p.save()
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		defer clear(other.Passphrase)
		if save != nil {
			if err := save(ctx, actor, req, ref, form); err != nil {
				return booked{err: err}
			}
		}
		decision, err := decide(ctx, d, actor, ref, signed)
		return booked{decision, true, err}
	})
}

func decide(ctx context.Context, d *desk.Desk, actor domain.Actor, ref desk.BookletRef, second desk.Signature) (domain.BookletDecision, error) {
	req, err := d.NewRequest()
	if err != nil {
		return domain.BookletDecision{}, err
	}
	return d.DecideBooklet(ctx, actor, req, ref, second)
}

// save is how this entry is written down; nil where it is stored already.
func (p *Page) save() func(context.Context, domain.Actor, domain.RequestID, desk.BookletRef, desk.BookletForm) error {
	d := p.seat.Desk
	switch {
	case p.kind == closed:
		return nil
	case p.kind == correction:
		return d.CorrectBooklet
	case p.kind == supplement:
		return d.SupplementBooklet
	}
	return d.EnterBooklet
}

// decide decides a booklet that somebody entered before.
func (p *Page) decide() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	return p.enterAndDecide(desk.Credentials{})
}

func (p *Page) wasBooked(msg booked) tea.Cmd {
	switch {
	case msg.err != nil && p.asking == whoElse:
		p.second.Again(msg.err)
		return p.failed(msg.err) // it can be signed again
	case msg.err != nil && msg.saved:
		// What is stored is read again, so that nothing else is signed or shown.
		p.sheet, p.kind, p.changed = nil, closed, false
		p.unsettled = errors.Is(msg.err, domain.Fail(domain.Refused, domain.ReasonOtherDecider))
		if p.unsettled {
			return p.open()
		}
		return tea.Batch(p.failed(msg.err), p.open())
	case msg.err != nil:
		return p.failed(msg.err)
	}
	p.changed = false
	p.closeSecond()
	return p.finish(p.outcome(msg.decision))
}

// outcome says in the status line what was decided.
func (p *Page) outcome(d domain.BookletDecision) string {
	t := p.env.Texts
	if d.Refusal != "" {
		return t.Booklet.Refused(t.BonusRefusal(d.Refusal))
	}
	return t.Booklet.Booked(t.Money(int(d.ToPay)))
}

// finish ends the visit, and lands in the search for the next booklet.
func (p *Page) finish(said string) tea.Cmd {
	p.pending = domain.RequestID{}
	if stack := p.seat.Stacking(); stack != nil {
		stack.Done++
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return tea.Batch(p.tone(), p.act.Run(p.env, func(ctx context.Context) tea.Msg { return ended{said, d.EndVisit(ctx, actor, visit)} }))
}

// askForSecond: the sum, or the sample, wants another person than who entered it.
// What they sign is what is stored: the page is closed by then.
func (p *Page) askForSecond() {
	t := p.env.Texts
	p.asking, p.unsettled, p.deciding = whoElse, false, true
	p.signing = func(_ string, who desk.Credentials) tea.Cmd { return p.enterAndDecide(who) }
	p.second.Open(
		t.Booklet.OtherDecides,
		t.Booklet.Whose(p.sheet.Masked.Name.Listed(), p.ref.Year),
		t.Booklet.Worth(t.Money(int(p.decision.Total)), len(p.grid.Entries())),
		p.refusal(),
	)
}

func (p *Page) sign() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	who, ok := p.second.Take()
	if !ok {
		return nil
	}
	return p.signing(p.second.Reason(), who)
}

// unsigned puts the form away. A booklet that is booked waits for whoever opens it
// next.
func (p *Page) unsigned() tea.Cmd {
	deciding := p.deciding
	p.closeSecond()
	if deciding {
		return p.finish(p.env.Texts.Booklet.DecidedLater)
	}
	return nil
}

// refusal says what speaks against the booklet as a whole; "" for nothing.
func (p *Page) refusal() string {
	if p.decision.Refusal == "" {
		return ""
	}
	t := p.env.Texts
	return t.BonusRefusal(p.decision.Refusal) + " " + t.Booklet.Lost(t.Money(int(p.decision.Hypothetical)))
}

// askRelease asks for two people to free the person from the measure of the row.
func (p *Page) askRelease() tea.Cmd {
	row := p.grid.Row()
	measure := row.Measure.ID
	return p.askAcceptance(p.env.Texts.Booklet.Releasing(p.measure(measure, row.Exam)),
		func(d *desk.Desk, ctx context.Context, a domain.Actor, req domain.RequestID, ref desk.BookletRef, reason string, who desk.Credentials) error {
			return d.ReleaseMeasure(ctx, a, req, ref, measure, reason, who)
		})
}

// askLate asks for two people to accept a booklet that came too late.
func (p *Page) askLate() tea.Cmd {
	return p.askAcceptance(p.env.Texts.Booklet.AcceptingLate, (*desk.Desk).AcceptLate)
}

// askAcceptance opens the form for something two people take upon themselves. It
// is written into the stored booklet, so that what is being typed is parked first.
func (p *Page) askAcceptance(what string, accept acceptance) tea.Cmd {
	p.asking, p.deciding = whoElse, false
	p.signing = func(reason string, who desk.Credentials) tea.Cmd {
		d, actor, ref, form, stored := p.seat.Desk, p.seat.Actor, p.ref, p.form(), p.kind == closed
		return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
			defer clear(who.Passphrase)
			todo := []func(domain.RequestID) error{
				func(req domain.RequestID) error { return d.ParkBooklet(ctx, actor, req, ref, form) },
				func(req domain.RequestID) error { return accept(d, ctx, actor, req, ref, reason, who) },
			}
			if stored {
				todo = todo[1:]
			}
			return accepted{steps(d, todo...)}
		})
	}
	p.second.OpenWithReason(what, p.env.Texts.Booklet.Whose(p.sheet.Masked.Name.Listed(), p.ref.Year))
	return nil
}

// acceptance is the use case by which two people accept something.
type acceptance func(d *desk.Desk, ctx context.Context, a domain.Actor, req domain.RequestID, ref desk.BookletRef, reason string, who desk.Credentials) error

// steps carries out one request after the other until one fails.
func steps(d *desk.Desk, todo ...func(domain.RequestID) error) error {
	for _, step := range todo {
		req, err := d.NewRequest()
		if err == nil {
			err = step(req)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wasAccepted reads the booklet again: two people stand behind it now.
func (p *Page) wasAccepted(msg accepted) tea.Cmd {
	if msg.err != nil {
		p.second.Again(msg.err)
		return p.failed(msg.err) // the form stays; it can be signed again
	}
	p.closeSecond()
	return tea.Batch(page.Say(p.env.Texts.Booklet.Accepted), p.open())
}

func (p *Page) closeSecond() {
	p.second.Close()
	if p.asking == whoElse {
		p.asking = nothing
	}
}

// reopen lets a booklet that was booked be typed again.
func (p *Page) reopen(as kind) func() tea.Cmd {
	return func() tea.Cmd {
		p.kind, p.pending = as, domain.RequestID{}
		p.layOut()
		if as == supplement {
			return p.ask(whichDay)()
		}
		return nil
	}
}

// park puts the booklet aside as it stands.
func (p *Page) park() tea.Cmd {
	if p.problem = p.grid.Check(); p.problem != "" {
		return p.tone()
	}
	d, actor, ref, form := p.seat.Desk, p.seat.Actor, p.ref, p.form()
	return p.putAside(p.env.Texts.Booklet.Parked, func(ctx context.Context, req domain.RequestID) error {
		return d.ParkBooklet(ctx, actor, req, ref, form)
	})
}

// askToQuery shows what the letter will ask for.
func (p *Page) askToQuery() tea.Cmd {
	t := p.env.Texts.Booklet
	lines := []string{t.QueryHow}
	for _, item := range p.questions() {
		lines = append(lines, "· "+p.question(item))
	}
	return page.Ask(page.Question{Title: t.QueryTitle, Lines: lines, Yes: t.QueryYes, Then: p.query})
}

func (p *Page) query() tea.Cmd {
	d, actor, ref, form, items := p.seat.Desk, p.seat.Actor, p.ref, p.form(), p.questions()
	return p.putAside(p.env.Texts.Booklet.Queried, func(ctx context.Context, req domain.RequestID) error {
		return d.QueryBooklet(ctx, actor, req, ref, form, items)
	})
}

// questions are what the member is asked for: everything that is missing.
func (p *Page) questions() []domain.QueryItem {
	var items []domain.QueryItem
	for _, g := range p.decision.Gaps {
		for _, want := range p.wants(g) {
			items = append(items, domain.QueryItem{Measure: g.Measures[0], Exam: g.Exam, Want: want, Text: p.instead(g.Measures[1:])})
		}
	}
	return items
}

// instead names the measures that would do as well.
func (p *Page) instead(others []string) string {
	if len(others) == 0 {
		return ""
	}
	names := make([]string, 0, len(others))
	for _, id := range others {
		names = append(names, p.measure(id, ""))
	}
	return p.env.Texts.Booklet.Instead(strings.Join(names, ", "))
}

// wants turns what a gap lacks into what is asked for. Of a whole proof that is
// missing it is the one that the measure asks for first.
func (p *Page) wants(g bonus.Gap) []domain.QueryWant {
	if g.Stamp < 0 || len(g.Wants) == 0 {
		if m, ok := p.sheet.Programme.Measure(g.Measures[0]); ok {
			if tokens := append(slices.Clone(m.Evidence.All), m.Evidence.Any...); len(tokens) > 0 {
				return []domain.QueryWant{wantOf(tokens[0])}
			}
		}
		return []domain.QueryWant{domain.WantStamp}
	}
	var out []domain.QueryWant
	for _, w := range g.Wants {
		out = append(out, wantOf(w))
	}
	return out
}

// wantOf is what is asked for where an entry lacks something.
func wantOf(lack string) domain.QueryWant {
	switch lack {
	case bonus.WantDate:
		return domain.WantDate
	case bonus.WantValue:
		return domain.WantValue
	case bonus.WantCost, "invoice":
		return domain.WantInvoice
	case "certificate", "copy", "seen":
		return domain.WantCertificate
	}
	return domain.WantStamp
}

func (p *Page) putAside(said string, put func(context.Context, domain.RequestID) error) tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	req, err := p.seat.Desk.NewRequest()
	if err != nil {
		return page.Fail(err)
	}
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg { return putAside{said, put(ctx, req)} })
}

func (p *Page) wasPutAside(msg putAside) tea.Cmd {
	if msg.err != nil {
		return p.failed(msg.err)
	}
	p.changed = false
	return p.finish(msg.text)
}
