package index

import (
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/iccsn"
	"schalter/domain/name"
)

// condition is one thing that must hold for a hit: a word of the name, or two as
// one, that begins with one of the prefixes; a word with one of the sounds; or a
// value in one of the ranges.
type condition struct {
	prefixes [][]byte
	sounds   [][]byte // Kölner Phonetik
	ranges   []ranged
	// by is what a hit has answered; 0 leaves it to the range that holds.
	by find.By
}

// ranged is a range of packed values in a column.
type ranged struct {
	in column
	keys
}

// column is one of those that are searched by value.
type column uint8

const (
	inBirths column = iota
	inNumbers
	inPlaces
	inCards
)

// by is what a hit in the column has answered.
func (c column) by() find.By {
	return [...]find.By{inBirths: find.ByBirthDate, inNumbers: find.ByKVNR, inPlaces: find.ByPostcode, inCards: find.ByCard}[c]
}

// keys is a range of values; to is not in it.
type keys struct{ from, to uint64 }

func (k keys) has(key uint64) bool { return k.from <= key && key < k.to }

// one is the range of one value; of none, which is packed as 0, it is empty: a
// number that does not exist does not find those who have none.
func one[T ~uint32 | ~uint64](key T) keys { return from(key, 1) }

func from[T ~uint32 | ~uint64](key, count T) keys {
	if key == 0 {
		return keys{}
	}
	return keys{uint64(key), uint64(key + count)}
}

// strictness is how the words of names are asked for. Where one finds nobody, the
// next is tried.
type strictness uint8

const (
	asTyped strictness = iota
	withoutSmall
	bySound
)

// applies reports whether a strictness asks for anything else than the one before.
func (how strictness) applies(q *find.Query) bool {
	small := 0
	for _, t := range q.Names {
		if t.Small {
			small++
		}
	}
	switch how {
	case withoutSmall:
		return small > 0 && small < len(q.Names)
	case bySound:
		return small < len(q.Names)
	}
	return true
}

// conditions are what a query asks for.
func conditions(q *find.Query, how strictness) []condition {
	all := make([]condition, 0, len(q.Names)+4)
	all = appendNames(all, q, how)
	births, cards := birthRanges(q.BirthDates), cardRanges(q.CardDigits)
	if q.Ambiguous {
		all = append(all, condition{ranges: append(births, cards...)})
		births, cards = nil, nil
	}
	all = appendRanges(all, inBirths, births)
	all = appendRanges(all, inCards, cards)
	if q.DayMonth != 0 {
		all = appendRanges(all, inBirths, dayRanges(q.DayMonth))
	}
	if q.KVNR != "" {
		all = appendRanges(all, inNumbers, []ranged{{inNumbers, one(packKVNR(string(q.KVNR)))}})
	}
	if q.KVNRPart != "" {
		all = appendRanges(all, inNumbers, []ranged{{inNumbers, from(packKVNR(q.KVNRPart), kvnrsFrom(q.KVNRPart))}})
	}
	if q.Postcode != "" {
		all = appendRanges(all, inPlaces, []ranged{{inPlaces, one(packPostcode(q.Postcode))}})
	}
	return all
}

func appendRanges(all []condition, in column, ranges []ranged) []condition {
	if len(ranges) == 0 {
		return all
	}
	return append(all, condition{ranges: ranges, by: in.by()})
}

func appendNames(all []condition, q *find.Query, how strictness) []condition {
	for i, t := range q.Names {
		if how > asTyped && t.Small {
			continue
		}
		c := condition{by: find.ByName}
		c.prefixes = appendFoldings(c.prefixes, t)
		for from := i - find.MaxJoined + 1; from <= i; from++ {
			for to := i + 1; to <= from+find.MaxJoined; to++ {
				if joined, ok := q.Joined(from, to); ok {
					c.prefixes = appendFoldings(c.prefixes, joined)
				}
			}
		}
		if how == bySound {
			c.by = find.BySound
			c.sounds = soundsOf(t)
		}
		all = append(all, c)
	}
	return all
}

func appendFoldings(prefixes [][]byte, t find.Term) [][]byte {
	prefixes = append(prefixes, []byte(t.Wide))
	if t.Narrow != t.Wide {
		prefixes = append(prefixes, []byte(t.Narrow))
	}
	return prefixes
}

func soundsOf(t find.Term) (sounds [][]byte) {
	wide, narrow := name.Phonetic(t.Wide), name.Phonetic(t.Narrow)
	if len(wide) >= shortestSound {
		sounds = append(sounds, []byte(wide))
	}
	if len(narrow) >= shortestSound && narrow != wide {
		sounds = append(sounds, []byte(narrow))
	}
	return sounds
}

// birthRanges are the days that match one of the dates in every part both know
// (date.Date.Matches): a record may lack the day or the month, and so may what
// was typed.
func birthRanges(dates []date.Date) []ranged {
	var all []ranged
	add := func(year, month, day int) {
		d := date.Date(year*1_0000 + month*100 + day)
		all = append(all, ranged{inBirths, one(turned(d))})
	}
	for _, d := range dates {
		add(d.Year(), 0, 0)
		firstMonth, lastMonth := known(d.Month(), 12)
		firstDay, lastDay := known(d.Day(), 31)
		for month := firstMonth; month <= lastMonth; month++ {
			add(d.Year(), month, 0)
			for day := firstDay; day <= lastDay; day++ {
				add(d.Year(), month, day)
			}
		}
	}
	return all
}

// known is the range from n to n, and all from 1 if n is 0.
func known(n, all int) (first, last int) {
	if n == 0 {
		return 1, all
	}
	return n, n
}

// dayRanges are the birth dates of any year that match month and day.
func dayRanges(monthDay int) []ranged {
	const years = 1_0000
	day, month := uint64(monthDay), uint64(monthDay/100*100)
	return []ranged{
		{inBirths, keys{day * years, (day + 1) * years}},
		{inBirths, keys{month * years, (month + 1) * years}},
		{inBirths, keys{1, years}},
	}
}

// cardRanges: the last six digits are the upper half of a packed card.
func cardRanges(digits string) []ranged {
	if digits == "" {
		return nil
	}
	if len(digits) != lastSix {
		return []ranged{{inCards, one(packCard(iccsn.ICCSN(digits)))}}
	}
	six, ok := number(digits)
	if !ok {
		return []ranged{{inCards, keys{}}}
	}
	return []ranged{{inCards, keys{six << 32, (six + 1) << 32}}}
}
