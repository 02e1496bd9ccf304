package desk

import (
	"context"
	"iter"
	"slices"
	"strconv"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// A second person agrees to one wish of another: the operation, the member and
// every parameter, with the evidence as it was when it was asked. Who asks and who
// answers are different natural persons, whichever logins they use. There are
// three doors: the requester's seat (AnswerHere), the approver's own session
// (Answer), and the command line, where both sign one command.

// Asking is what somebody wants a second person for.
type Asking struct {
	Operation rights.Operation
	// Purpose of a code, where the operation is to hand one out.
	Purpose domain.Purpose
}

// ApprovalView is a request as the people see whom it concerns.
type ApprovalView struct {
	Case       code.Case
	State      domain.ApprovalState
	Operation  rights.Operation
	Reason     domain.Reason
	Parameters []domain.Parameter
	Member     domain.MemberID
	Masked     Masked
	Requester  string // name of the person who asks
	Approver   string // "" until answered
	Channel    rights.Channel
	Branch     string
	Seat       string
	Assurance  rights.Assurance
	Document   domain.DocumentKind
	AskedAt    time.Time
	AnsweredAt time.Time
	// Until is when the request, or the answer, ends.
	Until time.Time
	// Mine: the reader asked it. MayAnswer: the reader may answer it.
	Mine, MayAnswer bool
}

// AskSecond asks for a second person for what the visit is about. It freezes the
// evidence: after the answer there are five minutes to act on it.
func (d *Desk) AskSecond(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, asking Asking) (code.Case, error) {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return "", err
	}
	defer release()
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return "", err
	}
	wish := wishOf(v, asking.Operation)
	if asking.Operation == rights.HandOut {
		wish = handOutWish(v, asking.Purpose)
	}
	e := d.entry(a, domain.ActApprovalAsked, asking.Operation)
	e.Member, e.Document, e.Purpose = m.ID, v.document.Kind, asking.Purpose
	now := d.Now()
	evidence := v.assurance(now)
	if asking.Operation == rights.HandOut {
		evidence = d.fullAssurance(v, m, now)
	}
	if _, err := d.permit(ctx, &e, a, evidence, m.Ended(d.today())); err != nil {
		return "", err
	}
	why, err := d.reasonToAsk(ctx, v, m, asking)
	if err != nil {
		return "", err
	}
	if why == "" {
		return "", d.refuse(ctx, refusal(e), domain.ReasonApprovalNotNeeded)
	}
	number, err := d.ask(ctx, a, req, wish, why, e)
	if err == nil {
		d.change(id, func(v *visit) { v.asked = append(v.asked, number) })
	}
	return number, err
}

// reasonToAsk says why the operation needs a second person now, or nothing. What
// no second person can make right is an error.
func (d *Desk) reasonToAsk(ctx context.Context, v visit, m domain.Member, asking Asking) (domain.Reason, error) {
	switch asking.Operation {
	case rights.HandOut:
		settings, _, err := d.Reader.Settings(ctx)
		if err != nil {
			return "", err
		}
		codes, _, err := d.Reader.Codes(ctx, m.ID)
		if err != nil {
			return "", err
		}
		tally, _, err := d.Reader.Tally(ctx, v.actor.Person)
		if err != nil {
			return "", err
		}
		why := d.needsSecond(v, m, codes, tally, settings, d.Now())
		if why == domain.ReasonChildUnder15 {
			return "", domain.Fail(domain.Refused, why)
		}
		return why, nil
	case rights.OrderCard:
		if d.addressChanged(m) {
			return domain.ReasonSecondAddress, nil
		}
	}
	return "", nil
}

// AskToOpen asks for a second person to open the asker's own record, or that of a
// relative.
func (d *Desk) AskToOpen(ctx context.Context, a domain.Actor, req domain.RequestID, member domain.MemberID) (code.Case, error) {
	m, _, err := d.Reader.Member(ctx, member)
	if err != nil {
		return "", err
	}
	e := d.entry(a, domain.ActApprovalAsked, rights.OpenRelated)
	e.Member = m.ID
	if _, err := d.permit(ctx, &e, a, rights.None, m.Ended(d.today())); err != nil {
		return "", err
	}
	related, err := d.related(ctx, a.Person, m.KVNR)
	if err != nil {
		return "", err
	}
	if !related {
		return "", d.refuse(ctx, refusal(e), domain.ReasonApprovalNotNeeded)
	}
	return d.ask(ctx, a, req, domain.Wish{Operation: rights.OpenRelated, Member: m.ID}, domain.ReasonSecondRelated, e)
}

// wishOf is what a visit wants, without parameters.
func wishOf(v visit, op rights.Operation) domain.Wish {
	return domain.Wish{Operation: op, Member: v.member, Visit: v.id}
}

