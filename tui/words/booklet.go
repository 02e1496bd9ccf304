package words

import (
	"fmt"
	"strconv"

	"schalter/domain"
)

// Booklet are the texts of the page on which a bonus booklet is entered.
type Booklet struct {
	Title   func(year int) string
	Year    func(year int) string // in a column
	Loading string

	Received, Deadline, Counted, Sum, ToPay  string
	InvoiceNumber, PrivateShort, MissingHead string
	Keypad, WhyInvalid                       string
	Entered, Stack, StackEnds, Versions      func(n int) string
	StackBegins, Credited, Lost              func(s string) string
	MainUnknown, NothingMissing, FirstFinish string
	NoDay, Parked, Queried, DecidedLater     string
	NoPrinter                                string
	LetterPrinted                            func(printer string) string
	Discard, DiscardHow, DiscardYes          string
	QueryTitle, QueryHow, QueryYes           string
	OtherDecides, AcceptingLate, Accepted    string
	ShownAtCounter, Learnt, FirstChooseBox   string
	Enrolled, WhichProgramme, Option         string
	Correction, Supplement, FirstBook        string
	Instead, Uncounted                       func(s string) string
	Releasing, ExamBefore                    func(s string) string
	CountDiffers                             func(paper, typed int) string
	Booked, Refused                          func(s string) string
	Whose                                    func(name string, year int) string
	Worth                                    func(sum string, entries int) string
	// OrAnother, UpTo and Together are about what is missing: one of several; at
	// most so much; only with all else of its group.
	OrAnother, UpTo, Together func(s string) string
	// Problem says why enter did not leave a cell.
	Problem func(problem string) string
	State   func(s domain.BookletState) string
}

