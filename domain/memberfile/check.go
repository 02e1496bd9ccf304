package memberfile

import (
	"schalter/domain"
	"schalter/domain/date"
)

// earliest is the first day taken for real: nobody born before 1900 is alive,
// and the dates by which old systems say "none" (0001-01-01) lie before it.
const earliest = date.Date(19000000)

// fields are the values of one line as found in the file, by column. What a
// line does not say is "".
type fields struct {
	member []string
	cards  [][]string
	// said are the columns of the member that the line has, cardSaid those of
	// each card.
	said     columns
	cardSaid []columns
}

func newFields() *fields { return &fields{member: make([]string, len(memberColumns))} }

// reset empties f for the next line and keeps its memory.
func (f *fields) reset() {
	clear(f.member)
	f.cards, f.cardSaid = f.cards[:0], f.cardSaid[:0]
	f.said = 0
}

func isEmptyCard(card []string) bool {
	for _, v := range card {
		if v != "" {
			return false
		}
	}
	return true
}

// parse makes a member of a line's values, or says what is wrong first, in the
// order of the columns, then between them. The Reject has no line number.
func (f *fields) parse(today date.Date) (m domain.Member, s said, r Reject) {
	s.member = f.said
	for i, c := range memberColumns {
		if why := c.set(&m, f.member[i]); why != "" {
			return m, s, Reject{Field: c.name, Reason: why}
		}
	}
	if r = check(&m, today); r.Reason != "" {
		return m, s, r
	}
	for i, values := range f.cards {
		if isEmptyCard(values) {
			continue
		}
		card, r := parseCard(values)
		if r.Reason != "" {
			return m, s, r
		}
		if r = addCard(&m, &s, card, f.cardSaid[i]); r.Reason != "" {
			return m, s, r
		}
	}
	return m, s, Reject{}
}

func parseCard(values []string) (card domain.Card, r Reject) {
	for i, c := range cardColumns {
		if why := c.set(&card, values[i]); why != "" {
			return card, Reject{Field: c.name, Reason: why}
		}
	}
	switch {
	case card.ICCSN == "":
		return card, Reject{Field: "iccsn", Reason: Required}
	case card.Status == 0:
		// Nobody may guess whether a card counts as evidence.
		return card, Reject{Field: "card_status", Reason: Required}
	case before(card.ValidTo, card.ValidFrom):
		return card, Reject{Field: "card_valid_to", Reason: Order}
	}
	return card, Reject{}
}

// check judges the values of a member by each other and by the day.
func check(m *domain.Member, today date.Date) Reject {
	switch {
	case m.KVNR == "":
		return Reject{Field: "kvnr", Reason: Required}
	case m.Name.Surname == "" && m.Name.Given == "":
		return Reject{Field: "surname", Reason: Required}
	case m.BirthDate == 0:
		return Reject{Field: "birth_date", Reason: Required}
	case before(today, m.BirthDate.First()):
		return Reject{Field: "birth_date", Reason: Implausible}
	case isGerman(m.Address) && m.Address.Postcode != "" && !isDigits(m.Address.Postcode, 5):
		return Reject{Field: "postcode", Reason: Format}
	case before(today, m.Address.ChangedOn):
		// It would make a fresh address look settled, or never become so.
		return Reject{Field: "address_changed_on", Reason: Implausible}
	case m.Contact.EmailVerified && m.Contact.Email == "":
		return Reject{Field: "email", Reason: Required}
	}
	return checkInsurance(m)
}

func checkInsurance(m *domain.Member) Reject {
	in := m.Insurance
	family := in.As == domain.AsFamily
	switch {
	case family && in.Main == "":
		return Reject{Field: "main_kvnr", Reason: Required}
	case !family && in.Main != "", in.Main == m.KVNR:
		// The link decides who acts for a child; a stale one must not.
		return Reject{Field: "main_kvnr", Reason: Unexpected}
	case !family && in.Relation != 0:
		return Reject{Field: "relation", Reason: Unexpected}
	case before(in.To, in.From):
		return Reject{Field: "insured_to", Reason: Order}
	case in.WithdrawnOn != 0 && in.TerminatedOn == 0:
		return Reject{Field: "terminated_on", Reason: Required}
	case before(in.WithdrawnOn, in.TerminatedOn):
		return Reject{Field: "withdrawn_on", Reason: Order}
	}
	return Reject{}
}

// before reports whether both days are known and a lies before b.
func before(a, b date.Date) bool { return a != 0 && b != 0 && a < b }

func isGerman(a domain.Address) bool { return a.Country == "" || a.Country == "D" }

// join adds to m what a further line about the same member says: its cards.
// What the line says of the person must be what the lines before said; what it
// leaves empty is not said. m is unchanged if the line is rejected.
func join(m *domain.Member, s *said, further domain.Member, more said) Reject {
	for _, c := range memberColumns {
		if c.contradicts(m, &further) {
			return Reject{Field: c.name, Reason: Conflict}
		}
	}
	known := len(m.Cards)
	for i, card := range further.Cards {
		if r := addCard(m, s, card, more.cards[i]); r.Reason != "" {
			m.Cards, s.cards = m.Cards[:known], s.cards[:known]
			return r
		}
	}
	s.member |= more.member
	return Reject{}
}

// addCard adds a card that m does not have yet. The same card twice is one, if
// the same is said of it.
func addCard(m *domain.Member, s *said, card domain.Card, named columns) Reject {
	for i, has := range m.Cards {
		switch {
		case has == card:
			s.cards[i] |= named
			return Reject{}
		case has.ICCSN == card.ICCSN:
			return Reject{Field: "iccsn", Reason: Conflict}
		}
	}
	if len(m.Cards) == maxCards {
		return Reject{Field: "iccsn", Reason: TooMany}
	}
	m.Cards, s.cards = append(m.Cards, card), append(s.cards, named)
	return Reject{}
}
