package words

// Registration are the texts of checking what the app asks for.
type Registration struct {
	Title, Ask string
	Right      string // all of it
	Yes, No    string // beside a field
	Counts     string
}

func registrationGerman() Registration {
	return Registration{
		Title: "Registrierung prüfen", Ask: "Tippen, was die Person in der App eingibt.",
		Right: "Alles stimmt. Klappt es in der App nicht, liegt es nicht an diesen Angaben.",
		Yes:   "stimmt", No: "stimmt nicht",
		Counts: "Falsche Versuche zählen mit den anderen: nach dreien ist für heute Schluss.",
	}
}

func registrationEnglish() Registration {
	return Registration{
		Title: "Check registration", Ask: "Type what the person enters in the app.",
		Right: "All of it is right. If the app refuses it, that is not because of these data.",
		Yes:   "right", No: "not right",
		Counts: "Wrong tries count with the others: after three it is over for today.",
	}
}
