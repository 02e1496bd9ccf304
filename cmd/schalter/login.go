package main

import (
	"context"
	"fmt"

	"schalter/domain/desk"
)

// needActor refuses a command line that does not say who acts, or whose
// passphrase could not be asked for.
func (p *program) needActor() error {
	switch {
	case p.flags.as == "":
		return p.wrongUsage(
			p.say("Wer handelt?", "Who acts?"),
			p.say("--as NAME nennt den Anmeldenamen.", "--as NAME names the login."))
	case p.flags.passphraseFile != "" && p.flags.keyFile != "":
		return p.wrongUsage(
			p.say("Passphrase oder Schlüsseldatei?", "Passphrase or key file?"),
			p.say("--passphrase-file ist für Menschen, --key-file für Dienste.", "--passphrase-file is for people, --key-file for services."))
	case p.flags.passphraseFile == "" && p.flags.keyFile == "" && !p.terminal.Asks():
		return p.cannotAsk("passphrase-file")
	}
	return nil
}

// credentials are those of the person who acts.
func (p *program) credentials(ctx context.Context) (desk.Credentials, error) {
	if p.flags.keyFile != "" {
		secret, err := p.passphrase(ctx, "key-file", p.credential(p.flags.keyFile), "")
		return desk.Credentials{Login: p.flags.as, Passphrase: secret}, err
	}
	prompt := fmt.Sprintf(p.say("Passphrase von %s", "Passphrase of %s"), p.flags.as)
	secret, err := p.passphrase(ctx, "passphrase-file", p.flags.passphraseFile, prompt)
	return desk.Credentials{Login: p.flags.as, Passphrase: secret}, err
}

// second are the credentials of the second person, or none: whether one is
// needed is for the use case to say.
func (p *program) second(ctx context.Context) (desk.Credentials, error) {
	if p.flags.second == "" {
		return desk.Credentials{}, nil
	}
	prompt := fmt.Sprintf(p.say("Passphrase der zweiten Person, %s", "Passphrase of the second person, %s"), p.flags.second)
	secret, err := p.passphrase(ctx, "second-passphrase-file", p.flags.secondPassphraseFile, prompt)
	return desk.Credentials{Login: p.flags.second, Passphrase: secret}, err
}
