package desk

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// Masked is what may be seen of a member before they are identified: the name,
// the day of birth without its year, three digits of the KVNR.
type Masked struct {
	Name      domain.Name
	BirthDay  int // mmdd; 0 when unknown or not shown on this channel
	Last3     string
	InsuredAs domain.InsuredAs
	Since     date.Date
	Deceased  bool
	Ended     bool // insurance over, or deceased
	Under15   bool
	Card      CardState
	CardUntil date.Date
}

// CardState sums up a member's cards in one word.
type CardState uint8

// The states, best first.
const (
	CardCurrent CardState = iota + 1
	CardIsExpired
	CardIsBlocked
	CardIsOrdered
	CardNone
)

// AgeOfConsent is the age from which members act for themselves, in years.
const AgeOfConsent = 15

func (d *Desk) mask(a domain.Actor, m domain.Member) Masked {
	today := d.today()
	masked := Masked{
		Name: m.Name, Last3: m.KVNR.Last3(), InsuredAs: m.Insurance.As, Since: m.Insurance.From,
		Deceased: m.Deceased, Ended: m.Ended(today), Under15: under15(m, today),
	}
	if a.Channel != rights.Phone {
		masked.BirthDay = m.BirthDate.Month()*100 + m.BirthDate.Day()
	}
	masked.Card, masked.CardUntil = cardState(m.Cards, today)
	return masked
}

func under15(m domain.Member, today date.Date) bool {
	return !m.BirthDate.IsZero() && m.BirthDate.Age(today) < AgeOfConsent
}

func cardState(cards []domain.Card, today date.Date) (CardState, date.Date) {
	best, until := CardNone, date.Date(0)
	for _, c := range cards {
		if s := stateOf(c, today); s < best {
			best, until = s, c.ValidTo
		}
	}
	return best, until
}

func stateOf(c domain.Card, today date.Date) CardState {
	switch {
	case c.Status == domain.CardOrdered:
		return CardIsOrdered
	case c.Status == domain.CardBlocked:
		return CardIsBlocked
	case c.Usable(today):
		return CardCurrent
	}
	return CardIsExpired
}

// initials of a name: A. M.
func initials(n domain.Name) string {
	var parts []string
	for _, s := range []string{n.Given, n.Surname} {
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s)); r != utf8.RuneError {
			parts = append(parts, string(unicode.ToUpper(r))+".")
		}
	}
	return strings.Join(parts, " ")
}

func sameDay(t time.Time, day date.Date) bool { return date.Of(t) == day }
