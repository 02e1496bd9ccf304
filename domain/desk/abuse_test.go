package desk_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

// The tests of this file try to get round a rule: as a clerk who guesses, a
// person with two logins, two hands at one seat, a disk that fails in between.

var seat2 = desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: "2"}

// size is how many entries the journal has; asking adds one.
func (c *counter) size() int64 {
	c.t.Helper()
	e := domain.Entry{At: *c.clock.Load(), Act: domain.ActLocked, Outcome: domain.Done}
	r, err := c.store.Commit(c.t.Context(), desk.Change{Entries: []domain.Entry{e}})
	if err != nil {
		c.t.Fatal(err)
	}
	return r.Size
}

// journalled asserts that something writes exactly one entry, and is refused.
func (c *counter) journalled(what string, do func() error) {
	c.t.Helper()
	before := c.size()
	err := do()
	if entries := c.size() - before - 1; entries != 1 || err == nil {
		c.t.Errorf("%s: %v, %d entries", what, err, entries)
	}
}

// TestSearchIsNoOracle: guessing card digits or a birth year in the search field
// is withheld while typing, journalled and limited on purpose, and is no evidence.
func TestSearchIsNoOracle(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	for _, text := range []string{"951731", "14.03.1962", "140362", "97080"} {
		list, err := c.Suggest(t.Context(), a, text)
		if err != nil || !list.Withheld || len(list.Found) != 0 {
			t.Errorf("%s while typing: %+v, %v", text, list, err)
		}
	}
	if list, err := c.Suggest(t.Context(), a, "müller 140362"); err != nil || list.Withheld || len(list.Found) != 1 {
		t.Errorf("a name with a birth date is withheld: %+v, %v", list, err)
	}
	before, found := c.size(), 0
	var last error
	for i := range 100 {
		list, err := c.Find(t.Context(), a, fmt.Sprintf("%06d", 951700+i))
		found, last = found+len(list.Found), err
	}
	refused(t, last, domain.ReasonSearchRate)
	if entries := c.size() - before - 1; entries != 100 {
		t.Errorf("100 guesses left %d entries", entries)
	}

	// The birth year of somebody whose name is known, by trying every year.
	c.advance(25 * time.Hour)
	query := ""
	for year := 1930; year < 2010; year++ {
		text := fmt.Sprintf("müller 14.03.%d", year)
		if list, _ := c.Suggest(t.Context(), a, text); len(list.Found) == 1 {
			query = text
		}
	}
	v, err := c.Open(t.Context(), a, desk.Opening{Member: m.ID, Query: query})
	if err != nil {
		t.Fatal(err)
	}
	if view, err := c.View(t.Context(), a, v); err != nil || view.BirthKnown {
		t.Errorf("a guessed birth date counts as evidence: %v", err)
	}
}

// TestQueryMustBeTheNewest: only the search that led to a record settles
// anything about it.
func TestQueryMustBeTheNewest(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	rows := []struct {
		reason string
		search []string
		opened string
		known  bool
	}{
		{"the search itself", []string{"mue 140362"}, "mue 140362", true},
		{"another search came after it", []string{"mue 140362", "niemand"}, "mue 140362", false},
		{"nothing was searched", nil, "mue 140362", false},
		{"a date beside digits of the card", []string{"951731 14.03.1962"}, "951731 14.03.1962", false},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			for _, text := range row.search {
				if _, err := c.Find(t.Context(), a, text); err != nil {
					t.Fatal(err)
				}
			}
			v, err := c.Open(t.Context(), a, desk.Opening{Member: m.ID, Query: row.opened})
			if err != nil {
				t.Fatal(err)
			}
			if view, err := c.View(t.Context(), a, v); err != nil || view.BirthKnown != row.known {
				t.Errorf("known %v, %v; want %v", view.BirthKnown, err, row.known)
			}
		})
	}
}

