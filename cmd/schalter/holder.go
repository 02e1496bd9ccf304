package main

import (
	"context"
	"errors"
	"fmt"

	"schalter/cmd/internal/control"
)

// serveCommands lets the commands of other processes run in this one, on the
// database that it has open. Without the socket the counter works all the same;
// why there is none is said before the screen is drawn.
func (p *program) serveCommands(o *opened) (stop func() error) {
	server, err := control.Listen(control.Path(p.databasePath()), control.Config{
		Version: p.build.identity(),
		Run: func(ctx context.Context, s *control.Session) int {
			return p.visiting(o, s).runFor(ctx, s.Request.Args)
		},
	})
	switch {
	case err == nil:
		return server.Close
	case !errors.Is(err, control.ErrUnsupported):
		p.warn(p.noSocket(err))
	}
	return func() error { return nil }
}

// visiting is the program as a command of another process runs it: on the open
// database, with everything else from the side where it was typed.
func (p *program) visiting(o *opened, s *control.Session) *program {
	return &program{
		stdin: s.Stdin(), stdout: s.Stdout(), stderr: s.Stderr(), screen: s.Stdout(),
		terminal: farTerminal{s}, files: s,
		getenv: func(name string) string { return s.Request.Env[name] },
		now:    p.now, random: p.random, slots: p.slots, build: p.build,
		shared: o,
	}
}

// runFor is run, and says why when the holder's own end was the reason.
func (p *program) runFor(ctx context.Context, args []string) int {
	status := p.run(ctx, args)
	if status != statusDone && errors.Is(context.Cause(ctx), control.ErrEnding) {
		// Whether it arrives no longer matters.
		_, _ = fmt.Fprintln(p.stderr, "hint: "+p.say("Der Schalter, in dem der Befehl lief, wurde beendet.",
			"The counter in which the command ran was ended."))
	}
	return status
}

// farTerminal is the terminal where a command was typed.
type farTerminal struct{ session *control.Session }

// Screen implements terminal.
func (t farTerminal) Screen() bool { return t.session.Request.Screen }

// Size implements terminal.
func (t farTerminal) Size() (width, height int) {
	return t.session.Request.Width, t.session.Request.Height
}

// Watched implements terminal.
func (t farTerminal) Watched() bool { return t.session.Request.Watched }

// Asks implements terminal.
func (t farTerminal) Asks() bool { return t.session.Request.Asks }

// Line implements terminal.
func (t farTerminal) Line(ctx context.Context, prompt string) (string, error) {
	line, err := t.session.Line(ctx, prompt)
	return line, farNobody(err)
}

// Secret implements terminal.
func (t farTerminal) Secret(ctx context.Context, prompt string) ([]byte, error) {
	secret, err := t.session.Secret(ctx, prompt)
	return secret, farNobody(err)
}

func farNobody(err error) error {
	if errors.Is(err, control.ErrNobody) {
		return errNobody
	}
	return err
}
