package desk

import (
	"context"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/rights"
)

// Waiting is a booklet that somebody has still to do something with.
type Waiting struct {
	Ref    BookletRef
	Masked Masked
	State  domain.BookletState
	Since  time.Time
	// Mine: this person entered it.
	Mine bool
}

// WaitingBooklets lists the booklets that are parked, queried or entered and not
// decided, longest waiting first. It goes over all booklets.
func (d *Desk) WaitingBooklets(ctx context.Context, a domain.Actor) ([]Waiting, error) {
	e := d.entry(a, domain.ActRefused, rights.EnterBooklet)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return nil, err
	}
	var out []Waiting
	for list, err := range d.Reader.AllBooklets(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range list.List {
			b := &list.List[i]
			if b.Latest().Decision == nil {
				out = append(out, Waiting{
					Ref: BookletRef{list.Member, b.Programme, b.Year}, State: b.State, Since: b.Latest().At,
					Mine: b.Latest().Person == a.Person,
				})
			}
		}
	}
	for i := range out {
		m, _, err := d.Reader.Member(ctx, out[i].Ref.Member)
		if err != nil {
			return nil, err
		}
		out[i].Masked = d.mask(a, m)
	}
	slices.SortStableFunc(out, func(x, y Waiting) int { return x.Since.Compare(y.Since) })
	return out, nil
}

// MayEnterBooklets reports whether a person is offered booklets at all.
func MayEnterBooklets(a domain.Actor) bool {
	return rights.Decide(rights.EnterBooklet, situation(a, rights.None, false)).Allowed
}
