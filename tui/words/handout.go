package words

// HandOut are the texts of handing out an activation code.
type HandOut struct {
	Title string
}

func handOutGerman() HandOut  { return HandOut{Title: "Aktivierungscode"} }
func handOutEnglish() HandOut { return HandOut{Title: "Activation code"} }
