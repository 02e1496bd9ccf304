package tui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui"
	"schalter/tui/page"
)

const barcode = "80276001234567890123"

func onField(secret bool) func(*tui.Config) {
	return func(c *tui.Config) {
		c.Start = page.Route{Kind: fieldKind}
		if secret {
			c.Start.Params = "secret"
		}
	}
}

func TestUpperCaseNeverActs(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press("A", "F")
	wantLog(t, ui, "key A", "key F")
}

func TestACommandWaitsForQuiet(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Send(tea.KeyPressMsg{Text: "a", Code: 'a'})
	ui.Advance(49 * time.Millisecond)
	wantLog(t, ui)
	ui.Advance(time.Millisecond)
	wantLog(t, ui, "act")
	ui.Send(tea.KeyPressMsg{Text: "a", Code: 'a'})
	ui.Send(tea.KeyPressMsg{Code: tea.KeyDown})
	wantLog(t, ui, "act") // another key ends the wait
}

func TestAScanPressesNothing(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Scan(barcode)
	wantLog(t, ui, "scan "+barcode)
	ui.Send(tea.KeyPressMsg{Code: 'j', Mod: tea.ModCtrl}) // the LF of CR LF
	wantLog(t, ui)
}

func TestAScanIsTakenOutOfTheField(t *testing.T) {
	ui := run(t, 80, 24, onField(false))
	ui.Type("mue")
	ui.Scan(barcode)
	wantLog(t, ui, "scan "+barcode)
	wantScreen(t, ui, "[mue ")
}

func TestASecretFieldDropsScans(t *testing.T) {
	ui := run(t, 80, 24, onField(true))
	ui.Type("geh")
	ui.Scan(barcode)
	wantLog(t, ui)
	wantScreen(t, ui, "[••• ", "Scan verworfen: In dieses Feld wird nur getippt.")
	ui.Type("eim?")
	ui.Press("enter")
	wantLog(t, ui, "enter geheim?")
}

func TestADialogTakesNoScans(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("q")
	ui.log.lines = nil
	ui.Scan(barcode)
	wantLog(t, ui)
	wantScreen(t, ui, "Wirklich?", "Scan verworfen: Hier wird nicht gescannt.")
}

func TestTextFieldsTakeLettersAndKeepTheCursor(t *testing.T) {
	ui := run(t, 80, 24, onField(false))
	ui.Type("Müz")
	wantLog(t, ui)
	wantScreen(t, ui, "[Müz ")
	if x, y, ok := ui.Cursor(); x != 7 || y != 3 || !ok {
		t.Errorf("the cursor stands at %d,%d (%v), want 7,3", x, y, ok)
	}
	ui.Press("f8") // the twin of the letter acts
	wantLog(t, ui, "letter")
	ui.Press("tab")
	ui.Type("14")
	wantScreen(t, ui, "[14.__.__]")
	if x, y, ok := ui.Cursor(); x != 7 || y != 5 || !ok {
		t.Errorf("the cursor stands at %d,%d (%v), want 7,5 behind the dot", x, y, ok)
	}
}

func TestHelpAndPaletteOpenFromATextField(t *testing.T) {
	ui := run(t, 80, 24, onField(false))
	ui.Press("?")
	wantScreen(t, ui, "› Hilfe", "In Eingabefeldern")
	ui.Press("esc", ":")
	wantScreen(t, ui, "Befehl: [")
}

func TestPasteIsOneInsertionAndNoEnter(t *testing.T) {
	ui := run(t, 80, 24, onField(false))
	ui.Paste("Mu\u0308ller\x1b[31m\r\nAnna\u202e")
	wantLog(t, ui)
	wantScreen(t, ui, "[Müller Anna ")
	page := run(t, 80, 24, nil)
	page.log.lines = nil
	page.Paste("aaa\n")
	wantLog(t, page, "paste aaa")
}

func TestAnOffKeySaysWhy(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press("o")
	wantLog(t, ui)
	wantScreen(t, ui, "Geht jetzt nicht: heute geschlossen")
	ui.Press("down")
	wantNot(t, ui, "Geht jetzt nicht")
}

func TestErrorsStayUntilAKey(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("e")
	ui.Advance(time.Minute)
	wantScreen(t, ui, "\n  STOPP  Zu viele falsche Angaben zu dieser Person.\n Sie können diese Person 24 Stunden")
	ui.Press("down")
	wantNot(t, ui, "STOPP")

	wide := run(t, 160, 40, nil)
	wide.Press("e")
	wantScreen(t, wide, "zu dieser Person.  Sie können diese Person") // one line where there is room
}

func TestAForeignErrorTellsNothing(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Send(page.FailMsg{Err: errForeign})
	wantScreen(t, ui, "STOPP  Interner Fehler.")
	wantNot(t, ui, "bolt", "page 7")
}

func TestTextFromDataIsCleaned(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Send(page.SayMsg{Text: "gut\x1b]0;Titel\x07 \u202eegal\n"})
	if screen := ui.Screen(); !strings.Contains(screen, "gut egal") {
		t.Errorf("not cleaned:\n%s", screen)
	}
}

// TestKeysWaitForWhatOneOpens: keys that arrive in one read act on what the one
// before them opened.
func TestKeysWaitForWhatOneOpens(t *testing.T) {
	for _, row := range []struct {
		why  string
		keys []string
		log  []string
	}{
		{"a dialog is confirmed", []string{"q", "tab", "enter", "a"}, []string{"yes", "act"}},
		{"a dialog is left, twice", []string{"q", "enter", "q", "esc", "a"}, []string{"no", "no", "act"}},
		{"a page is opened", []string{"enter", "a"}, []string{"leave 1 0", "init 2", "enter 2", "act"}},
	} {
		t.Run(row.why, func(t *testing.T) {
			for range 5 {
				ui := run(t, 80, 24, nil)
				ui.log.lines = nil
				ui.Rush(row.keys...)
				wantLog(t, ui, row.log...)
			}
		})
	}
}

// TestLockingDoesNotWait, and forgets the keys that do.
func TestLockingDoesNotWait(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.first.late = page.Say("spät")
	ui.Press("l")
	ui.log.lines = nil
	ui.Press("f7", "f3")
	wantLog(t, ui, "leave 1 1")
	ui.Type("auf")
	ui.Press("enter")
	ui.Advance(2 * time.Second)
	wantLog(t, ui, "enter 1")
}

// TestACallIsNotWaitedFor: its page knows that it runs, and it may take long.
func TestACallIsNotWaitedFor(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("s")
	ui.log.lines = nil
	ui.Press("f7")
	wantLog(t, ui, "act")
}

func TestKeysThatWaitAreBounded(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.first.late = page.Say("spät")
	ui.Press("l")
	for range 200 {
		ui.Send(tea.KeyPressMsg{Code: tea.KeyF7})
	}
	ui.log.lines = nil
	ui.Advance(2 * time.Second)
	if n := len(ui.log.lines); n == 0 || n > 64 {
		t.Errorf("%d keys acted", n)
	}
}
