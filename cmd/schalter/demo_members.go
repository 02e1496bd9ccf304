package main

import (
	"fmt"

	"github.com/spf13/cobra"

	calendar "schalter/domain/date"
	"schalter/domain/practice"
)

// demoMembersCommand writes an import file of invented people, to try the import
// with.
func (p *program) demoMembersCommand() *cobra.Command {
	var lines int
	var bad float64
	c := &cobra.Command{
		Use:   "members",
		Short: p.say("Importdatei mit erfundenen Leuten schreiben", "write an import file of invented people"),
		Long: p.say(
			"Schreibt eine Importdatei (CSV) mit erfundenen Versicherten auf die Standardausgabe,\n"+
				"bei gleicher Zeilenzahl und am gleichen Tag immer dieselbe. Ein Anteil der Zeilen\n"+
				"kann fehlerhaft sein, um den Bericht des Imports zu sehen.",
			"Writes an import file (CSV) of invented members to standard output, always the same\n"+
				"for the same number of lines on the same day. A share of the lines can be faulty, to\n"+
				"see the report of the import."),
		Args: p.between(0, 0),
		RunE: func(*cobra.Command, []string) error { return p.runDemoMembers(lines, bad) },
	}
	c.Flags().SortFlags = false
	c.Flags().IntVar(&lines, "lines", 20_000, p.say("so viele Zeilen", "so many lines"))
	c.Flags().Float64Var(&bad, "bad", 0, p.say("Anteil fehlerhafter Zeilen, 0 bis 1", "share of faulty lines, 0 to 1"))
	nameValue(c.Flags(), "lines", "N")
	nameValue(c.Flags(), "bad", "SHARE")
	return c
}

func (p *program) runDemoMembers(lines int, bad float64) error {
	if lines < 1 || lines > practice.MaxPeople || bad < 0 || bad > 1 {
		return p.wrongUsage(
			p.say("Diese Zahl geht nicht.", "This number does not work."),
			fmt.Sprintf(p.say("--lines 1 bis %d, --bad 0 bis 1", "--lines 1 to %d, --bad 0 to 1"), practice.MaxPeople))
	}
	faulty, err := practice.Lines(p.stdout, practice.Seed, calendar.Of(p.now()), lines, bad)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stderr, p.say("%d Zeilen, davon %d fehlerhaft\n", "%d lines, %d of them faulty\n"), lines, faulty)
	return err
}
