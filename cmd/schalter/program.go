package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"strings"
	"time"

	"schalter/cmd/internal/control"
	"schalter/cmd/internal/pcsc"
	"schalter/domain/bonus"
	"schalter/store"
	"schalter/store/seal"
	"schalter/tui/words"
)

// program is one run of the command with everything it takes from outside.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	// screen is where the counter is drawn: standard output as it is, so that
	// its size and colours can be asked for.
	screen io.Writer
	// terminal asks people; its methods say when nobody is there.
	terminal terminal
	// files are those that the command line names.
	files control.Files
	// shared is the database where this process has it open for others; nil where
	// a command opens it for itself.
	shared *opened
	// now is the wall clock; its location is the one of every date told.
	now func() time.Time
	// random gives keys, nonces, codes and one-time passphrases.
	random io.Reader
	getenv func(string) string
	// slots is what a passphrase of a real database costs to try.
	slots seal.Params
	build build
	// cards opens the smart card service of this computer.
	cards func(context.Context) (pcsc.Service, error)

	// Set by run.
	texts *words.Texts
	flags flags
	// programmes are those of --programmes, once loadProgrammes has read them;
	// nil is the built-in one alone.
	programmes *bonus.Catalogue
	// migrating shows how far a migration is; nil while a screen is drawn.
	migrating func(done, total int)
	// kept is the copy made before a migration; "" for none.
	kept string
	// migrations are those of a test; nil for those of the program.
	migrations []store.Migration
}

// build says which program this is.
type build struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Date    string `json:"date"`
}

// identity is what two processes compare that work together.
func (b build) identity() string { return b.Version + " " + b.Commit }

func newProgram() *program {
	return &program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, screen: os.Stdout,
		terminal: newConsole(os.Stdin, os.Stdout, os.Stderr), files: ownFiles{},
		now: time.Now, random: rand.Reader, getenv: os.Getenv,
		slots: seal.Standard(),
		build: build{Version: version, Commit: commit, Date: date},
		cards: pcsc.System(os.Getenv),
	}
}

// run carries out one command line and returns the exit status. Nothing that
// goes wrong in it shows a stack: that could hold what is personal.
func (p *program) run(ctx context.Context, args []string) (status int) {
	p.texts = words.For(words.Detect(p.getenv("LC_ALL"), p.getenv("LC_MESSAGES"), p.getenv("LANG")))
	defer func() {
		if recover() != nil {
			status = p.report(errPanic)
		}
	}()
	if err := p.chooseLanguage(args); err != nil {
		return p.report(err)
	}
	checked := &checkedWriter{to: p.stdout}
	p.stdout = checked
	root := p.rootCommand()
	p.throughHolder(root, args)
	root.SetArgs(append([]string{}, args...))
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = p.outputError(checked.err)
	}
	return p.report(err)
}

// chooseLanguage looks for --lang before anything else is read, because help and
// errors of the command line are in that language, too.
func (p *program) chooseLanguage(args []string) error {
	for i, arg := range args {
		value, joined := strings.CutPrefix(arg, "--lang=")
		switch {
		case arg == "--":
			return nil
		case arg == "--lang" && i+1 < len(args):
			value = args[i+1]
		case !joined:
			continue
		}
		language, ok := words.ParseLanguage(value)
		if !ok {
			return p.wrongUsage(
				p.say("Diese Sprache gibt es hier nicht.", "There is no such language here."),
				p.say("--lang de oder --lang en", "--lang de or --lang en"))
		}
		p.texts = words.For(language)
	}
	return nil
}

// say picks the text of the user's language.
func (p *program) say(de, en string) string {
	if p.texts.Language == words.English {
		return en
	}
	return de
}

// checkedWriter remembers the first error, so that output which was lost is not
// told as success.
type checkedWriter struct {
	to  io.Writer
	err error
}

func (w *checkedWriter) Write(b []byte) (int, error) {
	n, err := w.to.Write(b)
	if w.err == nil {
		w.err = err
	}
	return n, err
}
