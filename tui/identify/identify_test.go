package identify_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/egk"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// withZones switches the reading of machine-readable zones on.
func withZones(s *domain.Settings) { s.MRZ, s.MRZBasis = true, "test" }

// erika is the holder of the published specimen.
func erika(m *domain.Member) {
	m.Name, m.BirthDate = domain.Name{Given: "Erika", Surname: "Mustermann"}, 19830812
}

func TestGolden(t *testing.T) {
	var read domain.Member // whose identification it is
	views := []struct {
		name string
		walk func(ui *uitest.UI)
	}{
		{"card_read", func(ui *uitest.UI) { ui.Type("a11208830829j"); pagetest.Insert(ui, read) }},
		{"card_other", func(ui *uitest.UI) {
			ui.Type("a1120883")
			pagetest.Insert(ui, read, func(c *egk.Card) { c.KVNR = "T012345678" })
		}},
		{"card_pulled", func(ui *uitest.UI) {
			ui.Type("a1")
			pagetest.Insert(ui, read, func(c *egk.Card) { c.Address.Street = "Am Markt" })
			pagetest.Pull(ui)
		}},
		{"document", func(ui *uitest.UI) { ui.Press("a") }},
		{"wrong", func(ui *uitest.UI) { ui.Type("a1130883") }},
		{"day_needed", func(ui *uitest.UI) { ui.Type("a21208830327") }},
		{"photo", func(ui *uitest.UI) { ui.Type("a31208830829") }},
		{"only_paper", func(ui *uitest.UI) { ui.Type("i41208830829j") }},
		{"done", func(ui *uitest.UI) { ui.Type("a11208830829j000001") }},
		{"zone", func(ui *uitest.UI) { ui.Type("alIDD<<L01X") }},
		{"scanned", func(ui *uitest.UI) {
			ui.Press("a")
			for _, line := range pagetest.Specimen() {
				ui.Scan(line)
			}
		}},
		{"papers", func(ui *uitest.UI) { ui.Type("am") }},
		{"zone_with_specimens", func(ui *uitest.UI) { ui.Type("aml") }},
		{"ask", func(ui *uitest.UI) { ui.Type("a1x") }},
		{"expired", func(ui *uitest.UI) {
			ui.Type("a1x")
			ui.Press("tab", "enter")
		}},
		{"for_other", func(ui *uitest.UI) { ui.Press("a", "v", "tab", "enter") }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c := open(t, withZones)
					c.Seat.Practice = pagetest.Practice{}
					m := c.Member(erika, func(m *domain.Member) { m.Name.Given = "Erika Marie" })
					read = m
					ui := c.Run(l, size[0], size[1])
					c.Find(ui, m)
					v.walk(ui)
					c.CheckKeys(page.Identify)
					c.CheckSizes(page.Identify)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// begin opens Anna Müller and goes to her identification for a code.
func begin(t *testing.T, change ...func(*domain.Settings)) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t, change...)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, anna)
	ui.Press("a")
	return c, ui, anna
}

// TestHappyPath types what is on the papers; every field jumps on by itself and
// says that it is right.
func TestHappyPath(t *testing.T) {
	c, ui, _ := begin(t)
	steps := []struct{ typed, shows string }{
		{"2", "Reisepass"},
		{"140362", "[14.03.62]  ✓ stimmt"},
		{"0829", "✓ gültig"},
		{"j", "Foto und Person passen?     [ ]         ✓ stimmt"},
		{"000001", "[000001]    ✓ stimmt"},
	}
	for _, s := range steps {
		ui.Type(s.typed)
		pagetest.Shows(t, ui, s.shows)
		c.CheckKeys(page.Identify)
	}
	pagetest.Shows(t, ui, "Alles geprüft.")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Müller, Anna › Aktivierungscode", "Wofür ist der Code?")
	ui.Press("esc")
	pagetest.Shows(t, ui, "Ausgewiesen: JA, mit Ausweis und Gesundheitskarte")
}

// TestEnglishYes: y is yes as well as j, in both languages.
func TestEnglishYes(t *testing.T) {
	for _, key := range []string{"j", "y"} {
		_, ui, _ := begin(t)
		ui.Type("21403620829")
		ui.Press(key)
		pagetest.Shows(t, ui, "Schritt 5 von 5")
	}
}

