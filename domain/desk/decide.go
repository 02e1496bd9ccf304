package desk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// samplePercent is the share of booklets that another person has to decide,
// whatever the sum.
const samplePercent = 5

// Signature is the second person's under a decision: who it is, and what they were
// shown. Without a login nobody signs.
type Signature struct {
	Credentials
	// Version is the request that wrote the version they saw, Total what it came
	// to.
	Version domain.RequestID
	Total   bonus.Cents
}

// DecideBooklet decides an entered booklet. Above the configured sum, and for a
// sample that nobody can foresee, whoever entered it needs another person: that
// one decides it later, or agrees now as the second person, to what they were
// shown and nothing else.
func (d *Desk) DecideBooklet(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, second Signature) (domain.BookletDecision, error) {
	var decision domain.BookletDecision
	agreed := &agreement{credentials: second.Credentials}
	err := d.again(ctx, func() error {
		f, err := d.file(ctx, ref)
		if err != nil {
			return err
		}
		e := d.aboutBooklet(a, domain.ActBookletDecided, rights.DecideBooklet, f)
		e.Request = req
		if err := d.mayDecide(ctx, &e, a, f); err != nil {
			return err
		}
		b := f.booklet()
		if made := b.Latest().Decision; made != nil {
			decision = *made
			return nil
		}
		if decision, err = f.decide(); err != nil {
			return err
		}
		if second.Login != "" && (b.Latest().Request != second.Version || decision.Total != second.Total) {
			return d.refuse(ctx, e, domain.ReasonChangedMeanwhile)
		}
		if err := d.fourEyes(ctx, &e, a, f, decision, agreed); err != nil {
			return err
		}
		decision.Staff, decision.Person, decision.At, decision.Request = a.Staff, a.Person, e.At, req
		decision.Second, decision.SecondPerson = agreed.staff.ID, agreed.staff.Person
		b.Latest().Decision = &decision
		b.State = domain.BookletDecided
		_, err = d.Writer.Commit(ctx, Change{
			Request: req, Guards: f.guards(), Put: []domain.Record{*f.own}, Entries: []domain.Entry{e},
		})
		return err
	})
	return decision, err
}

// mayDecide tests everything but the sum.
func (d *Desk) mayDecide(ctx context.Context, e *domain.Entry, a domain.Actor, f *bookletFile) error {
	if err := d.mayTouch(ctx, e, a, f); err != nil {
		return err
	}
	b, err := f.stored()
	switch {
	case err != nil:
		return err
	case b.Latest().Decision != nil && repeats(e.Request, b.Latest().Decision.Request):
		return nil
	case b.State != domain.BookletEntered:
		return d.refuse(ctx, *e, domain.ReasonBookletState)
	case !f.mainKnown:
		return d.refuse(ctx, *e, domain.ReasonMainMissing)
	case f.decidedElsewhere():
		return d.refuse(ctx, *e, domain.ReasonBookletTwice)
	}
	return nil
}

// agreement is a second person who is asked at most once, and only if needed.
type agreement struct {
	credentials Credentials
	staff       domain.Staff
}

// fourEyes sees to it that more than one person stands behind a decision that
// needs it.
func (d *Desk) fourEyes(ctx context.Context, e *domain.Entry, a domain.Actor, f *bookletFile, decision domain.BookletDecision, agreed *agreement) error {
	alone, err := d.mayDecideAlone(ctx, a, f, decision)
	if err != nil || alone {
		return err
	}
	if agreed.credentials.Login == "" {
		return d.refuse(ctx, *e, domain.ReasonOtherDecider)
	}
	return d.agree(ctx, e, a, f, agreed)
}

