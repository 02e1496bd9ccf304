package practice

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// dice draw everything from one source, so that a seed is all there is to know.
type dice struct{ *rand.Rand }

// newDice throws one sequence for each seed and purpose.
func newDice(seed, purpose uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, purpose))}
}

// oneIn1000 reports true in so many of a thousand cases.
func (d dice) oneIn1000(cases int) bool { return d.IntN(1000) < cases }

// between draws from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// of draws one of a list, all alike.
func (d dice) of(list []string) string { return list[d.IntN(len(list))] }

// ranked is a list that begins with the most frequent. The entry at place i is
// drawn in proportion to 1/(i+flat): the greater flat, the more alike. Whole
// numbers make every machine draw the same.
type ranked struct {
	list []string
	upto []int // sums of the weights
}

func newRanked(list []string, flat int) ranked {
	const scale = 1_000_000
	r := ranked{list: list, upto: make([]int, len(list))}
	sum := 0
	for i := range list {
		sum += scale / (i + flat)
		r.upto[i] = sum
	}
	return r
}

func (d dice) ranked(r ranked) string {
	at := d.IntN(r.upto[len(r.upto)-1])
	i, exact := slices.BinarySearch(r.upto, at)
	if exact {
		i++
	}
	return r.list[i]
}

// words cuts a list of names; a plus stands for a space within a name.
func words(list string) []string {
	names := strings.Fields(list)
	for i := range names {
		names[i] = strings.ReplaceAll(names[i], "+", " ")
	}
	return names
}
