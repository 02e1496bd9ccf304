package words

// Member are the texts of a member's page.
type Member struct {
	Title string
}

func memberGerman() Member  { return Member{Title: "Versicherte/r"} }
func memberEnglish() Member { return Member{Title: "Member"} }
