package memberfile

import (
	"slices"

	"schalter/domain"
)

// columns is a set of columns by their place in memberColumns or cardColumns.
type columns uint32

func (c columns) with(i int) columns { return c | 1<<i }

func (c columns) has(i int) bool { return c&(1<<i) != 0 }

// said are the columns that a row's lines have, with or without a value.
type said struct {
	member columns
	cards  []columns // beside the cards of the member
}

// Over lays the row over the stored record of the same member: the columns that
// the header names, in JSON lines the keys that the line has. Everything else
// stays as it is in old, cards that the row does not have included; old is not
// changed. What hangs on a changed value does not stay: an e-mail address is
// verified as that address, and a main member belongs to the family-insured.
func (r Row) Over(old domain.Member) domain.Member {
	next := old
	for i, c := range memberColumns {
		if r.said.member.has(i) {
			c.take(&next, &r.Member)
		}
	}
	if next.Contact.Email != old.Contact.Email {
		next.Contact.EmailVerified = r.Member.Contact.EmailVerified
	}
	if next.Insurance.As != domain.AsFamily {
		next.Insurance.Main, next.Insurance.Relation = "", 0
	}
	next.Cards = slices.Clone(old.Cards)
	for i := range r.Member.Cards {
		layCard(&next, &r.Member.Cards[i], r.said.cards[i])
	}
	return next
}

func layCard(m *domain.Member, card *domain.Card, named columns) {
	at := slices.IndexFunc(m.Cards, func(c domain.Card) bool { return c.ICCSN == card.ICCSN })
	if at < 0 {
		m.Cards = append(m.Cards, *card)
		return
	}
	for i, c := range cardColumns {
		if named.has(i) {
			c.take(&m.Cards[at], card)
		}
	}
}
