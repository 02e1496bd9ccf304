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
	var newFile, keyFile, recovery string
	c := &cobra.Command{
		Use:   "passwd [LOGIN]",
		Short: p.say("eigene Passphrase ändern oder eine fremde zurücksetzen", "change one's own passphrase or reset another's"),
		Long: p.say(
			"Ohne LOGIN ändert die Person aus --as ihre eigene Passphrase, mit der alten als\n"+
				"Nachweis; auch eine Passphrase, die einmal gilt, wird so ersetzt. Mit LOGIN gibt\n"+
				"eine Verwaltung mit einer zweiten Person dieser Anmeldung eine neue, die einmal gilt;\n"+
				"ein Dienst bekommt mit --new-key-file eine neue Schlüsseldatei. Sind alle Passphrasen\n"+
				"verloren, öffnet --recovery-identity mit dem Schlüssel für den Notfall (init --recovery):\n"+
				"so kommen eine Verwaltung und eine Teamleitung wieder hinein, durch sie alle anderen.",
			"Without LOGIN the person of --as changes their own passphrase, proven by the old\n"+
				"one; a one-time passphrase is replaced like this, too. With LOGIN an admin and a\n"+
				"second person give that login a new one that is good once; a service gets a new key\n"+
				"file by --new-key-file. When all passphrases are lost, --recovery-identity opens with\n"+
				"the recovery key (init --recovery): so an admin and a supervisor come in again, and\n"+
				"through them everybody else."),
		Args: p.between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case recovery != "" && (len(args) == 0 || keyFile != ""):
				return p.wrongUsage(p.say("--recovery-identity braucht LOGIN.", "--recovery-identity needs LOGIN."), p.seeHelp(c))
			case recovery != "":
				return p.recoverLogin(c.Context(), recovery, args[0])
			case len(args) == 1:
				return p.resetPassphrase(c.Context(), args[0], keyFile)
			case keyFile != "":
				return p.wrongUsage(p.say("--new-key-file braucht LOGIN.", "--new-key-file needs LOGIN."), p.seeHelp(c))
			}
			return p.changePassphrase(c.Context(), newFile)
		},
	}
	textFlag(c.Flags(), &newFile, "new-passphrase-file", "FILE", p.say("die neue Passphrase: erste Zeile einer Datei (0600), /dev/fd/N",
		"the new passphrase: first line of a file (0600), /dev/fd/N"))
	textFlag(c.Flags(), &keyFile, "new-key-file", "FILE", p.say("neue Schlüsseldatei eines Dienstes", "new key file of a service"))
	textFlag(c.Flags(), &recovery, "recovery-identity", "FILE", p.say("geheimer Schlüssel für den Notfall (0600)", "secret recovery key (0600)"))
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

// resetPassphrase gives a person's login a one-time passphrase, or a service's a
// new key file.
func (p *program) resetPassphrase(ctx context.Context, login, keyFile string) error {
	return p.handOver(keyFile, func(passphrase []byte) error {
		return p.withBoth(ctx, func(o *opened, a domain.Actor, second desk.Credentials) error {
			if keyFile != "" {
				return o.desk.RenewKey(ctx, a, second, login, passphrase)
			}
			return o.desk.ResetPassphrase(ctx, a, second, login, passphrase)
		})
	})
}

// recoverLogin lets a login in again by the recovery key.
func (p *program) recoverLogin(ctx context.Context, path, login string) error {
	identities, err := p.secretFile("recovery-identity", path)
	if err != nil {
		return err
	}
	defer clear(identities)
	return p.handOver("", func(passphrase []byte) (err error) {
		o, err := p.open(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, o.close()) }()
		return o.desk.Recover(ctx, identities, login, passphrase)
	})
}
