package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/rights"
)

// Backup lets an admin or the service login take a copy of the database. The
// journal says so before take runs, so that the copy itself contains it; object
// names who can open the copy. When take fails, the journal says that, too.
func (d *Desk) Backup(ctx context.Context, a domain.Actor, object string, take func() error) error {
	e := d.entry(a, domain.ActBackedUp, rights.Backup)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return err
	}
	e.Object = object
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	failed := take()
	if failed != nil {
		e.At, e.Act, e.Outcome = d.Now(), domain.ActBackupFailed, domain.Tried
		// Also when the reason is that the context ended. Where the journal cannot
		// be written, why the copy failed is what there is to say.
		_, _ = d.Writer.Commit(context.WithoutCancel(ctx), Change{Entries: []domain.Entry{e}})
	}
	return failed
}
