package words

import (
	"fmt"

	"schalter/domain"
)

// Identify are the texts of the identification.
type Identify struct {
	Title string
	Blind string // how is checked
	Step  func(n, of int) string

	Document, BirthDate, ValidUntil, ValidDay, Photo, Card string // the fields
	YesNo                                                  string // beside the photo

	Right      string
	RightDate  string // the document is valid
	KnownBirth string // typed in the query that opened the visit
	KnownCard  string // typed in that query, or before in this visit
	ReadCard   string // read in the reader
	ReadGone   string // so, and taken out since
	Wrong      func(count, max int) string
	WrongDate  string
	WrongDigit string
	Expired    string
	DayNeeded  string
	Checking   string
	Unfinished string // why Enter does nothing yet

	Deviates  string // heading of the deviations
	NotStored string
	Stored    string

	// Done is said when everything has been checked; Next is what Enter leads to.
	Done      string
	OnlyPaper string // everything but the card
	NextCode  string
	NextBack  string

	NamePartial string
	Swapped     string
	ZoneLine    func(n int) string
	ZoneTitle   string
	ZoneHow     string

	// Refusing asks whether to end with a deviation.
	Refusing    string
	RefusingHow string
	Refuse      string
	RefusedHead string
	RefusedNow  string // what Enter and Esc lead to
	Bring       string // what to bring next time, for reasons without words of their own

	Papers       string
	PaperDates   func(birth, until string) string
	PaperCard    func(digits string) string
	PaperNoCard  string
	PaperExpired string
}

func identifyGerman() Identify {
	return Identify{
		Title: "Ausweisen",
		Blind: "Blind geprüft: Der richtige Wert erscheint nie.",
		Step:  func(n, of int) string { return fmt.Sprintf("Schritt %d von %d", n, of) },

		Document: "Ausweis", BirthDate: "Geburtsdatum vom Ausweis", ValidUntil: "Gültig bis (MM.JJ)",
		ValidDay: "Gültig bis (TT.MM.JJ)", Photo: "Foto und Person passen?", Card: "Karte, letzte sechs Ziffern",
		YesNo: "j / n",

		Right: "stimmt", RightDate: "gültig",
		KnownBirth: "stimmt – in der Suche getippt",
		KnownCard:  "stimmt – schon vorher getippt",
		ReadCard:   "stimmt – im Leser gelesen",
		ReadGone:   "stimmt – gelesen, Karte entnommen",
		Wrong:      func(count, max int) string { return fmt.Sprintf("stimmt nicht (%d von %d)", count, max) },
		WrongDate:  "kein gültiges Datum",
		WrongDigit: "sechs Ziffern nötig",
		Expired:    "abgelaufen – verlesen? Sonst x",
		DayNeeded:  "läuft diesen Monat ab: mit Tag",
		Checking:   "wird geprüft …",
		Unfinished: "Es fehlen noch Ziffern.",

		Deviates:  "Passt etwas nicht?",
		NotStored: "Nicht gespeichert: Ausweisnummer, Kopie, Anschrift vom Ausweis.",
		Stored:    "Gespeichert: Art des Ausweises, wer geprüft hat, wann, Ergebnis.",

		Done:      "Alles geprüft. Der Nachweis gilt höchstens 15 Minuten, nur für diese Vorsprache.",
		OnlyPaper: "Der Ausweis ist geprüft. Ohne Karte genügt das für Auskünfte, nicht für einen Code.",
		NextCode:  "Enter: weiter zum Zweck des Codes.",
		NextBack:  "Enter: zurück zur Person.",

		NamePartial: "Der Name stimmt nur zum Teil überein: Vornamen und Geburtsnamen vergleichen.",
		Swapped:     "Der Scanner tippt andere Zeichen: Tastatursprache oder Feststelltaste prüfen.",
		ZoneLine:    func(n int) string { return fmt.Sprintf("Zeile %d gelesen, die nächste bitte.", n) },
		ZoneTitle:   "Maschinenlesbare Zone: die Zeilen mit den « < » vom Ausweis",
		ZoneHow:     "Groß oder klein ist gleich. Enter: nächste Zeile, zuletzt prüfen. Esc: doch abtippen.",

		Refusing:    "Ausweisen beenden?",
		RefusingHow: "Das wird protokolliert und gilt für diese ganze Vorsprache.",
		Refuse:      "Beenden",
		RefusedHead: "Was jetzt",
		RefusedNow:  "Enter: Vorsprache beenden und zur Suche. Esc: zurück zur Person.",
		Bring:       "Nächstes Mal mitbringen: gültigen Ausweis und die eigene, aktuelle Gesundheitskarte.",

		Papers:       "Übung: Das liegt auf dem Schalter",
		PaperDates:   func(birth, until string) string { return "geboren " + birth + ", gültig bis " + until },
		PaperCard:    func(digits string) string { return "Gesundheitskarte: Kennnummer endet auf " + digits },
		PaperNoCard:  "keine Gesundheitskarte dabei",
		PaperExpired: "(abgelaufen)",
	}
}

