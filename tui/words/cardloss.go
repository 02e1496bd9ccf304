package words

// CardLoss are the texts of blocking and ordering a health card.
type CardLoss struct {
	Title, Loading string

	Card, Ordered     string // names of the facts
	NotOrdered        string
	WhatHappened      string
	Tell              string // what is asked for
	Right             string
	Second            func(why string) string
	UndoFor           func(left string) string
	Undone            string
	Block, Order      string // questions
	BlockHow          []string
	Stolen            string // what else to say then
	BlockYes          string
	OrderHow          []string
	OrderYes          string
	Blocked, OrderedS func(number string) string
	Next              string // after blocking
}

func cardLossGerman() CardLoss {
	return CardLoss{
		Title: "Karte", Loading: "Die Karten werden geladen …",
		Card: "Karte", Ordered: "bestellt", NotOrdered: "in den letzten 14 Tagen keine",
		WhatHappened: "Was ist passiert?",
		Tell:         "Nach Name, Geburtsdatum und PLZ fragen und tippen, was gesagt wird.",
		Right:        "Stimmt.",
		Second:       func(why string) string { return "Bestellen: " + why + " Dafür braucht es eine zweite Person." },
		UndoFor:      func(left string) string { return "u nimmt die Bestellung zurück, noch " + left + "." },
		Undone:       "Die Bestellung ist zurückgenommen.",
		Block:        "Karte sperren?",
		BlockHow: []string{
			"Alle Karten dieser Person gelten sofort nicht mehr, auch nicht als Nachweis hier.",
			"Das lässt sich nicht zurücknehmen; es braucht eine neue Karte.",
		},
		Stolen:   "Gestohlen: zur Anzeige bei der Polizei raten.",
		BlockYes: "Sperren", Order: "Neue Karte bestellen?",
		OrderHow: []string{
			"Sie geht nur an die gespeicherte Anschrift; eine andere nehmen wir hier nicht an.",
			"Eine halbe Minute lang lässt es sich zurücknehmen.",
		},
		OrderYes: "Bestellen",
		Blocked:  func(number string) string { return "Gesperrt, Vorgang " + number + "." },
		OrderedS: func(number string) string { return "Bestellt an die gespeicherte Anschrift, Vorgang " + number + "." },
		Next:     "Die Karte ist gesperrt. Ohne neue Karte gibt es keinen Aktivierungscode.",
	}
}

func cardLossEnglish() CardLoss {
	return CardLoss{
		Title: "Card", Loading: "Loading the cards …",
		Card: "Card", Ordered: "ordered", NotOrdered: "none in the last 14 days",
		WhatHappened: "What happened?",
		Tell:         "Ask for name, birth date and postcode, and type what is said.",
		Right:        "Right.",
		Second:       func(why string) string { return "Ordering: " + why + " That takes a second person." },
		UndoFor:      func(left string) string { return "u takes the order back, " + left + " left." },
		Undone:       "The order has been taken back.",
		Block:        "Block the card?",
		BlockHow: []string{
			"Every card of this person is invalid at once, also as evidence here.",
			"This cannot be taken back; a new card is needed.",
		},
		Stolen:   "Stolen: advise to report it to the police.",
		BlockYes: "Block", Order: "Order a new card?",
		OrderHow: []string{
			"It goes to the stored address only; no other one is accepted here.",
			"For half a minute it can be taken back.",
		},
		OrderYes: "Order",
		Blocked:  func(number string) string { return "Blocked, case " + number + "." },
		OrderedS: func(number string) string { return "Ordered to the stored address, case " + number + "." },
		Next:     "The card is blocked. Without a new card there is no activation code.",
	}
}
