// Package start is the search page: one field that takes whatever identifies a
// person, with the people it finds below, and whom the seat served today.
package start

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/egk/reader"
	"schalter/domain/rights"
	"schalter/tui/card"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/second"
	"schalter/tui/words"
)

// Page is the search page.
type Page struct {
	env  *page.Env
	seat *seat.Seat

	field  *parts.Field
	list   parts.List
	inList bool // the list has the focus: digits pick, letters go back to the field

	// asked is the text of the newest search; answer belongs to shown.
	asked, shown string
	answer       desk.List
	recent       []desk.Recent
	// open: Enter was pressed, and what the search on purpose finds is opened if it
	// is one person.
	open      bool
	specimens bool

	requests int    // requests that somebody here may answer
	round    uint64 // number of the running heartbeat
	second   *second.Request

	search, opening, switching, counting page.Slot
}

// New makes the page.
func New(env *page.Env, s *seat.Seat) *Page {
	return &Page{
		env: env, seat: s, field: parts.NewField(parts.FieldConfig{Width: 46, Max: 64}),
		second: second.NewRequest(env, s),
	}
}

// found is the answer of a search.
type found struct {
	text string
	list desk.List
	err  error
}

// lookAgain asks once more for a text that was searched while names were loading.
type lookAgain struct{ text string }

// opened is the answer of opening a record.
type opened struct {
	visit domain.VisitID
	// member and query are what was opened; no member when a card did it.
	member domain.MemberID
	query  string
	// card says why the card that opened the record is no evidence.
	card, err error
}

// switched is the answer of changing the role in practice.
type switched struct {
	actor domain.Actor
	err   error
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering: back here, nothing of the last person is left.
func (p *Page) Enter() tea.Cmd {
	p.clear()
	p.recent = p.seat.Desk.Recent(p.seat.Actor)
	return tea.Batch(p.count(), p.second.Enter())
}

// Leave implements page.Leaving.
func (p *Page) Leave(why page.Why) tea.Cmd {
	p.round++
	return p.second.Leave(why)
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.Start.Title }

// Input implements page.Typing: in the list digits are commands.
func (p *Page) Input() page.Input {
	if p.second.IsOpen() {
		return p.second.Input()
	}
	if p.inList {
		return page.Commands
	}
	return page.Text
}

// Mark implements page.Typing.
func (p *Page) Mark() {
	p.field.Mark()
	p.second.Mark()
}

// Rewind implements page.Typing.
func (p *Page) Rewind() {
	p.field.Rewind()
	p.second.Rewind()
}

// TakesScans implements page.Scanning: a card's barcode is searched.
func (p *Page) TakesScans() bool { return !p.second.IsOpen() }

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	if p.second.IsOpen() {
		return p.second.Keys()
	}
	bindings := []keys.Binding{
		{ID: "open", Keys: []string{"enter"}, Text: p.enterKey(), Do: p.enter},
		{ID: "down", Keys: []string{"down"}, Text: t.Down, Quiet: true, Do: func() tea.Cmd { return p.move(1) }},
		{ID: "up", Keys: []string{"up"}, Text: t.Up, Quiet: true, Do: func() tea.Cmd { return p.move(-1) }},
		{ID: "clear", Keys: []string{"esc"}, Text: t.Clear, Do: p.clear},
	}
	if desk.MayEnterBooklets(p.seat.Actor) {
		bindings = append(bindings, keys.Binding{ID: "waiting", Keys: []string{"f10"}, Text: t.WaitingBooklets, Quiet: true, Do: p.waiting})
	}
	if p.inList {
		bindings = append(bindings, keys.Binding{ID: "pick", Keys: keys.Digits(p.list.Len()), Text: t.Pick, Pick: p.pick})
	}
	if desk.MayFind(p.seat.Actor) {
		bindings = append(bindings, p.requestsKey())
	}
	if p.seat.Practice != nil {
		bindings = append(bindings,
			keys.Binding{ID: "next_role", Keys: []string{"f9"}, Text: t.NextRole, Do: p.nextRole},
			keys.Binding{ID: "specimens", Keys: []string{"f8"}, Text: t.Specimens, Do: p.showSpecimens},
		)
	}
	if p.seat.Phone() {
		return bindings
	}
	return append(bindings, card.Keys(p.env, p.seat, "", p.openCard, p.chosen)...)
}

func (p *Page) waiting() tea.Cmd { return page.Navigate(page.Waiting, nil) }

