package words

// Lock are the texts of a locked seat.
type Lock struct {
	Title      string
	What       string
	Passphrase string
}

func lockGerman() Lock {
	return Lock{Title: "Platz gesperrt", What: "Dieser Platz ist gesperrt.", Passphrase: "Passphrase"}
}

func lockEnglish() Lock {
	return Lock{Title: "Seat locked", What: "This seat is locked.", Passphrase: "Passphrase"}
}
