package cardloss_test

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

// begin opens the page of Anna Müller, who has shown nothing.
func begin(t *testing.T, l words.Language, width, height int, alter ...func(*domain.Member)) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t)
	m := c.Member(alter...)
	ui := c.Run(l, width, height)
	c.Find(ui, m)
	ui.Press("l")
	return c, ui, m
}

// tell types what Anna Müller says, and compares.
func tell(ui *uitest.UI, postcode string) {
	ui.Type("Anna Müller")
	ui.Press("tab")
	ui.Type("14031962" + postcode)
	ui.Press("enter")
}

func stored(t *testing.T, c *pagetest.Counter, m domain.Member) domain.Member {
	t.Helper()
	now, _, err := c.Store.Member(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func moved(m *domain.Member) { m.Address.ChangedOn = 20270222 }

func TestGolden(t *testing.T) {
	views := []struct {
		name  string
		alter func(*domain.Member)
		walk  func(ui *uitest.UI)
	}{
		{"open", func(*domain.Member) {}, func(*uitest.UI) {}},
		{"moved", moved, func(*uitest.UI) {}},
		{"telling", func(*domain.Member) {}, func(ui *uitest.UI) { ui.Press("v") }},
		{"wrong", func(*domain.Member) {}, func(ui *uitest.UI) { ui.Press("v"); tell(ui, "97071") }},
		{"stolen", func(*domain.Member) {}, func(ui *uitest.UI) { ui.Press("g"); tell(ui, "97070") }},
		{"blocked", func(*domain.Member) {}, func(ui *uitest.UI) { ui.Press("v"); tell(ui, "97070"); ui.Press("tab", "enter") }},
		{"ordered", func(*domain.Member) {}, func(ui *uitest.UI) { ui.Press("n"); tell(ui, "97070"); ui.Press("tab", "enter") }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c, ui, _ := begin(t, l, size[0], size[1], v.alter)
					v.walk(ui)
					c.CheckKeys(page.CardLoss)
					c.CheckSizes(page.CardLoss)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestLost: facts, a question with cancel first, then every card is blocked.
func TestLost(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24)
	ui.Press("v")
	tell(ui, "97070")
	ui.Press("enter") // cancel is chosen
	if s := stored(t, c, m).Cards[0].Status; s != domain.CardActive {
		t.Fatalf("blocked by a reflex: %v", s)
	}
	ui.Press("v", "tab", "enter") // what was told is not asked again
	pagetest.Shows(t, ui, "Gesperrt, Vorgang", "Ohne neue Karte gibt es keinen Aktivierungscode")
	if s := stored(t, c, m).Cards[0].Status; s != domain.CardBlocked {
		t.Errorf("status %v", s)
	}
	ui.Press("n", "tab", "enter")
	pagetest.Shows(t, ui, "Bestellt an die gespeicherte Anschrift")
	if stored(t, c, m).Order.Case == "" {
		t.Error("no card ordered")
	}
}

// TestStolen says what else to advise.
func TestStolen(t *testing.T) {
	_, ui, _ := begin(t, words.German, 80, 24)
	ui.Press("g")
	tell(ui, "97070")
	pagetest.Shows(t, ui, "Anzeige bei der Polizei")
}

// TestWrongFacts say no more than that, and the third ends it.
func TestWrongFacts(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24)
	ui.Press("v")
	tell(ui, "97071")
	pagetest.Shows(t, ui, "stimmen nicht mit den Daten überein. (1 von 3)")
	ui.Press("enter", "enter")
	pagetest.Shows(t, ui, "Was ist passiert?")
	ui.Press("v")
	tell(ui, "97070")
	if s := stored(t, c, m).Cards[0].Status; s != domain.CardActive {
		t.Errorf("status %v", s)
	}
	pagetest.Hides(t, ui, "Karte sperren?")
}

// TestUndo takes an order back while it is held.
func TestUndo(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24)
	ui.Press("n")
	tell(ui, "97070")
	ui.Press("tab", "enter")
	pagetest.Shows(t, ui, "u nimmt die Bestellung zurück, noch 0:30")
	ui.Press("u")
	pagetest.Shows(t, ui, "zurückgenommen")
	if stored(t, c, m).Order.Case != "" {
		t.Error("still ordered")
	}
	ui.Press("n", "tab", "enter")
	ui.Advance(31 * time.Second)
	pagetest.Hides(t, ui, "u nimmt")
	ui.Press("n")
	pagetest.Shows(t, ui, "Eine Karte ist schon bestellt.")
}

// TestMoved: the page says beforehand that ordering needs a second person, and
// the desk refuses it.
func TestMoved(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24, moved)
	pagetest.Shows(t, ui, "braucht es eine zweite Person")
	ui.Press("n")
	tell(ui, "97070")
	ui.Press("tab", "enter")
	if stored(t, c, m).Order.Case != "" {
		t.Error("ordered to a new address by one person")
	}
	ui.Press("esc")
}

// TestIdentified are not asked again.
func TestIdentified(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	ui.Type("i1140362" + "0829" + "j" + "000001")
	ui.Press("enter", "l", "v")
	pagetest.Shows(t, ui, "Karte sperren?")
}

// TestDeceased: a card may be blocked, none is ordered.
func TestDeceased(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24, func(m *domain.Member) { m.Deceased = true })
	ui.Press("n")
	pagetest.Shows(t, ui, "Geht jetzt nicht")
	ui.Press("v")
	tell(ui, "97070")
	ui.Press("tab", "enter")
	if s := stored(t, c, m).Cards[0].Status; s != domain.CardBlocked {
		t.Errorf("status %v", s)
	}
}

// TestSecondPerson: with a new address a card is ordered once somebody else agrees
// to exactly that.
func TestSecondPerson(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24, moved)
	c.Supervise()
	ui.Press("n")
	tell(ui, "97070")
	ui.Press("tab", "enter")
	pagetest.Shows(t, ui, "Das geht nur mit einer zweiten Person.")
	c.CheckKeys(page.CardLoss)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Wartet auf eine zweite Person", "Gesundheitskarte bestellen")
	if stored(t, c, m).Order.Case != "" {
		t.Fatal("ordered alone")
	}
	c.Answer(true)
	ui.Advance(2 * time.Second)
	pagetest.Shows(t, ui, "Freigegeben von T. Muster")
	ui.Press("enter")
	if stored(t, c, m).Order.Case == "" {
		t.Errorf("not ordered:\n%s", ui.Screen())
	}
}

// TestCancelledWhileComparing: the answer that comes afterwards asks nothing.
func TestCancelledWhileComparing(t *testing.T) {
	c, ui, _ := begin(t, words.German, 80, 24)
	c.SlowCheck = 5 * time.Second
	ui.Press("n")
	tell(ui, "97070")
	ui.Press("esc")
	ui.Advance(20 * time.Second)
	pagetest.Shows(t, ui, "Was ist passiert?")
	pagetest.Hides(t, ui, "Karte sperren?", "Neue Karte bestellen?")
}
