package desk_test

import (
	"errors"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/iccsn"
	"schalter/domain/name"
	"schalter/domain/rights"
)

// annasCard is the card that a reader reads for the member c.member stores.
func annasCard(change ...func(*desk.CardSeen)) desk.CardSeen {
	seen := desk.CardSeen{
		ICCSN: "80276001820001951731", KVNR: "A123456780", Insurer: "109500969",
		Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314,
	}
	for _, f := range change {
		f(&seen)
	}
	return seen
}

// withDocument checks everything but the card.
func withDocument(c *counter, a domain.Actor, v domain.VisitID) {
	c.t.Helper()
	for _, err := range []error{
		c.ChooseDocument(c.t.Context(), a, v, domain.IdentityCard),
		c.BirthDate(c.t.Context(), a, v, "140362"),
		c.ValidUntil(c.t.Context(), a, v, "0831"),
		c.Photo(c.t.Context(), a, v, true),
	} {
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

func blockedCard(m *domain.Member) { m.Cards[0].Status = domain.CardBlocked }
func expiredCard(m *domain.Member) { m.Cards[0].ValidTo = 20270228 }

// TestOpenByCard: a card opens its member, and is evidence if it is on record and
// in force. What opens without evidence leads to no code.
func TestOpenByCard(t *testing.T) {
	rows := []struct {
		reason string
		member func(*domain.Member)
		seen   func(*desk.CardSeen)
		why    domain.Reason // of the verdict
	}{
		{"the member's card", func(*domain.Member) {}, func(*desk.CardSeen) {}, ""},
		{"the newer of two cards", func(m *domain.Member) {
			m.Cards = append([]domain.Card{{ICCSN: "80276001820001000009", Status: domain.CardBlocked}}, m.Cards...)
		}, func(*desk.CardSeen) {}, ""},
		{"a blocked card", blockedCard, func(*desk.CardSeen) {}, domain.ReasonCardBlocked},
		{"an expired card", expiredCard, func(*desk.CardSeen) {}, domain.ReasonCardExpired},
		{"another card of this member", func(*domain.Member) {}, func(s *desk.CardSeen) { s.ICCSN = "80276001820001951732" }, domain.ReasonCardSuperseded},
		{"another card with the same last digits", func(*domain.Member) {}, func(s *desk.CardSeen) { s.ICCSN = "80276001830001951731" }, domain.ReasonCardSuperseded},
		{"no number at all", func(*domain.Member) {}, func(s *desk.CardSeen) { s.ICCSN = "" }, domain.ReasonCardSuperseded},
		{"six digits for a number", func(*domain.Member) {}, func(s *desk.CardSeen) { s.ICCSN = "951731" }, domain.ReasonCardSuperseded},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			c := open(t)
			m, a := c.member(row.member), c.clerk()
			v, verdict, err := c.OpenByCard(t.Context(), a, annasCard(row.seen))
			if err != nil || verdict.Why != row.why {
				t.Fatalf("%+v, %v", verdict, err)
			}
			view, err := c.View(t.Context(), a, v)
			if err != nil || view.Member != m.ID || view.CardKnown != (row.why == "") {
				t.Fatalf("opened %v, card known %v, %v", view.Member, view.CardKnown, err)
			}
			withDocument(c, a, v)
			if _, err := c.issue(a, v); (err == nil) != (row.why == "") {
				t.Errorf("a code: %v", err)
			}
		})
	}
}

// TestOpenByCardRefused: nobody is opened.
func TestOpenByCardRefused(t *testing.T) {
	unknown := func(s *desk.CardSeen) { s.KVNR = "C000500021" }
	foreign := func(s *desk.CardSeen) { s.KVNR, s.Insurer = "C000500021", "104212059" }
	phone := desk.Place{Channel: rights.Phone}
	for _, row := range []struct {
		reason string
		role   rights.Role
		at     desk.Place
		seen   func(*desk.CardSeen)
		want   domain.Reason
	}{
		{"nobody of that number", rights.Clerk, atCounter, unknown, domain.ReasonCardUnknown},
		{"of another insurer", rights.Clerk, atCounter, foreign, domain.ReasonCardForeign},
		{"on the phone", rights.Support, phone, func(*desk.CardSeen) {}, domain.ReasonChannelWrong},
		{"an auditor", rights.Auditor, atCounter, func(*desk.CardSeen) {}, domain.ReasonRoleMissing},
		{"an auditor learns not who is a member", rights.Auditor, atCounter, unknown, domain.ReasonRoleMissing},
	} {
		t.Run(row.reason, func(t *testing.T) {
			c := open(t)
			c.member()
			a := c.staff("wer", rights.Roles(row.role), row.at)
			v, _, err := c.OpenByCard(t.Context(), a, annasCard(row.seen))
			refused(t, err, row.want)
			if v != (domain.VisitID{}) {
				t.Error("a visit began")
			}
		})
	}
}

