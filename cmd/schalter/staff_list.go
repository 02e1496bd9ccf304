package main

import (
	"io"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/plain"
)

// staffLine is one login as `schalter staff list --json` prints it.
type staffLine struct {
	Login    string   `json:"login"`
	Name     string   `json:"name"`
	Person   uint64   `json:"person"`
	Roles    []string `json:"roles"`
	Branch   string   `json:"branch"`
	Disabled bool     `json:"disabled"`
	Since    string   `json:"since"` // RFC 3339
}

func (p *program) staffListCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: p.say("Anmeldungen auflisten", "list the logins"),
		Args:  p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withActor(c.Context(), func(o *opened, a domain.Actor) error {
				list, err := o.desk.ListStaff(c.Context(), a)
				if err != nil {
					return err
				}
				if asJSON {
					return p.printStaffJSON(list)
				}
				return p.printStaff(list)
			})
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

func (p *program) printStaffJSON(list []domain.Staff) error {
	lines := make([]staffLine, 0, len(list))
	for _, s := range list {
		line := staffLine{
			Login: s.Login, Name: plain.Clean(s.Name), Person: uint64(s.Person), Roles: []string{},
			Branch: plain.Clean(s.Branch), Disabled: s.Disabled, Since: rfc3339(s.Since),
		}
		for _, r := range s.Roles.List() {
			line.Roles = append(line.Roles, r.String())
		}
		lines = append(lines, line)
	}
	return p.printJSON(lines)
}

func (p *program) printStaff(list []domain.Staff) error {
	t := &table{}
	t.add(p.say("Anmeldung", "login"), p.say("Name", "name"), p.say("Rollen", "roles"),
		p.say("Geschäftsstelle", "branch"), p.say("seit", "since"), p.say("Stand", "state"))
	for _, s := range list {
		state := p.say("offen", "open")
		if s.Disabled {
			state = p.say("abgeschaltet", "disabled")
		}
		t.add(s.Login, s.Name, s.Roles.String(), s.Branch, p.texts.Day(p.local(s.Since)), state)
	}
	_, err := io.WriteString(p.stdout, t.String())
	return p.outputError(err)
}
