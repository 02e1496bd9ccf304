package main

import (
	"errors"
	"strings"

	"schalter/domain/desk"
	"schalter/domain/memberfile"
)

// rejectText says in words why lines were rejected.
func (p *program) rejectText(why memberfile.Reason) string {
	switch why {
	case memberfile.Required:
		return p.say("ein Wert fehlt", "a value is missing")
	case memberfile.Unclean:
		return p.say("Steuerzeichen oder unsichtbare Zeichen", "control or invisible characters")
	case memberfile.Encoding:
		return p.say("Bytes, die nicht zur Kodierung passen", "bytes that do not fit the encoding")
	case memberfile.TooLong:
		return p.say("zu lang", "too long")
	case memberfile.Format:
		return p.say("falscher Aufbau", "wrong structure")
	case memberfile.CheckDigit:
		return p.say("Prüfziffer passt nicht", "check digit does not fit")
	case memberfile.Issuer:
		return p.say("Karte eines anderen Landes", "card of another country")
	case memberfile.Day:
		return p.say("kein mögliches Datum", "no possible date")
	case memberfile.Implausible:
		return p.say("Datum kann so nicht stimmen", "date cannot be right")
	case memberfile.Order:
		return p.say("Ende vor dem Anfang", "end before its beginning")
	case memberfile.Word:
		return p.say("keines der erlaubten Wörter", "none of the allowed words")
	case memberfile.Script:
		return p.say("keine lateinischen Buchstaben", "no Latin letters")
	case memberfile.Formula:
		return p.say("beginnt wie eine Formel", "begins like a formula")
	case memberfile.Unexpected:
		return p.say("passt nicht zu einem anderen Wert", "does not go with another value")
	case memberfile.Conflict:
		return p.say("anders als in einer Zeile davor", "differs from a line before")
	case memberfile.TooMany:
		return p.say("zu viele Karten", "too many cards")
	}
	return p.lineText(why)
}

// lineText is about lines as such.
func (p *program) lineText(why memberfile.Reason) string {
	switch why {
	case memberfile.Cells:
		return p.say("mehr oder weniger Zellen als im Kopf", "more or fewer cells than in the header")
	case memberfile.Quote:
		return p.say("Anführungszeichen an falscher Stelle", "a quote in the wrong place")
	case memberfile.LineBreak:
		return p.say("Zeilenumbruch in einer Zelle", "line break within a cell")
	case memberfile.LineTooLong:
		return p.say("Zeile länger als ein Mebibyte", "line longer than a mebibyte")
	case memberfile.Truncated:
		return p.say("Datei endet mitten in der Zeile", "file ends within the line")
	case memberfile.Syntax:
		return p.say("kein JSON-Objekt", "no JSON object")
	case memberfile.Type:
		return p.say("Wert von falscher Art", "value of a wrong type")
	case memberfile.RepeatedKey:
		return p.say("Schlüssel zweimal", "key twice")
	case memberfile.UnknownKey:
		return p.say("unbekannter Schlüssel", "unknown key")
	}
	return ""
}

// conflictText says in words what was kept against a line.
func (p *program) conflictText(kind desk.ConflictKind) string {
	switch kind {
	case desk.KeptBlockedCard:
		return p.say("Karte bleibt gesperrt: hier gesperrt", "card stays blocked: it was blocked here")
	case desk.KeptDeceased:
		return p.say("bleibt verstorben: hier so vermerkt", "stays deceased: it is noted here")
	case desk.KeptErased:
		return p.say("nicht eingelesen: die Daten dieser Person wurden hier gelöscht", "not imported: this member's data was erased here")
	case desk.RepeatedCard:
		return p.say("andere Angaben zur selben Karte weiter oben; die oberen gelten", "other data on the same card further up; that holds")
	case desk.RepeatedKVNR:
		return p.say("nicht eingelesen: andere Angaben zur selben KVNR weiter oben", "not imported: other data on the same KVNR further up")
	}
	return ""
}

// headerFailure says why a file cannot be imported at all.
func (p *program) headerFailure(path string, err error) error {
	var header *memberfile.HeaderError
	if !errors.As(err, &header) {
		return p.unreadable(path)
	}
	columns := strings.Join(header.Columns, ", ")
	switch header.Fault {
	case memberfile.UnknownColumns:
		return p.refused(p.say("Unbekannte Spalten: ", "Unknown columns: ")+columns,
			p.say("Umbenennen oder mit --ignore-unknown übergehen.", "Rename them or skip them with --ignore-unknown."))
	case memberfile.RepeatedColumns:
		return p.refused(p.say("Spalten stehen zweimal im Kopf: ", "Columns stand twice in the header: ")+columns, "")
	case memberfile.MissingColumns:
		return p.refused(p.say("Ohne diese Spalten geht es nicht: ", "It does not go without these columns: ")+columns, "")
	case memberfile.WrongEncoding:
		return p.refused(p.say("Die Datei ist weder UTF-8 noch ISO-8859-15.", "The file is neither UTF-8 nor ISO-8859-15."),
			p.say("Als UTF-8 speichern.", "Save it as UTF-8."))
	}
	return p.refused(p.say("Die erste Zeile nennt keine Spalten.", "The first line names no columns."),
		p.say("CSV braucht eine Kopfzeile: kvnr;given_names;surname;birth_date;…", "CSV needs a header: kvnr;given_names;surname;birth_date;…"))
}