// TestMovedInsurer: a member on record whose card is of another insurer is opened;
// the difference is told.
func TestMovedInsurer(t *testing.T) {
	c := open(t)
	c.member()
	_, verdict, err := c.OpenByCard(t.Context(), c.clerk(), annasCard(func(s *desk.CardSeen) { s.Insurer = "104212059" }))
	if err != nil || verdict.Why != "" || verdict.Insurer != desk.Differs {
		t.Errorf("%+v, %v", verdict, err)
	}
}

// TestCardRead: a card put in during the identification.
func TestCardRead(t *testing.T) {
	rows := []struct {
		reason string
		member func(*domain.Member)
		seen   func(*desk.CardSeen)
		want   domain.Reason
		closed bool // nothing helps in this visit any more
		counts bool // as a wrong answer
	}{
		{"the member's card", func(*domain.Member) {}, func(*desk.CardSeen) {}, "", false, false},
		{"somebody else's", func(*domain.Member) {}, func(s *desk.CardSeen) { s.KVNR = "C000500021" }, domain.ReasonCardOther, false, false},
		{"somebody else's with this number", func(*domain.Member) {}, func(s *desk.CardSeen) { s.KVNR = "X110411675" }, domain.ReasonCardOther, false, false},
		{"one that is not on record", func(*domain.Member) {}, func(s *desk.CardSeen) { s.ICCSN = "80276001820001951739" }, domain.ReasonCardSuperseded, false, true},
		{"a blocked one", blockedCard, func(*desk.CardSeen) {}, domain.ReasonCardBlocked, true, false},
		{"an expired one", expiredCard, func(*desk.CardSeen) {}, domain.ReasonCardExpired, true, false},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			c := open(t)
			m, a := c.member(row.member), c.clerk()
			v := c.visit(a, m, "")
			withDocument(c, a, v)
			verdict, err := c.CardRead(t.Context(), a, v, annasCard(row.seen))
			if row.want == "" {
				if err != nil || verdict.Why != "" {
					t.Fatalf("%+v, %v", verdict, err)
				}
				if _, err := c.issue(a, v); err != nil {
					t.Error(err)
				}
				return
			}
			refused(t, err, row.want)
			if verdict.Why != row.want {
				t.Errorf("the verdict says %q", verdict.Why)
			}
			if _, err := c.issue(a, v); err == nil {
				t.Error("a code appeared")
			}
			if view, err := c.View(t.Context(), a, v); err != nil || (view.Closed != "") != row.closed {
				t.Errorf("closed: %q, %v", view.Closed, err)
			}
			answers, _, err := c.store.Answers(t.Context(), m.ID)
			if err != nil || (len(answers.Wrong) == 1) != row.counts {
				t.Errorf("%d wrong answers, %v", len(answers.Wrong), err)
			}
		})
	}
}

// TestCardsAreNotGuessed: three cards that are not on record end it, as three
// typed wrong do.
func TestCardsAreNotGuessed(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	withDocument(c, a, v)
	for _, n := range []string{"1", "2", "3"} {
		_, _ = c.CardRead(t.Context(), a, v, annasCard(func(s *desk.CardSeen) { s.ICCSN = iccsn.ICCSN("8027600182000195170" + n) }))
	}
	_, err := c.CardRead(t.Context(), a, v, annasCard())
	refused(t, err, domain.ReasonTooManyWrong)
	_, verdict, err := c.OpenByCard(t.Context(), a, annasCard())
	if err != nil || verdict.Why != domain.ReasonTooManyWrong {
		t.Errorf("%+v, %v", verdict, err)
	}
}

// TestRevealedDoesNotSpoilACard: what is held is no known fact.
func TestRevealedDoesNotSpoilACard(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	withDocument(c, a, v)
	if _, err := c.Reveal(t.Context(), a, v); err != nil {
		t.Fatal(err)
	}
	if _, err := c.CardRead(t.Context(), a, v, annasCard()); err != nil {
		t.Error(err)
	}
}

// TestCardBlockedMeanwhile: a card that was read and blocked afterwards is no
// evidence for a code.
func TestCardBlockedMeanwhile(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v, _, err := c.OpenByCard(t.Context(), a, annasCard())
	if err != nil {
		t.Fatal(err)
	}
	withDocument(c, a, v)
	m.Cards[0].Status = domain.CardBlocked
	e := domain.Entry{At: now, Act: domain.ActMembersImported, Outcome: domain.Done}
	if _, err := c.store.Commit(t.Context(), desk.Change{Put: []domain.Record{m}, Entries: []domain.Entry{e}}); err != nil {
		t.Fatal(err)
	}
	_, err = c.issue(a, v)
	refused(t, err, domain.ReasonCardEvidenceMissing)
}

