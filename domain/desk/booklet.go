package desk

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"schalter/domain"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// Bounds of what is kept of a booklet, so that a record stays within a commit.
const (
	maxEntries  = 100 // entries of one version
	maxVersions = 20
	maxRemark   = 200 // letters of a reason or a question
	maxToken    = 64  // ids of a programme file
)

// saving is one way of writing a booklet down.
type saving struct {
	act  domain.Act
	kind domain.VersionKind
	to   domain.BookletState
	// from are the states it may start in; 0 is no booklet yet.
	from []domain.BookletState
	// whole: the control count has to agree, and no invoice may come twice.
	whole bool
}

// EnterBooklet books a booklet that is whole: the control count agrees. It then
// waits for DecideBooklet.
func (d *Desk) EnterBooklet(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, form BookletForm) error {
	return d.save(ctx, a, req, ref, form, nil, saving{
		act: domain.ActBookletEntered, kind: domain.FirstVersion, to: domain.BookletEntered, whole: true,
		from: []domain.BookletState{0, domain.BookletParked, domain.BookletQueried},
	})
}

// ParkBooklet puts a booklet aside as far as it was typed.
func (d *Desk) ParkBooklet(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, form BookletForm) error {
	return d.save(ctx, a, req, ref, form, nil, saving{
		act: domain.ActBookletParked, kind: domain.FirstVersion, to: domain.BookletParked,
		from: []domain.BookletState{0, domain.BookletParked, domain.BookletQueried},
	})
}

// QueryBooklet puts a booklet aside until the member has answered.
func (d *Desk) QueryBooklet(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, form BookletForm, items []domain.QueryItem) error {
	query, err := queryOf(items)
	if err != nil {
		return err
	}
	return d.save(ctx, a, req, ref, form, query, saving{
		act: domain.ActBookletQueried, kind: domain.FirstVersion, to: domain.BookletQueried,
		from: []domain.BookletState{0, domain.BookletParked, domain.BookletEntered, domain.BookletQueried},
	})
}

// CorrectBooklet enters the same papers anew. What was entered and decided before
// is kept; what was paid before is taken into account.
func (d *Desk) CorrectBooklet(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, form BookletForm) error {
	return d.save(ctx, a, req, ref, form, nil, saving{
		act: domain.ActBookletCorrected, kind: domain.Correction, to: domain.BookletEntered, whole: true,
		from: []domain.BookletState{domain.BookletEntered, domain.BookletDecided, domain.BookletExported, domain.BookletPaid},
	})
}

// SupplementBooklet adds papers that came after the decision. All entries are
// judged together, and the difference is paid.
func (d *Desk) SupplementBooklet(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, form BookletForm) error {
	return d.save(ctx, a, req, ref, form, nil, saving{
		act: domain.ActBookletSupplemented, kind: domain.Supplement, to: domain.BookletEntered, whole: true,
		from: []domain.BookletState{domain.BookletDecided, domain.BookletExported, domain.BookletPaid},
	})
}

func queryOf(items []domain.QueryItem) (*domain.BookletQuery, error) {
	if len(items) == 0 || len(items) > maxEntries {
		return nil, domain.Fail(domain.Invalid, domain.ReasonReasonNeeded).WithField("query")
	}
	q := &domain.BookletQuery{Items: slices.Clone(items)}
	for i := range q.Items {
		item := &q.Items[i]
		item.Measure, item.Exam = token(item.Measure), token(item.Exam)
		item.Text = remark(item.Text)
		if !slices.Contains(domain.AllQueryWants(), item.Want) || item.Want == domain.WantOther && item.Text == "" {
			return nil, domain.Fail(domain.Invalid, domain.ReasonReasonNeeded).WithField(fmt.Sprintf("query[%d]", i))
		}
	}
	return q, nil
}

