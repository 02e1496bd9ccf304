package words

import "fmt"

// Member are the texts of a member's page.
type Member struct {
	Title   string
	Loading string

	KVNR, Born, Insured, Address, Contact, Code string // names of the facts
	Since                                       func(date string) string
	SinceTo                                     func(from, to string) string
	CardUntil                                   func(state, date string) string
	RevealHint                                  string // behind the key that shows what is masked
	HiddenIn                                    func(left string) string

	Lookalike, Deceased, Ended, Child string // warnings

	Identified    string // before the answer
	NotIdentified string
	IdentifiedFor func(how string, minutes int) string
	Closed        func(why string) string

	NoCode     string
	WithSecond func(why string) string // a code needs a second person today
	CodeLive   func(until, handed string) string
	NotHanded  string
	HandedOver func(at string) string
	CodeEnded  func(state, at string) string
	CaseNumber func(number string) string

	Do    string // heading of the actions
	Cases string // heading of the recent cases

	Revoke     string // question
	RevokeHow  string
	RevokeYes  string
	Revoked    string
	VisitEnded string
}

func memberGerman() Member {
	return Member{
		Title: "Versicherte/r", Loading: "Daten werden geladen …",
		KVNR: "KVNR", Born: "geboren", Insured: "Art", Address: "Anschrift", Contact: "Kontakt",
		Code:       "Aktivierungscode:",
		Since:      func(date string) string { return "seit " + date },
		SinceTo:    func(from, to string) string { return "von " + from + " bis " + to },
		CardUntil:  func(state, date string) string { return state + ", bis " + date },
		RevealHint: "zeigt (protokolliert)",
		HiddenIn:   func(left string) string { return "wieder verdeckt in " + left },

		Lookalike:  "Noch jemand heißt so und ist am gleichen Tag und Monat geboren: Geburtsjahr auf dem Ausweis lesen.",
		Deceased:   "Als verstorben gemeldet: keine Auskunft, an die Fachabteilung.",
		Ended:      "Die Versicherung ist beendet: kein Code, keine Auskunft.",
		Child:      "Kind unter 15: Ein Elternteil oder Vormund handelt (v).",
		WithSecond: func(why string) string { return "Code heute nur mit zweiter Person: " + why },

		Identified: "Ausgewiesen:", NotIdentified: "NEIN – vor jeder Auskunft nötig",
		IdentifiedFor: func(how string, minutes int) string { return fmt.Sprintf("JA, %s, noch %d min", how, minutes) },
		Closed:        func(why string) string { return "NEIN – in dieser Vorsprache beendet: " + why },

		NoCode:     "noch keiner",
		CodeLive:   func(until, handed string) string { return "offen bis " + until + ", " + handed },
		NotHanded:  "nicht ausgehändigt",
		HandedOver: func(at string) string { return "ausgehändigt " + at },
		CodeEnded:  func(state, at string) string { return state + " " + at },
		CaseNumber: func(number string) string { return "Vorgang " + number },

		Do: "Tun", Cases: "Letzte Vorgänge",

		Revoke: "Aktivierungscode sperren?", RevokeYes: "Sperren",
		RevokeHow:  "Der offene Code wird ungültig. Das lässt sich nicht zurücknehmen.",
		Revoked:    "Der Aktivierungscode ist gesperrt.",
		VisitEnded: "Die Vorsprache ist beendet.",
	}
}

func memberEnglish() Member {
	return Member{
		Title: "Member", Loading: "Loading …",
		KVNR: "KVNR", Born: "born", Insured: "Kind", Address: "Address", Contact: "Contact",
		Code:       "Activation code:",
		Since:      func(date string) string { return "since " + date },
		SinceTo:    func(from, to string) string { return "from " + from + " to " + to },
		CardUntil:  func(state, date string) string { return state + ", until " + date },
		RevealHint: "shows (journalled)",
		HiddenIn:   func(left string) string { return "hidden again in " + left },

		Lookalike:  "Somebody else has this name and the same day and month of birth: read the year on the document.",
		Deceased:   "Reported as deceased: no information, refer to the department.",
		Ended:      "The insurance has ended: no code, no information.",
		Child:      "Child under 15: a parent or guardian acts (v).",
		WithSecond: func(why string) string { return "A code needs a second person today: " + why },

		Identified: "Identified:", NotIdentified: "NO – needed before anything is told",
		IdentifiedFor: func(how string, minutes int) string { return fmt.Sprintf("YES, %s, %d min left", how, minutes) },
		Closed:        func(why string) string { return "NO – ended in this visit: " + why },

		NoCode:     "none yet",
		CodeLive:   func(until, handed string) string { return "live until " + until + ", " + handed },
		NotHanded:  "not handed over",
		HandedOver: func(at string) string { return "handed over " + at },
		CodeEnded:  func(state, at string) string { return state + " " + at },
		CaseNumber: func(number string) string { return "case " + number },

		Do: "Do", Cases: "Recent cases",

		Revoke: "Revoke the activation code?", RevokeYes: "Revoke",
		RevokeHow:  "The live code becomes invalid. This cannot be taken back.",
		Revoked:    "The activation code is revoked.",
		VisitEnded: "The visit is over.",
	}
}
