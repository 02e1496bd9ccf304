package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/rights"
)

// Founder is one of the two people a new database begins with.
type Founder struct {
	Login      string
	Name       string
	Passphrase []byte
}

// Founding is what a new database begins with.
type Founding struct {
	Settings   domain.Settings
	Admin      Founder
	Supervisor Founder
	// Recovery is the public key of whoever can open the database when every
	// passphrase is lost; empty for nobody.
	Recovery string
}

// Found writes the settings, the first admin and the first supervisor into an
// empty database that its maker still holds open. The two are different people
// with different logins.
func (d *Desk) Found(ctx context.Context, f Founding) error {
	if err := CheckSettings(f.Settings); err != nil {
		return err
	}
	people := []domain.Staff{
		{ID: 1, Person: 1, Login: normalLogin(f.Admin.Login), Name: f.Admin.Name, Roles: rights.Roles(rights.Admin)},
		{ID: 2, Person: 2, Login: normalLogin(f.Supervisor.Login), Name: f.Supervisor.Name, Roles: rights.Roles(rights.Supervisor)},
	}
	if people[0].Login == people[1].Login {
		return domain.Fail(domain.Conflict, domain.ReasonLoginExists)
	}
	change := Change{
		Guards:  []Guard{{f.Settings.Ref(), 0}},
		Put:     []domain.Record{f.Settings},
		Entries: []domain.Entry{{At: d.Now(), Act: domain.ActDatabaseCreated, Outcome: domain.Done, Channel: rights.Console}},
	}
	for i, passphrase := range [][]byte{f.Admin.Passphrase, f.Supervisor.Passphrase} {
		s := people[i]
		s.Since = d.Now()
		if err := validStaff(s); err != nil {
			return err
		}
		slot, err := d.Locker.NewSlot(ctx, s.Login, s.ID, passphrase, false)
		if err != nil {
			return err
		}
		e := d.entry(domain.Actor{Channel: rights.Console}, domain.ActStaffAdded, rights.ManageStaff)
		e.Object = object(s.ID)
		change.Put = append(change.Put, s, slot)
		change.Entries = append(change.Entries, e)
	}
	if f.Recovery != "" {
		slot, err := d.Locker.NewRecovery(ctx, f.Recovery)
		if err != nil {
			return err
		}
		e := d.entry(domain.Actor{Channel: rights.Console}, domain.ActRecoverySet, rights.Rekey)
		e.Object = recoveryObject(f.Recovery)
		change.Put, change.Entries = append(change.Put, slot), append(change.Entries, e)
	}
	_, err := d.Writer.Commit(ctx, change)
	return err
}
