package desk

import (
	"context"
	"iter"
	"slices"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/rights"
)

// writePayout has the file written, after it has made sure that the rows are
// those that were taken, and notes it.
func (d *Desk) writePayout(ctx context.Context, e domain.Entry, run domain.PayoutRun, write func(domain.PayoutRun, iter.Seq2[PayoutRow, error]) error) (domain.PayoutRun, error) {
	sum, err := d.sumOf(ctx, run)
	if err != nil {
		return run, err
	}
	e.Act, e.Object, e.Count = domain.ActPayoutWritten, payoutObject(run.ID), run.Booklets
	if sum != run.Sum {
		return run, d.refuse(ctx, e, domain.ReasonPayoutDiffers)
	}
	if err := write(run, d.rows(ctx, run)); err != nil {
		return run, err
	}
	err = d.again(ctx, func() error {
		stored, rev, err := d.Reader.PayoutRun(ctx, run.ID)
		if err != nil {
			return err
		}
		run = stored
		run.State = max(run.State, domain.PayoutWritten)
		e.At = d.Now()
		_, err = d.Writer.Commit(ctx, Change{
			Guards: []Guard{{run.Ref(), rev}}, Put: []domain.Record{run}, Entries: []domain.Entry{e},
		})
		return err
	})
	return run, err
}

// heldBack lists what a run left out.
func (d *Desk) heldBack(ctx context.Context, a domain.Actor, run domain.PayoutRun) (out []HeldBack, err error) {
	var held []domain.Booklets
	for list, err := range d.Reader.AllBooklets(ctx) {
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list.List, func(b domain.Booklet) bool { return b.Held != nil && b.Held.Run == run.ID }) {
			held = append(held, list)
		}
	}
	for _, list := range held {
		of, err := d.heldIn(ctx, a, list, run.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, of...)
	}
	return out, nil
}

// heldIn lists what a run leaves out of one member's booklets.
func (d *Desk) heldIn(ctx context.Context, a domain.Actor, list domain.Booklets, id domain.PayoutID) (out []HeldBack, err error) {
	m, _, err := d.Reader.Member(ctx, list.Member)
	if err != nil {
		return nil, err
	}
	for i := range list.List {
		if b := &list.List[i]; b.Held != nil && b.Held.Run == id {
			out = append(out, HeldBack{m.ID, d.mask(a, m), b.Due(), b.Held.Reason})
		}
	}
	return out, nil
}

// MarkPaid says that the money of a written run is with the members. A supervisor
// does it with a second person. Broken off, it goes on where it stood.
func (d *Desk) MarkPaid(ctx context.Context, a domain.Actor, second Credentials, id domain.PayoutID, progress Progress) (domain.PayoutRun, error) {
	e := d.entry(a, domain.ActPayoutPaid, rights.PayOut)
	e.Object = payoutObject(id)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return domain.PayoutRun{}, err
	}
	run, _, err := d.Reader.PayoutRun(ctx, id)
	if err != nil {
		return run, err
	}
	if run.State != domain.PayoutWritten {
		return run, d.refuse(ctx, e, domain.ReasonPayoutState)
	}
	family, err := d.family(ctx, a, e.Second)
	if err != nil {
		return run, err
	}
	var members []domain.MemberID
	related := false
	for list, err := range d.Reader.AllBooklets(ctx) {
		if err != nil {
			return run, err
		}
		if len(exportedIn(list, id)) > 0 {
			members = append(members, list.Member)
		}
		for i := range list.List {
			related = related || d.pays(&list.List[i], id, family)
		}
	}
	if related {
		return run, d.refuse(ctx, e, domain.ReasonPayoutFamily)
	}
	done := 0
	for chunk := range slices.Chunk(members, payoutChunk) {
		if err := ctx.Err(); err != nil {
			return run, err
		}
		if err := d.again(ctx, func() error { return d.payChunk(ctx, e, id, chunk) }); err != nil {
			return run, err
		}
		if done += len(chunk); progress != nil {
			progress(done, len(members))
		}
	}
	err = d.again(ctx, func() (err error) {
		var rev Rev
		if run, rev, err = d.Reader.PayoutRun(ctx, id); err != nil {
			return err
		}
		run.State, e.Count, e.At = domain.PayoutPaid, run.Booklets, d.Now()
		_, err = d.Writer.Commit(ctx, Change{
			Guards: []Guard{{run.Ref(), rev}}, Put: []domain.Record{run}, Entries: []domain.Entry{e},
		})
		return err
	})
	return run, err
}

