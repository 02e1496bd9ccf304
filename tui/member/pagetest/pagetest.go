// Package pagetest puts the pages of a visit on a test terminal: a counter with
// invented people, the real router and the real use cases, over whatever store
// the test brings.
//
//	c := pagetest.Open(t, memoryStore(t))
//	anna := c.Member(func(m *domain.Member) { m.Name.Given = "Anna" })
//	ui := c.Run(words.German, 80, 24)
//	c.Find(ui, anna)   // searched and opened
//	ui.Type("a1140362")
//
// Numbers and codes are the same in every run.
package pagetest

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
	"schalter/tui"
	"schalter/tui/account"
	"schalter/tui/booklet"
	"schalter/tui/cardloss"
	"schalter/tui/cases"
	"schalter/tui/family"
	"schalter/tui/handout"
	"schalter/tui/identify"
	"schalter/tui/member"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/phone"
	"schalter/tui/registration"
	"schalter/tui/represent"
	"schalter/tui/requests"
	"schalter/tui/seat"
	"schalter/tui/start"
	"schalter/tui/uitest"
	"schalter/tui/waiting"
	"schalter/tui/words"
)

// Monday is the time at which every test begins.
var Monday = time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)

// Store is a repository with everything a desk needs.
type Store interface {
	desk.Reader
	desk.Writer
	desk.Searcher
	desk.Locker
	desk.Peppers
}

// Counter is a counter with a clerk at the first seat and another at the second.
type Counter struct {
	Desk  *desk.Desk
	Store Store
	Clock *uitest.Clock
	Seat  *seat.Seat
	// Colleague works at the second seat.
	Colleague domain.Actor
	// SlowCheck is how long the desk takes for a check, SlowPage for reading a
	// member's page.
	SlowCheck, SlowPage time.Duration
	// Broken is what reading for a check or a page answers; nil for none.
	Broken error
	// BrokenWrite is what every writing of the desk answers; nil for none.
	BrokenWrite error

	tb    testing.TB
	pages map[page.Kind]page.Page // as made last
	env   *page.Env
	visit domain.VisitID
	next  int // numbers of members
	last  domain.Member
}

// Open makes a counter on an empty store; change alters the settings.
func Open(tb testing.TB, s Store, change ...func(*domain.Settings)) *Counter {
	tb.Helper()
	c := &Counter{tb: tb, Store: s, Clock: uitest.NewClock(Monday), pages: map[page.Kind]page.Page{}}
	c.Desk = desk.New(desk.Config{
		Reader: slowReader{s, c}, Writer: brokenWriter{s, c}, Searcher: s, Locker: s, Peppers: pepper{},
		Now: c.Clock.Now, Random: &steady{source: rand.NewChaCha8([32]byte{1})},
	})
	settings := domain.DefaultSettings()
	settings.Insurer, settings.IK, settings.AppHost = "Muster BKK", "109500969", "app.muster.de"
	settings.Branches = []domain.Branch{{Name: "Musterstadt", Phone: "0931 1234", Seats: []string{"1", "2"}}}
	for _, alter := range change {
		alter(&settings)
	}
	clerk := domain.Staff{ID: 1, Person: 1, Login: "kbeispiel", Name: "K. Beispiel", Roles: rights.Roles(rights.Clerk), Since: Monday}
	other := domain.Staff{ID: 2, Person: 2, Login: "tmuster", Name: "T. Muster", Roles: rights.Roles(rights.Clerk), Since: Monday}
	c.commit(settings, clerk, other)
	place := desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: "1"}
	c.Seat = &seat.Seat{Desk: c.Desk, Place: place, Actor: actor(clerk, place), Settings: settings}
	place.Seat = "2"
	c.Colleague = actor(other, place)
	return c
}

func actor(s domain.Staff, at desk.Place) domain.Actor {
	return domain.Actor{
		Staff: s.ID, Person: s.Person, Login: s.Login, Name: s.Name, Roles: s.Roles,
		Channel: at.Channel, Branch: at.Branch, Seat: at.Seat,
	}
}

func (c *Counter) commit(records ...domain.Record) {
	c.tb.Helper()
	e := domain.Entry{At: c.Clock.Now(), Act: domain.ActDatabaseCreated, Outcome: domain.Done}
	if _, err := c.Store.Commit(context.Background(), desk.Change{Put: records, Entries: []domain.Entry{e}}); err != nil {
		c.tb.Fatal(err)
	}
}

