package member_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/egk"
	"schalter/domain/rights"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// identified types everything a full identification asks, from the member's page
// on, and comes back to it.
const identified = "i1140362" + "0829" + "j" + "000001"

// views are the states of the page worth an eye.
var views = []struct {
	name   string
	member func(*domain.Member)
	walk   func(c *pagetest.Counter, ui *uitest.UI)
}{
	{"masked", nil, nil},
	{"warnings", func(m *domain.Member) {
		m.Deceased, m.BirthDate, m.Cards[0].Status = true, 20150314, domain.CardBlocked
	}, func(c *pagetest.Counter, ui *uitest.UI) { ui.Advance(6 * time.Second) }},
	{"identified", nil, func(_ *pagetest.Counter, ui *uitest.UI) {
		ui.Type(identified)
		ui.Press("enter")
		ui.Advance(100 * time.Second)
	}},
	{"revealed", nil, func(_ *pagetest.Counter, ui *uitest.UI) {
		ui.Type(identified)
		ui.Press("enter", "z")
		ui.Advance(3 * time.Second)
	}},
	{"refused", nil, func(_ *pagetest.Counter, ui *uitest.UI) {
		ui.Press("i", "v", "tab", "enter", "esc")
	}},
	{"card", nil, func(c *pagetest.Counter, ui *uitest.UI) { pagetest.Insert(ui, c.Last()) }},
	{"card_warnings", func(m *domain.Member) {
		m.Address.ChangedOn, m.Cards[0].Status = date.Of(pagetest.Monday), domain.CardBlocked
	}, func(c *pagetest.Counter, ui *uitest.UI) { pagetest.Insert(ui, c.Last()) }},
	{"card_differs", nil, func(c *pagetest.Counter, ui *uitest.UI) {
		pagetest.Insert(ui, c.Last(), func(card *egk.Card) {
			card.Name.Surname, card.Insurer.IK, card.Address.Street = "Schmidt", "104212059", "Am Markt"
		})
		pagetest.Pull(ui)
	}},
	{"papers", nil, func(c *pagetest.Counter, ui *uitest.UI) { ui.Press("m") }},
}

func TestGolden(t *testing.T) {
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c := open(t)
					c.Seat.Practice = pagetest.Practice{}
					anna := c.Member(func(m *domain.Member) {
						if v.member != nil {
							v.member(m)
						}
					})
					ui := c.Run(l, size[0], size[1])
					c.Find(ui, anna)
					if v.walk != nil {
						v.walk(c, ui)
					}
					c.CheckKeys(page.Member)
					c.CheckSizes(page.Member)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestMasked: before the member is identified nothing personal is on the screen
// but the name.
func TestMasked(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	pagetest.Shows(t, ui, "Müller, Anna", "•••••••"+anna.KVNR.Last3(), "14.03.••••", "Ausgewiesen: NEIN")
	pagetest.Hides(t, ui, string(anna.KVNR), "1962", "Lindenweg", "anna@", "000001")
	ui.Press("z")
	pagetest.Shows(t, ui, "Geht jetzt nicht: Die Person ist nicht ausgewiesen.")
	pagetest.Hides(t, ui, "Lindenweg")
}

// TestReveal: revealed data stay twenty seconds, and not beyond leaving or
// locking.
func TestReveal(t *testing.T) {
	rows := []struct {
		why    string
		key    string
		leave  func(ui *uitest.UI)
		remain bool
	}{
		{"shown by the letter", "z", func(ui *uitest.UI) { ui.Advance(19 * time.Second) }, true},
		{"shown by the function key", "f6", func(ui *uitest.UI) { ui.Advance(19 * time.Second) }, true},
		{"after twenty seconds it is masked again", "z", func(ui *uitest.UI) { ui.Advance(21 * time.Second) }, false},
		{"the seat is locked", "z", func(ui *uitest.UI) { ui.Press("f3", "enter") }, false},
		{"another page is opened", "z", func(ui *uitest.UI) { ui.Press("p", "esc") }, false},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c := open(t)
			anna := c.Member()
			ui := c.Run(words.German, 80, 24)
			c.Find(ui, anna)
			ui.Type(identified)
			ui.Press("enter", row.key)
			personal := []string{string(anna.KVNR), "14.03.1962", "Lindenweg 7, 97070 Musterstadt", "anna@muster.example"}
			pagetest.Shows(t, ui, personal...)
			row.leave(ui)
			if row.remain {
				pagetest.Shows(t, ui, personal...)
				return
			}
			pagetest.Shows(t, ui, "•••••••"+anna.KVNR.Last3())
			pagetest.Hides(t, ui, personal...)
		})
	}
}

// TestRevoke asks before it revokes; the first choice does nothing.
func TestRevoke(t *testing.T) {
	c := open(t)
	anna := c.Member()
	c.IssueElsewhere(anna)
	ui := c.Run(words.English, 80, 24)
	c.Find(ui, anna)
	pagetest.Shows(t, ui, "live until 04 Mar 2027 14:02, not handed over")
	ui.Press("s", "enter")
	if got := c.Codes(anna); got[0] != domain.CodeLive {
		t.Fatalf("cancelling left %v", got)
	}
	ui.Press("s", "tab", "enter")
	if got := c.Codes(anna); got[0] != domain.CodeRevoked {
		t.Fatalf("confirming left %v", got)
	}
	pagetest.Shows(t, ui, "The activation code is revoked.", "Activation code: revoked 01 Mar 2027 14:02")
	ui.Press("s")
	pagetest.Shows(t, ui, "Not possible now: There is no live code.")
}

