package requests_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// moved is a member whose code needs a second person.
func moved(m *domain.Member) { m.Address.ChangedOn = 20270222 }

// begin is a supervisor at the first seat; the colleague is a clerk.
func begin(t *testing.T) (*pagetest.Counter, domain.Member) {
	t.Helper()
	c := open(t, func(s *domain.Settings) { s.IdleLock = 0 })
	c.Lead()
	return c, c.Member(moved)
}

// own lets who works at the first seat ask to open their own record.
func own(c *pagetest.Counter, t *testing.T) code.Case {
	t.Helper()
	m := c.Member(func(m *domain.Member) { m.Name.Given = "Karla" })
	c.Relate(c.Seat.Actor, m)
	number, err := c.Desk.AskToOpen(context.Background(), c.Seat.Actor, domain.RequestID{7}, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func state(t *testing.T, c *pagetest.Counter, number code.Case) domain.ApprovalState {
	t.Helper()
	x, _, err := c.Store.Approval(context.Background(), number)
	if err != nil {
		t.Fatal(err)
	}
	return x.StateAt(c.Clock.Now())
}

func TestGolden(t *testing.T) {
	views := []struct {
		name   string
		before func(t *testing.T, c *pagetest.Counter, m domain.Member)
		walk   func(ui *uitest.UI)
	}{
		{"none", func(*testing.T, *pagetest.Counter, domain.Member) {}, func(*uitest.UI) {}},
		{"two", two, func(ui *uitest.UI) { ui.Advance(61 * time.Second) }},
		{"own", two, func(ui *uitest.UI) { ui.Press("down") }},
		{"approving", two, func(ui *uitest.UI) { ui.Press("j"); ui.Type("geheim") }},
		{"refusing", two, func(ui *uitest.UI) { ui.Press("n") }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c, m := begin(t)
					v.before(t, c, m)
					ui := c.Run(l, size[0], size[1])
					ui.Press("f6")
					v.walk(ui)
					c.CheckKeys(page.Requests)
					c.CheckSizes(page.Requests)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// two is one's own request, and a later one that may be answered.
func two(t *testing.T, c *pagetest.Counter, m domain.Member) {
	t.Helper()
	own(c, t)
	c.AskElsewhere(m)
}

// TestLive: a request appears without a key, is counted on the search page, and is
// gone when it is withdrawn.
func TestLive(t *testing.T) {
	c, m := begin(t)
	ui := c.Run(words.German, 80, 24)
	ui.Press("f6")
	pagetest.Shows(t, ui, "Keine Anfrage wartet auf Sie.")
	number := c.AskElsewhere(m)
	ui.Advance(2 * time.Second)
	pagetest.Shows(t, ui, "Es fragt: T. Muster", "Zweck: neues Gerät", "wartet 59:")
	ui.Press("esc")
	ui.Advance(4 * time.Second)
	pagetest.Shows(t, ui, "1 Anfrage wartet auf Sie (F6)")
	ui.Press("f6")
	if err := c.Desk.Withdraw(context.Background(), c.Colleague, number); err != nil {
		t.Fatal(err)
	}
	ui.Advance(2 * time.Second)
	pagetest.Shows(t, ui, "Keine Anfrage wartet auf Sie.")
	ui.Press("esc")
	ui.Advance(4 * time.Second)
	pagetest.Hides(t, ui, "wartet auf Sie")
}

// TestAnswer: nothing is answered without the right passphrase, which can be tried
// again.
func TestAnswer(t *testing.T) {
	for key, want := range map[string]domain.ApprovalState{"j": domain.ApprovalGiven, "y": domain.ApprovalGiven, "n": domain.ApprovalRefused} {
		c, m := begin(t)
		number := c.AskElsewhere(m)
		ui := c.Run(words.German, 80, 24)
		ui.Press("f6", key, "enter")
		ui.Type("nicht die richtige")
		ui.Press("enter")
		pagetest.Shows(t, ui, "STOPP", "Ihre Passphrase")
		if got := state(t, c, number); got != domain.ApprovalAsked {
			t.Fatalf("%s: answered with a wrong passphrase: %v", key, got)
		}
		ui.Type(pagetest.Passphrase)
		ui.Press("enter")
		if got := state(t, c, number); got != want {
			t.Errorf("%s: %v", key, got)
		}
	}
}

// TestSelectionStays: a request that comes while the eyes are on another does not
// move under the key.
func TestSelectionStays(t *testing.T) {
	c, m := begin(t)
	number := c.AskElsewhere(m)
	ui := c.Run(words.German, 80, 24)
	ui.Press("f6")
	other := own(c, t) // newer: it comes first in the list
	ui.Advance(2 * time.Second)
	ui.Press("n")
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
	if got := state(t, c, number); got != domain.ApprovalRefused {
		t.Errorf("the chosen one: %v", got)
	}
	if got := state(t, c, other); got != domain.ApprovalAsked {
		t.Errorf("the other one: %v", got)
	}
}

// TestOwn: one's own request is not answered, with whichever login; it is withdrawn
// after a question.
func TestOwn(t *testing.T) {
	c, _ := begin(t)
	number := own(c, t)
	twin := c.RunAt(c.Twin(rights.Supervisor), words.German, 80, 24)
	twin.Press("f6")
	pagetest.Shows(t, twin, "selbst gestellt")
	twin.Press("j")
	pagetest.Shows(t, twin, "Die eigene Anfrage beantwortet jemand anderes.")
	ui := c.Run(words.German, 80, 24)
	ui.Press("f6", "j")
	pagetest.Shows(t, ui, "Die eigene Anfrage beantwortet jemand anderes.")
	ui.Press("z", "enter") // cancel comes first
	if got := state(t, c, number); got != domain.ApprovalAsked {
		t.Fatalf("withdrawn by a reflex: %v", got)
	}
	ui.Press("z", "tab", "enter")
	pagetest.Shows(t, ui, "Die Anfrage ist zurückgezogen.")
	if got := state(t, c, number); got != domain.ApprovalWithdrawn {
		t.Errorf("%v", got)
	}
}

// TestEndedMeanwhile: what ends while the passphrase is typed is not answered.
func TestEndedMeanwhile(t *testing.T) {
	c, m := begin(t)
	number := c.AskElsewhere(m)
	ui := c.Run(words.German, 80, 24)
	ui.Press("f6", "j")
	if err := c.Desk.Withdraw(context.Background(), c.Colleague, number); err != nil {
		t.Fatal(err)
	}
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Diese Anfrage ist zurückgezogen.", "Keine Anfrage wartet auf Sie.")
	if got := state(t, c, number); got != domain.ApprovalWithdrawn {
		t.Errorf("%v", got)
	}
}

// TestPassphraseDoesNotStay on a locked seat.
func TestPassphraseDoesNotStay(t *testing.T) {
	c, m := begin(t)
	number := c.AskElsewhere(m)
	ui := c.Run(words.German, 80, 24)
	ui.Press("f6", "j")
	ui.Type(pagetest.Passphrase)
	ui.Press("f3", "enter", "enter")
	if got := state(t, c, number); got != domain.ApprovalAsked {
		t.Errorf("%v", got)
	}
	pagetest.Hides(t, ui, "Ihre Passphrase")
}

// TestOwnRecord: the search offers a second person for one's own record, who signs
// at the seat or answers elsewhere; then it opens.
func TestOwnRecord(t *testing.T) {
	c := open(t, func(s *domain.Settings) { s.IdleLock = 0 })
	c.Supervise()
	m := c.Member()
	c.Relate(c.Seat.Actor, m)
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	pagetest.Shows(t, ui, "Das ist der eigene Datensatz", "Das geht nur mit einer zweiten Person.")
	c.CheckKeys(page.Start)
	c.CheckSizes(page.Start)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Wartet auf eine zweite Person", "eigenen oder verwandten Datensatz öffnen")
	c.Answer(true)
	ui.Advance(2 * time.Second)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Müller, Anna", "Ausgewiesen: NEIN")
	ui.Press("esc")
	c.Find(ui, m)
	pagetest.Shows(t, ui, "Das geht nur mit einer zweiten Person.") // good once
	ui.Press("h")
	ui.Type(c.Colleague.Login)
	ui.Press("enter")
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Müller, Anna", "Ausgewiesen: NEIN")
}

// TestWhoSeesRequests: an auditor and an admin answer nothing at the counter.
func TestWhoSeesRequests(t *testing.T) {
	c, m := begin(t)
	c.AskElsewhere(m)
	c.Seat.Actor.Roles = rights.Roles(rights.Auditor)
	ui := c.Run(words.German, 80, 24)
	ui.Advance(4 * time.Second)
	pagetest.Hides(t, ui, "wartet auf Sie", "Anfragen")
}
