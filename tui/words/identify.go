package words

// Identify are the texts of the identification.
type Identify struct {
	Title string
}

func identifyGerman() Identify  { return Identify{Title: "Ausweisen"} }
func identifyEnglish() Identify { return Identify{Title: "Identification"} }
