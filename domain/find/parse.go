package find

import (
	"strings"

	"schalter/domain/date"
	"schalter/domain/kvnr"
)

// Parse says what the text of the search field looks like. Every text is a
// query, if only an empty one; the parts may stand in any order. today decides
// the century of years of two digits and which birth dates are possible.
//
// The work is bounded: what goes beyond maxText bytes or maxNames name parts is
// left out and makes the query Unread.
func Parse(text string, today date.Date) Query {
	p := parser{today: today}
	p.fields, p.q.Unread = split(text)
	for len(p.fields) > 0 {
		p.fields = p.fields[p.next():]
	}
	p.settleSixes()
	p.settleNames()
	return p.q
}

// parser reads fields from the front and fills the query.
type parser struct {
	today  date.Date
	fields []string
	q      Query
	// sixes are the fields of six digits, which may be a date or the end of a
	// card number; what they are shows when everything is read.
	sixes []string
	words []Term
}

// next reads one part and returns how many fields it took. Numbers that may be
// written in groups are tried before what their groups mean alone.
func (p *parser) next() int {
	for _, read := range []func() int{p.kvnr, p.card, p.date} {
		if n := read(); n > 0 {
			return n
		}
	}
	p.single(p.fields[0])
	return 1
}

// single reads a field that stands for itself.
func (p *parser) single(field string) {
	switch {
	case !hasDigit(field):
		p.name(field)
	case isLetter(field[0]):
		p.q.Unread = true // a KVNR of which too little is typed
	case len(field) == 5 && isDigits(field):
		p.postcode(field)
	case len(field) == 6 && isDigits(field):
		p.sixes = append(p.sixes, field)
	default:
		p.partOfDate(field)
	}
}

// postcode: the German ones begin at 01001.
func (p *parser) postcode(digits string) {
	if digits < "01001" || p.q.Postcode != "" {
		p.q.Unread = true
		return
	}
	p.q.Postcode = digits
}

func (p *parser) setKVNR(n kvnr.KVNR) {
	if p.q.KVNR != "" && p.q.KVNR != n {
		p.q.Unread = true
		return
	}
	p.q.KVNR = n
}

func (p *parser) setCard(digits string) {
	switch {
	case p.q.CardDigits == "":
		p.q.CardDigits = digits
	case !strings.HasSuffix(p.q.CardDigits, digits):
		p.q.Unread = true
	}
}

// settleSixes decides between birth date and card digits. Beside a date that is
// certain, six digits are a card's; of two that can both be a date the first is,
// because that is the order of the question at the counter; one alone stays both.
func (p *parser) settleSixes() {
	dated := len(p.q.BirthDates) > 0 || p.q.DayMonth > 0
	if !dated && len(p.sixes) > 1 {
		dated = p.dateOfSixes()
	}
	for _, six := range p.sixes {
		days, err := date.ParseTyped(six, p.today)
		switch {
		case err == nil && !dated && p.q.CardDigits != "":
			p.q.BirthDates = days // the card is known by all its digits
			dated = true
		case err == nil && !dated:
			p.q.BirthDates, p.q.CardDigits, p.q.Ambiguous = days, six, true
		default:
			p.setCard(six)
		}
	}
}

// dateOfSixes takes the first of several fields of six digits that can be a date
// as the date, and reports whether there is one.
func (p *parser) dateOfSixes() bool {
	for i, six := range p.sixes {
		if days, err := date.ParseTyped(six, p.today); err == nil {
			p.q.BirthDates = days
			p.sixes = append(p.sixes[:i:i], p.sixes[i+1:]...)
			return true
		}
	}
	return false
}
