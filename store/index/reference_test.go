package index_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/name"
)

// people is the search written down as its rules read, without any index: the
// measure of the tests and the rival of the benchmark.
type people map[uint64]*person

type person struct {
	domain.Member
	words          []string // whatever one of them begins with finds the person
	codes          map[string]bool
	surname, given []string
}

func personOf(m domain.Member) *person {
	p := &person{Member: m, codes: map[string]bool{}}
	for _, part := range []string{m.Name.Given, strings.TrimSpace(m.Name.Prefix + " " + m.Name.Surname), m.Name.BirthName, m.Name.Suffix} {
		p.addRuns(name.Tokens(part), func(t name.Token) string { return t.Wide })
		p.addRuns(name.Tokens(part), func(t name.Token) string { return t.Narrow })
	}
	p.surname, p.given = wide(m.Name.Surname), wide(m.Name.Given)
	return p
}

// addRuns adds the words of a part, and what they make written together to the
// end of the part.
func (p *person) addRuns(tokens []name.Token, fold func(name.Token) string) {
	for i := range tokens {
		run := ""
		for _, t := range tokens[i:] {
			run += fold(t)
		}
		p.words = append(p.words, fold(tokens[i]), run)
		p.codes[name.Phonetic(fold(tokens[i]))] = true
	}
}

func wide(s string) (words []string) {
	for _, t := range name.Tokens(s) {
		words = append(words, t.Wide)
	}
	return words
}

func (p *person) begins(with ...string) bool {
	return slices.ContainsFunc(p.words, func(word string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasPrefix(word, w) })
	})
}

func (p *person) sounds(like string) bool { return len(like) > 1 && p.codes[like] }

// lookalike is what look-alikes have in common.
func (p *person) lookalike() string {
	first := append(slices.Clone(p.given), "")[0]
	return fmt.Sprint(p.surname, first, p.BirthDate.Month(), p.BirthDate.Day())
}

func (p *person) compare(o *person) int {
	return cmp.Or(slices.Compare(p.surname, o.surname), slices.Compare(p.given, o.given),
		cmp.Compare(p.BirthDate, o.BirthDate), cmp.Compare(p.ID, o.ID))
}

// has reports by what a person answers a query; 0 is no hit.
func (p *person) has(q find.Query, small, sound bool) (by find.By) {
	for i, t := range q.Names {
		if t.Small && !small {
			continue
		}
		hit := p.begins(t.Wide, t.Narrow)
		for from := range i + 1 {
			for to := i + 1; to <= len(q.Names); to++ {
				if j, ok := q.Joined(from, to); ok {
					hit = hit || p.begins(j.Wide, j.Narrow)
				}
			}
		}
		if sound {
			hit = hit || p.sounds(name.Phonetic(t.Wide)) || p.sounds(name.Phonetic(t.Narrow))
			by |= find.BySound
		} else {
			by |= find.ByName
		}
		if !hit {
			return 0
		}
	}
	born := slices.ContainsFunc(q.BirthDates, p.BirthDate.Matches)
	card := q.CardDigits != "" && slices.ContainsFunc(p.Cards, func(c domain.Card) bool {
		return string(c.ICCSN) == q.CardDigits || c.ICCSN.Last6() == q.CardDigits
	})
	switch {
	case q.Ambiguous && !born && !card,
		!q.Ambiguous && len(q.BirthDates) > 0 && !born,
		!q.Ambiguous && q.CardDigits != "" && !card,
		q.KVNR != "" && p.KVNR != q.KVNR,
		!strings.HasPrefix(string(p.KVNR), q.KVNRPart),
		q.Postcode != "" && p.Address.Postcode != q.Postcode,
		q.DayMonth != 0 && !p.bornOn(q.DayMonth):
		return 0
	}
	for when, flag := range map[find.By]bool{
		find.ByBirthDate: born || q.DayMonth != 0, find.ByCard: card,
		find.ByKVNR: q.KVNR != "" || q.KVNRPart != "", find.ByPostcode: q.Postcode != "",
	} {
		if flag {
			by |= when
		}
	}
	return by
}

func (p *person) bornOn(monthDay int) bool {
	typed := date.Date(p.BirthDate.Year()*1_0000 + monthDay)
	return p.BirthDate == typed || !p.BirthDate.IsZero() && !p.BirthDate.Complete() && typed.Matches(p.BirthDate)
}

func (all people) search(q find.Query, limit int) find.Result {
	if q.Empty() || q.Mistyped {
		return find.Result{}
	}
	hasSmall := slices.ContainsFunc(q.Names, func(t find.Term) bool { return t.Small })
	hasOther := slices.ContainsFunc(q.Names, func(t find.Term) bool { return !t.Small })
	r := all.searchBy(q, limit, true, false)
	if r.Total == 0 && hasSmall && hasOther {
		r = all.searchBy(q, limit, false, false)
	}
	if r.Total == 0 && hasOther {
		r = all.searchBy(q, limit, false, true)
	}
	return r
}

func (all people) searchBy(q find.Query, limit int, small, sound bool) find.Result {
	var found []*person
	by := map[*person]find.By{}
	alike := map[string]int{}
	for _, p := range all {
		alike[p.lookalike()]++
		if b := p.has(q, small, sound); b != 0 {
			found, by[p] = append(found, p), b
		}
	}
	slices.SortFunc(found, (*person).compare)
	r := find.Result{Total: min(len(found), 1000), More: len(found) > 1000}
	if len(found) == 0 {
		return r
	}
	alone := q
	alone.CardDigits = ""
	whole := q.KVNR != "" || len(q.CardDigits) == 20 || q.CardDigits != "" && !q.Ambiguous && alone.Empty()
	r.Sound = sound
	r.Exact = len(found) == 1 && whole && !sound && !q.Unread
	for _, p := range found[:max(0, min(limit, len(found)))] {
		r.Hits = append(r.Hits, find.Hit{ID: uint64(p.ID), By: by[p], Lookalike: alike[p.lookalike()] > 1})
	}
	return r
}
