package paper

import (
	"fmt"
	"strings"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
	catalogue "schalter/tui/words"
)

// BonusLetter puts a letter about a bonus booklet into German words: a query, or
// a decision with the reason of every line.
func BonusLetter(l desk.BookletLetter) Letter {
	w := bonusWords{catalogue.For(catalogue.German)}
	out := Letter{
		Number: string(l.Number), Sender: senderLine(l), To: addressLines(l), MadeAt: l.At,
		Day: w.texts.Day(l.At), Practice: "",
	}
	if l.Practice {
		out.Practice = "ÜBUNG – kein echter Bescheid"
	}
	if l.Decision == nil {
		w.query(&out, l)
	} else {
		w.decision(&out, l)
	}
	out.Closing = append(out.Closing, "Mit freundlichen Grüßen", l.Insurer)
	return out
}

func senderLine(l desk.BookletLetter) string {
	parts := []string{l.Insurer}
	if l.Branch.Name != "" {
		parts = append(parts, "Geschäftsstelle "+l.Branch.Name)
	}
	if l.Branch.Phone != "" {
		parts = append(parts, "Telefon "+strings.ReplaceAll(l.Branch.Phone, " ", noBreak))
	}
	return strings.Join(parts, " · ")
}

func addressLines(l desk.BookletLetter) []string {
	a := l.Address
	lines := []string{fullName(l.To), a.Extra, joined(a.Street, a.HouseNumber), joined(a.Postcode, a.City)}
	if a.Country != "" && a.Country != "D" {
		lines = append(lines, a.Country)
	}
	return lines
}

// fullName is a name as an address has it: Dr. Anna von Mühlen.
func fullName(n domain.Name) string {
	return joined(n.Title, n.Given, n.Suffix, n.Prefix, n.Surname)
}