// mayDecideAlone reports whether one person may decide. They may not where their
// own word about an earlier exam makes the bonus; nor, of what they entered
// themselves, above the sum, in the sample, or where it came after the deadline
// and the day of receipt that they typed says otherwise.
func (d *Desk) mayDecideAlone(ctx context.Context, a domain.Actor, f *bookletFile, decision domain.BookletDecision) (bool, error) {
	b := f.booklet()
	if rests, err := d.restsOnOwnExams(ctx, a, f, decision.Total); err != nil || rests {
		return false, err
	}
	if !enteredBy(b, a.Person) {
		return true, nil
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return false, err
	}
	return decision.Total <= settings.BookletAlone && !drawn(b) && !backdated(b, decision.Deadline), nil
}

// backdated reports whether a booklet in time by its day of receipt was typed
// after the deadline, so that somebody's word is all there is for it. Typed anew,
// it is as old as the first version of that day.
func backdated(b *domain.Booklet, deadline date.Date) bool {
	day := b.Latest().Received
	first := slices.IndexFunc(b.Versions, func(v domain.BookletVersion) bool { return v.Received == day })
	return deadline != 0 && day <= deadline && date.Of(b.Versions[first].At) > deadline
}

// enteredBy reports whether a person wrote any version since the last decision.
func enteredBy(b *domain.Booklet, p domain.PersonID) bool {
	for i := len(b.Versions) - 1; i >= 0 && b.Versions[i].Decision == nil; i-- {
		if b.Versions[i].Person == p {
			return true
		}
	}
	return false
}

// restsOnOwnExams reports whether the total is another one without the exams that
// the person added.
func (d *Desk) restsOnOwnExams(ctx context.Context, a domain.Actor, f *bookletFile, total bonus.Cents) (bool, error) {
	var others []domain.PastExam
	for _, x := range f.exams.List {
		s, _, err := d.Reader.Staff(ctx, x.Staff)
		if err != nil {
			return false, err
		}
		if s.Person != a.Person {
			others = append(others, x)
		}
	}
	if len(others) == len(f.exams.List) {
		return false, nil
	}
	without := *f
	without.exams.List = others
	decision, err := without.decide()
	return decision.Total != total, err
}

// agree proves the second person, once for all attempts. Like the first, they may
// be related neither to the person nor to whom the bonus is credited to.
func (d *Desk) agree(ctx context.Context, e *domain.Entry, a domain.Actor, f *bookletFile, agreed *agreement) error {
	if agreed.staff.ID == 0 {
		id, err := d.second(ctx, *e, a, agreed.credentials)
		if err != nil {
			return err
		}
		if agreed.staff, _, err = d.Reader.Staff(ctx, id); err != nil {
			return err
		}
	}
	if f.mainKnown {
		related, err := d.related(ctx, agreed.staff.Person, f.main.KVNR)
		switch {
		case err != nil:
			return err
		case related:
			return d.refuse(ctx, *e, domain.ReasonSecondRelated)
		}
	}
	e.Second = agreed.staff.ID
	return nil
}

// draw draws the next version of a booklet for the sample: by a secret that no
// clerk has, so that nobody knows before it is entered. The draw is kept in the
// version, so that new keys change nothing about it.
func (d *Desk) draw(f *bookletFile) (bool, error) {
	secret, _, err := d.Peppers.Pepper(0)
	if err != nil {
		return false, err
	}
	version := 0
	if b := f.booklet(); b != nil {
		version = len(b.Versions)
		if b.State == domain.BookletParked {
			version-- // it is replaced
			if b.Latest().Drawn {
				return true, nil
			}
		}
	}
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "booklet sample\x00%d\x00%s\x00%d", f.ref.Member, f.ref.object(), version)
	return binary.BigEndian.Uint64(mac.Sum(nil))%100 < samplePercent, nil
}

// drawn reports whether a booklet is in the sample. Once drawn, it stays: what is
// entered anew does not take it out.
func drawn(b *domain.Booklet) bool {
	return slices.ContainsFunc(b.Versions, func(v domain.BookletVersion) bool { return v.Drawn })
}