// TestKnown passes over what the opening query settled, and over the card that
// was checked before in the visit.
func TestKnown(t *testing.T) {
	rows := []struct{ query, said, step, typed string }{
		{"mue 140362", "Geburtsdatum vom Ausweis ✓ stimmt – in der Suche getippt", "Schritt 3 von 5", "0829j000001"},
		{"000001", "Karte, letzte sechs Ziffern ✓ stimmt – schon vorher getippt", "Schritt 2 von 5", "1403620829j"},
	}
	for _, row := range rows {
		t.Run(row.query, func(t *testing.T) {
			c := open(t)
			anna := c.Member()
			ui := c.Run(words.German, 80, 24)
			ui.Type(row.query)
			ui.Press("enter")
			ui.Type("a1")
			pagetest.Shows(t, ui, row.said, row.step)
			c.CheckSizes(page.Identify)
			ui.Type(row.typed)
			pagetest.Shows(t, ui, "Alles geprüft.")
			ui.Press("esc", "i", "2")
			pagetest.Shows(t, ui, "Karte, letzte sechs Ziffern ✓ stimmt – schon vorher getippt")
			ui.Press("esc", "a", "1")
			ui.Type("0829")
			if row.said[0] == 'K' {
				ui.Press("esc", "a", "1")
				ui.Type("1403620829")
			}
			ui.Press("j", "enter", "enter")
			if got := c.Codes(anna); len(got) != 1 {
				t.Errorf("codes %v:\n%s", got, ui.Screen())
			}
		})
	}
}

// TestBirthDateIsAskedAgain: a date typed from one document is no evidence for
// the next.
func TestBirthDateIsAskedAgain(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Type("1140362")
	ui.Press("esc", "a")
	ui.Type("2")
	pagetest.Shows(t, ui, "Schritt 2 von 5", "[__.__.__]")
}

// TestTypedAhead: with eyes on the paper nobody waits for the check.
func TestTypedAhead(t *testing.T) {
	c, ui, _ := begin(t)
	c.SlowCheck = 3 * time.Second
	ui.Type("1140362" + "0829" + "j" + "000001")
	ui.Press("enter")
	pagetest.Shows(t, ui, "wird geprüft")
	ui.Advance(20 * time.Second)
	pagetest.Shows(t, ui, "Wofür ist der Code?")
}

// TestTypedAheadOfAWrongAnswer is dropped: it was meant for a field that is not
// reached.
func TestTypedAheadOfAWrongAnswer(t *testing.T) {
	c, ui, _ := begin(t)
	c.SlowCheck = 3 * time.Second
	ui.Type("1150362" + "0829" + "j" + "000001")
	ui.Advance(20 * time.Second)
	pagetest.Shows(t, ui, "▶ Geburtsdatum vom Ausweis    [__.__.__]  ! stimmt nicht (1 von 3)")
	ui.Type("140362")
	ui.Advance(10 * time.Second)
	pagetest.Shows(t, ui, "[14.03.62]  ✓ stimmt", "▶ Gültig bis (MM.JJ)          [__.__]")
}

// TestWrongInput: what is told beside the field, and what is never told.
func TestWrongInput(t *testing.T) {
	rows := []struct {
		why, typed, shows string
	}{
		{"another birth date", "1130362", "stimmt nicht (1 von 3)"},
		{"and once more", "1130362130362", "stimmt nicht (2 von 3)"},
		{"no such day counts nothing", "1320362130362", "stimmt nicht (1 von 3)"},
		{"no such day", "1320362", "kein gültiges Datum"},
		{"an expired document", "11403620226", "abgelaufen"},
		{"a month that is no month", "11403621329", "kein gültiges Datum"},
		{"in its last month the day decides", "11403620327", "▶ Gültig bis (TT.MM.JJ)       [__.__.__]  ! läuft diesen Monat ab: mit Tag"},
		{"and is taken", "11403620327310327", "[31.03.27]  ✓ gültig"},
		{"somebody else's card", "11403620829j999999", "stimmt nicht (1 von 3)"},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c, ui, _ := begin(t)
			ui.Type(row.typed)
			pagetest.Shows(t, ui, row.shows)
			pagetest.Hides(t, ui, "14.03.1962", "[13.03.62]", "[32.03.62]", "[999999]")
			c.CheckKeys(page.Identify)
			c.CheckSizes(page.Identify)
		})
	}
}

