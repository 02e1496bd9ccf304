package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"schalter/cmd/internal/control"
	"schalter/store/bolt"
)

// hereOnly are the commands that run where they are typed even while another
// process holds the database: they need none, make one, replace it, look at
// the card readers of this machine, or draw a screen. Every
// other command runs in the holder when there is one. Commands that only hold
// others are not listed.
func hereOnly() []string {
	return []string{
		"schalter",
		"schalter bonus assess",
		"schalter bonus check",
		"schalter card list",
		"schalter card read",
		"schalter card watch",
		"schalter check code",
		"schalter check iccsn",
		"schalter check ik",
		"schalter check kvnr",
		"schalter check mrz",
		"schalter completion",
		"schalter demo",
		"schalter demo members",
		"schalter doctor keys",
		"schalter doctor scanner",
		"schalter init",
		"schalter policy",
		"schalter restore",
		"schalter version",
	}
}

// throughHolder makes every command below root that needs the database run in
// the process that holds it. It is the one place that decides so: what a command
// does is the same in both.
func (p *program) throughHolder(root *cobra.Command, args []string) {
	here := hereOnly()
	each(root, func(c *cobra.Command) {
		run := c.RunE
		_, group := c.Annotations[onlyGroup]
		stays := group || slices.Contains(here, c.CommandPath())
		switch {
		case run == nil:
		case p.shared != nil && stays:
			c.RunE = func(*cobra.Command, []string) error { return p.notHere() }
		case p.shared == nil && !stays:
			c.RunE = func(c *cobra.Command, rest []string) error {
				done, err := p.inHolder(c.Context(), args)
				if done || err != nil {
					return err
				}
				return run(c, rest)
			}
		}
	})
}

// each walks a command and those below it.
func each(c *cobra.Command, visit func(*cobra.Command)) {
	visit(c)
	for _, below := range c.Commands() {
		each(below, visit)
	}
}

// notHere refuses what only a client that is none of ours would send.
func (p *program) notHere() error {
	return p.wrongUsage(p.say("Dieser Befehl läuft nicht in einem anderen Schalter.", "This command does not run in another counter."), "")
}

// endedElsewhere is how a command ended that ran in the holder, and said so
// itself.
type endedElsewhere struct{ status int }

func (e *endedElsewhere) Error() string { return fmt.Sprintf("exit status %d", e.status) }

// inHolder runs the command in the process that holds the database. done is
// false where there is none.
func (p *program) inHolder(ctx context.Context, args []string) (done bool, err error) {
	conn, err := p.findHolder(ctx)
	if errors.Is(err, control.ErrNoHolder) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	width, height := p.terminal.Size()
	status, err := conn.Run(ctx, control.Request{
		Args: args, Env: p.environment(), Asks: p.terminal.Asks(), Watched: p.terminal.Watched(), Screen: p.terminal.Screen(),
		Width: width, Height: height,
	}, control.Near{
		Stdin: p.stdin, Stdout: p.stdout, Stderr: p.stderr, Files: p.files, Asker: nearAsker{p.terminal},
	})
	switch {
	case err != nil:
		return false, err
	case status != statusDone:
		return true, &endedElsewhere{status}
	}
	return true, nil
}

// A process that has just opened the database listens a moment later.
const (
	holderTries = 20
	holderPause = 50 * time.Millisecond
)

