package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/ik"
	"schalter/domain/plain"
)

// initFlags are the values a new database begins with; what is missing is asked
// for.
type initFlags struct {
	insurer, ik, appHost       string
	branches                   []string
	admin, adminName           string
	supervisor, supervisorName string
	recovery                   string
}

func (p *program) initCommand() *cobra.Command {
	var f initFlags
	c := &cobra.Command{
		Use:   "init",
		Short: p.say("neue Datenbank mit der ersten Verwaltung und der ersten Teamleitung", "new database with the first admin and the first supervisor"),
		Long: p.say(
			"Legt Datenbank und Schlüsselordner an; beide darf es noch nicht geben. Was die\n"+
				"Optionen nicht sagen, wird am Terminal gefragt. Geht etwas schief, bleibt nichts\n"+
				"zurück. --passphrase-file ist die der Verwaltung, --second-passphrase-file die der\n"+
				"Teamleitung; das müssen zwei verschiedene Menschen sein.",
			"Creates database and key folder; neither may exist yet. What the options do not say\n"+
				"is asked for at the terminal. If anything fails, nothing is left behind.\n"+
				"--passphrase-file is the admin's, --second-passphrase-file the supervisor's; they\n"+
				"must be two different people."),
		Example: "  schalter init --insurer 'Muster BKK' --ik 109979978 --app-host app.muster.de \\\n" +
			"    --branch 'Würzburg|0931 1234567|1,2' --admin k.beispiel --admin-name 'K. Beispiel' \\\n" +
			"    --supervisor m.muster --supervisor-name 'M. Muster'",
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return p.runInit(c.Context(), f) },
	}
	set := c.Flags()
	set.SortFlags = false
	text := func(to *string, name, value, de, en string) { textFlag(set, to, name, value, p.say(de, en)) }
	text(&f.insurer, "insurer", "NAME", "Name der Krankenkasse", "name of the insurer")
	text(&f.ik, "ik", "IK", "ihr Institutionskennzeichen", "its institution code")
	text(&f.appHost, "app-host", "HOST", "Rechner im Aktivierungslink der App", "host in the app's activation link")
	set.StringArrayVar(&f.branches, "branch", nil, p.say("Geschäftsstelle mit ihren Plätzen; mehrmals möglich", "branch with its seats; may be repeated"))
	nameValue(set, "branch", "NAME|PHONE|SEAT,SEAT")
	text(&f.admin, "admin", "LOGIN", "Anmeldename der Verwaltung", "login of the admin")
	text(&f.adminName, "admin-name", "NAME", "ihr Name, wie er angezeigt wird", "their name as it is shown")
	text(&f.supervisor, "supervisor", "LOGIN", "Anmeldename der Teamleitung", "login of the supervisor")
	text(&f.supervisorName, "supervisor-name", "NAME", "ihr Name, wie er angezeigt wird", "their name as it is shown")
	text(&f.recovery, "recovery", "age1…", "öffentlicher Notfallschlüssel, falls alle Passphrasen verloren gehen",
		"public recovery key: opens when all passphrases are lost")
	return c
}

func (p *program) runInit(ctx context.Context, f initFlags) error {
	if err := p.placeIsFree(); err != nil {
		return err
	}
	if err := p.askMissing(ctx, &f); err != nil {
		return err
	}
	founding, err := p.founding(f)
	if err != nil {
		return err
	}
	// Before anybody thinks of a passphrase.
	if err := p.rehearse(ctx, founding); err != nil {
		return err
	}
	defer func() { clear(founding.Admin.Passphrase); clear(founding.Supervisor.Passphrase) }()
	if err := p.askPassphrases(ctx, &founding); err != nil {
		return err
	}
	verifier, err := p.found(ctx, founding)
	if err != nil {
		return err
	}
	return p.tellFounded(founding.Settings, verifier)
}

// placeIsFree looks where database and keys would go.
func (p *program) placeIsFree() error {
	database, keys := p.databasePath(), p.keysPath()
	inside, err := within(filepath.Dir(database), keys)
	if err != nil {
		return err
	}
	if inside {
		return p.refused(
			p.say("Die Schlüssel dürfen nicht bei der Datenbank liegen: ", "The keys must not lie beside the database: ")+keys,
			p.say("--keys nennt einen anderen Ordner: wer die Datenbank mitnimmt, soll sie nicht haben.",
				"--keys names another directory: whoever takes the database must not have them."))
	}
	return p.mustNotExist(database, keys)
}

// within reports whether path is dir or lies in it.
func within(dir, path string) (bool, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false, err
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return false, err
	}
	relative, err := filepath.Rel(dir, path)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator)), nil
}

