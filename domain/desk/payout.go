package desk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"slices"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// A payout run takes every decided booklet of a bonus year that something is due
// for. It is committed in chunks, and each booklet says in the same commit that
// it was taken, with the rows it has in the file: so a run that was broken off
// goes on where it stood, the file can be made again from the booklets at any
// time and is the same, and nothing is paid twice.

// payoutChunk is how many members one commit carries: a record and a journal
// entry each.
const payoutChunk = 12

// Progress is told how much of a long job is done.
type Progress func(done, all int)

// PayoutRow is one row of a payout file.
type PayoutRow struct {
	Main, Person kvnr.KVNR
	Year         int
	// Group of the programme, or extra:ID, points, option:ID.
	Group string
	Cents bonus.Cents
	// Reimbursed: money back for a cost, and no bonus.
	Reimbursed bool
}

// canonical is the form of a row that a run's sum is over.
func (r PayoutRow) canonical() []byte {
	return fmt.Appendf(nil, "%s\x00%s\x00%d\x00%s\x00%d\x00%t\n", r.Main, r.Person, r.Year, r.Group, r.Cents, r.Reimbursed)
}

// Payout is a run with what it left out.
type Payout struct {
	Run  domain.PayoutRun
	Held []HeldBack
}

// HeldBack is a booklet that was to be paid, and why it was not.
type HeldBack struct {
	Member domain.MemberID
	Masked Masked
	Cents  bonus.Cents
	Reason domain.HoldReason
}

// PayoutOrder says which payout to make.
type PayoutOrder struct {
	Year int
	// Run of which the file is to be written again; 0 takes what is due.
	Run domain.PayoutID
	// Begin, if set, is asked before a new run takes anything; its error stops it.
	Begin func() error
}

// PayOut takes what is due for a year into a payout run and has its file written:
// into the run that was broken off, if there is one, else into a new one. Where
// nothing new is due, the file of the newest run is written again, and is the
// same. Write has to make the file last before it returns. A supervisor does it
// with a second person, and must have decided none of the booklets.
func (d *Desk) PayOut(ctx context.Context, a domain.Actor, second Credentials, order PayoutOrder, write func(domain.PayoutRun, iter.Seq2[PayoutRow, error]) error, progress Progress) (Payout, error) {
	e := d.entry(a, domain.ActPayoutBegun, rights.PayOut)
	e.Object = "payout:year:" + itoa(order.Year)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return Payout{}, err
	}
	run, held, err := d.takePayout(ctx, a, e, order, progress)
	if err != nil {
		return Payout{run, held}, err
	}
	if run, err = d.writePayout(ctx, e, run, write); err != nil {
		return Payout{Run: run}, err
	}
	if len(held) == 0 {
		held, err = d.heldBack(ctx, a, run)
	}
	return Payout{run, held}, err
}

// takePayout returns a run whose rows stay as they are. Where nothing can be paid,
// it says what is due and held back.
func (d *Desk) takePayout(ctx context.Context, a domain.Actor, e domain.Entry, order PayoutOrder, progress Progress) (run domain.PayoutRun, held []HeldBack, err error) {
	run, newest, err := d.runOf(ctx, a, e, order)
	if err != nil {
		return run, nil, err
	}
	family, err := d.family(ctx, a, e.Second)
	if err != nil {
		return run, nil, err
	}
	found, err := d.survey(ctx, a, run, family)
	if err != nil {
		return run, nil, err
	}
	if run.State == 0 && !found.payable {
		held = found.held
		if newest.ID == 0 {
			return newest, held, d.refuse(ctx, e, domain.ReasonNothingToPay)
		}
		run = newest
		if found, err = d.survey(ctx, a, run, family); err != nil {
			return run, nil, err
		}
	}
	switch {
	case found.own > 0:
		return run, nil, d.refuse(ctx, e, domain.ReasonOwnDecisions)
	case found.family:
		return run, nil, d.refuse(ctx, e, domain.ReasonPayoutFamily)
	}
	if run.State == 0 {
		if run, err = d.beginPayout(ctx, e, run, order.Begin); err != nil {
			return run, nil, err
		}
	}
	if run.State != domain.PayoutTaking {
		return run, held, nil
	}
	if err := d.takeAll(ctx, e, run.ID, found.members, progress); err != nil {
		return run, nil, err
	}
	run, err = d.finishTaking(ctx, e, run.ID)
	return run, nil, err
}

