package desk

import (
	"context"
	"io"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// visit is one person served. It lives in memory: evidence is never stored, and
// a process that ends takes it along.
type visit struct {
	id     domain.VisitID
	actor  domain.Actor
	member domain.MemberID

	document domain.DocumentSeen
	// bornInQuery: the opening query held the birth date.
	bornInQuery bool
	// seen and carded are when the document and the card became evidence.
	seen, carded time.Time
	// card holds the last six digits that matched, to ask again whether that
	// card is still active; they go when the visit ends.
	card string
	// closed ends the identification of this visit for good.
	closed domain.Reason

	// shown is the case of the code on the screen, replaced counts new ones made
	// for it.
	shown    code.Case
	replaced int
}

// assurance is what the evidence adds up to at a time.
func (v *visit) assurance(now time.Time) rights.Assurance {
	if v.closed != "" || v.seen.IsZero() || now.Sub(v.seen) > domain.EvidenceLife {
		return rights.None
	}
	if v.carded.IsZero() || now.Sub(v.carded) > domain.EvidenceLife {
		return rights.Document
	}
	return rights.Full
}

// begin opens a visit.
func (d *Desk) begin(a domain.Actor, m domain.MemberID) (*visit, error) {
	v := &visit{actor: a, member: m}
	if _, err := io.ReadFull(d.Random, v.id[:]); err != nil {
		return nil, domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.visits[v.id] = v
	return v, nil
}

// visit returns a copy of a visit of this actor. Whoever is signed in at the
// seat now acts in it only if they are the person who began it.
func (d *Desk) visit(a domain.Actor, id domain.VisitID) (visit, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, ok := d.visits[id]
	if !ok || v.actor.Person != a.Person {
		return visit{}, domain.Fail(domain.Refused, domain.ReasonVisitOver)
	}
	return *v, nil
}

// change alters a visit in place, if it still goes on.
func (d *Desk) change(id domain.VisitID, alter func(*visit)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v, ok := d.visits[id]; ok {
		alter(v)
	}
}

// EndVisit closes a visit. A code that was shown and not handed over is revoked.
func (d *Desk) EndVisit(ctx context.Context, a domain.Actor, id domain.VisitID) error {
	v, err := d.visit(a, id)
	if err != nil {
		return nil // over already: nothing is left to end
	}
	d.mu.Lock()
	delete(d.visits, id)
	d.mu.Unlock()
	return d.drop(ctx, v)
}

// endVisits closes every visit that matches.
func (d *Desk) endVisits(ctx context.Context, match func(*visit) bool) {
	d.mu.Lock()
	var ended []visit
	for id, v := range d.visits {
		if match(v) {
			ended = append(ended, *v)
			delete(d.visits, id)
		}
	}
	d.mu.Unlock()
	for _, v := range ended {
		// What cannot be written now is found again by Sweep at the next start.
		_ = d.drop(ctx, v)
	}
}

// drop revokes what a visit left on the screen.
func (d *Desk) drop(ctx context.Context, v visit) error {
	if v.shown == "" {
		return nil
	}
	e := d.entry(v.actor, domain.ActCodeRevoked, rights.RevokeCode)
	e.Reason = domain.ReasonVisitOver
	return d.revoke(ctx, e, v.member, v.shown)
}
