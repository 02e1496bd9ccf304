package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// Events for the app backend are stored with the change they tell and held for a
// moment. Whoever runs the counter calls MakeDue now and then.

// MakeDue lets go of the events whose time has come, and carries out what was
// announced for that time. It returns how many. What fails is tried again by the
// next call.
func (d *Desk) MakeDue(ctx context.Context) (int, error) {
	d.ripening.Lock()
	defer d.ripening.Unlock()
	held, next, err := d.held(ctx)
	if err != nil {
		return 0, err
	}
	d.heldFrom = next
	done := 0
	for _, e := range held {
		if e.DueAt.After(d.Now()) {
			continue
		}
		if err := d.again(ctx, func() error { return d.makeDue(ctx, e.Seq) }); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}

// held lists the events that are held, and the number from which on there are
// any.
func (d *Desk) held(ctx context.Context) (list []domain.Event, from uint64, err error) {
	from = d.heldFrom
	for e, err := range d.Reader.EventsFrom(ctx, d.heldFrom) {
		if err != nil {
			return nil, d.heldFrom, err
		}
		if e.State == domain.EventHeld {
			list = append(list, e)
		}
		from = e.Seq + 1
	}
	if len(list) > 0 {
		from = list[0].Seq
	}
	return list, from, nil
}

// heldEvents are the events of a case that are still held, for taking them back:
// their references, and guards that hold while nobody has let go of them.
func (d *Desk) heldEvents(ctx context.Context, number code.Case) (refs []domain.Ref, guards []Guard, err error) {
	d.ripening.Lock()
	list, _, err := d.held(ctx)
	d.ripening.Unlock()
	if err != nil {
		return nil, nil, err
	}
	for _, e := range list {
		if e.Case != number {
			continue
		}
		now, rev, err := d.Reader.Event(ctx, e.Seq)
		if err != nil {
			return nil, nil, err
		}
		if now.State == domain.EventHeld {
			refs, guards = append(refs, now.Ref()), append(guards, Guard{now.Ref(), rev})
		}
	}
	return refs, guards, nil
}

// makeDue lets go of one event. The deletion of an account that was announced
// happens with it.
func (d *Desk) makeDue(ctx context.Context, seq uint64) error {
	e, rev, err := d.Reader.Event(ctx, seq)
	if IsKind(err, domain.NotFound) || err == nil && e.State != domain.EventHeld {
		return nil // taken back, or done, meanwhile
	}
	if err != nil {
		return err
	}
	e.State = domain.EventDue
	change := Change{Guards: []Guard{{e.Ref(), rev}}, Put: []domain.Record{e}}
	if e.Kind == domain.EventAccountDeleted {
		if err := d.runDeletion(ctx, e, &change); err != nil {
			return err
		}
	}
	_, err = d.Writer.Commit(ctx, change)
	return err
}

// runDeletion adds the deletion of the account to a change, if it was announced
// under the event's case and still stands.
func (d *Desk) runDeletion(ctx context.Context, e domain.Event, change *Change) error {
	account, rev, err := d.Reader.Account(ctx, e.Member)
	if err != nil || account.State != domain.AccountEnding || account.Ending != e.Case {
		return err
	}
	account = cloneAccount(account)
	if account.State, err = domain.Next(domain.OfAccount, account.State, domain.StepDelete); err != nil {
		return err
	}
	closeAccount(&account, d.Now())
	change.Guards = append(change.Guards, Guard{account.Ref(), rev})
	change.Put = append(change.Put, account)
	change.Entries = []domain.Entry{{
		At: d.Now(), Act: domain.ActAccountDeleted, Operation: rights.DeleteAccount, Outcome: domain.Done,
		Channel: rights.Phone, Member: e.Member, Case: e.Case,
	}}
	return nil
}

// DuePeriod is how often MakeDue is worth calling.
const DuePeriod = 5 * time.Second
