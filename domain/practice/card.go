package practice

import (
	"schalter/domain"
	"schalter/domain/date"
)

// cardYears is how long a card is valid.
const cardYears = 5

// cardsOf invents the cards of somebody born on a day: most have one that is
// valid, some an old one beside it, and a few have none that would count.
func (g *generator) cardsOf(born date.Date) []domain.Card {
	n := g.dice.IntN(1000)
	if young := born > yearsBefore(g.today, cardYears+3); young && n >= 30 {
		n = 999 // has had no time for old cards
	}
	switch {
	case n < 30:
		return nil
	case n < 70:
		return []domain.Card{g.expiredCard()}
	case n < 95:
		return []domain.Card{g.card(born, domain.CardBlocked)}
	case n < 115:
		return []domain.Card{g.card(born, domain.CardBlocked), g.orderedCard()}
	case n < 130:
		return []domain.Card{g.orderedCard()}
	case n < 150:
		return []domain.Card{g.expiredCard(), g.orderedCard()}
	case n < 260:
		return []domain.Card{g.card(born, domain.CardActive), g.expiredCard()}
	case n < 330:
		return []domain.Card{g.card(born, domain.CardActive), g.card(born, domain.CardBlocked)}
	}
	return []domain.Card{g.card(born, domain.CardActive)}
}

// card was issued in the last years and is within its dates.
func (g *generator) card(born date.Date, status domain.CardStatus) domain.Card {
	issued := g.today.AddDays(-g.dice.IntN(cardYears*365 - 60))
	return g.cardFrom(max(issued, born), status)
}

// expiredCard was active until it ran out; nobody takes them back.
func (g *generator) expiredCard() domain.Card {
	return g.cardFrom(yearsBefore(g.today, cardYears).AddDays(-g.dice.between(40, 900)), domain.CardActive)
}

// orderedCard has its number and is on its way.
func (g *generator) orderedCard() domain.Card {
	return g.cardFrom(g.today.AddDays(g.dice.between(-4, 6)), domain.CardOrdered)
}

// cardFrom is valid to the end of the month in which it is cardYears old.
func (g *generator) cardFrom(from date.Date, status domain.CardStatus) domain.Card {
	return domain.Card{
		ICCSN: g.numbers.nextICCSN(), ValidFrom: from, ValidTo: endOfMonth(yearsBefore(from, -cardYears)), Status: status,
	}
}

func endOfMonth(day date.Date) date.Date { return (day - date.Date(day.Day())).Last() }