// runOf returns the run that was ordered; without an order that of the year which
// was broken off before its file was written, else one that is not begun yet, and
// the newest run of the year.
func (d *Desk) runOf(ctx context.Context, a domain.Actor, e domain.Entry, order PayoutOrder) (run, newest domain.PayoutRun, err error) {
	if order.Run != 0 {
		run, _, err = d.Reader.PayoutRun(ctx, order.Run)
		if err == nil && run.Year != order.Year {
			err = domain.Fail(domain.NotFound, domain.ReasonPayoutMissing)
		}
		return run, run, err
	}
	run = domain.PayoutRun{ID: 1, Year: order.Year, Begun: e.At, Day: d.today(), Staff: a.Staff, Second: e.Second}
	for r, err := range d.Reader.AllPayoutRuns(ctx) {
		switch {
		case err != nil:
			return run, newest, err
		case r.Year == order.Year && r.State < domain.PayoutWritten:
			return r, r, nil
		case r.Year == order.Year:
			newest = r
		}
		run.ID = r.ID + 1
	}
	return run, newest, nil
}

// surveyed is what a run is about.
type surveyed struct {
	// members with a booklet that the run has still to look at.
	members []domain.MemberID
	// payable: at least one of them is to be paid.
	payable bool
	// own are the booklets of the run that the person decided, alone or as second
	// person.
	own int
	// held are those that are due and would be held back, if nothing is payable.
	held []HeldBack
	// family: the run pays one of those who start it, or a relative of theirs.
	family bool
}

func (d *Desk) survey(ctx context.Context, a domain.Actor, run domain.PayoutRun, family family) (s surveyed, err error) {
	for list, err := range d.Reader.AllBooklets(ctx) {
		if err != nil {
			return s, err
		}
		open := openIn(list, run)
		if len(open) > 0 {
			s.members = append(s.members, list.Member)
		}
		for i := range list.List {
			b := &list.List[i]
			if (slices.Contains(open, i) || paidIn(b, run.ID)) && decidedBy(b, a.Person) {
				s.own++
			}
			s.family = s.family || d.pays(b, run.ID, family)
		}
	}
	if len(family) > 0 {
		for _, id := range s.members {
			m, _, err := d.Reader.Member(ctx, id)
			if err != nil {
				return s, err
			}
			s.family = s.family || d.isFamily(family, m.KVNR) || d.isFamily(family, m.Insurance.Main)
		}
	}
	for _, id := range s.members {
		t, err := d.takeMember(ctx, domain.Entry{}, run, id)
		if err != nil || t.paid > 0 {
			s.payable, s.held = t.paid > 0, nil
			return s, err
		}
		held, err := d.heldIn(ctx, a, t.booklets, run.ID)
		if err != nil {
			return s, err
		}
		s.held = append(s.held, held...)
	}
	return s, nil
}

// family are the two people of a payout and their relatives, as keyed hashes.
type family map[domain.Lookup]bool

func (d *Desk) family(ctx context.Context, a domain.Actor, second domain.StaffID) (family, error) {
	people := map[domain.PersonID]bool{a.Person: true}
	if second != 0 {
		s, _, err := d.Reader.Staff(ctx, second)
		if err != nil {
			return nil, err
		}
		people[s.Person] = true
	}
	all := family{}
	for s, err := range d.Reader.AllStaff(ctx) {
		if err != nil {
			return nil, err
		}
		if people[s.Person] {
			for _, l := range s.Related {
				all[l] = true
			}
		}
	}
	return all, nil
}

func (d *Desk) isFamily(f family, n kvnr.KVNR) bool { return n != "" && f[d.Reader.Lookup(n)] }

// pays reports whether a payment of a run is about one of the family, or credited
// to one.
func (d *Desk) pays(b *domain.Booklet, id domain.PayoutID, f family) bool {
	return slices.ContainsFunc(b.Payouts, func(p domain.BookletPayout) bool {
		return p.Run == id && (d.isFamily(f, p.Person) || d.isFamily(f, p.Main))
	})
}

// openIn are the booklets, by position, that a run has to look at: those
// decided before it began, and not held back by it already.
func openIn(list domain.Booklets, run domain.PayoutRun) (at []int) {
	for i := range list.List {
		b := &list.List[i]
		held := b.Held != nil && b.Held.Run == run.ID
		if b.Year == run.Year && b.Due() > 0 && !held && !b.Latest().Decision.At.After(run.Begun) {
			at = append(at, i)
		}
	}
	return at
}

// paidIn reports whether a run has taken a booklet.
func paidIn(b *domain.Booklet, id domain.PayoutID) bool {
	return slices.ContainsFunc(b.Payouts, func(p domain.BookletPayout) bool { return p.Run == id })
}

