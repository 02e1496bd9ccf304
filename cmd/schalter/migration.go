package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"schalter/domain"
	"schalter/store"
)

// keepBefore copies the database, sealed as it is, before it is brought to a newer
// schema. The copy gets its name when it is whole; one that is there already is of
// an earlier time, and both are kept.
func (p *program) keepBefore(ctx context.Context, schema uint32, image *store.Image) error {
	path := fmt.Sprintf("%s.before-schema-%d", p.databasePath(), schema)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		path += "-" + p.now().UTC().Format("20060102T150405Z")
	}
	partial := path + ".partial"
	_ = os.Remove(partial) // of a process that was ended: nobody else has the database
	err := copyTo(ctx, partial, image)
	if err == nil {
		err = ownFiles{}.Settle(partial, path)
	}
	if err != nil {
		_ = os.Remove(partial) // half a copy is none
		return domain.Fail(domain.Unavailable, domain.ReasonMigrationCopy).WithCause(err)
	}
	p.kept = path
	return nil
}

func copyTo(ctx context.Context, path string, image *store.Image) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = image.Write(ctx, file)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// tellKept says where the database is as it was before a migration.
func (p *program) tellKept() {
	if p.kept != "" {
		_, _ = fmt.Fprintf(p.stderr, p.say("schalter: an dieses Programm angepasst; die Datenbank von vorher: %s\n",
			"schalter: adapted to this program; the database from before: %s\n"), p.kept)
	}
}