// TestTwoLoginsOnePerson: limits, relatives and exclusive roles hold for the
// person, not for the login.
func TestTwoLoginsOnePerson(t *testing.T) {
	c := open(t, func(s *domain.Settings) { s.MaxPerHour, s.MaxPerDay = 1, 1 })
	a := c.clerk()
	b := c.twin("zweit", "kbeispiel", rights.Clerk)
	m := c.member()
	other := c.member(func(m *domain.Member) { m.KVNR = "T012345678" })
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	if err := c.handOver(a, v); err != nil {
		t.Fatal(err)
	}
	v = c.visit(b, other, "")
	c.identify(b, v)
	_, err := c.issue(b, v)
	refused(t, err, domain.ReasonSecondRate)

	admin := c.login("admin", console)
	_, err = c.AddStaff(t.Context(), admin, with("leitung", passphrase), desk.NewStaff{
		Login: "auch-clerk", Roles: rights.Roles(rights.Clerk), SameAs: "admin", Passphrase: []byte("einmal und nie wieder"),
	})
	refused(t, err, domain.ReasonRolesInvalid)
}

// twin adds a second login of a person.
func (c *counter) twin(login, of string, role rights.Role) domain.Actor {
	c.t.Helper()
	admin := c.login("admin", console)
	_, err := c.AddStaff(c.t.Context(), admin, with("leitung", passphrase), desk.NewStaff{
		Login: login, Name: login, Roles: rights.Roles(role), SameAs: of, Passphrase: []byte("einmal und nie wieder"),
	})
	if err == nil {
		err = c.ChangePassphrase(c.t.Context(), with(login, "einmal und nie wieder"), []byte(passphrase))
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return c.login(login, atCounter)
}

// TestSupersededMark: the end of one visit does not take the mark of a code that
// another seat shows.
func TestSupersededMark(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	b := c.staff("tmuster", rights.Roles(rights.Clerk), seat2)
	va, vb := c.visit(a, m, ""), c.visit(b, m, "")
	c.identify(a, va)
	c.identify(b, vb)
	if _, err := c.issue(a, va); err != nil {
		t.Fatal(err)
	}
	if _, err := c.issue(b, vb); err != nil {
		t.Fatal(err)
	}
	if err := c.EndVisit(t.Context(), a, va); err != nil {
		t.Fatal(err)
	}
	next := desk.New(c.Config) // the process died, another one starts
	if _, err := next.Login(t.Context(), with("leitung", passphrase), atCounter); err != nil {
		t.Fatal(err)
	}
	if got := c.states(m); got[1] != domain.CodeRevoked {
		t.Errorf("a code that nobody was given survives: %v", got)
	}
}

// writer lets a test look at, refuse or doubt what is committed.
type writer struct {
	desk.Writer
	around func(c desk.Change, commit func() (desk.Receipt, error)) (desk.Receipt, error)
}

func (w *writer) Commit(ctx context.Context, c desk.Change) (desk.Receipt, error) {
	return w.around(c, func() (desk.Receipt, error) { return w.Writer.Commit(ctx, c) })
}

// TestEndThatCannotBeWritten: the visit stays, so that it can be tried again.
func TestEndThatCannotBeWritten(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	full := true
	c.Writer = &writer{c.store, func(_ desk.Change, commit func() (desk.Receipt, error)) (desk.Receipt, error) {
		if full {
			return desk.Receipt{}, domain.Fail(domain.Unavailable, domain.ReasonDiskFull)
		}
		return commit()
	}}
	refused(t, c.EndVisit(t.Context(), a, v), domain.ReasonDiskFull)
	full = false
	if err := c.EndVisit(t.Context(), a, v); err != nil {
		t.Fatal(err)
	}
	if got := c.states(m); got[0] != domain.CodeRevoked {
		t.Errorf("states %v", got)
	}
}

// TestUnknownOutcome: a code whose commit nobody can vouch for dies with the
// visit, and a retry never shows a code that is not the stored one.
func TestUnknownOutcome(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	doubt := true
	c.Writer = &writer{c.store, func(_ desk.Change, commit func() (desk.Receipt, error)) (desk.Receipt, error) {
		r, err := commit()
		if doubt {
			doubt = false
			return desk.Receipt{}, domain.Fail(domain.Unavailable, domain.ReasonUnknownOutcome)
		}
		return r, err
	}}
	req, err := c.NewRequest()
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Issue(t.Context(), a, v, req, domain.FirstActivation)
	refused(t, err, domain.ReasonUnknownOutcome)
	if shown, err := c.Issue(t.Context(), a, v, req, domain.FirstActivation); err == nil {
		t.Errorf("the retry shows case %s", shown.Case)
	}
	if err := c.HandedOver(t.Context(), a, v, req); err == nil {
		t.Error("the request of the code hands it over, too")
	}
	if err := c.EndVisit(t.Context(), a, v); err != nil {
		t.Fatal(err)
	}
	for _, s := range c.states(m) {
		if s == domain.CodeLive {
			t.Error("a code outlives the visit")
		}
	}
}

// TestManyHandsAtOneVisit: whatever happens to a visit at the same moment, no
// code outlives it that was not handed over.
func TestManyHandsAtOneVisit(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	for round := range 30 {
		v := c.visit(a, m, "")
		c.identify(a, v)
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = c.issue(a, v) })
		wg.Go(func() { _, _ = c.issue(a, v) })
		wg.Go(func() { _ = c.Revoke(t.Context(), a, v) })
		if round%2 == 0 {
			wg.Go(func() { _ = c.EndVisit(t.Context(), a, v) })
		} else {
			wg.Go(func() { _ = c.Refuse(t.Context(), a, v, domain.ReasonUnsure) })
		}
		wg.Wait()
		if err := c.EndVisit(t.Context(), a, v); err != nil {
			t.Fatal(err)
		}
		for _, s := range c.states(m) {
			if s == domain.CodeLive {
				t.Fatalf("round %d: a code outlives its visit", round)
			}
		}
	}
}

