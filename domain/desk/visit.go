package desk

import (
	"context"
	"io"
	"sync"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/iccsn"
	"schalter/domain/rights"
)

// visit is one person served. It lives in memory: evidence is never stored, and
// a process that ends takes it along.
type visit struct {
	id     domain.VisitID
	actor  domain.Actor
	member domain.MemberID
	// work is held by whatever makes, hands over or ends a code of the visit, so
	// that none of them acts on what another is just changing.
	work *sync.Mutex

	document domain.DocumentSeen
	// bornInQuery: the opening query held the birth date, typed at that time.
	bornInQuery time.Time
	// carded is when the card became evidence; card holds the digits that matched,
	// to ask again whether that card is still active.
	carded time.Time
	card   string
	// cardRead: it was read, not typed; verdict is how the newest card of this
	// member that was read compares with the record, nil before one was.
	cardRead bool
	verdict  *CardVerdict
	// unknownCards were read and are not on record; each counts once.
	unknownCards []iccsn.ICCSN
	// phoned is when the questions on the phone were answered, told when name,
	// birth date and postcode were: each when it was right.
	phoned, told time.Time
	// representative acts for the member, shown by proof; parent is the linked one,
	// whose record the document is compared with.
	representative domain.Representative
	proof          domain.Proof
	parent         domain.MemberID
	// related: it is the actor's own record or a relative's, opened with a second
	// person: to be looked at only.
	related bool
	// asked are the requests for a second person that belong to the visit.
	asked []code.Case
	// expired counts how often an expired document was tried.
	expired int
	// closed ends the identification of this visit for good.
	closed domain.Reason

	// shown is the case of the code on the screen; made counts the codes of this
	// visit, however they ended.
	shown code.Case
	made  int
}

// assurance is what the evidence adds up to at a time. Evidence is as old as the
// oldest fact in it. Who acts for a member without being linked to them proves
// nothing but for a code that a second person agrees to.
func (v *visit) assurance(now time.Time) rights.Assurance {
	if v.representative > domain.LinkedParent {
		return rights.None
	}
	return v.evidence(now)
}

// evidence is the assurance of whoever stands there, the member or not.
func (v *visit) evidence(now time.Time) rights.Assurance {
	switch {
	case v.closed != "" || v.related:
		return rights.None
	case !fresh(v.document.Since(), now) && fresh(v.phoned, now):
		return rights.ByPhone
	case !fresh(v.document.Since(), now):
		return rights.None
	case !fresh(v.carded, now):
		return rights.Document
	}
	return rights.Full
}

// begin opens a visit, and ends an earlier one of the same login at the seat: one
// person is served at a time.
func (d *Desk) begin(ctx context.Context, a domain.Actor, m domain.MemberID) (*visit, error) {
	err := d.endVisits(ctx, func(v *visit) bool { return sameSeat(v.actor, a) })
	if err != nil {
		return nil, err
	}
	v := &visit{actor: a, member: m, work: new(sync.Mutex)}
	if _, err := io.ReadFull(d.Random, v.id[:]); err != nil {
		return nil, domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.visits[v.id] = v
	return v, nil
}

// sameSeat reports whether two are one login at one seat. The command line is no
// seat: several commands of a login may run at once.
func sameSeat(a, b domain.Actor) bool {
	return seatOf(a) == seatOf(b) && a.Staff == b.Staff && a.Channel != rights.Console
}

// visit returns a copy of a visit of this login. Another login is refused, also
// another one of the same person: its rights may be others.
func (d *Desk) visit(ctx context.Context, a domain.Actor, id domain.VisitID) (visit, error) {
	d.mu.Lock()
	v, ok := d.visits[id]
	var copied visit
	if ok {
		copied = *v
	}
	d.mu.Unlock()
	if !ok || copied.actor.Staff != a.Staff {
		return visit{}, d.refuse(ctx, d.entry(a, domain.ActRefused, rights.Open), domain.ReasonVisitOver)
	}
	return copied, nil
}

// seize is visit for those who make or end a code: it waits until nobody else
// does, and what it returns stays true until release.
func (d *Desk) seize(ctx context.Context, a domain.Actor, id domain.VisitID) (v visit, release func(), err error) {
	v, err = d.visit(ctx, a, id)
	if err != nil {
		return v, nil, err
	}
	v.work.Lock()
	again, err := d.visit(ctx, a, id) // it may have ended meanwhile
	if err != nil {
		v.work.Unlock()
		return v, nil, err
	}
	return again, v.work.Unlock, nil
}

// change alters a visit in place, if it still goes on.
func (d *Desk) change(id domain.VisitID, alter func(*visit)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v, ok := d.visits[id]; ok {
		alter(v)
	}
}

// EndVisit closes a visit. A code that was shown and not handed over is revoked;
// if that cannot be written, the visit goes on, so that it can be tried again.
func (d *Desk) EndVisit(ctx context.Context, a domain.Actor, id domain.VisitID) error {
	return d.endVisits(ctx, func(v *visit) bool { return v.id == id && v.actor.Staff == a.Staff })
}

// endVisits closes every visit that matches. One that cannot be closed stays, and
// the first error is returned; the sweep of the next start would find its code.
func (d *Desk) endVisits(ctx context.Context, match func(*visit) bool) error {
	d.mu.Lock()
	var ending []visit
	for _, v := range d.visits {
		if match(v) {
			ending = append(ending, *v)
		}
	}
	d.mu.Unlock()
	var first error
	for _, v := range ending {
		if err := d.endVisit(ctx, v); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (d *Desk) endVisit(ctx context.Context, v visit) error {
	v.work.Lock()
	defer v.work.Unlock()
	d.mu.Lock()
	now, ok := d.visits[v.id]
	if ok {
		v = *now
	}
	d.mu.Unlock()
	if !ok {
		return nil
	}
	if v.shown != "" {
		e := d.entry(v.actor, domain.ActCodeRevoked, rights.RevokeCode)
		e.Reason = domain.ReasonVisitOver
		if err := d.revoke(ctx, e, v.member, v.shown); err != nil {
			return err
		}
	}
	if err := d.withdrawAll(ctx, v); err != nil {
		return err
	}
	d.mu.Lock()
	delete(d.visits, v.id)
	d.mu.Unlock()
	return nil
}
