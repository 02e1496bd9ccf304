package index

import (
	"bytes"

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

// splitter cuts the names of a member into folded words. It keeps its buffers
// from one member to the next.
type splitter struct {
	text   []byte // a field folded, words with single spaces between
	narrow []byte
	run    []byte // the same without spaces
	starts []int  // of the words in run
}

// words calls yield with every word a member is found by: those of the surname
// and of the given names in the wide folding and in order, then the others. The
// bytes are valid until the next call.
func (s *splitter) words(n domain.Name, yield func(word []byte, in role)) {
	s.wide(n.Surname, surname, yield)
	s.wide(n.Given, given, yield)
	s.others(n, yield)
}

// others yields what else a member is found by; words may come again: the narrow
// folding, particle, suffix, birth name, and every run of words to the end of its
// part as one (Karl-Heinz is also karlheinz, van der Berg also vanderberg and
// derberg).
func (s *splitter) others(n domain.Name, yield func(word []byte, in role)) {
	s.rest(n.Given, true, yield)
	s.rest(n.BirthName, false, yield)
	s.rest(n.Suffix, false, yield)
	if n.Prefix == "" {
		s.rest(n.Surname, true, yield)
		return
	}
	s.rest(n.Prefix+" "+n.Surname, false, yield)
}

func (s *splitter) wide(part string, in role, yield func([]byte, role)) {
	s.text = name.AppendFold(s.text[:0], part, name.Wide)
	for word := range bytes.FieldsSeq(s.text) {
		yield(word, in)
	}
}

// rest yields the words and runs of a part in both foldings; with known, its
// single words in the wide one were yielded before.
func (s *splitter) rest(part string, known bool, yield func([]byte, role)) {
	if part == "" {
		return
	}
	s.text = name.AppendFold(s.text[:0], part, name.Wide)
	s.narrow = name.AppendFold(s.narrow[:0], part, name.Narrow)
	s.runs(s.text, !known, yield)
	if !bytes.Equal(s.text, s.narrow) {
		s.runs(s.narrow, true, yield)
	}
}

// runs yields the runs of two or more words that reach to the end, and the
// single words if asked. Runs that end earlier begin one of these.
func (s *splitter) runs(text []byte, singles bool, yield func([]byte, role)) {
	s.run, s.starts = s.run[:0], s.starts[:0]
	for word := range bytes.FieldsSeq(text) {
		s.starts = append(s.starts, len(s.run))
		s.run = append(s.run, word...)
		if singles {
			yield(word, alone)
		}
	}
	for i, start := range s.starts {
		if i+1 < len(s.starts) {
			yield(s.run[start:], alone)
		}
	}
}
