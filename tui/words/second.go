package words

import "fmt"

// Second are the texts of what a second person is asked for and signs.
type Second struct {
	Title, How        string
	Reason            string
	Login, Passphrase string
	Checking          string

	// What is asked for.
	Why, Member, Evidence, Asks, Number string // names of its lines
	At                                  func(place, moment string) string

	// The one who asks.
	Needed    string
	NeededHow string
	Waiting   func(left string) string
	WaitHow   string
	Given     func(by, left string) string
	GivenHow  string
	Refused   func(by string) string
	Expired   string
	Withdrawn string
	OverHow   string
}

func secondGerman() Second {
	return Second{
		Title: "Zweite Person", Reason: "Grund", Login: "Anmeldename", Passphrase: "Passphrase",
		How:      "Das alles unterschreibt die zweite Person selbst, mit eigenem Namen und eigener Passphrase.",
		Checking: "Die Unterschrift wird geprüft …",

		Why: "Warum", Member: "Für", Evidence: "Nachweis", Asks: "Es fragt", Number: "Vorgang",
		At: func(place, moment string) string { return fmt.Sprintf("%s, %s Uhr", place, moment) },

		Needed: "Das geht nur mit einer zweiten Person.",
		NeededHow: "Enter stellt die Anfrage: Wer freigeben darf, sieht sie am eigenen Platz. " +
			"Mit h unterschreibt jemand gleich hier.",
		Waiting: func(left string) string { return "Wartet auf eine zweite Person, noch " + left + "." },
		WaitHow: "Die Antwort erscheint hier von selbst. h: jemand unterschreibt hier. Esc zieht die Anfrage zurück.",
		Given:   func(by, left string) string { return "Freigegeben von " + by + ", noch " + left + "." },
		GivenHow: "Die Freigabe gilt einmal und nur für das, was hier steht. Enter führt es aus, " +
			"Esc zieht die Anfrage zurück.",
		Refused:   func(by string) string { return "Abgelehnt von " + by + ". Nicht weitermachen." },
		Expired:   "Die Anfrage ist abgelaufen. Sie wartet eine Stunde; eine Freigabe gilt fünf Minuten.",
		Withdrawn: "Die Anfrage ist zurückgezogen.",
		OverHow:   "Enter: zurück.",
	}
}

func secondEnglish() Second {
	return Second{
		Title: "Second person", Reason: "Reason", Login: "Login", Passphrase: "Passphrase",
		How:      "The second person signs all of this, with their own name and their own passphrase.",
		Checking: "Checking the signature …",

		Why: "Why", Member: "For", Evidence: "Evidence", Asks: "Asked by", Number: "Case",
		At: func(place, moment string) string { return place + ", " + moment },

		Needed: "This needs a second person.",
		NeededHow: "Enter asks: whoever may approve sees the request at their own seat. " +
			"With h somebody signs right here.",
		Waiting: func(left string) string { return "Waiting for a second person, " + left + " left." },
		WaitHow: "The answer appears here by itself. h: somebody signs here. Esc withdraws the request.",
		Given:   func(by, left string) string { return "Approved by " + by + ", " + left + " left." },
		GivenHow: "The approval is good once, and only for what stands here. Enter carries it out, " +
			"Esc withdraws the request.",
		Refused:   func(by string) string { return "Refused by " + by + ". Do not go on." },
		Expired:   "The request has expired. It waits for an hour; an approval is good for five minutes.",
		Withdrawn: "The request has been withdrawn.",
		OverHow:   "Enter: back.",
	}
}