// TestRefusedAfterwards: closing the identification takes the code from the
// screen, and nothing opens it again.
func TestRefusedAfterwards(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	refused(t, c.Refuse(t.Context(), a, v, domain.ReasonUnsure), domain.ReasonUnsure)
	if got := c.states(m); got[0] != domain.CodeRevoked {
		t.Errorf("states %v", got)
	}
	refused(t, c.Refuse(t.Context(), a, v, ""), domain.ReasonInternal)
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonNotIdentified)
}

// TestCodesPerVisit: revoking does not make room for more.
func TestCodesPerVisit(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	for range 2 {
		if _, err := c.issue(a, v); err != nil {
			t.Fatal(err)
		}
		if err := c.Revoke(t.Context(), a, v); err != nil {
			t.Fatal(err)
		}
	}
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonCodeReplaced)
}

// TestRedeemedCounts: a code that the app has redeemed was in the member's hands,
// whether or not anybody pressed a key for it.
func TestRedeemedCounts(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	codes, rev, err := c.store.Codes(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	codes.List[0].State, codes.List[0].EndedAt = domain.CodeRedeemed, now
	if _, err := c.store.Commit(t.Context(), desk.Change{
		Guards: []desk.Guard{{Ref: codes.Ref(), Rev: rev}}, Put: []domain.Record{codes},
		Entries: []domain.Entry{{At: *c.clock.Load(), Act: domain.ActCodeHandedOver, Outcome: domain.Done}},
	}); err != nil {
		t.Fatal(err)
	}
	req, err := c.NewRequest()
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Replace(t.Context(), a, v, req, domain.NewDevice)
	refused(t, err, domain.ReasonCodeNotLive)
	v = c.visit(a, m, "")
	c.identify(a, v)
	_, err = c.issue(a, v)
	refused(t, err, domain.ReasonSecondInMonth)
}

// TestEvidenceIsAsOldAsItsOldestFact.
func TestEvidenceIsAsOldAsItsOldestFact(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "mue 140362")
	if err := c.ChooseDocument(t.Context(), a, v, domain.IdentityCard); err != nil {
		t.Fatal(err)
	}
	if err := c.ValidUntil(t.Context(), a, v, "0829"); err != nil {
		t.Fatal(err)
	}
	c.advance(domain.EvidenceLife + time.Minute)
	if err := c.Photo(t.Context(), a, v, true); err != nil {
		t.Fatal(err)
	}
	if err := c.Card(t.Context(), a, v, "951731"); err != nil {
		t.Fatal(err)
	}
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonNotIdentified)
}

