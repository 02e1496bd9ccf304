package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/rights"
)

// freeTries is how many wrong passphrases cost nothing but themselves.
const freeTries = 3

// maxDelay bounds how long a login is closed after wrong passphrases.
const maxDelay = 5 * time.Minute

// Credentials are a login and its passphrase. The passphrase is the caller's to
// wipe.
type Credentials struct {
	Login      string
	Passphrase []byte
}

// Place is where somebody signs in: the configuration of the seat or the SSH key
// says it, not the person.
type Place struct {
	Channel rights.Channel
	Branch  string
	Seat    string
}

// Login signs a person in at a place. Wrong passphrases and unknown logins are
// one error; after three failures the login is closed for a growing while. A
// one-time passphrase is ReasonPassphraseChange until ChangePassphrase.
func (d *Desk) Login(ctx context.Context, c Credentials, at Place) (domain.Actor, error) {
	staff, failed, oneTime, err := d.authenticate(ctx, c)
	if err != nil {
		return domain.Actor{}, err
	}
	if oneTime {
		return domain.Actor{}, domain.Fail(domain.Refused, domain.ReasonPassphraseChange)
	}
	if err := d.sweepOnce(ctx); err != nil {
		return domain.Actor{}, err
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return domain.Actor{}, err
	}
	if at, err = placed(settings, at); err != nil {
		return domain.Actor{}, err
	}
	actor := actorOf(staff, at, settings)
	e := d.entry(actor, domain.ActLogin, "")
	e.Count = uint64(failed)
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return domain.Actor{}, err
	}
	return actor, nil
}

// authenticate proves that somebody knows a login's passphrase. The attempt is
// counted and committed before it is checked.
func (d *Desk) authenticate(ctx context.Context, c Credentials) (s domain.Staff, failed int, oneTime bool, err error) {
	login := normalLogin(c.Login)
	failed, last, err := d.Locker.Attempts(ctx, login)
	if err != nil {
		return s, 0, false, err
	}
	if until := closedUntil(failed, last); d.Now().Unix() < until {
		return s, failed, false, domain.Fail(domain.Locked, domain.ReasonLoginDelayed).WithUntil(until)
	}
	if err := d.Locker.CountAttempt(ctx, login, d.Now()); err != nil {
		return s, failed, false, err
	}
	unlocked, err := d.Locker.Unlock(ctx, login, c.Passphrase)
	if err != nil {
		d.noteFailure(ctx, err)
		return s, failed + 1, false, err
	}
	if s, _, err = d.Reader.Staff(ctx, unlocked.Staff); err != nil {
		return s, failed, false, err
	}
	if s.Disabled {
		return s, failed, false, domain.Fail(domain.Refused, domain.ReasonLoginDisabled)
	}
	return s, failed, unlocked.OneTime, d.Locker.ClearAttempts(ctx, login)
}

// noteFailure journals a failed login where the journal can be written at all:
// while the database is still locked nobody can seal an entry, and the next
// successful login says how many attempts came before it.
func (d *Desk) noteFailure(ctx context.Context, cause error) {
	if !IsKind(cause, domain.Refused) {
		return
	}
	e := domain.Entry{At: d.Now(), Act: domain.ActLoginFailed, Outcome: domain.RefusedOutcome, Reason: domain.ReasonLoginFailed}
	_, _ = d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}})
}

// closedUntil is the Unix time until which a login is closed after n failures.
func closedUntil(n int, last int64) int64 {
	if n < freeTries {
		return 0
	}
	delay := maxDelay
	if shift := n - freeTries; shift < 8 {
		delay = min(delay, 2*time.Second<<shift)
	}
	return last + int64(delay/time.Second)
}

// placed completes a place at the counter: a branch and a seat that the settings
// know. One that is not named is the first there is.
func placed(s domain.Settings, at Place) (Place, error) {
	if at.Channel != rights.Counter {
		return at, nil
	}
	unknown := domain.Fail(domain.Invalid, domain.ReasonSettingInvalid)
	for _, b := range s.Branches {
		if at.Branch != "" && b.Name != at.Branch || len(b.Seats) == 0 {
			continue
		}
		if at.Branch = b.Name; at.Seat == "" {
			at.Seat = b.Seats[0]
		}
		if !slices.Contains(b.Seats, at.Seat) {
			return at, unknown.WithField("seat")
		}
		return at, nil
	}
	return at, unknown.WithField("branch")
}

func actorOf(s domain.Staff, at Place, settings domain.Settings) domain.Actor {
	return domain.Actor{
		Staff: s.ID, Person: s.Person, Login: s.Login, Name: s.Name, Roles: s.Roles,
		Channel: at.Channel, Branch: at.Branch, Seat: at.Seat, Practice: settings.Practice,
	}
}

// Logout ends the person's visits and says so in the journal.
func (d *Desk) Logout(ctx context.Context, a domain.Actor) error {
	d.endVisits(ctx, func(v *visit) bool { return v.actor.Seat == a.Seat && v.actor.Staff == a.Staff })
	_, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{d.entry(a, domain.ActLogout, "")}})
	return err
}

// Resume is the login at a locked seat: for the same person the visit goes on,
// anyone else's login ends it.
func (d *Desk) Resume(ctx context.Context, c Credentials, before domain.Actor) (domain.Actor, error) {
	at := Place{Channel: before.Channel, Branch: before.Branch, Seat: before.Seat}
	now, err := d.Login(ctx, c, at)
	if err != nil {
		return now, err
	}
	if now.Person != before.Person {
		d.endVisits(ctx, func(v *visit) bool { return v.actor.Seat == before.Seat && v.actor.Staff == before.Staff })
	}
	return now, nil
}

// Lock says in the journal that a seat was locked.
func (d *Desk) Lock(ctx context.Context, a domain.Actor) error {
	_, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{d.entry(a, domain.ActLocked, "")}})
	return err
}

// ChangePassphrase gives a login a new passphrase, proven by the old one.
func (d *Desk) ChangePassphrase(ctx context.Context, c Credentials, next []byte) error {
	staff, _, _, err := d.authenticate(ctx, c)
	if err != nil {
		return err
	}
	if slices.Equal(c.Passphrase, next) {
		return domain.Fail(domain.Invalid, domain.ReasonPassphraseOld)
	}
	slot, err := d.Locker.NewSlot(ctx, staff.Login, staff.ID, next, false)
	if err != nil {
		return err
	}
	e := d.entry(actorOf(staff, Place{Channel: rights.Console}, domain.Settings{}), domain.ActPassphraseChanged, "")
	_, err = d.Writer.Commit(ctx, Change{Put: []domain.Record{slot}, Entries: []domain.Entry{e}})
	return err
}

// second proves who the second person is and that the table lets them agree. A
// zero result with a nil error means that none is needed.
func (d *Desk) second(ctx context.Context, e domain.Entry, requester domain.Actor, c Credentials) (domain.StaffID, error) {
	if c.Login == "" {
		return 0, d.refuse(ctx, e, domain.ReasonSecondAlways)
	}
	staff, _, oneTime, err := d.authenticate(ctx, c)
	switch {
	case err != nil:
		return 0, err
	case oneTime:
		return 0, domain.Fail(domain.Refused, domain.ReasonPassphraseChange)
	case staff.Person == requester.Person:
		return 0, d.refuse(ctx, e, domain.ReasonSecondSame)
	case !rights.MayApprove(e.Operation, requester.Roles, staff.Roles):
		return 0, d.refuse(ctx, e, domain.ReasonSecondRole)
	}
	return staff.ID, nil
}

// normalLogin is how logins are compared: trimmed and in lower case.
func normalLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
