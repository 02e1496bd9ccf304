package desk_test

import (
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

var onPhone = desk.Place{Channel: rights.Phone}

func (c *counter) agent() domain.Actor {
	c.t.Helper()
	return c.staff("kberatung", rights.Roles(rights.Support), onPhone)
}

func reachable(m *domain.Member) {
	m.Address = domain.Address{Street: "Gasse", HouseNumber: "4 a", Postcode: "97074", City: "Würzburg", ChangedOn: 20200101}
	m.Contact = domain.Contact{Email: "anna@example.org", EmailVerified: true}
}

var anna = desk.PhoneAnswers{KVNR: "A123456780", Digits: "951731", Postcode: "97074"}

func TestIdentifyByPhone(t *testing.T) {
	for _, row := range []struct {
		why   string
		typed desk.PhoneAnswers
		want  domain.Reason
	}{
		{"all right", anna, ""},
		{"the house number instead", desk.PhoneAnswers{KVNR: "a 123456780", Digits: "951731", HouseNumber: "4A"}, ""},
		{"another KVNR", desk.PhoneAnswers{KVNR: "B123456782", Digits: "951731", Postcode: "97074"}, domain.ReasonPhoneWrong},
		{"another card", desk.PhoneAnswers{KVNR: "A123456780", Digits: "951732", Postcode: "97074"}, domain.ReasonPhoneWrong},
		{"another postcode", desk.PhoneAnswers{KVNR: "A123456780", Digits: "951731", Postcode: "97075"}, domain.ReasonPhoneWrong},
		{"right postcode, wrong house", desk.PhoneAnswers{KVNR: "A123456780", Digits: "951731", Postcode: "97074", HouseNumber: "5"}, domain.ReasonPhoneWrong},
		{"neither", desk.PhoneAnswers{KVNR: "A123456780", Digits: "951731"}, domain.ReasonPhoneWrong},
		{"no digits", desk.PhoneAnswers{KVNR: "A123456780", Postcode: "97074"}, domain.ReasonDigitsInvalid},
	} {
		t.Run(row.why, func(t *testing.T) {
			c := open(t)
			m, a := c.member(reachable), c.agent()
			v := c.visit(a, m, "")
			err := c.IdentifyByPhone(t.Context(), a, v, row.typed)
			view, viewErr := c.View(t.Context(), a, v)
			if viewErr != nil {
				t.Fatal(viewErr)
			}
			if row.want == "" && (err != nil || view.Assurance != rights.ByPhone) {
				t.Errorf("%v, %v", view.Assurance, err)
			}
			if row.want != "" {
				refused(t, err, row.want)
				if view.Assurance != rights.None {
					t.Errorf("identified as %v", view.Assurance)
				}
			}
		})
	}
}

// TestPhoneLock: three wrong answers close the phone to a member for everybody,
// for a day.
func TestPhoneLock(t *testing.T) {
	c := open(t)
	m, a := c.member(reachable), c.agent()
	b := c.staff("zweite", rights.Roles(rights.Support), onPhone)
	wrong := anna
	wrong.Postcode = "11111"
	for i, who := range []domain.Actor{a, b, a} {
		err := c.IdentifyByPhone(t.Context(), who, c.visit(who, m, ""), wrong)
		want := domain.ReasonPhoneWrong
		if i == 2 {
			want = domain.ReasonPhoneLocked
		}
		refused(t, err, want)
	}
	err := c.IdentifyByPhone(t.Context(), b, c.visit(b, m, ""), anna)
	if !desk.IsKind(err, domain.Locked) {
		t.Errorf("the fourth caller: %v", err)
	}
	c.advance(domain.AnswerWindow + time.Minute)
	if err := c.IdentifyByPhone(t.Context(), b, c.visit(b, m, ""), anna); err != nil {
		t.Errorf("a day later: %v", err)
	}
	// At the counter nobody is asked on the phone, and on the phone nobody shows papers.
	clerk := c.clerk()
	refused(t, c.IdentifyByPhone(t.Context(), clerk, c.visit(clerk, m, ""), anna), domain.ReasonChannelWrong)
	refused(t, c.ChooseDocument(t.Context(), a, c.visit(a, m, ""), domain.IdentityCard), domain.ReasonChannelWrong)
}

// TestShownIsNoEvidenceOnThePhone: who was shown the data cannot ask for them.
func TestShownIsNoEvidenceOnThePhone(t *testing.T) {
	c := open(t)
	m, a := c.member(reachable), c.agent()
	v := c.visit(a, m, "")
	if err := c.IdentifyByPhone(t.Context(), a, v, anna); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Reveal(t.Context(), a, v); err != nil {
		t.Fatal(err)
	}
	refused(t, c.IdentifyByPhone(t.Context(), a, c.visit(a, m, ""), anna), domain.ReasonShownToYou)
}

// TestPhoneDeletion: announced, cancellable, carried out a day later.
func TestPhoneDeletion(t *testing.T) {
	c := open(t)
	m, a := c.member(reachable), c.agent()
	c.account(m)
	if err := c.observe(m, domain.BackendCodeBlocked); err != nil {
		t.Fatal(err)
	}
	v := c.visit(a, m, "")
	if err := c.IdentifyByPhone(t.Context(), a, v, anna); err != nil {
		t.Fatal(err)
	}
	done, err := c.DeleteAccount(t.Context(), a, v, c.request(), desk.Grounds{Why: domain.WhyForgotten})
	if err != nil || done.RunsAt.IsZero() || done.Notice != domain.ViaEmail || c.accountOf(m).State != domain.AccountEnding {
		t.Fatalf("announced: %+v, %v", done, err)
	}
	if _, err := c.CancelDeletion(t.Context(), a, v, c.request()); err != nil {
		t.Fatal(err)
	}
	if x := c.accountOf(m); x.State != domain.AccountBlocked || c.events()[domain.EventAccountDeleted] != 0 {
		t.Errorf("cancelling unblocked it or left the event: %+v, %v", x, c.events())
	}
	if _, err := c.DeleteAccount(t.Context(), a, v, c.request(), desk.Grounds{Why: domain.WhyForgotten}); err != nil {
		t.Fatal(err)
	}
	c.advance(23 * time.Hour)
	if _, err := c.MakeDue(t.Context()); err != nil || c.accountOf(m).State != domain.AccountEnding {
		t.Errorf("ran too early: %v", err)
	}
	c.advance(time.Hour)
	if _, err := c.MakeDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	x := c.accountOf(m)
	if x.State != domain.AccountDeleted || len(x.Bound()) != 0 || !x.Identified.Required() || c.events()[domain.EventAccountDeleted] != domain.EventDue {
		t.Errorf("a day later: %+v, %v", x, c.events())
	}
}

func TestFactsAndCards(t *testing.T) {
	c := open(t)
	m, a := c.member(reachable), c.agent()
	v := c.visit(a, m, "")
	_, err := c.BlockCard(t.Context(), a, v, c.request())
	refused(t, err, domain.ReasonFactsMissing)
	for _, wrong := range []desk.Facts{
		{Name: "Anna Meier", BirthDate: "14.03.1962", Postcode: "97074"},
		{Name: "Anna Müller", BirthDate: "14.03.1963", Postcode: "97074"},
	} {
		refused(t, c.TellFacts(t.Context(), a, v, wrong), domain.ReasonFactsWrong)
	}
	if err := c.TellFacts(t.Context(), a, v, desk.Facts{Name: "mueller anna", BirthDate: "140362", Postcode: "97074"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.BlockCard(t.Context(), a, v, c.request()); err != nil {
		t.Fatal(err)
	}
	_, err = c.BlockCard(t.Context(), a, v, c.request())
	refused(t, err, domain.ReasonCardBlockedAlready)
	done, err := c.OrderCard(t.Context(), a, v, c.request())
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.OrderCard(t.Context(), a, v, c.request())
	refused(t, err, domain.ReasonCardOrdered)
	if err := c.UndoOrder(t.Context(), a, v, c.request(), done.Case); err != nil {
		t.Error(err)
	}
	if e := c.events(); e[domain.EventCardBlocked] != domain.EventDue || e[domain.EventCardOrdered] != 0 {
		t.Errorf("events %v", e)
	}
	clerk := c.clerk()
	v = c.visit(clerk, m, "")
	for _, err := range []error{
		c.ChooseDocument(t.Context(), clerk, v, domain.IdentityCard), c.BirthDate(t.Context(), clerk, v, "140362"),
		c.ValidUntil(t.Context(), clerk, v, "0829"), c.Photo(t.Context(), clerk, v, true),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	refused(t, c.Card(t.Context(), clerk, v, "951731"), domain.ReasonCardBlocked)
}

func TestRegistration(t *testing.T) {
	c := open(t)
	m, agent, clerk := c.member(reachable), c.agent(), c.clerk()
	v := c.visit(agent, m, "")
	got, err := c.CheckRegistration(t.Context(), agent, v, desk.Registration{KVNR: "A123456780", Digits: "951731", Postcode: "97075"})
	refused(t, err, domain.ReasonFactsWrong)
	if got != (desk.Registered{}) {
		t.Errorf("support is told fields: %+v", got)
	}
	got, err = c.CheckRegistration(t.Context(), agent, v, desk.Registration{KVNR: "A123456780", Digits: "951731", Postcode: "97074"})
	if err != nil || !got.All {
		t.Errorf("all right: %+v, %v", got, err)
	}
	v = c.visit(clerk, m, "")
	_, err = c.CheckRegistration(t.Context(), clerk, v, desk.Registration{})
	refused(t, err, domain.ReasonNotIdentified)
	c.identify(clerk, v)
	got, err = c.CheckRegistration(t.Context(), clerk, v, desk.Registration{KVNR: "A123456780", Digits: "951731", Postcode: "97075"})
	refused(t, err, domain.ReasonFactsWrong)
	if !got.Told || !got.KVNR || !got.Digits || got.Postcode {
		t.Errorf("a clerk is told %+v", got)
	}
}

// family is a mother, a child under 15, and a spouse.
func (c *counter) family() (mother, child, spouse domain.Member) {
	mother = c.member(reachable)
	with := func(n kvnr.KVNR, given string, born int, r domain.Relation) domain.Member {
		return c.member(func(m *domain.Member) {
			m.KVNR, m.Name.Given, m.BirthDate = n, given, 20180505
			if r == domain.Spouse {
				m.BirthDate = 19600505
			}
			m.Insurance = domain.Insurance{As: domain.AsFamily, Main: mother.KVNR, Relation: r, From: 20180505}
			m.Cards[0].ICCSN = "80276001820001952842"
		})
	}
	return mother, with("B123456782", "Lena", 20180505, domain.Child), with("C123456784", "Otto", 19600505, domain.Spouse)
}

// papers shows a document with a birth date, and the child's card.
func (c *counter) papers(a domain.Actor, v domain.VisitID, born string) {
	c.t.Helper()
	for _, err := range []error{
		c.ChooseDocument(c.t.Context(), a, v, domain.IdentityCard), c.BirthDate(c.t.Context(), a, v, born),
		c.ValidUntil(c.t.Context(), a, v, "0829"), c.Photo(c.t.Context(), a, v, true), c.Card(c.t.Context(), a, v, "952842"),
	} {
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

func TestFamily(t *testing.T) {
	c := open(t)
	mother, child, spouse := c.family()
	a := c.clerk()
	for _, row := range []struct {
		of   domain.Member
		want []domain.MemberID
	}{{mother, []domain.MemberID{child.ID}}, {child, []domain.MemberID{mother.ID}}, {spouse, nil}} {
		list, err := c.Family(t.Context(), a, c.visit(a, row.of, ""))
		if err != nil || len(list) != len(row.want) || len(list) == 1 && list[0].Member != row.want[0] {
			t.Errorf("family of %s: %+v, %v", row.of.Name.Given, list, err)
		}
	}
}

func TestRepresentatives(t *testing.T) {
	c := open(t)
	mother, child, spouse := c.family()
	a := c.clerk()
	v := c.visit(a, mother, "")
	refused(t, c.Represent(t.Context(), a, v, domain.LinkedParent, 0), domain.ReasonNotRepresented)
	v = c.visit(a, spouse, "")
	refused(t, c.Represent(t.Context(), a, v, domain.Carer+1, domain.CourtOrder), domain.ReasonForSomeoneElse)
	v = c.visit(a, child, "")
	refused(t, c.Represent(t.Context(), a, v, domain.UnlinkedParent, 0), domain.ReasonProofMissing)

	// The child alone gets nothing.
	c.papers(a, v, "050518")
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonChildUnder15)

	// The linked mother shows her own ID; the child's birth date does not do.
	if err := c.Represent(t.Context(), a, v, domain.LinkedParent, 0); err != nil {
		t.Fatal(err)
	}
	if err := c.ChooseDocument(t.Context(), a, v, domain.IdentityCard); err != nil {
		t.Fatal(err)
	}
	refused(t, c.BirthDate(t.Context(), a, v, "050518"), domain.ReasonDocumentMismatch)
	c.papers(a, v, "140362")
	if _, err := c.issue(a, v); err != nil {
		t.Errorf("the mother: %v", err)
	}

	// A father who is not linked needs a second person, and proves nothing else.
	v = c.visit(a, child, "")
	if err := c.Represent(t.Context(), a, v, domain.UnlinkedParent, domain.BirthCertificate); err != nil {
		t.Fatal(err)
	}
	c.papers(a, v, "010180")
	_, err = c.issue(a, v)
	refused(t, err, domain.ReasonSecondGuardian)
	_, err = c.Reveal(t.Context(), a, v)
	refused(t, err, domain.ReasonNotIdentified)
}
