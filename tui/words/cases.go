package words

// Cases are the texts of a member's recent cases.
type Cases struct {
	Title   string
	Loading string
	None    string

	Time, What, Case, Branch, Reason string // column heads
	NoStaff                          string // what is not in the list
}

func casesGerman() Cases {
	return Cases{
		Title: "Letzte Vorgänge", Loading: "Vorgänge werden geladen …", None: "Noch nichts.",
		Time: "Zeit", What: "Was", Case: "Vorgang", Branch: "Geschäftsstelle", Reason: "Grund",
		NoStaff: "Was und wann, ohne Namen des Personals; höchstens acht Zeilen.",
	}
}

func casesEnglish() Cases {
	return Cases{
		Title: "Recent cases", Loading: "Loading cases …", None: "Nothing yet.",
		Time: "Time", What: "What", Case: "Case", Branch: "Branch", Reason: "Reason",
		NoStaff: "What and when, without names of staff; at most eight lines.",
	}
}