// decide judges the newest version with all that is known now.
func (f *bookletFile) decide() (domain.BookletDecision, error) {
	v := f.booklet().Latest()
	known := f.known()
	d, err := assess(f.programme, known, *v, exemptions(*v), v.Late != nil)
	if err != nil {
		return domain.BookletDecision{}, err
	}
	out := domain.BookletDecision{
		Hash: d.Hash, Born: known.Person.Born, Sex: known.Person.Sex, InsuredAs: known.Person.InsuredAs,
		Insurance: insuranceOf(f.member), Main: insuranceOf(f.main), History: f.history(),
		PaidBefore: known.PaidBefore, Deadline: d.Deadline, Track: d.Track, Refusal: d.Refusal,
		Lines: linesOf(d.Lines), Total: d.Total, Hypothetical: d.Hypothetical, ToPay: d.ToPay,
		PointsLeft: d.PointsLeft, CreditMain: f.creditMain(),
	}
	if d.Refusal == "" {
		out.Shares = sharesOf(f.programme.Shares(d))
		return out, nil
	}
	// What was decided or paid stays when more papers come too late, or after the
	// insurance has ended: the refusal is about the new papers.
	if before := standing(f.booklet().Versions); before != nil {
		out.Total, out.Shares = before.Decision.Total, before.Decision.Shares
		out.ToPay = out.Total - known.PaidBefore
	} else if known.PaidBefore > 0 {
		out.Total, out.ToPay = known.PaidBefore, 0
	}
	return out, nil
}

// standing is the version whose decision stays in force though the papers that
// were handed in after it are refused; nil where there is none. A correction
// replaces what it corrects, a supplement only adds to it.
func standing(versions []domain.BookletVersion) *domain.BookletVersion {
	at := len(versions) - 1
	for at >= 0 && versions[at].Kind != domain.Supplement {
		at--
	}
	for at--; at >= 0; at-- {
		v := &versions[at]
		if v.Decision == nil {
			continue
		}
		if v.Decision.Refusal == "" {
			return v
		}
		return standing(versions[:at+1])
	}
	return nil
}

func linesOf(lines []bonus.Line) []domain.BookletLine {
	out := make([]domain.BookletLine, 0, len(lines))
	for _, l := range lines {
		out = append(out, domain.BookletLine{
			Group: l.Group, Measure: l.Measure, Stamp: l.Stamp, Cents: l.Cents,
			Code: l.Reason.Code, Cause: l.Reason.Cause, Exam: l.Reason.Exam, Token: l.Reason.Token,
		})
	}
	return out
}

func sharesOf(shares []bonus.Share) []domain.Share {
	out := make([]domain.Share, 0, len(shares))
	for _, s := range shares {
		out = append(out, domain.Share{Group: s.Part, Cents: s.Cents, Reimbursed: s.Reimbursed})
	}
	return out
}

// Standing is where a member's booklet stands, for lists.
type Standing struct {
	Ref   BookletRef
	State domain.BookletState
	// Decision in force, nil while there is none.
	Decision *domain.BookletDecision
	Paid     bonus.Cents
	Versions int
}

// BookletsOf lists a member's booklets, newest year first. It is for those who
// have opened the member's record or a booklet.
func (d *Desk) BookletsOf(ctx context.Context, a domain.Actor, m domain.MemberID) ([]Standing, error) {
	e := d.entry(a, domain.ActRefused, rights.EnterBooklet)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return nil, err
	}
	list, _, err := d.Reader.Booklets(ctx, m)
	if err != nil {
		return nil, err
	}
	out := make([]Standing, 0, len(list.List))
	for i := range list.List {
		b := &list.List[i]
		out = append(out, Standing{
			Ref: BookletRef{m, b.Programme, b.Year}, State: b.State, Decision: b.Latest().Decision,
			Paid: b.Paid(), Versions: len(b.Versions),
		})
	}
	slices.SortStableFunc(out, func(x, y Standing) int { return y.Ref.Year - x.Ref.Year })
	return out, nil
}
