package main

import (
	"context"
	"errors"
	"runtime"

	"schalter/domain/desk"
	"schalter/domain/rights"
)

// runCounter opens the counter on the database that the options name.
func (p *program) runCounter(ctx context.Context) (err error) {
	if err := p.needScreen(); err != nil {
		return err
	}
	if err := p.loadProgrammes(); err != nil {
		return err
	}
	o, err := p.open(ctx)
	if err != nil {
		return p.besideHint(ctx, err)
	}
	defer func() { err = errors.Join(err, o.close()) }()
	stop := p.serveCommands(o)
	defer func() { err = errors.Join(err, stop()) }()
	return p.counter(ctx, o)
}

// needScreen refuses to draw where nothing can be drawn.
func (p *program) needScreen() error {
	if !p.terminal.Screen() {
		return p.wrongUsage(
			p.say("Der Schalter braucht ein Terminal.", "The counter needs a terminal."),
			p.say("In einem Terminal ohne Umleitung starten; `schalter --help` nennt die Befehle.",
				"Start it in a terminal without redirection; `schalter --help` lists the commands."))
	}
	if term := p.getenv("TERM"); term == "dumb" || term == "" && runtime.GOOS != "windows" {
		return p.wrongUsage(
			p.say("Dieses Terminal kann den Cursor nicht setzen (TERM=dumb).", "This terminal cannot place the cursor (TERM=dumb)."),
			p.say("Ein anderes Terminal nehmen oder TERM richtig setzen, etwa TERM=xterm-256color.",
				"Use another terminal or set TERM rightly, such as TERM=xterm-256color."))
	}
	return nil
}

// place is where the counter stands: the options say it, not the person. A seat
// that answers the phone only has fewer rights, so anybody may choose it.
func (p *program) place() desk.Place {
	channel := rights.Counter
	if p.flags.phone {
		channel = rights.Phone
	}
	return desk.Place{Channel: channel, Branch: p.flags.branch, Seat: p.flags.seat}
}
