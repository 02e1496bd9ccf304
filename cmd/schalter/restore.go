package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"schalter/cmd/internal/control"
	"schalter/store/backup"
)

type restoreFlags struct {
	identities         []string
	checkpoints, marks []string
	check, diverged    bool
}

func (p *program) restoreCommand() *cobra.Command {
	var f restoreFlags
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: p.say("Sicherung prüfen und an die Stelle der Datenbank setzen", "prove a backup and put it in the place of the database"),
		Long: p.say(
			"Öffnet die Sicherung mit dem geheimen Schlüssel, prüft sie ganz (Protokoll, jeden Wert,\n"+
				"jede Zählung, die Anker) und setzt sie erst dann an die Stelle der Datenbank; die alte\n"+
				"bleibt daneben als ….before-restore-ZEIT. Was vorher schiefgeht oder abbricht, ändert nichts.\n"+
				"Es braucht eine Verwaltung und eine zweite Person mit den Passphrasen, die zur Zeit der\n"+
				"Sicherung galten. Wer seither abgeschaltet wurde, kann es nicht und bleibt abgeschaltet.\n"+
				"Alle offenen Aktivierungscodes werden gesperrt: was nach der Sicherung mit ihnen\n"+
				"geschah, weiß sie nicht. --check prüft nur: ohne Anmeldung alles, was\n"+
				"ohne Passphrase zu sehen ist, mit --as auch, ob sich jeder Wert öffnen lässt.",
			"Opens the backup with the secret key, proves all of it (journal, every value, every\n"+
				"count, the anchors), and only then puts it in the place of the database; the old one\n"+
				"stays beside it as ….before-restore-TIME. What fails before that changes nothing.\n"+
				"It needs an admin and a second person with the passphrases they had when the backup was\n"+
				"made. Who was disabled since cannot do it and stays disabled. Every live activation\n"+
				"code is revoked: the backup does not know what happened to them after it. --check only\n"+
				"proves it: without a login all that shows without a passphrase, with --as also that\n"+
				"every value opens."),
		Example: "  schalter restore monday.backup --identity /media/safe/branch.key --check\n" +
			"  schalter restore monday.backup --identity /media/safe/branch.key --mark J-1042-8KQ3-7MXW-2PTR \\\n" +
			"    --as k.beispiel --second m.muster",
		Args: p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error { return p.runRestore(c.Context(), args[0], f) },
	}
	set := c.Flags()
	set.SortFlags = false
	set.StringArrayVar(&f.identities, "identity", nil, p.say("Datei mit dem geheimen Schlüssel; mehrmals möglich", "file with the secret key; may be repeated"))
	nameValue(set, "identity", "FILE")
	set.StringArrayVar(&f.checkpoints, "checkpoint", nil, p.say("signierter Stand, den die Sicherung enthalten muss; mehrmals möglich", "signed checkpoint the backup must contain; may be repeated"))
	nameValue(set, "checkpoint", "FILE")
	set.StringArrayVar(&f.marks, "mark", nil, p.say("Marke von einem Beleg, ebenso", "mark from a slip, likewise"))
	nameValue(set, "mark", "J-…")
	set.BoolVar(&f.check, "check", false, p.say("nur prüfen, nichts ersetzen", "only prove it, replace nothing"))
	set.BoolVar(&f.diverged, "diverged", false, p.say("auch wenn ihr Protokoll ein anderes ist als das, was hier war", "even if its journal is another than what was here"))
	return c
}

func (p *program) runRestore(ctx context.Context, path string, f restoreFlags) error {
	identities, err := p.identities(f.identities)
	if err != nil {
		return err
	}
	r := &restoration{program: p, path: path, identities: identities, check: f.check, diverged: f.diverged}
	if r.marks, err = p.marks(f.marks); err != nil {
		return err
	}
	if r.notes, err = p.readNotes(f.checkpoints); err != nil {
		return err
	}
	r.noteFiles = f.checkpoints
	if !f.check {
		if err := p.needActor(); err != nil {
			return err
		}
	}
	if p.flags.as != "" {
		if r.own, err = p.credentials(ctx); err != nil {
			return err
		}
		defer clear(r.own.Passphrase)
	}
	if !f.check {
		if r.second, err = p.second(ctx); err != nil {
			return err
		}
		defer clear(r.second.Passphrase)
	}
	return r.run(ctx)
}

