package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
)

func (p *program) bonusCheckCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "check DIR",
		Short: p.say("Programmdateien eines Ordners prüfen", "check the programme files of a folder"),
		Long: p.say(
			"Liest jede Datei *.yaml in der Sprache schalter-bonus/1 und nennt alles, was daran\n"+
				"falsch ist, mit Datei, Zeile und Feld; auch Jahre, die zwei Dateien desselben\n"+
				"Versicherers entscheiden. Ist etwas falsch, endet der Befehl mit 1.",
			"Reads every file *.yaml in the language schalter-bonus/1 and names everything that is\n"+
				"wrong with it, by file, line and field; also years that two files of one insurer\n"+
				"decide. If anything is wrong the command ends with 1."),
		Example: "  schalter bonus check programme",
		Args:    p.between(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := p.programmeFiles(args[0])
			if err != nil {
				return err
			}
			catalogue, found := bonus.NewCatalogue(files)
			if asJSON {
				err = p.printFindings(found)
			} else {
				err = p.tellProgrammes(catalogue, found)
			}
			if err == nil && len(found) > 0 {
				return errCheckFailed
			}
			return err
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// printFindings prints a finding a line, as JSON.
func (p *program) printFindings(found finding.List) error {
	for _, f := range found {
		if err := p.printJSON(f); err != nil {
			return err
		}
	}
	return nil
}

// tellProgrammes lists the findings; without any, the programmes.
func (p *program) tellProgrammes(c *bonus.Catalogue, found finding.List) error {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintln(&b, p.findingLine(f))
	}
	if len(found) == 0 {
		t := &table{}
		t.add(p.say("Programm", "programme"), p.say("Jahre", "years"), p.say("Versicherer", "insurer"))
		for _, programme := range c.Files() {
			t.add(programme.ID, p.yearsText(programme.Valid), programme.Insurer)
		}
		b.WriteString(t.String())
	}
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}

// yearsText is 2016–2020, or 2016– where the end is open.
func (p *program) yearsText(y bonus.Years) string {
	if y.To == 0 {
		return fmt.Sprintf(p.say("ab %d", "from %d"), y.From)
	}
	return strconv.Itoa(y.From) + "–" + strconv.Itoa(y.To)
}
