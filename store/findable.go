package store

import (
	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/store/kv"
	"schalter/store/seal"
)

// openFindable opens of a stored member what they are found by: what the index
// and the families take. All members are read like this at the start, so it skips
// the rest, and reads the CBOR itself: the decoder takes four times as long, half
// of what the start takes. Numbers are those of the fields of domain.Member.
func (s *Store) openFindable(ring *seal.Ring, pair kv.Pair) (domain.Member, error) {
	plain, err := ring.Open(pair.Key, pair.Value)
	if err != nil {
		return domain.Member{}, err
	}
	c := cursor{rest: string(plain)}
	if c.cut(1) != string(rune(recordVersion)) {
		return domain.Member{}, errVersion
	}
	m := domain.Member{ID: domain.MemberID(number(pair.Key))}
	for field := range c.fields() {
		switch field {
		case 1:
			m.KVNR = kvnr.KVNR(c.text())
		case 3:
			c.name(&m.Name)
		case 4:
			m.BirthDate = date.Date(c.unsigned())
		case 6:
			c.only(4, func() { m.Address.Postcode = c.text() })
		case 8:
			c.only(2, func() { m.Insurance.Main = kvnr.KVNR(c.text()) })
		case 10:
			for range c.items() {
				var card domain.Card
				c.only(1, func() { card.ICCSN = iccsn.ICCSN(c.text()) })
				m.Cards = append(m.Cards, card)
			}
		default:
			c.skip(maxDepth)
		}
	}
	if c.broken || c.rest != "" { // written otherwise than by this program
		return s.openMember(ring, pair)
	}
	return m, nil
}

func (c *cursor) name(n *domain.Name) {
	for field := range c.fields() {
		switch field {
		case 2:
			n.Given = c.text()
		case 3:
			n.Prefix = c.text()
		case 4:
			n.Surname = c.text()
		case 5:
			n.Suffix = c.text()
		case 6:
			n.BirthName = c.text()
		default:
			c.skip(maxDepth)
		}
	}
}