// TestThreeWrongAnswersEndIt for this person, in this visit and the next.
func TestThreeWrongAnswersEndIt(t *testing.T) {
	c, ui, anna := begin(t)
	ui.Type("1" + "130362" + "130362" + "130362")
	pagetest.Shows(t, ui, "STOPP", "Zu viele falsche Angaben zu dieser Person.", "Jemand anderes aus dem Team")
	ui.Press("enter")
	c.Find(ui, anna)
	ui.Type("a1")
	pagetest.Shows(t, ui, "Zu viele falsche Angaben zu dieser Person.")
}

// TestDeviations are keys at every step; each asks first, then ends it, says
// what to bring, and leaves for the search or the person.
func TestDeviations(t *testing.T) {
	rows := []struct{ key, asks, why, bring string }{
		{"x", "Der Ausweis ist abgelaufen.", "Der Ausweis ist abgelaufen.", "gültigen Personalausweis, Reisepass oder Aufenthaltstitel"},
		{"f", "Falsche oder alte Karte.", "Die Ziffern gehören nicht zu einer Karte dieser Person.", "eigene, aktuelle Gesundheitskarte"},
		{"o", "Die Karte ist nicht dabei.", "Die Gesundheitskarte ist nicht dabei.", "eigene, aktuelle Gesundheitskarte"},
		{"v", "Kommt für jemand anderen.", "Die Person kommt für jemand anderen.", "Keine Auskunft, auch nicht, ob es ein App-Konto gibt."},
		{"u", "Unsicher: nicht weitermachen.", "Sie sind nicht sicher.", "Teamleitung"},
	}
	// Every step is left by some deviation, and every deviation taken at two.
	befores := []string{"", "1", "114", "1140362", "11403620829", "11403620829j", "11403620829j0000"}
	for i, row := range rows {
		for _, before := range []string{befores[i], befores[i+2]} {
			t.Run(row.key+" after "+before, func(t *testing.T) {
				c, ui, anna := begin(t)
				ui.Type(before)
				ui.Press(row.key)
				pagetest.Shows(t, ui, "Ausweisen beenden?", row.asks, "[ Abbrechen ]")
				ui.Press("enter")
				pagetest.Hides(t, ui, "Ausweisen beenden?", "STOPP")
				ui.Press(row.key, "tab", "enter")
				pagetest.Shows(t, ui, "STOPP", row.why, row.bring)
				c.CheckKeys(page.Identify)
				c.CheckSizes(page.Identify)
				if i%2 == 0 {
					ui.Press("enter")
					pagetest.Shows(t, ui, "Suche")
					pagetest.Hides(t, ui, "Müller")
				} else {
					ui.Press("esc")
					pagetest.Shows(t, ui, "in dieser Vorsprache beendet")
					ui.Press("a")
					pagetest.Shows(t, ui, "Geht jetzt nicht: "+row.why)
				}
				if got := c.Codes(anna); len(got) != 0 {
					t.Errorf("codes %v", got)
				}
			})
		}
	}
}

func TestPhotoDiffers(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Type("11403620829n")
	pagetest.Shows(t, ui, "Ausweisen beenden?", "Foto und Person passen nicht.")
	ui.Press("esc")
	pagetest.Shows(t, ui, "▶ Foto und Person passen?")
	ui.Press("n", "tab", "enter")
	pagetest.Shows(t, ui, "STOPP", "Foto und Person passen nicht.")
	pagetest.Hides(t, ui, "online", "POSTIDENT")
}

// TestCardsThatDoNotCount end it: typing again would not help.
func TestCardsThatDoNotCount(t *testing.T) {
	rows := []struct {
		why   string
		card  func(*domain.Card)
		shows string
	}{
		{"blocked", func(c *domain.Card) { c.Status = domain.CardBlocked }, "Diese Gesundheitskarte ist gesperrt."},
		{"expired", func(c *domain.Card) { c.ValidTo = 20270228 }, "Diese Gesundheitskarte ist nicht mehr gültig."},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c := open(t)
			m := c.Member(func(m *domain.Member) { row.card(&m.Cards[0]) })
			ui := c.Run(words.German, 80, 24)
			c.Find(ui, m)
			ui.Type("a11403620829j000001")
			pagetest.Shows(t, ui, "STOPP", row.shows)
		})
	}
}

