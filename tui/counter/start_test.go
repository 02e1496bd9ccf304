package counter_test

import (
	"strings"
	"testing"
	"time"

	"schalter/tui/words"
)

func TestLogin(t *testing.T) {
	b := open(t)
	ui := b.run(words.German, 80, 24)
	shows(t, ui, "Anmelden", "Anmeldename", "Passphrase")
	ui.Type("leitung")
	ui.Press("enter")
	ui.Type("falsche passphrase")
	hides(t, ui, "falsche")
	ui.Press("enter")
	shows(t, ui, "Anmelden", "Passphrase")
	hides(t, ui, "Suche")
	ui.Type(passphrase)
	ui.Press("enter")
	shows(t, ui, "Suche", "L. Leitung", "Musterstadt", "Beispiel: mue 140362")
}

func TestOneTimePassphraseIsChangedAtTheDoor(t *testing.T) {
	b := open(t)
	addClerk(b, "neu", "einmal und nie wieder")
	ui := b.run(words.English, 80, 24)
	ui.Type("neu")
	ui.Press("enter")
	ui.Type("einmal und nie wieder")
	ui.Press("enter")
	shows(t, ui, "works only once", "New passphrase")
	ui.Type("mein eigenes wort")
	ui.Press("enter")
	ui.Type("mein eigenes wrot")
	ui.Press("enter")
	shows(t, ui, "New passphrase")
	ui.Type("mein eigenes wort")
	ui.Press("enter")
	ui.Type("mein eigenes wort")
	ui.Press("enter")
	shows(t, ui, "Search", "N. Neu")
}

func TestSearchAsYouType(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("mu")
	shows(t, ui, "Noch ein Buchstabe")
	hides(t, ui, "Müller")
	ui.Type("e")
	shows(t, ui, "Müller, Anna", "Mueller, Anna", "Dr. von Mühlen, Anton", "† verstorben", "! verwechselbar", "3\u00a0Treffer")
	shows(t, ui, "14.03.••••", "•••780")
	hides(t, ui, "1962", "A123456780", "951731")
	ui.Type(" 1403")
	shows(t, ui, "2\u00a0Treffer")
	ui.Press("esc")
	hides(t, ui, "Müller")
	ui.Type("niemandsland")
	shows(t, ui, "Niemand gefunden")
	ui.Press("esc")
	ui.Type("A123456781")
	shows(t, ui, "Prüfziffer stimmt nicht")
}

// TestSeveralHitsAreNotOpenedByReflex: Enter goes into the list, a digit or a
// second Enter opens.
func TestSeveralHitsAreNotOpenedByReflex(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.English, 120, 40)
	ui.Type("mue")
	ui.Press("enter")
	shows(t, ui, "Several hits", "Search")
	ui.Type("a") // a letter goes back to the field
	shows(t, ui, "muea")
	ui.Press("backspace", "down", "down", "up", "up")
	ui.Type("l")
	shows(t, ui, "muel")
}

// TestLanguageAndTooSmall: F2 switches while running; below 80×24 one sentence
// says what is needed.
func TestLanguageAndTooSmall(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Press("f2")
	shows(t, ui, "Search", "Example: mue 140362")
	ui.Resize(40, 10)
	shows(t, ui, "40×10", "80×24")
	ui.Resize(80, 24)
	shows(t, ui, "Search")
}

// TestLock: F3 blanks at once; the right passphrase goes on, and the search of
// before is gone from the screen meanwhile.
func TestLock(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("mue")
	ui.Press("f3")
	hides(t, ui, "Müller", "mue")
	shows(t, ui, "gesperrt", "L. Leitung")
	ui.Type("falsch falsch falsch")
	ui.Press("enter")
	shows(t, ui, "gesperrt")
	ui.Type(passphrase)
	ui.Press("enter")
	shows(t, ui, "Suche")
}

func TestIdleLock(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("mue")
	ui.Advance(b.seat.Settings.IdleLock - 15*time.Second)
	shows(t, ui, "Müller")
	ui.Advance(20 * time.Second)
	hides(t, ui, "Müller")
	shows(t, ui, "gesperrt")
}

// TestZoneIsNeverSearched: a line of an ID document that is scanned, pasted or
// typed on the search page finds nobody and is forgotten.
func TestZoneIsNeverSearched(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	before := b.entries()
	for _, give := range []func(){
		func() { ui.Scan(specimen2021[1]) },
		func() { ui.Paste(strings.Join(specimen2021, "\n")) },
		func() { ui.Type("8308126<3108011D<<") },
	} {
		give()
		shows(t, ui, "Zeile von einem Ausweis")
		hides(t, ui, "8308126", "Mustermann", "MUSTERMANN")
	}
	if after := b.entries(); after != before {
		t.Errorf("%d entries", after-before)
	}
}
