package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// What is done to an app account when somebody has lost access: unblock it,
// delete device bindings, delete the account. The app backend is told by an event
// that is held for a moment, so that it can be taken back.

// phoneDelay is how long the deletion of an account asked for by phone waits.
const phoneDelay = 24 * time.Hour

// Recorded says what was done. The backend has not been told yet.
type Recorded struct {
	Case code.Case
	// UndoUntil is until when it can be taken back; zero if it cannot.
	UndoUntil time.Time
	// RunsAt is when an announced deletion runs; zero if it has happened.
	RunsAt time.Time
	// Notice says where the member is told; 0 if they are not.
	Notice domain.Via
	Mark   string
}

// Grounds are why something is done: one of a list, and a text if that says more.
// The text is sealed with the account and never in the journal. It must hold no
// health data, which screens say beside the field.
type Grounds struct {
	Why  domain.Why
	Text string
}

// check refuses grounds that are none.
func (g Grounds) check() (Grounds, error) {
	text, _, tooLong := plain.Line(g.Text, domain.MaxNote)
	switch {
	case g.Why == 0 || g.Why > domain.WhyOther, g.Why == domain.WhyOther && strings.TrimSpace(text) == "":
		return g, domain.Fail(domain.Invalid, domain.ReasonWhyMissing).WithField("why")
	case tooLong:
		return g, domain.Fail(domain.Invalid, domain.ReasonNoteTooLong).WithField("text")
	}
	g.Text = text
	return g, nil
}

// Unblock opens a blocked app again. The app code stays as it is, so it helps
// only who says that it came to mind again: remembered is that statement.
func (d *Desk) Unblock(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, remembered bool) (Recorded, error) {
	return d.treat(ctx, a, id, req, Grounds{Why: domain.WhyRemembered}, rights.Unblock, func(t *treatment) error {
		if !remembered {
			return domain.Fail(domain.Refused, domain.ReasonNotRemembered)
		}
		if err := t.step(domain.StepUnblock); err != nil {
			return err
		}
		t.account.BlockedAt = time.Time{}
		t.entry.Act = domain.ActUnblocked
		t.tell(domain.EventAppUnblocked, "")
		return nil
	})
}

// DeleteDevices deletes the bindings of the devices named, or all if none is. A
// new identification is necessary afterwards, whichever way the member had
// identified.
func (d *Desk) DeleteDevices(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, devices []domain.DeviceID, g Grounds) (Recorded, error) {
	return d.treat(ctx, a, id, req, g, rights.DeleteBinding, func(t *treatment) error {
		if err := t.step(domain.StepDeleteDevice); err != nil {
			return err
		}
		going, err := named(t.account, devices)
		if err != nil {
			return err
		}
		for _, x := range going {
			t.unbind(x.ID)
			t.tell(domain.EventDeviceDeleted, x.ID)
		}
		t.account.Identified = domain.Identification{}
		t.entry.Act, t.entry.Count = domain.ActDeviceDeleted, uint64(len(going))
		return nil
	})
}

// DeleteAccount deletes the app account, and with it the login to the ePA app. By
// phone it is announced to the stored contact and runs a day later, unless
// CancelDeletion comes before.
func (d *Desk) DeleteAccount(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, g Grounds) (Recorded, error) {
	return d.treat(ctx, a, id, req, g, rights.DeleteAccount, func(t *treatment) error {
		if a.Channel == rights.Phone {
			return t.announce()
		}
		was := t.account.Ending
		if err := t.step(domain.StepDelete); err != nil {
			return err
		}
		for _, x := range t.account.Bound() {
			t.unbind(x.ID)
		}
		closeAccount(&t.account, t.now)
		t.entry.Act = domain.ActAccountDeleted
		t.tell(domain.EventAccountDeleted, "")
		if was == "" {
			return nil
		}
		t.undo = nil // what was announced is overtaken, and does not come back
		return t.drop(ctx, d, was)
	})
}

// closeAccount is what every deletion of an account leaves behind.
func closeAccount(account *domain.Account, now time.Time) {
	account.EndedAt, account.BlockedAt, account.Ending = now, time.Time{}, ""
	account.Identified = domain.Identification{}
	for i := range account.Devices {
		if x := &account.Devices[i]; x.State == domain.DeviceBound {
			x.State, x.EndedAt = domain.DeviceUnbound, now
		}
	}
}

// CancelDeletion takes back a deletion that was announced.
func (d *Desk) CancelDeletion(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID) (Recorded, error) {
	return d.treat(ctx, a, id, req, Grounds{Why: domain.WhyRemembered}, rights.DeleteAccount, func(t *treatment) error {
		by := domain.StepCancel
		if !t.account.BlockedAt.IsZero() {
			by = domain.StepCancelBlocked
		}
		if err := t.step(by); err != nil {
			return err
		}
		announced := t.account.Ending
		t.account.Ending, t.account.EndedAt = "", time.Time{}
		t.entry.Act, t.undo = domain.ActDeletionCancelled, nil
		return t.drop(ctx, d, announced)
	})
}

