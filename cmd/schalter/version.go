package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func (p *program) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: p.say("Version, Commit und Datum", "version, commit and date"),
		Args:  p.between(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return p.printJSON(p.build)
			}
			_, err := fmt.Fprintf(p.stdout, "schalter %s\ncommit %s\n%s %s\n",
				p.build.Version, p.build.Commit, p.say("Datum", "date"), p.build.Date)
			return p.outputError(err)
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// rfc3339 is a time for machines, "" for none.
func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// jsonFlag adds --json.
func (p *program) jsonFlag(c *cobra.Command, to *bool) {
	c.Flags().BoolVar(to, "json", false, p.say("als JSON ausgeben", "print JSON"))
}

// printJSON prints a value on one line. Characters stay readable: < and & are
// written as they are.
func (p *program) printJSON(v any) error {
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	return p.outputError(e.Encode(v))
}
