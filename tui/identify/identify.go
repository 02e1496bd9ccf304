// Package identify is the page on which a person is identified: document, birth
// date and validity typed from it, the photo judged, the card's last digits. The
// comparisons are blind; the page learns only right or not right. Which step
// follows is decided by the table of domain/flow, what is right by domain/desk.
//
// Deviations are keys at the place where they happen, so that the honest way is
// as short as the wrong one.
package identify

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/flow"
	"schalter/domain/name"
	"schalter/tui/card"
	"schalter/tui/identify/ahead"
	"schalter/tui/identify/papers"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Params say who is identified and what for.
type Params struct {
	Visit domain.VisitID
	// Known is what the visit has settled already.
	Known flow.Known
	// CardRead: the card that is known was read, not typed.
	CardRead bool
	// Representative acts for the member; the documents are theirs then.
	Representative domain.Representative
	// Then is the page that takes the place of this one once the evidence is
	// complete, with the visit as its params; "" goes back.
	Then page.Kind
}

// Page leads through an identification.
type Page struct {
	env    *page.Env
	seat   *seat.Seat
	params Params

	known   flow.Known // params.Known, as long as the desk agrees
	step    flow.Step
	kind    domain.DocumentKind
	fields  map[flow.Step]*parts.Field
	checks  map[flow.Step]check
	withDay bool          // the validity is asked with its day
	name    name.Verdict  // how far the name of a machine-readable zone agrees
	swapped bool          // the scanner's keyboard language is wrong
	refused domain.Reason // why it ended; "" while it goes on

	// read is how the card that was read compares with the record; nil if none
	// was. isRead: a card that was read is the evidence; gone: it was taken out.
	read         *desk.CardVerdict
	isRead, gone bool

	zone   zone
	ahead  ahead.Queue
	papers papers.Board
	call   page.Slot
}

// check is the verdict on a step's answer: right, or why not.
type check struct {
	right bool
	why   *domain.Error
}

// New makes the page.
func New(env *page.Env, s *seat.Seat, params Params) *Page {
	p := &Page{env: env, seat: s, params: params, known: params.Known, isRead: params.CardRead}
	p.restart()
	return p
}

// restart empties the page. What the visit has gathered stays with the desk.
func (p *Page) restart() {
	p.call.Stop(p.env)
	p.papers.Close(p.env)
	p.ahead.Drop()
	p.zone.wipe()
	for _, f := range p.fields {
		f.Clear()
	}
	p.step, p.kind, p.refused = flow.Start(p.known), 0, ""
	p.name, p.swapped, p.withDay = 0, false, false
	p.read, p.gone = nil, false
	p.checks = map[flow.Step]check{}
	p.fields = map[flow.Step]*parts.Field{
		flow.BirthDate:  parts.NewField(parts.FieldConfig{Shape: "##.##.##"}),
		flow.ValidUntil: parts.NewField(parts.FieldConfig{Shape: "##.##"}),
		flow.Card:       parts.NewField(parts.FieldConfig{Shape: "######"}),
	}
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Leave implements page.Leaving: whoever comes back begins anew, only a locked
// seat goes on, without what stands in no field of a step yet.
func (p *Page) Leave(why page.Why) tea.Cmd {
	if why == page.Locked {
		p.papers.Close(p.env)
		p.ahead.Drop()
		p.zone.wipe()
		return nil
	}
	p.restart()
	return nil
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Identify.Title }

// Input implements page.Typing: digits are taken by Update and letters are
// commands, except where a machine-readable zone is typed.
func (p *Page) Input() page.Input {
	if p.zone.typing() {
		return page.Text
	}
	return page.Commands
}

// Mark implements page.Typing.
func (p *Page) Mark() { p.zone.form.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.zone.form.Rewind() }

// TakesScans implements page.Scanning: until the dates are settled.
func (p *Page) TakesScans() bool {
	_, err := flow.Next(p.step, flow.Scanned, p.known)
	return err == nil
}

// field is the field of the present step; nil where nothing is typed.
func (p *Page) field() *parts.Field { return p.fields[p.step] }

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg, page.ScanMsg:
		if p.call.Busy() {
			p.ahead.Wait(msg)
			return nil
		}
		return p.take(msg)
	case page.PasteMsg:
		return p.pasted(msg.Text)
	case chosen:
		return p.wasChosen(msg)
	case checked:
		return p.wasChecked(msg)
	case compared:
		return p.wasCompared(msg)
	case page.CardMsg:
		return p.card(msg.Event)
	case card.Checked:
		return p.cardChecked(msg)
	case deviated:
		return p.wasRefused(msg.why, msg.err)
	case ended:
		return tea.Sequence(page.Fail(msg.err), page.Reset(page.Start, nil))
	case zoneOver:
		p.zone.expire(msg)
	case papers.Loaded:
		return p.papers.Take(msg)
	}
	return nil
}

// take takes a scan, or a key that no binding took.
func (p *Page) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.typed(msg)
	case page.ScanMsg:
		return p.scanned(msg.Text)
	case page.CardMsg:
		return p.card(msg.Event)
	}
	return nil
}

// typed puts a key into the field of the step. A field that is full is checked
// at once.
func (p *Page) typed(k tea.KeyPressMsg) tea.Cmd {
	if p.zone.typing() {
		p.zone.form.Press(k)
		return nil
	}
	f := p.field()
	if f == nil {
		return nil
	}
	was := f.Value()
	f.Press(k)
	if f.Value() == was {
		return nil
	}
	delete(p.checks, p.step)
	if !f.Full() {
		return nil
	}
	return p.check()
}

// goOn moves to the step after an event, and takes what was typed ahead.
func (p *Page) goOn(e flow.Event) tea.Cmd {
	next, err := flow.Next(p.step, e, p.known)
	if err != nil {
		return page.Fail(err)
	}
	p.step = next
	return p.ahead.Replay(p.call.Busy, p.bindings, p.take)
}
