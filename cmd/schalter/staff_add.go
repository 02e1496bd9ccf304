package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

type staffAddFlags struct{ name, roles, branch, sameAs, related, keyFile string }

func (p *program) staffAddCommand() *cobra.Command {
	var f staffAddFlags
	c := &cobra.Command{
		Use:   "add LOGIN",
		Short: p.say("Anmeldung anlegen", "add a login"),
		Long: p.say(
			"Gibt eine Passphrase aus, die einmal gilt: die Person wählt damit über\n"+
				"`schalter staff passwd` ihre eigene. Braucht eine Verwaltung und eine zweite Person.\n"+
				"Ein Dienst (Rolle service) bekommt statt dessen eine Schlüsseldatei, mit der er ohne\n"+
				"Menschen einliest und sichert: --new-key-file. Versicherte sieht er nicht.",
			"Prints a passphrase that is good once: with it the person chooses their own by\n"+
				"`schalter staff passwd`. Needs an admin and a second person. A service (role service)\n"+
				"gets a key file instead, with which it imports and backs up without people:\n"+
				"--new-key-file. It sees no member."),
		Example: "  schalter staff add a.schmidt --name 'A. Schmidt' --roles clerk --as k.beispiel --second m.muster",
		Args:    p.between(1, 1),
		RunE:    func(c *cobra.Command, args []string) error { return p.addStaff(c, args[0], f) },
	}
	set := c.Flags()
	set.SortFlags = false
	text := func(to *string, name, value, de, en string) { textFlag(set, to, name, value, p.say(de, en)) }
	text(&f.name, "name", "NAME", "Name, wie er angezeigt wird", "name as it is shown")
	text(&f.roles, "roles", "ROLE,ROLE", "clerk, support, supervisor, auditor, admin, trainer, service", "clerk, support, supervisor, auditor, admin, trainer, service")
	text(&f.branch, "branch", "NAME", "Geschäftsstelle der Person", "branch the person belongs to")
	text(&f.keyFile, "new-key-file", "FILE", "Schlüsseldatei eines Dienstes, neu angelegt", "key file of a service, made anew")
	text(&f.sameAs, "same-as", "LOGIN", "dieselbe Person hat schon diese Anmeldung", "the same person has this login already")
	text(&f.related, "related", "FILE", "eigene KVNR und die Angehöriger, eine je Zeile; - ist die Standardeingabe",
		"own KVNR and those of relatives, one a line; - is standard input")
	return c
}

func (p *program) addStaff(c *cobra.Command, login string, f staffAddFlags) error {
	roles, err := p.parseRoles(c, f.roles)
	if err != nil {
		return err
	}
	related, err := p.related(f.related)
	if err != nil {
		return err
	}
	if err := p.needKeyFile(c, roles.Has(rights.Service), f.keyFile); err != nil {
		return err
	}
	name := plain.Clean(f.name)
	if name == "" {
		name = login
	}
	return p.handOver(f.keyFile, func(passphrase []byte) error {
		return p.withBoth(c.Context(), func(o *opened, a domain.Actor, second desk.Credentials) error {
			_, err := o.desk.AddStaff(c.Context(), a, second, desk.NewStaff{
				Login: login, Name: name, Roles: roles, Branch: plain.Clean(f.branch), SameAs: f.sameAs,
				Passphrase: passphrase, Related: related,
			})
			return err
		})
	})
}

// needKeyFile wants a key file for a service, and for nobody else.
func (p *program) needKeyFile(c *cobra.Command, service bool, path string) error {
	switch {
	case service && path == "":
		return p.wrongUsage(p.say("Ein Dienst braucht eine Schlüsseldatei.", "A service needs a key file."),
			p.say("--new-key-file nennt eine Datei, die es noch nicht gibt.", "--new-key-file names a file that does not exist yet."))
	case !service && path != "":
		return p.wrongUsage(p.say("Eine Schlüsseldatei ist nur für Dienste.", "A key file is for services only."), p.seeHelp(c))
	}
	return nil
}

// handOver makes what a login is opened with, gives it to the use case, and then
// to whoever it is for: a service's key goes into a new file, a person's one-time
// passphrase is printed.
func (p *program) handOver(keyFile string, give func(passphrase []byte) error) error {
	if keyFile != "" {
		return p.handOverFile(keyFile, give)
	}
	passphrase, err := oneTimePassphrase(p.random)
	if err != nil {
		return err
	}
	defer clear(passphrase)
	if err := give(passphrase); err != nil {
		return err
	}
	return p.tellOneTime(passphrase)
}

func (p *program) handOverFile(path string, give func(passphrase []byte) error) error {
	key, err := p.newKeyFile(path)
	if err != nil {
		return err
	}
	defer clear(key)
	if err := give(key); err != nil {
		_ = p.files.Remove(path) // it opens nothing
		return err
	}
	_, err = fmt.Fprintln(p.stdout, p.say("Die Schlüsseldatei: ", "The key file: ")+path)
	return p.outputError(err)
}

// withBoth is withActor for what may need a second person, who signs with a
// passphrase of their own.
func (p *program) withBoth(ctx context.Context, work func(*opened, domain.Actor, desk.Credentials) error) error {
	return p.signedIn(ctx, p.second, work)
}

// tellOneTime prints a one-time passphrase, the one time it is ever shown. On
// standard output there is nothing else, so that it can be passed on.
func (p *program) tellOneTime(secret []byte) error {
	if _, err := fmt.Fprintf(p.stdout, "%s\n", secret); err != nil {
		return p.outputError(err)
	}
	_, err := fmt.Fprintln(p.stderr, p.say(
		"Diese Passphrase gilt einmal und wird nicht wieder gezeigt. Die Person wählt ihre\neigene mit: schalter staff passwd --as NAME",
		"This passphrase is good once and is not shown again. The person chooses their own\nwith: schalter staff passwd --as NAME"))
	return err
}

func (p *program) parseRoles(c *cobra.Command, text string) (rights.RoleSet, error) {
	var set rights.RoleSet
	for word := range strings.SplitSeq(text, ",") {
		role, ok := rights.ParseRole(strings.TrimSpace(word))
		if !ok {
			return 0, p.wrongUsage(
				p.say("--roles nennt die Rollen der Person.", "--roles names the person's roles."), p.seeHelp(c))
		}
		set |= rights.Roles(role)
	}
	return set, nil
}

// related reads insurance numbers, one a line. They come from a file, because an
// argument is seen by every process of the machine.
func (p *program) related(path string) ([]kvnr.KVNR, error) {
	if path == "" {
		return nil, nil
	}
	in := p.stdin
	if path != "-" {
		file, err := p.files.Open(path)
		if err != nil {
			return nil, p.unreadable(path)
		}
		defer file.Close()
		in = file
	}
	var list []kvnr.KVNR
	n := 0
	for line, err := range lines(io.LimitReader(in, maxRelated)) {
		n++
		if err != nil {
			return nil, p.unreadable(path)
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		number, err := kvnr.Parse(line)
		if err != nil {
			return nil, p.refused(fmt.Sprintf(p.say("Zeile %d von --related ist keine KVNR.", "Line %d of --related is no KVNR."), n), "")
		}
		list = append(list, number)
	}
	return list, nil
}

// maxRelated bounds the file of relatives, in bytes.
const maxRelated = 64 << 10

// unreadable says that a file of the user cannot be read.
func (p *program) unreadable(path string) error {
	return p.refused(p.say("Die Datei ist nicht zu lesen: ", "The file cannot be read: ")+path,
		p.say("Gibt es sie, und darf dieses Benutzerkonto sie lesen?", "Is it there, and may this user read it?"))
}
