package practice

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

// HealthCard makes the card that somebody puts on the counter; ok is false if
// they bring none. One in three holds the short set of data of today's cards.
func HealthCard(m domain.Member, seed uint64, today date.Date, insurer egk.Insurer) (card *virtual.Card, ok bool, err error) {
	digits := PapersOf(m, seed, today).CardDigits
	for _, c := range m.Cards {
		if digits != "" && c.ICCSN.Last6() == digits {
			content := cardContent(m, c, insurer)
			if hashOf(string(m.KVNR))%3 == 0 {
				content = virtual.Short(content)
			}
			card, err = virtual.New(virtual.Config{Content: content, NoGVDCopy: true})
			return card, err == nil, err
		}
	}
	return nil, false, nil
}

// cardContent is what a card says of a member.
func cardContent(m domain.Member, c domain.Card, insurer egk.Insurer) egk.Card {
	n, a := m.Name, m.Address
	return egk.Card{
		ICCSN: c.ICCSN, KVNR: m.KVNR, BirthDate: m.BirthDate, Sex: egk.Sex(m.Sex),
		Name: egk.Name{
			Title: onCard(n.Title), Given: onCard(n.Given), Prefix: onCard(n.Prefix),
			Surname: onCard(n.Surname), Suffix: onCard(n.Suffix),
		},
		Address: egk.Address{
			Street: onCard(a.Street), HouseNumber: a.HouseNumber, Extra: onCard(a.Extra),
			Postcode: a.Postcode, City: onCard(a.City), Country: a.Country,
		},
		Insurer: insurer, InsuredAs: egk.InsuredAs(m.Insurance.As), From: m.Insurance.From, WOP: "71",
	}
}

// onCard writes a text in the letters of ISO-8859-15, as cards have them: others
// lose what stands above or below them.
func onCard(s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := charmap.ISO8859_15.EncodeRune(r); ok {
			return r
		}
		if base := baseLetter(r); base <= unicode.MaxLatin1 {
			return base
		}
		return -1
	}, s)
}

// baseLetter is a letter without what stands above, below or through it.
func baseLetter(r rune) rune {
	switch r { // in Unicode these have no base letter
	case 'ł':
		return 'l'
	case 'Ł':
		return 'L'
	case 'đ':
		return 'd'
	case 'Đ':
		return 'D'
	case 'ı':
		return 'i'
	}
	return []rune(norm.NFD.String(string(r)))[0]
}
