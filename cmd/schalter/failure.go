package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"schalter/domain"
	"schalter/domain/plain"
)

// The exit statuses.
const (
	statusDone    = 0
	statusRefused = 1
	statusUsage   = 2
)

// failure is an error of the command line itself: what happened and what to do
// now, in the user's language. Like every error it holds nothing personal.
type failure struct {
	status     int
	what, hint string
}

// Error is what happened.
func (f *failure) Error() string { return f.what }

// errCheckFailed ends a command whose output has said already what is wrong.
var errCheckFailed = errors.New("check failed")

// errPanic stands for a fault of the program.
var errPanic = domain.Fail(domain.Internal, domain.ReasonInternal)

// refused is a failure that typing the command differently does not change.
func (p *program) refused(what, hint string) error { return &failure{statusRefused, what, hint} }

// wrongUsage is a failure of the command line.
func (p *program) wrongUsage(what, hint string) error { return &failure{statusUsage, what, hint} }

// report prints an error and returns the exit status for it.
func (p *program) report(err error) int {
	if err == nil {
		return statusDone
	}
	if errors.Is(err, errCheckFailed) {
		return statusRefused
	}
	var elsewhere *endedElsewhere
	if errors.As(err, &elsewhere) {
		return elsewhere.status
	}
	f := p.explain(err)
	p.warn(f)
	return f.status
}

// warn says what happened and what to do.
func (p *program) warn(f *failure) {
	// When standard error is gone, the exit status has to do.
	_, _ = fmt.Fprintf(p.stderr, "schalter: %s\n", plain.Clean(f.what))
	if f.hint != "" {
		_, _ = fmt.Fprintf(p.stderr, "hint: %s\n", plain.Clean(f.hint))
	}
}

// explain finds the words for an error. What is neither a failure nor an error
// of the domain reads as an internal error: its text may hold anything.
func (p *program) explain(err error) *failure {
	var own *failure
	if errors.As(err, &own) {
		return own
	}
	var known *domain.Error
	if errors.As(err, &known) {
		return p.domainFailure(known)
	}
	if f := p.storage(err); f != nil {
		return f
	}
	if f := p.controlFailure(err); f != nil {
		return f
	}
	if errors.Is(err, context.Canceled) {
		return &failure{statusRefused, p.say("Abgebrochen.", "Interrupted."), ""}
	}
	return p.domainFailure(errPanic)
}

// domainFailure has the catalogue's words, with the hints that only hold on the
// command line.
func (p *program) domainFailure(err *domain.Error) *failure {
	what, hint := p.texts.Error(err)
	if err.Field != "" {
		what += " (" + err.Field + ")"
	}
	switch err.Reason {
	case domain.ReasonSecondAlways:
		hint = p.say("--second NAME nennt sie, mit ihrer eigenen Passphrase.", "--second NAME names them, with their own passphrase.")
	case domain.ReasonPassphraseChange:
		hint = p.say("`schalter staff passwd --as NAME` wählt eine eigene.", "`schalter staff passwd --as NAME` chooses one's own.")
	}
	return &failure{statusRefused, what, hint}
}

// outputError is the failure of standard output.
func (p *program) outputError(err error) error {
	if err == nil {
		return nil
	}
	return p.refused(
		p.say("Die Ausgabe konnte nicht geschrieben werden.", "The output could not be written."),
		p.say("Ist der Datenträger voll?", "Is the disk full?"))
}

// flagError puts what the flag parser says into words.
func (p *program) flagError(c *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		valued  *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		what    string
	)
	switch {
	case errors.As(err, &unknown):
		what = fmt.Sprintf(p.say("Die Option %s gibt es nicht.", "There is no option %s."), dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &valued):
		what = fmt.Sprintf(p.say("Der Option %s fehlt ein Wert.", "The option %s needs a value."), dashed(valued.GetSpecifiedName()))
	case errors.As(err, &invalid):
		what = fmt.Sprintf(p.say("Diesen Wert kennt die Option --%s nicht.", "The option --%s does not know this value."), invalid.GetFlag().Name)
	default:
		what = p.say("Die Optionen sind nicht zu lesen.", "The options cannot be read.")
	}
	return p.wrongUsage(what, p.seeHelp(c))
}

// dashed is an option as it is typed. What no option could be called is not
// repeated: it may be a number or a name that slipped behind a dash.
func dashed(name string) string {
	switch {
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") != "" || len(name) > 30:
		return "-…"
	case len(name) == 1:
		return "-" + name
	}
	return "--" + name
}

// seeHelp is the hint that leads to a command's help.
func (p *program) seeHelp(c *cobra.Command) string {
	return fmt.Sprintf(p.say("`%s --help` zeigt, wie es geht.", "`%s --help` shows how it goes."), c.CommandPath())
}