// handOutWish is a code for the visit's member, for a purpose, handed to whoever
// acts for them.
func handOutWish(v visit, purpose domain.Purpose) domain.Wish {
	w := wishOf(v, rights.HandOut)
	w.Parameters = []domain.Parameter{{Key: domain.ParamPurpose, Value: strconv.Itoa(int(purpose))}}
	if v.representative != 0 {
		w.Parameters = append(w.Parameters,
			domain.Parameter{Key: domain.ParamRepresentative, Value: strconv.Itoa(int(v.representative))},
			domain.Parameter{Key: domain.ParamProof, Value: strconv.Itoa(int(v.proof))})
	}
	return w
}

// keepApprovals is how long requests that are over are kept.
const keepApprovals = 7 * 24 * time.Hour

// ask writes a request down, and forgets those that are long over.
func (d *Desk) ask(ctx context.Context, a domain.Actor, req domain.RequestID, w domain.Wish, why domain.Reason, e domain.Entry) (code.Case, error) {
	number, err := code.NewCase(d.Random)
	if err != nil {
		return "", domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
	}
	state, err := domain.Next(domain.OfApproval, domain.ApprovalState(0), domain.StepAsk)
	if err != nil {
		return "", err
	}
	e.Case, e.Request, e.Reason = number, req, why
	approval := domain.Approval{
		Case: number, State: state, Wish: w, Digest: w.Digest(), Reason: why,
		Staff: a.Staff, Person: a.Person, Roles: a.Roles, Channel: a.Channel, Branch: a.Branch, Seat: a.Seat,
		Assurance: e.Assurance, Document: e.Document, AskedAt: d.Now(),
	}
	change := Change{
		Request: req, Guards: []Guard{{approval.Ref(), 0}}, Put: []domain.Record{approval}, Entries: []domain.Entry{e},
	}
	for old, err := range d.Reader.AllApprovals(ctx) {
		if err != nil {
			return "", err
		}
		if d.Now().Sub(old.AskedAt) > keepApprovals && len(change.Delete) < 20 {
			change.Delete = append(change.Delete, old.Ref())
		}
	}
	receipt, err := d.Writer.Commit(ctx, change)
	if err == nil && receipt.Repeated {
		return d.askedBefore(ctx, a, w)
	}
	return number, err
}

// askedBefore finds the request that an earlier try of the same made.
func (d *Desk) askedBefore(ctx context.Context, a domain.Actor, w domain.Wish) (code.Case, error) {
	for x, err := range d.Reader.AllApprovals(ctx) {
		if err != nil {
			return "", err
		}
		if x.Staff == a.Staff && x.Digest == w.Digest() && x.StateAt(d.Now()) == domain.ApprovalAsked {
			return x.Case, nil
		}
	}
	return "", domain.Fail(domain.NotFound, domain.ReasonApprovalMissing)
}

// consent is a second person's agreement that is about to be used.
type consent struct {
	approval domain.Approval
	rev      Rev
}

// consent finds the consent to exactly this wish that the actor asked for and
// was given within the last five minutes; nil if there is none.
func (d *Desk) consent(ctx context.Context, a domain.Actor, w domain.Wish) (*consent, error) {
	digest := w.Digest()
	var number code.Case
	for x, err := range d.Reader.AllApprovals(ctx) {
		if err != nil {
			return nil, err
		}
		if x.Staff == a.Staff && x.Digest == digest && x.StateAt(d.Now()) == domain.ApprovalGiven {
			number = x.Case
		}
	}
	if number == "" {
		return nil, nil
	}
	approval, rev, err := d.Reader.Approval(ctx, number)
	if err != nil || approval.StateAt(d.Now()) != domain.ApprovalGiven || approval.Digest != digest {
		return nil, err
	}
	return &consent{approval, rev}, nil
}

// evidenceAt is the moment whose evidence counts: with a consent, when it was
// asked for.
func (g *consent) evidenceAt(now time.Time) time.Time {
	if g == nil {
		return now
	}
	return g.approval.AskedAt
}

// use spends the consent in a change: the guard lets nobody else spend it.
func (g *consent) use(c *Change, e *domain.Entry, now time.Time) {
	used := g.approval
	used.State, used.EndedAt = domain.ApprovalUsed, now
	c.Guards = append(c.Guards, Guard{used.Ref(), g.rev})
	c.Put = append(c.Put, used)
	e.Second = used.Approver
}

