package tui_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func TestHelpShowsTheLiveBindings(t *testing.T) {
	ui := run(t, 80, 40, nil)
	ui.Press("f1")
	wantScreen(t, ui, "Liste 1 › Hilfe", "Auf dieser Seite", "a F7                 Handeln ausprobieren.",
		"o                    Aus ausprobieren. – jetzt nicht: heute geschlossen",
		"1–9", "Überall", "F2                   Sprache wechseln", "Strg+C               Programm beenden.")
	wantNot(t, ui, "Anna-Lena", "In Eingabefeldern")
	ui.log.lines = nil
	ui.Press("a") // does not reach the page
	wantLog(t, ui)
	ui.Press("?")
	wantScreen(t, ui, "Anna-Lena")
}

func TestHelpScrolls(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("?")
	wantScreen(t, ui, "Zeilen 1–20 von")
	wantNot(t, ui, "Programm beenden")
	ui.Press("pgdown", "pgdown")
	wantScreen(t, ui, "Programm beenden")
	ui.Press("up", "up", "up")
	wantScreen(t, ui, "Auf dieser Seite")
}

func TestPaletteFindsAndRuns(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press(":")
	ui.Type("hand")
	wantScreen(t, ui, "Befehl: [hand", "▶    Handeln")
	if x, y, ok := ui.Cursor(); !ok || y != 6 || x < 20 {
		t.Errorf("the cursor stands at %d,%d (%v)", x, y, ok)
	}
	ui.Press("enter")
	wantLog(t, ui, "act")
	wantScreen(t, ui, "Gehandelt.")
	wantNot(t, ui, "Befehl:")
}

func TestPaletteIsForgiving(t *testing.T) {
	for _, row := range []struct{ why, typed, want string }{
		{"umlauts may be left out", "offnen", "▶    öffnen"},
		{"capitals do not matter", "HANDELN", "▶    Handeln"},
		{"letters in their order", "hdl", "▶    Handeln"},
		{"words of the help", "sprache", "▶    English"},
		{"the name in any language", "language", "▶    English"},
		{"commands without a key", "kontrast", "▶    Farben: Kontrast"},
		{"nothing", "xyzxyz", "Kein Befehl passt."},
	} {
		ui := run(t, 80, 24, nil)
		ui.Press(":")
		ui.Type(row.typed)
		t.Log(row.why)
		wantScreen(t, ui, row.want)
	}
}

func TestPaletteSaysWhyACommandIsOff(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press(":")
	ui.Type("aus aus")
	wantScreen(t, ui, "jetzt nicht: heute geschlossen")
	ui.Press("enter")
	wantLog(t, ui)
	wantScreen(t, ui, "Geht jetzt nicht: heute geschlossen")
}

func TestPaletteMovesAndCloses(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press(":", "down", "tab", "up")
	wantScreen(t, ui, "▶    Handeln")
	ui.Press("esc")
	wantNot(t, ui, "Befehl:")
	wantScreen(t, ui, "\n Liste 1\n")
}

func TestCancelHasTheFocus(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press("q")
	wantScreen(t, ui, "Wirklich?", "Das lässt sich nicht zurücknehmen.", "[ Abbrechen ]    Löschen")
	ui.Press("enter")
	wantLog(t, ui, "no")
	wantNot(t, ui, "Wirklich?")

	ui.Press("q", "tab")
	wantScreen(t, ui, "  Abbrechen    [ Löschen ]")
	if _, _, ok := ui.Cursor(); !ok {
		t.Error("no cursor on the button")
	}
	ui.Press("enter")
	wantLog(t, ui, "yes")
	wantScreen(t, ui, "Gelöscht.")

	ui.Press("q", "tab", "esc")
	wantLog(t, ui, "no") // Esc never does it
}

func TestADialogThatOpensByItselfWaits(t *testing.T) {
	enter, tab := tea.KeyPressMsg{Code: tea.KeyEnter}, tea.KeyPressMsg{Code: tea.KeyTab}
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press("u") // 10 ms ago
	wantScreen(t, ui, "Wirklich?", "Tasten wirken gleich.")
	ui.Advance(300 * time.Millisecond)
	ui.Send(tab)
	ui.Send(enter) // begins the wait anew
	wantLog(t, ui)
	ui.Advance(424 * time.Millisecond)
	ui.Send(enter)
	wantLog(t, ui)
	ui.Advance(425 * time.Millisecond)
	wantNot(t, ui, "Tasten wirken gleich.")
	ui.Send(enter)
	wantLog(t, ui, "no")
}

func TestADialogDoesNotWaitForEver(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.log.lines = nil
	ui.Press("u")
	for range 4 {
		ui.Send(tea.KeyPressMsg{Code: tea.KeyTab})
		ui.Advance(400 * time.Millisecond)
	}
	wantNot(t, ui, "Tasten wirken gleich.")
	ui.Send(tea.KeyPressMsg{Code: tea.KeyEnter})
	wantLog(t, ui, "no")
}

func TestNavigationClosesDialogs(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("q")
	ui.Send(navigate(fieldKind))
	wantScreen(t, ui, "Liste 1 › Feld\n")
	wantNot(t, ui, "Wirklich?")
}

func TestHelpInADialogIsAboutTheDialog(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("q", "tab", "?")
	wantScreen(t, ui, "Wirklich?", "Das Gewählte ausführen.")
	wantNot(t, ui, "Löschen", "Auf dieser Seite")
	ui.Press("esc")
	wantScreen(t, ui, "[ Löschen ]") // as it was
	ui.log.lines = nil
	ui.Press("esc", ":", "e", "?", "esc")
	wantLog(t, ui, "no")
	wantScreen(t, ui, "Befehl: [e ")
}
