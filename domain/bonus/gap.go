package bonus

import "slices"

// Gap is something that is missing, and what it would bring.
type Gap struct {
	// Group that lacks it.
	Group string
	// Measures of which a proof is missing. Several are a choice.
	Measures []string
	Exam     string // of a series
	// Stamp is the position of an entry that something is missing of, -1 where a
	// whole proof is.
	Stamp int
	// Wants says what an entry lacks: date, cost, value, or tokens of evidence.
	Wants []string
	// Days on which an entry that wants a date has to be dated.
	Days Span
	// Units is how many proofs are missing.
	Units int
	// Proofs that would do; where there is a choice, one of those that are worth
	// least. None means that nothing which has happened by the hand-in fills the
	// gap.
	Proofs []Proof
	// Brings is what filling this gap alone adds to the hypothetical total,
	// Together what filling all gaps of the group adds.
	Brings, Together Cents
	// UpTo: what is missing has a cost, and Brings is the most that any cost
	// brings. Unbounded: no cap ends it, so that Brings says nothing.
	UpTo, Unbounded bool
}

// Proof is an entry that is not there.
type Proof struct {
	Measure, Exam string
	// Days on which it has to be dated.
	Days Span
}

// What an entry may lack beside tokens of evidence.
const (
	WantDate  = "date"
	WantCost  = "cost"
	WantValue = "value"
)

// fill is a gap with the stamps that would close it. With a gap of an entry it
// is the entry mended.
type fill struct {
	gap    Gap
	stamps []Stamp
}

// put enters what fills a gap.
func (x fill) put(stamps []Stamp) []Stamp {
	if x.gap.Stamp == none {
		return append(stamps, x.stamps...)
	}
	for _, s := range x.stamps {
		stamps[x.gap.Stamp] = s
	}
	return stamps
}

// gaps returns what is missing, and the total if nothing were. What a gap brings
// is found by deciding once more with the gap filled: so it is what the
// programme would pay, with all caps and later groups.
func (t *tally) gaps() ([]Gap, Cents) {
	fills := t.findFills()
	if len(fills) == 0 {
		return nil, t.total
	}
	again := &tally{frame: t.frame}
	gaps := make([]Gap, len(fills))
	for i, x := range fills {
		x.gap.Brings = t.gain(again, x)
		x.gap.Unbounded = x.gap.UpTo && t.gain(again, x.cheaper()) != x.gap.Brings
		gaps[i] = x.gap
	}
	for from := 0; from < len(gaps); {
		to := from + 1
		for to < len(gaps) && gaps[to].Group == gaps[from].Group {
			to++
		}
		together := gaps[from].Brings
		if to > from+1 {
			together = t.gain(again, fills[from:to]...)
		}
		for ; from < to; from++ {
			gaps[from].Together = together
		}
	}
	if gaps[0].Group == gaps[len(gaps)-1].Group {
		return gaps, t.total + gaps[0].Together
	}
	return gaps, t.total + t.gain(again, fills...)
}

// gain is what filling gaps adds to the total.
func (t *tally) gain(again *tally, fills ...fill) Cents {
	stamps := slices.Clone(t.stamps)
	for _, x := range fills {
		stamps = x.put(stamps)
	}
	again.run(stamps)
	return again.total - t.total
}

// cheaper is the same with each assumed cost one cent below the most there can
// be: if that matters, no cap does.
func (x fill) cheaper() fill {
	x.stamps = slices.Clone(x.stamps)
	for i := range x.stamps {
		if s := &x.stamps[i]; s.Cost != nil && *s.Cost == maxCents {
			less := Cents(maxCents - 1)
			s.Cost = &less
		}
	}
	return x
}
