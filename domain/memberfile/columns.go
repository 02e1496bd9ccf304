package memberfile

import (
	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/domain/problem"
)

// column is one column of the format, for a member or for a card.
type column[R any] struct {
	name string
	// limit is the most characters a value may have.
	limit int
	// flag: JSON gives true or false.
	flag bool
	// closed: the beginning of a value is no value, so that one that was cut off
	// is found by reading it.
	closed bool
	// read takes a clean value that is not empty.
	read func(r *R, clean string) Reason
	// write returns the value, "" for none.
	write func(r *R) string
	// take copies the value of from.
	take func(to, from *R)
	// contradicts reports whether says has a value and it is not that of has.
	contradicts func(has, says *R) bool
}

// set cleans the value as found in the file and stores it.
func (c column[R]) set(r *R, found string) Reason {
	if found == "" {
		return ""
	}
	value, why := clean(found, c.limit)
	if why != "" || value == "" {
		return why
	}
	return c.read(r, value)
}

// The lengths are those of the card's XML schema (gematik Schema_VSD 5.2.0) for
// what is on the card, RFC 5321, 4.5.3.1.3 for the e-mail address.
const (
	longName  = 45
	shortName = 20
	wordLimit = 20
	idLimit   = 40 // KVNR and ICCSN may be grouped by white space
)

// memberColumns are in the order in which files are written.
var memberColumns = []column[domain.Member]{
	number("kvnr", kvnr.Parse, func(m *domain.Member) *kvnr.KVNR { return &m.KVNR }),
	text("title", shortName, nameShape, func(m *domain.Member) *string { return &m.Name.Title }),
	text("given_names", longName, nameShape, func(m *domain.Member) *string { return &m.Name.Given }),
	text("prefix", shortName, nameShape, func(m *domain.Member) *string { return &m.Name.Prefix }),
	text("surname", longName, nameShape, func(m *domain.Member) *string { return &m.Name.Surname }),
	text("suffix", shortName, nameShape, func(m *domain.Member) *string { return &m.Name.Suffix }),
	text("birth_name", longName, nameShape, func(m *domain.Member) *string { return &m.Name.BirthName }),
	day("birth_date", partlyKnown, func(m *domain.Member) *date.Date { return &m.BirthDate }),
	word("sex", sexes, func(m *domain.Member) *domain.Sex { return &m.Sex }),
	text("street", 46, freeShape, func(m *domain.Member) *string { return &m.Address.Street }),
	text("house_number", 9, freeShape, func(m *domain.Member) *string { return &m.Address.HouseNumber }),
	text("address_extra", 40, freeShape, func(m *domain.Member) *string { return &m.Address.Extra }),
	text("postcode", 10, postcodeShape, func(m *domain.Member) *string { return &m.Address.Postcode }),
	text("city", 40, nameShape, func(m *domain.Member) *string { return &m.Address.City }),
	text("country", 3, countryShape, func(m *domain.Member) *string { return &m.Address.Country }),
	day("address_changed_on", known, func(m *domain.Member) *date.Date { return &m.Address.ChangedOn }),
	text("email", 254, emailShape, func(m *domain.Member) *string { return &m.Contact.Email }),
	flag("email_verified", func(m *domain.Member) *bool { return &m.Contact.EmailVerified }),
	text("phone", 40, phoneShape, func(m *domain.Member) *string { return &m.Contact.Phone }),
	word("insured_as", kindsOfInsurance, func(m *domain.Member) *domain.InsuredAs { return &m.Insurance.As }),
	number("main_kvnr", kvnr.Parse, func(m *domain.Member) *kvnr.KVNR { return &m.Insurance.Main }),
	word("relation", relations, func(m *domain.Member) *domain.Relation { return &m.Insurance.Relation }),
	day("insured_from", known, func(m *domain.Member) *date.Date { return &m.Insurance.From }),
	day("insured_to", known, func(m *domain.Member) *date.Date { return &m.Insurance.To }),
	day("terminated_on", known, func(m *domain.Member) *date.Date { return &m.Insurance.TerminatedOn }),
	day("withdrawn_on", known, func(m *domain.Member) *date.Date { return &m.Insurance.WithdrawnOn }),
	flag("deceased", func(m *domain.Member) *bool { return &m.Deceased }),
}

// cardColumns are named as in CSV; cardKeys are their names in the cards of
// JSON lines, in the same order.
var (
	cardColumns = []column[domain.Card]{
		number("iccsn", iccsn.Parse, func(c *domain.Card) *iccsn.ICCSN { return &c.ICCSN }),
		day("card_valid_from", known, func(c *domain.Card) *date.Date { return &c.ValidFrom }),
		day("card_valid_to", known, func(c *domain.Card) *date.Date { return &c.ValidTo }),
		word("card_status", cardStates, func(c *domain.Card) *domain.CardStatus { return &c.Status }),
	}
	cardKeys = []string{"iccsn", "valid_from", "valid_to", "status"}
)

