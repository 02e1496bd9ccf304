package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "demo",
		Short: p.say("Übungsschalter mit erfundenen Leuten", "practice counter with invented people"),
		Long: p.say(
			"Legt eine Datenbank mit 2.000 erfundenen Versicherten an und wirft sie am Ende weg.\n"+
				"Die Codes von hier weist die App zurück. Eine Taste wechselt die Rolle.",
			"Makes a database of 2,000 invented members and throws it away at the end. The app\n"+
				"rejects the codes from here. A key switches the role."),
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return p.runDemo(c.Context()) },
	}
	c.AddCommand(p.demoMembersCommand())
	return c
}

func (p *program) runDemo(ctx context.Context) (err error) {
	if err := p.needScreen(); err != nil {
		return err
	}
	if p.flags.programmes != "" {
		if err := p.loadProgrammes(); err != nil {
			return err
		}
	}
	o, err := p.openPractice(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	return p.counter(ctx, o)
}
