package index

import (
	"bytes"
	"unicode/utf8"

	"schalter/domain"
	"schalter/domain/name"
)

// role is what a word does in a name besides being found.
type role uint32

const (
	// alone words are only found.
	alone role = iota
	// surname and given words, in the order of the name, make the order of the
	// list and tell look-alikes.
	surname
	given
)

// words takes the folded words a member is found by. The bytes it is given are
// valid during the call only.
type words interface {
	word(text []byte, in role)
	// join takes two neighbours in a part of a name that may be written as one
	// word, the first perhaps being several already: Karl-Heinz is also karlheinz,
	// van der Berg also vanderberg, of which first is vander.
	join(first, second []byte)
}

// splitter cuts the names of a member into folded words. It keeps its buffers
// from one member to the next.
type splitter struct {
	// Parts folded, words with single spaces between: surname and given names in
	// the wide folding, another part in both.
	last, first, wide, narrow []byte

	run  []byte // a part without spaces
	ends []int  // of the words in it
}

// split gives to first the words of the surname, then those of the given names,
// each in the wide folding and in order, then the others, some of them again: the
// narrow folding, particle, suffix and birth name, and what may be joined. The
// particle goes with the surname.
func (s *splitter) split(n domain.Name, to words) {
	s.last = name.AppendFold(s.last[:0], n.Surname, name.Wide)
	s.first = name.AppendFold(s.first[:0], n.Given, name.Wide)
	for word := range bytes.FieldsSeq(s.last) {
		to.word(word, surname)
	}
	for word := range bytes.FieldsSeq(s.first) {
		to.word(word, given)
	}
	s.known(n.Given, s.first, to)
	s.others(n.BirthName, to)
	s.others(n.Suffix, to)
	if n.Prefix == "" {
		s.known(n.Surname, s.last, to)
		return
	}
	s.others(n.Prefix+" "+n.Surname, to)
}

// known gives a part whose words in the wide folding were given before.
func (s *splitter) known(part string, wide []byte, to words) {
	s.runs(wide, true, to)
	s.narrowly(part, wide, to)
}

// others gives a part of which nothing was given.
func (s *splitter) others(part string, to words) {
	if part == "" {
		return
	}
	s.wide = name.AppendFold(s.wide[:0], part, name.Wide)
	s.runs(s.wide, false, to)
	s.narrowly(part, s.wide, to)
}

// narrowly gives the narrow folding if it is another; of ASCII it never is.
func (s *splitter) narrowly(part string, wide []byte, to words) {
	if isASCII(part) {
		return
	}
	s.narrow = name.AppendFold(s.narrow[:0], part, name.Narrow)
	if !bytes.Equal(wide, s.narrow) {
		s.runs(s.narrow, false, to)
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runs gives the words of a part, unless they are known, and those that may be
// joined.
func (s *splitter) runs(text []byte, known bool, to words) {
	s.run, s.ends = s.run[:0], s.ends[:0]
	for word := range bytes.FieldsSeq(text) {
		start := 0
		for _, end := range s.ends {
			to.join(s.run[start:], word)
			start = end
		}
		s.run = append(s.run, word...)
		s.ends = append(s.ends, len(s.run))
		if !known {
			to.word(word, alone)
		}
	}
}
