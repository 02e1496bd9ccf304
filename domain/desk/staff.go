package desk

import (
	"context"
	"strconv"

	"schalter/domain"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// NewStaff describes a login to add.
type NewStaff struct {
	Login string
	Name  string
	Roles rights.RoleSet
	// Branch is where the person works; it bounds what a supervisor reads.
	Branch string
	// SameAs is another login of the same natural person; empty for a new one.
	SameAs string
	// Passphrase is a one-time one: it is changed at the first login. That of a
	// service is the content of its key file and stays.
	Passphrase []byte
	// Related are the person's own KVNR and those of named relatives; only keyed
	// hashes are kept.
	Related []kvnr.KVNR
}

// AddStaff adds a login. An admin does it with a second person.
func (d *Desk) AddStaff(ctx context.Context, a domain.Actor, second Credentials, n NewStaff) (domain.StaffID, error) {
	e := d.entry(a, domain.ActStaffAdded, rights.ManageStaff)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return 0, err
	}
	var id domain.StaffID
	err = d.again(ctx, func() error {
		staff, err := d.plan(ctx, n)
		if err != nil {
			return err
		}
		id, e.Object = staff.ID, object(staff.ID)
		return d.putStaff(ctx, staff, n.Passphrase, oneTime(staff), e)
	})
	return id, err
}

// oneTime reports whether what an admin hands to a login has to be changed by it.
// A service has nobody who would.
func oneTime(s domain.Staff) bool { return !s.Roles.Has(rights.Service) }

// plan gives a new login its numbers.
func (d *Desk) plan(ctx context.Context, n NewStaff) (domain.Staff, error) {
	s := domain.Staff{
		ID: 1, Person: 1, Login: normalLogin(n.Login), Name: n.Name, Roles: n.Roles, Branch: n.Branch, Since: d.Now(),
	}
	if err := validStaff(s); err != nil {
		return s, err
	}
	same := domain.PersonID(0)
	roles := map[domain.PersonID]rights.RoleSet{}
	for other, err := range d.Reader.AllStaff(ctx) {
		switch {
		case err != nil:
			return s, err
		case other.Login == s.Login:
			return s, domain.Fail(domain.Conflict, domain.ReasonLoginExists)
		case n.SameAs != "" && other.Login == normalLogin(n.SameAs):
			same = other.Person
		}
		if !other.Disabled {
			roles[other.Person] |= other.Roles
		}
		s.ID, s.Person = max(s.ID, other.ID+1), max(s.Person, other.Person+1)
	}
	if n.SameAs != "" {
		if same == 0 {
			return s, domain.Fail(domain.NotFound, domain.ReasonStaffNotFound)
		}
		// What one person may not hold together, two logins do not make right.
		if s.Person = same; !(roles[same] | s.Roles).Valid() {
			return s, domain.Fail(domain.Invalid, domain.ReasonRolesInvalid).WithField("roles")
		}
	}
	for _, k := range n.Related {
		s.Related = append(s.Related, d.Reader.Lookup(k))
	}
	return s, nil
}

func validStaff(s domain.Staff) error {
	if !validLogin(s.Login) {
		return domain.Fail(domain.Invalid, domain.ReasonLoginName).WithField("login")
	}
	if !s.Roles.Valid() {
		return domain.Fail(domain.Invalid, domain.ReasonRolesInvalid).WithField("roles")
	}
	return nil
}

// validLogin: 2 to 32 of a-z, 0-9, dot, dash, beginning with a letter.
func validLogin(s string) bool {
	if len(s) < 2 || len(s) > 32 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for _, c := range []byte(s) {
		letter, digit := c >= 'a' && c <= 'z', c >= '0' && c <= '9'
		if !letter && !digit && c != '.' && c != '-' {
			return false
		}
	}
	return true
}

func (d *Desk) putStaff(ctx context.Context, s domain.Staff, passphrase []byte, oneTime bool, e domain.Entry) error {
	slot, err := d.Locker.NewSlot(ctx, s.Login, s.ID, passphrase, oneTime)
	if err != nil {
		return err
	}
	_, err = d.Writer.Commit(ctx, Change{
		Guards: []Guard{{s.Ref(), 0}}, Put: []domain.Record{s, slot}, Entries: []domain.Entry{e},
	})
	return err
}

