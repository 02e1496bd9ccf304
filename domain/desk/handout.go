package desk

import (
	"context"
	"errors"
	"io"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// Handing out an activation code takes two steps: Issue makes it and shows it
// once, HandedOver says that the member has it. What is issued and not handed
// over dies with the visit.

// Shown is a code on the screen. It is the only time the code exists outside
// the member's hands: it is not stored, logged or asked for again.
type Shown struct {
	Code      code.Code
	Link      string // what the QR code says
	Case      code.Case
	Purpose   domain.Purpose
	MadeAt    time.Time
	ExpiresAt time.Time
	// Mark is the journal's anchor for the slip.
	Mark string
	// Superseded: an older live code ended by this one.
	Superseded bool
}

// monthOfCodes is how long a handed-over code makes the next one need a second
// person.
const monthOfCodes = 30 * 24 * time.Hour

// addressRest is how many days a changed address makes a code need a second
// person.
const addressRest = 14

// perVisit is how many codes one visit may make: the first, and one free
// replacement.
const perVisit = 2

// Issue makes a code for the visit's member and supersedes a live one.
func (d *Desk) Issue(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, purpose domain.Purpose) (Shown, error) {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return Shown{}, err
	}
	defer release()
	if v.shown != "" {
		return Shown{}, d.refuse(ctx, d.handing(v, domain.ActRefused), domain.ReasonCodeReplaced)
	}
	return d.issue(ctx, v, req, purpose)
}

// Replace makes a new code for the one on the screen, which it revokes. Within a
// visit this is free once.
func (d *Desk) Replace(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, purpose domain.Purpose) (Shown, error) {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return Shown{}, err
	}
	defer release()
	if v.shown == "" {
		return Shown{}, d.refuse(ctx, d.handing(v, domain.ActRefused), domain.ReasonNoLiveCode)
	}
	codes, _, err := d.Reader.Codes(ctx, v.member)
	if err != nil {
		return Shown{}, err
	}
	if c := codeOf(codes, v.shown); c != nil && c.State == domain.CodeRedeemed {
		return Shown{}, d.refuse(ctx, d.handing(v, domain.ActRefused), domain.ReasonCodeNotLive)
	}
	return d.issue(ctx, v, req, purpose)
}

// handing starts an entry about the code of a visit.
func (d *Desk) handing(v visit, act domain.Act) domain.Entry {
	e := d.about(v, act)
	e.Case = v.shown
	return e
}

func (d *Desk) issue(ctx context.Context, v visit, req domain.RequestID, purpose domain.Purpose) (Shown, error) {
	if v.made >= perVisit {
		return Shown{}, d.refuse(ctx, d.handing(v, domain.ActRefused), domain.ReasonCodeReplaced)
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return Shown{}, err
	}
	draft, fresh, err := d.draft(v, settings, purpose)
	if err != nil {
		return Shown{}, err
	}
	shown := Shown{
		Code: fresh, Link: fresh.Link(settings.AppHost), Case: draft.Case, Purpose: purpose,
		MadeAt: draft.CreatedAt, ExpiresAt: draft.ExpiresAt,
	}
	var receipt Receipt
	err = d.again(ctx, func() error {
		receipt, shown.Superseded, err = d.writeIssued(ctx, v, req, draft, settings)
		return err
	})
	switch {
	case err == nil && receipt.Repeated:
		return Shown{}, d.lost(ctx, v)
	case err == nil, errors.Is(err, domain.Fail(0, domain.ReasonUnknownOutcome)):
		// If it was stored after all, the end of the visit revokes it.
		d.change(v.id, func(v *visit) { v.shown, v.made = draft.Case, v.made+1 })
	}
	if err != nil {
		return Shown{}, err
	}
	shown.Mark = receipt.Mark
	return shown, nil
}

// lost answers a request that had been carried out before: its code was made and
// nobody can show it any more. The visit takes it over, so that it is replaced or
// dies with it.
func (d *Desk) lost(ctx context.Context, v visit) error {
	codes, _, err := d.Reader.Codes(ctx, v.member)
	if err != nil {
		return err
	}
	if live := codes.Live(d.latest()); live >= 0 && codes.List[live].HandedOverAt.IsZero() {
		d.change(v.id, func(v *visit) { v.shown = codes.List[live].Case })
	}
	return domain.Fail(domain.Unavailable, domain.ReasonUnknownOutcome)
}

