package handout_test

import (
	"errors"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/rights"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// moved is a member whose address has just changed.
func moved(m *domain.Member) { m.Address.ChangedOn = 20270222 }

// refusedAlone goes to a code that one person alone may not hand out; the
// colleague is a supervisor.
func refusedAlone(t *testing.T) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t, func(s *domain.Settings) { s.IdleLock = 0 })
	c.Supervise()
	m := c.Member(moved)
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, m)
	ui.Press("2")
	pagetest.Shows(t, ui, "Die Anschrift wurde in den letzten 14 Tagen geändert.", "Das geht nur mit einer zweiten Person.")
	noCode(t, ui)
	return c, ui, m
}

// sign types the colleague's name and a passphrase into the form.
func sign(c *pagetest.Counter, ui *uitest.UI, passphrase string) {
	ui.Type(c.Colleague.Login)
	ui.Press("tab")
	ui.Type(passphrase)
	ui.Press("enter")
}

// TestSecondHere: the supervisor reads the whole request at the seat and signs;
// the code is shown at once.
func TestSecondHere(t *testing.T) {
	c, ui, m := refusedAlone(t)
	before := ui.Keys()
	ui.Press("h")
	pagetest.Shows(t, ui, "Aktivierungscode ausgeben", "Warum: Die Anschrift wurde", "Für: Müller, Anna, •••"+m.KVNR.Last3(),
		"Zweck: neues Gerät", "Personalausweis", "Es fragt: K. Beispiel, Musterstadt 1")
	c.CheckKeys(page.HandOut)
	sign(c, ui, pagetest.Passphrase)
	if code(ui) == "" {
		t.Fatalf("no code is shown:\n%s", ui.Screen())
	}
	typed := len(c.Colleague.Login) + len(pagetest.Passphrase)
	if got := ui.Keys() - before - typed; got > 3 {
		t.Errorf("%d keys beside name and passphrase", got)
	}
	wantCodes(t, c, m, domain.CodeLive)
}

// TestSecondElsewhere: the hurried colleague. The clerk asks with one key, the
// supervisor answers in their own session, and one key shows the code.
func TestSecondElsewhere(t *testing.T) {
	c, ui, m := refusedAlone(t)
	other := c.RunAt(c.Colleague, words.German, 80, 24)
	pagetest.Hides(t, other, "wartet")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Wartet auf eine zweite Person, noch 1:00:0", "Zweck: neues Gerät")
	other.Advance(4 * time.Second)
	pagetest.Shows(t, other, "1 Anfrage wartet auf Sie (F6)")
	before := other.Keys()
	other.Press("f6", "j")
	pagetest.Shows(t, other, "Sie geben das alles frei:", "Für: Müller, Anna", "Zweck: neues Gerät", "Es fragt: K. Beispiel, Musterstadt 1")
	other.Type(pagetest.Passphrase)
	pagetest.Hides(t, other, pagetest.Passphrase)
	other.Press("enter")
	pagetest.Shows(t, other, "Freigegeben; es gilt fünf Minuten.")
	if got := other.Keys() - before - len(pagetest.Passphrase); got > 3 {
		t.Errorf("%d keys beside the passphrase", got)
	}
	ui.Advance(2 * time.Second)
	pagetest.Shows(t, ui, "Freigegeben von T. Muster, noch 4:5")
	noCode(t, ui) // not by itself: nobody may be there
	ui.Press("enter")
	if code(ui) == "" {
		t.Fatalf("no code is shown:\n%s", ui.Screen())
	}
	wantCodes(t, c, m, domain.CodeLive)
}

