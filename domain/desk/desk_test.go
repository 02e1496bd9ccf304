package desk_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/storetest"
)

// now is the day of these tests, a Monday in March.
var now = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

const passphrase = "korrekt pferd batterie"

// counter is a desk over a store in memory, with people who work at it and
// members who come.
type counter struct {
	*desk.Desk
	t     *testing.T
	store *store.Store
	clock atomic.Pointer[time.Time]
}

func (c *counter) advance(d time.Duration) {
	next := c.clock.Load().Add(d)
	c.clock.Store(&next)
}

// open makes a counter with Anna Müller and a few others.
func open(t *testing.T, change ...func(*domain.Settings)) *counter {
	t.Helper()
	c := &counter{t: t}
	start := now
	c.clock.Store(&start)
	c.store = storetest.Fresh(t)
	c.Desk = desk.New(desk.Config{
		Reader: c.store, Writer: c.store, Searcher: c.store, Locker: c.store, Peppers: c.store,
		Now: func() time.Time { return *c.clock.Load() }, Random: rand.Reader,
	})
	s := domain.DefaultSettings()
	s.Insurer, s.IK, s.AppHost = "Muster BKK", "109500969", "app.muster-bkk.de"
	s.Branches = []domain.Branch{{Name: "Musterstadt", Phone: "0931 1234", Seats: []string{"1", "2", "3", "4"}}}
	for _, alter := range change {
		alter(&s)
	}
	err := c.Found(t.Context(), desk.Founding{
		Settings:   s,
		Admin:      desk.Founder{Login: "admin", Name: "A. Admin", Passphrase: []byte(passphrase)},
		Supervisor: desk.Founder{Login: "leitung", Name: "L. Leitung", Passphrase: []byte(passphrase)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var atCounter = desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: "1"}

// member stores somebody and returns them with their number.
func (c *counter) member(alter ...func(*domain.Member)) domain.Member {
	c.t.Helper()
	m := domain.Member{
		KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314,
		Insurance: domain.Insurance{As: domain.AsMember, From: 20110401},
		Cards:     []domain.Card{{ICCSN: "80276001820001951731", ValidTo: 20291231, Status: domain.CardActive}},
	}
	for _, f := range alter {
		f(&m)
	}
	e := domain.Entry{At: *c.clock.Load(), Act: domain.ActMembersImported, Outcome: domain.Done}
	if _, err := c.store.Commit(c.t.Context(), desk.Change{Put: []domain.Record{m}, Entries: []domain.Entry{e}}); err != nil {
		c.t.Fatal(err)
	}
	stored, _, err := c.store.MemberByKVNR(c.t.Context(), m.KVNR)
	if err != nil {
		c.t.Fatal(err)
	}
	return stored
}

// staff adds a login and signs it in.
func (c *counter) staff(login string, roles rights.RoleSet, at desk.Place) domain.Actor {
	c.t.Helper()
	admin := c.login("admin", desk.Place{Channel: rights.Console})
	_, err := c.AddStaff(c.t.Context(), admin, desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}, desk.NewStaff{
		Login: login, Name: login, Roles: roles, Branch: at.Branch, Passphrase: []byte("einmal und nie wieder"),
	})
	if err != nil {
		c.t.Fatal(err)
	}
	err = c.ChangePassphrase(c.t.Context(), desk.Credentials{Login: login, Passphrase: []byte("einmal und nie wieder")}, []byte(passphrase))
	if err != nil {
		c.t.Fatal(err)
	}
	return c.login(login, at)
}

func (c *counter) login(login string, at desk.Place) domain.Actor {
	c.t.Helper()
	a, err := c.Login(c.t.Context(), desk.Credentials{Login: login, Passphrase: []byte(passphrase)}, at)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

func (c *counter) clerk() domain.Actor {
	c.t.Helper()
	return c.staff("kbeispiel", rights.Roles(rights.Clerk), atCounter)
}

// visit searches as the page does, with Enter, and opens the record.
func (c *counter) visit(a domain.Actor, m domain.Member, query string) domain.VisitID {
	c.t.Helper()
	if query != "" {
		if _, err := c.Find(c.t.Context(), a, query); err != nil {
			c.t.Fatal(err)
		}
	}
	v, err := c.Open(c.t.Context(), a, desk.Opening{Member: m.ID, Query: query})
	if err != nil {
		c.t.Fatal(err)
	}
	return v
}

// identify gathers full evidence.
func (c *counter) identify(a domain.Actor, v domain.VisitID) {
	c.t.Helper()
	steps := []error{
		c.ChooseDocument(c.t.Context(), a, v, domain.IdentityCard),
		c.BirthDate(c.t.Context(), a, v, "140362"),
		c.ValidUntil(c.t.Context(), a, v, "0829"),
		c.Photo(c.t.Context(), a, v, true),
		c.Card(c.t.Context(), a, v, "951731"),
	}
	for i, err := range steps {
		if err != nil {
			c.t.Fatalf("step %d: %v", i, err)
		}
	}
}

func (c *counter) issue(a domain.Actor, v domain.VisitID) (desk.Shown, error) {
	req, err := c.NewRequest()
	if err != nil {
		c.t.Fatal(err)
	}
	return c.Issue(c.t.Context(), a, v, req, domain.FirstActivation)
}

func (c *counter) handOver(a domain.Actor, v domain.VisitID) error {
	req, err := c.NewRequest()
	if err != nil {
		c.t.Fatal(err)
	}
	return c.HandedOver(c.t.Context(), a, v, req)
}

// states are the states of a member's codes, oldest first.
func (c *counter) states(m domain.Member) []domain.CodeState {
	c.t.Helper()
	codes, _, err := c.store.Codes(c.t.Context(), m.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	var out []domain.CodeState
	for _, x := range codes.List {
		out = append(out, x.StateAt(*c.clock.Load()))
	}
	return out
}

// refused asserts the reason of an error.
func refused(t *testing.T, err error, why domain.Reason) {
	t.Helper()
	if !errors.Is(err, domain.Fail(0, why)) {
		t.Errorf("got %v, want %s", err, why)
	}
}

func TestHandOut(t *testing.T) {
	c := open(t)
	m, clerk := c.member(), c.clerk()
	list, err := c.Find(t.Context(), clerk, "mue 140362")
	if err != nil || len(list.Found) != 1 || list.Found[0].Member != m.ID {
		t.Fatalf("search found %+v, %v", list, err)
	}
	v := c.visit(clerk, m, "mue 140362")
	view, err := c.View(t.Context(), clerk, v)
	if err != nil || !view.BirthKnown || view.CardKnown || view.Assurance != rights.None {
		t.Fatalf("view %+v, %v", view, err)
	}
	refused(t, c.Photo(t.Context(), clerk, v, true), domain.ReasonNotIdentified)
	c.identify(clerk, v)
	shown, err := c.issue(clerk, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := code.Parse(string(shown.Code)); err != nil {
		t.Error("the code does not read back")
	}
	if want := now.Add(72 * time.Hour); !shown.ExpiresAt.Equal(want) {
		t.Errorf("valid until %v, want %v", shown.ExpiresAt, want)
	}
	if err := c.handOver(clerk, v); err != nil {
		t.Fatal(err)
	}
	view, err = c.View(t.Context(), clerk, v)
	if err != nil || view.Code.State != domain.CodeLive || view.Code.HandedOverAt.IsZero() {
		t.Errorf("after the hand-over: %+v, %v", view.Code, err)
	}
	if len(view.Cases) == 0 || view.Cases[0].Act != domain.ActCodeHandedOver {
		t.Errorf("cases %+v", view.Cases)
	}
}

// TestNoCode: each row is a way on which no code may appear, and its reason.
func TestNoCode(t *testing.T) {
	blocked := func(m *domain.Member) { m.Cards[0].Status = domain.CardBlocked }
	expired := func(m *domain.Member) { m.Cards[0].ValidTo = 20270228 }
	rows := []struct {
		why    domain.Reason
		member func(*domain.Member)
		do     func(c *counter, a domain.Actor, v domain.VisitID) error
	}{
		{domain.ReasonNotIdentified, nil, func(*counter, domain.Actor, domain.VisitID) error { return nil }},
		{domain.ReasonCardEvidenceMissing, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return errors.Join(
				c.ChooseDocument(t.Context(), a, v, domain.Passport), c.BirthDate(t.Context(), a, v, "14.3.1962"),
				c.ValidUntil(t.Context(), a, v, "0829"), c.Photo(t.Context(), a, v, true))
		}},
		{domain.ReasonNotIdentified, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Card(t.Context(), a, v, "951731")
		}},
		{domain.ReasonDocumentExpired, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.ValidUntil(t.Context(), a, v, "0227")
		}},
		{domain.ReasonDayNeeded, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.ValidUntil(t.Context(), a, v, "0327")
		}},
		{domain.ReasonDocumentMismatch, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.BirthDate(t.Context(), a, v, "150362")
		}},
		{domain.ReasonCardMismatch, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Card(t.Context(), a, v, "000000")
		}},
		{domain.ReasonCardBlocked, blocked, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Card(t.Context(), a, v, "951731")
		}},
		{domain.ReasonCardExpired, expired, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Card(t.Context(), a, v, "951731")
		}},
		{domain.ReasonPhotoMismatch, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Photo(t.Context(), a, v, false)
		}},
		{domain.ReasonForSomeoneElse, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Refuse(t.Context(), a, v, domain.ReasonForSomeoneElse)
		}},
		{domain.ReasonMRZOff, nil, func(c *counter, a domain.Actor, v domain.VisitID) error {
			_, err := c.Zone(t.Context(), a, v, "IDD<<T220001293<<<<<<<<<<<<<<<")
			return err
		}},
	}
	for i, row := range rows {
		t.Run(fmt.Sprint(i, " ", row.why), func(t *testing.T) {
			c := open(t)
			alter := row.member
			if alter == nil {
				alter = func(*domain.Member) {}
			}
			m, clerk := c.member(alter), c.clerk()
			v := c.visit(clerk, m, "")
			err := row.do(c, clerk, v)
			if err == nil {
				_, err = c.issue(clerk, v)
			}
			refused(t, err, row.why)
			if _, err := c.issue(clerk, v); err == nil {
				t.Error("a code appeared")
			}
			if got := c.states(m); len(got) != 0 {
				t.Errorf("codes are stored: %v", got)
			}
		})
	}
}

