package words

// Told are the texts of what somebody tells, to be compared.
type Told struct {
	KVNR, Digits, Postcode, HouseNumber, Name, BirthDate string

	Missing   string // why nothing is compared yet
	OneAnswer string // what the answer says

	// Says is the heading of what the invented person tells in practice, SaysThat
	// the lines below it.
	Says     string
	SaysThat func(kvnr, digits, postcode, house string) string
	NoDigits string
}

func toldGerman() Told {
	return Told{
		KVNR: "KVNR", Digits: "Kennnummer, letzte sechs", Postcode: "PLZ", HouseNumber: "… oder Hausnummer",
		Name: "Vor- und Nachname", BirthDate: "Geburtsdatum (TT.MM.JJJJ)",
		Missing:   "Da fehlt noch etwas.",
		OneAnswer: "Verglichen wird alles zusammen; die Antwort ist nur: stimmt oder stimmt nicht.",
		Says:      "Übung: Das sagt die Person",
		SaysThat: func(kvnr, digits, postcode, house string) string {
			return "KVNR " + kvnr + ", Kennnummer endet auf " + digits + ", PLZ " + postcode + ", Hausnummer " + house
		},
		NoDigits: "(keine Karte)",
	}
}

func toldEnglish() Told {
	return Told{
		KVNR: "KVNR", Digits: "card number, last six", Postcode: "postcode", HouseNumber: "… or house number",
		Name: "given and family name", BirthDate: "birth date (DD.MM.YYYY)",
		Missing:   "Something is missing.",
		OneAnswer: "All of it is compared together; the answer is only: right or not right.",
		Says:      "Practice: what the person says",
		SaysThat: func(kvnr, digits, postcode, house string) string {
			return "KVNR " + kvnr + ", card number ends in " + digits + ", postcode " + postcode + ", house number " + house
		},
		NoDigits: "(no card)",
	}
}
