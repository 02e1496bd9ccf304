package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"schalter/domain"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/kv"
)

// storage puts into words why a database or its keys cannot be used; nil for any
// other error.
func (p *program) storage(err error) *failure {
	var held *bolt.HeldError
	switch {
	case errors.As(err, &held):
		return p.held(held)
	case errors.Is(err, bolt.ErrMissing), errors.Is(err, bolt.ErrNoDirectory):
		return p.about(domain.ReasonNoDatabase, p.databasePath())
	case errors.Is(err, bolt.ErrExposed):
		return p.exposed()
	case errors.Is(err, bolt.ErrNetwork):
		return p.about(domain.ReasonNetworkDisk, p.databasePath())
	case errors.Is(err, bolt.ErrForeign):
		return &failure{
			statusRefused,
			p.say("Das ist keine Datenbank von schalter: ", "This is no database of schalter: ") + p.databasePath(),
			p.say("--db nennt die richtige Datei.", "--db names the right file."),
		}
	case errors.Is(err, bolt.ErrTruncated):
		return &failure{statusRefused, p.say("Der Datenbank fehlt das Ende.", "The end of the database is missing."), p.hint(domain.ReasonDamaged)}
	case errors.Is(err, bolt.ErrNewer):
		return p.about(domain.ReasonNewerSchema, "")
	case errors.Is(err, bolt.ErrReadOnlyDirectory):
		return &failure{
			statusRefused,
			p.say("In den Ordner der Datenbank kann nichts geschrieben werden: ", "Nothing can be written into the directory of the database: ") + filepath.Dir(p.databasePath()),
			p.hint(domain.ReasonReadOnly),
		}
	case errors.Is(err, bolt.ErrExists):
		return p.about(domain.ReasonDatabaseExists, p.databasePath())
	}
	if f := p.keyFailure(err); f != nil {
		return f
	}
	return p.engineFailure(err)
}

// engineFailure is about what the medium or the contents answer.
func (p *program) engineFailure(err error) *failure {
	switch {
	case errors.Is(err, kv.ErrReadOnly):
		return p.about(domain.ReasonReadOnly, "")
	case errors.Is(err, kv.ErrFull):
		return p.about(domain.ReasonDiskFull, "")
	case errors.Is(err, kv.ErrUnknown):
		return p.about(domain.ReasonUnknownOutcome, "")
	case errors.Is(err, kv.ErrDamaged):
		return p.about(domain.ReasonDamaged, "")
	case errors.Is(err, kv.ErrUnavailable):
		return &failure{
			statusRefused,
			p.say("Die Datenbank ist gerade nicht zu lesen oder zu schreiben.", "The database cannot be read or written just now."),
			p.say("Den Datenträger prüfen, dann noch einmal.", "Check the disk, then try again."),
		}
	}
	return nil
}

// keyFailure is about the key folder.
func (p *program) keyFailure(err error) *failure {
	var (
		wide  *keyfolder.WideError
		other *keyfolder.OtherStoreError
	)
	switch {
	case errors.As(err, &wide):
		return &failure{
			statusRefused,
			p.say("Die Schlüssel können auch andere lesen: ", "Others can read the keys, too: ") + wide.Path,
			fmt.Sprintf("chmod %o %s", wide.Want, quoted(wide.Path)),
		}
	case errors.As(err, &other):
		return &failure{
			statusRefused,
			p.say("Der Schlüsselordner gehört zu einer anderen Datenbank: ", "The key folder belongs to another database: ") + p.keysPath(),
			p.hint(domain.ReasonKeysMissing),
		}
	case errors.Is(err, keyfolder.ErrMissing):
		return p.about(domain.ReasonKeysMissing, p.keysPath())
	case errors.Is(err, keyfolder.ErrDamaged):
		return &failure{
			statusRefused,
			p.say("Der Schlüsselordner ist beschädigt: ", "The key folder is damaged: ") + p.keysPath(),
			p.say("Aus der Sicherung wiederherstellen.", "Restore it from the backup."),
		}
	case errors.Is(err, keyfolder.ErrExists):
		return &failure{
			statusRefused,
			p.say("Der Schlüsselordner ist nicht leer: ", "The key folder is not empty: ") + p.keysPath(),
			p.hint(domain.ReasonDatabaseExists),
		}
	}
	return nil
}

// about is the catalogue's text of a reason with what it is about.
func (p *program) about(reason domain.Reason, what string) *failure {
	text, hint := p.texts.Error(domain.Fail(domain.Unavailable, reason))
	if what != "" {
		text = strings.TrimSuffix(text, ".") + ": " + what
	}
	return &failure{statusRefused, text, hint}
}

func (p *program) hint(reason domain.Reason) string { return p.about(reason, "").hint }

// held names the process that has the database open, as far as it is known.
func (p *program) held(e *bolt.HeldError) *failure {
	f := p.about(domain.ReasonHeld, "")
	if h := e.Holder; h != nil {
		var who []string
		who = append(who, fmt.Sprintf(p.say("Prozess %d", "process %d"), h.PID))
		if h.User != "" {
			who = append(who, p.say("Benutzer ", "user ")+h.User)
		}
		if h.Host != "" {
			who = append(who, p.say("auf ", "on ")+h.Host)
		}
		if !h.Since.IsZero() {
			who = append(who, p.say("seit ", "since ")+p.texts.Moment(h.Since))
		}
		f.what = strings.TrimSuffix(f.what, ".") + ": " + strings.Join(who, ", ") + "."
	}
	return f
}

// exposed says which command closes the database to others.
func (p *program) exposed() *failure {
	path := p.databasePath()
	f := p.about(domain.ReasonFileRights, path)
	info, err := os.Lstat(path)
	switch {
	case err == nil && info.Mode()&os.ModeSymlink != 0:
		f.what = p.say("Die Datenbank ist eine symbolische Verknüpfung: ", "The database is a symbolic link: ") + path
		f.hint = p.say("Die Datei selbst angeben.", "Name the file itself.")
	case err == nil && info.Mode().Perm()&0o077 != 0:
		f.hint = "chmod 600 " + quoted(path)
	case err == nil && !ownedByUs(info):
		f.what = p.say("Die Datenbank gehört einem anderen Benutzer: ", "The database belongs to another user: ") + path
	default:
		f = p.about(domain.ReasonFileRights, filepath.Dir(path))
		f.hint = "chmod o-w " + quoted(filepath.Dir(path))
	}
	return f
}
