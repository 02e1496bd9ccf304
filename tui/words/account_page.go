package words

import "fmt"

// Account are the texts of the page of an app account.
type Account struct {
	Title, Loading string

	State, Identification, Email, EPA                     string
	Required, Verified, NotVerified, Shared, TooOld       string
	WhatHappened, AppOffers                               string
	WhichDevice, OrAll, WhyAsk, WordsNeeded, NoHealthData string
	Unblock, RememberedAsk, CodeStays, UnblockYes         string
	DeleteBinding, NewIdentification, DeleteYes, TypeLast string
	Lost, Stays, Undone, NowIdentify, AfterIdentifying    string
	Since, RunsAt, LastUsed, UndoFor, ToldBy, Waits       func(s string) string
	Recorded                                              func(number string) string
	Announced                                             func(number, at string) string
	IdentifiedBy                                          func(way, at string) string
	Devices                                               func(n int) string
}

func accountGerman() Account {
	return Account{
		Title: "App-Konto", Loading: "Das App-Konto wird geladen …",
		State: "App-Konto", Identification: "Identifizierung", Email: "E-Mail", EPA: "ePA-App",
		Required: "nötig: die Person muss sich neu identifizieren", Verified: "bestätigt", NotVerified: "noch nicht bestätigt",
		Shared: "nutzt dieselbe Anmeldung", TooOld: "! Die App lässt sich hier nicht neu installieren (ab iOS 15, Android 9).",
		WhatHappened: "Was ist passiert?",
		AppOffers: "In der App: Stammdaten ändern, Karte beantragen, Postfach, Bonus einreichen, Bescheinigungen. " +
			"Im Web: Stammdaten ansehen, Postfach, einige Anträge; erst nach der Registrierung in der App.",
		WhichDevice: "Welche Gerätebindung?", OrAll: "a  alle", WhyAsk: "Warum?",
		WordsNeeded: "Bitte mit ein paar Worten sagen, warum.", NoHealthData: "Nichts über Krankheiten oder Behandlungen schreiben.",
		Unblock: "App entsperren", RememberedAsk: "Sagt die Person, dass ihr der App-Code wieder eingefallen ist?",
		CodeStays: "Der App-Code bleibt derselbe; niemand hier kennt ihn.", UnblockYes: "Ja, entsperren",
		DeleteBinding: "Gerätebindung löschen", NewIdentification: "Danach ist eine neue Identifizierung nötig, etwa mit einem Aktivierungscode.",
		DeleteYes: "Löschen", TypeLast: "Zum Bestätigen die letzten drei Ziffern der KVNR:",
		Lost: "Das geht verloren", Stays: "Das bleibt", Undone: "Rückgängig gemacht.",
		NowIdentify: "Jetzt ist eine neue Identifizierung nötig: gleich hier mit einem Aktivierungscode.", AfterIdentifying: "Welche, steht hier nach dem Ausweisen.",
		Since:    func(at string) string { return " seit " + at },
		RunsAt:   func(at string) string { return " am " + at },
		LastUsed: func(day string) string { return prefixed(", zuletzt ", day) },
		UndoFor:  func(left string) string { return "u macht es rückgängig, noch " + left + "." },
		ToldBy:   func(via string) string { return "Die Person wird benachrichtigt: " + via },
		Waits: func(at string) string {
			return "Am Telefon läuft das Löschen erst am " + at + " und lässt sich bis dahin abbrechen."
		},
		Recorded: func(number string) string {
			return "Aufgezeichnet, Vorgang " + number + ". Ein App-Backend ist nicht angebunden."
		},
		Announced: func(number, at string) string {
			return "Angekündigt, Vorgang " + number + ": das Konto wird am " + at + " gelöscht."
		},
		IdentifiedBy: func(way, at string) string { return "erledigt: " + way + ", " + at },
		Devices:      func(n int) string { return fmt.Sprintf("Gerätebindungen: %d", n) },
	}
}

func accountEnglish() Account {
	return Account{
		Title: "App account", Loading: "Loading the app account …",
		State: "App account", Identification: "Identification", Email: "E-mail", EPA: "ePA app",
		Required: "required: the person has to identify anew", Verified: "verified", NotVerified: "not verified yet",
		Shared: "uses the same login", TooOld: "! The app cannot be installed here anew (from iOS 15, Android 9).",
		WhatHappened: "What happened?",
		AppOffers: "In the app: change master data, apply for a card, messages, submit bonus, certificates. " +
			"On the web: view master data, messages, some applications; only after registering in the app.",
		WhichDevice: "Which device binding?", OrAll: "a  all", WhyAsk: "Why?",
		WordsNeeded: "Please say why in a few words.", NoHealthData: "Write nothing about illnesses or treatment.",
		Unblock: "Unblock the app", RememberedAsk: "Does the person say that the app code came to mind again?",
		CodeStays: "The app code stays the same; nobody here knows it.", UnblockYes: "Yes, unblock",
		DeleteBinding: "Delete the device binding", NewIdentification: "A new identification is necessary after this, such as by an activation code.",
		DeleteYes: "Delete", TypeLast: "To confirm, the last three digits of the KVNR:",
		Lost: "This is lost", Stays: "This stays", Undone: "Undone.",
		NowIdentify: "A new identification is necessary now: right here, by an activation code.", AfterIdentifying: "Which ones is told after identifying.",
		Since:    func(at string) string { return " since " + at },
		RunsAt:   func(at string) string { return " on " + at },
		LastUsed: func(day string) string { return prefixed(", last used ", day) },
		UndoFor:  func(left string) string { return "u takes it back, " + left + " left." },
		ToldBy:   func(via string) string { return "The person will be told: " + via },
		Waits: func(at string) string {
			return "By phone the deletion runs on " + at + " only, and can be cancelled until then."
		},
		Recorded: func(number string) string {
			return "Recorded, case " + number + ". No app backend is connected."
		},
		Announced: func(number, at string) string {
			return "Announced, case " + number + ": the account will be deleted on " + at + "."
		},
		IdentifiedBy: func(way, at string) string { return "done: " + way + ", " + at },
		Devices:      func(n int) string { return fmt.Sprintf("Device bindings: %d", n) },
	}
}

// prefixed sets a word before a text, if there is one.
func prefixed(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}