// TestSecondWrongly: who may not sign does not, and the form can be tried again.
func TestSecondWrongly(t *testing.T) {
	rows := []struct {
		why  string
		sign func(c *pagetest.Counter, ui *uitest.UI)
		says string
	}{
		{"a wrong passphrase", func(c *pagetest.Counter, ui *uitest.UI) { sign(c, ui, "nicht die richtige") }, "STOPP"},
		{"the person who asks", func(c *pagetest.Counter, ui *uitest.UI) {
			c.Sign(c.Seat.Actor)
			signAs(ui, c.Seat.Actor.Login)
		}, "Die zweite Person muss jemand anderes sein."},
		{"a second login of the person who asks", func(c *pagetest.Counter, ui *uitest.UI) {
			signAs(ui, c.Twin(rights.Supervisor).Login)
		}, "Die zweite Person muss jemand anderes sein."},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c, ui, m := refusedAlone(t)
			ui.Press("h")
			row.sign(c, ui)
			pagetest.Shows(t, ui, row.says, "Passphrase")
			noCode(t, ui)
			wantCodes(t, c, m)
			ui.Press("esc")
			pagetest.Shows(t, ui, "Wartet auf eine zweite Person")
		})
	}
}

func signAs(ui *uitest.UI, login string) {
	ui.Type(login)
	ui.Press("tab")
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
}

// TestSecondEnds: refused, run out or withdrawn, there is no code, and the screen
// says so plainly.
func TestSecondEnds(t *testing.T) {
	rows := []struct {
		why   string
		walk  func(c *pagetest.Counter, ui *uitest.UI)
		says  string
		still bool // it has to be left with a key
	}{
		{"refused", func(c *pagetest.Counter, ui *uitest.UI) {
			other := c.RunAt(c.Colleague, words.German, 80, 24)
			other.Press("f6", "n")
			other.Type(pagetest.Passphrase)
			other.Press("enter")
			ui.Advance(2 * time.Second)
		}, "Abgelehnt von T. Muster.", true},
		{"nobody answers", func(_ *pagetest.Counter, ui *uitest.UI) { ui.Jump(61 * time.Minute) }, "Die Anfrage ist abgelaufen.", true},
		{"agreed to and not used", func(c *pagetest.Counter, ui *uitest.UI) {
			other := c.RunAt(c.Colleague, words.German, 80, 24)
			other.Press("f6", "j")
			other.Type(pagetest.Passphrase)
			other.Press("enter")
			ui.Jump(5*time.Minute + 2*time.Second)
		}, "Die Anfrage ist abgelaufen.", true},
		{"withdrawn", func(_ *pagetest.Counter, ui *uitest.UI) { ui.Press("esc") }, "Die Anfrage ist zurückgezogen.", false},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c, ui, m := refusedAlone(t)
			ui.Press("enter")
			row.walk(c, ui)
			pagetest.Shows(t, ui, row.says)
			noCode(t, ui)
			if row.still {
				ui.Press("enter")
			}
			pagetest.Shows(t, ui, "Wofür ist der Code?")
			ui.Press("enter")
			noCode(t, ui)
			wantCodes(t, c, m)
		})
	}
}

// TestAnotherPurpose: what was agreed to for one purpose is not good for another.
func TestAnotherPurpose(t *testing.T) {
	c, ui, m := refusedAlone(t)
	other := c.RunAt(c.Colleague, words.German, 80, 24)
	ui.Press("enter")
	other.Press("f6", "j")
	other.Type(pagetest.Passphrase)
	other.Press("enter")
	ui.Advance(2 * time.Second)
	pagetest.Shows(t, ui, "Freigegeben von T. Muster")
	_, err := c.Desk.Issue(t.Context(), c.Seat.Actor, c.Visit(), domain.RequestID{1}, domain.FirstActivation)
	if !errors.Is(err, domain.Fail(0, domain.ReasonSecondAddress)) {
		t.Errorf("another purpose: %v", err)
	}
	ui.Press("esc")
	pagetest.Shows(t, ui, "Wofür ist der Code?")
	ui.Press("1")
	pagetest.Shows(t, ui, "Das geht nur mit einer zweiten Person.")
	wantCodes(t, c, m)
}

// TestLockedWhileWaiting: the request waits on, the form does not.
func TestLockedWhileWaiting(t *testing.T) {
	c, ui, _ := refusedAlone(t)
	ui.Press("h")
	ui.Type(c.Colleague.Login)
	ui.Press("f3", "enter")
	pagetest.Shows(t, ui, "Wartet auf eine zweite Person")
	ui.Press("h")
	pagetest.Hides(t, ui, c.Colleague.Login)
}
