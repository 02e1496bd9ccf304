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
	staff, failed, oneTime, err := d.authenticate(ctx, c, at)
	if err != nil {
		return domain.Actor{}, err
	}
	if oneTime {
		return domain.Actor{}, d.refuse(ctx, d.door(at, staff.ID), domain.ReasonPassphraseChange)
	}
	// A key file opens no screen: a service sees no member.
	if staff.Roles.Has(rights.Service) && at.Channel != rights.Console {
		return domain.Actor{}, d.refuse(ctx, d.door(at, staff.ID), domain.ReasonChannelWrong)
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
	if MayFind(actor) && at.Channel != rights.Console {
		d.Searcher.Prepare() // while the person looks at the first page
	}
	e := d.entry(actor, domain.ActLogin, "")
	e.Count = uint64(failed)
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return domain.Actor{}, err
	}
	return actor, nil
}

// authenticate proves that somebody knows a login's passphrase. The attempt is
// counted and committed before it is checked; two at once are counted one after
// the other.
func (d *Desk) authenticate(ctx context.Context, c Credentials, at Place) (s domain.Staff, failed int, oneTime bool, err error) {
	login := normalLogin(c.Login)
	if err := d.again(ctx, func() error { failed, err = d.countAttempt(ctx, login, at); return err }); err != nil {
		return s, failed, false, err
	}
	unlocked, err := d.Locker.Unlock(ctx, login, c.Passphrase)
	if err != nil {
		if IsKind(err, domain.Refused) {
			err = d.refuse(ctx, d.door(at, unlocked.Staff), domain.ReasonLoginFailed)
		}
		return s, failed + 1, false, err
	}
	if s, _, err = d.Reader.Staff(ctx, unlocked.Staff); err != nil {
		return s, failed, false, err
	}
	if s.Disabled {
		return s, failed, false, d.refuse(ctx, d.door(at, s.ID), domain.ReasonLoginDisabled)
	}
	return s, failed, unlocked.OneTime, d.Locker.ClearAttempts(ctx, login)
}

// countAttempt counts an attempt unless the login is closed, and returns how many
// failed before.
func (d *Desk) countAttempt(ctx context.Context, login string, at Place) (int, error) {
	failed, last, err := d.Locker.Attempts(ctx, login)
	if err != nil {
		return 0, err
	}
	if until := closedUntil(failed, last); last <= d.Now().Unix() && d.Now().Unix() < until {
		e := d.door(at, 0)
		e.Count = uint64(failed)
		// The journal has it where it can be written; the answer is the same.
		_ = d.refuse(ctx, e, domain.ReasonLoginDelayed)
		return failed, domain.Fail(domain.Locked, domain.ReasonLoginDelayed).WithUntil(until)
	}
	return failed, d.Locker.CountAttempt(ctx, login, failed, d.Now())
}

// door starts an entry about a login that did not come in. While the database is
// still locked nobody can seal an entry; the next successful login then says how
// many attempts came before it.
func (d *Desk) door(at Place, id domain.StaffID) domain.Entry {
	e := d.entry(domain.Actor{Staff: id, Channel: at.Channel, Branch: at.Branch, Seat: at.Seat}, domain.ActLoginFailed, "")
	return e
}

// closedUntil is the Unix time until which a login is closed after n failures. A
// last one in the future was under a clock that people have set back since.
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

// Logout ends the person's visits at the seat and says so in the journal.
func (d *Desk) Logout(ctx context.Context, a domain.Actor) error {
	if err := d.endVisits(ctx, func(v *visit) bool { return sameSeat(v.actor, a) }); err != nil {
		return err
	}
	d.mu.Lock()
	delete(d.asked, seatOf(a))
	d.mu.Unlock()
	_, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{d.entry(a, domain.ActLogout, "")}})
	return err
}

// Resume is the login at a locked seat: for the same login the visit goes on, any
// other one ends it.
func (d *Desk) Resume(ctx context.Context, c Credentials, before domain.Actor) (domain.Actor, error) {
	at := Place{Channel: before.Channel, Branch: before.Branch, Seat: before.Seat}
	now, err := d.Login(ctx, c, at)
	if err != nil || now.Staff == before.Staff {
		return now, err
	}
	return now, d.Logout(ctx, before)
}

// Lock says in the journal that a seat was locked.
func (d *Desk) Lock(ctx context.Context, a domain.Actor) error {
	_, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{d.entry(a, domain.ActLocked, "")}})
	return err
}

// ChangePassphrase gives a login a new passphrase, proven by the old one.
func (d *Desk) ChangePassphrase(ctx context.Context, c Credentials, next []byte) error {
	at := Place{Channel: rights.Console}
	staff, _, _, err := d.authenticate(ctx, c, at)
	if err != nil {
		return err
	}
	staff, rev, err := d.Reader.Staff(ctx, staff.ID)
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
	e := d.entry(actorOf(staff, at, domain.Settings{}), domain.ActPassphraseChanged, "")
	_, err = d.Writer.Commit(ctx, Change{
		Guards: []Guard{{staff.Ref(), rev}}, Put: []domain.Record{slot}, Entries: []domain.Entry{e},
	})
	return err
}

// second proves who the second person is and that the table lets them agree.
func (d *Desk) second(ctx context.Context, e domain.Entry, requester domain.Actor, c Credentials) (domain.StaffID, error) {
	if c.Login == "" {
		return 0, d.refuse(ctx, e, domain.ReasonSecondAlways)
	}
	staff, _, oneTime, err := d.authenticate(ctx, c, Place{Channel: requester.Channel, Branch: requester.Branch, Seat: requester.Seat})
	switch {
	case err != nil:
		return 0, err
	case oneTime:
		return 0, d.refuse(ctx, e, domain.ReasonPassphraseChange)
	}
	why, err := d.maySign(ctx, staff, requester, e.Operation, e.Member)
	switch {
	case err != nil:
		return 0, err
	case why != "":
		return 0, d.refuse(ctx, e, why)
	}
	return staff.ID, nil
}

// normalLogin is how logins are compared: trimmed and in lower case.
func normalLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
