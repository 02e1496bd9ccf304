package words

import "fmt"

// Start are the texts of the search page.
type Start struct {
	Title   string
	Prompt  string
	Example string

	Name, BirthDate, KVNR, As, Hint string // column heads

	Hits      Plural
	Searching string // while the list is of what stood in the field before
	MoreThan  func(hits string) string
	None      string
	NoneHint  string
	TooShort  string
	Withheld  string // only a search on purpose answers
	NotYours  string // for roles that serve no members
	Zone      string // for a line of an ID document
	WrongKVNR string
	Sound     string
	Unread    string
	Loading   func(percent int) string
	PickOne   string // several hits: choose one
	Foldings  string // how is searched

	Lookalike string
	Deceased  string
	Ended     string
	Child     string

	Recent     string
	NoRecent   string
	Specimens  string
	ValidUntil func(day string, expired bool) string
	SwitchedTo func(role string) string
}

func startGerman() Start {
	return Start{
		Title:   "Suche",
		Prompt:  "KVNR, Kennnummer der Karte oder Name + Geburtsdatum vom Ausweis",
		Example: "Beispiel: mue 140362",
		Name:    "Name", BirthDate: "Geburtstag", KVNR: "KVNR", As: "Art", Hint: "Hinweis",
		Hits:      Plural{"Treffer", "Treffer"},
		Searching: "Sucht …",
		MoreThan:  func(hits string) string { return "mehr als " + hits + " – bitte mehr tippen" },
		None:      "Niemand gefunden.",
		NoneHint:  "Weniger Buchstaben, anderes Datum oder die KVNR von der Karte versuchen.",
		TooShort:  "Noch ein Buchstabe, oder das Geburtsdatum dazu.",
		Withheld:  "Enter sucht danach; das wird protokolliert.",
		Zone:      "Das ist eine Zeile von einem Ausweis. Erst die Person suchen; gescannt wird beim Ausweisen.",
		NotYours:  "Ihre Rolle bedient keine Versicherten. Verwaltet wird auf der Kommandozeile: schalter --help.",
		WrongKVNR: "Das sieht aus wie eine KVNR, aber die Prüfziffer stimmt nicht. Bitte noch einmal von der Karte ablesen.",
		Sound:     "Nichts genau gefunden; das klingt ähnlich.",
		Unread:    "Ein Teil ist kein mögliches Datum und keine Nummer und zählt nicht.",
		Loading: func(percent int) string {
			return fmt.Sprintf("Namenssuche lädt %d %%; eine ganze KVNR wird schon gefunden.", percent)
		},
		PickOne:   "Mehrere Treffer: mit Nummer oder Pfeil wählen.",
		Foldings:  "ae = ä, ss = ß; Namensteile in beliebiger Reihenfolge",
		Lookalike: "! verwechselbar", Deceased: "† verstorben", Ended: "nicht versichert", Child: "Kind unter 15",
		Recent:    "Zuletzt an diesem Platz (heute, nur Initialen)",
		NoRecent:  "Seit dem Start hat dieser Platz noch niemanden bedient.",
		Specimens: "Musterausweise von Erika Mustermann zum Abtippen oder Einfügen",
		ValidUntil: func(day string, expired bool) string {
			if expired {
				return "abgelaufen am " + day
			}
			return "gültig bis " + day
		},
		SwitchedTo: func(role string) string { return "Rolle: " + role },
	}
}

func startEnglish() Start {
	return Start{
		Title:   "Search",
		Prompt:  "KVNR, card number, or name + birth date from the ID",
		Example: "Example: mue 140362",
		Name:    "Name", BirthDate: "Birthday", KVNR: "KVNR", As: "Kind", Hint: "Note",
		Hits:      Plural{"hit", "hits"},
		Searching: "Searching …",
		MoreThan:  func(hits string) string { return "more than " + hits + " – please type more" },
		None:      "Nobody found.",
		NoneHint:  "Try fewer letters, another date, or the KVNR from the card.",
		TooShort:  "One more letter, or add the birth date.",
		Withheld:  "Enter searches for this; it is journalled.",
		Zone:      "This is a line of an ID document. Find the person first; documents are scanned while identifying.",
		NotYours:  "Your role serves no members. Administration is done on the command line: schalter --help.",
		WrongKVNR: "This looks like a KVNR, but its check digit is wrong. Please read it from the card again.",
		Sound:     "Nothing matches exactly; these sound alike.",
		Unread:    "A part is no possible date and no number, and does not count.",
		Loading: func(percent int) string {
			return fmt.Sprintf("Names are loading, %d %%; a whole KVNR is found already.", percent)
		},
		PickOne:   "Several hits: choose by number or arrow.",
		Foldings:  "ae = ä, ss = ß; parts of the name in any order",
		Lookalike: "! look-alike", Deceased: "† deceased", Ended: "not insured", Child: "child under 15",
		Recent:    "Recent at this seat (today, initials only)",
		NoRecent:  "This seat has served nobody since it was started.",
		Specimens: "Specimen documents of Erika Mustermann to type or paste",
		ValidUntil: func(day string, expired bool) string {
			if expired {
				return "expired on " + day
			}
			return "valid until " + day
		},
		SwitchedTo: func(role string) string { return "Role: " + role },
	}
}

// Hits counts what a search found; more says that counting stopped there.
func (t *Texts) Hits(total int, more bool) string {
	hits := t.count(total, t.Start.Hits)
	if more {
		return t.Start.MoreThan(hits)
	}
	return hits
}