// Member stores Anna Müller, born on 14 March 1962, with a card that ends in
// 000001, or whatever alter makes of her; the next one has other numbers.
func (c *Counter) Member(alter ...func(*domain.Member)) domain.Member {
	c.tb.Helper()
	c.next++
	m := domain.Member{
		KVNR: number(c.tb, c.next), Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314,
		Address:   domain.Address{Street: "Lindenweg", HouseNumber: "7", Postcode: "97070", City: "Musterstadt"},
		Contact:   domain.Contact{Email: "anna@muster.example"},
		Insurance: domain.Insurance{As: domain.AsMember, From: 20110401},
		Cards:     []domain.Card{{ICCSN: iccsn.ICCSN("8027600182000" + digits(c.next, 7)), ValidTo: 20291231, Status: domain.CardActive}},
	}
	for _, f := range alter {
		f(&m)
	}
	c.commit(m)
	stored, _, err := c.Store.MemberByKVNR(context.Background(), m.KVNR)
	if err != nil {
		c.tb.Fatal(err)
	}
	c.last = stored
	return stored
}

// Last is the member that was stored last.
func (c *Counter) Last() domain.Member { return c.last }

func number(tb testing.TB, n int) kvnr.KVNR {
	tb.Helper()
	first := "A" + digits(n, 8)
	check, err := kvnr.CheckDigit(first)
	if err != nil {
		tb.Fatal(err)
	}
	return kvnr.KVNR(first + string(check))
}

func digits(n, width int) string {
	out := make([]byte, width)
	for i := width - 1; i >= 0; i-- {
		out[i], n = byte('0'+n%10), n/10
	}
	return string(out)
}

// Run starts the program at the search.
func (c *Counter) Run(l words.Language, width, height int, options ...uitest.Option) *uitest.UI {
	c.tb.Helper()
	return c.run(c.Seat, c.makers(), l, width, height, options...)
}

// RunAt starts a second program over the same desk, for somebody at another seat.
// Its pages are not those of CheckKeys, CheckSizes and Visit.
func (c *Counter) RunAt(a domain.Actor, l words.Language, width, height int) *uitest.UI {
	c.tb.Helper()
	at := desk.Place{Channel: a.Channel, Branch: a.Branch, Seat: a.Seat}
	other := &seat.Seat{Desk: c.Desk, Place: at, Actor: a, Settings: c.Seat.Settings}
	return c.run(other, c.pagesOf(other, func(domain.VisitID) {}), l, width, height)
}

func (c *Counter) run(s *seat.Seat, makers map[page.Kind]page.Maker, l words.Language, width, height int, options ...uitest.Option) *uitest.UI {
	c.tb.Helper()
	root := tui.New(tui.Config{
		Context: context.Background(), Makers: makers, Start: page.Route{Kind: page.Start},
		Session: s.Session(), Language: l, Now: c.Clock.Now, After: c.Clock.After,
		IdleLock: func() time.Duration { return s.Settings.IdleLock },
	})
	return uitest.Start(c.tb, root, c.Clock, width, height, options...)
}

// makers remember the pages they make.
func (c *Counter) makers() map[page.Kind]page.Maker {
	out := map[page.Kind]page.Maker{}
	for k, make := range c.pagesOf(c.Seat, func(v domain.VisitID) { c.visit = v }) {
		out[k] = func(env *page.Env, params any) page.Page {
			c.env, c.pages[k] = env, make(env, params)
			return c.pages[k]
		}
	}
	return out
}

// pagesOf are the pages of a seat; visited gets the visit of each member's page.
func (c *Counter) pagesOf(s *seat.Seat, visited func(domain.VisitID)) map[page.Kind]page.Maker {
	return map[page.Kind]page.Maker{
		page.Unlock: func(env *page.Env, _ any) page.Page { return &door{env} },
		page.Start:  func(env *page.Env, _ any) page.Page { return start.New(env, s) },
		page.Member: func(env *page.Env, v any) page.Page {
			visited(v.(domain.VisitID))
			return member.New(env, s, v.(domain.VisitID))
		},
		page.Identify: func(env *page.Env, v any) page.Page {
			if s.Phone() {
				return phone.New(env, s, v.(identify.Params).Visit)
			}
			return identify.New(env, s, v.(identify.Params))
		},
		page.HandOut:      func(env *page.Env, v any) page.Page { return handout.New(env, s, v.(domain.VisitID)) },
		page.Cases:        func(env *page.Env, v any) page.Page { return cases.New(env, s, v.(domain.VisitID)) },
		page.CardLoss:     func(env *page.Env, v any) page.Page { return cardloss.New(env, s, v.(domain.VisitID)) },
		page.Family:       func(env *page.Env, v any) page.Page { return family.New(env, s, v.(domain.VisitID)) },
		page.Represent:    func(env *page.Env, v any) page.Page { return represent.New(env, s, v.(domain.VisitID)) },
		page.Registration: func(env *page.Env, v any) page.Page { return registration.New(env, s, v.(domain.VisitID)) },
		page.Account:      func(env *page.Env, v any) page.Page { return account.New(env, s, v.(domain.VisitID)) },
		page.Booklet:      func(env *page.Env, v any) page.Page { return booklet.New(env, s, v.(booklet.Params)) },
		page.Waiting:      func(env *page.Env, _ any) page.Page { return waiting.New(env, s) },
		page.Requests:     func(env *page.Env, _ any) page.Page { return requests.New(env, s) },
	}
}