// Answer agrees to a request, or refuses it, in the approver's own session. The
// passphrase is asked for again.
func (d *Desk) Answer(ctx context.Context, approver domain.Actor, passphrase []byte, number code.Case, yes bool) error {
	c := Credentials{Login: approver.Login, Passphrase: passphrase}
	return d.answerRequest(ctx, c, Place{Channel: approver.Channel, Branch: approver.Branch, Seat: approver.Seat}, number, yes)
}

// AnswerHere agrees to a request, or refuses it, at the seat of the person who
// asked: the approver signs with name and passphrase and is signed in for that
// alone.
func (d *Desk) AnswerHere(ctx context.Context, requester domain.Actor, c Credentials, number code.Case, yes bool) error {
	x, _, err := d.Reader.Approval(ctx, number)
	if err != nil {
		return err
	}
	if x.Staff != requester.Staff {
		return d.refuse(ctx, d.entry(requester, domain.ActRefused, rights.Approve), domain.ReasonApprovalMissing)
	}
	return d.answerRequest(ctx, c, Place{Channel: requester.Channel, Branch: requester.Branch, Seat: requester.Seat}, number, yes)
}

func (d *Desk) answerRequest(ctx context.Context, c Credentials, at Place, number code.Case, yes bool) error {
	staff, _, oneTime, err := d.authenticate(ctx, c, at)
	if err != nil {
		return err
	}
	approver := actorOf(staff, at, domain.Settings{})
	e := d.entry(approver, domain.ActApprovalGiven, rights.Approve)
	e.Case = number
	if oneTime {
		return d.refuse(ctx, refusal(e), domain.ReasonPassphraseChange)
	}
	return d.again(ctx, func() error { return d.answerOnce(ctx, approver, e, number, yes) })
}

func (d *Desk) answerOnce(ctx context.Context, approver domain.Actor, e domain.Entry, number code.Case, yes bool) error {
	x, rev, err := d.Reader.Approval(ctx, number)
	if err != nil {
		return err
	}
	e.Member, e.Reason = x.Wish.Member, x.Reason
	if why, err := d.mayNotAnswer(ctx, approver, x); err != nil || why != "" {
		if err != nil {
			return err
		}
		return d.refuse(ctx, refusal(e), why)
	}
	by, act := domain.StepApprove, domain.ActApprovalGiven
	if !yes {
		by, act = domain.StepRefuse, domain.ActApprovalRefused
	}
	now := d.Now()
	if x.State, err = domain.Next(domain.OfApproval, x.StateAt(now), by); err != nil {
		return d.refuseAs(ctx, refusal(e), err)
	}
	x.AnsweredAt, x.Approver, x.By = now, approver.Staff, approver.Person
	if !yes {
		x.EndedAt = now
	}
	e.Act = act
	_, err = d.Writer.Commit(ctx, Change{Guards: []Guard{{x.Ref(), rev}}, Put: []domain.Record{x}, Entries: []domain.Entry{e}})
	return err
}

// mayNotAnswer says why somebody may not answer a request, or nothing.
func (d *Desk) mayNotAnswer(ctx context.Context, approver domain.Actor, x domain.Approval) (domain.Reason, error) {
	staff, _, err := d.Reader.Staff(ctx, approver.Staff)
	if err != nil {
		return "", err
	}
	return d.maySign(ctx, staff, domain.Actor{Person: x.Person, Roles: x.Roles}, x.Wish.Operation, x.Wish.Member)
}

// maySign says why somebody may not be the second person for what another wants,
// or nothing: it is the same person, with whichever login, their role may not, or
// it is about their own record or a relative's.
func (d *Desk) maySign(ctx context.Context, approver domain.Staff, requester domain.Actor, op rights.Operation, about domain.MemberID) (domain.Reason, error) {
	switch {
	case approver.Disabled:
		return domain.ReasonLoginDisabled, nil
	case approver.Person == requester.Person:
		return domain.ReasonSecondSame, nil
	case !rights.MayApprove(op, requester.Roles, approver.Roles):
		return domain.ReasonSecondRole, nil
	case about == 0:
		return "", nil
	}
	m, _, err := d.Reader.Member(ctx, about)
	if err != nil {
		return "", err
	}
	if related, err := d.related(ctx, approver.Person, m.KVNR); err != nil || !related {
		return "", err
	}
	return domain.ReasonSecondRelated, nil
}

