package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/kvnr"
	"schalter/domain/name"
)

// person is what queries are made from.
type person struct {
	KVNR           kvnr.KVNR
	surname, given string // folded
	birth          date.Date
	postcode, card string
}

func personOf(m domain.Member) person {
	p := person{
		KVNR: m.KVNR, surname: folded(m.Name.Surname), given: folded(m.Name.Given),
		birth: m.BirthDate, postcode: m.Address.Postcode,
	}
	if len(m.Cards) > 0 {
		p.card = m.Cards[0].ICCSN.Last6()
	}
	return p
}

// folded is a name as the engines compare it.
func folded(s string) string {
	wide, _ := name.Fold(s)
	return wide
}

// asked is one search in the words of each engine: typed for ours, prefixes of
// names and a birth date for the peers, which are asked what they can be.
type asked struct {
	typed    string
	prefixes []string
	birth    date.Date
}

// kinds are the kinds of query.
var kinds = []struct {
	name string
	of   func(p person) asked
}{
	{"2 letters", func(p person) asked { return asked{begin(p.surname, 2), []string{begin(p.surname, 2)}, 0} }},
	{"5 letters", func(p person) asked { return asked{begin(p.surname, 5), []string{begin(p.surname, 5)}, 0} }},
	{"surname and given name, 3 each", func(p person) asked {
		return asked{begin(p.surname, 3) + " " + begin(p.given, 3), []string{begin(p.surname, 3), begin(p.given, 3)}, 0}
	}},
	{"3 letters and birth date", func(p person) asked {
		return asked{begin(p.surname, 3) + " " + typed(p.birth), []string{begin(p.surname, 3)}, p.birth}
	}},
	{"birth date", func(p person) asked { return asked{typed(p.birth), nil, p.birth} }},
	{"KVNR", func(p person) asked { return asked{typed: string(p.KVNR)} }},
	{"beginning of a KVNR", func(p person) asked { return asked{typed: string(p.KVNR)[:6]} }},
	{"postcode", func(p person) asked { return asked{typed: p.postcode} }},
	{"six digits of a card", func(p person) asked { return asked{typed: p.card} }},
	{"sound alike", func(p person) asked { return asked{typed: begin(p.surname, 12) + "tt"} }},
	{"nobody", func(p person) asked { return asked{typed: "qqx " + begin(p.given, 2)} }},
}

func typed(d date.Date) string { return fmt.Sprintf("%02d.%02d.%04d", d.Day(), d.Month(), d.Year()) }

func begin(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// listed is how many rows a list shows.
const listed = 50

// compare prints the median and the 99th percentile of each kind.
func compare(ctx context.Context, c *counter, lite *sqlite, hits *bleveIndex, people []person, today date.Date) error {
	fmt.Printf("\n%-34s %20s %20s %20s\n", "p50 / p99 in µs, best of five", "ours, with count", "FTS5, name order", "bleve, name order")
	for _, kind := range kinds {
		ours, err := each(people, func(p person) error {
			_, err := c.store.Search(find.Parse(kind.of(p).typed, today), listed)
			return err
		})
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%-34s %20s", kind.name, ours)
		if q := kind.of(people[0]); lite != nil && (len(q.prefixes) > 0 || q.birth != 0) {
			few := people[:50]
			theirs, err := each(few, func(p person) error { return lite.search(ctx, kind.of(p)) })
			if err != nil {
				return err
			}
			others, err := each(few, func(p person) error { return hits.search(kind.of(p)) })
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %20s %20s", theirs, others)
		}
		if ours.p99 > time.Millisecond {
			line += "  missed"
		}
		fmt.Println(line)
	}
	return nil
}

// spread is the median and the 99th percentile.
type spread struct{ p50, p99 time.Duration }

func (s spread) String() string {
	return fmt.Sprintf("%d / %d", s.p50.Microseconds(), s.p99.Microseconds())
}

// asks is how often each query is asked. Its fastest answer counts: what other
// programs on the machine take is not the search's.
const asks = 5

func each(people []person, ask func(person) error) (spread, error) {
	times := make([]time.Duration, 0, len(people))
	for _, p := range people {
		fastest := time.Duration(math.MaxInt64)
		for range asks {
			took, err := timed(func() error { return ask(p) })
			if err != nil {
				return spread{}, err
			}
			fastest = min(fastest, took)
		}
		times = append(times, fastest)
	}
	slices.Sort(times)
	return spread{times[len(times)/2], times[len(times)*99/100]}, nil
}