func identifyEnglish() Identify {
	return Identify{
		Title: "Identification",
		Blind: "Checked blind: the right value is never shown.",
		Step:  func(n, of int) string { return fmt.Sprintf("Step %d of %d", n, of) },

		Document: "Document", BirthDate: "Birth date (DD.MM.YY)", ValidUntil: "Valid until (MM.YY)",
		ValidDay: "Valid until (DD.MM.YY)", Photo: "Photo and person match?", Card: "Card, last six digits",
		YesNo: "y / n",

		Right: "right", RightDate: "valid",
		KnownBirth: "right – typed in the search",
		KnownCard:  "right – typed before",
		ReadCard:   "right – read in the reader",
		ReadGone:   "right – read, card taken out",
		Wrong:      func(count, max int) string { return fmt.Sprintf("not right (%d of %d)", count, max) },
		WrongDate:  "no valid date",
		WrongDigit: "six digits needed",
		Expired:    "expired – misread? Otherwise x",
		DayNeeded:  "ends this month: with the day",
		Checking:   "checking …",
		Unfinished: "Digits are missing.",

		Deviates:  "Does something not fit?",
		NotStored: "Not stored: number, copy or address of the document.",
		Stored:    "Stored: kind of document, who checked, when, the result.",

		Done:      "Everything checked. The evidence counts for 15 minutes at most, in this visit only.",
		OnlyPaper: "The document is checked. Without the card that is enough for answers, not for a code.",
		NextCode:  "Enter: on to the purpose of the code.",
		NextBack:  "Enter: back to the person.",

		NamePartial: "The name agrees only in part: compare given names and birth name.",
		Swapped:     "The scanner types other characters: check its keyboard language, or Caps Lock.",
		ZoneLine:    func(n int) string { return fmt.Sprintf("Line %d read, the next one please.", n) },
		ZoneTitle:   "Machine-readable zone: the lines with the « < » on the document",
		ZoneHow:     "Upper or lower case is the same. Enter: next line, then check. Esc: type the fields instead.",

		Refusing:    "End the identification?",
		RefusingHow: "This is journalled and holds for the whole visit.",
		Refuse:      "End it",
		RefusedHead: "What now",
		RefusedNow:  "Enter: end the visit, to the search. Esc: back to the person.",
		Bring:       "To bring next time: a valid document and the member's own, current health card.",

		Papers:       "Practice: this lies on the counter",
		PaperDates:   func(birth, until string) string { return "born " + birth + ", valid until " + until },
		PaperCard:    func(digits string) string { return "health card: number ends in " + digits },
		PaperNoCard:  "no health card here",
		PaperExpired: "(expired)",
	}
}

// Bring says what can be offered after an identification that ended with a
// reason: above all, what to bring next time.
func (t *Texts) Bring(r domain.Reason) string {
	if said, ok := bringWords()[r]; ok {
		return said.in(t.Language)
	}
	return t.Identify.Bring
}

func bringWords() map[domain.Reason]both {
	card := both{
		"Nächstes Mal mitbringen: die eigene, aktuelle Gesundheitskarte und den Ausweis. " +
			"Ohne Karte geht es in der App mit Online-Ausweis oder bei der Post (POSTIDENT).",
		"To bring next time: the member's own, current health card and the document. " +
			"Without a card: online ID in the app, or POSTIDENT at a post office.",
	}
	return map[domain.Reason]both{
		domain.ReasonDocumentExpired: {
			"Nächstes Mal mitbringen: gültigen Personalausweis, Reisepass oder Aufenthaltstitel und die Karte. " +
				"In der App geht es auch mit Gesundheitskarte und PIN.",
			"To bring next time: a valid identity card, passport or residence permit, and the card. " +
				"In the app, health card and PIN work, too.",
		},
		domain.ReasonCardMismatch: card,
		domain.ReasonCardMissing:  card,
		domain.ReasonCardBlocked:  card,
		domain.ReasonCardExpired:  card,
		domain.ReasonForSomeoneElse: {
			"Die versicherte Person muss selbst kommen, mit Ausweis und Karte. " +
				"Keine Auskunft, auch nicht, ob es ein App-Konto gibt.",
			"The member has to come in person, with document and card. " +
				"No information, not even whether there is an app account.",
		},
		domain.ReasonPhotoMismatch: {
			"Nichts aus den Daten sagen. Die Teamleitung dazuholen, wenn Zweifel bleiben.",
			"Say nothing of the record. Fetch the supervisor if doubts remain.",
		},
		domain.ReasonUnsure: {
			"Nichts aus den Daten sagen. Die Teamleitung dazuholen; sie kann neu ausweisen.",
			"Say nothing of the record. Fetch the supervisor, who can identify anew.",
		},
		domain.ReasonTooManyWrong: {
			"Jemand anderes aus dem Team kann neu ausweisen, mit Ausweis und Karte in der Hand.",
			"Someone else of the team can identify anew, document and card in hand.",
		},
		domain.ReasonShownToYou: {
			"Jemand anderes aus dem Team muss ausweisen.",
			"Someone else of the team has to identify.",
		},
	}
}
