package main

import (
	"github.com/spf13/cobra"
)

func (p *program) journalCommand() *cobra.Command {
	return p.group("journal", p.say("Protokoll", "journal"),
		p.journalShowCommand(), p.journalVerifyCommand(), p.journalCheckpointCommand(), p.journalProveCommand(), p.journalAcceptCommand())
}
