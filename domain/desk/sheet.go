package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// BookletRef names a bonus booklet.
type BookletRef struct {
	Member domain.MemberID
	// Programme may be left out where only one decides the year.
	Programme string
	Year      int
}

// object names a booklet in the journal.
func (r BookletRef) object() string { return "booklet:" + r.Programme + ":" + itoa(r.Year) }

// BookletForm is what staff type from a booklet. A correction and a supplement
// hold all entries, those of before, too.
type BookletForm struct {
	Received date.Date
	Stamps   []domain.Stamp
	// Counted is how many entries staff counted on paper; see StampCount.
	Counted  int
	Enrolled date.Date
	Option   string
	Invoices bonus.Cents
	// First year in the programme, or how many in a row with this one.
	First       bool
	Consecutive int
	Points      bonus.Points
}

// invoiceToken is the evidence of a bill.
const invoiceToken = "invoice"

// StampCount is how many of the entries stand in the booklet itself, whether they
// count or not: an invoice lies beside it. The control count has to be the same.
func StampCount(stamps []domain.Stamp) (n int) {
	for _, s := range stamps {
		if len(s.Evidence) != 1 || s.Evidence[0] != invoiceToken {
			n++
		}
	}
	return n
}

// Programmes are those that decide a bonus year.
func (d *Desk) Programmes(year int) []*bonus.Programme { return d.Config.Programmes.For(year) }

// programme finds the programme that a booklet is decided by.
func (d *Desk) programme(ref BookletRef) (*bonus.Programme, error) {
	list := d.Programmes(ref.Year)
	if ref.Programme == "" && len(list) > 1 {
		return nil, domain.Fail(domain.Invalid, domain.ReasonProgrammeChoice).WithField("programme")
	}
	for _, p := range list {
		if p.ID == ref.Programme || ref.Programme == "" {
			return p, nil
		}
	}
	return nil, domain.Fail(domain.NotFound, domain.ReasonProgrammeMissing).WithField("programme")
}

// Sheet is a member's booklet on the table: the programme, what was entered
// before, and all that a decision needs to know of the person. It is read once;
// Assess looks at nothing else and is fast enough to be asked at every key.
type Sheet struct {
	Ref       BookletRef
	Masked    Masked
	Programme *bonus.Programme
	// Booklet is what is stored; its State is 0 when there is none yet.
	Booklet domain.Booklet
	// Credit says who gets the money.
	Credit Credited
	// Today is the latest day of receipt there can be.
	Today date.Date

	known   bonus.Booklet
	release []bonus.Exemption
	late    bool
}

// Credited says who gets the money of a booklet.
type Credited struct {
	// ToMain: the main member, and not the person.
	ToMain bool
	// Main is that member's name, told for a child only: who is insured through a
	// spouse need not hear of them here.
	Main domain.Name
	// Unknown: the main member is not stored, so that nothing can be decided.
	Unknown bool
}

// OpenBooklet lays a booklet on the table and journals it.
func (d *Desk) OpenBooklet(ctx context.Context, a domain.Actor, ref BookletRef) (*Sheet, error) {
	f, err := d.file(ctx, ref)
	if err != nil {
		return nil, err
	}
	e := d.aboutBooklet(a, domain.ActBookletOpened, rights.EnterBooklet, f)
	if err := d.mayTouch(ctx, &e, a, f); err != nil {
		return nil, err
	}
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return nil, err
	}
	return d.sheet(a, f), nil
}

// aboutBooklet starts an entry about a booklet.
func (d *Desk) aboutBooklet(a domain.Actor, act domain.Act, op rights.Operation, f *bookletFile) domain.Entry {
	e := d.entry(a, act, op)
	e.Member, e.Object = f.member.ID, f.ref.object()
	return e
}

// mayTouch asks the table, and refuses people what is their own or their
// relatives', and what is credited to them.
func (d *Desk) mayTouch(ctx context.Context, e *domain.Entry, a domain.Actor, f *bookletFile) error {
	if _, err := d.permit(ctx, e, a, rights.None, f.member.Ended(d.today())); err != nil {
		return err
	}
	if err := d.notRelated(ctx, a, *e, f.member.KVNR); err != nil || !f.mainKnown {
		return err
	}
	return d.notRelated(ctx, a, *e, f.main.KVNR)
}

func (d *Desk) sheet(a domain.Actor, f *bookletFile) *Sheet {
	s := &Sheet{
		Ref: f.ref, Masked: d.mask(a, f.member), Programme: f.programme, Today: d.today(),
		Credit: f.credited(), known: f.known(),
	}
	if b := f.booklet(); b != nil {
		s.Booklet = *b
		s.release, s.late = exemptions(*b.Latest()), b.Latest().Late != nil
	}
	return s
}

// Form is what was entered before, to go on from.
func (s *Sheet) Form() BookletForm {
	if s.Booklet.State == 0 {
		return BookletForm{Received: s.Today}
	}
	return formOf(*s.Booklet.Latest())
}

// SupplementForm is what was entered before, to go on from with more papers. They
// have a day of receipt of their own, which is for staff to say.
func (s *Sheet) SupplementForm() BookletForm {
	form := s.Form()
	form.Received = 0
	return form
}

// Assess decides the booklet as it is typed, without writing anything. Positions
// of stamps in the decision are those in the form.
func (s *Sheet) Assess(form BookletForm) (bonus.Decision, error) {
	if form.Received == 0 {
		form.Received = s.Today
	}
	return assess(s.Programme, s.known, versionOf(form), s.release, s.late)
}

// Boxes are the places that the person's booklet has, in its order; there are none
// where the person belongs to no track. Of the form they depend on nothing but
// the enrolment and the day of receipt.
func (s *Sheet) Boxes(form BookletForm) ([]bonus.Box, error) {
	b := s.known
	b.Handin, b.Enrolled = form.Received, form.Enrolled
	boxes, err := s.Programme.Boxes(b)
	if err != nil {
		return nil, unfit(err, nil)
	}
	return boxes, nil
}