// withSecond asks the table, and for the second person where it wants one.
func (d *Desk) withSecond(ctx context.Context, e *domain.Entry, a domain.Actor, second Credentials) (domain.StaffID, error) {
	decision, err := d.permit(ctx, e, a, rights.None, false)
	if err != nil || len(decision.Second) == 0 {
		return 0, err
	}
	return d.second(ctx, *e, a, second)
}

// ListStaff returns every login, for admins.
func (d *Desk) ListStaff(ctx context.Context, a domain.Actor) ([]domain.Staff, error) {
	if !a.Roles.Has(rights.Admin) {
		e := d.entry(a, domain.ActRefused, rights.ManageStaff)
		return nil, d.refuse(ctx, e, domain.ReasonRoleMissing)
	}
	var list []domain.Staff
	for s, err := range d.Reader.AllStaff(ctx) {
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// DisableStaff closes a login for good and takes its key slot away. The safe
// direction needs one admin only; the last admin cannot be disabled.
func (d *Desk) DisableStaff(ctx context.Context, a domain.Actor, login string) error {
	e := d.entry(a, domain.ActStaffDisabled, rights.DisableLogin)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return err
	}
	return d.again(ctx, func() error {
		s, guards, err := d.byLogin(ctx, login)
		if err != nil {
			return err
		}
		if s.Roles.Has(rights.Admin) && len(guards) == 1 {
			return d.refuse(ctx, e, domain.ReasonLastAdmin)
		}
		slot, err := d.Locker.NoSlot(ctx, s.Login)
		if err != nil {
			return err
		}
		s.Disabled, e.Object = true, object(s.ID)
		_, err = d.Writer.Commit(ctx, Change{
			Guards: guards, Put: []domain.Record{s}, Delete: []domain.Ref{slot}, Entries: []domain.Entry{e},
		})
		return err
	})
}

// byLogin finds a login that is not disabled. The guards hold while it stays as
// it is, and for an admin while the other admins stay, too.
func (d *Desk) byLogin(ctx context.Context, login string) (found domain.Staff, guards []Guard, err error) {
	var admins []domain.StaffID
	for s, err := range d.Reader.AllStaff(ctx) {
		if err != nil {
			return found, nil, err
		}
		if s.Disabled {
			continue
		}
		if s.Login == normalLogin(login) {
			found = s
		}
		if s.Roles.Has(rights.Admin) {
			admins = append(admins, s.ID)
		}
	}
	if found.ID == 0 {
		return found, nil, domain.Fail(domain.NotFound, domain.ReasonStaffNotFound)
	}
	if !found.Roles.Has(rights.Admin) {
		admins = []domain.StaffID{found.ID}
	}
	for _, id := range admins {
		s, rev, err := d.Reader.Staff(ctx, id)
		if err != nil {
			return found, nil, err
		}
		guards = append(guards, Guard{s.Ref(), rev})
	}
	return found, guards, nil
}

// ResetPassphrase gives a person's login a one-time passphrase. An admin does it
// with a second person.
func (d *Desk) ResetPassphrase(ctx context.Context, a domain.Actor, second Credentials, login string, passphrase []byte) error {
	return d.renew(ctx, a, second, login, passphrase, true)
}

// RenewKey gives a service a new key, likewise.
func (d *Desk) RenewKey(ctx context.Context, a domain.Actor, second Credentials, login string, key []byte) error {
	return d.renew(ctx, a, second, login, key, false)
}

func (d *Desk) renew(ctx context.Context, a domain.Actor, second Credentials, login string, passphrase []byte, once bool) error {
	e := d.entry(a, domain.ActPassphraseReset, rights.ResetPassphrase)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return err
	}
	s, guards, err := d.byLogin(ctx, login)
	if err != nil {
		return err
	}
	if oneTime(s) != once {
		return domain.Fail(domain.Invalid, domain.ReasonRolesInvalid).WithField("login")
	}
	slot, err := d.Locker.NewSlot(ctx, s.Login, s.ID, passphrase, once)
	if err != nil {
		return err
	}
	e.Object = object(s.ID)
	change := Change{Guards: guards, Put: []domain.Record{slot}, Entries: []domain.Entry{e}}
	if _, err := d.Writer.Commit(ctx, change); err != nil {
		return err
	}
	return d.Locker.ClearAttempts(ctx, s.Login)
}

func object(id domain.StaffID) string { return "staff:" + strconv.FormatUint(uint64(id), 10) }