// mustNotExist refuses to overwrite. An empty folder may be there for the keys.
func (p *program) mustNotExist(database, keys string) error {
	if _, err := os.Lstat(database); err == nil {
		return p.about(domain.ReasonDatabaseExists, database)
	}
	entries, err := os.ReadDir(keys)
	if _, there := os.Lstat(keys); there == nil && (err != nil || len(entries) > 0) {
		return &failure{
			statusRefused, p.say("Den Schlüsselordner gibt es schon: ", "The key folder exists already: ") + keys,
			p.orphanedKeysHint(keys),
		}
	}
	return nil
}

// orphanedKeysHint is for keys without their database: an init that was ended
// between the two leaves them, and so does a database that was moved.
func (p *program) orphanedKeysHint(keys string) string {
	return fmt.Sprintf(p.say(
		"Die Datenbank dazu ist nicht da. Blieb ein `schalter init` stecken, dann %s löschen und noch einmal; gibt es die Datenbank anderswo, nennt --db sie: ohne diese Schlüssel ist sie verloren.",
		"Its database is not there. If a `schalter init` was cut short, remove %s and try again; if the database is elsewhere, --db names it: without these keys it is lost."), quoted(keys))
}

func (p *program) cannotMake(path string) error {
	return p.refused(p.say("Hier lässt sich nichts anlegen: ", "Nothing can be made here: ")+path,
		p.say("Einen anderen Ort angeben oder die Rechte am Ordner ändern.", "Name another place or change the directory's permissions."))
}

// founding is what the database begins with, but for the passphrases.
func (p *program) founding(f initFlags) (desk.Founding, error) {
	founding := desk.Founding{
		Settings:   domain.DefaultSettings(),
		Admin:      desk.Founder{Login: f.admin, Name: plain.Clean(f.adminName)},
		Supervisor: desk.Founder{Login: f.supervisor, Name: plain.Clean(f.supervisorName)},
		Recovery:   f.recovery,
	}
	number, err := ik.Parse(f.ik)
	if err != nil {
		return founding, domain.Fail(domain.Invalid, domain.ReasonSettingInvalid).WithField("ik")
	}
	s := &founding.Settings
	s.Insurer, s.IK, s.AppHost = plain.Clean(f.insurer), number, f.appHost
	s.Branches = desk.ParseBranches(plain.Clean(strings.Join(f.branches, ";")))
	return founding, nil
}

// askPassphrases asks both founders for theirs.
func (p *program) askPassphrases(ctx context.Context, f *desk.Founding) (err error) {
	prompt := p.say("Neue Passphrase von ", "New passphrase of ")
	f.Admin.Passphrase, err = p.newPassphrase(ctx, "passphrase-file", p.flags.passphraseFile, prompt+f.Admin.Login)
	if err == nil {
		f.Supervisor.Passphrase, err = p.newPassphrase(ctx, "second-passphrase-file", p.flags.secondPassphraseFile, prompt+f.Supervisor.Login)
	}
	return err
}

// tellFounded says where everything is and what comes next.
func (p *program) tellFounded(s domain.Settings, verifier string) error {
	size := p.say("Der QR-Code passt neben den Text (37 mal 19 Zellen).", "The QR code fits beside the text (37 by 19 cells).")
	if !code.FitsSmallQR(s.AppHost) {
		size = p.say("Der Rechnername ist lang: der QR-Code braucht die ganze Seite (41 mal 21 Zellen).",
			"The host name is long: the QR code needs the whole page (41 by 21 cells).")
	}
	_, err := io.WriteString(p.stdout, fmt.Sprintf(p.say(
		"Datenbank:         %s\n"+
			"Schlüssel:         %s\n"+
			"Protokoll geprüft mit dem öffentlichen Schlüssel (für die Revision aufheben):\n"+
			"  %s\n"+
			"%s\n\n"+
			"Die Schlüssel getrennt von der Datenbank sichern: ohne sie gilt kein Code mehr.\n\n"+
			"Als Nächstes:\n"+
			"  schalter member import DATEI --as VERWALTUNG    Versicherte einlesen\n"+
			"  schalter staff add NAME --roles clerk --as VERWALTUNG --second TEAMLEITUNG\n"+
			"  schalter                                        der Schalter\n",
		"Database:          %s\n"+
			"Keys:              %s\n"+
			"The journal is verified with this public key (keep it for the audit):\n"+
			"  %s\n"+
			"%s\n\n"+
			"Back the keys up apart from the database: without them no code is valid.\n\n"+
			"Next:\n"+
			"  schalter member import FILE --as ADMIN    import members\n"+
			"  schalter staff add NAME --roles clerk --as ADMIN --second SUPERVISOR\n"+
			"  schalter                                  the counter\n"),
		p.databasePath(), p.keysPath(), verifier, size))
	return p.outputError(err)
}
