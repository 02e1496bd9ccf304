package name

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Sorter makes sort keys after DIN 5007-1:2005 variant 2, the order of telephone
// books: ä sorts as ae, ö as oe, ü as ue, ß as ss. It is not safe for concurrent
// use; every goroutine that sorts makes its own.
type Sorter struct {
	alike, apart *collate.Collator
	buf          collate.Buffer
}

// NewSorter returns a Sorter.
func NewSorter() *Sorter {
	order := language.MustParse("de-u-co-phonebk")
	return &Sorter{
		alike: collate.New(order, collate.Loose),
		apart: collate.New(order),
	}
}

// Key returns a key whose order under [bytes.Compare] is the order of the names:
// by surname, then by given names, both without regard to case, marks and
// spelling (Müller is Mueller); what is still equal, by the exact spelling. So
// Mueller and Müller form one run ordered by given name. Particles sort where
// the caller puts them: part of the surname if they are in it.
func (s *Sorter) Key(surname, given string) []byte {
	parts := [...][]byte{
		s.alike.KeyFromString(&s.buf, surname),
		s.alike.KeyFromString(&s.buf, given),
		s.apart.KeyFromString(&s.buf, surname),
		s.apart.KeyFromString(&s.buf, given),
	}
	n := 0
	for _, p := range parts {
		n += len(p) + len(between)
	}
	key := make([]byte, 0, n)
	for _, p := range parts {
		key = append(append(key, p...), between...)
	}
	s.buf.Reset()
	return key
}

// between ends a part of a key. It sorts before every collation weight, so that
// Mehl comes before Mehlmann.
const between = "\x00\x00\x00"