func bookletGerman() Booklet {
	return Booklet{
		Title:   func(year int) string { return fmt.Sprintf("Bonusheft %d", year) },
		Year:    strconv.Itoa,
		Loading: "Das Bonusheft wird geladen …",

		Received: "Eingang", Deadline: "Frist", Counted: "Stempel im Heft gezählt:", Sum: "Summe", ToPay: "Auszuzahlen",
		InvoiceNumber: "Nr.", PrivateShort: "privat", MissingHead: "Es fehlt:",
		Keypad:     "TTMM Enter: Datum · Enter: leer · * wie darüber · / ungültig · + weiterer",
		WhyInvalid: "Warum zählt dieser Stempel nicht?",
		Entered:    func(n int) string { return fmt.Sprintf("erfasst: %d", n) },
		Stack:      func(n int) string { return fmt.Sprintf("Stapel: Heft %d", n) },
		StackEnds:  func(n int) string { return fmt.Sprintf("Stapel beendet: %d Hefte.", n) },
		Versions:   func(n int) string { return fmt.Sprintf("Fassungen: %d", n) },
		StackBegins: func(day string) string {
			return "Stapel begonnen, Eingang " + day + ". Das nächste Heft öffnet gleich nach der Suche."
		},
		Credited: func(name string) string {
			if name == "" {
				return "Gutgeschrieben wird dem Mitglied, über das die Person versichert ist."
			}
			return "Gutgeschrieben wird dem Mitglied: " + name
		},
		Lost:        func(sum string) string { return "Es wären " + sum + " gewesen." },
		MainUnknown: "Das Mitglied, dem gutgeschrieben wird, ist nicht gespeichert. Das Heft kann erfasst, aber nicht entschieden werden.",

		NothingMissing: "Es fehlt nichts, wonach zu fragen wäre.", FirstFinish: "Erst dieses Heft buchen oder verwerfen.",
		NoDay: "Kein Tag bis heute: TTMMJJ.", Parked: "Heft geparkt.", Queried: "Rückfrage notiert; das Heft wartet.",
		DecidedLater:  "Heft gebucht. Es entscheidet eine andere Person.",
		NoPrinter:     "An diesem Platz ist kein Drucker eingestellt.",
		LetterPrinted: func(printer string) string { return "Brief gedruckt: " + printer + "." },
		Discard:       "Heft verwerfen?", DiscardHow: "Was getippt ist, geht verloren. P parkt es.", DiscardYes: "Verwerfen",
		QueryTitle: "Rückfrage an die Person", QueryHow: "Gefragt wird nach:", QueryYes: "Rückfrage stellen",
		OtherDecides:  "Dieses Heft entscheidet eine andere Person als die, die es erfasst hat.",
		AcceptingLate: "Das verspätete Heft gilt als rechtzeitig eingegangen (§ 27 SGB X).",
		Correction:    "Korrektur", Supplement: "Nachreichung", FirstBook: "Erst dieses Heft buchen.",
		Instead:        func(names string) string { return "oder: " + names },
		Uncounted:      func(why string) string { return "! Diese Zeile: " + why },
		Accepted:       "Von zwei Personen angenommen.",
		ShownAtCounter: "am Schalter vorgelegt", Learnt: "Die frühere Untersuchung ist vermerkt.",
		FirstChooseBox: "Erst die Zeile wählen.",
		Enrolled:       "Teilnahme ab", WhichProgramme: "Nach welchem Programm?", Option: "Auszahlung:",
		Releasing:  func(measure string) string { return "Erlassen wird: " + measure },
		ExamBefore: func(measure string) string { return "Früher gemacht: " + measure },
		CountDiffers: func(paper, typed int) string {
			return fmt.Sprintf("Im Heft gezählt: %d, erfasst: %d. Nicht gebucht.", paper, typed)
		},
		Booked:    func(sum string) string { return "Heft gebucht: " + sum + " werden gutgeschrieben." },
		Refused:   func(why string) string { return "Heft gebucht und abgelehnt: " + why },
		Whose:     func(name string, year int) string { return fmt.Sprintf("Bonusheft %d von %s", year, name) },
		Worth:     func(sum string, n int) string { return fmt.Sprintf("Wert: %s bei %d Einträgen", sum, n) },
		OrAnother: func(name string) string { return name + " oder anderes" },
		UpTo:      func(sum string) string { return "(bis +" + sum + ")" },
		Together:  func(sum string) string { return "(mit allem zusammen +" + sum + ")" },
		Problem: func(problem string) string {
			return map[string]string{
				"not_a_day":     "Diesen Tag gibt es nicht. TTMM, oder TTMMJJ für ein anderes Jahr.",
				"not_an_amount": "Betrag in Euro: 40 oder 40,00.",
				"not_a_value":   "Wert als Zahl: 23,5.",
				"no_invoice":    "Zum Betrag gehört die Nummer der Rechnung.",
				"nothing_same":  "Darüber steht noch kein Datum.",
				"no_count":      "Vor dem Buchen: Stempel im Heft zählen und die Zahl tippen.",
			}[problem]
		},
		State: func(s domain.BookletState) string {
			return map[domain.BookletState]string{
				domain.BookletEntered: "Erfasst, noch nicht entschieden", domain.BookletParked: "Geparkt",
				domain.BookletQueried: "Rückfrage gestellt", domain.BookletDecided: "Entschieden",
				domain.BookletExported: "Zur Auszahlung gegeben", domain.BookletPaid: "Ausgezahlt",
			}[s]
		},
	}
}

