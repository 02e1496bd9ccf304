package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/rights"
)

// Rekey gives the database a fresh data key and seals every record anew, or goes
// on with a rekey that was interrupted; then renew gives the key folder fresh keys
// and says what they are. An admin does it with a second person; every step is
// journalled. progress may be nil.
func (d *Desk) Rekey(ctx context.Context, a domain.Actor, second Credentials, renew func() (object string, err error), progress func(done, total int)) (Rekeyed, error) {
	e := d.entry(a, domain.ActRekeyBegun, rights.Rekey)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return Rekeyed{}, err
	}
	note := func(act domain.Act) domain.Entry {
		e.At, e.Act = d.Now(), act
		return e
	}
	done, err := d.Locker.Rekey(ctx, note, progress)
	if err != nil {
		return done, err
	}
	object, err := renew()
	if err != nil {
		return done, err
	}
	last := note(domain.ActKeysRenewed)
	last.Object = object
	_, err = d.Writer.Commit(ctx, Change{Entries: []domain.Entry{last}})
	return done, err
}