// CheckKeys reports what is wrong with the bindings of the page made last of a
// kind, as it stands now.
func (c *Counter) CheckKeys(k page.Kind) {
	c.tb.Helper()
	if err := tui.CheckKeys(c.pages[k], c.env); err != nil {
		c.tb.Errorf("keys of %s: %v", k, err)
	}
}

// CheckSizes draws the page made last of a kind, as it stands now, into windows
// of every size that is allowed and asserts that nothing is cut.
func (c *Counter) CheckSizes(k page.Kind) {
	c.tb.Helper()
	widths, heights := []int{80, 81, 99, 100, 101, 119, 120, 200}, []int{20, 21, 22, 34, 60}
	if uitest.Racing {
		widths, heights = []int{80}, []int{20}
	}
	for _, width := range widths {
		for _, height := range heights {
			body := c.pages[k].View(width, height)
			if len(body.Lines) > height {
				c.tb.Errorf("%s at %d×%d has %d lines", k, width, height, len(body.Lines))
			}
			for i, l := range body.Lines {
				if w := parts.Width(l); w > width {
					c.tb.Errorf("%s at %d×%d: line %d is %d cells wide", k, width, height, i, w)
				}
			}
			if at := body.Cursor; at != nil && (at.X >= width || at.Y >= min(height, len(body.Lines))) {
				c.tb.Errorf("%s at %d×%d: the cursor stands at %v", k, width, height, *at)
			}
		}
	}
}

// Passphrase is the one that Sign and Supervise give.
const Passphrase = "ein Satz zum Pruefen"

// Sign lets a login sign with Passphrase.
func (c *Counter) Sign(a domain.Actor) {
	c.tb.Helper()
	slot, err := c.Store.NewSlot(context.Background(), a.Login, a.Staff, []byte(Passphrase), false)
	c.must(err)
	c.commit(slot)
}

// Answer lets the colleague answer the only request there is.
func (c *Counter) Answer(yes bool) {
	c.tb.Helper()
	ctx := context.Background()
	views, err := c.Desk.Approvals(ctx, c.Colleague)
	c.must(err)
	if len(views) != 1 {
		c.tb.Fatalf("%d requests", len(views))
	}
	c.must(c.Desk.Answer(ctx, c.Colleague, []byte(Passphrase), views[0].Case, yes))
}

// Twin is another login of the person at the first seat, who can sign.
func (c *Counter) Twin(r rights.Role) domain.Actor {
	c.tb.Helper()
	twin := domain.Staff{ID: 3, Person: c.Seat.Actor.Person, Login: "zweitname", Name: "K. Beispiel", Roles: rights.Roles(r), Since: Monday}
	c.commit(twin)
	at := c.Seat.Place
	at.Seat = "2"
	c.Sign(actor(twin, at))
	return actor(twin, at)
}

// Supervise makes the colleague a supervisor who can sign with Passphrase.
func (c *Counter) Supervise() { c.promote(&c.Colleague) }

// Lead makes who works at the first seat a supervisor who can sign with Passphrase.
func (c *Counter) Lead() { c.promote(&c.Seat.Actor) }

func (c *Counter) promote(a *domain.Actor) {
	c.tb.Helper()
	staff, _, err := c.Store.Staff(context.Background(), a.Staff)
	c.must(err)
	staff.Roles = rights.Roles(rights.Supervisor)
	a.Roles = staff.Roles
	c.commit(staff)
	c.Sign(*a)
}

// Relate makes a member's record one's own, or a relative's.
func (c *Counter) Relate(a domain.Actor, m domain.Member) {
	c.tb.Helper()
	staff, _, err := c.Store.Staff(context.Background(), a.Staff)
	c.must(err)
	staff.Related = append(staff.Related, c.Store.Lookup(m.KVNR))
	c.commit(staff)
}

