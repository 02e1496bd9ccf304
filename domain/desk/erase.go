package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// retentionYears is how many years data are kept after the insurance, and the last
// thing done, has ended (SGB V § 309: three years).
const retentionYears = 3

// Erase removes everything that is stored about a member: a supervisor does it
// with a second person. It is refused while somebody is insured, while a period of
// retention runs, and while something is open: a payment, a code, an event that is
// held. The journal keeps its entries, which lead to nobody any more, and the
// store remembers by a keyed hash that the number was erased, so that no import
// brings it back.
func (d *Desk) Erase(ctx context.Context, a domain.Actor, second Credentials, n kvnr.KVNR) error {
	e := d.entry(a, domain.ActErased, rights.MemberErase)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return err
	}
	m, _, err := d.Reader.MemberByKVNR(ctx, n)
	if err != nil {
		return err
	}
	e.Member = m.ID
	if err := d.notRelated(ctx, a, e, n); err != nil {
		return err
	}
	if e.Second, err = d.second(ctx, refusal(e), a, second); err != nil {
		return err
	}
	return d.again(ctx, func() error { return d.eraseOnce(ctx, e) })
}

func (d *Desk) eraseOnce(ctx context.Context, e domain.Entry) error {
	m, rev, err := d.Reader.Member(ctx, e.Member)
	if err != nil {
		return err
	}
	change := Change{Guards: []Guard{{m.Ref(), rev}}, Delete: []domain.Ref{m.Ref()}, Entries: []domain.Entry{e}}
	kept, err := d.kept(ctx, m, &change)
	if err != nil {
		return err
	}
	switch {
	case kept.open:
		return d.refuse(ctx, refusal(e), domain.ReasonOpenMatters)
	case m.Insurance.To.IsZero() || d.today() < yearsLater(later(m.Insurance.To, kept.last)):
		return d.refuse(ctx, refusal(e), domain.ReasonRetention)
	}
	_, err = d.Writer.Commit(ctx, change)
	return err
}

// keeping says what stands against erasing somebody.
type keeping struct {
	open bool
	last time.Time // when the newest thing was done
}

func (k *keeping) done(at time.Time) {
	if at.After(k.last) {
		k.last = at
	}
}

// kept looks at every record about a member and adds its deletion to the change.
func (d *Desk) kept(ctx context.Context, m domain.Member, change *Change) (keeping, error) {
	var k keeping
	codes, codesRev, err := d.Reader.Codes(ctx, m.ID)
	if err != nil {
		return k, err
	}
	for _, c := range codes.List {
		k.open = k.open || c.StateAt(d.latest()) == domain.CodeLive
		k.done(c.CreatedAt)
	}
	account, accountRev, err := d.Reader.Account(ctx, m.ID)
	if err != nil {
		return k, err
	}
	k.open = k.open || account.State.Exists()
	k.done(account.EndedAt)
	booklets, bookletsRev, err := d.Reader.Booklets(ctx, m.ID)
	if err != nil {
		return k, err
	}
	for _, b := range booklets.List {
		k.open = k.open || b.State == domain.BookletExported || b.Due() > 0 || b.State != domain.BookletPaid && b.State != domain.BookletDecided
		if v := b.Latest(); v.Decision != nil {
			k.done(v.Decision.At)
		}
	}
	exams, examsRev, err := d.Reader.Examinations(ctx, m.ID)
	if err != nil {
		return k, err
	}
	answers, answersRev, err := d.Reader.Answers(ctx, m.ID)
	if err != nil {
		return k, err
	}
	exams.Member, answers.Member, booklets.Member, codes.Member = m.ID, m.ID, m.ID, m.ID
	for _, x := range []Guard{
		{codes.Ref(), codesRev},
		{account.Ref(), accountRev},
		{booklets.Ref(), bookletsRev},
		{exams.Ref(), examsRev},
		{answers.Ref(), answersRev},
	} {
		change.Guards, change.Delete = append(change.Guards, x), append(change.Delete, x.Ref)
	}
	err = d.keptElsewhere(ctx, m.ID, &k, change)
	return k, err
}

// keptElsewhere looks at what mentions a member beside their own records.
func (d *Desk) keptElsewhere(ctx context.Context, m domain.MemberID, k *keeping, change *Change) error {
	for x, err := range d.Reader.AllApprovals(ctx) {
		if err != nil {
			return err
		}
		if x.Wish.Member == m {
			change.Delete = append(change.Delete, x.Ref())
		}
	}
	d.ripening.Lock()
	held, _, err := d.held(ctx)
	d.ripening.Unlock()
	for _, e := range held {
		k.open = k.open || e.Member == m
	}
	return err
}

// later is the later one of a day and a time.
func later(day date.Date, at time.Time) date.Date {
	if at.IsZero() {
		return day
	}
	return max(day, date.Of(at))
}

func yearsLater(day date.Date) date.Date { return day + retentionYears*1_00_00 }