// findHolder meets the process that holds the database.
func (p *program) findHolder(ctx context.Context) (*control.Conn, error) {
	path := p.databasePath()
	for range holderTries {
		conn, err := control.Dial(ctx, control.Path(path), p.build.identity())
		if !errors.Is(err, control.ErrNoHolder) || !bolt.Held(path) {
			return conn, err
		}
		select {
		case <-time.After(holderPause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return nil, control.ErrNoHolder
}

// besideHint adds to the news that somebody holds the database what can be done
// all the same.
func (p *program) besideHint(ctx context.Context, err error) error {
	var held *bolt.HeldError
	if !errors.As(err, &held) {
		return err
	}
	conn, lost := control.Dial(ctx, control.Path(p.databasePath()), p.build.identity())
	if lost != nil {
		return err
	}
	_ = conn.Close() // it is there
	f := p.held(held)
	f.hint = p.say("Befehle wie `schalter staff list` oder `schalter member import` laufen neben ihm; einen Schalter gibt es je Datenbank nur einmal.",
		"Commands such as `schalter staff list` or `schalter member import` run beside it; there is one counter for a database.")
	return f
}

// environment is what a command may ask for of the variables here.
func (p *program) environment() map[string]string {
	env := map[string]string{}
	for _, name := range []string{
		"LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "TERM", "COLORTERM", "NO_COLOR", "HOME",
		"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "CREDENTIALS_DIRECTORY",
	} {
		if value := p.getenv(name); value != "" {
			env[name] = value
		}
	}
	return env
}

// nearAsker asks at this terminal for a command that runs elsewhere.
type nearAsker struct{ terminal terminal }

// Line implements control.Asker.
func (a nearAsker) Line(ctx context.Context, prompt string) (string, error) {
	line, err := a.terminal.Line(ctx, prompt)
	return line, nearNobody(err)
}

// Secret implements control.Asker.
func (a nearAsker) Secret(ctx context.Context, prompt string) ([]byte, error) {
	secret, err := a.terminal.Secret(ctx, prompt)
	return secret, nearNobody(err)
}

func nearNobody(err error) error {
	if errors.Is(err, errNobody) {
		return control.ErrNobody
	}
	return err
}

// controlFailure puts into words why a command cannot run in the holder; nil for
// any other error.
func (p *program) controlFailure(err error) *failure {
	var other *control.VersionError
	switch {
	case errors.As(err, &other):
		return &failure{
			statusRefused,
			fmt.Sprintf(p.say("Der laufende Schalter ist eine andere Version: %s, dieser Befehl ist %s.",
				"The counter that runs is another version: %s, this command is %s."), other.Holder, p.build.identity()),
			p.say("Den Schalter beenden und mit dieser Version neu starten.", "End the counter and start it again with this version."),
		}
	case errors.Is(err, control.ErrOtherUser):
		return &failure{
			statusRefused,
			p.say("Die Datenbank hält ein Schalter eines anderen Benutzers.", "A counter of another user holds the database."),
			p.say("Den Befehl unter dem Benutzer starten, dem der Schalter gehört.", "Run the command as the user the counter belongs to."),
		}
	case errors.Is(err, control.ErrBusy):
		return &failure{
			statusRefused,
			fmt.Sprintf(p.say("Im Schalter laufen schon %d Befehle.", "%d commands run in the counter already."), control.MaxCommands),
			p.say("Warten, bis einer fertig ist.", "Wait until one has ended."),
		}
	case errors.Is(err, control.ErrSilent):
		return &failure{
			statusRefused,
			p.say("Der Schalter, der die Datenbank hält, antwortet nicht.", "The counter that holds the database does not answer."),
			p.say("Ist er angehalten? Beenden und neu starten.", "Is it stopped? End it and start it again."),
		}
	case errors.Is(err, control.ErrTooLong):
		return &failure{statusUsage, p.say("Die Befehlszeile ist zu lang.", "The command line is too long."), ""}
	case errors.Is(err, control.ErrLost):
		return &failure{
			statusRefused,
			p.say("Der Schalter, in dem der Befehl lief, ist nicht mehr da.", "The counter in which the command ran is gone."),
			p.say("Was schon geschrieben ist, bleibt; nachsehen, dann noch einmal.", "What is written already stays; look, then try again."),
		}
	}
	return nil
}

// noSocket puts into words why no commands can run in this process.
func (p *program) noSocket(err error) *failure {
	what := p.say("Neben diesem Schalter laufen keine Befehle: ", "No commands run beside this counter: ")
	switch {
	case errors.Is(err, control.ErrTooLong):
		return &failure{
			statusRefused, what + p.say("der Pfad der Datenbank ist zu lang.", "the path of the database is too long."),
			p.say("In ihren Ordner wechseln und --db ohne Pfad angeben.", "Go to its directory and give --db without a path."),
		}
	case errors.Is(err, control.ErrInTheWay):
		return &failure{
			statusRefused, what + p.say("etwas liegt im Weg: ", "something is in the way: ") + control.Path(p.databasePath()),
			p.say("Wegnehmen und den Schalter neu starten.", "Take it away and start the counter again."),
		}
	}
	return &failure{
		statusRefused, what + p.say("der Socket lässt sich nicht anlegen: ", "the socket cannot be made: ") + control.Path(p.databasePath()),
		p.say("Darf dieses Benutzerkonto in den Ordner schreiben, und ist der Datenträger voll?", "May this user write into the directory, and is the disk full?"),
	}
}