// Account gives a member an app account with two devices, identified by eID; more
// are further things that the app backend told.
func (c *Counter) Account(m domain.Member, more ...domain.BackendEvent) {
	c.tb.Helper()
	phone := domain.Device{ID: "d1", Name: "iPhone 13", Platform: domain.IOS, OSVersion: "17.4"}
	old := domain.Device{ID: "d2", Name: "iPhone 6s", Platform: domain.IOS, OSVersion: "14.8"}
	events := append([]domain.BackendEvent{
		{Kind: domain.BackendRegistered, SharedWithEPA: true},
		{Kind: domain.BackendEmailVerified},
		{Kind: domain.BackendDeviceBound, Device: phone},
		{Kind: domain.BackendDeviceBound, Device: old},
		{Kind: domain.BackendIdentified, By: domain.ByEID},
	}, more...)
	backend := domain.Actor{Staff: 1, Person: 1, Roles: rights.Roles(rights.Admin), Channel: rights.Console}
	staff, _, err := c.Store.Staff(context.Background(), 1)
	c.must(err)
	was := staff.Roles
	staff.Roles = backend.Roles
	c.commit(staff)
	for i, e := range events {
		e.ID, e.KVNR, e.At = digits(i, 4)+string(m.KVNR), m.KVNR, c.Clock.Now()
		_, err := c.Desk.Observe(context.Background(), backend, e)
		c.must(err)
	}
	staff.Roles = was
	c.commit(staff)
}

// Find searches a member by their number and opens them: eleven keys.
func (c *Counter) Find(ui *uitest.UI, m domain.Member) {
	c.tb.Helper()
	ui.Type(string(m.KVNR))
	ui.Press("enter")
}

// Visit is the visit that was opened last.
func (c *Counter) Visit() domain.VisitID { return c.visit }

// Codes are the states of a member's codes, oldest first.
func (c *Counter) Codes(m domain.Member) []domain.CodeState {
	c.tb.Helper()
	codes, _, err := c.Store.Codes(context.Background(), m.ID)
	if err != nil {
		c.tb.Fatal(err)
	}
	out := []domain.CodeState{}
	for _, x := range codes.List {
		out = append(out, x.StateAt(c.Clock.Now()))
	}
	return out
}

// IssueElsewhere lets the colleague make a code for the member meanwhile.
func (c *Counter) IssueElsewhere(m domain.Member) {
	c.tb.Helper()
	visit := c.identifyElsewhere(m)
	request, err := c.Desk.NewRequest()
	c.must(err)
	_, err = c.Desk.Issue(context.Background(), c.Colleague, visit, request, domain.NewDevice)
	c.must(err)
}

// AskElsewhere lets the colleague ask for a second person for a code, and returns
// the number of the request.
func (c *Counter) AskElsewhere(m domain.Member) code.Case {
	c.tb.Helper()
	visit := c.identifyElsewhere(m)
	request, err := c.Desk.NewRequest()
	c.must(err)
	number, err := c.Desk.AskSecond(context.Background(), c.Colleague, visit, request,
		desk.Asking{Operation: rights.HandOut, Purpose: domain.NewDevice})
	c.must(err)
	return number
}

// identifyElsewhere lets the colleague identify the member fully.
func (c *Counter) identifyElsewhere(m domain.Member) domain.VisitID {
	c.tb.Helper()
	ctx, d, a := context.Background(), c.Desk, c.Colleague
	visit, err := d.Open(ctx, a, desk.Opening{Member: m.ID})
	c.must(err)
	c.must(d.ChooseDocument(ctx, a, visit, domain.Passport))
	c.must(d.BirthDate(ctx, a, visit, typed(m.BirthDate)))
	c.must(d.ValidUntil(ctx, a, visit, "0829"))
	c.must(d.Photo(ctx, a, visit, true))
	c.must(d.Card(ctx, a, visit, m.Cards[0].ICCSN.Last6()))
	return visit
}

func typed(d date.Date) string {
	return digits(d.Day(), 2) + digits(d.Month(), 2) + digits(d.Year(), 4)
}

// Change alters the member's codes as the app backend does.
func (c *Counter) Change(m domain.Member, alter func(*domain.ActivationCode)) {
	c.tb.Helper()
	codes, _, err := c.Store.Codes(context.Background(), m.ID)
	c.must(err)
	codes.Member = m.ID
	alter(&codes.List[len(codes.List)-1])
	c.commit(codes)
}

func (c *Counter) must(err error) {
	c.tb.Helper()
	if err != nil {
		c.tb.Fatal(err)
	}
}

// OnPhone makes the seat one of support that answers the phone; before Run.
func (c *Counter) OnPhone() {
	c.tb.Helper()
	staff, _, err := c.Store.Staff(context.Background(), c.Seat.Actor.Staff)
	c.must(err)
	staff.Roles = rights.Roles(rights.Support)
	c.commit(staff)
	c.Seat.Place.Channel = rights.Phone
	c.Seat.Actor = actor(staff, c.Seat.Place)
}