// TestSecondPerson: what the table wants a second person for is refused for now,
// with the reason.
func TestSecondPerson(t *testing.T) {
	recent := func(m *domain.Member) { m.Address.ChangedOn = date.Of(now).AddDays(-13) }
	child := func(m *domain.Member) { m.BirthDate = 20120302 }
	handed := func(c *counter, a domain.Actor, v domain.VisitID) {
		if _, err := c.issue(a, v); err != nil {
			t.Fatal(err)
		}
		if err := c.handOver(a, v); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("address changed", func(t *testing.T) {
		c := open(t)
		m, a := c.member(recent), c.clerk()
		v := c.visit(a, m, "")
		c.identify(a, v)
		_, err := c.issue(a, v)
		refused(t, err, domain.ReasonSecondAddress)
		c.advance(24 * time.Hour)
		v = c.visit(a, m, "")
		c.identify(a, v)
		if _, err := c.issue(a, v); err != nil {
			t.Errorf("fourteen days later: %v", err)
		}
	})
	t.Run("second code in 30 days", func(t *testing.T) {
		c := open(t)
		m, a := c.member(), c.clerk()
		v := c.visit(a, m, "")
		c.identify(a, v)
		handed(c, a, v)
		if view, err := c.View(t.Context(), a, v); err != nil || view.Second != domain.ReasonSecondInMonth {
			t.Errorf("the page does not foresee it: %q, %v", view.Second, err)
		}
		_, err := c.issue(a, v)
		refused(t, err, domain.ReasonSecondInMonth)
		c.advance(30*24*time.Hour + time.Minute)
		v = c.visit(a, m, "")
		c.identify(a, v)
		if _, err := c.issue(a, v); err != nil {
			t.Errorf("thirty days later: %v", err)
		}
	})
	t.Run("over the rate", func(t *testing.T) {
		c := open(t, func(s *domain.Settings) { s.MaxPerHour, s.MaxPerDay = 1, 2 })
		m, a := c.member(), c.clerk()
		other := c.member(func(m *domain.Member) { m.KVNR, m.Cards[0].ICCSN = "C000500021", "80276001820001951732" })
		v := c.visit(a, m, "")
		c.identify(a, v)
		handed(c, a, v)
		v = c.visit(a, other, "951732") // the card is known from the search
		_ = c.ChooseDocument(t.Context(), a, v, domain.Passport)
		_ = c.BirthDate(t.Context(), a, v, "14.03.1962")
		_ = c.ValidUntil(t.Context(), a, v, "0829")
		if err := c.Photo(t.Context(), a, v, true); err != nil {
			t.Fatal(err)
		}
		_, err := c.issue(a, v)
		refused(t, err, domain.ReasonSecondRate)
	})
	t.Run("child", func(t *testing.T) {
		c := open(t)
		m, a := c.member(child), c.clerk()
		v := c.visit(a, m, "anna 02.03.2012")
		_ = c.Card(t.Context(), a, v, "951731")
		_ = c.ChooseDocument(t.Context(), a, v, domain.Passport)
		_ = c.ValidUntil(t.Context(), a, v, "0829")
		if err := c.Photo(t.Context(), a, v, true); err != nil {
			t.Fatal(err)
		}
		_, err := c.issue(a, v)
		refused(t, err, domain.ReasonChildUnder15)
	})
}

// TestThreeWrong: the third wrong answer ends it for this person and member, not
// for a colleague.
func TestThreeWrong(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	other := c.staff("tmuster", rights.Roles(rights.Clerk), atCounter)
	for i := range 3 {
		v := c.visit(a, m, "") // a new visit does not help
		_ = c.ChooseDocument(t.Context(), a, v, domain.IdentityCard)
		want := domain.ReasonDocumentMismatch
		if i == 2 {
			want = domain.ReasonTooManyWrong
		}
		refused(t, c.BirthDate(t.Context(), a, v, "010170"), want)
	}
	v := c.visit(a, m, "")
	refused(t, c.BirthDate(t.Context(), a, v, "140362"), domain.ReasonTooManyWrong)
	w := c.visit(other, m, "")
	if err := c.BirthDate(t.Context(), other, w, "140362"); err != nil {
		t.Errorf("a colleague: %v", err)
	}
	c.advance(25 * time.Hour)
	if err := c.BirthDate(t.Context(), a, c.visit(a, m, ""), "140362"); err != nil {
		t.Errorf("a day later: %v", err)
	}
}

// TestRevealedIsNoEvidence: who was shown the birth date cannot bring it as
// evidence for a day, in the search neither.
func TestRevealedIsNoEvidence(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	_, err := c.Reveal(t.Context(), a, v)
	refused(t, err, domain.ReasonNotIdentified)
	c.identify(a, v)
	if shown, err := c.Reveal(t.Context(), a, v); err != nil || shown.BirthDate != m.BirthDate {
		t.Fatalf("revealed %+v, %v", shown, err)
	}
	v = c.visit(a, m, "mue 140362")
	if view, err := c.View(t.Context(), a, v); err != nil || view.BirthKnown {
		t.Errorf("the search counted as evidence: %+v, %v", view, err)
	}
	refused(t, c.BirthDate(t.Context(), a, v, "140362"), domain.ReasonShownToYou)
}

func TestEvidenceLives15Minutes(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	c.advance(domain.EvidenceLife + time.Second)
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonNotIdentified)
}