// enterKey says what Enter does now.
func (p *Page) enterKey() words.Key {
	t := p.env.Texts.Keys
	switch {
	case p.inList || p.list.Len() == 1 && !p.answer.Sound:
		return t.Open
	case p.list.Len() > 1 && !p.pending():
		return t.Pick
	}
	return t.Find
}

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if cmd, ok := p.second.Update(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg)
	case page.PasteMsg:
		if isZone(msg.Text) {
			return p.refuseZone()
		}
		p.inList = false
		p.field.Insert(msg.Text)
		return p.suggest()
	case page.ScanMsg:
		if isZone(msg.Text) {
			return p.refuseZone()
		}
		p.field.Set(msg.Text)
		return p.searchOnPurpose()
	case found:
		return p.answered(msg)
	case lookAgain:
		return p.lookAgain(msg)
	case page.CardMsg:
		return p.card(msg.Event)
	case counted:
		p.wasCounted(msg)
	case countAgain:
		if msg.round == p.round {
			return p.countNow()
		}
	case opened:
		switch {
		case msg.member != 0 && second.Wanted(msg.err):
			return p.offerSecond(msg.member, msg.query, msg.err)
		case msg.err != nil:
			return page.Fail(msg.err)
		}
		return tea.Sequence(page.Navigate(page.Member, msg.visit), page.Fail(msg.card))
	case switched:
		return p.switchedTo(msg)
	}
	return nil
}

func (p *Page) press(k tea.KeyPressMsg) tea.Cmd {
	if p.inList && p.list.Press(k) {
		return nil
	}
	before := p.field.Value()
	if !p.field.Press(k) {
		return nil
	}
	p.inList, p.specimens = false, false
	if p.field.Value() == before {
		return nil
	}
	return p.suggest()
}

// suggest lists who fits what stands in the field so far; a newer search drops
// the older one.
func (p *Page) suggest() tea.Cmd {
	p.open = false
	return p.find(p.seat.Desk.Suggest)
}

// searchOnPurpose searches as Enter and a scan do, and opens the only hit.
func (p *Page) searchOnPurpose() tea.Cmd {
	p.open, p.inList = true, false
	return p.find(p.seat.Desk.Find)
}

func (p *Page) find(search func(context.Context, domain.Actor, string) (desk.List, error)) tea.Cmd {
	text, actor := p.field.Value(), p.seat.Actor
	p.asked = text
	switch {
	case text == "" || !desk.MayFind(actor):
		return p.clear()
	case isZone(text):
		return p.refuseZone()
	}
	return p.search.Run(p.env, func(ctx context.Context) tea.Msg {
		list, err := search(ctx, actor, text)
		return found{text, list, err}
	})
}

func (p *Page) answered(msg found) tea.Cmd {
	if msg.text != p.asked {
		return nil
	}
	p.shown, p.answer = msg.text, msg.list
	p.list.SetLen(len(msg.list.Found))
	p.list.Set(0)
	p.inList = false
	open := p.open && len(msg.list.Found) > 0
	p.open = false
	if msg.err != nil {
		return page.Fail(msg.err)
	}
	switch {
	case open:
		return p.openOnly()
	case msg.list.Loading && !msg.list.Exact:
		return p.env.After(loadingBeat, func(time.Time) tea.Msg { return lookAgain{msg.text} })
	}
	return nil
}

// loadingBeat is how often a search is repeated while names are loading.
const loadingBeat = 300 * time.Millisecond

// lookAgain repeats what was searched as somebody types, as long as it still
// stands in the field.
func (p *Page) lookAgain(msg lookAgain) tea.Cmd {
	if p.pending() || p.shown != msg.text || !p.answer.Loading {
		return nil
	}
	return p.find(p.seat.Desk.Suggest)
}

// enter opens the chosen one once the list has the focus; before that it searches
// on purpose.
func (p *Page) enter() tea.Cmd {
	switch {
	case p.opening.Busy():
		return nil
	case p.field.Value() == "":
		return p.openRecent()
	case p.pending():
		return p.searchOnPurpose()
	case p.inList:
		return p.openMember(p.answer.Found[p.list.At()].Member, p.shown)
	case p.list.Len() > 0 && !p.answer.Withheld:
		return p.openOnly()
	}
	return p.searchOnPurpose()
}

// isZone reports whether a text is from the machine-readable zone of a document,
// which is never searched for: fillers, or what a keyboard set otherwise makes of
// them.
func isZone(text string) bool {
	return strings.Contains(text, "<<") || strings.Contains(text, ";;;") || strings.Contains(text, ">>") || strings.Count(text, "<") > 2
}

// refuseZone forgets a document's line at once.
func (p *Page) refuseZone() tea.Cmd {
	p.clear()
	return page.Say(p.env.Texts.Start.Zone)
}

// pending reports whether the list belongs to something else than what stands in
// the field: nothing in it can be chosen.
func (p *Page) pending() bool { return p.search.Busy() || p.shown != p.field.Value() }

