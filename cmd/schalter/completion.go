package main

import (
	"github.com/spf13/cobra"
)

func (p *program) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: p.say("Vervollständigung für die Shell", "completion for the shell"),
		Long: p.say(
			"Gibt das Skript aus, mit dem die Tabulatortaste Befehle und Optionen ergänzt.",
			"Prints the script with which the Tab key completes commands and options."),
		Example: "  source <(schalter completion bash)\n" +
			"  schalter completion zsh > \"${fpath[1]}/_schalter\"\n" +
			"  schalter completion fish > ~/.config/fish/completions/schalter.fish",
		Args:      p.between(1, 1),
		ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			switch args[0] {
			case "bash":
				return p.outputError(root.GenBashCompletionV2(p.stdout, true))
			case "zsh":
				return p.outputError(root.GenZshCompletion(p.stdout))
			case "fish":
				return p.outputError(root.GenFishCompletion(p.stdout, true))
			case "powershell":
				return p.outputError(root.GenPowerShellCompletionWithDesc(p.stdout))
			}
			return p.wrongUsage(p.say("Diese Shell kennt schalter nicht.", "schalter does not know this shell."), p.seeHelp(c))
		},
	}
}