// TestDocumentAlone is enough for answers: without a code to follow the card may
// be left out.
func TestDocumentAlone(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Type("11403620829j")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Geht jetzt nicht: Es fehlen noch Ziffern.")
	ui.Press("esc", "i")
	ui.Type("11403620829j")
	pagetest.Shows(t, ui, "Ohne Karte genügt das für Auskünfte, nicht für einen Code.")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgewiesen: JA, mit Ausweis, noch 15 min")
	ui.Press("a")
	pagetest.Shows(t, ui, "Schritt 1 von 5")
}

// TestShownFactsProveNothing: whoever was shown the birth date cannot bring it.
func TestShownFactsProveNothing(t *testing.T) {
	_, ui, anna := begin(t)
	ui.Type("11403620829j000001")
	ui.Press("esc", "z", "esc")
	for _, r := range anna.KVNR {
		ui.Type(string(r))
	}
	ui.Press("enter")
	ui.Type("a1140362")
	pagetest.Shows(t, ui, "STOPP", "Diese Angabe wurde Ihnen in den letzten 24 Stunden gezeigt.")
}

// TestLockingKeepsTheStep for the same person; leaving begins anew.
func TestLockingKeepsTheStep(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Type("114036208")
	ui.Press("f3")
	pagetest.Hides(t, ui, "Müller", "14.03")
	ui.Press("enter")
	pagetest.Shows(t, ui, "▶ Gültig bis (MM.JJ)          [08.__]")
	ui.Press("esc", "a")
	pagetest.Shows(t, ui, "Schritt 1 von 5")
	pagetest.Hides(t, ui, "08.", "✓")
}

// TestDeskDoesNotAnswer: the field keeps what was typed, Enter tries again.
func TestDeskDoesNotAnswer(t *testing.T) {
	c, ui, _ := begin(t)
	ui.Type("1")
	c.Broken = domain.Fail(domain.Unavailable, domain.ReasonDiskFull)
	ui.Type("140362")
	pagetest.Shows(t, ui, "STOPP", "▶ Geburtsdatum vom Ausweis    [14.03.62]")
	c.Broken = nil
	ui.Press("enter")
	pagetest.Shows(t, ui, "[14.03.62]  ✓ stimmt", "▶ Gültig bis")
}

// TestVisitOver: when the visit ended elsewhere, nothing is compared any more.
func TestVisitOver(t *testing.T) {
	c, ui, _ := begin(t)
	ui.Type("1")
	c.Desk.Close(context.Background())
	ui.Type("140362")
	pagetest.Shows(t, ui, "Die Vorsprache ist beendet.", "Suche")
	pagetest.Hides(t, ui, "Müller, Anna")
}

// TestIncompleteDocument: if the desk has lost a fact, the page asks for all of
// them again.
func TestIncompleteDocument(t *testing.T) {
	c, ui, _ := begin(t)
	ui.Type("11403620829")
	if err := c.Desk.ChooseDocument(t.Context(), c.Seat.Actor, c.Visit(), domain.Passport); err != nil {
		t.Fatal(err)
	}
	ui.Type("j")
	pagetest.Shows(t, ui, "Die Person ist nicht ausgewiesen.", "Schritt 1 von 5")
	ui.Type("1")
	pagetest.Shows(t, ui, "Schritt 2 von 5")
}

// TestPaste puts digits into the field and leaves the check to Enter.
func TestPaste(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Type("1")
	ui.Paste("14.03.62")
	pagetest.Shows(t, ui, "▶ Geburtsdatum vom Ausweis    [14.03.62]")
	pagetest.Hides(t, ui, "✓")
	ui.Press("enter")
	pagetest.Shows(t, ui, "[14.03.62]  ✓ stimmt")
}

// TestCursor stands where the next digit goes.
func TestCursor(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Type("114")
	x, y, ok := ui.Cursor()
	line := strings.Split(ui.Screen(), "\n")[y]
	if want := strings.Index(line, "[14."); !ok || len([]rune(line[:want]))+4 != x {
		t.Errorf("the cursor stands at %d,%d (%v) in %q", x, y, ok, line)
	}
}
