// Package practice invents the people whom new staff serve before they serve
// anybody real: names as frequent as they are at a counter, families under one
// address, people who are mixed up easily, cards in every state, and the papers
// such people would put down.
//
//	people := practice.People(practice.Seed, today, practice.Size)
//	papers := practice.PapersOf(people[0], practice.Seed, today)
//
// Nothing is random: the same seed and day give the same people, and another
// day moves what depends on it (ages, validity of cards) with it.
//
// Nobody is meant. Names, birth dates and towns are drawn apart from each other,
// and the numbers are such that no real person can have them:
//
//   - A KVNR is never issued with more than three equal digits in a row
//     (comment on Versicherten_ID in gematik's Schema_VSD); those here begin
//     with four. Their check digits are right.
//   - Cards bear 99999 or 99998 where the issuer's number stands.
//   - Telephone numbers are those kept free for media productions, mail
//     addresses end in a domain reserved for examples.
//
// The exceptions are people that were published to be used like this: Erika
// Mustermann of the specimen documents, and five insured persons of gematik's
// test cards under their published numbers, so that such a card finds its
// member.
package practice

import (
	"schalter/domain"
	"schalter/domain/date"
)

const (
	// Seed is that of the practice counter.
	Seed uint64 = 2027
	// Size is how many people the practice counter has.
	Size = 2000
	// MaxPeople is how many people there can be, for so many numbers exist.
	MaxPeople = letters * runs * perRun
)

// People returns n people; the first are always the same cast, see [Cast]. today
// is the day they live on. More than MaxPeople are not given.
func People(seed uint64, today date.Date, n int) []domain.Member {
	people := make([]domain.Member, min(n, MaxPeople))
	next := all(seed, today)
	for i := range people {
		people[i] = next()
	}
	return people
}

// all gives out the cast, and then one invented person after the other.
func all(seed uint64, today date.Date) (next func() domain.Member) {
	cast, g := Cast(today), newGenerator(seed, today)
	return func() domain.Member {
		if len(cast) == 0 {
			return g.next()
		}
		m := cast[0]
		cast = cast[1:]
		return m
	}
}
