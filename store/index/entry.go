package index

import (
	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
)

// Entry is what the index takes of a member. It shares the member's list of
// cards, which must not be written to later.
type Entry struct {
	id       uint64
	name     domain.Name
	born     date.Date
	kvnr     kvnr.KVNR
	postcode string
	cards    []domain.Card
}

// EntryOf takes from a member what it is found by. Title and address but for the
// postcode are not searched.
func EntryOf(m domain.Member) Entry {
	return Entry{
		id: uint64(m.ID), name: m.Name, born: m.BirthDate, kvnr: m.KVNR,
		postcode: m.Address.Postcode, cards: m.Cards,
	}
}

// packKVNR makes one number of a KVNR or its beginning of at least a letter and a
// digit: the letter as 1 to 26 and the eight digits behind it, missing ones as 0.
// The check digit follows from them and is left out. 0 is no number.
func packKVNR(n string) uint32 {
	if n == "" || n[0] < 'A' || n[0] > 'Z' {
		return 0
	}
	digits := n[1:min(len(n), kvnrDigits+1)]
	packed, ok := number(digits)
	if !ok {
		return 0
	}
	for range kvnrDigits - len(digits) {
		packed *= 10
	}
	return (uint32(n[0]-'A')+1)*1_0000_0000 + uint32(packed)
}

// kvnrDigits stand between the letter and the check digit.
const kvnrDigits = 8

// kvnrsFrom is how many packed numbers begin with the given characters of one.
func kvnrsFrom(begin string) uint32 {
	count := uint32(1)
	for range kvnrDigits + 1 - len(begin) {
		count *= 10
	}
	return count
}

// packPostcode makes a number of five digits; everything else, as the postcodes
// of other countries, is 0 and not found.
func packPostcode(s string) uint32 {
	n, ok := number(s)
	if !ok || len(s) != 5 {
		return 0
	}
	return uint32(n)
}

// card is a card's number without the leading 80276, turned round so that cards
// order by their last six digits: those above, the nine digits before them in
// the lower 32 bits. 0 is no card, and the one number that packs to it
// (80276 and fifteen zeros) is never issued.
type card uint64

const (
	cardPrefix = "80276"
	cardLength = 20
	lastSix    = 6
)

func packCard(n iccsn.ICCSN) card {
	if len(n) != cardLength || n[:len(cardPrefix)] != cardPrefix {
		return 0
	}
	front, okFront := number(string(n[len(cardPrefix) : cardLength-lastSix]))
	back, okBack := number(string(n[cardLength-lastSix:]))
	if !okFront || !okBack {
		return 0
	}
	return card(back<<32 | front)
}

// turned orders birth dates by day within the year, so that all of one day stand
// together: mmddyyyy. No date is 0.
func turned(d date.Date) uint32 { return uint32(d)%1_0000*1_0000 + uint32(d)/1_0000 }

// number reads decimal digits; it takes no more of them than fit.
func number(s string) (n uint64, ok bool) {
	if len(s) > 19 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + uint64(s[i]-'0')
	}
	return n, s != ""
}
