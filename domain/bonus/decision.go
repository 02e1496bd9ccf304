package bonus

import (
	"slices"

	"schalter/domain/date"
)

// Decision is what a programme makes of a booklet.
type Decision struct {
	// Programme and Hash name the file that decided.
	Programme string
	Hash      Hash
	Period    Span
	Deadline  date.Date // no date: none
	// Track is "" when the person belongs to none.
	Track string
	// Refusal of the booklet as a whole, "" for none.
	Refusal Code
	// Stage1 reports whether the first group of the track that is for this person
	// is fulfilled.
	Stage1 bool
	Groups []GroupResult // of the track
	Lines  []Line
	// Entries add up to Hypothetical.
	Entries []Entry
	// Unused are stamps of measures that no group of the track has, by position.
	Unused []int
	Gaps   []Gap
	// Complete is the hypothetical total if every gap were filled.
	Complete Cents
	// Total is what the booklet is worth, Hypothetical what it would be without a
	// refusal, ToPay what is left of Total after earlier payments; it is negative
	// if these were too much.
	Total, Hypothetical, ToPay Cents
	// PointsLeft are kept for next time; nil where there are no points.
	PointsLeft *Points
	Credit     Credit
}

// Line is what became of one stamp, or of one measure of a gate.
type Line struct {
	// Group is an id of the file, or "extra" or "cap"; then Measure is the id of
	// the extra or cap.
	Group, Measure string
	// Stamp is the position of the entry, -1 for a line that is about none.
	Stamp  int
	Cents  Cents
	Reason Reason
}

// GroupResult is what became of a group.
type GroupResult struct {
	ID        string
	Fulfilled bool
	// Cents after the group's own cap, before caps over several groups. What a
	// lump group, or one that pays by number, gives is in no line.
	Cents Cents
	// Net is what caps over several groups leave of it.
	Net    Cents
	Points Points
	// Reason is ok or cut_by_group_cap if it pays, else why it does not; for a
	// group that is for people insured otherwise, not_entitled.
	Reason Code
}

// EntryKind says what an entry of the account stands for.
type EntryKind string

// The kinds of entry.
const (
	GroupEntry  EntryKind = "group"
	CapEntry    EntryKind = "cap"
	ExtraEntry  EntryKind = "extra"
	PointsEntry EntryKind = "points"
	OptionEntry EntryKind = "option"
)

// Entry is one item of the account whose sum is the hypothetical total.
type Entry struct {
	Kind   EntryKind
	ID     string // "" for points
	Cents  Cents
	Reason Code
}

// Decide decides a booklet. The error is a [finding.List] without lines if the
// booklet is none that this programme can decide: a year it is not for, a
// measure it does not have, a date that does not exist.
func (p *Programme) Decide(b Booklet) (Decision, error) {
	if err := p.check(&b); err != nil {
		return Decision{}, err
	}
	f := newFrame(p, &b)
	d := Decision{
		Programme: p.ID, Hash: p.Hash, Period: f.period, Deadline: f.deadline, Credit: p.Credit,
		Refusal: NoTrack, ToPay: -b.PaidBefore,
	}
	if f.track == nil {
		return d, nil
	}
	t := &tally{frame: f, lines: make([]Line, 0, len(b.Stamps)+8), judged: make([]verdict, 0, 8)}
	t.run(b.Stamps)
	d.Track, d.Refusal = f.track.ID, f.refusal()
	d.Lines, d.Entries, d.Unused = t.lines, t.entries, t.unused()
	d.Groups = t.groupResults()
	d.Stage1 = len(f.groups) > 0 && t.fulfilled(f.groups[0])
	d.Hypothetical = t.total
	if d.Refusal == "" {
		d.Total = t.total
	}
	d.ToPay = d.Total - b.PaidBefore
	if p.Points != nil {
		left := t.left
		d.PointsLeft = &left
	}
	d.Gaps, d.Complete = t.gaps()
	return d, nil
}

// groupResults returns what became of the groups of the track. One that is for
// people who are insured otherwise is among them, without anything.
func (t *tally) groupResults() (results []GroupResult) {
	for _, g := range t.programme.Groups {
		switch {
		case slices.Contains(t.groups, g):
			r := t.results[g.at]
			r.Net = t.net[g.at]
			results = append(results, r)
		case g.onTrack(t.track):
			results = append(results, GroupResult{ID: g.ID, Reason: NotEntitled})
		}
	}
	return results
}

// unused returns the stamps that no group of the track has looked at.
func (t *tally) unused() (stamps []int) {
	for i := range t.stamps {
		used := false
		for _, g := range t.groups {
			for _, m := range g.Measures {
				used = used || m.ID == t.stamps[i].Measure
			}
		}
		if !used {
			stamps = append(stamps, i)
		}
	}
	return stamps
}
