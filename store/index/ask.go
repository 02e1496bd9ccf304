package index

import (
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/iccsn"
	"schalter/domain/name"
)

// condition is one thing that must hold for a hit: a word of the name that
// begins or sounds like one of the needles, or a value in one of the ranges.
type condition struct {
	needles []needle
	ranges  []ranged
	by      find.By
}

// needle is what is looked for among the words of a name: beforeWord and the
// beginning of a word, or beforeSound, a phonetic code and afterSound.
type needle []byte

func (n needle) isSound() bool { return n[0] == beforeSound }

// text is the beginning or the code.
func (n needle) text() []byte {
	if n.isSound() {
		return n[1 : len(n)-1]
	}
	return n[1:]
}

// ranged is a range of values in a column.
type ranged struct {
	in column
	keys
	by find.By
}

// column is one of those that are searched by value.
type column uint8

const (
	inBirths column = iota
	inNumbers
	inPlaces
	inCards
)

// keys is a range of packed values.
type keys struct{ from, to uint64 } // to is not in it

func (k keys) has(key uint64) bool { return k.from <= key && key < k.to }

func one[T ~uint32 | ~uint64](key T) keys { return keys{uint64(key), uint64(key) + 1} }

// strictness is how the words of names are asked for. Where one finds nobody, the
// next is tried.
type strictness uint8

const (
	asTyped strictness = iota
	withoutSmall
	bySound
)

// conditions are what a query asks for.
func conditions(q *find.Query, how strictness) []condition {
	all := make([]condition, 0, len(q.Names)+4)
	all = appendNames(all, q, how)
	births, cards := birthRanges(q.BirthDates), cardRanges(q.CardDigits)
	if q.Ambiguous {
		all = appendRanges(all, append(births, cards...))
	} else {
		all = appendRanges(all, births)
		all = appendRanges(all, cards)
	}
	if q.DayMonth != 0 {
		all = appendRanges(all, dayRanges(q.DayMonth))
	}
	if q.KVNR != "" {
		all = appendRanges(all, []ranged{{inNumbers, one(packKVNR(string(q.KVNR))), find.ByKVNR}})
	}
	if q.KVNRPart != "" {
		from := packKVNR(q.KVNRPart)
		all = appendRanges(all, []ranged{{inNumbers, keys{uint64(from), uint64(from + kvnrsFrom(q.KVNRPart))}, find.ByKVNR}})
	}
	if q.Postcode != "" {
		all = appendRanges(all, []ranged{{inPlaces, one(packPostcode(q.Postcode)), find.ByPostcode}})
	}
	return all
}

func appendRanges(all []condition, ranges []ranged) []condition {
	if len(ranges) == 0 {
		return all
	}
	return append(all, condition{ranges: ranges})
}

func appendNames(all []condition, q *find.Query, how strictness) []condition {
	for i, t := range q.Names {
		if how > asTyped && t.Small {
			continue
		}
		c := condition{by: find.ByName}
		c.needles = appendWord(c.needles, t)
		if joined, ok := q.Joined(i - 1); ok {
			c.needles = appendWord(c.needles, joined)
		}
		if joined, ok := q.Joined(i); ok {
			c.needles = appendWord(c.needles, joined)
		}
		if how == bySound {
			c.by = find.BySound
			c.needles = appendSound(c.needles, t)
		}
		all = append(all, c)
	}
	return all
}

func appendWord(needles []needle, t find.Term) []needle {
	needles = append(needles, append(needle{beforeWord}, t.Wide...))
	if t.Narrow != t.Wide {
		needles = append(needles, append(needle{beforeWord}, t.Narrow...))
	}
	return needles
}

func appendSound(needles []needle, t find.Term) []needle {
	wide, narrow := name.Phonetic(t.Wide), name.Phonetic(t.Narrow)
	if len(wide) >= shortestSound {
		needles = append(needles, append(append(needle{beforeSound}, wide...), afterSound))
	}
	if len(narrow) >= shortestSound && narrow != wide {
		needles = append(needles, append(append(needle{beforeSound}, narrow...), afterSound))
	}
	return needles
}

// birthRanges are the days that match one of the dates in every part both know
// (date.Date.Matches): a record may lack the day or the month, and so may what
// was typed.
func birthRanges(dates []date.Date) []ranged {
	var all []ranged
	add := func(year, month, day int) {
		d := date.Date(year*1_0000 + month*100 + day)
		all = append(all, ranged{inBirths, one(turned(d)), find.ByBirthDate})
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
		{inBirths, keys{day * years, (day + 1) * years}, find.ByBirthDate},
		{inBirths, keys{month * years, (month + 1) * years}, find.ByBirthDate},
		{inBirths, keys{1, years}, find.ByBirthDate},
	}
}

// cardRanges: the last six digits are the upper half of a packed card.
func cardRanges(digits string) []ranged {
	if digits == "" {
		return nil
	}
	if len(digits) != lastSix {
		return []ranged{{inCards, one(packCard(iccsn.ICCSN(digits))), find.ByCard}}
	}
	six, _ := number(digits)
	return []ranged{{inCards, keys{six << 32, (six + 1) << 32}, find.ByCard}}
}