// Columns returns the names of all columns in the order in which a Writer
// writes them. The slice is the caller's own.
func Columns() []string {
	names := make([]string, 0, len(memberColumns)+len(cardColumns))
	for _, c := range memberColumns {
		names = append(names, c.name)
	}
	for _, c := range cardColumns {
		names = append(names, c.name)
	}
	return names
}

// entry is a word of a file and what it means.
type entry[T comparable] struct {
	word  string
	value T
}

var (
	sexes            = []entry[domain.Sex]{{"m", 'm'}, {"w", 'w'}, {"x", 'x'}, {"d", 'd'}}
	kindsOfInsurance = []entry[domain.InsuredAs]{
		{"member", domain.AsMember}, {"family", domain.AsFamily}, {"pensioner", domain.AsPensioner},
	}
	relations = []entry[domain.Relation]{
		{"spouse", domain.Spouse}, {"child", domain.Child}, {"other", domain.OtherRelation},
	}
	cardStates = []entry[domain.CardStatus]{
		{"active", domain.CardActive}, {"blocked", domain.CardBlocked}, {"ordered", domain.CardOrdered},
	}
	truths = []entry[bool]{{"true", true}, {"false", false}, {"1", true}, {"0", false}, {"yes", true}, {"no", false}}
)

func text[R any](name string, limit int, shape func(string) (string, Reason), at func(*R) *string) column[R] {
	return column[R]{
		name: name, limit: limit,
		read: func(r *R, s string) (why Reason) {
			*at(r), why = shape(s)
			return why
		},
		write: func(r *R) string { return *at(r) },
		take:  taking(at), contradicts: contradiction(at),
	}
}

func number[R any, T ~string](name string, parse func(string) (T, error), at func(*R) *T) column[R] {
	return column[R]{
		name: name, limit: idLimit, closed: true,
		read: func(r *R, s string) Reason {
			n, err := parse(s)
			*at(r) = n
			return reasonOf(err)
		},
		write: func(r *R) string { return string(*at(r)) },
		take:  taking(at), contradicts: contradiction(at),
	}
}

// known and partlyKnown say whether a date may have 00 parts.
const (
	known       = false
	partlyKnown = true
)

func day[R any](name string, partly bool, at func(*R) *date.Date) column[R] {
	return column[R]{
		name: name, limit: wordLimit, closed: true,
		read: func(r *R, s string) Reason {
			d, err := date.Parse(s)
			*at(r) = d
			switch {
			case err != nil:
				return reasonOf(err)
			case !partly && !d.Complete():
				return Day
			case d < earliest:
				return Implausible
			}
			return ""
		},
		write: func(r *R) string { return at(r).String() },
		take:  taking(at), contradicts: contradiction(at),
	}
}

func word[R any, T comparable](name string, entries []entry[T], at func(*R) *T) column[R] {
	return column[R]{
		name: name, limit: wordLimit, closed: true,
		read: func(r *R, s string) Reason {
			for _, e := range entries {
				if e.word == lower(s) {
					*at(r) = e.value
					return ""
				}
			}
			return Word
		},
		write: func(r *R) string {
			for _, e := range entries {
				if e.value == *at(r) {
					return e.word
				}
			}
			return ""
		},
		take: taking(at), contradicts: contradiction(at),
	}
}

// flag writes nothing for false: an empty cell says the same.
func flag[R any](name string, at func(*R) *bool) column[R] {
	c := word(name, truths, at)
	c.flag, c.closed = true, false
	c.write = func(r *R) string {
		if *at(r) {
			return "true"
		}
		return ""
	}
	return c
}

func taking[R, T any](at func(*R) *T) func(to, from *R) {
	return func(to, from *R) { *at(to) = *at(from) }
}

func contradiction[R any, T comparable](at func(*R) *T) func(has, says *R) bool {
	var none T
	return func(has, says *R) bool { return *at(says) != none && *at(says) != *at(has) }
}

// reasonOf turns the verdict of a standard's parser into a reason.
func reasonOf(err error) Reason {
	if err == nil {
		return ""
	}
	switch list := problem.From(err); {
	case list.Has(problem.CheckDigit):
		return CheckDigit
	case list.Has(problem.Issuer):
		return Issuer
	case list.Has(problem.Date):
		return Day
	}
	return Format
}
