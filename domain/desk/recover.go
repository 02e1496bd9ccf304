package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/rights"
)

// Recover gives a login a one-time passphrase when all are lost, proven by the
// recovery key alone. It is for those by whom everybody else comes in again: an
// admin, and a supervisor or another admin as the second person. Nobody signs in,
// so the entry names no one but the login.
func (d *Desk) Recover(ctx context.Context, identities []byte, login string, passphrase []byte) error {
	if err := d.Locker.Recover(ctx, identities); err != nil {
		return err
	}
	e := d.entry(domain.Actor{Channel: rights.Console}, domain.ActRecovered, rights.ResetPassphrase)
	s, guards, err := d.byLogin(ctx, login)
	if err != nil {
		return err
	}
	e.Object = object(s.ID)
	if !s.Roles.Has(rights.Admin) && !s.Roles.Has(rights.Supervisor) {
		return d.refuse(ctx, e, domain.ReasonRoleMissing)
	}
	slot, err := d.Locker.NewSlot(ctx, s.Login, s.ID, passphrase, true)
	if err != nil {
		return err
	}
	change := Change{Guards: guards, Put: []domain.Record{slot}, Entries: []domain.Entry{e}}
	if _, err := d.Writer.Commit(ctx, change); err != nil {
		return err
	}
	return d.Locker.ClearAttempts(ctx, s.Login)
}

// SetRecovery names the public key of whoever can open the database when every
// passphrase is lost, in the place of an earlier one. An admin does it with a
// second person.
func (d *Desk) SetRecovery(ctx context.Context, a domain.Actor, second Credentials, recipient string) error {
	e := d.entry(a, domain.ActRecoverySet, rights.Rekey)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return err
	}
	slot, err := d.Locker.NewRecovery(ctx, recipient)
	if err != nil {
		return err
	}
	e.Object = recoveryObject(recipient)
	_, err = d.Writer.Commit(ctx, Change{Put: []domain.Record{slot}, Entries: []domain.Entry{e}})
	return err
}

func recoveryObject(recipient string) string { return "recovery:" + recipient }