// TestChangesElsewhereShow: a code that another seat hands out, or the app
// redeems, is on the page within seconds, and nobody pressed a key.
func TestChangesElsewhereShow(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	pagetest.Shows(t, ui, "Aktivierungscode: noch keiner")
	c.IssueElsewhere(anna)
	ui.Advance(6 * time.Second)
	pagetest.Shows(t, ui, "Aktivierungscode: offen bis")
	c.Change(anna, func(a *domain.ActivationCode) { a.State, a.EndedAt = domain.CodeRedeemed, c.Clock.Now() })
	ui.Advance(6 * time.Second)
	pagetest.Shows(t, ui, "Aktivierungscode: eingelöst 01.03.2027 14:02")
}

// TestEvidenceRunsOut: the minutes that are left count down to NO.
func TestEvidenceRunsOut(t *testing.T) {
	c := open(t, func(s *domain.Settings) { s.IdleLock = 0 })
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	ui.Type(identified)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgewiesen: JA, mit Ausweis und Gesundheitskarte, noch 15 min")
	ui.Advance(10 * time.Minute)
	pagetest.Shows(t, ui, "noch 5 min")
	ui.Advance(6 * time.Minute)
	pagetest.Shows(t, ui, "Ausgewiesen: NEIN")
}

// TestWhyNot: what cannot be done says why, on the page and when it is pressed.
func TestWhyNot(t *testing.T) {
	rows := []struct {
		why    string
		member func(*domain.Member)
		actor  func(*domain.Actor)
		key    string
		want   string
	}{
		{"a deceased member gets no code", func(m *domain.Member) { m.Deceased = true }, nil, "a", "Die Versicherung ist beendet oder die Person verstorben."},
		{"nor an identification", func(m *domain.Member) { m.Deceased = true }, nil, "i", "Die Versicherung ist beendet oder die Person verstorben."},
		{"nor does one whose insurance has ended", func(m *domain.Member) { m.Insurance.To = 20261231 }, nil, "a", "Die Versicherung ist beendet oder die Person verstorben."},
		{"support hands out nothing", nil, func(a *domain.Actor) { a.Roles = rights.Roles(rights.Support) }, "a", "Ihre Rolle erlaubt das nicht."},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c := open(t)
			m := c.Member(func(m *domain.Member) {
				if row.member != nil {
					row.member(m)
				}
			})
			if row.actor != nil {
				row.actor(&c.Seat.Actor)
			}
			ui := c.Run(words.German, 80, 24)
			c.Find(ui, m)
			ui.Press(row.key)
			pagetest.Shows(t, ui, "Geht jetzt nicht: "+row.want)
			if row.want != "" {
				pagetest.Shows(t, ui, "Müller, Anna", row.key+"  ")
			}
		})
	}
}

// TestEscEndsTheVisit: nothing of the person is left, at the desk either.
func TestEscEndsTheVisit(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	ui.Type(identified)
	ui.Press("enter", "esc")
	pagetest.Shows(t, ui, "Suche", "Die Vorsprache ist beendet.")
	pagetest.Hides(t, ui, "Müller")
	c.Find(ui, anna)
	pagetest.Shows(t, ui, "Ausgewiesen: NEIN")
}

// TestVisitOverElsewhere: when somebody else's login has ended the visit, the
// page says so and leaves.
func TestVisitOverElsewhere(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	c.Desk.Close(context.Background())
	ui.Advance(6 * time.Second)
	pagetest.Shows(t, ui, "Die Vorsprache ist beendet.", "Suche")
	pagetest.Hides(t, ui, "Müller, Anna")
}

// TestTypedAhead: a key pressed before the page has been read acts when it has.
func TestTypedAhead(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.SlowPage = 2 * time.Second
	c.Find(ui, anna)
	pagetest.Shows(t, ui, "Daten werden geladen")
	ui.Press("i")
	pagetest.Shows(t, ui, "Daten werden geladen")
	ui.Advance(3 * time.Second)
	pagetest.Shows(t, ui, "Müller, Anna › Ausweisen")
}

// TestReadingFails: an error is told once, and the page goes on when it is over.
func TestReadingFails(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	c.Broken = domain.Fail(domain.Unavailable, domain.ReasonDamaged).WithCause(errors.New("page 7"))
	ui.Advance(6 * time.Second)
	pagetest.Shows(t, ui, "STOPP")
	ui.Press("f12") // the end of the visit needs no reading
	pagetest.Shows(t, ui, "Suche")
}

// TestPapers shows what the invented person carries, in practice only.
func TestPapers(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	ui.Press("m")
	pagetest.Hides(t, ui, "Papiere", "000001")
	c.Seat.Practice = pagetest.Practice{}
	ui.Press("m")
	pagetest.Shows(t, ui, "Reisepass: geboren 140362, gültig bis 0829", "000001", pagetest.Specimen()[1])
	ui.Press("esc")
	pagetest.Hides(t, ui, "000001")
	pagetest.Shows(t, ui, "Müller, Anna")
}
