// Package cardloss is the page for a health card that is lost or stolen: every
// card is blocked at once, and a new one is ordered to the stored address. Whoever
// has not identified tells name, birth date and postcode first; the answer is
// right or not right for all of it.
package cardloss

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/seat"
	"schalter/tui/second"
	"schalter/tui/told"
)

// beatTime is how often the page is drawn anew: an undo counts down.
const beatTime = time.Second

// want is what somebody came for.
type want uint8

const (
	nothing want = iota
	lost
	stolen
	fresh // a new card
)

// Page blocks and orders cards of a visit's member.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	view    *desk.CardsView // nil before the first answer
	wants   want            // is asked for the facts while this is set
	blocked bool            // was done here
	wrong   error           // the latest answer, while it may be tried again

	name, born, postcode told.Line
	form                 *told.Form

	second *second.Request // for a new card that one person alone may not order

	round     uint64
	load, act page.Slot
}

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	p := &Page{env: env, seat: s, visit: visit, name: told.Name(), born: told.BirthDate(), postcode: told.Postcode()}
	p.form = told.New(p.name, p.born, p.postcode)
	p.second = second.NewRequest(env, s)
	return p
}

// The answers of the desk, and the heartbeat.
type (
	loaded struct {
		view desk.CardsView
		err  error
	}
	compared struct{ err error }
	done     struct {
		said    string
		blocked bool
		err     error
	}
	beat struct{ round uint64 }
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	p.round++
	return tea.Batch(p.read(), p.nextBeat(), p.second.Enter())
}

// Leave implements page.Leaving: nothing that was told stays.
func (p *Page) Leave(why page.Why) tea.Cmd {
	p.round++
	p.stop()
	return p.second.Leave(why)
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.CardLoss.Title }

// Input implements page.Typing.
func (p *Page) Input() page.Input {
	if p.second.IsOpen() {
		return p.second.Input()
	}
	if p.wants != nothing {
		return page.Text
	}
	return page.Commands
}

// Mark implements page.Typing.
func (p *Page) Mark() {
	p.form.Mark()
	p.second.Mark()
}

// Rewind implements page.Typing.
func (p *Page) Rewind() {
	p.form.Rewind()
	p.second.Rewind()
}

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	if p.second.IsOpen() {
		return p.second.Keys()
	}
	if p.wants != nothing {
		cancel := keys.Binding{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: p.stop}
		return append(p.form.Keys(p.env, p.seat, p.visit, p.compare), cancel)
	}
	leave := keys.Binding{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back}
	if p.view == nil {
		return []keys.Binding{leave}
	}
	return append(p.actions(), leave)
}

// actions are what can be done, as the page draws them.
func (p *Page) actions() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{
		{ID: "lost", Keys: []string{"v"}, Text: t.CardLost, Off: p.off(rights.BlockCard), Do: func() tea.Cmd { return p.begin(lost) }},
		{ID: "stolen", Keys: []string{"g"}, Text: t.CardStolen, Off: p.off(rights.BlockCard), Do: func() tea.Cmd { return p.begin(stolen) }},
		{ID: "order", Keys: []string{"n"}, Text: t.OrderCard, Off: p.off(rights.OrderCard), Do: func() tea.Cmd { return p.begin(fresh) }},
	}
	if p.mayUndo() {
		out = append(out, keys.Binding{ID: "undo", Keys: []string{"u"}, Text: t.Undo, Do: p.undo})
	}
	return out
}

func (p *Page) mayUndo() bool { return p.view.UndoCase != "" && p.env.Now().Before(p.view.UndoUntil) }

// off is the sentence that says why an operation is refused now; "" if it is not.
func (p *Page) off(op rights.Operation) string {
	for _, a := range p.view.Actions {
		if a.Operation == op && !a.Allowed {
			what, _ := p.env.Texts.Error(domain.Fail(domain.Refused, a.Why))
			return what
		}
	}
	return ""
}

// begin asks for the facts where nothing is known, else whether to do it.
func (p *Page) begin(w want) tea.Cmd {
	if !p.view.Known {
		p.wants = w
		return nil
	}
	return p.ask(w)
}

func (p *Page) ask(w want) tea.Cmd {
	t := p.env.Texts.CardLoss
	q := page.Question{Title: t.Block, Lines: t.BlockHow, Yes: t.BlockYes, Then: p.block}
	switch w {
	case stolen:
		q.Lines = append(q.Lines[:len(q.Lines):len(q.Lines)], t.Stolen)
	case fresh:
		q = page.Question{Title: t.Order, Lines: t.OrderHow, Yes: t.OrderYes, Then: p.order}
	}
	return page.Ask(q)
}

