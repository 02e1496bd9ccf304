package desk

import (
	"context"
	"slices"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// ReleaseMeasure frees a person from a measure that the programme asks for, such
// as an exam that cannot be made any more. It takes a reason and two people.
func (d *Desk) ReleaseMeasure(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, measure, reason string, second Credentials) error {
	return d.accept(ctx, a, req, ref, reason, second, domain.ActBookletReleased,
		func(f *bookletFile, v *domain.BookletVersion, x domain.Acceptance) (domain.Reason, error) {
			if _, ok := f.programme.Measure(measure); !ok {
				return "", domain.Fail(domain.Invalid, domain.ReasonBookletInvalid).WithField("measure")
			}
			v.Releases = append(append([]domain.Release(nil), v.Releases...), domain.Release{Measure: measure, Acceptance: x})
			return "", nil
		})
}

// AcceptLate lets a booklet that came too late count as if it had come on the
// last day, for somebody who was kept from it without fault (§ 27 SGB X). It
// takes a reason and two people.
func (d *Desk) AcceptLate(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, reason string, second Credentials) error {
	return d.accept(ctx, a, req, ref, reason, second, domain.ActBookletLateAccepted,
		func(f *bookletFile, v *domain.BookletVersion, x domain.Acceptance) (domain.Reason, error) {
			if f.booklet().Latest().Decision != nil && v.Late != nil {
				return domain.ReasonBookletState, nil // it made no difference
			}
			decided, err := assess(f.programme, f.known(), *v, exemptions(*v), false)
			if err == nil && decided.Refusal != bonus.Late {
				return domain.ReasonNotLate, nil
			}
			v.Late = &x
			return "", err
		})
}

// accept writes what two people take upon themselves into the newest version of a
// booklet. One that is decided is to be decided again: the version is a correction
// with the same entries. Change says why it cannot.
func (d *Desk) accept(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, reason string, second Credentials, act domain.Act, change func(*bookletFile, *domain.BookletVersion, domain.Acceptance) (domain.Reason, error)) error {
	if reason = remark(reason); reason == "" {
		return domain.Fail(domain.Invalid, domain.ReasonReasonNeeded).WithField("reason")
	}
	agreed := &agreement{credentials: second}
	return d.again(ctx, func() error {
		f, err := d.file(ctx, ref)
		if err != nil {
			return err
		}
		e := d.aboutBooklet(a, act, rights.ReleaseBooklet, f)
		e.Request = req
		if err := d.mayTouch(ctx, &e, a, f); err != nil {
			return err
		}
		b, err := f.stored()
		if err != nil {
			return err
		}
		decided := b.Latest().Decision != nil
		switch {
		case repeats(req, b.Latest().Request):
			return nil
		case decided && b.State != domain.BookletDecided:
			return d.refuse(ctx, e, domain.ReasonBookletState)
		case decided && len(b.Versions) >= maxVersions:
			return d.refuse(ctx, e, domain.ReasonBookletFull)
		}
		if err := d.agree(ctx, &e, a, f, agreed); err != nil {
			return err
		}
		v := *b.Latest()
		accepted := domain.Acceptance{Reason: reason, Staff: a.Staff, Second: e.Second, At: e.At}
		if why, err := change(f, &v, accepted); err != nil {
			return err
		} else if why != "" {
			return d.refuse(ctx, e, why)
		}
		if decided {
			// Who typed the entries stays named: nobody else has.
			v.Kind, v.Decision, v.At, v.Request = domain.Correction, nil, e.At, req
			b.Versions, b.State, b.Held = append(b.Versions, v), domain.BookletEntered, nil
		} else {
			*b.Latest() = v
		}
		_, err = d.Writer.Commit(ctx, Change{
			Request: req, Guards: f.guards(), Put: []domain.Record{*f.own}, Entries: []domain.Entry{e},
		})
		return err
	})
}

// KnownExam is an exam of an earlier year that staff have seen proof of.
type KnownExam struct {
	Measure, Exam string
	Date          date.Date // perhaps without a day
	// From says how they know, in a few words.
	From string
}

// maxExams bounds what is kept of one member.
const maxExams = 200

// AddExamination adds an exam known from elsewhere. It drives intervals and
// series of every booklet that is decided from now on.
func (d *Desk) AddExamination(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, x KnownExam) error {
	if !x.Date.Valid() || x.Date > d.today() {
		return domain.Fail(domain.Invalid, domain.ReasonDateInvalid).WithField("date")
	}
	return d.again(ctx, func() error {
		f, err := d.file(ctx, ref)
		if err != nil {
			return err
		}
		e := d.aboutBooklet(a, domain.ActExamAdded, rights.EnterBooklet, f)
		e.Request = req
		if err := d.mayTouch(ctx, &e, a, f); err != nil {
			return err
		}
		if err := knownTo(f.programme, x); err != nil {
			return err
		}
		if len(f.exams.List) >= maxExams {
			return d.refuse(ctx, e, domain.ReasonBookletFull)
		}
		from, _, _ := plain.Line(x.From, maxRemark)
		f.exams.List = append(f.exams.List, domain.PastExam{
			Measure: x.Measure, Exam: x.Exam, Date: x.Date, From: from, Staff: a.Staff, At: e.At,
		})
		_, err = d.Writer.Commit(ctx, Change{
			Request: req, Guards: f.guards(), Put: []domain.Record{f.exams}, Entries: []domain.Entry{e},
		})
		return err
	})
}

// WithdrawExamination takes back an exam that staff added: by mistake, or without
// proof. What was decided with it stays decided.
func (d *Desk) WithdrawExamination(ctx context.Context, a domain.Actor, req domain.RequestID, ref BookletRef, x KnownExam) error {
	return d.again(ctx, func() error {
		f, err := d.file(ctx, ref)
		if err != nil {
			return err
		}
		e := d.aboutBooklet(a, domain.ActExamWithdrawn, rights.EnterBooklet, f)
		e.Request = req
		if err := d.mayTouch(ctx, &e, a, f); err != nil {
			return err
		}
		at := slices.IndexFunc(f.exams.List, func(y domain.PastExam) bool {
			return y.Measure == x.Measure && y.Exam == x.Exam && y.Date == x.Date
		})
		if at < 0 {
			return domain.Fail(domain.Invalid, domain.ReasonBookletInvalid).WithField("exam")
		}
		f.exams.List = slices.Delete(f.exams.List, at, at+1)
		_, err = d.Writer.Commit(ctx, Change{
			Request: req, Guards: f.guards(), Put: []domain.Record{f.exams}, Entries: []domain.Entry{e},
		})
		return err
	})
}

// knownTo tests that a programme has the exam.
func knownTo(p *bonus.Programme, x KnownExam) error {
	m, ok := p.Measure(x.Measure)
	if !ok {
		return domain.Fail(domain.Invalid, domain.ReasonBookletInvalid).WithField("measure")
	}
	for _, exam := range m.Exams {
		if exam.ID == x.Exam {
			return nil
		}
	}
	if len(m.Exams) > 0 || x.Exam != "" {
		return domain.Fail(domain.Invalid, domain.ReasonBookletInvalid).WithField("exam")
	}
	return nil
}
