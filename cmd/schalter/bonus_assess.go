package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"schalter/domain/bonus"
	"schalter/domain/bonus/caseline"
	"schalter/domain/bonus/finding"
)

func (p *program) bonusAssessCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "assess [FILE|-]",
		Short: p.say("Bonushefte bewerten: ein Fall je Zeile, ein Ergebnis je Zeile", "assess booklets: a case a line, a result a line"),
		Long: p.say(
			"Liest Fälle als JSON, einen je Zeile, aus einer Datei oder der Standardeingabe, und\n"+
				"schreibt je Fall eine Zeile JSON: Cent und Grund für jede Zeile des Hefts, was fehlt\n"+
				"und was es brächte. Nichts wird gespeichert, nichts ausgezahlt. Ein Fall mit einem\n"+
				"Fehler bekommt statt des Ergebnisses die fehlerhaften Felder, nie deren Inhalt; dann\n"+
				"endet der Befehl mit 1. Das Programm der BKK KBA ist eingebaut; eine Datei im Ordner\n"+
				"geht ihm in ihren Jahren vor.",
			"Reads cases as JSON, one a line, from a file or standard input, and writes a line of\n"+
				"JSON for each: cents and reason of every line of the booklet, what is missing and\n"+
				"what it would bring. Nothing is stored, nothing paid. A case with a fault gets the\n"+
				"faulty fields instead of a result, never their content; then the command ends with\n"+
				"1. The programme of the BKK KBA is built in; a file in the folder goes before it in\n"+
				"its years."),
		Example: "  schalter bonus assess --programmes programme faelle.jsonl",
		Args:    p.between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			path := "-"
			if len(args) > 0 {
				path = args[0]
			}
			return p.assess(c.Context(), p.flags.programmes, path)
		},
	}
}

func (p *program) assess(ctx context.Context, dir, path string) error {
	catalogue, found, err := p.catalogue(dir)
	if err != nil {
		return err
	}
	in, _, err := p.importFile(path)
	if err != nil {
		return err
	}
	defer in.Close()
	name := path
	if path == "-" {
		name = ""
	}
	for _, f := range found {
		p.tellFinding(f)
	}
	out := bufio.NewWriter(p.stdout)
	run := &assessment{program: p, catalogue: catalogue, results: caseline.NewWriter(out)}
	err = run.all(ctx, caseline.NewReader(in, name))
	if broken := out.Flush(); broken != nil {
		return p.outputError(broken)
	}
	switch {
	case err != nil:
		return err
	case run.faulty > 0:
		return p.refused(
			fmt.Sprintf(p.say("%s von %s Fällen wurden nicht entschieden.", "%s of %s cases were not decided."),
				p.texts.Number(run.faulty), p.texts.Number(run.cases)),
			p.say("Die Zeilen darüber nennen Zeile und Feld.", "The lines above name line and field."))
	case len(found) > 0:
		return p.refused(p.say("Programmdateien sind fehlerhaft.", "Programme files are faulty."),
			p.say("`schalter bonus check DIR` nennt Datei, Zeile und Feld.", "`schalter bonus check DIR` names file, line and field."))
	}
	return nil
}

// catalogue reads the programmes of a folder; without one there is what is built
// in.
func (p *program) catalogue(dir string) (*bonus.Catalogue, finding.List, error) {
	var files []bonus.File
	if dir != "" {
		var err error
		if files, err = p.programmeFiles(dir); err != nil {
			return nil, nil, err
		}
	}
	c, found := bonus.NewCatalogue(files)
	return c, found, nil
}

// tellFinding puts a line on standard error, before what ends the command.
func (p *program) tellFinding(f finding.Finding) {
	_, _ = fmt.Fprintln(p.stderr, p.findingLine(f)) // when it is gone, the status has to do
}

// assessment is one run over cases.
type assessment struct {
	program   *program
	catalogue *bonus.Catalogue
	results   *caseline.Writer

	cases, faulty int
	last          int // number of the last line that was read
}

// all decides every case. One that cannot be decided does not keep the others
// from it.
func (a *assessment) all(ctx context.Context, in *caseline.Reader) error {
	for ctx.Err() == nil {
		c, err := in.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			p := a.program
			return p.refused(fmt.Sprintf(p.say("Die Eingabe ist hinter Zeile %d nicht mehr zu lesen.", "The input cannot be read behind line %d."), a.last), "")
		}
		a.last = c.Line
		if err := a.one(c); err != nil {
			return a.program.outputError(err)
		}
	}
	return ctx.Err()
}

// one writes the line of one case.
func (a *assessment) one(c caseline.Case) error {
	a.cases++
	d, faults := a.decide(c)
	if len(faults) == 0 {
		return a.results.Result(c.ID, d)
	}
	a.faulty++
	for _, f := range faults {
		a.program.tellFinding(f)
	}
	return a.results.Faults(c.ID, c.Line, faults)
}

func (a *assessment) decide(c caseline.Case) (bonus.Decision, finding.List) {
	if len(c.Faults) > 0 {
		return bonus.Decision{}, c.Faults
	}
	programme, code := a.catalogue.Find(c.Programme, c.Booklet.Year)
	if programme == nil {
		field := "programme"
		if code == finding.NotDecided {
			field = "year"
		}
		return bonus.Decision{}, c.At(finding.List{{Field: field, Code: code}})
	}
	d, err := programme.Decide(c.Booklet)
	var faults finding.List
	if errors.As(err, &faults) {
		return bonus.Decision{}, c.At(faults)
	}
	return d, nil
}
