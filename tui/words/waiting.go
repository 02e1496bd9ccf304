package words

// Waiting are the texts of the page of waiting booklets.
type Waiting struct {
	Title, Loading, None    string
	Since, Year, Who, State string // column heads
	Decide, OtherDecides    string
}

func waitingGerman() Waiting {
	return Waiting{
		Title: "Wartende Hefte", Loading: "Die Hefte werden geladen …", None: "Kein Heft wartet.",
		Since: "Seit", Year: "Jahr", Who: "Wer", State: "Stand",
		Decide: "zu entscheiden", OtherDecides: "entscheidet jemand anderes",
	}
}

func waitingEnglish() Waiting {
	return Waiting{
		Title: "Waiting booklets", Loading: "Loading the booklets …", None: "No booklet is waiting.",
		Since: "Since", Year: "Year", Who: "Who", State: "State",
		Decide: "to be decided", OtherDecides: "somebody else decides",
	}
}
