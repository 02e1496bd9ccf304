package words

import (
	"strings"

	"schalter/domain/desk"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
)

// readerText is what there is to say about a state of the card readers: a word
// for the title line, what happened, and what to do now.
type readerText struct{ word, what, hint both }

func readerWords() map[reader.State]readerText {
	return map[reader.State]readerText{
		reader.NoService: {
			both{"kein Dienst", "no service"},
			both{"Der Kartendienst des Rechners antwortet nicht.", "The computer's smart card service does not answer."},
			both{"Unter Linux pcscd installieren und starten; tippen geht immer.", "On Linux install and start pcscd; typing always works."},
		},
		reader.NoReader: {
			both{"kein Leser", "no reader"},
			both{"Kein Kartenleser angeschlossen.", "No card reader is connected."},
			both{"Leser anstecken oder die Angaben tippen.", "Connect a reader or type what the card says."},
		},
		reader.Empty: {
			both{"Leser frei", "reader free"},
			both{"Keine Karte im Leser.", "There is no card in the reader."},
			both{"Die Gesundheitskarte mit dem Chip voran einstecken.", "Insert the health card, chip first."},
		},
		reader.Reading: {
			both{"liest …", "reading …"},
			both{"Die Karte wird gelesen.", "The card is being read."},
			both{"Einen Moment stecken lassen.", "Leave it in for a moment."},
		},
		reader.Read: {
			both{"Karte da", "card in"},
			both{"Die Karte ist gelesen.", "The card has been read."},
			both{"Lesen beweist nicht, dass die Karte echt ist.", "Reading does not prove that the card is genuine."},
		},
		reader.Removed: {
			both{"Leser frei", "reader free"},
			both{"Die Karte ist entnommen.", "The card has been taken out."},
			both{"Was gelesen wurde, bleibt.", "What was read stays."},
		},
		reader.Pulled: {
			both{"zu früh", "too early"},
			both{"Die Karte wurde beim Lesen gezogen.", "The card was pulled while it was being read."},
			both{"Noch einmal einstecken und stecken lassen.", "Insert it again and leave it in."},
		},
		reader.Mute: {
			both{"Karte stumm", "card mute"},
			both{"Die Karte antwortet nicht.", "The card does not answer."},
			both{"Chip voran und nach oben? Chip abwischen; sonst die Ziffern tippen.", "Chip first and upwards? Wipe the chip; else type the digits."},
		},
		reader.Held: {
			both{"belegt", "in use"},
			both{"Ein anderes Programm benutzt die Karte.", "Another program is using the card."},
			both{"Es wird weiter versucht; das andere Programm schließen.", "It is tried again; close the other program."},
		},
		reader.Unreadable: {
			both{"unlesbar", "unreadable"},
			both{"Die Karte ist nicht zu lesen.", "The card cannot be read."},
			both{"Die Ziffern der Kennnummer von der Karte tippen.", "Type the digits of the number on the card."},
		},
	}
}

// faultWords say why a card that answers could not be used. Faults that staff can
// do nothing different about share a sentence.
func faultWords() map[egk.Fault]both {
	damaged := both{"Die Daten auf der Karte sind beschädigt.", "The data on the card are damaged."}
	refuses := both{"Die Karte gibt ihre Daten nicht heraus.", "The card does not give its data."}
	failed := both{"Der Leser hat einen Fehler gemeldet.", "The reader reported an error."}
	return map[egk.Fault]both{
		egk.Pulled:           {"Die Karte wurde beim Lesen gezogen.", "The card was pulled while it was being read."},
		egk.ReaderFailed:     failed,
		egk.BadAnswer:        failed,
		egk.WrongLength:      failed,
		egk.NoCurrentFile:    failed,
		egk.NotHealthCard:    {"Das ist keine Gesundheitskarte.", "This is no health card."},
		egk.Deactivated:      {"Die Karte ist abgeschaltet.", "The card is deactivated."},
		egk.AccessDenied:     refuses,
		egk.FileMissing:      refuses,
		egk.StatusUnexpected: refuses,
		egk.OffsetOutside:    damaged,
		egk.Truncated:        damaged,
		egk.BadLayout:        damaged,
		egk.BadCompression:   damaged,
		egk.TooLarge:         damaged,
		egk.BadEncoding:      damaged,
		egk.BadXML:           damaged,
		egk.BadContent:       damaged,
		egk.BadSchema:        {"Diese Version der Kartendaten kennt das Programm nicht.", "The program does not know this version of card data."},
	}
}

