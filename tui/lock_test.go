package tui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui"
	"schalter/tui/page"
)

func TestF3BlanksAndLocks(t *testing.T) {
	hooked := 0
	ui := run(t, 80, 24, func(c *tui.Config) {
		c.OnLock = func() tea.Cmd { hooked++; return nil }
	})
	ui.Press("down", "q") // even with a dialog open
	ui.log.lines = nil
	ui.Press("f3")
	wantScreen(t, ui, "Platz gesperrt", " ÜBUNG  schalter · GS Musterstadt ")
	wantNot(t, ui, "Anna-Lena", "K. Beispiel", "Wirklich?", "Liste 1")
	wantLog(t, ui, "leave 1 1")
	if hooked != 1 {
		t.Errorf("the lock's hook ran %d times", hooked)
	}

	ui.Type("falsch")
	ui.Press("enter")
	wantScreen(t, ui, "STOPP  Name oder Passphrase stimmt nicht.")
	ui.Press("esc", "f3", ":") // leads nowhere
	wantScreen(t, ui, "Platz gesperrt")
	wantNot(t, ui, "Anna-Lena", "Befehl:")

	ui.Press("ctrl+u")
	ui.Type("auf")
	ui.Press("enter")
	wantScreen(t, ui, "▶ 2", "K. Beispiel") // as it was
	wantNot(t, ui, "Wirklich?")
	wantLog(t, ui, "enter 1")
}

func TestALockedSeatIsMovedByItsDoorOnly(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.first.late = page.Navigate(fieldKind, nil)
	ui.Press("l", "f3")
	ui.Advance(2 * time.Second)
	wantScreen(t, ui, "Platz gesperrt")
	ui.Type("auf")
	ui.Press("enter")
	wantScreen(t, ui, "\n Liste 1\n")
}

func TestIdleLockWarnsFirst(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Advance(2*time.Minute + 39*time.Second)
	wantNot(t, ui, "Sperrt in")
	ui.Advance(2 * time.Second)
	wantScreen(t, ui, "Sperrt in 19 s.")
	ui.Advance(9 * time.Second)
	wantScreen(t, ui, "Sperrt in 10 s.")
	ui.log.lines = nil
	ui.Press("a")
	wantLog(t, ui) // pressed to stay
	wantNot(t, ui, "Sperrt in")
	ui.Press("a")
	wantLog(t, ui, "act")
	ui.Advance(3*time.Minute + time.Second)
	wantScreen(t, ui, "Platz gesperrt")
	ui.Advance(time.Hour)
	wantScreen(t, ui, "Platz gesperrt")
}

func TestTypingIntoAFieldDuringTheWarningCounts(t *testing.T) {
	ui := run(t, 80, 24, onField(false))
	ui.Advance(2*time.Minute + 50*time.Second)
	ui.Type("x")
	wantScreen(t, ui, "[x ")
}

func TestLookingElsewhereShortensTheWait(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Send(tea.BlurMsg{})
	ui.Advance(45 * time.Second)
	wantScreen(t, ui, "Sperrt in 15 s.")
	ui.Send(tea.FocusMsg{})
	ui.Advance(time.Second)
	wantNot(t, ui, "Sperrt in")
	ui.Send(tea.BlurMsg{})
	ui.Advance(61 * time.Second)
	wantScreen(t, ui, "Platz gesperrt")
}

func TestAPageWithItsOwnTimerIsNotLocked(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.first.timer = true
	ui.Advance(10 * time.Minute)
	wantScreen(t, ui, "Liste 1")
	ui.first.timer = false
	ui.Advance(2 * time.Minute)
	wantScreen(t, ui, "Liste 1")
	ui.Advance(2 * time.Minute)
	wantScreen(t, ui, "Platz gesperrt")
}

// TestAfterAPagesOwnTimerTheLockWarns, also when another window had the focus all
// the time.
func TestAfterAPagesOwnTimerTheLockWarns(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.first.timer = true
	ui.Send(tea.BlurMsg{})
	ui.Advance(10 * time.Minute)
	ui.first.timer = false
	ui.Advance(45 * time.Second)
	wantScreen(t, ui, "Liste 1", "Sperrt in")
	ui.Advance(20 * time.Second)
	wantScreen(t, ui, "Platz gesperrt")
}

func TestCheckKeysOfNoPage(t *testing.T) {
	if tui.CheckKeys(nil, &page.Env{}) == nil {
		t.Error("no page has no fault")
	}
}

func TestTheLoginPageDoesNotLock(t *testing.T) {
	ui := run(t, 80, 24, func(c *tui.Config) {
		c.Start = page.Route{Kind: page.Login}
		c.Makers[page.Login] = c.Makers[fieldKind]
	})
	ui.Press("f3")
	ui.Advance(time.Hour)
	wantNot(t, ui, "Platz gesperrt")
}

func TestWithoutAPassphraseLockingEnds(t *testing.T) {
	ui := run(t, 80, 24, func(c *tui.Config) { c.LockEnds = true })
	ui.log.lines = nil
	ui.Press("f3")
	if err := ui.Ended(); err != nil {
		t.Errorf("ended with %v", err)
	}
	wantLog(t, ui, "leave 1 2")
}

func TestPanicsShowNoData(t *testing.T) {
	for _, row := range []struct{ where, key string }{
		{"Update", "x"}, {"View", "v"}, {"a command", "c"},
	} {
		ui := run(t, 80, 24, nil)
		ui.Press(row.key)
		wantScreen(t, ui, "STOPP   Im Programm ist ein Fehler aufgetreten.", "ÜBUNG", "Enter neu anfangen")
		wantNot(t, ui, "Anna", "Müller", "goroutine")
		if len(ui.places) == 0 || strings.Contains(strings.Join(ui.places, "\n"), "Müller") {
			t.Errorf("%s: the log got %q", row.where, ui.places)
		}
		if !strings.Contains(strings.Join(ui.places, "\n"), "listPage") {
			t.Errorf("%s: the log does not name the place: %q", row.where, ui.places)
		}
		ui.Press("a")
		wantScreen(t, ui, "STOPP")
		ui.Press("enter")
		wantScreen(t, ui, "\n Liste 1\n", "Anna-Lena")
	}
}

func TestACrashDoesNotOpenALockedSeat(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.first.late = func() tea.Msg { panic("spät") }
	ui.Press("l", "f3")
	ui.Advance(2 * time.Second)
	wantScreen(t, ui, "STOPP")
	ui.Press("enter")
	wantScreen(t, ui, "Platz gesperrt")
	ui.Type("auf")
	ui.Press("enter")
	wantScreen(t, ui, "Liste 1")
}

func TestLockingACrashedPage(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("v", "f3")
	wantScreen(t, ui, "Platz gesperrt")
}
