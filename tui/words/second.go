package words

// Second are the texts of the form in which a second person agrees.
type Second struct {
	Title, How        string
	Reason            string
	Login, Passphrase string
	Checking          string
}

func secondGerman() Second {
	return Second{
		Title: "Zweite Person", Reason: "Grund", Login: "Anmeldename", Passphrase: "Passphrase",
		How:      "Das alles unterschreibt die zweite Person selbst, mit eigenem Namen und eigener Passphrase.",
		Checking: "Die Unterschrift wird geprüft …",
	}
}

func secondEnglish() Second {
	return Second{
		Title: "Second person", Reason: "Reason", Login: "Login", Passphrase: "Passphrase",
		How:      "The second person signs all of this, with their own name and their own passphrase.",
		Checking: "Checking the signature …",
	}
}
