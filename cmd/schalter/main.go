// Command schalter is the program health insurers' branch staff work in. Called
// alone it opens the counter; its commands create a database, bring members and
// staff into it, and check it.
//
// The files of this package wire: each command has one, with its flags, its help
// in both languages and a function that takes the flags' values, asks a use case
// of domain/desk and prints the answer. What comes from outside (streams, clock,
// randomness, terminal) is in [program], so that tests run the same code.
//
// Every command ends with one of three statuses: 0 done, 1 refused or a check
// failed, 2 wrong usage. Errors are two lines on standard error:
//
//	schalter: Es gibt noch keine Datenbank.
//	hint: `schalter init` legt sie an, `schalter demo` übt ohne.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"schalter/cmd/internal/filecheck"
)

// What `schalter version` prints. The linker sets them, see Makefile.
var (
	version = "dev"
	commit  = "unknown"
	date    = "unknown"
)

func main() {
	filecheck.Child() // never returns in a process that filecheck.Run started
	// The first signal ends the work in order, a second one the process.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	os.Exit(newProgram().run(ctx, os.Args[1:]))
}
