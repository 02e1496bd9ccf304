package words

// Phone are the texts of identifying a caller.
type Phone struct {
	Title string
	// Seat is said in the title line of a seat that answers the phone.
	Seat    string
	Ask     string
	Rule    string
	Right   string
	Instead string // what is still possible for a caller who failed

	// Prompt and Example stand above the search instead of those of the counter.
	Prompt, Example string
}

func phoneGerman() Phone {
	return Phone{
		Title: "Am Telefon ausweisen", Seat: "TELEFON",
		Ask: "Fragen und tippen, was gesagt wird.",
		Rule: "Drei falsche Versuche am Tag sperren diesen Weg für 24 Stunden, wer auch fragt. " +
			"Das Geburtsdatum zählt nicht: Es steht auf der Karte.",
		Right:   "Stimmt: am Telefon ausgewiesen, 15 Minuten lang.",
		Instead: "Keine Auskunft geben. Am Schalter geht es mit Ausweis und Gesundheitskarte.",
		Prompt:  "KVNR oder Name", Example: "Beispiel: mueller anna",
	}
}

func phoneEnglish() Phone {
	return Phone{
		Title: "Identify by phone", Seat: "PHONE",
		Ask: "Ask, and type what is said.",
		Rule: "Three wrong tries a day close this way for 24 hours, whoever asks. " +
			"The birth date does not count: it is printed on the card.",
		Right:   "Right: identified by phone, for 15 minutes.",
		Instead: "Tell nothing. At the counter it works with an ID document and the health card.",
		Prompt:  "KVNR or name", Example: "Example: mueller anna",
	}
}
