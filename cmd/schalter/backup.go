package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/store"
	"schalter/store/backup"
	"schalter/store/journal"
)

type backupFlags struct {
	to          []string
	toFile      string
	withKeys    bool
	newIdentity string
}

func (p *program) backupCommand() *cobra.Command {
	var f backupFlags
	c := &cobra.Command{
		Use:   "backup FILE|-",
		Short: p.say("Sicherung schreiben, verschlüsselt, während andere arbeiten", "write a backup, encrypted, while others work"),
		Long: p.say(
			"Schreibt die Datenbank, wie sie in einem Augenblick ist, in eine neue Datei, die nur\n"+
				"öffnen kann, wer den geheimen Schlüssel zu einem --to hat (age, age-encryption.org).\n"+
				"Den geheimen Schlüssel macht --new-identity; er gehört auf einen anderen Rechner oder\n"+
				"in den Tresor, sein öffentlicher Teil hierher. Der Schlüsselordner ist nicht dabei:\n"+
				"Datenbank und Schlüssel gehören nicht an denselben Ort. Ihn eigens sichern; nur wer\n"+
				"keinen zweiten Ort hat, nimmt ihn mit --with-keys dazu. Eine Verwaltung oder die\n"+
				"Anmeldung eines Dienstes darf das; es steht im Protokoll.",
			"Writes the database as it is at one moment into a new file that opens only to the\n"+
				"holder of the secret key to a --to (age, age-encryption.org). --new-identity makes\n"+
				"the secret key; it belongs on another machine or in the safe, its public half here.\n"+
				"The key folder is not included: database and keys do not belong in one place. Back it\n"+
				"up by itself; only who has no second place adds it with --with-keys. An admin or the\n"+
				"login of a service may do this; the journal says so."),
		Example: "  schalter backup --new-identity /media/safe/branch.key\n" +
			"  schalter backup monday.backup --to age1… --as k.beispiel",
		Args: p.between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if f.newIdentity != "" {
				return p.newIdentity(c, args, f.newIdentity)
			}
			if err := p.between(1, 1)(c, args); err != nil {
				return err
			}
			return p.runBackup(c.Context(), args[0], f)
		},
	}
	set := c.Flags()
	set.SortFlags = false
	set.StringArrayVar(&f.to, "to", nil, p.say("öffentlicher Schlüssel, der öffnen kann; mehrmals möglich", "public key that can open it; may be repeated"))
	nameValue(set, "to", "age1…")
	textFlag(set, &f.toFile, "to-file", "FILE", p.say("öffentliche Schlüssel aus einer Datei, einer je Zeile", "public keys from a file, one a line"))
	set.BoolVar(&f.withKeys, "with-keys", false, p.say("den Schlüsselordner mitnehmen", "include the key folder"))
	textFlag(set, &f.newIdentity, "new-identity", "FILE", p.say("nur einen neuen geheimen Schlüssel in diese Datei schreiben", "only write a new secret key into this file"))
	return c
}

// newIdentity makes a key pair: the secret goes into a new file, the public half
// is printed.
func (p *program) newIdentity(c *cobra.Command, args []string, path string) error {
	if len(args) > 0 {
		return p.wrongUsage(p.say("--new-identity schreibt keine Sicherung.", "--new-identity writes no backup."), p.seeHelp(c))
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	public := identity.Recipient().String()
	text := fmt.Sprintf("# created: %s\n# public key: %s\n%s\n", rfc3339(p.now()), public, identity)
	if err := p.writeNew(path, []byte(text)); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(p.stderr, p.say(
		"Der geheime Schlüssel gehört weg von hier: auf einen anderen Rechner, in den Tresor.\nOhne ihn ist keine Sicherung zu öffnen. Der öffentliche, für --to:",
		"The secret key belongs elsewhere: on another machine, in the safe. Without it no\nbackup can be opened. The public key, for --to:")); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, public)
	return p.outputError(err)
}

// writeNew makes a file for nobody else's eyes; it never overwrites.
func (p *program) writeNew(path string, content []byte) error {
	file, err := p.files.Create(path)
	if errors.Is(err, fs.ErrExist) {
		return p.alreadyThere(path)
	}
	if err != nil {
		return p.cannotMake(path)
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = p.files.Remove(path) // half a key is none
		return p.cannotMake(path)
	}
	return nil
}

func (p *program) alreadyThere(path string) error {
	return p.refused(p.say("Die Datei gibt es schon: ", "The file exists already: ")+path,
		p.say("Eine Datei angeben, die es noch nicht gibt; überschrieben wird nie.", "Name a file that does not exist yet; nothing is ever overwritten."))
}