// TestCardCompared: field by field, by what the card has.
func TestCardCompared(t *testing.T) {
	home := domain.Address{Street: "Große Straße", HouseNumber: "7", Postcode: "97070"}
	for _, row := range []struct {
		reason string
		seen   func(*desk.CardSeen)
		want   desk.CardVerdict
	}{
		{"a short card", func(*desk.CardSeen) {}, desk.CardVerdict{Name: name.Match, BirthDate: desk.Agrees, Insurer: desk.Agrees}},
		{"another spelling", func(s *desk.CardSeen) {
			s.Name.Surname, s.Address = "Mueller", domain.Address{Street: "Grosse Strasse", HouseNumber: "7", Postcode: "97070"}
		}, desk.CardVerdict{Name: name.Match, BirthDate: desk.Agrees, Insurer: desk.Agrees, Address: desk.Agrees}},
		{"before the wedding and the move", func(s *desk.CardSeen) {
			s.Name.Surname, s.Address = "Schmidt", domain.Address{Street: "Lindenweg", HouseNumber: "1", Postcode: "97070"}
		}, desk.CardVerdict{Name: name.Mismatch, BirthDate: desk.Agrees, Insurer: desk.Agrees, Address: desk.Differs}},
		{"another birth date", func(s *desk.CardSeen) { s.BirthDate = 19620315 }, desk.CardVerdict{Name: name.Match, BirthDate: desk.Differs, Insurer: desk.Agrees}},
	} {
		c := open(t)
		m, a := c.member(func(m *domain.Member) { m.Address = home }), c.clerk()
		v := c.visit(a, m, "")
		if got, err := c.CardRead(t.Context(), a, v, annasCard(row.seen)); err != nil || got != row.want {
			t.Errorf("%s: %+v, %v", row.reason, got, err)
		}
	}
}

// TestJournalTellsReadFromTyped: the entry of a card says how it was checked.
func TestJournalTellsReadFromTyped(t *testing.T) {
	for _, row := range []struct {
		how   string
		check func(c *counter, a domain.Actor, v domain.VisitID) error
	}{
		{"read", func(c *counter, a domain.Actor, v domain.VisitID) error {
			_, err := c.CardRead(t.Context(), a, v, annasCard())
			return err
		}},
		{"typed", func(c *counter, a domain.Actor, v domain.VisitID) error {
			return c.Card(t.Context(), a, v, "951731")
		}},
	} {
		c := open(t)
		m, a := c.member(), c.clerk()
		v := c.visit(a, m, "")
		var entries []domain.Entry
		c.Writer = &writer{c.store, func(change desk.Change, commit func() (desk.Receipt, error)) (desk.Receipt, error) {
			entries = append(entries, change.Entries...)
			return commit()
		}}
		if err := row.check(c, a, v); err != nil {
			t.Fatal(err)
		}
		if len(entries) != 1 || entries[0].Act != domain.ActCardChecked || entries[0].Object != row.how {
			t.Errorf("%s: %+v", row.how, entries)
		}
	}
}

// Laid on the reader at the start page, an old card is told, and never counted;
// during an identification the same card counts once.
func TestOldCardCountsOnce(t *testing.T) {
	c := open(t)
	c.member()
	a := c.clerk()
	old := annasCard(func(s *desk.CardSeen) { s.ICCSN = "80276001820001951732" })
	var v domain.VisitID
	for i := range domain.MaxWrong + 1 {
		if i > 0 {
			if err := c.EndVisit(t.Context(), a, v); err != nil {
				t.Fatal(err)
			}
		}
		var verdict desk.CardVerdict
		var err error
		if v, verdict, err = c.OpenByCard(t.Context(), a, old); err != nil || verdict.Why != domain.ReasonCardSuperseded {
			t.Fatalf("%+v, %v", verdict, err)
		}
	}
	for range domain.MaxWrong + 1 {
		_, err := c.CardRead(t.Context(), a, v, old)
		refused(t, err, domain.ReasonCardSuperseded)
	}
	if verdict, err := c.CardRead(t.Context(), a, v, annasCard()); err != nil || verdict.Why != "" {
		t.Errorf("the right card: %+v, %v", verdict, err)
	}
}

// The journal says that a card led nowhere, and not which one.
func TestCardOfNobodyIsJournalled(t *testing.T) {
	c := open(t)
	a := c.clerk()
	_, _, err := c.OpenByCard(t.Context(), a, annasCard())
	if !errors.Is(err, domain.Fail(domain.NotFound, domain.ReasonCardUnknown)) {
		t.Fatal(err)
	}
	found := false
	for e, err := range c.store.Journal(t.Context(), desk.JournalSpan{}) {
		if err != nil {
			t.Fatal(err)
		}
		found = found || e.Reason == domain.ReasonCardUnknown && e.Staff == a.Staff
	}
	if !found {
		t.Error("no entry")
	}
}
