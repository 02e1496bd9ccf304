package words

import (
	"fmt"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/egk"
)

// InsuredAs names the kind of insurance; "" for one it does not know.
func (t *Texts) InsuredAs(a domain.InsuredAs) string {
	return map[domain.InsuredAs]both{
		domain.AsMember:    {"Mitglied", "Member"},
		domain.AsFamily:    {"Familie", "Family"},
		domain.AsPensioner: {"Rente", "Retired"},
	}[a].in(t.Language)
}

// CardInsuredAs names the kind of insurance on a health card; "" if the card does
// not say.
func (t *Texts) CardInsuredAs(a egk.InsuredAs) string { return t.InsuredAs(domain.InsuredAs(a)) }

// Card says in two words how a member's cards stand.
func (t *Texts) Card(c desk.CardState) string {
	return map[desk.CardState]both{
		desk.CardCurrent:   {"Karte aktuell", "card current"},
		desk.CardIsExpired: {"Karte abgelaufen", "card expired"},
		desk.CardIsBlocked: {"Karte gesperrt", "card blocked"},
		desk.CardIsOrdered: {"Karte bestellt", "card ordered"},
		desk.CardNone:      {"keine Karte", "no card"},
	}[c].in(t.Language)
}

// MaskedKVNR shows the last three digits of a KVNR.
func (t *Texts) MaskedKVNR(last3 string) string { return "•••••••" + last3 }

// BirthDay writes a day and month (mmdd) without the year; dots when there is
// none to show.
func (t *Texts) BirthDay(mmdd int) string {
	month, day := mmdd/100, mmdd%100
	switch {
	case month < 1 || month > 12:
		return t.Common.Masked
	case t.Language == English:
		return fmt.Sprintf("%02d %s ••••", day, englishMonths[month-1])
	}
	return fmt.Sprintf("%02d.%02d.••••", day, month)
}
