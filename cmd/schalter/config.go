package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/plain"
)

func (p *program) configCommand() *cobra.Command {
	return p.group("config", p.say("Einstellungen der Datenbank", "settings of the database"),
		p.configShowCommand(),
		p.configSetCommand(),
	)
}

func (p *program) configShowCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show",
		Short: p.say("Einstellungen mit ihren erlaubten Werten zeigen", "show the settings and what is allowed"),
		Args:  p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withActor(c.Context(), func(o *opened, _ domain.Actor) error {
				s, err := o.desk.Settings(c.Context())
				if err != nil {
					return err
				}
				return p.printSettings(desk.SettingLines(s), asJSON)
			})
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

func (p *program) printSettings(lines []desk.SettingLine, asJSON bool) error {
	if asJSON {
		object := make(map[string]string, len(lines))
		for _, l := range lines {
			object[l.Key] = plain.Clean(l.Value)
		}
		return p.printJSON(object)
	}
	t := &table{widths: []int{0, 40, 0}}
	t.add(p.say("Einstellung", "setting"), p.say("Wert", "value"), p.say("erlaubt", "allowed"))
	for _, l := range lines {
		t.add(l.Key, l.Value, p.allowed(l.Key))
	}
	_, err := io.WriteString(p.stdout, t.String())
	return p.outputError(err)
}

// allowed says what a setting means and may be.
func (p *program) allowed(key string) string {
	switch key {
	case "insurer":
		return p.say("Name der Krankenkasse", "name of the insurer")
	case "ik":
		return p.say("ihr Institutionskennzeichen", "its institution code")
	case "app_host":
		return p.say("Rechner im Aktivierungslink", "host in the activation link")
	case "branches":
		return "NAME|PHONE|SEAT,SEAT; …"
	case "code_validity":
		return p.say("15m bis 168h", "15m to 168h")
	case "hide_code":
		return p.say("30s bis 10m", "30s to 10m")
	case "idle_lock":
		return p.say("1m bis 15m", "1m to 15m")
	case "max_per_hour":
		return p.say("Codes einer Person allein: 1 bis 100", "codes one person hands out alone: 1 to 100")
	case "max_per_day":
		return p.say("mindestens max_per_hour, höchstens 500", "at least max_per_hour, at most 500")
	case "booklet_alone_cents":
		return p.say("Bonus, den allein entscheidet, wer das Heft erfasst hat: 0 bis 100000", "bonus that whoever entered the booklet decides alone: 0 to 100000")
	case "mrz":
		return p.say("true braucht mrz_basis", "true needs mrz_basis")
	case "mrz_basis":
		return p.say("Rechtsgrundlage für das Lesen der Ausweiszeilen", "legal basis for reading machine-readable zones")
	}
	return ""
}

func (p *program) configSetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: p.say("Einstellungen ändern, alle oder keine", "change settings, all or none"),
		Long: p.say(
			"Braucht eine Verwaltung und eine zweite Person. `schalter config show` nennt die\nEinstellungen.",
			"Needs an admin and a second person. `schalter config show` lists the settings."),
		Example: "  schalter config set mrz=true mrz_basis='Einwilligung, § 20 PAuswG' --as k.beispiel --second m.muster",
		Args:    p.between(1, -1),
		RunE: func(c *cobra.Command, args []string) error {
			values, err := p.assignments(c, args)
			if err != nil {
				return err
			}
			return p.configure(c.Context(), values)
		},
	}
}

func (p *program) assignments(c *cobra.Command, args []string) ([]desk.Assign, error) {
	values := make([]desk.Assign, 0, len(args))
	for _, arg := range args {
		key, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, p.wrongUsage(p.say("Eine Einstellung wird als KEY=VALUE angegeben.", "A setting is given as KEY=VALUE."), p.seeHelp(c))
		}
		values = append(values, desk.Assign{Key: strings.TrimSpace(key), Value: plain.Clean(value)})
	}
	return values, nil
}

func (p *program) configure(ctx context.Context, values []desk.Assign) error {
	return p.withBoth(ctx, func(o *opened, a domain.Actor, second desk.Credentials) error {
		if err := o.desk.Configure(ctx, a, second, values); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.stdout, p.say("Geändert.", "Changed."))
		return p.outputError(err)
	})
}