func bookletEnglish() Booklet {
	return Booklet{
		Title:   func(year int) string { return fmt.Sprintf("Bonus booklet %d", year) },
		Year:    strconv.Itoa,
		Loading: "Loading the booklet …",

		Received: "Received", Deadline: "Deadline", Counted: "Stamps counted on paper:", Sum: "Total", ToPay: "To pay",
		InvoiceNumber: "No.", PrivateShort: "private", MissingHead: "Missing:",
		Keypad:     "DDMM Enter: date · Enter: empty · * as above · / invalid · + another",
		WhyInvalid: "Why does this stamp not count?",
		Entered:    func(n int) string { return fmt.Sprintf("entered: %d", n) },
		Stack:      func(n int) string { return fmt.Sprintf("Stack: booklet %d", n) },
		StackEnds:  func(n int) string { return fmt.Sprintf("Stack ended: %d booklets.", n) },
		Versions:   func(n int) string { return fmt.Sprintf("Versions: %d", n) },
		StackBegins: func(day string) string {
			return "Stack begun, received " + day + ". The next booklet opens right after the search."
		},
		Credited: func(name string) string {
			if name == "" {
				return "Credited to the member through whom the person is insured."
			}
			return "Credited to the member: " + name
		},
		Lost:        func(sum string) string { return "It would have been " + sum + "." },
		MainUnknown: "The member to be credited is not stored. The booklet can be entered, but not decided.",

		NothingMissing: "Nothing is missing that could be asked for.", FirstFinish: "Book this booklet or discard it first.",
		NoDay: "No day up to today: DDMMYY.", Parked: "Booklet parked.", Queried: "Query noted; the booklet waits.",
		DecidedLater:  "Booklet booked. Another person decides it.",
		NoPrinter:     "No printer is set at this seat.",
		LetterPrinted: func(printer string) string { return "Letter printed: " + printer + "." },
		Discard:       "Discard the booklet?", DiscardHow: "What was typed will be lost. P parks it.", DiscardYes: "Discard",
		QueryTitle: "Query to the person", QueryHow: "Asked for:", QueryYes: "Send the query",
		OtherDecides:  "This booklet is decided by another person than the one who entered it.",
		AcceptingLate: "The late booklet counts as received in time (§ 27 SGB X).",
		Correction:    "correction", Supplement: "supplement", FirstBook: "Book this booklet first.",
		Instead:        func(names string) string { return "or: " + names },
		Uncounted:      func(why string) string { return "! This line: " + why },
		Accepted:       "Accepted by two people.",
		ShownAtCounter: "shown at the counter", Learnt: "The earlier examination is noted.",
		FirstChooseBox: "Choose the line first.",
		Enrolled:       "Enrolled on", WhichProgramme: "By which programme?", Option: "Payment:",
		Releasing:  func(measure string) string { return "Released from: " + measure },
		ExamBefore: func(measure string) string { return "Done before: " + measure },
		CountDiffers: func(paper, typed int) string {
			return fmt.Sprintf("Counted on paper: %d, entered: %d. Not booked.", paper, typed)
		},
		Booked:    func(sum string) string { return "Booklet booked: " + sum + " will be credited." },
		Refused:   func(why string) string { return "Booklet booked and refused: " + why },
		Whose:     func(name string, year int) string { return fmt.Sprintf("Bonus booklet %d of %s", year, name) },
		Worth:     func(sum string, n int) string { return fmt.Sprintf("Worth: %s with %d entries", sum, n) },
		OrAnother: func(name string) string { return name + " or another" },
		UpTo:      func(sum string) string { return "(up to +" + sum + ")" },
		Together:  func(sum string) string { return "(with all of it +" + sum + ")" },
		Problem: func(problem string) string {
			return map[string]string{
				"not_a_day":     "There is no such day. DDMM, or DDMMYY for another year.",
				"not_an_amount": "An amount in euros: 40 or 40,00.",
				"not_a_value":   "A value as a number: 23,5.",
				"no_invoice":    "The amount needs the number of its invoice.",
				"nothing_same":  "There is no date above yet.",
				"no_count":      "Before booking: count the stamps on paper and type the number.",
			}[problem]
		},
		State: func(s domain.BookletState) string {
			return map[domain.BookletState]string{
				domain.BookletEntered: "Entered, not decided yet", domain.BookletParked: "Parked",
				domain.BookletQueried: "Query sent", domain.BookletDecided: "Decided",
				domain.BookletExported: "Given to the payout", domain.BookletPaid: "Paid",
			}[s]
		},
	}
}

// QueryWant names what a member is asked for.
func (t *Texts) QueryWant(w domain.QueryWant) string {
	return map[domain.QueryWant]both{
		domain.WantStamp: {"Stempel", "stamp"}, domain.WantDate: {"Datum", "date"},
		domain.WantInvoice: {"Rechnung", "invoice"}, domain.WantCertificate: {"Bescheinigung", "certificate"},
		domain.WantValue: {"Wert", "value"}, domain.WantLegible: {"lesbarer Nachweis", "legible proof"},
		domain.WantOther: {"Sonstiges", "other"},
	}[w].in(t.Language)
}