// warningWords say what stands against relying on what was read.
func warningWords() map[egk.Warning]both {
	return map[egk.Warning]both{
		egk.UpdateOpen:    {"Eine Aktualisierung der Karte wurde nicht beendet.", "An update of the card was not finished."},
		egk.StatusUnknown: {"Ob eine Aktualisierung offen ist, ist nicht zu erkennen.", "Whether an update is open cannot be told."},
		egk.MayBeCorrupt:  {"Die Karte meldet selbst, dass Daten beschädigt sein können.", "The card itself says that data may be damaged."},
		egk.SchemaNewer:   {"Die Kartendaten sind neuer als das Programm.", "The card's data are newer than the program."},
	}
}

// Reader are the texts about the card reader and what was read.
type Reader struct {
	// NotProven is said wherever something read off a card is shown.
	NotProven string
	Absent    string // a field that this card does not have
	Masked    string // a field that is there and not shown

	// Compared stands before the fields of a card that was read.
	Compared                          string
	Name, BirthDate, Insurer, Address string
	Agrees, Differs, Partly           string
	// Waits: a card was read while something else was being typed.
	Waits string
}

func readerGerman() Reader {
	return Reader{
		NotProven: "Lesen beweist nicht, dass die Karte echt ist: Foto und Bestand entscheiden.",
		Absent:    "nicht auf der Karte",
		Masked:    "vorhanden, verdeckt",
		Compared:  "Karte –", Name: "Name", BirthDate: "Geburtsdatum", Insurer: "Kasse", Address: "Anschrift",
		Agrees: "stimmt", Differs: "weicht ab", Partly: "zum Teil",
		Waits: "Karte gelesen. F4 öffnet sie statt der Suche.",
	}
}

func readerEnglish() Reader {
	return Reader{
		NotProven: "Reading does not prove the card genuine: the photo and the record decide.",
		Absent:    "not on the card",
		Masked:    "there, hidden",
		Compared:  "Card –", Name: "name", BirthDate: "birth date", Insurer: "insurer", Address: "address",
		Agrees: "agrees", Differs: "differs", Partly: "in part",
		Waits: "A card was read. F4 opens it instead of the search.",
	}
}

// ReaderWord is a state of the card readers for the title line.
func (t *Texts) ReaderWord(s reader.State) string { return readerWords()[s].word.in(t.Language) }

// ReaderState says what happened at a card reader, and what to do now.
func (t *Texts) ReaderState(e reader.Event) (what, hint string) {
	text := readerWords()[e.State]
	what, hint = text.what.in(t.Language), text.hint.in(t.Language)
	if why, ok := faultWords()[e.Fault]; ok {
		what = why.in(t.Language)
	}
	return what, hint
}

// CardCompared says field by field whether a card agrees with the record, never
// what either says. differs reports whether any field does not.
func (t *Texts) CardCompared(v desk.CardVerdict) (said string, differs bool) {
	r := t.Reader
	is := map[string][]string{}
	switch {
	case v.Name.Agrees():
		is[r.Agrees] = append(is[r.Agrees], r.Name)
	case v.Name.Partial():
		is[r.Partly] = append(is[r.Partly], r.Name)
	default:
		is[r.Differs] = append(is[r.Differs], r.Name)
	}
	for _, f := range []struct {
		name string
		is   desk.Agreement
	}{{r.BirthDate, v.BirthDate}, {r.Insurer, v.Insurer}, {r.Address, v.Address}} {
		switch f.is {
		case desk.Agrees:
			is[r.Agrees] = append(is[r.Agrees], f.name)
		case desk.Differs:
			is[r.Differs] = append(is[r.Differs], f.name)
		case desk.NotOnCard:
		}
	}
	var groups []string
	for _, verdict := range []string{r.Differs, r.Partly, r.Agrees} {
		if fields := is[verdict]; len(fields) > 0 {
			groups = append(groups, verdict+": "+strings.Join(fields, ", "))
		}
	}
	return r.Compared + " " + strings.Join(groups, "; "), len(is[r.Differs])+len(is[r.Partly]) > 0
}

// CardWarning says what stands against relying on a card that was read.
func (t *Texts) CardWarning(w egk.Warning) string { return warningWords()[w].in(t.Language) }