// openOnly opens the only hit. Of several, or of those who only sound alike, one
// is chosen first: nobody is opened by reflex.
func (p *Page) openOnly() tea.Cmd {
	if p.list.Len() > 1 || p.answer.Sound {
		p.inList = true
		return nil
	}
	return p.openMember(p.answer.Found[0].Member, p.shown)
}

func (p *Page) openMember(m domain.MemberID, query string) tea.Cmd {
	actor := p.seat.Actor
	return p.opening.Run(p.env, func(ctx context.Context) tea.Msg {
		visit, err := p.seat.Desk.Open(ctx, actor, desk.Opening{Member: m, Query: query})
		return opened{visit: visit, member: m, query: query, err: err}
	})
}

// card opens the member whose card was put in. Whoever is typing is not
// interrupted: the card waits for its key.
func (p *Page) card(e reader.Event) tea.Cmd {
	switch {
	case e.State != reader.Read || !desk.MayFind(p.seat.Actor):
		return nil
	case p.field.Value() != "", p.second.IsOpen():
		return page.Say(p.env.Texts.Reader.Waits)
	}
	return p.openCard(e)
}

func (p *Page) openCard(e reader.Event) tea.Cmd {
	if p.opening.Busy() {
		return nil
	}
	actor, seen := p.seat.Actor, desk.Seen(e.Card)
	return p.opening.Run(p.env, func(ctx context.Context) tea.Msg {
		visit, verdict, err := p.seat.Desk.OpenByCard(ctx, actor, seen)
		answer := opened{visit: visit, err: err}
		if verdict.Why != "" {
			answer.card = domain.Fail(domain.Refused, verdict.Why)
		}
		return answer
	})
}

// chosen is whose card is put in, in practice: the one chosen in the list, or
// nobody in particular.
func (p *Page) chosen(context.Context) (domain.MemberID, error) {
	if p.inList && p.field.Value() != "" && !p.pending() {
		return p.answer.Found[p.list.At()].Member, nil
	}
	return 0, nil
}

func (p *Page) openRecent() tea.Cmd {
	if !p.inList || p.list.At() < 0 {
		return nil
	}
	return p.openMember(p.recent[p.list.At()].Member, "")
}

// move goes into the list, which is the people of today while nothing is typed.
func (p *Page) move(by int) tea.Cmd {
	if p.field.Value() == "" {
		p.list.SetLen(len(p.recent))
	} else if p.pending() {
		return nil
	}
	switch {
	case p.list.Len() == 0:
	case !p.inList && by > 0:
		p.inList = true
	case p.inList && by < 0 && p.list.At() == 0:
		p.inList = false
	case p.inList:
		p.list.Move(by)
	}
	return nil
}

func (p *Page) pick(n int) tea.Cmd {
	if p.field.Value() != "" && p.pending() {
		return nil
	}
	p.list.Set(n - 1)
	return p.enter()
}

// clear empties the page of everything about anybody.
func (p *Page) clear() tea.Cmd {
	p.search.Stop(p.env)
	p.field.Clear()
	p.asked, p.shown, p.answer = "", "", desk.List{}
	p.list.SetLen(0)
	p.inList, p.open, p.specimens = false, false, false
	return nil
}

func (p *Page) showSpecimens() tea.Cmd {
	p.clear()
	p.specimens = true
	return nil
}

// nextRole signs in as the next of the practice logins.
func (p *Page) nextRole() tea.Cmd {
	logins := p.seat.Practice.Logins()
	next := logins[0]
	for i, l := range logins {
		if l.Login == p.seat.Actor.Login {
			next = logins[(i+1)%len(logins)]
		}
	}
	at := p.seat.Place
	if next.Phone {
		at.Channel = rights.Phone
	}
	return p.switching.Run(p.env, func(ctx context.Context) tea.Msg {
		actor, err := p.seat.Desk.Login(ctx, desk.Credentials{Login: next.Login, Passphrase: []byte(next.Passphrase)}, at)
		return switched{actor, err}
	})
}

func (p *Page) switchedTo(msg switched) tea.Cmd {
	if msg.err != nil {
		return page.Fail(msg.err)
	}
	p.seat.Actor = msg.actor
	entered := p.Enter()
	t := p.env.Texts
	role := ""
	for _, r := range msg.actor.Roles.List() {
		role = t.Role(r)
	}
	name, phone := msg.actor.Name, p.seat.Phone()
	return tea.Batch(
		entered,
		page.ChangeSession(func(s *page.Session) { s.Person, s.Role, s.Phone = name, role, phone }),
		page.Say(t.Start.SwitchedTo(role)),
	)
}
