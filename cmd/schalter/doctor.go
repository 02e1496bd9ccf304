package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"schalter/domain/plain"
	"schalter/store"
)

// condition is how good something is.
type condition string

// The conditions, from good to bad. Their texts are stable, for machines.
const (
	fine    condition = "ok"
	warning condition = "warning"
	fault   condition = "fault"
)

// diagnosis is what one check says.
type diagnosis struct {
	// Check names what was looked at; stable, for machines.
	Check string    `json:"check"`
	State condition `json:"state"`
	Says  string    `json:"says"`
	// Do is what to do now; "" where nothing is.
	Do string `json:"do"`
}

// examination is what the checks look at.
type examination struct {
	*program
	ctx context.Context
	// open is the database, or nil with why it does not open.
	open    *opened
	failed  error
	health  store.Health
	unknown error // why there is no health
}

// check is one line of the doctor. look returns no state where there is nothing
// to look at.
type check struct {
	name, de, en string
	look         func(*examination) diagnosis
}

// checks are all there are, in the order in which they are told.
func checks() []check {
	return []check{
		{"version", "Programm", "program", (*examination).version},
		{"terminal", "Terminal", "terminal", (*examination).screen},
		{"size", "Größe", "size", (*examination).size},
		{"colours", "Farben", "colours", (*examination).colours},
		{"charset", "Zeichen", "characters", (*examination).charset},
		{"database", "Datenbank", "database", (*examination).database},
		{"directory", "Ordner", "directory", (*examination).directory},
		{"leftovers", "Reste", "leftovers", (*examination).leftovers},
		{"pages", "Freier Anteil", "free share", (*examination).pages},
		{"disk", "Datenträger", "disk", (*examination).disk},
		{"fsync", "Schreibzeit", "write time", (*examination).fsync},
		{"keys", "Schlüssel", "keys", (*examination).keyFolder},
		{"clock", "Uhr", "clock", (*examination).clock},
		{"backup", "Sicherung", "backup", (*examination).backup},
		{"anchor", "Anker", "anchor", (*examination).anchor},
		{"slips", "Belege", "slips", (*examination).slips},
		{"memory", "Speicher", "memory", (*examination).memory},
		{"swap", "Auslagerung", "swap", (*examination).swap},
		{"core", "Speicherabbild", "core dumps", (*examination).core},
	}
}

func (p *program) doctorCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: p.say("Terminal, Datenbank und Rechner durchsehen", "look over terminal, database and machine"),
		Long: p.say(
			"Sieht nach, ob hier gearbeitet werden kann, und sagt je Zeile ok, Warnung oder\n"+
				"FEHLER und was zu tun ist. Ändert nichts und braucht keine Passphrase. Hält ein\n"+
				"Schalter die Datenbank, sieht er nach; das Terminal ist immer das eigene. Mit\n"+
				"--printer wird auch nach dem Drucker gesehen. `doctor keys` zeigt, welche Tasten\n"+
				"ankommen, `doctor scanner`, ob ein Lesegerät richtig eingestellt ist.",
			"Looks whether work can be done here and says ok, warning or FAULT line by line, and\n"+
				"what to do. Changes nothing and needs no passphrase. Where a counter holds the\n"+
				"database it does the looking; the terminal is always one's own. With --printer the\n"+
				"printer is looked at, too. `doctor keys` shows which keys arrive, `doctor scanner`\n"+
				"whether a reader is set up rightly."),
		Args: p.noCommand,
		RunE: func(c *cobra.Command, _ []string) error { return p.runDoctor(c.Context(), asJSON) },
	}
	p.jsonFlag(c, &asJSON)
	c.AddCommand(p.doctorKeysCommand(), p.doctorScannerCommand())
	return c
}

func (p *program) runDoctor(ctx context.Context, asJSON bool) error {
	e := &examination{program: p, ctx: ctx}
	if e.open, e.failed = p.openToLook(ctx); e.failed == nil {
		defer func() { _ = e.open.close() }() // nothing was written
		e.health, e.unknown = e.open.store.Health(ctx)
	}
	var found []diagnosis
	for _, c := range checks() {
		if f := c.look(e); f.State != "" {
			f.Check = c.name
			found = append(found, f)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.tellFindings(found, asJSON)
}

func (p *program) tellFindings(found []diagnosis, asJSON bool) error {
	worst := fine
	for _, f := range found {
		if f.State == fault || f.State == warning && worst == fine {
			worst = f.State
		}
	}
	var err error
	if asJSON {
		err = p.printJSON(struct {
			State    condition   `json:"state"`
			Findings []diagnosis `json:"findings"`
		}{worst, found})
	} else {
		_, err = io.WriteString(p.stdout, p.findingsText(found))
		err = p.outputError(err)
	}
	if err == nil && worst == fault {
		return errCheckFailed
	}
	return err
}

// findingsText is a line for each finding and one for what to do. They are not
// wrapped: a command in them is there to be pasted.
func (p *program) findingsText(found []diagnosis) string {
	names, widest := map[string]string{scannerCheck: p.say("Lesegerät", "reader")}, 0
	for _, c := range checks() {
		names[c.name] = p.say(c.de, c.en)
		widest = max(widest, ansi.StringWidth(names[c.name]))
	}
	var b strings.Builder
	for _, f := range found {
		name := names[f.Check]
		fmt.Fprintf(&b, "%-7s  %s%s  %s\n", p.conditionText(f.State), name, strings.Repeat(" ", widest-ansi.StringWidth(name)), plain.Clean(f.Says))
		if f.Do != "" {
			fmt.Fprintf(&b, "         → %s\n", plain.Clean(f.Do))
		}
	}
	return b.String()
}

func (p *program) conditionText(c condition) string {
	switch c {
	case warning:
		return p.say("Warnung", "warning")
	case fault:
		return p.say("FEHLER", "FAULT")
	}
	return "ok"
}

// good, bad and doubtful are findings.
func good(says ...string) diagnosis { return diagnosis{State: fine, Says: strings.Join(says, ", ")} }

func doubtful(says, do string) diagnosis { return diagnosis{State: warning, Says: says, Do: do} }

func bad(says, do string) diagnosis { return diagnosis{State: fault, Says: says, Do: do} }

func (e *examination) version() diagnosis {
	return good("schalter "+e.build.Version, "commit "+e.build.Commit)
}
