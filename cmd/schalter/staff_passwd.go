package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
)

func (p *program) staffPasswdCommand() *cobra.Command {
	var newFile string
	c := &cobra.Command{
		Use:   "passwd [LOGIN]",
		Short: p.say("eigene Passphrase ändern oder eine fremde zurücksetzen", "change one's own passphrase or reset another's"),
		Long: p.say(
			"Ohne LOGIN ändert die Person aus --as ihre eigene Passphrase, mit der alten als\n"+
				"Nachweis; auch eine Passphrase, die einmal gilt, wird so ersetzt. Mit LOGIN gibt\n"+
				"eine Verwaltung mit einer zweiten Person dieser Anmeldung eine neue, die einmal gilt.",
			"Without LOGIN the person of --as changes their own passphrase, proven by the old\n"+
				"one; a one-time passphrase is replaced like this, too. With LOGIN an admin and a\n"+
				"second person give that login a new one that is good once."),
		Args: p.between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return p.resetPassphrase(c.Context(), args[0])
			}
			return p.changePassphrase(c.Context(), newFile)
		},
	}
	textFlag(c.Flags(), &newFile, "new-passphrase-file", "FILE", p.say("die neue Passphrase: erste Zeile einer Datei (0600), /dev/fd/N",
		"the new passphrase: first line of a file (0600), /dev/fd/N"))
	return c
}

// changePassphrase needs no login of its own: a one-time passphrase would not
// pass it, and the old passphrase is proof enough.
func (p *program) changePassphrase(ctx context.Context, newFile string) (err error) {
	if err := p.needActor(); err != nil {
		return err
	}
	old, err := p.credentials(ctx)
	if err != nil {
		return err
	}
	defer clear(old.Passphrase)
	next, err := p.newPassphrase(ctx, "new-passphrase-file", newFile, p.say("Neue Passphrase", "New passphrase"))
	if err != nil {
		return err
	}
	defer clear(next)
	o, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	if err := o.desk.ChangePassphrase(ctx, old, next); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, p.say("Die Passphrase ist geändert.", "The passphrase is changed."))
	return p.outputError(err)
}

func (p *program) resetPassphrase(ctx context.Context, login string) error {
	oneTime, err := oneTimePassphrase(p.random)
	if err != nil {
		return err
	}
	defer clear(oneTime)
	err = p.withBoth(ctx, func(o *opened, a domain.Actor, second desk.Credentials) error {
		return o.desk.ResetPassphrase(ctx, a, second, login, oneTime)
	})
	if err != nil {
		return err
	}
	return p.tellOneTime(oneTime)
}