// draft makes the code and its record. The slow hash is computed here, before
// anything is read that somebody else might change meanwhile.
func (d *Desk) draft(v visit, s domain.Settings, purpose domain.Purpose) (domain.ActivationCode, code.Code, error) {
	internal := domain.Fail(domain.Internal, domain.ReasonInternal)
	draw := code.New
	if s.Practice {
		draw = code.NewPractice
	}
	fresh, err := draw(d.Random)
	if err != nil {
		return domain.ActivationCode{}, "", internal.WithCause(err)
	}
	number, err := code.NewCase(d.Random)
	if err != nil {
		return domain.ActivationCode{}, "", internal.WithCause(err)
	}
	var salt [16]byte
	if _, err := io.ReadFull(d.Random, salt[:]); err != nil {
		return domain.ActivationCode{}, "", internal.WithCause(err)
	}
	pepper, epoch, err := d.Peppers.Pepper(0)
	if err != nil {
		return domain.ActivationCode{}, "", err
	}
	now := d.Now()
	return domain.ActivationCode{
		Case: number, Hash: code.HashCode(fresh, pepper, epoch, salt), State: domain.CodeLive,
		Purpose: purpose, Document: v.document.Kind, Assurance: rights.Full, Staff: v.actor.Staff,
		Branch: v.actor.Branch, CreatedAt: now, ExpiresAt: now.Add(s.CodeValidity),
		Representative: v.representative, Proof: v.proof,
	}, fresh, nil
}

// writeIssued checks every rule against what is stored now and commits the new
// code together with the end of the old ones. The guards make sure that nothing
// it looked at has changed in between.
func (d *Desk) writeIssued(ctx context.Context, v visit, req domain.RequestID, draft domain.ActivationCode, s domain.Settings) (Receipt, bool, error) {
	now := d.Now()
	m, memberRev, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Receipt{}, false, err
	}
	e := d.entry(v.actor, domain.ActCodeCreated, rights.HandOut)
	e.Member, e.Case, e.Request = m.ID, draft.Case, req
	e.Document, e.Purpose = v.document.Kind, draft.Purpose
	e.Representative, e.Proof = v.representative, v.proof
	agreed, err := d.consent(ctx, v.actor, handOutWish(v, draft.Purpose))
	if err != nil {
		return Receipt{}, false, err
	}
	if _, err := d.permit(ctx, &e, v.actor, d.fullAssurance(v, m, agreed.evidenceAt(now)), m.Ended(d.today())); err != nil {
		return Receipt{}, false, err
	}
	answers, answersRev, err := d.answers(ctx, m.ID)
	if err != nil {
		return Receipt{}, false, err
	}
	if why := barred(answers, v.actor.Person); why != "" {
		return Receipt{}, false, d.refuse(ctx, e, why)
	}
	codes, codesRev, err := d.Reader.Codes(ctx, m.ID)
	if err != nil {
		return Receipt{}, false, err
	}
	codes.Member = m.ID
	tally, _, err := d.Reader.Tally(ctx, v.actor.Person)
	if err != nil {
		return Receipt{}, false, err
	}
	change := Change{
		Request: req,
		Guards:  []Guard{{m.Ref(), memberRev}, {codes.Ref(), codesRev}, {answers.Ref(), answersRev}},
	}
	replaced := codeOf(codes, v.shown)
	switch why := d.needsSecond(v, m, codes, tally, s, now); {
	case why == "":
	case agreed != nil && why != domain.ReasonChildUnder15:
		agreed.use(&change, &e, now)
	case replaced != nil && replaced.Second != 0 && why != domain.ReasonChildUnder15:
		e.Second = replaced.Second // the free replacement of a code that was agreed to
	default:
		return Receipt{}, false, d.refuse(ctx, e, why)
	}
	draft.Second = e.Second
	entries, events := end(&codes, v.shown, e, now, d.latest())
	codes.List = append(codes.List, draft)
	change.Put = append(change.Put, codes, domain.Showing{Member: m.ID, Case: draft.Case})
	change.Delete, change.Entries, change.Events = ended(entries), append(entries, e), events
	receipt, err := d.Writer.Commit(ctx, change)
	return receipt, len(entries) > 0, err
}

