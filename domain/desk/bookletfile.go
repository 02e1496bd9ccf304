package desk

import (
	"context"
	"strconv"

	"schalter/domain"
	"schalter/domain/bonus"
)

// bookletFile is everything stored that a booklet's life depends on, as it was
// read for one attempt.
type bookletFile struct {
	ref       BookletRef
	programme *bonus.Programme

	member    domain.Member
	memberRev Rev
	// main is whom the bonuses of the family are credited to: the member, or who
	// the member is insured through.
	main      domain.Member
	mainRev   Rev
	mainKnown bool

	own    *domain.Booklets
	ownRev Rev
	// account holds the invoices of the family: the main member's record, which
	// may be the member's own.
	account    *domain.Booklets
	accountRev Rev

	exams    domain.Examinations
	examsRev Rev
}

// file reads what there is about a booklet.
func (d *Desk) file(ctx context.Context, ref BookletRef) (*bookletFile, error) {
	p, err := d.programme(ref)
	if err != nil {
		return nil, err
	}
	f := &bookletFile{ref: ref, programme: p}
	f.ref.Programme = p.ID
	if f.member, f.memberRev, err = d.Reader.Member(ctx, ref.Member); err != nil {
		return nil, err
	}
	if err := d.readMain(ctx, f); err != nil {
		return nil, err
	}
	own, rev, err := d.Reader.Booklets(ctx, ref.Member)
	if err != nil {
		return nil, err
	}
	f.own, f.ownRev = &own, rev
	f.account, f.accountRev = f.own, f.ownRev
	if f.mainKnown && f.main.ID != f.member.ID {
		account, rev, err := d.Reader.Booklets(ctx, f.main.ID)
		if err != nil {
			return nil, err
		}
		f.account, f.accountRev = &account, rev
	}
	f.exams, f.examsRev, err = d.Reader.Examinations(ctx, ref.Member)
	return f, err
}

// readMain finds the main member of somebody who is insured through another.
func (d *Desk) readMain(ctx context.Context, f *bookletFile) error {
	f.main, f.mainRev, f.mainKnown = f.member, f.memberRev, true
	if f.member.Insurance.As != domain.AsFamily {
		return nil
	}
	main, rev, err := d.Reader.MemberByKVNR(ctx, f.member.Insurance.Main)
	if IsKind(err, domain.NotFound) {
		f.main, f.mainRev, f.mainKnown = domain.Member{}, 0, false
		return nil
	}
	f.main, f.mainRev = main, rev
	return err
}

// guards hold while nothing of the file has changed.
func (f *bookletFile) guards() []Guard {
	guards := []Guard{{f.member.Ref(), f.memberRev}, {f.own.Ref(), f.ownRev}, {f.exams.Ref(), f.examsRev}}
	if f.mainKnown && f.main.ID != f.member.ID {
		guards = append(guards, Guard{f.main.Ref(), f.mainRev}, Guard{f.account.Ref(), f.accountRev})
	}
	return guards
}

// records are those that a booklet is kept in.
func (f *bookletFile) records() []domain.Record {
	if f.account == f.own {
		return []domain.Record{*f.own}
	}
	return []domain.Record{*f.own, *f.account}
}

// booklet is the stored one, nil for none.
func (f *bookletFile) booklet() *domain.Booklet {
	if i := f.own.Find(f.ref.Programme, f.ref.Year); i >= 0 {
		return &f.own.List[i]
	}
	return nil
}

// stored is booklet for those who need one.
func (f *bookletFile) stored() (*domain.Booklet, error) {
	if b := f.booklet(); b != nil {
		return b, nil
	}
	return nil, domain.Fail(domain.NotFound, domain.ReasonBookletMissing)
}

func (f *bookletFile) credited() Credited {
	c := Credited{ToMain: f.creditMain(), Unknown: !f.mainKnown}
	if c.ToMain && f.mainKnown && f.member.Insurance.Relation == domain.Child {
		c.Main = f.main.Name
	}
	return c
}

// creditMain reports whether somebody else than the person gets the money.
func (f *bookletFile) creditMain() bool {
	return f.programme.Credit.ToMain && f.member.Insurance.As == domain.AsFamily
}

// known is what a decision knows of the person before anything is entered.
func (f *bookletFile) known() bonus.Booklet {
	b := bonus.Booklet{
		Year: f.ref.Year,
		Person: bonus.Person{
			Born: f.member.BirthDate, Sex: sexOf(f.member.Sex), InsuredAs: insuredAs(f.member.Insurance.As),
		},
		Membership: membership(insuranceOf(f.member)),
		History:    pastExams(f.history()),
	}
	if f.main.ID != f.member.ID {
		main := bonus.Membership{}
		if f.mainKnown {
			main = membership(insuranceOf(f.main))
		}
		b.Main = &main
	}
	if stored := f.booklet(); stored != nil {
		b.PaidBefore = stored.Paid()
	}
	return b
}

// history is every exam known from before: those that staff added, and those of
// the booklets of earlier years, whatever became of these.
func (f *bookletFile) history() []domain.PastExam {
	list := append([]domain.PastExam(nil), f.exams.List...)
	for i := range f.own.List {
		b := &f.own.List[i]
		if b.Year >= f.ref.Year {
			continue
		}
		v := b.Latest()
		for _, s := range v.Stamps {
			if s.Invalid == "" && s.Date != 0 {
				list = append(list, domain.PastExam{Measure: s.Measure, Exam: s.Exam, Date: s.Date, At: v.At})
			}
		}
	}
	return list
}

func sexOf(s domain.Sex) bonus.Sex {
	switch s {
	case 'w', 'm', 'd':
		return bonus.Sex(s)
	}
	return bonus.NoEntry
}

func insuredAs(as domain.InsuredAs) bonus.InsuredAs {
	switch as {
	case domain.AsFamily:
		return bonus.Family
	case domain.AsPensioner:
		return bonus.Pensioner
	}
	return bonus.Member
}

func insuranceOf(m domain.Member) domain.BookletInsurance {
	i := m.Insurance
	return domain.BookletInsurance{
		Known: true, From: i.From, To: i.To, TerminatedOn: i.TerminatedOn, WithdrawnOn: i.WithdrawnOn,
	}
}

func membership(i domain.BookletInsurance) bonus.Membership { return bonus.Membership(i) }

func pastExams(list []domain.PastExam) []bonus.PastExam {
	out := make([]bonus.PastExam, 0, len(list))
	for _, x := range list {
		out = append(out, bonus.PastExam{Measure: x.Measure, Exam: x.Exam, Date: x.Date})
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