// save writes a version of a booklet.
func (d *Desk) save(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, form BookletForm, query *domain.BookletQuery, s saving) error {
	form, err := d.clean(form)
	if err != nil {
		return err
	}
	return d.again(ctx, func() error {
		f, err := d.file(ctx, ref)
		if err != nil {
			return err
		}
		e := d.aboutBooklet(a, s.act, rights.EnterBooklet, f)
		e.Request = req
		if err := d.mayTouch(ctx, &e, a, f); err != nil {
			return err
		}
		if b := f.booklet(); b != nil && repeats(req, b.Latest().Request) {
			return nil
		}
		v := versionOf(form)
		v.Kind, v.Query = s.kind, query
		if v.Drawn, err = d.draw(f); err != nil {
			return err
		}
		v.Staff, v.Person, v.At, v.Request = a.Staff, a.Person, e.At, req
		if query != nil {
			q := *query
			q.Staff, q.At = a.Staff, e.At
			v.Query = &q
		}
		if err := d.fits(ctx, e, f, &v, s); err != nil {
			return err
		}
		e.Object += ":received:" + itoa(int(v.Received))
		f.add(v, s)
		_, err = d.Writer.Commit(ctx, Change{
			Request: req, Guards: f.guards(), Put: f.records(), Entries: []domain.Entry{e},
		})
		return err
	})
}

// repeats reports whether a request is the one that was carried out.
func repeats(req, done domain.RequestID) bool { return req != domain.RequestID{} && req == done }

// clean is a form without what does not belong into a record.
func (d *Desk) clean(form BookletForm) (BookletForm, error) {
	invalid := func(field string) error {
		return domain.Fail(domain.Invalid, domain.ReasonBookletInvalid).WithField(field)
	}
	switch {
	case !form.Received.Complete() || form.Received > d.today():
		return form, invalid("handin")
	case len(form.Stamps) > maxEntries:
		return form, invalid("stamps")
	case form.Counted < 0 || form.Counted > maxEntries:
		return form, invalid("counted")
	}
	form.Option = token(form.Option)
	form.Stamps = slices.Clone(form.Stamps)
	for i := range form.Stamps {
		s := &form.Stamps[i]
		s.Measure, s.Exam, s.Provider = token(s.Measure), token(s.Exam), token(s.Provider)
		s.Invoice, s.Invalid = remark(s.Invoice), remark(s.Invalid)
		if len(s.Evidence) > 8 {
			return form, invalid(fmt.Sprintf("stamps[%d].evidence", i))
		}
		s.Evidence = slices.Clone(s.Evidence)
		for j := range s.Evidence {
			s.Evidence[j] = token(s.Evidence[j])
		}
	}
	return form, nil
}

func token(s string) string  { t, _, _ := plain.Line(s, maxToken); return t }
func remark(s string) string { t, _, _ := plain.Line(s, maxRemark); return t }

// fits tests a version against what is stored. What it takes over from the
// version before is added to it.
func (d *Desk) fits(ctx context.Context, e domain.Entry, f *bookletFile, v *domain.BookletVersion, s saving) error {
	b := f.booklet()
	var state domain.BookletState
	if b != nil {
		state = b.State
		inherit(v, b.Latest(), s)
	}
	if !slices.Contains(s.from, state) {
		return d.refuse(ctx, e, wrongState(state, s))
	}
	if b != nil && len(b.Versions) >= maxVersions {
		return d.refuse(ctx, e, domain.ReasonBookletFull)
	}
	if f.decidedElsewhere() || f.periodTaken(v) {
		return d.refuse(ctx, e, domain.ReasonBookletTwice)
	}
	if _, err := assess(f.programme, f.known(), *v, exemptions(*v), v.Late != nil); err != nil {
		return err
	}
	if !s.whole {
		return nil
	}
	if n := StampCount(v.Stamps); n != v.Counted {
		return domain.Fail(domain.Invalid, domain.ReasonCountDiffers).WithField("counted").WithCount(n, v.Counted)
	}
	if i := f.repeatedInvoice(v.Stamps); i >= 0 {
		return fieldOf(d.refuse(ctx, e, domain.ReasonInvoiceRepeated), fmt.Sprintf("stamps[%d].invoice", i))
	}
	return nil
}

// inherit takes over what two people have accepted already. A booklet that was
// never decided stays the kind it was; a correction of a supplement is one of
// everything.
func inherit(v, last *domain.BookletVersion, s saving) {
	v.Releases = last.Releases
	if s.kind == domain.FirstVersion {
		v.Kind = last.Kind
	}
	if s.kind != domain.Supplement {
		v.Late = last.Late
	}
}

