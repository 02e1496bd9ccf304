// Package find reads what staff type into the one search field and says what it
// looks like: a KVNR or part of one, a card number or its last digits, a birth
// date in the usual forms, a postcode, name parts in any order, or several of
// these together.
//
//	find.Parse("mue 140362", today) // names "mue", birth date 1962-03-14
//
// It knows nothing of an index; package store/index answers its queries.
package find

import (
	"schalter/domain/date"
	"schalter/domain/kvnr"
	"schalter/domain/name"
)

// Query is what the text of the search field means. Empty parts are not asked
// for; the parts that are there must all hold.
type Query struct {
	// Names are folded name parts in the order typed: each is the beginning of
	// some part of the member's names. Both foldings of each are tried.
	Names []Term
	// BirthDates are the dates that the typed digits can mean; one must match in
	// the sense of date.Date.Matches, the most plausible comes first.
	BirthDates []date.Date
	// DayMonth is set (mmdd) where a date was typed only in part: 314 for 14.03.
	DayMonth int
	// KVNR is a whole number; KVNRPart the beginning of one, at least a letter
	// and three digits.
	KVNR     kvnr.KVNR
	KVNRPart string
	// CardDigits are the last six digits of a card's Kennnummer, or all twenty.
	CardDigits string
	Postcode   string
	// Ambiguous: six digits can be a date and card digits; both are in the
	// query, and a hit needs one of them.
	Ambiguous bool
	// Mistyped: the text holds what looks like a whole KVNR with a wrong check
	// digit. Nobody has such a number, so nothing is found, and staff are told.
	Mistyped bool
	// Unread: a part of the text is none of these, as the digits of a date that
	// is still being typed, or is more than one query takes. It is not asked for,
	// and no hit is exact.
	Unread bool
}

// Term is one typed name part in both foldings (ä→ae and ä→a).
type Term struct {
	Wide, Narrow string
	// Small: a word that comes with a name without belonging to it in every
	// record (von, Freiherr, Frau). It is asked for first, and left out where
	// nobody has it.
	Small bool
}

// Empty reports whether nothing is asked for.
func (q Query) Empty() bool {
	return len(q.Names) == 0 && len(q.BirthDates) == 0 && q.DayMonth == 0 && q.KVNR == "" &&
		q.KVNRPart == "" && q.CardDigits == "" && q.Postcode == "" && !q.Mistyped
}

// Joined returns the name parts from one to before another as one word where
// they may be written as one: Karl Heinz is also Karlheinz, van der Berg also
// Vanderberg. There are two or three of them. A part of one or two letters is
// joined to the next only if it is a particle, for "m ach" is an initial.
func (q Query) Joined(from, to int) (Term, bool) {
	if from < 0 || to > len(q.Names) || to-from < 2 || to-from > MaxJoined {
		return Term{}, false
	}
	var one Term
	for i, t := range q.Names[from:to] {
		last := from+i+1 == to
		if len(t.Wide) < shortest && (last || !name.IsParticle(t.Wide)) {
			return Term{}, false
		}
		one.Wide += t.Wide
		one.Narrow += t.Narrow
	}
	return one, true
}

// MaxJoined is how many name parts may be one word.
const MaxJoined = 3

// shortest is how many letters make a word of its own, not an initial.
const shortest = 3

// Narrow reports whether the query asks by card digits or postcode, which on the
// phone is journalled and limited.
func (q Query) Narrow() bool { return q.CardDigits != "" || q.Postcode != "" }

// By says which part of an ambiguous query a hit answered.
type By uint8

// The ways of a hit.
const (
	ByName By = 1 << iota
	ByBirthDate
	ByKVNR
	ByCard
	ByPostcode
	BySound
)

// Hit is one member found.
type Hit struct {
	ID uint64 // domain.MemberID; this package knows no members
	By By
	// Lookalike: another member has the same name and birth day.
	Lookalike bool
}

// Result is what a search found, in the order of DIN 5007 variant 2.
type Result struct {
	Hits []Hit
	// Total counts all hits up to a bound; More says that it stopped there.
	Total int
	More  bool
	// Sound: nothing matched exactly and these sound alike.
	Sound bool
	// Exact: one hit that a whole KVNR, a whole card number or a card's last six
	// digits and nothing else decided. Digits that may be a date as well decide
	// nothing.
	Exact bool
	// Loading: the names are still being read; what is here came by KVNR.
	Loading bool
	// Percent of the names are read while Loading.
	Percent int
}
