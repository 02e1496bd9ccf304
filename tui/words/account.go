package words

import (
	"schalter/domain"
	"schalter/domain/desk"
)

func accountStateWords() map[domain.AccountState]both {
	return map[domain.AccountState]both{
		domain.AccountNone:    {"kein Konto", "no account"},
		domain.AccountOpen:    {"frei", "open"},
		domain.AccountBlocked: {"gesperrt", "blocked"},
		domain.AccountEnding:  {"Löschen angekündigt", "deletion announced"},
		domain.AccountDeleted: {"gelöscht", "deleted"},
	}
}

func identifiedByWords() map[domain.IdentifiedBy]both {
	return map[domain.IdentifiedBy]both{
		domain.ByCardPIN:        {"Gesundheitskarte mit PIN", "health card with PIN"},
		domain.ByEID:            {"Online-Ausweis", "online ID (eID)"},
		domain.ByPostident:      {"POSTIDENT", "POSTIDENT"},
		domain.ByActivationCode: {"Aktivierungscode", "activation code"},
	}
}

func whyWords() map[domain.Why]both {
	return map[domain.Why]both{
		domain.WhyForgotten:  {"App-Code vergessen", "app code forgotten"},
		domain.WhyNewDevice:  {"neues Gerät", "new device"},
		domain.WhyLost:       {"verloren", "lost"},
		domain.WhyStolen:     {"gestohlen", "stolen"},
		domain.WhySold:       {"verkauft oder weitergegeben", "sold or given away"},
		domain.WhyMisuse:     {"Verdacht auf fremden Zugriff", "suspicion of misuse"},
		domain.WhyNoLonger:   {"App nicht mehr gewünscht", "app no longer wanted"},
		domain.WhyRemembered: {"App-Code wieder bekannt", "app code remembered"},
		domain.WhyOther:      {"sonst", "other"},
	}
}

func representativeWords() map[domain.Representative]both {
	return map[domain.Representative]both{
		domain.LinkedParent:   {"versicherter Elternteil", "insured parent"},
		domain.UnlinkedParent: {"Elternteil ohne Verknüpfung", "parent without link"},
		domain.Guardian:       {"Vormund", "guardian"},
		domain.Carer:          {"rechtliche Betreuung", "court-appointed carer"},
	}
}

func proofWords() map[domain.Proof]both {
	return map[domain.Proof]both{
		domain.BirthCertificate:    {"Geburtsurkunde", "birth certificate"},
		domain.CustodyDeclaration:  {"Sorgeerklärung", "custody declaration"},
		domain.CourtOrder:          {"gerichtlicher Beschluss", "court order"},
		domain.AppointmentDocument: {"Bestallung, Betreuerausweis", "certificate of appointment"},
	}
}

func approvalStateWords() map[domain.ApprovalState]both {
	return map[domain.ApprovalState]both{
		domain.ApprovalAsked:     {"wartet", "waiting"},
		domain.ApprovalGiven:     {"freigegeben", "approved"},
		domain.ApprovalRefused:   {"abgelehnt", "refused"},
		domain.ApprovalWithdrawn: {"zurückgezogen", "withdrawn"},
		domain.ApprovalExpired:   {"abgelaufen", "expired"},
		domain.ApprovalUsed:      {"verbraucht", "used"},
	}
}

func parameterWords() map[domain.ParameterKey]both {
	return map[domain.ParameterKey]both{
		domain.ParamPurpose:        {"Zweck", "purpose"},
		domain.ParamRepresentative: {"es handelt", "acting"},
		domain.ParamProof:          {"Urkunde", "certificate"},
	}
}

func viaWords() map[domain.Via]both {
	return map[domain.Via]both{
		domain.ViaEmail:  {"E-Mail", "e-mail"},
		domain.ViaPhone:  {"Telefon", "telephone"},
		domain.ViaLetter: {"Brief", "letter"},
	}
}

func effectWords() map[desk.Effect]both {
	return map[desk.Effect]both{
		desk.EffectDevice:         {"Anmeldung auf den genannten Geräten", "login on the devices named"},
		desk.EffectIdentification: {"Identifizierung", "identification"},
		desk.EffectAppCode:        {"App-Code", "app code"},
		desk.EffectAccount:        {"App-Konto", "app account"},
		desk.EffectEPALogin:       {"Anmeldung in der ePA-App", "login to the ePA app"},
		desk.EffectWebAccess:      {"Zugang im Web", "web access"},
		desk.EffectOtherDevices:   {"übrige Geräte", "other devices"},
		desk.EffectInsurance:      {"Versicherung und Karte", "insurance and card"},
		desk.EffectBonus:          {"Bonushefte", "bonus booklets"},
	}
}

// AccountState is the word for where an app account stands.
func (t *Texts) AccountState(s domain.AccountState) string {
	return accountStateWords()[s].in(t.Language)
}

// IdentifiedBy is the way a member identified to the app.
func (t *Texts) IdentifiedBy(b domain.IdentifiedBy) string {
	return identifiedByWords()[b].in(t.Language)
}

// Why is a reason of the list.
func (t *Texts) Why(w domain.Why) string { return whyWords()[w].in(t.Language) }

// Representative is who acts for a member.
func (t *Texts) Representative(r domain.Representative) string {
	return representativeWords()[r].in(t.Language)
}

// Proof is the paper a representative shows.
func (t *Texts) Proof(p domain.Proof) string { return proofWords()[p].in(t.Language) }

// ApprovalState is where a request for a second person stands.
func (t *Texts) ApprovalState(s domain.ApprovalState) string {
	return approvalStateWords()[s].in(t.Language)
}

// Parameter names a parameter of a request.
func (t *Texts) Parameter(k domain.ParameterKey) string { return parameterWords()[k].in(t.Language) }

// Via is the contact a notice goes to.
func (t *Texts) Via(v domain.Via) string { return viaWords()[v].in(t.Language) }

// Effect is something that goes or stays.
func (t *Texts) Effect(e desk.Effect) string { return effectWords()[e].in(t.Language) }
