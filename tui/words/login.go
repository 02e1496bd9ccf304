package words

// Login are the texts of the login page.
type Login struct {
	Title      string
	Name       string
	Passphrase string
}

func loginGerman() Login {
	return Login{Title: "Anmelden", Name: "Anmeldename", Passphrase: "Passphrase"}
}

func loginEnglish() Login {
	return Login{Title: "Log in", Name: "Login name", Passphrase: "Passphrase"}
}
