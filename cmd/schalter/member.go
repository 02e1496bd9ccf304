package main

import (
	"github.com/spf13/cobra"
)

func (p *program) memberCommand() *cobra.Command {
	return p.group("member", p.say("Versicherte", "members"),
		p.memberImportCommand(),
		p.memberExportCommand(),
		p.memberFindCommand(),
		p.memberShowCommand(),
		p.memberReportCommand(),
		p.memberEraseCommand(),
	)
}
