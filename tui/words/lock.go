package words

// Lock are the texts of a locked seat.
type Lock struct {
	Title      string
	What       string
	Who        func(name string) string
	Keeps      string // what happens to the open visit
	Passphrase string
}

func lockGerman() Lock {
	return Lock{
		Title:      "Platz gesperrt",
		What:       "Dieser Platz ist gesperrt.",
		Who:        func(name string) string { return "Angemeldet ist " + name + "." },
		Keeps:      "Dieselbe Person macht weiter, wo sie war. Meldet sich jemand anders an, endet die Vorsprache.",
		Passphrase: "Passphrase",
	}
}

func lockEnglish() Lock {
	return Lock{
		Title:      "Seat locked",
		What:       "This seat is locked.",
		Who:        func(name string) string { return name + " is logged in." },
		Keeps:      "The same person goes on where they were. If someone else logs in, the visit ends.",
		Passphrase: "Passphrase",
	}
}
