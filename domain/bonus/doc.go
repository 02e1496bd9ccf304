// Package bonus decides bonus booklets by programmes that are data.
//
// A programme is a file in the language schalter-bonus/1: YAML with plain fields,
// in which an insurer writes who takes part, what is proven how, and what it
// pays. [Parse] reads it and names everything that is wrong with file, line and
// field; the programme of the BKK KBA is built in ([Seed]). A [Booklet] holds
// what one person proved for one year. [Programme.Decide] is pure: the same
// programme and booklet give the same [Decision], without a clock, in whole
// cents, with a reason for every line.
//
//	p, findings := bonus.Parse("2024.yaml", text)
//	d, err := p.Decide(bonus.Booklet{Year: 2024, Person: …, Stamps: …})
//	d.Hypothetical // 3000
//	d.Lines        // stufe1 checkup 0 not_required:interval …
//	d.Missing      // what would bring how much
//
// # How a booklet is decided
//
// Person and year give the period and the track: the part of the programme that
// the person belongs to. Every stamp is tested on its own; the first test it
// fails is its reason. Then the groups are decided in file order. A lump group
// is a gate: it pays once if nothing is missing. The other groups pay for units,
// a unit being an accepted stamp. Caps cut in file order, extras are added,
// points are turned into cents, the insured's option is applied. Last come the
// conditions that refuse the booklet as a whole; what it would have paid stays
// known.
//
// # Where the language leaves a choice
//
// The comments of the types say what was chosen. Three choices reach further:
// in doubt the reading that is better for the insured (§ 2 (2) SGB I) as long as
// the words allow it; a field that could silently mean nothing is an error when
// the file is read; and nothing is taken from a stamp's words that was not
// entered.
package bonus