// fullAssurance is the visit's assurance, lowered when the card that was typed
// has been blocked or has run out since.
func (d *Desk) fullAssurance(v visit, m domain.Member, now time.Time) rights.Assurance {
	assurance := v.evidence(now)
	if c, ok := cardByDigits(m.Cards, v.card); assurance == rights.Full && (!ok || !c.Usable(d.today())) {
		return rights.Document
	}
	return assurance
}

// needsSecond says why a second person has to agree, or nothing.
func (d *Desk) needsSecond(v visit, m domain.Member, codes domain.Codes, t domain.Tally, s domain.Settings, now time.Time) domain.Reason {
	switch {
	case under15(m, d.today()) && v.representative == 0:
		return domain.ReasonChildUnder15
	case v.representative > domain.LinkedParent:
		return domain.ReasonSecondGuardian
	case handedOverSince(codes, now.Add(-monthOfCodes)):
		return domain.ReasonSecondInMonth
	case overRate(t, s, now):
		return domain.ReasonSecondRate
	case d.addressChanged(m):
		return domain.ReasonSecondAddress
	}
	return ""
}

// handedOverSince counts a redeemed code, too: the member had it.
func handedOverSince(codes domain.Codes, since time.Time) bool {
	for _, c := range codes.List {
		if c.HandedOverAt.After(since) || c.State == domain.CodeRedeemed && c.EndedAt.After(since) {
			return true
		}
	}
	return false
}

func overRate(t domain.Tally, s domain.Settings, now time.Time) bool {
	return len(within(t.HandedOut, now, time.Hour)) >= s.MaxPerHour ||
		len(within(t.HandedOut, now, 24*time.Hour)) >= s.MaxPerDay
}

// end closes every code that is still marked live: the one on the screen is
// revoked, one whose time is over is written down as expired, any other is
// superseded. The entries are like e, one a code. Latest is now by the clock that
// is later.
func end(codes *domain.Codes, shown code.Case, like domain.Entry, now, latest time.Time) (entries []domain.Entry, events []domain.Event) {
	for i := range codes.List {
		c := &codes.List[i]
		if c.State != domain.CodeLive {
			continue
		}
		e := like
		e.Case, e.Request = c.Case, domain.RequestID{}
		switch {
		case c.StateAt(latest) == domain.CodeExpired:
			c.State, c.EndedAt, e.Act = domain.CodeExpired, c.ExpiresAt, domain.ActCodeExpired
		case c.Case == shown:
			c.State, c.EndedAt, e.Act = domain.CodeRevoked, now, domain.ActCodeRevoked
		default:
			c.State, c.EndedAt, e.Act = domain.CodeSuperseded, now, domain.ActCodeSuperseded
		}
		entries = append(entries, e)
		if c.State != domain.CodeExpired && !c.HandedOverAt.IsZero() {
			events = append(events, event(domain.EventCodeRevoked, codes.Member, *c, now))
		}
	}
	return entries, events
}

// ended are the marks of codes that the entries end.
func ended(entries []domain.Entry) []domain.Ref {
	var refs []domain.Ref
	for _, e := range entries {
		refs = append(refs, domain.Showing{Case: e.Case}.Ref())
	}
	return refs
}

// holdEvents is how long an event can still be taken back.
const holdEvents = 30 * time.Second

func event(k domain.EventKind, m domain.MemberID, c domain.ActivationCode, now time.Time) domain.Event {
	return domain.Event{
		Kind: k, Member: m, Case: c.Case, At: now, State: domain.EventHeld, DueAt: now.Add(holdEvents), Purpose: c.Purpose,
	}
}

func codeOf(codes domain.Codes, number code.Case) *domain.ActivationCode {
	for i := range codes.List {
		if codes.List[i].Case == number {
			return &codes.List[i]
		}
	}
	return nil
}