// TestShownDiesWithTheVisit: what was not handed over is revoked at the end of
// the visit, and by the next start when the process died.
func TestShownDiesWithTheVisit(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	if err := c.EndVisit(t.Context(), a, v); err != nil {
		t.Fatal(err)
	}
	if got := c.states(m); len(got) != 1 || got[0] != domain.CodeRevoked {
		t.Fatalf("after the visit: %v", got)
	}
	v = c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	next := desk.New(c.Config) // as the next process does
	if _, err := next.Login(t.Context(), desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}, atCounter); err != nil {
		t.Fatal(err)
	}
	if got := c.states(m); got[1] != domain.CodeRevoked {
		t.Errorf("after the sweep: %v", got)
	}
}

// TestReplaceOnce: one new code within the visit is free, the next is not.
func TestReplaceOnce(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	req, _ := c.NewRequest()
	if _, err := c.Replace(t.Context(), a, v, req, domain.NewDevice); err != nil {
		t.Fatal(err)
	}
	if got := c.states(m); len(got) != 2 || got[0] != domain.CodeRevoked || got[1] != domain.CodeLive {
		t.Errorf("states %v", got)
	}
	req, _ = c.NewRequest()
	_, err := c.Replace(t.Context(), a, v, req, domain.NewDevice)
	refused(t, err, domain.ReasonCodeReplaced)
}

