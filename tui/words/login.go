package words

// Login are the texts of the login page.
type Login struct {
	Title      string
	Name       string
	Passphrase string
	Checking   string // while the passphrase is tried
	// Outdated: the database is of an older program, and a login adapts it.
	Outdated string
	// Practice tells what to type in practice.
	Practice func(login, passphrase string) string

	// Renew: a one-time passphrase has to be changed.
	Renew      string
	Rule       string
	New, Again string
	Renewed    string
}

func loginGerman() Login {
	return Login{
		Title: "Anmelden", Name: "Anmeldename", Passphrase: "Passphrase",
		Checking: "Passphrase wird geprüft.",
		Outdated: "Die Datenbank ist von einem älteren Programm. Die erste Anmeldung kopiert sie und passt sie an. Das kann einige Minuten dauern; bitte nicht ausschalten.",
		Practice: func(login, passphrase string) string {
			return "Übung: Anmeldename " + login + ", Passphrase " + passphrase
		},
		Renew: "Diese Passphrase gilt nur einmal. Bitte eine eigene wählen.",
		Rule:  "Mindestens 12 Zeichen. Mehrere Wörter sind leichter zu merken als Sonderzeichen.",
		New:   "Neue Passphrase", Again: "Noch einmal",
		Renewed: "Die neue Passphrase gilt ab jetzt.",
	}
}

func loginEnglish() Login {
	return Login{
		Title: "Log in", Name: "Login name", Passphrase: "Passphrase",
		Checking: "Checking the passphrase.",
		Outdated: "The database is of an older program. The first login copies it and adapts it. That can take some minutes; please do not switch off.",
		Practice: func(login, passphrase string) string {
			return "Practice: login name " + login + ", passphrase " + passphrase
		},
		Renew: "This passphrase works only once. Please choose your own.",
		Rule:  "At least 12 characters. Several words are easier to remember than symbols.",
		New:   "New passphrase", Again: "Once more",
		Renewed: "The new passphrase is in force from now on.",
	}
}