// exportedIn are the booklets, by position, whose newest payment is of a run and
// not reported as paid. One that was corrected since keeps its new state.
func exportedIn(list domain.Booklets, id domain.PayoutID) (at []int) {
	for i, b := range list.List {
		if b.State == domain.BookletExported && b.Payouts[len(b.Payouts)-1].Run == id {
			at = append(at, i)
		}
	}
	return at
}

func (d *Desk) payChunk(ctx context.Context, like domain.Entry, id domain.PayoutID, members []domain.MemberID) error {
	var change Change
	for _, m := range members {
		list, rev, err := d.Reader.Booklets(ctx, m)
		if err != nil {
			return err
		}
		for _, i := range exportedIn(list, id) {
			b := &list.List[i]
			b.State = domain.BookletPaid
			e := like
			e.Act, e.Member, e.At = domain.ActBookletPaid, m, d.Now()
			e.Object = BookletRef{m, b.Programme, b.Year}.object()
			change.Entries = append(change.Entries, e)
		}
		change.Guards = append(change.Guards, Guard{list.Ref(), rev})
		change.Put = append(change.Put, list)
	}
	_, err := d.Writer.Commit(ctx, change)
	return err
}

// BonusFigures are the numbers of a bonus year. They never tell of staff.
type BonusFigures struct {
	Year int
	// States counts the booklets, Refused those decided without a payment by the
	// programme's reason.
	States  map[domain.BookletState]int
	Refused map[bonus.Code]int
	// Decided is what decisions in force come to, by group; Lost what refusals
	// took, Paid what was handed to payouts.
	Decided    map[string]bonus.Cents
	Lost, Paid bonus.Cents
	Supplements, Corrections, LateAccepted,
	Releases int
}

// BonusFigures counts a bonus year, for supervisors.
func (d *Desk) BonusFigures(ctx context.Context, a domain.Actor, year int) (BonusFigures, error) {
	n := BonusFigures{
		Year: year, States: map[domain.BookletState]int{}, Refused: map[bonus.Code]int{}, Decided: map[string]bonus.Cents{},
	}
	e := d.entry(a, domain.ActBonusCounted, rights.Statistics)
	e.Object = "bonus:year:" + itoa(year)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return n, err
	}
	for list, err := range d.Reader.AllBooklets(ctx) {
		if err != nil {
			return n, err
		}
		for i := range list.List {
			if b := &list.List[i]; b.Year == year {
				n.add(b)
			}
		}
	}
	_, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}})
	return n, err
}

func (n *BonusFigures) add(b *domain.Booklet) {
	n.States[b.State]++
	n.Paid += b.Paid()
	for _, v := range b.Versions {
		switch v.Kind {
		case domain.Supplement:
			n.Supplements++
		case domain.Correction:
			n.Corrections++
		}
	}
	v := b.Latest()
	n.Releases += len(v.Releases)
	if v.Late != nil {
		n.LateAccepted++
	}
	if v.Decision == nil {
		return
	}
	for _, s := range v.Decision.Shares {
		n.Decided[s.Group] += s.Cents
	}
	if v.Decision.Refusal != "" {
		n.Refused[v.Decision.Refusal]++
		n.Lost += v.Decision.Hypothetical - v.Decision.Total
	}
}
