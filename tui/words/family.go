package words

import "schalter/domain"

// Family are the texts of the family, and of somebody who acts for a member.
type Family struct {
	Title, Loading string
	Nobody         string
	Listed         string // heading
	Spouses        string // who is never listed
	Main           string // relation of the main member
	Child, Other   string
	Opens          string // what opening one means

	ActsTitle   string
	WhoActs     string
	WhichProof  string
	InPerson    string // nobody acts for them
	NoAttorney  string
	NeedsSecond string
	Linked      string // whose document is looked at, and against what
	Unlinked    string
	Acting      func(who string) string
}

func familyGerman() Family {
	return Family{
		Title: "Familie", Loading: "Die Familie wird geladen …",
		Nobody: "Niemand ist hier mitversichert.", Listed: "Mitversichert in derselben Familie",
		Spouses: "Mitversicherte Ehe- und Lebenspartner stehen hier nie, in keiner Richtung.",
		Main:    "Hauptversicherte/r", Child: "Kind", Other: "Angehörige/r",
		Opens: "Öffnen beendet diese Vorsprache; ausgewiesen wird neu.",

		ActsTitle: "Vertretung", WhoActs: "Wer handelt für diese Person?", WhichProof: "Womit ist das belegt?",
		InPerson:    "niemand: die Person selbst",
		NoAttorney:  "Eine Vollmacht genügt nie für einen Aktivierungscode.",
		NeedsSecond: "Elternteil ohne Verknüpfung, Vormund und Betreuung: für den Code mit zweiter Person.",
		Linked:      "Ausweis des Elternteils, verglichen mit dessen Daten; Karte des Kindes.",
		Unlinked:    "Ausweis der handelnden Person (ab 18); Karte der vertretenen Person.",
		Acting:      func(who string) string { return "Es handelt: " + who + "." },
	}
}

func familyEnglish() Family {
	return Family{
		Title: "Family", Loading: "Loading the family …",
		Nobody: "Nobody is co-insured here.", Listed: "Insured in the same family",
		Spouses: "Co-insured spouses and partners are never listed, neither way.",
		Main:    "main member", Child: "child", Other: "relative",
		Opens: "Opening one ends this visit; identification begins anew.",

		ActsTitle: "Representative", WhoActs: "Who acts for this person?", WhichProof: "What shows that?",
		InPerson:    "nobody: the person themselves",
		NoAttorney:  "A power of attorney is never enough for an activation code.",
		NeedsSecond: "Parent without link, guardian and carer: for the code with a second person.",
		Linked:      "The parent's document, compared with the parent's record; the child's card.",
		Unlinked:    "Document of the person who acts (from 18); card of the person represented.",
		Acting:      func(who string) string { return "Acting: " + who + "." },
	}
}

// Relation is how somebody in a family list belongs to it; 0 is the main member.
func (t *Texts) Relation(r domain.Relation) string {
	switch r {
	case 0:
		return t.Family.Main
	case domain.Child:
		return t.Family.Child
	}
	return t.Family.Other
}

// Representing says whose papers are looked at when somebody acts for a member.
func (t *Texts) Representing(r domain.Representative) string {
	how := t.Family.Unlinked
	if r == domain.LinkedParent {
		how = t.Family.Linked
	}
	return t.Family.Acting(t.Representative(r)) + " " + how
}
