package desk

import (
	"context"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/code"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// BookletLetter is what a letter about a bonus booklet says: a decision with the
// reason of every line, or a query. It holds a name and an address: it is for
// paper, not for the screen.
type BookletLetter struct {
	// Number of the letter, public.
	Number  code.Case
	At      time.Time
	Insurer string
	Branch  domain.Branch
	// Practice: nobody is meant.
	Practice bool

	// To is whom the letter goes to; Person whose booklet it is.
	To, Person domain.Name
	Address    domain.Address
	Last3      string // of the person's KVNR

	Programme string // its title
	Source    []bonus.Note
	Year      int
	Received  date.Date
	// Query is set on a letter that asks, Decision on one that decides.
	Query    []AskedFor
	Decision *domain.BookletDecision
	Parts    []LetterPart

	toMain bool
}

// AskedFor is one thing that a letter asks for.
type AskedFor struct {
	Measure, Exam string // titles
	Want          domain.QueryWant
	Text          string
}

// LetterPart is a part of a programme with what became of its entries.
type LetterPart struct {
	Title string
	// Cents is what the part adds to the total after all caps.
	Cents      bonus.Cents
	Reimbursed bool
	Lines      []LetterLine
}

// LetterLine is an entry, or a measure that is missing or not asked for.
type LetterLine struct {
	Title   string
	Date    date.Date
	Cents   bonus.Cents
	Reason  bonus.Reason
	Invalid string // why staff did not count it
}

// WriteLetter puts together the letter that a booklet is due: a query while it
// waits for an answer, else its decision. It is journalled; who has it printed
// cannot bring the address as evidence for a while, since they have seen it.
func (d *Desk) WriteLetter(ctx context.Context, a domain.Actor, ref BookletRef) (BookletLetter, error) {
	var l BookletLetter
	err := d.again(ctx, func() error {
		f, err := d.file(ctx, ref)
		if err != nil {
			return err
		}
		e := d.aboutBooklet(a, domain.ActBookletLetter, rights.EnterBooklet, f)
		if err := d.mayTouch(ctx, &e, a, f); err != nil {
			return err
		}
		b, err := f.stored()
		if err != nil {
			return err
		}
		if b.State != domain.BookletQueried && b.Latest().Decision == nil {
			return d.refuse(ctx, e, domain.ReasonBookletState)
		}
		settings, _, err := d.Reader.Settings(ctx)
		if err != nil {
			return err
		}
		if l, err = d.letter(a, f, b, settings); err != nil {
			return err
		}
		e.Case = l.Number
		if l.toMain {
			return d.noteShown(ctx, a, e, f.main.ID)
		}
		return d.noteShown(ctx, a, e)
	})
	return l, err
}

// letter fills in a letter.
func (d *Desk) letter(a domain.Actor, f *bookletFile, b *domain.Booklet, s domain.Settings) (BookletLetter, error) {
	number, err := code.NewCase(d.Random)
	if err != nil {
		return BookletLetter{}, domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
	}
	v := b.Latest()
	l := BookletLetter{
		Number: number, At: d.Now(), Insurer: s.Insurer, Practice: s.Practice,
		To: f.member.Name, Person: f.member.Name, Address: f.member.Address, Last3: f.member.KVNR.Last3(),
		Programme: f.programme.Title, Source: f.programme.Source, Year: b.Year, Received: v.Received,
	}
	if i := slices.IndexFunc(s.Branches, func(x domain.Branch) bool { return x.Name == a.Branch }); i >= 0 {
		l.Branch = s.Branches[i]
	}
	// A child's letter goes to whom the bonus is credited to.
	if under15(f.member, d.today()) && f.mainKnown {
		l.To, l.Address, l.toMain = f.main.Name, f.main.Address, true
	}
	if b.State == domain.BookletQueried {
		l.Query = f.askedFor(v.Query)
		return l, nil
	}
	l.Decision = v.Decision
	l.Parts = f.parts(v)
	return l, nil
}

func (f *bookletFile) askedFor(q *domain.BookletQuery) (list []AskedFor) {
	for _, item := range q.Items {
		x := AskedFor{Exam: item.Exam, Want: item.Want, Text: item.Text}
		if item.Measure != "" {
			x.Measure = f.measureTitle(item.Measure)
		}
		list = append(list, x)
	}
	return list
}

func (f *bookletFile) measureTitle(id string) string {
	if m, ok := f.programme.Measure(id); ok {
		return m.Title
	}
	return id
}

// parts are the decision's lines under the parts they belong to, in the order of
// the lines; what staff did not count comes last.
func (f *bookletFile) parts(v *domain.BookletVersion) []LetterPart {
	var parts []LetterPart
	at := map[string]int{}
	part := func(id string) *LetterPart {
		i, known := at[id]
		if !known {
			i = len(parts)
			at[id] = i
			parts = append(parts, LetterPart{Title: f.partTitle(id)})
		}
		return &parts[i]
	}
	for _, l := range v.Decision.Lines {
		line := LetterLine{
			Title: f.measureTitle(l.Measure), Cents: l.Cents,
			Reason: bonus.Reason{Code: l.Code, Cause: l.Cause, Exam: l.Exam, Token: l.Token},
		}
		if l.Stamp >= 0 {
			line.Date = v.Stamps[l.Stamp].Date
			if exam := v.Stamps[l.Stamp].Exam; exam != "" {
				line.Title += ", " + exam
			}
		}
		p := part(l.Group)
		p.Lines = append(p.Lines, line)
	}
	// Refused, the lines are about papers that add nothing to what stands.
	if v.Decision.Refusal == "" {
		for _, s := range v.Decision.Shares {
			p := part(s.Group)
			p.Cents, p.Reimbursed = s.Cents, s.Reimbursed
		}
	}
	for _, s := range v.Stamps {
		if s.Invalid != "" {
			p := part("")
			p.Lines = append(p.Lines, LetterLine{Title: f.measureTitle(s.Measure), Date: s.Date, Invalid: s.Invalid})
		}
	}
	return parts
}

// partTitle is the title of a group; what is no group of the file keeps its id,
// for the letter to put into words.
func (f *bookletFile) partTitle(id string) string {
	for _, g := range f.programme.Groups {
		if g.ID == id {
			return g.Title
		}
	}
	return id
}
