package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/keyfolder"
)

func (p *program) rekeyCommand() *cobra.Command {
	var recovery string
	c := &cobra.Command{
		Use:   "rekey",
		Short: p.say("Schlüssel wechseln, während andere arbeiten", "change the keys, while others work"),
		Long: p.say(
			"Macht einen neuen Datenschlüssel, versiegelt alle Datensätze neu und erneuert die\n"+
				"Schlüssel für Unterschrift und Codes im Schlüsselordner. Passphrasen bleiben, und was\n"+
				"die alten Schlüssel unterschrieben und verschlüsselt haben, bleibt prüfbar. Wer eine\n"+
				"Kopie des alten Datenschlüssels hat, liest nichts Neues mehr. Einträge des Protokolls\n"+
				"bleiben unter dem Schlüssel, unter dem sie geschrieben wurden. Abgebrochen: noch\n"+
				"einmal starten setzt fort. Braucht eine Verwaltung und eine zweite Person.",
			"Makes a new data key, seals every record anew, and renews the keys for signatures and\n"+
				"codes in the key folder. Passphrases stay, and what the old keys signed and hashed can\n"+
				"still be checked. Whoever has a copy of the old data key reads nothing new any more.\n"+
				"Entries of the journal stay under the key they were written under. Interrupted: run it\n"+
				"again to go on. Needs an admin and a second person."),
		Example: "  schalter rekey --as k.beispiel --second m.muster",
		Args:    p.between(0, 0),
		RunE:    func(c *cobra.Command, _ []string) error { return p.runRekey(c.Context(), recovery) },
	}
	textFlag(c.Flags(), &recovery, "recovery", "age1…", p.say(
		"zuvor den öffentlichen Schlüssel für den Notfall setzen oder ersetzen", "first set or replace the public recovery key"))
	return c
}

func (p *program) runRekey(ctx context.Context, recovery string) error {
	var done desk.Rekeyed
	var renewed *keyfolder.Folder
	show := p.newProgress(0)
	err := p.withBoth(ctx, func(o *opened, a domain.Actor, second desk.Credentials) (err error) {
		if recovery != "" {
			if err := o.desk.SetRecovery(ctx, a, second, recovery); err != nil {
				return err
			}
		}
		show.start()
		defer show.clear()
		done, err = o.desk.Rekey(ctx, a, second, func() (object string, err error) {
			renewed, object, err = p.renewKeys(o)
			return object, err
		}, show.of)
		return err
	})
	if err != nil {
		return err
	}
	return p.tellRekeyed(done, renewed)
}

// renewKeys adds fresh keys to the key folder, for this process to use from now
// on, and names the verifier key.
func (p *program) renewKeys(o *opened) (*keyfolder.Folder, string, error) {
	keys, err := keyfolder.Renew(o.keysPath, o.store.ID(), p.random)
	if err != nil {
		return nil, "", err
	}
	o.store.UseKeys(keys)
	return keys, newestVerifier(keys), nil
}

func newestVerifier(keys *keyfolder.Folder) string {
	all := keys.VerifierKeys()
	return all[len(all)-1]
}

func (p *program) tellRekeyed(done desk.Rekeyed, keys *keyfolder.Folder) error {
	var b strings.Builder
	if done.Continued {
		b.WriteString(p.say("Ein unterbrochener Wechsel ist beendet.\n", "A change that was interrupted is complete.\n"))
	}
	fmt.Fprintf(&b, p.say("Neu versiegelt: %s Datensätze\n", "Sealed anew: %s records\n"), p.texts.Number(done.Records))
	if done.Kept > 0 {
		fmt.Fprintf(&b, p.say("Ältere Datenschlüssel, die das Protokoll noch braucht: %d\n", "Older data keys that the journal still needs: %d\n"), done.Kept)
	}
	fmt.Fprintf(&b, p.say(
		"Neuer öffentlicher Schlüssel des Protokolls (für die Revision, neben den alten aufheben):\n  %s\n"+
			"Jetzt den Schlüsselordner neu sichern, und die Datenbank: ältere Sicherungen öffnen die alten Schlüssel.\n",
		"New public key of the journal (for the audit, keep it beside the old ones):\n  %s\n"+
			"Now back up the key folder again, and the database: the old keys open older backups.\n"), newestVerifier(keys))
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}
