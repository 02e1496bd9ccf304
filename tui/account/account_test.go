package account_test

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

// identified types what a full identification asks, from the member's page on,
// and comes back to it.
const identified = "i1140362" + "0829" + "j" + "000001"

var blocked = domain.BackendEvent{Kind: domain.BackendCodeBlocked}

// begin opens the account of Anna Müller, who has identified.
func begin(t *testing.T, l words.Language, width, height int, more ...domain.BackendEvent) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t)
	m := c.Member()
	c.Account(m, more...)
	ui := c.Run(l, width, height)
	c.Find(ui, m)
	ui.Type(identified)
	ui.Press("enter", "g")
	return c, ui, m
}

func account(t *testing.T, c *pagetest.Counter, m domain.Member) domain.Account {
	t.Helper()
	a, _, err := c.Store.Account(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestGolden(t *testing.T) {
	views := []struct {
		name string
		more []domain.BackendEvent
		walk func(ui *uitest.UI)
	}{
		{"open", nil, func(*uitest.UI) {}},
		{"blocked", []domain.BackendEvent{blocked}, func(*uitest.UI) {}},
		{"remembered", []domain.BackendEvent{blocked}, func(ui *uitest.UI) { ui.Press("e") }},
		{"which_device", nil, func(ui *uitest.UI) { ui.Press("g") }},
		{"why", nil, func(ui *uitest.UI) { ui.Press("l") }},
		{"in_words", nil, func(ui *uitest.UI) { ui.Press("l", "8"); ui.Type("Wunsch") }},
		{"weighing_binding", nil, func(ui *uitest.UI) { ui.Press("g", "2", "1") }},
		{"weighing_account", nil, func(ui *uitest.UI) { ui.Press("l", "7") }},
		{"after", nil, func(ui *uitest.UI) { ui.Press("g", "a", "1", "enter", "tab", "enter"); ui.Advance(3 * time.Second) }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c, ui, _ := begin(t, l, size[0], size[1], v.more...)
					v.walk(ui)
					c.CheckKeys(page.Account)
					c.CheckSizes(page.Account)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestRemembered: the app is unblocked only after the person said so; cancel is
// chosen first.
func TestRemembered(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24, blocked)
	ui.Press("e", "enter")
	if a := account(t, c, m); a.State != domain.AccountBlocked {
		t.Fatalf("unblocked by a reflex: %v", a.State)
	}
	ui.Press("e", "tab", "enter")
	pagetest.Shows(t, ui, "Aufgezeichnet, Vorgang", "Backend ist nicht angebunden")
	if a := account(t, c, m); a.State != domain.AccountOpen {
		t.Errorf("state %v", a.State)
	}
	ui.Press("u")
	pagetest.Shows(t, ui, "Rückgängig gemacht.")
	if a := account(t, c, m); a.State != domain.AccountBlocked {
		t.Errorf("not undone: %v", a.State)
	}
}

// TestForgotten deletes one binding, says that a new identification is necessary,
// and offers the code.
func TestForgotten(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24, blocked)
	ui.Press("g")
	pagetest.Shows(t, ui, "iPhone 13", "iPhone 6s", "ab iOS 15")
	ui.Press("1", "1")
	pagetest.Shows(t, ui, "Das geht verloren", "Das bleibt", "neue Identifizierung nötig")
	ui.Press("enter", "enter") // cancel comes first
	if a := account(t, c, m); len(a.Bound()) != 2 {
		t.Fatalf("deleted by a reflex: %+v", a.Devices)
	}
	ui.Press("enter", "tab", "enter")
	pagetest.Shows(t, ui, "Identifizierung  nötig", "rückgängig, noch 0:3")
	if a := account(t, c, m); len(a.Bound()) != 1 || !a.Identified.Required() {
		t.Errorf("account %+v", a)
	}
	ui.Press("a")
	pagetest.Shows(t, ui, "Aktivierungscode", "Wofür ist der Code?")
}

// TestAccountGoes asks for three digits of the KVNR, and takes no others.
func TestAccountGoes(t *testing.T) {
	c, ui, m := begin(t, words.German, 80, 24)
	ui.Press("l", "7")
	pagetest.Shows(t, ui, "die letzten drei Ziffern der KVNR")
	ui.Press("enter")
	ui.Type("999")
	ui.Press("enter")
	if a := account(t, c, m); a.State != domain.AccountOpen {
		t.Fatalf("deleted without the digits: %v", a.State)
	}
	ui.Type(string(m.KVNR)[7:])
	ui.Press("enter")
	pagetest.Shows(t, ui, "Aufgezeichnet, Vorgang")
	if a := account(t, c, m); a.State != domain.AccountDeleted {
		t.Errorf("state %v", a.State)
	}
}

// TestOtherNeedsWords, and a warning stands beside the field.
func TestOtherNeedsWords(t *testing.T) {
	_, ui, _ := begin(t, words.German, 80, 24)
	ui.Press("g", "a", "8", "enter")
	pagetest.Shows(t, ui, "Bitte mit ein paar Worten", "Nichts über Krankheiten")
	ui.Type("Gerät verschenkt")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Das geht verloren")
	ui.Press("esc")
	pagetest.Shows(t, ui, "Was ist passiert?")
}

// TestWithoutEvidence nothing can be done, and the way to it is a key.
func TestWithoutEvidence(t *testing.T) {
	c := open(t)
	m := c.Member()
	c.Account(m)
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	ui.Press("g", "g")
	pagetest.Shows(t, ui, "Geht jetzt nicht", "Gerätebindungen: 2", "nach dem Ausweisen")
	pagetest.Hides(t, ui, "iPhone")
	c.CheckKeys(page.Account)
	ui.Press("i")
	ui.Type("11403620829j")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Was ist passiert?")
	ui.Press("g")
	pagetest.Shows(t, ui, "Welche Gerätebindung?")
}

// TestUndoEnds when the backend may be told.
func TestUndoEnds(t *testing.T) {
	_, ui, _ := begin(t, words.German, 80, 24)
	ui.Press("g", "a", "1", "enter", "tab", "enter")
	pagetest.Shows(t, ui, "u macht es rückgängig")
	ui.Advance(31 * time.Second)
	pagetest.Hides(t, ui, "rückgängig")
}
