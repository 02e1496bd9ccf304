// Package booklet is the page on which a paper bonus booklet is entered: boxes
// in booklet order, dates on the numeric keypad, the total and what is missing
// after every key. It books when the number of stamps counted on paper agrees,
// decides, and lands in the search for the next person.
//
// What is typed is package grid's; what it is worth is decided by the desk's
// sheet, which is read once and asked after every key.
package booklet

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/tui/booklet/grid"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/second"
)

// Params say whose booklet is entered. Without a year it is the one whose
// booklets come in now.
type Params struct {
	Visit  domain.VisitID
	Member domain.MemberID
	Year   int
	// Programme is "" where only one decides the year.
	Programme string
}

// Page is the entry of one booklet.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID
	ref   desk.BookletRef

	sheet     *desk.Sheet // nil before the first answer
	grid      *grid.Grid
	received  date.Date
	enrolled  date.Date      // where the period begins with it
	option    string         // the insured's choice, "" for none
	decision  bonus.Decision // of what is typed so far
	unfit     error          // why it cannot be decided
	problem   grid.Problem   // why enter did not leave the cell
	kind      kind
	changed   bool // typed and not stored
	unsettled bool // booked, and another person has to decide it
	deciding  bool // what the form of the second person is for

	asking  asking
	day     *parts.Field // the day of receipt, while it is typed
	second  *second.Form
	signing func(reason string, who desk.Credentials) tea.Cmd // what the form is for
	pending domain.RequestID                                  // of the booking under way, the same for every try

	load, act page.Slot
}

// kind is what an entry becomes when it is booked.
type kind uint8

const (
	first kind = iota
	correction
	supplement
	closed // booked before: nothing is typed
)

// asking is what the keys answer beside the grid.
type asking uint8

const (
	nothing asking = iota
	whyInvalid
	whichDay       // of receipt
	whichExam      // when the measure of the row was used before
	whichStart     // when the person enrolled
	whichProgramme // of several that decide the year
	whoElse
)

// New makes the page.
func New(env *page.Env, s *seat.Seat, params Params) *Page {
	year := params.Year
	if year == 0 {
		year = comingIn(date.Of(env.Now()))
	}
	return &Page{
		env: env, seat: s, visit: params.Visit,
		ref:    desk.BookletRef{Member: params.Member, Programme: params.Programme, Year: year},
		day:    parts.NewField(parts.FieldConfig{Shape: "##.##.##"}),
		second: second.New(s),
	}
}

// comingIn is the bonus year whose booklets are handed in on a day: until the end
// of April mostly those of the year before.
func comingIn(today date.Date) int {
	if today.Month() <= 4 {
		return today.Year() - 1
	}
	return today.Year()
}

// The answers of the desk.
type (
	opened struct {
		sheet *desk.Sheet
		err   error
	}
	booked struct {
		decision domain.BookletDecision
		saved    bool // entered, whether or not it was decided
		err      error
	}
	putAside struct {
		text string
		err  error
	}
	accepted struct{ err error }
	learnt   struct {
		sheet *desk.Sheet
		err   error
	}
	ended struct {
		said string
		err  error
	}
)

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return p.open() }

// open lays the booklet on the table.
func (p *Page) open() tea.Cmd {
	actor, ref := p.seat.Actor, p.ref
	return p.load.Run(p.env, func(ctx context.Context) tea.Msg {
		sheet, err := p.seat.Desk.OpenBooklet(ctx, actor, ref)
		return opened{sheet, err}
	})
}