// recipients are the public keys a backup is encrypted to, and the same as text.
func (p *program) recipients(f backupFlags) ([]age.Recipient, string, error) {
	lines := strings.Join(f.to, "\n")
	if f.toFile != "" {
		file, err := p.files.Open(f.toFile)
		if err != nil {
			return nil, "", p.unreadable(f.toFile)
		}
		defer file.Close()
		text, err := io.ReadAll(io.LimitReader(file, maxNote))
		if err != nil {
			return nil, "", p.unreadable(f.toFile)
		}
		lines += "\n" + string(text)
	}
	if strings.TrimSpace(lines) == "" {
		return nil, "", p.wrongUsage(p.say("Für wen?", "For whom?"),
			p.say("--to nennt den öffentlichen Schlüssel; `schalter backup --new-identity DATEI` macht einen.",
				"--to names the public key; `schalter backup --new-identity FILE` makes one."))
	}
	list, err := age.ParseRecipients(strings.NewReader(lines))
	if err != nil || len(list) > maxRecipients {
		return nil, "", p.wrongUsage(p.say("Das ist kein öffentlicher Schlüssel von age.", "This is no public key of age."),
			p.say("Er beginnt mit age1; `schalter backup --new-identity DATEI` macht einen.", "It begins with age1; `schalter backup --new-identity FILE` makes one."))
	}
	names := make([]string, 0, len(list))
	for _, r := range list {
		if named, ok := r.(fmt.Stringer); ok {
			names = append(names, named.String())
		}
	}
	return list, strings.Join(names, ","), nil
}

// maxRecipients bounds what one journal entry has to name.
const maxRecipients = 20

func (p *program) runBackup(ctx context.Context, path string, f backupFlags) error {
	if err := p.needActor(); err != nil {
		return err
	}
	to, names, err := p.recipients(f)
	if err != nil {
		return err
	}
	if path == "-" && p.terminal.Screen() {
		return p.wrongUsage(p.say("Eine Sicherung ist nichts für ein Terminal.", "A backup is nothing for a terminal."),
			p.say("Die Ausgabe umleiten oder eine Datei nennen.", "Redirect the output or name a file."))
	}
	if _, err := p.files.Look(path); err == nil && path != "-" {
		return p.alreadyThere(path)
	}
	var taken backup.Manifest
	err = p.withActor(ctx, func(o *opened, a domain.Actor) error {
		return o.desk.Backup(ctx, a, names, func() (err error) {
			taken, err = p.takeBackup(ctx, o, path, to, f.withKeys)
			return err
		})
	})
	if err != nil {
		return err
	}
	return p.tellBackedUp(path, taken)
}

// takeBackup writes the file and remembers when.
func (p *program) takeBackup(ctx context.Context, o *opened, path string, to []age.Recipient, withKeys bool) (backup.Manifest, error) {
	image, err := o.store.SignedImage(ctx)
	if err != nil {
		return backup.Manifest{}, err
	}
	defer image.Close()
	m := p.manifest(image)
	var keys map[string]string
	if withKeys {
		keys = o.store.KeyFiles()
	}
	show := p.newProgress(image.Size)
	show.start()
	defer show.clear()
	err = p.draft(path, func(w io.Writer) error {
		return backup.Write(w, to, m, func(w io.Writer) error { return image.Write(ctx, show.counting(w)) }, keys)
	})
	if err == nil {
		p.noteBackup(m)
	}
	return m, err
}

func (p *program) manifest(i *store.Image) backup.Manifest {
	return backup.Manifest{
		Program: p.build.Version, Taken: p.now().UTC(),
		Store: hex.EncodeToString(i.Store[:]), Schema: i.Schema,
		Entries: i.Entries, Root: hex.EncodeToString(i.Root[:]), Mark: journal.MarkOf(int64(i.Entries), i.Root).String(),
		Checkpoint: string(i.Checkpoint), Records: i.Records, ImageSize: i.Size,
	}
}

func (p *program) tellBackedUp(path string, m backup.Manifest) error {
	to := p.stdout
	if path == "-" {
		to = p.stderr // standard output is the backup
	}
	_, err := fmt.Fprintf(to, p.say(
		"Gesichert: %s Einträge im Protokoll, %s Versicherte\nMarke: %s\n",
		"Backed up: %s journal entries, %s members\nMark: %s\n"),
		p.texts.Number(int(m.Entries)), p.texts.Number(int(m.Records["member"])), m.Mark)
	return p.outputError(err)
}
