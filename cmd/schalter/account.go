package main

import "github.com/spf13/cobra"

func (p *program) accountCommand() *cobra.Command {
	return p.group("account", p.say("App-Konten", "app accounts"), p.accountImportCommand())
}
