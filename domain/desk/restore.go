package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/rights"
)

// Restoring is what is known outside of a backup that is about to take the place
// of a database.
type Restoring struct {
	// Object says which backup it is and what it replaces, for the journal.
	Object string
	// Closed reports whether a login was closed in the database that is replaced.
	Closed func(login string) (bool, error)
}

// Restored says what was changed in the backup.
type Restored struct {
	// Codes were live in it and are revoked; Logins were open in it and are
	// disabled.
	Codes, Logins int
}

// Restore makes a backup fit to take the place of a database. An admin does it
// with a second person, both as the backup knows them, and neither closed since.
// What happened after the backup is not in it: so every code that is live in it
// is revoked, for it may have been used or revoked meanwhile; and who was
// disabled meanwhile is disabled again.
func (d *Desk) Restore(ctx context.Context, a domain.Actor, second Credentials, r Restoring) (Restored, error) {
	e := d.entry(a, domain.ActRestored, rights.Restore)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return Restored{}, err
	}
	for _, login := range []string{a.Login, normalLogin(second.Login)} {
		closed, err := r.Closed(login)
		if err != nil {
			return Restored{}, err
		}
		if closed {
			return Restored{}, d.refuse(ctx, e, domain.ReasonLoginDisabled)
		}
	}
	e.Object = r.Object
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return Restored{}, err
	}
	var done Restored
	if done.Logins, err = d.closeAgain(ctx, a, r.Closed); err != nil {
		return done, err
	}
	done.Codes, err = d.revokeAll(ctx, a)
	return done, err
}

// closeAgain disables the logins that were closed since the backup.
func (d *Desk) closeAgain(ctx context.Context, a domain.Actor, closed func(string) (bool, error)) (int, error) {
	var logins []string
	for s, err := range d.Reader.AllStaff(ctx) {
		if err != nil {
			return 0, err
		}
		if s.Disabled {
			continue
		}
		gone, err := closed(s.Login)
		if err != nil {
			return 0, err
		}
		if gone {
			logins = append(logins, s.Login)
		}
	}
	for _, login := range logins {
		if err := d.DisableStaff(ctx, a, login); err != nil {
			return 0, err
		}
	}
	return len(logins), nil
}

// revokeAll ends every code that is live.
func (d *Desk) revokeAll(ctx context.Context, a domain.Actor) (int, error) {
	var live []domain.ActivationCode
	var members []domain.MemberID
	for codes, err := range d.Reader.AllCodes(ctx) {
		if err != nil {
			return 0, err
		}
		if i := codes.Live(d.Now()); i >= 0 {
			live, members = append(live, codes.List[i]), append(members, codes.Member)
		}
	}
	for i, c := range live {
		e := d.entry(a, domain.ActCodeRevoked, rights.Restore)
		if err := d.revoke(ctx, e, members[i], c.Case); err != nil {
			return i, err
		}
	}
	return len(live), nil
}