// identities reads secret keys of age. Their files must be for nobody else.
func (p *program) identities(paths []string) ([]age.Identity, error) {
	if len(paths) == 0 {
		return nil, p.wrongUsage(p.say("Womit öffnen?", "Open it with what?"),
			p.say("--identity nennt die Datei mit dem geheimen Schlüssel.", "--identity names the file with the secret key."))
	}
	var list []age.Identity
	for _, path := range paths {
		text, err := p.secretFile("identity", path)
		if err != nil {
			return nil, err
		}
		found, err := age.ParseIdentities(strings.NewReader(string(text)))
		clear(text)
		if err != nil {
			return nil, p.secretFailure("identity", p.say("hat keinen geheimen Schlüssel von age", "has no secret key of age"), "")
		}
		list = append(list, found...)
	}
	return list, nil
}

// backupFailure puts into words why a backup cannot be read; nil for any other
// error.
func (p *program) backupFailure(path string, err error) error {
	var what, hint string
	switch {
	case errors.Is(err, backup.ErrForeign):
		what = p.say("Das ist keine Sicherung von schalter: ", "This is no backup of schalter: ")
	case errors.Is(err, backup.ErrIdentity):
		what = p.say("Dieser geheime Schlüssel öffnet die Sicherung nicht: ", "This secret key does not open the backup: ")
		hint = p.say("--identity nennt den, dessen öffentlicher Teil bei --to stand.", "--identity names the one whose public half stood at --to.")
	case errors.Is(err, backup.ErrDamaged):
		what = p.say("Die Sicherung ist beschädigt oder nicht vollständig: ", "The backup is damaged or not complete: ")
		hint = p.say("Es wurde nichts geändert. Eine andere Kopie oder die Sicherung davor nehmen.", "Nothing was changed. Take another copy, or the backup before it.")
	case errors.Is(err, backup.ErrNewer):
		what = p.say("Die Sicherung ist von einem neueren `schalter`: ", "The backup was written by a newer `schalter`: ")
		hint = p.say("Das Programm erneuern.", "Update the program.")
	default:
		return nil
	}
	return p.refused(what+path, hint)
}

// tellProven says what was found right.
func (p *program) tellProven(r *restoration) error {
	m := r.contents.Manifest
	_, err := fmt.Fprintf(p.stdout, p.say(
		"Sicherung vom %s: %s Einträge im Protokoll, %s Versicherte\nMarke: %s\n",
		"Backup of %s: %s journal entries, %s members\nMark: %s\n"),
		p.texts.Moment(p.local(m.Taken)), p.texts.Number(int(m.Entries)), p.texts.Number(int(m.Records["member"])), m.Mark)
	if err == nil && r.check {
		_, err = fmt.Fprintln(p.stdout, r.checkedText())
	}
	return p.outputError(err)
}

// checkedText says what a check without a restore has shown, and what not.
func (r *restoration) checkedText() string {
	p := r.program
	if r.own.Login == "" {
		return p.say("Geprüft und unversehrt; es wurde nichts geändert. Ob jemand hineinkommt und die Schlüssel\n"+
			"jeden Wert öffnen, zeigt --check mit --as.",
			"Proven and intact; nothing was changed. Whether anybody gets in and the keys open every\n"+
				"value shows --check with --as.")
	}
	return p.say("Geprüft und unversehrt, und jeder Wert lässt sich öffnen; es wurde nichts geändert.",
		"Proven and intact, and every value opens; nothing was changed.")
}

// tellRestored says what took place of what.
func (p *program) tellRestored(r *restoration) error {
	var b strings.Builder
	fmt.Fprintf(&b, p.say("Wiederhergestellt: %s\n", "Restored: %s\n"), r.place)
	if r.kept != "" {
		fmt.Fprintf(&b, p.say("Die alte Datenbank: %s\n", "The old database: %s\n"), r.kept)
	}
	if r.installed {
		fmt.Fprintf(&b, p.say("Die Schlüssel:      %s\n", "The keys:         %s\n"), p.keysPath())
	}
	if r.done.Codes > 0 {
		fmt.Fprintf(&b, p.say("Gesperrte Codes: %s\n", "Codes revoked: %s\n"), p.texts.Number(r.done.Codes))
	}
	if r.done.Logins > 0 {
		fmt.Fprintf(&b, p.say("Wieder abgeschaltete Anmeldungen: %d\n", "Logins disabled again: %d\n"), r.done.Logins)
	}
	b.WriteString(p.say(
		"Was nach der Sicherung geschah, fehlt: neu einlesen, neu eingeben.\n",
		"What happened after the backup is missing: import it, enter it again.\n"))
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}

// openBackup opens the file for reading and says how many bytes it has.
func (p *program) openBackup(path string) (control.File, int64, error) {
	file, err := p.files.Open(path)
	if err != nil {
		return nil, 0, p.unreadable(path)
	}
	info, err := file.Stat()
	if err != nil || info.Mode.IsDir() {
		_ = file.Close()
		return nil, 0, p.unreadable(path)
	}
	return file, info.Size, nil
}