// decidedBy reports whether a person stands behind any decision of a booklet.
func decidedBy(b *domain.Booklet, p domain.PersonID) bool {
	return slices.ContainsFunc(b.Versions, func(v domain.BookletVersion) bool {
		return v.Decision != nil && (v.Decision.Person == p || v.Decision.SecondPerson == p)
	})
}

func (d *Desk) beginPayout(ctx context.Context, e domain.Entry, run domain.PayoutRun, ask func() error) (domain.PayoutRun, error) {
	if ask != nil {
		if err := ask(); err != nil {
			return run, err
		}
	}
	run.State = domain.PayoutTaking
	e.Object = payoutObject(run.ID)
	_, err := d.Writer.Commit(ctx, Change{
		Guards: []Guard{{run.Ref(), 0}}, Put: []domain.Record{run}, Entries: []domain.Entry{e},
	})
	return run, err
}

func payoutObject(id domain.PayoutID) string { return "payout:" + itoa(int(id)) }

// takeAll takes the members chunk by chunk.
func (d *Desk) takeAll(ctx context.Context, e domain.Entry, id domain.PayoutID, members []domain.MemberID, progress Progress) error {
	done := 0
	for chunk := range slices.Chunk(members, payoutChunk) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.again(ctx, func() error { return d.takeChunk(ctx, e, id, chunk) }); err != nil {
			return err
		}
		if done += len(chunk); progress != nil {
			progress(done, len(members))
		}
	}
	return nil
}

// takeChunk commits what the run makes of some members, together with its
// numbers.
func (d *Desk) takeChunk(ctx context.Context, e domain.Entry, id domain.PayoutID, members []domain.MemberID) error {
	run, rev, err := d.Reader.PayoutRun(ctx, id)
	if err != nil {
		return err
	}
	if run.State != domain.PayoutTaking {
		return nil // somebody else has finished it
	}
	change := Change{Guards: []Guard{{run.Ref(), rev}}}
	for _, m := range members {
		t, err := d.takeMember(ctx, e, run, m)
		if err != nil {
			return err
		}
		if len(t.entries) == 0 {
			continue
		}
		run.Booklets, run.Held, run.Cents = run.Booklets+t.paid, run.Held+t.held, run.Cents+t.cents
		change.Guards = append(change.Guards, t.guards...)
		change.Put = append(change.Put, t.booklets)
		change.Entries = append(change.Entries, t.entries...)
	}
	if len(change.Put) == 0 {
		return nil
	}
	change.Put = append(change.Put, run)
	_, err = d.Writer.Commit(ctx, change)
	return err
}

// taken is what a run makes of one member's booklets.
type taken struct {
	booklets   domain.Booklets
	guards     []Guard
	entries    []domain.Entry
	paid, held uint64
	cents      bonus.Cents
}

// takeMember marks a member's booklets as paid by the run, or as held back with
// the reason. Nothing is written yet.
func (d *Desk) takeMember(ctx context.Context, like domain.Entry, run domain.PayoutRun, id domain.MemberID) (taken, error) {
	own, rev, err := d.Reader.Booklets(ctx, id)
	if err != nil {
		return taken{}, err
	}
	t := taken{guards: []Guard{{own.Ref(), rev}}}
	for _, i := range openIn(own, run) {
		b := &own.List[i]
		f, why, err := d.retest(ctx, BookletRef{id, b.Programme, b.Year}, *b, run)
		if err != nil {
			return t, err
		}
		e := like
		e.Member, e.Object, e.At = id, BookletRef{id, b.Programme, b.Year}.object(), d.Now()
		if f != nil {
			t.guards = appendGuards(t.guards, f)
		}
		if why != "" {
			b.Held = &domain.BookletHeld{Run: run.ID, Reason: why}
			e.Act = domain.ActBookletHeld
			t.held++
		} else {
			p := payoutOf(f, *b, run.ID)
			b.Payouts, b.State, b.Held = append(b.Payouts, p), domain.BookletExported, nil
			e.Act = domain.ActBookletExported
			t.paid, t.cents = t.paid+1, t.cents+p.Cents()
		}
		t.entries = append(t.entries, e)
	}
	t.booklets = own
	return t, nil
}

// appendGuards adds those of the people a payment depends on.
func appendGuards(guards []Guard, f *bookletFile) []Guard {
	guards = append(guards, Guard{f.member.Ref(), f.memberRev})
	if f.mainKnown && f.main.ID != f.member.ID {
		guards = append(guards, Guard{f.main.Ref(), f.mainRev})
	}
	return guards
}

