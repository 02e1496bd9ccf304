package main

import (
	"io"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
)

func (p *program) memberEraseCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "erase KVNR|-",
		Short: p.say("alles über eine Person löschen", "erase everything about a person"),
		Long: p.say(
			"Löscht alles, was über eine Person gespeichert ist. Die Einträge im Protokoll bleiben\n"+
				"und führen zu niemandem mehr; die Nummer kommt durch keinen Import zurück. Teamleitung\n"+
				"mit zweiter Person. Nicht, solange die Versicherung läuft und drei Jahre danach, und\n"+
				"nicht, solange eine Zahlung, ein Code, ein App-Konto oder eine Meldung offen ist.",
			"Erases everything that is stored about a person. The entries of the journal stay and\n"+
				"lead to nobody any more; no import brings the number back. Supervisor with a second\n"+
				"person. Not while the insurance runs and for three years after, and not while a\n"+
				"payment, a code, an app account or a message is open."),
		Args: p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			n, err := p.kvnrOf(c.Context(), args)
			if err != nil {
				return err
			}
			err = p.signedIn(c.Context(), p.second, func(o *opened, a domain.Actor, second desk.Credentials) error {
				return o.desk.Erase(c.Context(), a, second, n)
			})
			if err != nil {
				return err
			}
			_, err = io.WriteString(p.stdout, p.say("Gelöscht.\n", "Erased.\n"))
			return p.outputError(err)
		},
	}
}
