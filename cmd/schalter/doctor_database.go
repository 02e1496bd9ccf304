package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"schalter/domain"
	"schalter/store"
	"schalter/store/journal"
)

// The database is looked at in the process that holds it.

// database says whether it opens: then it is whole so far, for its owner alone,
// and on a disk of this machine.
func (e *examination) database() diagnosis {
	switch {
	case e.failed != nil && e.keyFailure(e.failed) != nil:
		return diagnosis{} // the keys say it
	case e.failed != nil:
		f := e.explain(e.failed)
		return bad(f.what, f.hint)
	case e.unknown != nil:
		f := e.explain(e.unknown)
		return bad(f.what, f.hint)
	}
	if err := e.open.store.ReadOnly(); err != nil {
		f := e.explain(err)
		return bad(f.what, f.hint)
	}
	return good(e.bytes(e.health.Figures.Size),
		fmt.Sprintf(e.say("Schema %d", "schema %d"), e.health.Schema),
		fmt.Sprintf(e.say("%s Einträge im Protokoll", "%s journal entries"), e.texts.Number(int(e.health.Entries))), e.open.path)
}

// bytes is a size for people.
func (e *examination) bytes(n int64) string {
	const mega = 1 << 20
	if n >= 10<<30 {
		return fmt.Sprintf("%s GB", e.texts.Number(int(n>>30)))
	}
	return fmt.Sprintf("%s MB", e.texts.Number(int((n+mega-1)/mega)))
}

// directory looks at who may put another file in the database's place.
func (e *examination) directory() diagnosis {
	dir := filepath.Dir(e.databasePath())
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return diagnosis{} // the database says it
	case !modesCount:
		return good(dir)
	}
	return e.judgeDirectory(dir, info.Mode(), ownedByUs(info))
}

// judgeDirectory advises to change rights only where this user may: not those of
// /tmp or of somebody else's directory.
func (e *examination) judgeDirectory(dir string, mode fs.FileMode, ours bool) diagnosis {
	shared := mode&fs.ModeSticky != 0 && mode.Perm()&0o022 != 0
	another := e.say("Einen anderen Ordner nehmen, der nur diesem Benutzer gehört (--db).", "Take another directory, one of this user's alone (--db).")
	chmod := func(change string) string {
		if !ours {
			return another
		}
		return "chmod " + change + " " + quoted(dir)
	}
	switch {
	case shared:
		return doubtful(e.say("Auch andere legen hier Dateien ab: ", "Others put files here, too: ")+dir, another)
	case mode.Perm()&0o002 != 0:
		return bad(e.say("Jeder darf hier Dateien austauschen: ", "Everybody may exchange files here: ")+dir, chmod("o-w"))
	case mode.Perm()&0o020 != 0:
		return doubtful(e.say("Eine Gruppe darf hier Dateien austauschen: ", "A group may exchange files here: ")+dir, chmod("g-w"))
	case !ours:
		return doubtful(e.say("Der Ordner gehört einem anderen Benutzer: ", "The directory belongs to another user: ")+dir, another)
	case mode.Perm()&0o055 != 0:
		return doubtful(e.say("Andere dürfen in den Ordner sehen: ", "Others may look into the directory: ")+dir, chmod("700"))
	}
	return good(dir)
}

// leftovers looks for what a killed check or restore left: copies of the database,
// sealed as it is.
func (e *examination) leftovers() diagnosis {
	var found []string
	for _, pattern := range []string{
		filepath.Join(filepath.Dir(e.databasePath()), ".schalter-verify-*"),
		filepath.Join(os.TempDir(), "schalter-restore-*"),
	} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			continue // a directory whose name is a pattern
		}
		for _, name := range names {
			if info, err := os.Lstat(name); err == nil && ownedByUs(info) {
				found = append(found, quoted(name))
			}
		}
	}
	if len(found) == 0 {
		return diagnosis{}
	}
	return doubtful(e.say("eine Prüfung läuft oder wurde abgebrochen", "a check is running or was killed"),
		e.say("Läuft keine mehr, dann ", "If none is running, ")+"rm -r "+strings.Join(found, " "))
}

// pages is how much of the file holds nothing.
func (e *examination) pages() diagnosis {
	f := e.health.Figures
	if f.Size == 0 {
		return diagnosis{}
	}
	says := fmt.Sprintf(e.say("%d %% von %s", "%d %% of %s"), f.Free*100/f.Size, e.bytes(f.Size))
	if f.Free > f.Size/2 && f.Size > 256<<20 {
		return doubtful(says, e.say("Das wird wieder benutzt; Sichern und Wiederherstellen macht die Datei nicht kleiner.",
			"It will be used again; backup and restore do not make the file smaller."))
	}
	return good(says)
}

// What a disk must have left, in bytes.
const (
	littleRoom = 1 << 30
	noRoom     = 100 << 20
)

func (e *examination) disk() diagnosis {
	dir := filepath.Dir(e.databasePath())
	free, err := freeBytes(dir)
	if err != nil {
		return diagnosis{}
	}
	says := fmt.Sprintf(e.say("%s frei", "%s free"), e.bytes(free))
	hint := e.say("Platz schaffen: ohne Platz wird nichts mehr gespeichert.", "Make room: without room nothing is stored any more.")
	switch {
	case free < noRoom:
		return bad(says, hint)
	case free < max(littleRoom, e.health.Figures.Size):
		return doubtful(says, hint)
	}
	return good(says)
}

// slowSync is how long a commit's two writes may take before staff wait for it.
const slowSync = 100 * time.Millisecond

