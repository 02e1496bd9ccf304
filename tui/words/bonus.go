package words

import (
	"strings"

	"schalter/domain/bonus"
)

// bonusCodeWords are what is said about an entry of a booklet, short enough for a
// column beside it, or about a booklet as a whole.
func bonusCodeWords() map[bonus.Code]both {
	return map[bonus.Code]both{
		bonus.OK:                   {"zählt", "counts"},
		bonus.Counted:              {"zählt mit", "is counted"},
		bonus.Early:                {"zählt erst später", "counts later"},
		bonus.CutToCost:            {"höchstens die Kosten", "at most the cost"},
		bonus.CutByGroupCap:        {"Höchstbetrag erreicht", "limit reached"},
		bonus.CutByCap:             {"Höchstbetrag erreicht", "limit reached"},
		bonus.CutToMax:             {"Höchstbetrag erreicht", "limit reached"},
		bonus.NotRequired:          {"nicht nötig", "not required"},
		bonus.Missing:              {"fehlt", "missing"},
		bonus.NoDate:               {"ohne Datum", "no date"},
		bonus.WrongYear:            {"falsches Jahr", "wrong year"},
		bonus.AfterHandin:          {"nach dem Eingang", "after receipt"},
		bonus.NoEvidence:           {"ohne Nachweis", "no proof"},
		bonus.ProviderNotLicensed:  {"ohne Zulassung", "not licensed"},
		bonus.OutsideInsurance:     {"nicht versichert", "not insured then"},
		bonus.NotEntitled:          {"kein Anspruch", "not entitled"},
		bonus.NotEntitledInterval:  {"Abstand zu kurz", "interval too short"},
		bonus.NoCost:               {"Betrag fehlt", "amount missing"},
		bonus.NoValue:              {"Wert fehlt", "value missing"},
		bonus.ValueOutOfRange:      {"Wert außerhalb", "value out of range"},
		bonus.OutsideWindow:        {"außer der Zeit", "outside its time"},
		bonus.Duplicate:            {"doppelt", "twice"},
		bonus.NeedsCompanion:       {"nur mit anderem", "only with another"},
		bonus.PrerequisiteMissing:  {"Voraussetzung fehlt", "condition not met"},
		bonus.BelowMinCount:        {"zu wenige", "too few"},
		bonus.NeedsMissing:         {"Teil fehlt", "part missing"},
		bonus.OverMaxCount:         {"mehr als zählt", "more than counts"},
		bonus.NoProof:              {"kein Nachweis", "no proof"},
		bonus.CauseAge:             {"Alter", "age"},
		bonus.CauseSex:             {"Geschlecht", "sex"},
		bonus.CauseInsuredAs:       {"Versicherungsart", "kind of insurance"},
		bonus.CauseInterval:        {"Abstand", "interval"},
		bonus.CauseWindow:          {"nicht fällig", "not due"},
		bonus.CauseManual:          {"erlassen", "released"},
		bonus.CauseNever:           {"freiwillig", "voluntary"},
		bonus.NoTrack:              {"Für diese Person gibt es kein Programm.", "There is no programme for this person."},
		bonus.Late:                 {"Das Heft kam zu spät.", "The booklet came too late."},
		bonus.MembershipTerminated: {"Die Mitgliedschaft ist gekündigt.", "Notice was given of the membership."},
		bonus.NoActiveMembership:   {"Es besteht keine Mitgliedschaft.", "There is no active membership."},
		bonus.InsuredTooShort:      {"Zu kurz versichert.", "Insured for too short a time."},
		bonus.NotInsuredWhole:      {"Nicht den ganzen Zeitraum versichert.", "Not insured for the whole period."},
	}
}

// tokenWords name what an entry has to come with.
func tokenWords() map[string]both {
	return map[string]both{
		"stamp": {"Stempel", "stamp"}, "invoice": {"Rechnung", "invoice"},
		"certificate": {"Bescheinigung", "certificate"}, "copy": {"Kopie", "copy"},
		"seen": {"Vorlage", "sight of it"},
	}
}

// BonusReason says in a few words what became of an entry: "ohne Datum", "nicht
// nötig: Alter", "fehlt: U7".
func (t *Texts) BonusReason(r bonus.Reason) string {
	said := t.bonusCode(r.Code, r.Token)
	var more []string
	if r.Exam != "" {
		more = append(more, r.Exam)
	}
	if r.Cause != "" && r.Cause != bonus.Missing {
		more = append(more, t.bonusCode(r.Cause, r.Token))
	}
	if len(more) > 0 {
		said += ": " + strings.Join(more, ", ")
	}
	return said
}

// BonusRefusal says why a booklet is refused as a whole.
func (t *Texts) BonusRefusal(c bonus.Code) string { return t.bonusCodes[c] }

// bonusCode says a code; without a token that it knows, that some proof lacks.
func (t *Texts) bonusCode(c bonus.Code, token string) string {
	what := tokenWords()[token].in(t.Language)
	if c != bonus.NoEvidence || what == "" {
		return t.bonusCodes[c]
	}
	return both{"ohne ", "no "}.in(t.Language) + what
}

// invalidWords are why staff refuse a stamp that is on the paper. Their order is
// the one in which they are offered.
func invalidWords() []invalid {
	return []invalid{
		{"no_date", both{"ohne Datum", "no date"}},
		{"illegible", both{"nicht lesbar", "illegible"}},
		{"no_stamp", both{"Stempel oder Unterschrift fehlt", "stamp or signature missing"}},
		{"self_statement", both{"nur eigene Angabe", "own statement only"}},
		{"other_measure", both{"andere Leistung", "another service"}},
		{"other_person", both{"andere Person", "another person"}},
		{"altered", both{"verändert", "altered"}},
	}
}

type invalid struct {
	reason string
	said   both
}

// InvalidReasons are the stored words of why staff refuse a stamp, in the order
// in which they are offered.
func InvalidReasons() []string {
	var out []string
	for _, w := range invalidWords() {
		out = append(out, w.reason)
	}
	return out
}

// Invalid says why staff refuse a stamp; a word that is not known is told as it
// is.
func (t *Texts) Invalid(reason string) string {
	for _, w := range invalidWords() {
		if w.reason == reason {
			return w.said.in(t.Language)
		}
	}
	return reason
}
