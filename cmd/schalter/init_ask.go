package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"schalter/domain/code"
	"schalter/domain/ik"
)

// question is one value of init that can be asked for.
type question struct {
	flag   string
	value  *string
	prompt string
	// wrong says why an answer will not do, "" if it does.
	wrong func(string) string
}

// askMissing asks for every value that no option gave. Without a terminal it
// names them all at once.
func (p *program) askMissing(ctx context.Context, f *initFlags) error {
	branches := strings.Join(f.branches, ";")
	var open []question
	for _, q := range p.questions(f, &branches) {
		if *q.value == "" {
			open = append(open, q)
		}
	}
	for _, q := range open {
		err := p.ask(ctx, q)
		if errors.Is(err, errNobody) {
			return p.missing(open)
		}
		if err != nil {
			return err
		}
	}
	f.branches = []string{branches}
	return nil
}

func (p *program) questions(f *initFlags, branches *string) []question {
	needed := func(s string) string {
		if s == "" {
			return p.say("Das wird gebraucht.", "This is needed.")
		}
		return ""
	}
	return []question{
		{"insurer", &f.insurer, p.say("Name der Krankenkasse", "Name of the insurer"), needed},
		{"ik", &f.ik, p.say("Institutionskennzeichen (9 Ziffern)", "Institution code (9 digits)"), func(s string) string {
			if _, err := ik.Parse(s); err != nil {
				return p.say("Das ist kein Institutionskennzeichen.", "This is no institution code.")
			}
			return ""
		}},
		{"app-host", &f.appHost, p.say("Rechner im Link der App (app.muster.de)", "Host in the app's link (app.muster.de)"), func(s string) string {
			if code.CheckHost(s) != nil {
				return p.say("Das ist kein Rechnername.", "This is no host name.")
			}
			return ""
		}},
		{"branch", branches, p.say("Geschäftsstelle (Name|Telefon|Platz,Platz)", "Branch (name|phone|seat,seat)"), needed},
		{"admin", &f.admin, p.say("Anmeldename der Verwaltung (a-z, 0-9, . -)", "Login of the admin (a-z, 0-9, . -)"), needed},
		{"admin-name", &f.adminName, p.say("Name der Verwaltung", "Name of the admin"), needed},
		{"supervisor", &f.supervisor, p.say("Anmeldename der Teamleitung", "Login of the supervisor"), needed},
		{"supervisor-name", &f.supervisorName, p.say("Name der Teamleitung", "Name of the supervisor"), needed},
	}
}

// ask asks until the answer will do.
func (p *program) ask(ctx context.Context, q question) error {
	for {
		answer, err := p.terminal.Line(ctx, q.prompt)
		if err != nil {
			return err
		}
		wrong := q.wrong(answer)
		if wrong == "" {
			*q.value = answer
			return nil
		}
		if _, err := fmt.Fprintln(p.stderr, wrong); err != nil {
			return err
		}
	}
}

func (p *program) missing(open []question) error {
	names := make([]string, len(open))
	for i, q := range open {
		names[i] = "--" + q.flag
	}
	return p.wrongUsage(
		fmt.Sprintf(p.say("Es fehlt: %s.", "Missing: %s."), strings.Join(names, ", ")),
		p.say("An einem Terminal fragt `schalter init` danach.", "At a terminal `schalter init` asks for them."))
}