// treatment is one thing being done to an account.
type treatment struct {
	now     time.Time
	grounds Grounds
	actor   domain.Actor
	member  domain.Member
	account domain.Account
	undo    *domain.Undo
	entry   domain.Entry
	guards  []Guard
	drops   []domain.Ref
	events  []domain.Event
}

// treat runs one operation on the account of the visit's member: it permits it,
// lets alter change the account, and commits account, entry and events together.
func (d *Desk) treat(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, g Grounds, op rights.Operation, alter func(*treatment) error) (Recorded, error) {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return Recorded{}, err
	}
	defer release()
	if g, err = g.check(); err != nil {
		return Recorded{}, err
	}
	number, err := code.NewCase(d.Random)
	if err != nil {
		return Recorded{}, domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
	}
	var done Recorded
	err = d.again(ctx, func() error {
		done, err = d.treatOnce(ctx, v, req, g, op, number, alter)
		return err
	})
	return done, err
}

func (d *Desk) treatOnce(ctx context.Context, v visit, req domain.RequestID, g Grounds, op rights.Operation, number code.Case, alter func(*treatment) error) (Recorded, error) {
	t, err := d.treatment(ctx, v, g, op, number)
	if err != nil {
		return Recorded{}, err
	}
	t.entry.Request = req
	if err := alter(t); err != nil {
		// A retry finds the account as its first try has left it.
		if seen, known := d.Reader.Requested(ctx, req); known == nil && seen {
			return d.recorded(ctx, v.member, Receipt{})
		}
		refused := t.entry
		refused.Request, refused.Act, refused.Why = domain.RequestID{}, domain.ActRefused, 0
		return Recorded{}, d.refuseAs(ctx, refused, err)
	}
	done := t.finish()
	receipt, err := d.Writer.Commit(ctx, Change{
		Request: req, Guards: t.guards, Put: []domain.Record{t.account}, Delete: t.drops,
		Entries: []domain.Entry{t.entry}, Events: t.events,
	})
	if err == nil && receipt.Repeated {
		return d.recorded(ctx, v.member, receipt)
	}
	done.Mark = receipt.Mark
	return done, err
}

// recorded tells again what an earlier try of the same request recorded.
func (d *Desk) recorded(ctx context.Context, m domain.MemberID, r Receipt) (Recorded, error) {
	account, _, err := d.Reader.Account(ctx, m)
	done := Recorded{Mark: r.Mark}
	if n := len(account.Notes); n > 0 {
		done.Case = account.Notes[n-1].Case
	}
	if u := account.Undo; u != nil && u.Case == done.Case {
		done.UndoUntil = u.Until
	}
	if account.State == domain.AccountEnding {
		done.RunsAt = account.EndedAt
	}
	return done, err
}

// treatment reads what an operation needs and permits it.
func (d *Desk) treatment(ctx context.Context, v visit, g Grounds, op rights.Operation, number code.Case) (*treatment, error) {
	m, memberRev, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return nil, err
	}
	account, rev, err := d.Reader.Account(ctx, v.member)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	e := d.entry(v.actor, domain.ActRefused, op)
	e.Member, e.Case, e.Why, e.Document = m.ID, number, g.Why, v.document.Kind
	if _, err := d.permit(ctx, &e, v.actor, v.assurance(now), m.Ended(d.today())); err != nil {
		return nil, err
	}
	switch {
	case v.related:
		return nil, d.refuse(ctx, e, domain.ReasonSecondRelated)
	case under15(m, d.today()) && v.representative == 0:
		return nil, d.refuse(ctx, e, domain.ReasonChildUnder15)
	}
	return &treatment{
		now: now, grounds: g, actor: v.actor, member: m, account: cloneAccount(account), entry: e,
		guards: []Guard{{m.Ref(), memberRev}, {account.Ref(), rev}},
		undo: &domain.Undo{
			Case: number, Until: now.Add(holdEvents), State: account.State, BlockedAt: account.BlockedAt,
			EndedAt: account.EndedAt, Identified: account.Identified,
		},
	}, nil
}

func cloneAccount(a domain.Account) domain.Account {
	a.Devices, a.Notes = slices.Clone(a.Devices), slices.Clone(a.Notes)
	return a
}

// step moves the account on.
func (t *treatment) step(by domain.Step) (err error) {
	t.account.State, err = domain.Next(domain.OfAccount, t.account.State, by)
	return err
}

// unbind ends a device binding.
func (t *treatment) unbind(id domain.DeviceID) {
	x := t.account.Device(id)
	x.State, x.EndedAt = domain.DeviceUnbound, t.now
	t.undo.Devices = append(t.undo.Devices, id)
}

