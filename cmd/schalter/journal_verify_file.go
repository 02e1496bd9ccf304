package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"schalter/cmd/internal/filecheck"
	"schalter/domain"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/kv"
)

// checkFile looks at the whole database file in a process of its own, so that
// whatever damaged pages do to it is done there. The error is an *filecheck.Fault if
// they are damaged.
//
// The file of a database that this process writes to changes while it is looked
// at, so there a copy is, for which there must be room beside it.
func (p *program) checkFile(ctx context.Context, o *opened) (err error) {
	if !o.lent {
		_, err = filecheck.Run(ctx, o.path, filecheck.Limits{})
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(o.path), ".schalter-verify-")
	if err != nil {
		return p.noCopy()
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, filepath.Base(o.path))
	if err := writeImage(ctx, o.store, file); err != nil {
		if ctx.Err() != nil || fileFault(err) != nil {
			return err
		}
		return p.noCopy()
	}
	_, err = filecheck.Run(ctx, file, filecheck.Limits{})
	return err
}

// writeImage copies the database into a new file as it is at this moment.
func writeImage(ctx context.Context, s *store.Store, file string) (err error) {
	image, err := s.Image(ctx)
	if err != nil {
		return err
	}
	defer image.Close()
	to, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	return image.Write(ctx, to)
}

func (p *program) noCopy() error {
	return p.refused(
		p.say("Beim laufenden Schalter wird eine Kopie der Datenbank geprüft, und neben ihr ist kein Platz dafür.",
			"While the counter runs a copy of the database is verified, and there is no room for one beside it."),
		p.say("Platz schaffen, oder den Schalter beenden und dann prüfen.", "Make room, or end the counter and verify then."))
}

// fileFault is what is wrong with the file according to an error; nil if the error
// is about something else. A file whose end is missing is told by its own text.
func fileFault(err error) *filecheck.Fault {
	var found *filecheck.Fault
	switch {
	case errors.As(err, &found):
		return found
	case errors.Is(err, kv.ErrDamaged) && !errors.Is(err, bolt.ErrTruncated):
		return &filecheck.Fault{Kind: filecheck.Damaged, Detail: err.Error()}
	}
	return nil
}

// fileFailure puts into words what the check of a file came to. One that did not
// get to its end proves nothing: the machine may have been short of time or memory,
// or somebody ended it.
func (p *program) fileFailure(f *filecheck.Fault) *failure {
	if f.Kind == filecheck.Damaged {
		return p.about(domain.ReasonDamaged, "")
	}
	return &failure{
		statusRefused,
		p.say("Die Datei konnte nicht zu Ende geprüft werden.", "The file could not be checked to its end."),
		p.say("Noch einmal, wenn der Rechner Zeit und Speicher hat; bleibt es dabei, ist die Datei wohl beschädigt.",
			"Try again when the machine has time and memory; if it stays so, the file is probably damaged."),
	}
}

// tellFileFault prints what is wrong with the file, as a fault of the journal is
// printed.
func (p *program) tellFileFault(f *filecheck.Fault, asJSON bool) error {
	if asJSON {
		if err := p.printJSON(verified{Fault: &journalFault{Kind: string(f.Kind), Detail: f.Detail}}); err != nil {
			return err
		}
		return errCheckFailed
	}
	about := p.fileFailure(f)
	var b strings.Builder
	fmt.Fprintf(&b, p.say("FEHLER: %s\n", "FAULT: %s\n"), about.what)
	fmt.Fprintf(&b, "  %s\n", f.Error())
	fmt.Fprintln(&b, about.hint)
	if _, err := io.WriteString(p.stdout, b.String()); err != nil {
		return p.outputError(err)
	}
	return errCheckFailed
}