// TestExpiredDocumentIsFinal: a document found expired takes its evidence back,
// and the third try ends it.
func TestExpiredDocumentIsFinal(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	refused(t, c.ValidUntil(t.Context(), a, v, "0120"), domain.ReasonDocumentExpired)
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonNotIdentified)
	for range 2 {
		refused(t, c.ValidUntil(t.Context(), a, v, "0120"), domain.ReasonDocumentExpired)
	}
	refused(t, c.ValidUntil(t.Context(), a, v, "0829"), domain.ReasonDocumentExpired)
}

// TestBarredElsewhere: what bars a person from a member bars them in every visit,
// also where the evidence was complete already.
func TestBarredElsewhere(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	again := c.login("kbeispiel", seat2)
	v, w := c.visit(a, m, ""), c.visit(again, m, "")
	c.identify(a, v)
	refused(t, c.Photo(t.Context(), again, w, false), domain.ReasonPhotoMismatch)
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonPhotoMismatch)
	refused(t, c.ChooseDocument(t.Context(), a, c.visit(a, m, ""), domain.Passport), domain.ReasonPhotoMismatch)
}

// TestEveryRefusalIsJournalled, each once.
func TestEveryRefusalIsJournalled(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	b := c.staff("tmuster", rights.Roles(rights.Clerk), seat2)
	phone := c.staff("telefon", rights.Roles(rights.Support), desk.Place{Channel: rights.Phone})
	ctx, v := t.Context(), c.visit(a, m, "")
	call := c.visit(phone, m, "")
	c.journalled("photo before the rest", func() error { return c.Photo(ctx, a, v, true) })
	c.journalled("zones are off", func() error { _, err := c.Zone(ctx, a, v, "x"); return err })
	c.journalled("no code to revoke", func() error { return c.Revoke(ctx, a, v) })
	c.journalled("no code to hand over", func() error { return c.handOver(a, v) })
	c.journalled("no evidence", func() error { _, err := c.issue(a, v); return err })
	c.journalled("reveal without evidence", func() error { _, err := c.Reveal(ctx, a, v); return err })
	c.journalled("somebody else's visit", func() error { _, err := c.issue(b, v); return err })
	c.journalled("search by date on the phone", func() error { _, err := c.Find(ctx, phone, "14.03.1962"); return err })
	c.journalled("a document on the phone", func() error { return c.ChooseDocument(ctx, phone, call, domain.Passport) })
	c.journalled("an expired document", func() error { return c.ValidUntil(ctx, a, v, "0120") })
	c.journalled("a wrong birth date", func() error { return c.BirthDate(ctx, a, v, "010101") })
	c.journalled("a wrong passphrase", func() error { _, err := c.Login(ctx, with("telefon", "falsch falsch falsch"), atCounter); return err })
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	c.journalled("a second code beside the first", func() error { _, err := c.issue(a, v); return err })
	if _, err := c.Reveal(ctx, a, v); err != nil {
		t.Fatal(err)
	}
	c.journalled("a fact that was revealed", func() error { return c.BirthDate(ctx, a, v, "140362") })
}

