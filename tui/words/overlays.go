package words

import "fmt"

// Help are the texts of the help page.
type Help struct {
	Title     string
	Page      string // heading of the page's own keys
	Frame     string // heading of the keys that work everywhere
	Fields    string // heading of the keys inside input fields
	FieldKeys []Key  // Label holds the keys
	More      func(from, to, of int) string
	Off       func(reason string) string // why a key does nothing now
}

func helpGerman() Help {
	return Help{
		Title: "Hilfe", Page: "Auf dieser Seite", Frame: "Überall", Fields: "In Eingabefeldern",
		FieldKeys: []Key{
			{"Tab  Umschalt+Tab", "Nächstes, voriges Feld."},
			{"Pos1  Ende", "Zum Anfang, zum Ende."},
			{"Strg+U  Strg+W", "Feld leeren, Wort löschen."},
		},
		More: func(from, to, of int) string { return fmt.Sprintf("Zeilen %d–%d von %d", from, to, of) },
		Off:  func(reason string) string { return "jetzt nicht: " + reason },
	}
}

func helpEnglish() Help {
	return Help{
		Title: "Help", Page: "On this page", Frame: "Everywhere", Fields: "In input fields",
		FieldKeys: []Key{
			{"Tab  Shift+Tab", "Next field, field before."},
			{"Home  End", "To the beginning, to the end."},
			{"Ctrl+U  Ctrl+W", "Clear the field, delete a word."},
		},
		More: func(from, to, of int) string { return fmt.Sprintf("Lines %d–%d of %d", from, to, of) },
		Off:  func(reason string) string { return "not now: " + reason },
	}
}

// Palette are the texts of the command palette.
type Palette struct {
	Title  string
	Prompt string
	None   string // nothing matches
}

func paletteGerman() Palette {
	return Palette{Title: "Befehle", Prompt: "Befehl:", None: "Kein Befehl passt. Esc schließt."}
}

func paletteEnglish() Palette {
	return Palette{Title: "Commands", Prompt: "Command:", None: "No command matches. Esc closes."}
}

// Confirm are the texts of the confirmation dialog.
type Confirm struct {
	Title  string
	Cancel string // the button that is chosen first
	Typing string // shown while a dialog that opened by itself waits for quiet
}

func confirmGerman() Confirm {
	return Confirm{Title: "Bestätigen", Cancel: "Abbrechen", Typing: "Tasten wirken gleich."}
}

func confirmEnglish() Confirm {
	return Confirm{Title: "Confirm", Cancel: "Cancel", Typing: "Keys will act in a moment."}
}

// Idle are the texts of the lock that comes by itself.
type Idle struct {
	Warning func(seconds int) string
}

func idleGerman() Idle {
	return Idle{Warning: func(s int) string {
		return fmt.Sprintf("Sperrt in %d s. Beliebige Taste: weiterarbeiten.", s)
	}}
}

func idleEnglish() Idle {
	return Idle{Warning: func(s int) string {
		return fmt.Sprintf("Locks in %d s. Any key: go on working.", s)
	}}
}

// Crash are the texts shown after an error in the program itself.
type Crash struct {
	Title string
	What  string
	Hint  string
}

func crashGerman() Crash {
	return Crash{
		Title: "Fehler im Programm",
		What:  "Im Programm ist ein Fehler aufgetreten. Die Seite wurde geschlossen.",
		Hint:  "Letzten Schritt unter den Vorgängen prüfen, dann neu anfangen.",
	}
}

func crashEnglish() Crash {
	return Crash{
		Title: "Error in the program",
		What:  "An error occurred in the program. The page has been closed.",
		Hint:  "Check the last step among the cases, then start again.",
	}
}