// TestTwoAtOnce: people who hand out to the same member at the same moment leave
// exactly one live code, however often.
func TestTwoAtOnce(t *testing.T) {
	c := open(t)
	m := c.member()
	const people = 4
	var actors [people]domain.Actor
	for i := range actors {
		actors[i] = c.staff(fmt.Sprintf("person%d", i), rights.Roles(rights.Clerk), desk.Place{
			Channel: rights.Counter, Branch: "Musterstadt", Seat: fmt.Sprint(i + 1),
		})
	}
	for round := range 25 {
		var visits [people]domain.VisitID
		for i, a := range actors {
			visits[i] = c.visit(a, m, "")
			c.identify(a, visits[i])
		}
		var issued atomic.Int32
		var wg sync.WaitGroup
		for i, a := range actors {
			wg.Go(func() {
				if _, err := c.issue(a, visits[i]); err == nil {
					issued.Add(1)
				} else if !desk.IsKind(err, domain.Conflict) {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		wg.Wait()
		live := 0
		for _, s := range c.states(m) {
			if s == domain.CodeLive {
				live++
			}
		}
		if live != 1 || issued.Load() == 0 {
			t.Fatalf("round %d: %d issued, %d live", round, issued.Load(), live)
		}
		for i, a := range actors {
			if err := c.EndVisit(t.Context(), a, visits[i]); err != nil {
				t.Fatal(err)
			}
		}
		if live := c.states(m)[len(c.states(m))-1]; live == domain.CodeLive {
			t.Fatal("the last code outlived its visit")
		}
	}
}

func TestRelativesRecord(t *testing.T) {
	c := open(t)
	m := c.member()
	admin := c.login("admin", desk.Place{Channel: rights.Console})
	_, err := c.AddStaff(t.Context(), admin, desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}, desk.NewStaff{
		Login: "verwandt", Roles: rights.Roles(rights.Clerk), Passphrase: []byte("einmal und nie wieder"), Related: nil,
	})
	if err != nil {
		t.Fatal(err)
	}
	a := c.clerk()
	s, rev, err := c.store.Staff(t.Context(), a.Staff)
	if err != nil {
		t.Fatal(err)
	}
	s.Related = []domain.Lookup{c.store.Lookup(m.KVNR)}
	if _, err := c.store.Commit(t.Context(), desk.Change{
		Guards: []desk.Guard{{Ref: s.Ref(), Rev: rev}}, Put: []domain.Record{s},
		Entries: []domain.Entry{{At: *c.clock.Load(), Act: domain.ActStaffAdded, Outcome: domain.Done}},
	}); err != nil {
		t.Fatal(err)
	}
	_, err = c.Open(t.Context(), a, desk.Opening{Member: m.ID})
	refused(t, err, domain.ReasonSecondRelated)
}
