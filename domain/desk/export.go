package desk

import (
	"context"
	"iter"

	"schalter/domain"
	"schalter/domain/rights"
)

// Export lets an admin and a second person take a copy of all members, in order
// of their numbers, from one moment. The journal says so before take runs; object
// names who can read the copy. When take fails, the journal says that, too.
func (d *Desk) Export(ctx context.Context, a domain.Actor, second Credentials, object string, take func(iter.Seq2[domain.Member, error]) error) error {
	e := d.entry(a, domain.ActMembersExported, rights.MemberExport)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return err
	}
	e.Object = object
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	failed := take(d.Reader.AllMembers(ctx))
	if failed != nil {
		e.At, e.Act, e.Outcome = d.Now(), domain.ActExportFailed, domain.Tried
		// Also when the reason is that the context ended. Where the journal cannot
		// be written, why the copy failed is what there is to say.
		_, _ = d.Writer.Commit(context.WithoutCancel(ctx), Change{Entries: []domain.Entry{e}})
	}
	return failed
}