// announce puts a deletion off, and tells the member of it.
func (t *treatment) announce() error {
	if err := t.step(domain.StepAnnounce); err != nil {
		return err
	}
	runs := t.now.Add(phoneDelay)
	t.account.EndedAt, t.account.Ending = runs, t.entry.Case
	t.entry.Act, t.undo = domain.ActDeletionAnnounced, nil
	e := t.event(domain.EventAccountDeleted)
	e.DueAt = runs
	t.events = append(t.events, e)
	return nil
}

// tell adds an event for the backend.
func (t *treatment) tell(k domain.EventKind, device domain.DeviceID) {
	e := t.event(k)
	e.Device = device
	t.events = append(t.events, e)
}

// event is held for a moment, except where somebody else may have the device in
// their hands.
func (t *treatment) event(k domain.EventKind) domain.Event {
	e := domain.Event{Kind: k, Member: t.member.ID, Case: t.entry.Case, At: t.now, State: domain.EventHeld, DueAt: t.now.Add(holdEvents)}
	if t.grounds.Why.Urgent() {
		e.State, e.DueAt = domain.EventDue, t.now
	}
	return e
}

// drop takes back the events of an earlier case that are still held.
func (t *treatment) drop(ctx context.Context, d *Desk, earlier code.Case) error {
	refs, guards, err := d.heldEvents(ctx, earlier)
	t.drops, t.guards = append(t.drops, refs...), append(t.guards, guards...)
	return err
}

// finish adds the notice to the member, the note of the grounds and what is needed
// to take it back.
func (t *treatment) finish() Recorded {
	done := Recorded{Case: t.entry.Case}
	if t.actor.Channel == rights.Phone && t.entry.Act != domain.ActUnblocked {
		e := t.event(domain.EventNotice)
		e.About, e.Via = t.entry.Act, via(t.member)
		if t.undo == nil {
			e.State, e.DueAt = domain.EventDue, t.now
		}
		t.events, done.Notice = append(t.events, e), e.Via
	}
	if t.grounds.Why.Urgent() {
		t.undo = nil
	}
	if t.account.Undo = t.undo; t.undo != nil {
		done.UndoUntil = t.undo.Until
	}
	if t.account.State == domain.AccountEnding {
		done.RunsAt = t.account.EndedAt
	}
	note := domain.Note{Case: t.entry.Case, At: t.now, Why: t.grounds.Why, Text: t.grounds.Text}
	t.account.Notes = append(t.account.Notes, note)
	if over := len(t.account.Notes) - domain.MaxNotes; over > 0 {
		t.account.Notes = t.account.Notes[over:]
	}
	return done
}

// Undo takes back the newest thing done to the account, as long as the backend
// has not been told.
func (d *Desk) Undo(ctx context.Context, a domain.Actor, id domain.VisitID, req domain.RequestID, number code.Case) error {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	return d.again(ctx, func() error { return d.undoOnce(ctx, v, req, number) })
}

func (d *Desk) undoOnce(ctx context.Context, v visit, req domain.RequestID, number code.Case) error {
	account, rev, err := d.Reader.Account(ctx, v.member)
	if err != nil {
		return err
	}
	account = cloneAccount(account)
	e := d.entry(v.actor, domain.ActUndone, rights.DeleteBinding)
	e.Member, e.Case, e.Request = v.member, number, req
	if _, err := d.permit(ctx, &e, v.actor, v.assurance(d.Now()), false); err != nil {
		return err
	}
	refused := e
	refused.Act, refused.Request = domain.ActRefused, domain.RequestID{}
	u := account.Undo
	if u == nil || u.Case != number || !d.Now().Before(u.Until) {
		return d.refuse(ctx, refused, domain.ReasonUndoOver)
	}
	by := domain.StepUndo
	if u.State == domain.AccountBlocked {
		by = domain.StepUndoBlocked
	}
	if account.State, err = domain.Next(domain.OfAccount, account.State, by); err != nil {
		return d.refuseAs(ctx, refused, err)
	}
	account.BlockedAt, account.EndedAt, account.Undo = u.BlockedAt, u.EndedAt, nil
	if account.Identified.Required() {
		account.Identified = u.Identified
	}
	for _, id := range u.Devices {
		if x := account.Device(id); x != nil && x.State == domain.DeviceUnbound {
			x.State, x.EndedAt = domain.DeviceBound, time.Time{}
		}
	}
	drops, guards, err := d.heldEvents(ctx, number)
	if err != nil {
		return err
	}
	if len(drops) == 0 {
		return d.refuse(ctx, refused, domain.ReasonUndoOver)
	}
	_, err = d.Writer.Commit(ctx, Change{
		Request: req, Guards: append(guards, Guard{account.Ref(), rev}), Put: []domain.Record{account},
		Delete: drops, Entries: []domain.Entry{e},
	})
	return err
}

// refuseAs journals a refusal that something else found, and returns it as it is.
func (d *Desk) refuseAs(ctx context.Context, e domain.Entry, found error) error {
	var refusal *domain.Error
	if !errors.As(found, &refusal) || refusal.Kind != domain.Refused {
		return found
	}
	return d.refuse(ctx, e, refusal.Reason)
}
