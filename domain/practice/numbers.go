package practice

import (
	"fmt"

	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
)

// The numbers of the generator are A0000 0000 to Z9999 9999 without the run of
// sevens, which is the cast's.
const (
	letters = 26
	runs    = 9
	perRun  = 10_000
	castRun = 7
)

// numbers gives out KVNRs and card numbers, each once. Steps without a common
// divisor with the number of numbers go through all of them and scatter them.
type numbers struct {
	person, card uint64
}

const (
	personStep = 1_000_003
	cardStep   = 7_390_001
	cards      = 10_000_000_000
)

func newNumbers(seed uint64) numbers {
	d := newDice(seed, 2)
	return numbers{person: d.Uint64N(MaxPeople), card: d.Uint64N(cards)}
}

// nextKVNR returns the next number of a person.
func (n *numbers) nextKVNR() kvnr.KVNR {
	n.person = (n.person + personStep) % MaxPeople
	letter, rest := n.person%letters, n.person/letters
	run, last := rest%runs, rest/runs
	if run >= castRun {
		run++
	}
	return numbered(letter, run, last)
}

// nextICCSN returns the next number of a card. The last six digits are different
// for a million cards.
func (n *numbers) nextICCSN() iccsn.ICCSN {
	n.card = (n.card + cardStep) % cards
	return iccsn.ICCSN(fmt.Sprintf("8027699999%010d", n.card))
}

// numbered makes a number of a letter, four equal digits and four others.
func numbered(letter, run, last uint64) kvnr.KVNR {
	first9 := fmt.Sprintf("%c%04d%04d", 'A'+rune(letter), run*1111, last)
	check, err := kvnr.CheckDigit(first9)
	if err != nil {
		panic("practice: " + err.Error()) // of nine characters made above
	}
	return kvnr.KVNR(first9 + string(check))
}
