package desk

import (
	"context"
	"slices"
	"strings"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/kvnr"
	"schalter/domain/name"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// Facts are what a member tells where no identification is asked for: to block a
// card, or to order one to the stored address.
type Facts struct {
	Name      string // given and family name, in any order
	BirthDate string
	Postcode  string
}

// TellFacts compares name, birth date and postcode, as typed. The answer is right
// or not right for all of it.
func (d *Desk) TellFacts(ctx context.Context, a domain.Actor, id domain.VisitID, typed Facts) error {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	e := d.about(v, domain.ActFactsChecked)
	e.Operation = rights.BlockCard
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return err
	}
	if err := d.mayAsk(ctx, v, e); err != nil {
		return err
	}
	born, err := date.ParseTyped(typed.BirthDate, d.today())
	if err != nil {
		return domain.Fail(domain.Invalid, domain.ReasonDateInvalid).WithField("birth_date")
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return err
	}
	right := sameName(m.Name, typed.Name) && confirms(born, m.BirthDate) &&
		m.Address.Postcode != "" && plain.Compact(typed.Postcode) == plain.Compact(m.Address.Postcode)
	if err := d.told(ctx, v, e, right, domain.ReasonFactsWrong); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.told = d.Now() })
	return nil
}

func confirms(candidates []date.Date, stored date.Date) bool {
	return slices.ContainsFunc(candidates, func(c date.Date) bool { return c.Confirms(stored) })
}

// sameName reports whether a name that was said holds the whole family name and
// one of the given names, in either folding.
func sameName(n domain.Name, said string) bool {
	spoken := foldings(said)
	has := func(part string) bool {
		for _, form := range foldings(part) {
			for _, heard := range spoken {
				if form != "" && strings.Contains(" "+heard+" ", " "+form+" ") {
					return true
				}
			}
		}
		return false
	}
	given := slices.ContainsFunc(strings.Fields(n.Given), has)
	return has(n.Surname) && (given || n.Given == "")
}

// foldings are a name in both foldings, ä as ae and as a, dashes as spaces.
func foldings(s string) []string {
	long, short := name.Fold(strings.ReplaceAll(s, "-", " "))
	return []string{long, short}
}

// Registration is what the app asks for: a member whose registration fails reads
// it out.
type Registration struct {
	KVNR, Digits, Postcode string
}

// Registered says which of it agrees. For support only All is told.
type Registered struct {
	All bool
	// Told reports whether the fields are: only to clerk and supervisor, with the
	// document seen.
	Told                   bool
	KVNR, Digits, Postcode bool
}

// CheckRegistration compares what a member types into the app with the record. A
// wrong try counts with the others.
func (d *Desk) CheckRegistration(ctx context.Context, a domain.Actor, id domain.VisitID, typed Registration) (Registered, error) {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return Registered{}, err
	}
	defer release()
	e := d.about(v, domain.ActRegistrationRight)
	e.Operation = rights.CheckRegistration
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Registered{}, err
	}
	assurance := v.assurance(d.Now())
	decision, err := d.permit(ctx, &e, a, assurance, m.Ended(d.today()))
	if err != nil {
		return Registered{}, err
	}
	if err := d.mayAsk(ctx, v, e); err != nil {
		return Registered{}, err
	}
	number, invalid := kvnr.Parse(typed.KVNR)
	result := Registered{
		KVNR: invalid == nil && number == m.KVNR, Digits: d.cardAnswers(m, typed.Digits),
		Postcode: m.Address.Postcode != "" && plain.Compact(typed.Postcode) == plain.Compact(m.Address.Postcode),
	}
	all := result.KVNR && result.Digits && result.Postcode
	err = d.told(ctx, v, e, all, domain.ReasonFactsWrong)
	if decision.Role == rights.Support || assurance < rights.Document {
		return Registered{All: all}, err
	}
	result.All, result.Told = all, true
	return result, err
}