// stop gives up what was begun, and forgets what was told.
func (p *Page) stop() tea.Cmd {
	p.wants, p.wrong = nothing, nil
	p.form.Clear(p.env)
	return nil
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if cmd, ok := p.second.Update(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case beat:
		if msg.round != p.round {
			return nil
		}
		return p.nextBeat()
	case loaded:
		if msg.err != nil {
			return p.failed(msg.err)
		}
		p.view = &msg.view
		return nil
	case compared:
		return p.wasCompared(msg.err)
	case done:
		return p.wasDone(msg)
	}
	if p.wants == nothing || p.act.Busy() {
		return nil
	}
	cmd, _ := p.form.Update(msg)
	return cmd
}

func (p *Page) nextBeat() tea.Cmd {
	round := p.round
	return p.env.After(beatTime, func(time.Time) tea.Msg { return beat{round} })
}

func (p *Page) read() tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := d.Cards(ctx, actor, visit)
		return loaded{view, err}
	})
}

func (p *Page) compare() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	typed := desk.Facts{Name: p.name.Field.Value(), BirthDate: p.born.Field.Value(), Postcode: p.postcode.Field.Value()}
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		return compared{d.TellFacts(ctx, actor, visit, typed)}
	})
}

func (p *Page) wasCompared(err error) tea.Cmd {
	p.wrong = nil
	switch {
	case p.wants == nothing: // cancelled meanwhile
		return p.read()
	case errors.Is(err, domain.Fail(domain.Refused, domain.ReasonFactsWrong)):
		p.wrong = err
		p.form.Again()
		return nil
	case desk.IsKind(err, domain.Refused), desk.IsKind(err, domain.Locked):
		p.stop()
		return p.failed(err)
	case err != nil:
		return p.failed(err)
	}
	w := p.wants
	p.stop()
	p.view.Known = true
	return tea.Batch(page.Say(p.env.Texts.CardLoss.Right), p.read(), p.ask(w))
}

func (p *Page) block() tea.Cmd {
	said := p.env.Texts.CardLoss.Blocked
	return p.carryOut(func(ctx context.Context, d *desk.Desk, a domain.Actor, req domain.RequestID) done {
		r, err := d.BlockCard(ctx, a, p.visit, req)
		return done{said(r.Case.Grouped()), true, err}
	})
}

func (p *Page) order() tea.Cmd {
	said := p.env.Texts.CardLoss.OrderedS
	return p.carryOut(func(ctx context.Context, d *desk.Desk, a domain.Actor, req domain.RequestID) done {
		r, err := d.OrderCard(ctx, a, p.visit, req)
		return done{said: said(r.Case.Grouped()), err: err}
	})
}

// offerSecond shows how a second person is asked for a new card, where the address
// is too new to be relied on alone.
func (p *Page) offerSecond(why error) tea.Cmd {
	d, actor, visit := p.seat.Desk, p.seat.Actor, p.visit
	p.second.Offer(second.Wish{
		Why: why,
		Ask: func(ctx context.Context, req domain.RequestID) (code.Case, error) {
			return d.AskSecond(ctx, actor, visit, req, desk.Asking{Operation: rights.OrderCard})
		},
		Then: p.order,
		Else: p.read,
	})
	return nil
}

func (p *Page) undo() tea.Cmd {
	said, number := p.env.Texts.CardLoss.Undone, p.view.UndoCase
	return p.carryOut(func(ctx context.Context, d *desk.Desk, a domain.Actor, req domain.RequestID) done {
		return done{said: said, err: d.UndoOrder(ctx, a, p.visit, req, number)}
	})
}

// carryOut runs a use case under a request of its own.
func (p *Page) carryOut(do func(context.Context, *desk.Desk, domain.Actor, domain.RequestID) done) tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor := p.seat.Desk, p.seat.Actor
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		req, err := d.NewRequest()
		if err != nil {
			return done{err: err}
		}
		return do(ctx, d, actor, req)
	})
}

func (p *Page) wasDone(msg done) tea.Cmd {
	if errors.Is(msg.err, domain.Fail(domain.Refused, domain.ReasonSecondAddress)) {
		return p.offerSecond(msg.err)
	}
	if msg.err != nil {
		return tea.Batch(p.failed(msg.err), p.read())
	}
	p.blocked = p.blocked || msg.blocked
	return tea.Batch(page.Say(msg.said), p.read())
}

// failed tells of an error; a visit that is over leads back to the search.
func (p *Page) failed(err error) tea.Cmd {
	if errors.Is(err, domain.Fail(domain.Refused, domain.ReasonVisitOver)) {
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	}
	return page.Fail(err)
}