// decidedElsewhere reports whether the person's bonus of the year was decided by
// another programme: a year brings one bonus.
func (f *bookletFile) decidedElsewhere() bool {
	return slices.ContainsFunc(f.own.List, func(b domain.Booklet) bool {
		return b.Year == f.ref.Year && b.Programme != f.ref.Programme &&
			slices.ContainsFunc(b.Versions, func(v domain.BookletVersion) bool { return v.Decision != nil })
	})
}

// periodTaken reports whether the period that begins with the enrolment has its
// booklet under another bonus year already.
func (f *bookletFile) periodTaken(v *domain.BookletVersion) bool {
	p := f.programme
	return p.Period.FromEnrolment && v.Enrolled.Complete() && slices.ContainsFunc(f.own.List, func(b domain.Booklet) bool {
		enrolled := b.Latest().Enrolled
		return b.Programme == f.ref.Programme && b.Year != f.ref.Year && enrolled.Complete() &&
			p.PeriodOf(b.Year, enrolled) == p.PeriodOf(f.ref.Year, v.Enrolled)
	})
}

// wrongState is why a booklet cannot be written down now.
func wrongState(state domain.BookletState, s saving) domain.Reason {
	switch {
	case state == 0:
		return domain.ReasonBookletMissing
	case s.kind == domain.FirstVersion && state != domain.BookletParked && state != domain.BookletQueried:
		return domain.ReasonBookletTwice
	}
	return domain.ReasonBookletState
}

// fieldOf names the input of a refusal.
func fieldOf(err error, field string) error {
	if e, ok := err.(*domain.Error); ok {
		return e.WithField(field)
	}
	return err
}

// add puts a version into the records. One that was only parked is replaced;
// everything else is kept.
func (f *bookletFile) add(v domain.BookletVersion, s saving) {
	b := f.booklet()
	if b == nil {
		f.own.List = append(f.own.List, domain.Booklet{Programme: f.ref.Programme, Year: f.ref.Year})
		b = f.booklet()
	}
	if b.State == domain.BookletParked {
		b.Versions = b.Versions[:len(b.Versions)-1]
	}
	b.Versions = append(b.Versions, v)
	b.State, b.Held = s.to, nil
	if s.whole {
		f.markInvoices(v.Stamps)
	}
}

// markInvoices replaces the marks of this booklet's invoices.
func (f *bookletFile) markInvoices(stamps []domain.Stamp) {
	f.account.Invoices = slices.DeleteFunc(f.account.Invoices, f.mine)
	for _, s := range stamps {
		if mark, ok := invoiceMark(s); ok {
			f.account.Invoices = append(f.account.Invoices, domain.Invoice{
				Mark: mark, Member: f.ref.Member, Programme: f.ref.Programme, Year: f.ref.Year,
			})
		}
	}
}

// mine reports whether an invoice is one of this booklet.
func (f *bookletFile) mine(x domain.Invoice) bool {
	return x.Member == f.ref.Member && x.Programme == f.ref.Programme && x.Year == f.ref.Year
}

// repeatedInvoice returns the entry whose invoice stands in another booklet of
// the family, or in an earlier entry of this one; -1 for none.
func (f *bookletFile) repeatedInvoice(stamps []domain.Stamp) int {
	seen := map[[16]byte]bool{}
	for _, list := range [][]domain.Invoice{f.account.Invoices, f.own.Invoices} {
		for _, x := range list {
			seen[x.Mark] = seen[x.Mark] || !f.mine(x)
		}
	}
	for i := range f.own.List {
		b := &f.own.List[i]
		if b.State != domain.BookletParked && (b.Programme != f.ref.Programme || b.Year != f.ref.Year) {
			for _, s := range b.Latest().Stamps {
				if mark, ok := invoiceMark(s); ok {
					seen[mark] = true
				}
			}
		}
	}
	for i, s := range stamps {
		mark, ok := invoiceMark(s)
		if ok && seen[mark] {
			return i
		}
		if ok {
			seen[mark] = true
		}
	}
	return -1
}

// invoiceMark is the hash by which an invoice is known again: its number in
// letters and digits. The amount and the day are what somebody changes who hands
// it in twice. One without a number has no mark, nor has one that does not count.
func invoiceMark(s domain.Stamp) (mark [16]byte, ok bool) {
	number := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s.Invoice)
	if number == "" || s.Invalid != "" {
		return mark, false
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "invoice\x00%s", number))
	return [16]byte(sum[:16]), true
}