// retest looks on the day of the payout at what may have changed since the
// decision: the programme's conditions, who there is to be paid, and whether the
// programme is still the one that decided. What was decided is not touched.
func (d *Desk) retest(ctx context.Context, ref BookletRef, b domain.Booklet, run domain.PayoutRun) (*bookletFile, domain.HoldReason, error) {
	f, err := d.file(ctx, ref)
	if errors.Is(err, domain.Fail(0, domain.ReasonProgrammeMissing)) {
		return nil, domain.HeldProgramme, nil
	}
	if err != nil {
		return nil, "", err
	}
	v := b.Latest()
	if v.Decision.Refusal != "" {
		// Something is due, so that an earlier version is what is paid.
		v = standing(b.Versions)
	}
	decision := v.Decision
	credited := f.member
	if b.Latest().Decision.CreditMain {
		credited = f.main
	}
	switch {
	case f.programme.Hash != decision.Hash:
		return f, domain.HeldProgramme, nil
	case !f.mainKnown:
		return f, domain.HeldNoMain, nil
	case credited.Deceased:
		return f, domain.HeldDeceased, nil
	}
	known := f.known()
	known.Person = bonus.Person{Born: decision.Born, Sex: decision.Sex, InsuredAs: decision.InsuredAs}
	known.History, known.Payout = pastExams(decision.History), run.Day
	now, err := assess(f.programme, known, *v, exemptions(*v), v.Late != nil)
	return f, domain.HoldReason(now.Refusal), err
}

// payoutOf is the payment of what is due. Its rows are what the decision gives
// more than was paid, by group; a group that gives less now is set off against
// the others, so that no row is negative.
func payoutOf(f *bookletFile, b domain.Booklet, id domain.PayoutID) domain.BookletPayout {
	decision := b.Latest().Decision
	p := domain.BookletPayout{Run: id, Person: f.member.KVNR, Main: f.member.KVNR}
	if decision.CreditMain {
		p.Main = f.main.KVNR
	}
	before := map[string]bonus.Cents{}
	for _, paid := range b.Payouts {
		for _, s := range paid.Shares {
			before[s.Group] += s.Cents
		}
	}
	room := b.Due()
	for _, s := range decision.Shares {
		s.Cents = min(s.Cents-before[s.Group], room)
		if s.Cents > 0 {
			p.Shares = append(p.Shares, s)
			room -= s.Cents
		}
	}
	return p
}

// finishTaking closes a run: its rows stay as they are from now on.
func (d *Desk) finishTaking(ctx context.Context, e domain.Entry, id domain.PayoutID) (domain.PayoutRun, error) {
	var run domain.PayoutRun
	err := d.again(ctx, func() (err error) {
		var rev Rev
		if run, rev, err = d.Reader.PayoutRun(ctx, id); err != nil || run.State != domain.PayoutTaking {
			return err
		}
		if run.Sum, err = d.sumOf(ctx, run); err != nil {
			return err
		}
		run.State = domain.PayoutTaken
		e.Act, e.Object, e.Count, e.At = domain.ActPayoutTaken, payoutObject(id), run.Booklets, d.Now()
		_, err = d.Writer.Commit(ctx, Change{
			Guards: []Guard{{run.Ref(), rev}}, Put: []domain.Record{run}, Entries: []domain.Entry{e},
		})
		return err
	})
	return run, err
}

func (d *Desk) sumOf(ctx context.Context, run domain.PayoutRun) ([32]byte, error) {
	sum := sha256.New()
	for row, err := range d.rows(ctx, run) {
		if err != nil {
			return [32]byte{}, err
		}
		sum.Write(row.canonical())
	}
	return [32]byte(sum.Sum(nil)), nil
}

// rows are a run's rows in order of the members' numbers.
func (d *Desk) rows(ctx context.Context, run domain.PayoutRun) iter.Seq2[PayoutRow, error] {
	return func(yield func(PayoutRow, error) bool) {
		for list, err := range d.Reader.AllBooklets(ctx) {
			if err != nil {
				yield(PayoutRow{}, err)
				return
			}
			for _, b := range list.List {
				for _, p := range b.Payouts {
					if p.Run != run.ID {
						continue
					}
					for _, s := range p.Shares {
						if !yield(PayoutRow{p.Main, p.Person, b.Year, s.Group, s.Cents, s.Reimbursed}, nil) {
							return
						}
					}
				}
			}
		}
	}
}
