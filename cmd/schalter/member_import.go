package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/memberfile"
)

type importFlags struct {
	report                      string
	strict, ignoreUnknown, json bool
}

func (p *program) memberImportCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "import FILE|-",
		Short: p.say("Versicherte aus einer Datei einlesen", "import members from a file"),
		Long: p.say(
			"Liest CSV mit Kopfzeile (UTF-8 oder ISO-8859-15, ; oder ,) oder JSON-Zeilen. Eine\n"+
				"Zeile mit einem Fehler wird ganz abgelehnt und mit Nummer, Spalte und Grund\n"+
				"gemeldet, nie mit ihrem Inhalt; die anderen werden eingelesen. Ein abgebrochener\n"+
				"Import geht beim nächsten Start mit derselben Datei da weiter, wo er war; eine ganz\n"+
				"eingelesene Datei ändert beim zweiten Mal nichts. Von zwei Zeilen einer KVNR gilt die\n"+
				"erste. Spalten, die der Kopf nicht nennt, bleiben, wie sie sind. Abgelehnte Zeilen ändern\n"+
				"den Status 0 nicht, außer mit --strict.",
			"Reads CSV with a header (UTF-8 or ISO-8859-15, ; or ,) or JSON lines. A line with a\n"+
				"fault is rejected as a whole and reported with number, column and reason, never with\n"+
				"its content; the others are imported. The same file once more changes nothing, so an\n"+
				"import that was interrupted is just run again. Columns that the header does not name\n"+
				"stay as they are. Rejected lines do not change the status 0, except with --strict."),
		Example: "  schalter member import versicherte.csv --report abgelehnt.csv --as k.beispiel",
		Args:    p.between(1, 1),
		RunE:    func(c *cobra.Command, args []string) error { return p.runImport(c.Context(), args[0], f) },
	}
	set := c.Flags()
	set.SortFlags = false
	textFlag(set, &f.report, "report", "FILE", p.say(
		"Bericht der abgelehnten Zeilen in eine neue Datei, sonst nach stderr", "report of rejected lines into a new file, else to stderr"))
	set.BoolVar(&f.strict, "strict", false, p.say("mit 1 enden, wenn eine Zeile nicht eingelesen wurde", "end with 1 if a line was not imported"))
	set.BoolVar(&f.ignoreUnknown, "ignore-unknown", false, p.say("unbekannte Spalten übergehen", "skip unknown columns"))
	p.jsonFlag(c, &f.json)
	return c
}

func (p *program) runImport(ctx context.Context, path string, f importFlags) error {
	if err := p.needActor(); err != nil {
		return err
	}
	in, size, err := p.importFile(path)
	if err != nil {
		return err
	}
	defer in.Close()
	rows, err := memberfile.NewReader(in, p.readerOptions(f.ignoreUnknown))
	if err != nil {
		return p.headerFailure(path, err)
	}
	run := &importRun{program: p, rows: rows, show: p.newProgress(size), path: f.report, from: path, ignoreUnknown: f.ignoreUnknown}
	err = p.withActor(ctx, func(o *opened, a domain.Actor) error { return run.carryOut(ctx, o, a) })
	run.show.clear()
	if err := run.finish(err); err != nil {
		return err
	}
	return p.tellImported(run, f)
}

func (p *program) readerOptions(ignoreUnknown bool) memberfile.Options {
	return memberfile.Options{IgnoreUnknown: ignoreUnknown, Today: calendar.Of(p.now())}
}

// importFile opens the file and says how many bytes it has; 0 if that is not
// known.
func (p *program) importFile(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(p.stdin), 0, nil
	}
	file, err := p.files.Open(path)
	if err != nil {
		return nil, 0, p.unreadable(path)
	}
	info, err := file.Stat()
	if err != nil || info.Mode.IsDir() {
		_ = file.Close()
		return nil, 0, p.unreadable(path)
	}
	if !info.Mode.IsRegular() {
		return file, 0, nil
	}
	return file, info.Size, nil
}

// imported is the summary as --json prints it. Lines count the header, too.
type imported struct {
	Lines     int            `json:"lines"`
	New       int            `json:"new"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Rejected  int            `json:"rejected"`
	Conflicts int            `json:"conflicts"`
	Reasons   map[string]int `json:"reasons"`
}

func (p *program) tellImported(r *importRun, f importFlags) error {
	reasons := map[string]int{}
	for _, why := range memberfile.AllReasons() {
		if n := r.report.Count(why); n > 0 {
			reasons[string(why)] = n
		}
	}
	for _, kind := range desk.AllConflictKinds() {
		if n := r.report.Count(memberfile.Reason(kind)); n > 0 {
			reasons[string(kind)] = n
		}
	}
	var err error
	if f.json {
		err = p.printJSON(imported{
			Lines: r.last, New: r.done.New, Changed: r.done.Changed, Unchanged: r.done.Unchanged,
			Rejected: r.rejected, Conflicts: r.done.Conflicts, Reasons: reasons,
		})
	} else {
		err = p.printImported(r, f)
	}
	if err == nil && f.strict && r.rejected+r.repeated > 0 {
		return errCheckFailed
	}
	return err
}

func (p *program) printImported(r *importRun, f importFlags) error {
	var b strings.Builder
	number := p.texts.Number
	fmt.Fprintf(&b, p.say("Versicherte: %s neu, %s geändert, %s unverändert\n", "Members: %s new, %s changed, %s unchanged\n"),
		number(r.done.New), number(r.done.Changed), number(r.done.Unchanged))
	fmt.Fprintf(&b, p.say("Zeilen: %s gelesen, %s abgelehnt, %s mit Konflikt\n", "Lines: %s read, %s rejected, %s with a conflict\n"),
		number(r.last), number(r.rejected), number(r.done.Conflicts))
	for _, why := range memberfile.AllReasons() {
		if n := r.report.Count(why); n > 0 {
			fmt.Fprintf(&b, "  %6s  %-14s %s\n", number(n), why, p.rejectText(why))
		}
	}
	for _, kind := range desk.AllConflictKinds() {
		if n := r.report.Count(memberfile.Reason(kind)); n > 0 {
			fmt.Fprintf(&b, "  %6s  %-14s %s\n", number(n), kind, p.conflictText(kind))
		}
	}
	if f.report != "" && r.report.Total() > 0 {
		fmt.Fprintf(&b, p.say("Bericht: %s\n", "Report: %s\n"), f.report)
	}
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}