// Leave implements page.Leaving: a passphrase that was begun does not stay.
func (p *Page) Leave(page.Why) tea.Cmd {
	p.closeSecond()
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string {
	t := p.env.Texts.Booklet
	switch p.kind {
	case correction:
		return t.Title(p.ref.Year) + " · " + t.Correction
	case supplement:
		return t.Title(p.ref.Year) + " · " + t.Supplement
	}
	return t.Title(p.ref.Year)
}

// Holds implements page.Holding.
func (p *Page) Holds() bool { return p.changed }

// Input implements page.Typing: digits are taken by Update, letters are commands;
// in the form of the second person, and in the number of an invoice, everything is
// text.
func (p *Page) Input() page.Input {
	if p.second.IsOpen() {
		return p.second.Input()
	}
	if p.typing() && p.grid.AtText() {
		return page.Text
	}
	return page.Commands
}

// Mark implements page.Typing.
func (p *Page) Mark() {
	p.second.Mark()
	if p.grid != nil {
		p.grid.Mark()
	}
}

// Rewind implements page.Typing.
func (p *Page) Rewind() {
	p.second.Rewind()
	if p.grid != nil {
		p.grid.Rewind()
	}
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.typed(msg)
	case page.PasteMsg:
		if p.second.IsOpen() {
			p.second.Paste(msg.Text)
		}
	case opened:
		return p.wasOpened(msg)
	case booked:
		return p.wasBooked(msg)
	case putAside:
		return p.wasPutAside(msg)
	case accepted:
		return p.wasAccepted(msg)
	case printed:
		return p.wasPrinted(msg)
	case learnt:
		return p.wasLearnt(msg)
	case ended:
		return tea.Sequence(page.Say(msg.said), page.Fail(msg.err), page.Reset(page.Start, nil))
	}
	return nil
}

func (p *Page) wasOpened(msg opened) tea.Cmd {
	switch {
	case errors.Is(msg.err, domain.Fail(domain.Invalid, domain.ReasonProgrammeChoice)):
		p.asking = whichProgramme
		return nil
	case msg.err != nil:
		return tea.Sequence(page.Fail(msg.err), page.Back())
	}
	p.sheet, p.ref, p.kind = msg.sheet, msg.sheet.Ref, first
	switch p.sheet.Booklet.State {
	case domain.BookletEntered, domain.BookletDecided, domain.BookletExported, domain.BookletPaid:
		p.kind = closed
	}
	p.layOut()
	if p.unsettled {
		p.askForSecond()
	}
	return nil
}

// layOut makes the grid of the sheet, with what was entered before.
func (p *Page) layOut() {
	form := p.sheet.Form()
	if p.sheet.Booklet.State == 0 || p.kind == supplement {
		form.Received = p.sheet.Today
		if stack := p.seat.Stacking(); stack != nil {
			form.Received = stack.Received
		}
	}
	p.received, p.enrolled, p.option, p.changed = form.Received, form.Enrolled, form.Option, false
	p.spread(form.Stamps)
}

// spread makes the grid anew around entries, once the period is known.
func (p *Page) spread(entries []domain.Stamp) {
	var boxes []bonus.Box
	if p.asking = nothing; p.sheet.Programme.Period.FromEnrolment && p.enrolled == 0 {
		p.asking = whichStart
	} else {
		boxes, p.unfit = p.sheet.Boxes(desk.BookletForm{Received: p.received, Enrolled: p.enrolled})
	}
	p.grid = grid.New(boxes, p.sheet.Programme.PeriodOf(p.ref.Year, p.enrolled))
	p.grid.Fill(entries)
	p.judge()
}

// form is what is typed so far.
func (p *Page) form() desk.BookletForm {
	form := p.sheet.Form()
	form.Received, form.Enrolled, form.Option = p.received, p.enrolled, p.option
	form.Stamps = p.grid.Entries()
	form.Counted, _ = p.grid.Control()
	return form
}

// judge asks the sheet what the booklet is worth as it stands.
func (p *Page) judge() {
	if p.asking == whichStart {
		return // no period yet
	}
	p.decision, p.unfit = p.sheet.Assess(p.form())
}

// failed tells of an error; one about the person's record leads back to it.
func (p *Page) failed(err error) tea.Cmd {
	if errors.Is(err, domain.Fail(domain.Conflict, domain.ReasonChangedMeanwhile)) {
		return tea.Batch(page.Fail(err), p.open())
	}
	return page.Fail(err)
}
