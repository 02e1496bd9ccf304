package practice

import (
	"fmt"
	"hash/fnv"
	"strings"

	"schalter/domain"
	"schalter/domain/date"
)

// Papers are what a member would put on the counter, for the trainee to type.
type Papers struct {
	Document   domain.DocumentKind
	BirthDate  date.Date
	ValidUntil date.Date // the last day, always known
	// Expired: the document ran out before today, and must not be accepted.
	Expired bool
	// CardDigits are the last six of the card in the member's hand, "" without
	// one. It may be a card that does not count any more.
	CardDigits string
}

// PapersOf returns a member's papers: always the same for a seed and a day.
func PapersOf(m domain.Member, seed uint64, today date.Date) Papers {
	d := newDice(seed, hashOf(string(m.KVNR)))
	p := Papers{BirthDate: m.BirthDate, CardDigits: cardInHand(d, m.Cards, today)}
	if s, ok := specimenOf(m, today); ok {
		p.Document, p.ValidUntil = s.Document, s.ValidUntil
	} else {
		p.Document = documentOf(d, m, today)
		p.ValidUntil = validity(d, m, today)
	}
	p.Expired = p.ValidUntil < today
	return p
}

// TypedBirthDate is the birth date as staff type it: TTMMJJ.
func (p Papers) TypedBirthDate() string { return ddmmyy(p.BirthDate) }

// TypedValidUntil is the end of validity as staff type it: MMJJ, and TTMMJJ in
// the month of expiry, where the day decides.
func (p Papers) TypedValidUntil(today date.Date) string {
	all := ddmmyy(p.ValidUntil)
	if p.ValidUntil/100 == today/100 {
		return all
	}
	return all[2:]
}

func ddmmyy(d date.Date) string {
	return fmt.Sprintf("%02d%02d%02d", d.Day(), d.Month(), d.Year()%100)
}

// specimenOf returns the newest specimen of a published person.
func specimenOf(m domain.Member, today date.Date) (newest Specimen, ok bool) {
	for _, s := range Specimens(today) {
		if s.Holder == m.KVNR && s.ValidUntil > newest.ValidUntil {
			newest, ok = s, true
		}
	}
	return newest, ok
}

// documentOf draws the kind of document. Names tell where a household is from;
// what its people are is anybody's guess, and so is this.
func documentOf(d dice, m domain.Member, today date.Date) domain.DocumentKind {
	n := d.IntN(100)
	switch o := originOf(m.Name); {
	case m.BirthDate.Age(today) < 16 && n < 60:
		return domain.Passport
	case o.name == german && n < 83, n < 45:
		return domain.IdentityCard
	case o.name == german, n < 60:
		return domain.Passport
	case o.european:
		return domain.ForeignIdentityCard
	}
	return domain.ResidencePermit
}

// originOf finds the first list that holds the surname or a part of it.
func originOf(n domain.Name) origin {
	bears := func(entry string) bool {
		last := entry[strings.LastIndexByte(entry, '+')+1:]
		man, woman, _ := strings.Cut(last, "/")
		return strings.HasPrefix(n.Surname, man) || woman != "" && strings.HasPrefix(n.Surname, woman)
	}
	for _, o := range origins {
		for entry := range strings.FieldsSeq(o.surnames) {
			if bears(entry) {
				return o
			}
		}
	}
	return origins[0]
}

// validity draws the last day of a document: identity cards are issued for ten
// years, for six to those below 24 (§ 6 PAuswG). A few are over; none ends in
// the month of today, so that month and year decide.
func validity(d dice, m domain.Member, today date.Date) date.Date {
	years := 10
	if m.BirthDate.Age(today) < 24 {
		years = 6
	}
	firstOfMonth := today - date.Date(today.Day()) + 1
	if d.oneIn1000(60) {
		return firstOfMonth.AddDays(-d.between(1, 700))
	}
	return endOfMonth(today).AddDays(d.between(1, years*365-31))
}

// cardInHand is the card that counts, where there is one; a few bring the old
// one. A card that was ordered is not in anybody's hand.
func cardInHand(d dice, cards []domain.Card, today date.Date) string {
	counts, old := "", ""
	for _, c := range cards {
		switch {
		case c.Usable(today):
			counts = c.ICCSN.Last6()
		case c.Status != domain.CardOrdered:
			old = c.ICCSN.Last6()
		}
	}
	if counts == "" || old != "" && d.oneIn1000(100) {
		return old
	}
	return counts
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}
