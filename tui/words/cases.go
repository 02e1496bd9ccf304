package words

// Cases are the texts of a member's recent cases.
type Cases struct {
	Title string
}

func casesGerman() Cases  { return Cases{Title: "Letzte Vorgänge"} }
func casesEnglish() Cases { return Cases{Title: "Recent cases"} }
