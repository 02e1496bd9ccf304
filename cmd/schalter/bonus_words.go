package main

import "schalter/domain/bonus/finding"

// findingText says in words what is wrong with a programme file or a case.
func (p *program) findingText(c finding.Code) string {
	switch c {
	case finding.Syntax:
		return p.say("so nicht zu lesen", "cannot be read like this")
	case finding.Encoding:
		return p.say("kein UTF-8, oder Steuerzeichen", "no UTF-8, or control characters")
	case finding.TooLarge:
		return p.say("zu lang, zu tief oder zu viele", "too long, too deep or too many")
	case finding.Documents:
		return p.say("nicht genau ein Dokument", "not exactly one document")
	case finding.NotPlain:
		return p.say("Anker, Verweise und Marken gibt es hier nicht", "there are no anchors, aliases or tags here")
	case finding.UnknownKey:
		return p.say("dieses Feld gibt es hier nicht", "there is no such field here")
	case finding.RepeatedKey:
		return p.say("ein Feld steht doppelt", "a field stands twice")
	case finding.MissingKey:
		return p.say("fehlt", "is missing")
	case finding.WrongType:
		return p.say("ein Wert anderer Art", "a value of another type")
	case finding.OutOfRange:
		return p.say("zu klein oder zu groß", "too small or too large")
	case finding.UnknownWord:
		return p.say("keines der erlaubten Wörter", "none of the allowed words")
	case finding.NoDate:
		return p.say("kein mögliches Datum", "no possible date")
	case finding.Empty:
		return p.say("ist leer", "is empty")
	}
	return p.ruleText(c)
}

// ruleText is about what fields say together.
func (p *program) ruleText(c finding.Code) string {
	switch c {
	case finding.BadID:
		return p.say("als Kennung nicht erlaubt", "not allowed as an id")
	case finding.ReservedID:
		return p.say("diese Kennung ist vergeben", "this id is reserved")
	case finding.RepeatedID:
		return p.say("steht doppelt", "stands twice")
	case finding.UnknownID:
		return p.say("ist unbekannt", "is unknown")
	case finding.LaterGroup:
		return p.say("eine Gruppe, die erst später entschieden wird", "a group that is decided later")
	case finding.NotInGroup:
		return p.say("gehört nicht zur Gruppe", "does not belong to the group")
	case finding.NotHere:
		return p.say("bedeutet hier nichts", "means nothing here")
	case finding.Conflict:
		return p.say("widerspricht einem anderen Feld", "contradicts another field")
	case finding.Impossible:
		return p.say("kann nie eintreten oder erreicht werden", "can never happen or be reached")
	case finding.NotAscending:
		return p.say("steigt nicht an", "does not ascend")
	case finding.Overlap:
		return p.say("Jahre, die auch eine andere Datei entscheidet", "years that another file decides, too")
	case finding.NotDecided:
		return p.say("für dieses Jahr gilt das Programm nicht", "the programme is not for this year")
	case finding.FaultyFile:
		return p.say("die Programmdatei ist fehlerhaft", "the programme file is faulty")
	}
	return string(c)
}
