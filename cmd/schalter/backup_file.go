package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"schalter/domain"
	"schalter/store/backup"
)

// draft writes a file that gets its name only when it is whole and lasts; - is
// standard output. It never overwrites.
func (p *program) draft(path string, write func(io.Writer) error) error {
	if path == "-" {
		return p.writeFailure(path, write(p.stdout))
	}
	partial := path + ".partial"
	file, err := p.files.Create(partial)
	switch {
	case errors.Is(err, fs.ErrExist):
		return p.refused(p.say("Eine andere Sicherung läuft dahin oder blieb stecken: ", "Another backup is on its way there or was cut short: ")+partial,
			p.say("Läuft keine mehr, dann ", "If none is running, ")+"rm "+quoted(partial))
	case err != nil:
		return p.cannotMake(path)
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = p.files.Settle(partial, path)
	}
	if err != nil {
		_ = p.files.Remove(partial) // half a backup is none
	}
	return p.writeFailure(path, err)
}

// writeFailure puts into words why a file could not be written. An error that has
// words already keeps them.
func (p *program) writeFailure(path string, err error) error {
	var known *domain.Error
	var own *failure
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &own), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, fs.ErrExist):
		return p.alreadyThere(path)
	}
	return p.refused(p.say("Die Datei konnte nicht geschrieben werden: ", "The file could not be written: ")+path,
		p.say("Ist der Datenträger voll?", "Is the disk full?"))
}

// lastBackup is the note beside the database about its newest backup, so that
// whoever looks after the machine sees without a passphrase when it was.
type lastBackup struct {
	Taken   time.Time `json:"taken"`
	Entries uint64    `json:"entries"`
	Mark    string    `json:"mark"`
}

func (p *program) lastBackupPath() string { return p.databasePath() + ".backup.json" }

// noteBackup leaves the note. An older one is replaced whole, and what lies in the
// way of writing is not followed. The backup is whole without: a note that cannot be
// written is only told.
func (p *program) noteBackup(m backup.Manifest) {
	path := p.lastBackupPath()
	content, err := json.Marshal(lastBackup{Taken: m.Taken, Entries: m.Entries, Mark: m.Mark})
	if err == nil {
		err = replaceFile(path, append(content, '\n'))
	}
	if err != nil {
		p.warn(&failure{
			statusDone, p.say("Gesichert, aber nicht vermerkt: ", "Backed up, but not noted: ") + path,
			p.say("`schalter doctor` kennt diese Sicherung nicht. Darf dieses Benutzerkonto dort schreiben?", "`schalter doctor` does not know of this backup. May this user write there?"),
		})
	}
}

// replaceFile gives a file other content, whole or not at all.
func replaceFile(path string, content []byte) error {
	draft := path + ".new"
	if err := os.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(draft))
	}
	return os.Rename(draft, path)
}
