package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"schalter/domain"
)

func (p *program) staffDisableCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "disable LOGIN",
		Short: p.say("Anmeldung für immer abschalten", "disable a login for good"),
		Long: p.say(
			"Die Person kommt sofort nicht mehr hinein. Dafür genügt eine Verwaltung allein.\n"+
				"Die letzte Verwaltung bleibt. Was die Person getan hat, bleibt im Protokoll.",
			"The person is locked out at once. One admin alone is enough for that. The last\n"+
				"admin stays. What the person did stays in the journal."),
		Args: p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withActor(c.Context(), func(o *opened, a domain.Actor) error {
				if err := o.desk.DisableStaff(c.Context(), a, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintln(p.stdout, p.say("Abgeschaltet.", "Disabled."))
				return p.outputError(err)
			})
		},
	}
}