// Withdraw takes a request back.
func (d *Desk) Withdraw(ctx context.Context, a domain.Actor, number code.Case) error {
	return d.again(ctx, func() error {
		x, rev, err := d.Reader.Approval(ctx, number)
		if err != nil {
			return err
		}
		e := d.entry(a, domain.ActApprovalWithdrawn, x.Wish.Operation)
		e.Member, e.Case = x.Wish.Member, number
		if x.Staff != a.Staff {
			return d.refuse(ctx, refusal(e), domain.ReasonApprovalMissing)
		}
		now := d.Now()
		if x.State, err = domain.Next(domain.OfApproval, x.StateAt(now), domain.StepWithdraw); err != nil {
			return d.refuseAs(ctx, refusal(e), err)
		}
		x.EndedAt = now
		_, err = d.Writer.Commit(ctx, Change{Guards: []Guard{{x.Ref(), rev}}, Put: []domain.Record{x}, Entries: []domain.Entry{e}})
		return err
	})
}

// withdrawAll takes back the requests of a visit that nobody has answered, or
// acted on.
func (d *Desk) withdrawAll(ctx context.Context, v visit) error {
	for _, number := range v.asked {
		x, _, err := d.Reader.Approval(ctx, number)
		if err != nil {
			return err
		}
		if s := x.StateAt(d.Now()); s != domain.ApprovalAsked && s != domain.ApprovalGiven {
			continue
		}
		if err := d.Withdraw(ctx, v.actor, number); err != nil && !IsKind(err, domain.Refused) {
			return err
		}
	}
	return nil
}

// Approvals lists the requests that concern somebody: their own of the last hour,
// and those that wait for an answer they may give; the newest first.
func (d *Desk) Approvals(ctx context.Context, a domain.Actor) ([]ApprovalView, error) {
	var found []domain.Approval
	now := d.Now()
	for x, err := range d.Reader.AllApprovals(ctx) {
		if err != nil {
			return nil, err
		}
		recent := x.Person == a.Person && now.Sub(x.AskedAt) < domain.ApprovalLife+domain.ApprovalUse
		if recent || x.StateAt(now) == domain.ApprovalAsked {
			found = append(found, x)
		}
	}
	var views []ApprovalView
	for _, x := range found {
		view, err := d.approvalView(ctx, a, x)
		if err != nil {
			return nil, err
		}
		if view.Mine || view.MayAnswer {
			views = append(views, view)
		}
	}
	slices.SortFunc(views, func(a, b ApprovalView) int { return b.AskedAt.Compare(a.AskedAt) })
	return views, nil
}

// Approval is one request, for those whom it concerns.
func (d *Desk) Approval(ctx context.Context, a domain.Actor, number code.Case) (ApprovalView, error) {
	x, _, err := d.Reader.Approval(ctx, number)
	if err != nil {
		return ApprovalView{}, err
	}
	view, err := d.approvalView(ctx, a, x)
	if err == nil && !view.Mine && !view.MayAnswer {
		return ApprovalView{}, d.refuse(ctx, d.entry(a, domain.ActRefused, rights.Approve), domain.ReasonSecondRole)
	}
	return view, err
}

func (d *Desk) approvalView(ctx context.Context, a domain.Actor, x domain.Approval) (ApprovalView, error) {
	why, err := d.mayNotAnswer(ctx, a, x)
	if err != nil {
		return ApprovalView{}, err
	}
	now := d.Now()
	view := ApprovalView{
		Case: x.Case, State: x.StateAt(now), Operation: x.Wish.Operation, Reason: x.Reason,
		Parameters: x.Wish.Parameters, Member: x.Wish.Member, Channel: x.Channel, Branch: x.Branch, Seat: x.Seat,
		Assurance: x.Assurance, Document: x.Document, AskedAt: x.AskedAt, AnsweredAt: x.AnsweredAt, Until: x.Until(),
		Mine: x.Person == a.Person, MayAnswer: why == "" && x.StateAt(now) == domain.ApprovalAsked,
	}
	if asker, _, err := d.Reader.Staff(ctx, x.Staff); err == nil {
		view.Requester = asker.Name
	}
	if x.Approver != 0 {
		if second, _, err := d.Reader.Staff(ctx, x.Approver); err == nil {
			view.Approver = second.Name
		}
	}
	if x.Wish.Member == 0 {
		return view, nil
	}
	m, _, err := d.Reader.Member(ctx, x.Wish.Member)
	if err == nil {
		view.Masked = d.mask(a, m)
	}
	return view, err
}

// Changes tells which records are written from this call on, until ctx ends, so that a
// screen reads anew what it shows the moment it changes. It names records of the
// kinds asked for and nothing of what they hold. An error means that some were
// missed: read everything, and follow anew.
func (d *Desk) Changes(ctx context.Context, kinds ...domain.RecordKind) iter.Seq2[domain.Ref, error] {
	all := d.Reader.Changes(ctx)
	return func(yield func(domain.Ref, error) bool) {
		for ref, err := range all {
			if (err != nil || slices.Contains(kinds, ref.Kind)) && !yield(ref, err) {
				return
			}
		}
	}
}