// TestDisabledWhileSignedIn: a login that is disabled, or belongs to somebody
// else, does nothing more.
func TestDisabledWhileSignedIn(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if err := c.DisableStaff(t.Context(), c.login("admin", console), "kbeispiel"); err != nil {
		t.Fatal(err)
	}
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonLoginDisabled)
	_, err = c.Open(t.Context(), a, desk.Opening{Member: m.ID})
	refused(t, err, domain.ReasonLoginDisabled)
}

// TestAnotherLoginOfTheSamePerson has other rights: it does not go on with the
// visit.
func TestAnotherLoginOfTheSamePerson(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	b := c.twin("zweit", "kbeispiel", rights.Support)
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.Resume(t.Context(), with("zweit", passphrase), a); err != nil {
		t.Fatal(err)
	}
	_, err := c.issue(b, v)
	refused(t, err, domain.ReasonVisitOver)
	_, err = c.issue(a, v)
	refused(t, err, domain.ReasonVisitOver)
}

// slow makes a locker take its time, so that attempts overlap.
type slow struct {
	desk.Locker
	tried atomic.Int32
	gate  chan struct{}
}

func (s *slow) Unlock(ctx context.Context, login string, p []byte) (desk.Unlocked, error) {
	s.tried.Add(1)
	<-s.gate
	return s.Locker.Unlock(ctx, login, p)
}

// TestParallelPassphrases: many at once are counted one after the other, and the
// login closes after as many as one by one.
func TestParallelPassphrases(t *testing.T) {
	c := open(t)
	c.clerk()
	locker := &slow{Locker: c.store, gate: make(chan struct{})}
	c.Locker = locker
	var delayed atomic.Int32
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			_, err := c.Login(t.Context(), with("kbeispiel", "falsch falsch falsch"), atCounter)
			if !errors.Is(err, domain.Fail(0, domain.ReasonLoginFailed)) && delayed.Add(1) == 37 {
				close(locker.gate)
			}
		})
	}
	wg.Wait()
	if tried := locker.tried.Load(); tried != 3 {
		t.Errorf("%d passphrases were tried at once", tried)
	}
}

// TestImportedAddress: an address that is another one has changed today at the
// latest, whatever the file says.
func TestImportedAddress(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	admin := c.login("admin", console)
	m.ID, m.Pseudonym = 0, domain.Pseudonym{}
	m.Address = domain.Address{Street: "Neuweg", HouseNumber: "1", Postcode: "97070"}
	rows := func(yield func(desk.Incoming) bool) { yield(desk.Incoming{Line: 2, Member: m}) }
	if _, err := c.Import(t.Context(), admin, rows, func(desk.Conflict) {}, nil); err != nil {
		t.Fatal(err)
	}
	stored, _, err := c.store.MemberByKVNR(t.Context(), m.KVNR)
	if err != nil {
		t.Fatal(err)
	}
	v := c.visit(a, stored, "")
	c.identify(a, v)
	_, err = c.issue(a, v)
	refused(t, err, domain.ReasonSecondAddress)
	total, err := c.Import(t.Context(), admin, rows, func(desk.Conflict) {}, nil)
	if err != nil || total.Unchanged != 1 {
		t.Errorf("the same file again: %+v, %v", total, err)
	}
}

// TestExpiryIsWrittenDown by the first who meets it, once.
func TestExpiryIsWrittenDown(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	if err := c.handOver(a, v); err != nil {
		t.Fatal(err)
	}
	c.advance(73 * time.Hour)
	before := c.size()
	for range 2 {
		if view, err := c.View(t.Context(), a, v); err != nil || view.Code.State != domain.CodeExpired {
			t.Fatalf("%+v, %v", view.Code, err)
		}
	}
	if entries := c.size() - before - 1; entries != 1 {
		t.Errorf("%d entries, want 1", entries)
	}
	c.advance(-10 * time.Hour)
	if got := c.states(m); got[0] != domain.CodeExpired {
		t.Errorf("a clock set back makes it %v", got)
	}
}