func joined(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// bonusWords are the words of letters about booklets.
type bonusWords struct{ texts *catalogue.Texts }

func (w bonusWords) money(c bonus.Cents) string { return w.texts.Money(int(c)) }

// about names the booklet in the subject.
func (w bonusWords) about(l desk.BookletLetter) string {
	return fmt.Sprintf("%s %d von %s, Versichertennummer •••%s", l.Programme, l.Year, fullName(l.Person), l.Last3)
}

func (w bonusWords) query(out *Letter, l desk.BookletLetter) {
	out.Subject = "Rückfrage: " + w.about(l)
	out.Opening = []string{
		"Guten Tag,",
		fmt.Sprintf("Ihr Bonusheft ist am %s bei uns eingegangen, vielen Dank. Damit wir entscheiden können, brauchen wir noch:",
			w.texts.Date(l.Received)),
	}
	for _, q := range l.Query {
		out.Rows = append(out.Rows, LetterRow{Text: "– " + w.asked(q)})
	}
	out.Closing = []string{
		"Bitte reichen Sie das bald ein. Was bis zum Ende der Frist bei uns ist, zählt mit. " +
			"Sie können in jede Geschäftsstelle kommen oder uns schreiben.",
	}
}

func (w bonusWords) asked(q desk.AskedFor) string {
	want := map[domain.QueryWant]string{
		domain.WantStamp:       "den Stempel der Praxis oder des Anbieters",
		domain.WantDate:        "das Datum mit Tag und Monat",
		domain.WantInvoice:     "die Originalrechnung",
		domain.WantCertificate: "die Bescheinigung oder Urkunde",
		domain.WantValue:       "den gemessenen Wert",
		domain.WantLegible:     "eine lesbare Angabe",
		domain.WantOther:       "",
	}[q.Want]
	text := want
	if q.Text != "" {
		text = strings.TrimPrefix(text+": "+q.Text, ": ")
	}
	if what := strings.TrimSuffix(q.Measure+", "+q.Exam, ", "); what != "" {
		return what + ": " + text
	}
	return text
}

func (w bonusWords) decision(out *Letter, l desk.BookletLetter) {
	out.Subject = "Entscheidung: " + w.about(l)
	out.Opening = append([]string{"Guten Tag,"}, w.outcome(l)...)
	for _, p := range l.Parts {
		out.Rows = append(out.Rows, w.part(p)...)
	}
	out.Closing = append(out.Closing, w.basis(l),
		fmt.Sprintf("Gegen diese Entscheidung können Sie innerhalb eines Monats, nachdem sie Ihnen bekannt gegeben wurde, "+
			"Widerspruch einlegen: schriftlich oder zur Niederschrift in jeder Geschäftsstelle der %s.", l.Insurer))
}

// outcome says first what everybody looks for first.
func (w bonusWords) outcome(l desk.BookletLetter) []string {
	d := l.Decision
	if d.Refusal != "" {
		return w.refused(l)
	}
	text := fmt.Sprintf("der Bonus für %d beträgt %s.", l.Year, w.money(d.Total))
	switch {
	case d.PaidBefore > 0 && d.ToPay > 0:
		text += fmt.Sprintf(" Davon sind %s schon gutgeschrieben, es kommen %s hinzu.", w.money(d.PaidBefore), w.money(d.ToPay))
	case d.PaidBefore > 0 && d.ToPay == 0:
		text += " Er ist schon gutgeschrieben."
	case d.ToPay < 0:
		text += fmt.Sprintf(" Gutgeschrieben waren schon %s. Wegen der Differenz melden wir uns gesondert.", w.money(d.PaidBefore))
	}
	paragraphs := []string{text}
	switch {
	case d.Total == 0:
	case d.CreditMain && l.To == l.Person:
		paragraphs = append(paragraphs, "Der Betrag wird dem Mitglied gutgeschrieben, über das Sie versichert sind.")
	case d.CreditMain:
		paragraphs = append(paragraphs, fmt.Sprintf("Der Betrag für %s wird Ihnen gutgeschrieben.", fullName(l.Person)))
	}
	return append(paragraphs, "So setzt er sich zusammen:")
}

func (w bonusWords) refused(l desk.BookletLetter) []string {
	d := l.Decision
	why := fmt.Sprintf("für %d können wir leider keinen Bonus gutschreiben: %s.", l.Year, w.refusal(l))
	if d.Total > 0 {
		why = fmt.Sprintf("die nachgereichten Belege für %d können wir leider nicht berücksichtigen: %s. "+
			"Der Bonus von %s, den wir schon anerkannt haben, bleibt Ihnen.", l.Year, w.refusal(l), w.money(d.Total))
	}
	paragraphs := []string{why}
	if d.Hypothetical > d.Total {
		paragraphs = append(paragraphs, fmt.Sprintf("Ohne diesen Grund hätten Ihre Belege %s ergeben:", w.money(d.Hypothetical)))
	}
	return paragraphs
}

func (w bonusWords) refusal(l desk.BookletLetter) string {
	switch l.Decision.Refusal {
	case bonus.Late:
		return fmt.Sprintf("Das Heft ist am %s eingegangen, der letzte Tag war der %s", w.texts.Date(l.Received), w.texts.Date(l.Decision.Deadline))
	case bonus.MembershipTerminated:
		return "Die Mitgliedschaft ist gekündigt"
	case bonus.NoActiveMembership:
		return "Es besteht keine Mitgliedschaft mehr"
	case bonus.InsuredTooShort:
		return "Die Versicherung bei uns bestand noch nicht lange genug"
	case bonus.NotInsuredWhole:
		return "Die Versicherung bei uns bestand nicht im ganzen Zeitraum"
	case bonus.NoTrack:
		return "Kein Teil des Programms passt zu Alter und Versicherung"
	}
	return "Eine Bedingung des Programms ist nicht erfüllt"
}

// basis names what the decision rests on.
func (w bonusWords) basis(l desk.BookletLetter) string {
	var source []string
	for _, n := range l.Source {
		switch {
		case n.Name == "file", n.Text == "unknown":
			// tells a member nothing
		case n.Name == "dated":
			source = append(source, "Stand "+n.Text)
		default:
			source = append(source, n.Text)
		}
	}
	text := "Grundlage ist unser Programm " + l.Programme
	if len(source) > 0 {
		text += " (" + strings.Join(source, ", ") + ")"
	}
	return text + fmt.Sprintf(". Eingang des Hefts: %s.", w.texts.Date(l.Received))
}

// Titles of what is no group of a programme, by the ids that decisions use.
const (
	extraPart  = "extra"
	capPart    = "cap"
	pointsPart = "points"
)

func (w bonusWords) part(p desk.LetterPart) []LetterRow {
	title := p.Title
	switch kind, _, _ := strings.Cut(title, ":"); kind {
	case "":
		title = "Nicht berücksichtigt"
	case extraPart:
		title = "Zusatzbonus"
	case capPart:
		title = "Höchstbetrag"
	case pointsPart:
		title = "Punkte, in Geld"
	case string(bonus.OptionEntry):
		title = "Gewählte Form des Bonus"
	}
	head := LetterRow{Text: title, Head: true}
	if p.Cents != 0 {
		head.Amount = w.money(p.Cents)
	}
	rows := []LetterRow{head}
	for _, line := range p.Lines {
		rows = append(rows, LetterRow{Text: w.line(line)})
	}
	return rows
}

func (w bonusWords) line(l desk.LetterLine) string {
	text := l.Title
	if l.Date != date.Date(0) {
		text += ", " + w.texts.Date(l.Date)
	}
	if l.Invalid != "" {
		return text + ": nicht gezählt, " + w.texts.Invalid(l.Invalid)
	}
	if l.Reason.Exam != "" {
		text += ", " + l.Reason.Exam
	}
	if l.Cents == 0 && l.Reason.Code == bonus.CutByGroupCap {
		return text + ": anerkannt, der Höchstbetrag dieses Teils ist schon erreicht"
	}
	text += ": " + w.reason(l.Reason)
	if l.Cents > 0 {
		text += ", " + w.money(l.Cents)
	}
	return text
}

// reason is a line's reason in the member's words.
func (w bonusWords) reason(r bonus.Reason) string {
	switch {
	case r.Code == bonus.NoEvidence:
		return w.evidence(r.Token)
	case r.Code == bonus.Missing && r.Cause != "":
		return "fehlt noch, " + w.reason(bonus.Reason{Code: r.Cause, Token: r.Token})
	case r.Code == bonus.NotRequired:
		return "wird nicht verlangt" + w.because(r.Cause)
	}
	if text, ok := reasonTexts()[r.Code]; ok {
		return text
	}
	return string(r.Code)
}

// because is why a measure is not asked for.
func (w bonusWords) because(c bonus.Code) string {
	return map[bonus.Code]string{
		bonus.CauseAge: " (Alter)", bonus.CauseSex: "", bonus.CauseInsuredAs: " (Versicherung)",
		bonus.CauseInterval: " (in den letzten Jahren schon gemacht)", bonus.CauseWindow: " (nicht in diesem Jahr)",
		bonus.CauseManual: " (von uns befreit)", bonus.CauseNever: " (freiwillig)",
	}[c]
}

// evidence says which proof is missing.
func (w bonusWords) evidence(token string) string {
	switch token {
	case "stamp":
		return "der Stempel fehlt"
	case "invoice":
		return "die Rechnung fehlt"
	case "certificate":
		return "die Bescheinigung fehlt"
	case "copy":
		return "die Kopie fehlt"
	case "seen":
		return "der Nachweis lag uns nicht vor"
	}
	return "der Nachweis fehlt"
}

// reasonTexts are the reasons that need nothing else to be told.
func reasonTexts() map[bonus.Code]string {
	return map[bonus.Code]string{
		bonus.OK:                  "anerkannt",
		bonus.Counted:             "anerkannt und gezählt",
		bonus.Early:               "anerkannt, zählt für das nächste Jahr",
		bonus.CutToCost:           "anerkannt, höchstens die Kosten",
		bonus.CutByGroupCap:       "anerkannt, bis zum Höchstbetrag dieses Teils",
		bonus.CutByCap:            "gekürzt auf den Höchstbetrag",
		bonus.CutToMax:            "gekürzt auf den Höchstbetrag",
		bonus.Missing:             "fehlt",
		bonus.NoDate:              "das Datum mit Tag fehlt",
		bonus.WrongYear:           "nicht aus diesem Bonusjahr",
		bonus.AfterHandin:         "nach dem Eingang des Hefts",
		bonus.ProviderNotLicensed: "die Praxis ist nicht zugelassen",
		bonus.OutsideInsurance:    "nicht während der Versicherung bei uns",
		bonus.NotEntitled:         "dafür besteht kein Anspruch",
		bonus.NotEntitledInterval: "der Abstand zur letzten Untersuchung ist zu kurz",
		bonus.NoCost:              "die Kosten sind nicht nachgewiesen",
		bonus.NoValue:             "der Wert fehlt",
		bonus.ValueOutOfRange:     "der Wert liegt nicht im verlangten Bereich",
		bonus.OutsideWindow:       "nicht in der vorgesehenen Zeit",
		bonus.Duplicate:           "schon einmal gezählt",
		bonus.NeedsCompanion:      "zählt nur zusammen mit einer anderen Maßnahme",
		bonus.PrerequisiteMissing: "zählt erst, wenn der Teil davor erfüllt ist",
		bonus.BelowMinCount:       "es sind noch zu wenige Nachweise",
		bonus.NeedsMissing:        "ein Nachweis, der dazugehört, fehlt",
		bonus.OverMaxCount:        "mehr Nachweise zählen nicht",
		bonus.NoProof:             "kein Nachweis",
	}
}
