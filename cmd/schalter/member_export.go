package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/memberfile"
)

type memberExportFlags struct {
	to     []string
	toFile string
	form   string
}

func (p *program) memberExportCommand() *cobra.Command {
	var f memberExportFlags
	c := &cobra.Command{
		Use:   "export FILE|-",
		Short: p.say("alle Versicherten verschlüsselt ausleiten", "write all members into an encrypted file"),
		Long: p.say(
			"Schreibt alle Versicherten in eine neue Datei, wie `schalter member import` sie liest,\n"+
				"und verschlüsselt sie für --to (age, age-encryption.org); öffnen kann sie nur, wer den\n"+
				"geheimen Schlüssel dazu hat: `age -d -i SCHLÜSSEL DATEI`. Eine Verwaltung tut das mit\n"+
				"einer zweiten Person, und es steht im Protokoll. Was nur dieser Bestand kennt, Codes,\n"+
				"Vorgänge und dass eine Karte hier gesperrt wurde, ist nicht dabei.",
			"Writes all members into a new file as `schalter member import` reads it, encrypted to\n"+
				"--to (age, age-encryption.org); only the holder of the secret key opens it:\n"+
				"`age -d -i KEY FILE`. An admin does this with a second person, and the journal says\n"+
				"so. What only this database knows (codes, cases, that a card was blocked here) is not\n"+
				"in it."),
		Example: "  schalter member export members.csv.age --to age1… --as k.beispiel --second m.muster",
		Args:    p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.runMemberExport(c.Context(), args[0], f)
		},
	}
	set := c.Flags()
	set.SortFlags = false
	set.StringArrayVar(&f.to, "to", nil, p.say("öffentlicher Schlüssel, der öffnen kann; mehrmals möglich", "public key that can open it; may be repeated"))
	nameValue(set, "to", "age1…")
	textFlag(set, &f.toFile, "to-file", "FILE", p.say("öffentliche Schlüssel aus einer Datei, einer je Zeile", "public keys from a file, one a line"))
	textFlag(set, &f.form, "form", "FORM", p.say("csv oder jsonl, sonst csv", "csv or jsonl, else csv"))
	return c
}

func (p *program) runMemberExport(ctx context.Context, path string, f memberExportFlags) error {
	if err := p.needActor(); err != nil {
		return err
	}
	form, known := map[string]memberfile.Form{"": memberfile.CSV, "csv": memberfile.CSV, "jsonl": memberfile.JSONLines}[f.form]
	if !known {
		return p.wrongUsage(p.say("Diese Form gibt es nicht: ", "There is no such form: ")+f.form, "--form csv, --form jsonl")
	}
	to, names, err := p.recipients(backupFlags{to: f.to, toFile: f.toFile})
	if err != nil {
		return err
	}
	if path == "-" && p.terminal.Screen() {
		return p.wrongUsage(p.say("Das ist nichts für ein Terminal.", "This is nothing for a terminal."),
			p.say("Die Ausgabe umleiten oder eine Datei nennen.", "Redirect the output or name a file."))
	}
	if _, err := p.files.Look(path); err == nil && path != "-" {
		return p.alreadyThere(path)
	}
	written := 0
	err = p.withBoth(ctx, func(o *opened, a domain.Actor, second desk.Credentials) error {
		return o.desk.Export(ctx, a, second, names, func(members iter.Seq2[domain.Member, error]) error {
			return p.draft(path, func(w io.Writer) (err error) {
				written, err = p.writeMembers(w, to, form, members)
				return err
			})
		})
	})
	if err != nil {
		return err
	}
	told := p.stdout
	if path == "-" {
		told = p.stderr // standard output is the file
	}
	_, err = fmt.Fprintf(told, p.say("Ausgeleitet: %s Versicherte\n", "Written: %s members\n"), p.texts.Number(written))
	return p.outputError(err)
}

// writeMembers writes members encrypted, one by one, and returns how many.
func (p *program) writeMembers(w io.Writer, to []age.Recipient, form memberfile.Form, members iter.Seq2[domain.Member, error]) (n int, err error) {
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return 0, err
	}
	show := p.newProgress(0)
	show.start()
	defer show.clear()
	out := memberfile.NewWriter(sealed, form)
	for m, err := range members {
		if err == nil {
			err = out.Write(m)
		}
		if err != nil {
			return n, err
		}
		const now = 10_000
		if n++; n%now == 0 {
			show.at(n, 0)
		}
	}
	return n, errors.Join(out.Flush(), sealed.Close())
}
