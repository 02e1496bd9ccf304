package words

// Start are the texts of the search page.
type Start struct {
	Title  string
	Prompt string
}

func startGerman() Start {
	return Start{
		Title:  "Suche",
		Prompt: "KVNR eingeben oder Name + Geburtsdatum vom Ausweis   (Beispiel: mue 140362)",
	}
}

func startEnglish() Start {
	return Start{
		Title:  "Search",
		Prompt: "Type the KVNR, or name + birth date from the ID   (example: mue 140362)",
	}
}