// fsync measures how long the disk takes to keep something: the median of a few
// tries on a file of its own.
func (e *examination) fsync() diagnosis {
	if e.open == nil {
		return diagnosis{}
	}
	took, err := measureSync(filepath.Dir(e.open.path), e.now)
	if err != nil {
		return doubtful(e.say("neben der Datenbank lässt sich nichts schreiben", "nothing can be written beside the database"),
			e.hint(domain.ReasonReadOnly))
	}
	says := fmt.Sprintf("%.1f ms", float64(took)/float64(time.Millisecond))
	if took > slowSync {
		return doubtful(says, e.say("Jede Handlung wartet zweimal so lange: einen schnelleren Datenträger nehmen.", "Every act waits twice as long: use a faster disk."))
	}
	return good(says)
}

func measureSync(dir string, now func() time.Time) (time.Duration, error) {
	file, err := os.CreateTemp(dir, ".schalter-doctor-*")
	if err != nil {
		return 0, err
	}
	defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }()
	const tries = 9
	var took []time.Duration
	for range tries {
		begun := now()
		if _, err := file.Write(make([]byte, 4096)); err != nil {
			return 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, err
		}
		took = append(took, now().Sub(begun))
	}
	slices.Sort(took)
	return took[tries/2], nil
}

// keyFolder says whether the keys open: then they are for their owner alone and
// belong to the database.
func (e *examination) keyFolder() diagnosis {
	if e.open != nil {
		return good(e.keysPath())
	}
	if f := e.keyFailure(e.failed); f != nil {
		return bad(f.what, f.hint)
	}
	return diagnosis{} // nobody knows which database they are for
}

// clock compares with the newest entry of the journal.
func (e *examination) clock() diagnosis {
	now := e.now()
	if e.open == nil || e.unknown != nil || e.health.NewestAt.IsZero() {
		return good(e.texts.Moment(now))
	}
	newest := e.local(e.health.NewestAt)
	if e.health.ClockBehind(now) {
		return bad(fmt.Sprintf(e.say("%s, aber das Protokoll endet am %s", "%s, but the journal ends at %s"), e.texts.Moment(now), e.texts.Moment(newest)),
			e.say("Die Uhr stellen; vorher wird nichts gespeichert.", "Set the clock; nothing is stored before."))
	}
	return good(e.texts.Moment(now), e.say("jüngster Eintrag ", "newest entry ")+e.texts.Moment(newest))
}

// backupAge is how old the newest backup may be.
const backupAge = 48 * time.Hour

func (e *examination) backup() diagnosis {
	if e.open == nil {
		return diagnosis{}
	}
	hint := "`schalter backup`" + e.say(", am besten jede Nacht", ", every night is best")
	note, err := os.ReadFile(e.lastBackupPath())
	var last lastBackup
	if err != nil || json.Unmarshal(note, &last) != nil || last.Taken.IsZero() {
		return doubtful(e.say("von dieser Datenbank noch keine", "none of this database yet"), hint)
	}
	says := fmt.Sprintf(e.say("%s, seitdem neue Einträge: %s", "%s, new entries since: %s"),
		e.texts.Moment(e.local(last.Taken)), e.texts.Number(int(e.health.Entries-min(last.Entries, e.health.Entries))))
	if e.now().Sub(last.Taken) > backupAge {
		return doubtful(says, hint)
	}
	return good(says)
}

// anchorLag is how many entries an anchor may be behind: a few times what a counter
// writes between two checkpoints.
const anchorLag = 500

// anchor looks for the newest checkpoint that is kept outside the database.
func (e *examination) anchor() diagnosis {
	if e.open == nil {
		return diagnosis{}
	}
	states := e.open.store.Anchors()
	if !e.open.lent {
		states = e.anchorStates() // opened for looking, a store would count notes it could not bring there
	}
	var newest int64
	for _, s := range states {
		if s.Err != nil {
			return doubtful(e.say("nicht erreicht: ", "not reached: ")+s.Name, e.say("Rechte und Datenträger prüfen.", "Check permissions and disk."))
		}
		newest = max(newest, s.Size)
	}
	if newest == 0 {
		return doubtful(e.say("keiner: dass das Ende des Protokolls fehlt, würde nicht bemerkt", "none: that the end of the journal is missing would go unnoticed"),
			e.say("Den Schalter einmal öffnen; --anchor nennt einen weiteren Ort auf einem anderen Rechner.", "Open the counter once; --anchor names another place on another machine."))
	}
	says := fmt.Sprintf(e.say("bis Eintrag %s von %s", "up to entry %s of %s"), e.texts.Number(int(newest)), e.texts.Number(int(e.health.Entries)))
	if int64(e.health.Entries)-newest > anchorLag {
		return doubtful(says, e.say("Den Schalter einmal öffnen und schließen; bleibt es dabei, Rechte und Datenträger prüfen.",
			"Open and close the counter once; if it stays so, check permissions and disk."))
	}
	return good(says)
}

// anchorStates reads what the anchors keep that one of our keys signed.
func (e *examination) anchorStates() []store.AnchorState {
	var states []store.AnchorState
	for _, file := range e.anchorFiles() {
		notes, err := file.Notes()
		state := store.AnchorState{Name: file.Name(), Err: err}
		for _, note := range notes {
			if c, err := journal.ParseSigned(note, e.open.store.Verifiers()); err == nil {
				state.Size = max(state.Size, c.Size)
			}
		}
		states = append(states, state)
	}
	return states
}
