package main

import (
	"github.com/spf13/cobra"
)

func (p *program) staffCommand() *cobra.Command {
	return p.group("staff", p.say("Anmeldungen des Personals", "logins of the staff"),
		p.staffAddCommand(),
		p.staffListCommand(),
		p.staffDisableCommand(),
		p.staffPasswdCommand(),
	)
}
