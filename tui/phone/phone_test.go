package phone_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// begin opens Anna Müller on a seat that answers the phone, at the questions.
func begin(t *testing.T, l words.Language, width, height int) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t)
	c.Seat.Practice = pagetest.Practice{}
	c.OnPhone()
	m := c.Member()
	c.Account(m)
	c.OnPhone()
	ui := c.Run(l, width, height)
	c.Find(ui, m)
	ui.Press("i")
	return c, ui, m
}

// answers types KVNR, card digits and postcode, and compares.
func answers(ui *uitest.UI, m domain.Member, digits, postcode string) {
	ui.Type(string(m.KVNR) + digits + postcode)
	ui.Press("enter")
}

func TestGolden(t *testing.T) {
	views := []struct {
		name string
		walk func(ui *uitest.UI, m domain.Member)
	}{
		{"empty", func(*uitest.UI, domain.Member) {}},
		{"person", func(ui *uitest.UI, m domain.Member) { ui.Type(string(m.KVNR)); ui.Press("f8") }},
		{"wrong", func(ui *uitest.UI, m domain.Member) { answers(ui, m, "000009", "97070") }},
		{"locked", func(ui *uitest.UI, m domain.Member) {
			answers(ui, m, "000009", "97070")
			ui.Press("enter", "enter")
		}},
		{"right", func(ui *uitest.UI, m domain.Member) { answers(ui, m, "000001", "97070") }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c, ui, m := begin(t, l, size[0], size[1])
					v.walk(ui, m)
					c.CheckKeys(page.Identify)
					c.CheckSizes(page.Identify)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestRight: after the one right answer hidden data can be shown, for a while.
func TestRight(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24)
	answers(ui, m, "000001", "97070")
	pagetest.Shows(t, ui, "Ausgewiesen: JA", "noch 15 min")
	ui.Press("z")
	pagetest.Shows(t, ui, "Lindenweg 7")
	ui.Advance(16 * time.Minute)
	pagetest.Hides(t, ui, "Ausgewiesen: JA")
}

// TestHouseNumberInstead of the postcode is enough; nothing at all is not.
func TestHouseNumberInstead(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24)
	ui.Type(string(m.KVNR) + "000001")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Da fehlt noch etwas.")
	ui.Press("tab")
	ui.Type("7")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgewiesen: JA")
}

// TestTheAnswerSaysNothing about which line was wrong, whichever it was.
func TestTheAnswerSaysNothing(t *testing.T) {
	var first string
	for _, row := range [][2]string{{"000009", "97070"}, {"000001", "97071"}} {
		_, ui, m := begin(t, words.German, 80, 24)
		answers(ui, m, row[0], row[1])
		pagetest.Shows(t, ui, "Die Angaben stimmen nicht. (1 von 3)")
		said := pagetest.Said(ui, "HINWEIS")
		if first == "" {
			first = said
		}
		if said != first {
			t.Errorf("two wrong answers are told differently:\n%s\n%s", first, said)
		}
	}
}

// TestThreeWrong close this way, also after the page was left, and for others.
func TestThreeWrong(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24)
	answers(ui, m, "000009", "97070")
	ui.Press("enter", "enter")
	pagetest.Shows(t, ui, "STOPP", "Keine Auskunft geben")
	ui.Press("enter", "i")
	answers(ui, m, "000001", "97070")
	pagetest.Shows(t, ui, "STOPP")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgewiesen: NEIN")
}

// TestNothingOfTheCounter is offered on the phone.
func TestNothingOfTheCounter(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24)
	pagetest.Shows(t, ui, "TELEFON")
	ui.Press("esc")
	pagetest.Hides(t, ui, "Aktivierungscode ausgeben", "14.03.", "Papiere")
	ui.Press("a", "f7")
	pagetest.Shows(t, ui, "Ausgewiesen: NEIN")
	pagetest.Insert(ui, m)
	pagetest.Shows(t, ui, "Ausgewiesen: NEIN")
	ui.Press("esc")
	pagetest.Shows(t, ui, "KVNR oder Name")
	pagetest.Hides(t, ui, "Geburtsdatum")
	ui.Type("muel")
	pagetest.Shows(t, ui, "Müller, Anna")
	pagetest.Hides(t, ui, "14.03")
}

// TestTheAccountAsksTheSame: its way to the evidence is the phone's.
func TestTheAccountAsksTheSame(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24)
	ui.Press("esc", "g", "i")
	answers(ui, m, "000001", "97070")
	pagetest.Shows(t, ui, "Was ist passiert?", "iPhone 13")
}
