package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// printHelp prints a command's help. It is written here and not left to cobra,
// which knows one language.
func (p *program) printHelp(c *cobra.Command) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s – %s\n", c.CommandPath(), c.Short)
	if c.Long != "" {
		fmt.Fprintf(&b, "\n%s\n", c.Long)
	}
	fmt.Fprintf(&b, "\n%s\n  %s\n", p.say("Aufruf:", "Usage:"), useLine(c))
	writeRows(&b, p.say("Befehle:", "Commands:"), commandRows(c))
	writeRows(&b, p.say("Optionen:", "Options:"), flagRows(c.Flags(), c.LocalNonPersistentFlags()))
	if c.HasParent() {
		fmt.Fprintf(&b, "\n%s\n", p.say(
			"Optionen für alle Befehle (--db, --as, --lang …): `schalter --help`.",
			"Options for all commands (--db, --as, --lang …): `schalter --help`."))
	} else {
		writeRows(&b, p.say("Optionen für alle Befehle:", "Options for all commands:"), flagRows(c.PersistentFlags(), c.PersistentFlags()))
	}
	if c.Example != "" {
		fmt.Fprintf(&b, "\n%s\n%s\n", p.say("Beispiele:", "Examples:"), c.Example)
	}
	fmt.Fprintf(&b, "\n%s\n", p.say(
		"Ende mit 0: erledigt, 1: abgelehnt oder Prüfung nicht bestanden, 2: falscher Aufruf.",
		"Exit status 0: done, 1: refused or check failed, 2: wrong usage."))
	_, _ = p.stdout.Write([]byte(b.String())) // remembered by the writer
}

// useLine is how a command is called.
func useLine(c *cobra.Command) string {
	use := c.Use
	if c.HasAvailableSubCommands() && !strings.HasSuffix(use, commandWord) {
		use += " [" + commandWord + "]"
	}
	if c.HasParent() {
		use = c.Parent().CommandPath() + " " + use
	}
	return use
}

// commandWord stands for a command in the line of a command that holds others.
const commandWord = "COMMAND"

func commandRows(c *cobra.Command) [][2]string {
	var rows [][2]string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			rows = append(rows, [2]string{sub.Name(), sub.Short})
		}
	}
	return rows
}

// flagRows lists the flags of a set, in its order, as far as they are among those
// wanted.
func flagRows(set, wanted *pflag.FlagSet) [][2]string {
	var rows [][2]string
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || wanted.Lookup(f.Name) != f {
			return
		}
		left := "--" + f.Name
		if f.Shorthand != "" {
			left = "-" + f.Shorthand + ", " + left
		}
		for _, value := range f.Annotations[argument] {
			left += " " + value
		}
		rows = append(rows, [2]string{left, f.Usage})
	})
	return rows
}

// writeRows writes a headed list of two columns, nothing for no rows.
func writeRows(b *strings.Builder, head string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row[0]))
	}
	fmt.Fprintf(b, "\n%s\n", head)
	for _, row := range rows {
		fmt.Fprintf(b, "  %-*s  %s\n", width, row[0], row[1])
	}
}

// helpCommand is `schalter help COMMAND`.
func (p *program) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return p.noCommand(c, append(rest, args...)[:1])
			}
			p.printHelp(c)
			return nil
		},
	}
}
