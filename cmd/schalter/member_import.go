package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
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
				"gemeldet, nie mit ihrem Inhalt; die anderen werden eingelesen. Dieselbe Datei noch\n"+
				"einmal ändert nichts, deshalb lässt sich ein abgebrochener Import einfach wiederholen.\n"+
				"Spalten, die der Kopf nicht nennt, bleiben, wie sie sind. Abgelehnte Zeilen ändern\n"+
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
	rows, err := memberfile.NewReader(in, memberfile.Options{IgnoreUnknown: f.ignoreUnknown, Today: calendar.Of(p.now())})
	if err != nil {
		return p.headerFailure(path, err)
	}
	show := p.newProgress(size)
	report, closeReport, err := p.importReport(f.report, show)
	if err != nil {
		return err
	}
	run := &importRun{program: p, rows: rows, report: report, show: show}
	err = p.withActor(ctx, func(o *opened, a domain.Actor) error { return run.carryOut(ctx, o, a) })
	show.clear()
	if err = errors.Join(err, closeReport()); err != nil {
		return run.explain(err)
	}
	return p.tellImported(run, f)
}

// importFile opens the file and says how many bytes it has; 0 if that is not
// known.
func (p *program) importFile(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(p.stdin), 0, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, p.unreadable(path)
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		_ = file.Close()
		return nil, 0, p.unreadable(path)
	}
	if !info.Mode().IsRegular() {
		return file, 0, nil
	}
	return file, info.Size(), nil
}

// importReport opens the report. A file is made anew and never overwritten: it
// might be the one that is imported.
func (p *program) importReport(path string, show *progress) (*memberfile.Report, func() error, error) {
	if path == "" {
		report := memberfile.NewReport(show)
		return report, func() error {
			if report.Total() == 0 {
				return nil
			}
			return report.Flush()
		}, nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, nil, p.refused(p.say("Der Bericht lässt sich nicht anlegen: ", "The report cannot be made: ")+path,
			p.say("Eine Datei angeben, die es noch nicht gibt.", "Name a file that does not exist yet."))
	}
	report := memberfile.NewReport(file)
	return report, func() error {
		if errors.Join(report.Flush(), file.Close()) != nil {
			return p.refused(p.say("Der Bericht ist nicht vollständig: ", "The report is not complete: ")+path,
				p.say("Ist der Datenträger voll? Die Versicherten sind eingelesen.", "Is the disk full? The members are imported."))
		}
		return nil
	}, nil
}

// importRun is one import under way.
type importRun struct {
	program *program
	rows    *memberfile.Reader
	report  *memberfile.Report
	show    *progress

	last     int // number of the last line that was read
	rejected int
	repeated int // lines of a KVNR of which an earlier line says something else
	done     desk.Imported
	broken   error // why the file could not be read to its end
}

func (r *importRun) carryOut(ctx context.Context, o *opened, a domain.Actor) (err error) {
	r.show.start()
	r.done, err = o.desk.Import(ctx, a, r.good(), r.conflict, func(int) { r.show.at(r.last, r.rows.Offset()) })
	return errors.Join(err, r.broken)
}

// good yields the members and puts the rejected lines into the report.
func (r *importRun) good() iter.Seq[desk.Incoming] {
	return func(yield func(desk.Incoming) bool) {
		for row, err := range r.rows.Rows() {
			if err == nil {
				r.last = max(r.last, row.Last)
				if row.Rejected() {
					r.rejected++
					err = r.report.Add(row.Reject)
				}
			}
			if r.broken = err; err != nil {
				return
			}
			if !row.Rejected() && !yield(desk.Incoming{Line: row.Line, Member: row.Member, Over: row.Over}) {
				return
			}
		}
	}
}

// conflict puts a line that met another truth into the report. Its writer's error
// shows when the report is closed.
func (r *importRun) conflict(c desk.Conflict) {
	field := map[desk.ConflictKind]string{
		desk.KeptBlockedCard: "card_status", desk.KeptDeceased: "deceased", desk.RepeatedKVNR: "kvnr",
	}[c.What]
	if c.What == desk.RepeatedKVNR {
		r.repeated++
	}
	_ = r.report.Add(memberfile.Reject{Line: c.Line, Field: field, Reason: memberfile.Reason(c.What)})
}

// explain says of an import that ended early that it can be run again.
func (r *importRun) explain(err error) error {
	p := r.program
	again := p.say("Was eingelesen ist, bleibt; noch einmal starten setzt den Import fort.",
		"What is imported stays; run it again to go on.")
	switch {
	case errors.Is(err, context.Canceled):
		return p.refused(p.say("Der Import wurde abgebrochen.", "The import was interrupted."), again)
	case r.broken != nil:
		return p.refused(fmt.Sprintf(p.say("Die Datei ist hinter Zeile %d nicht mehr zu lesen.", "The file cannot be read behind line %d."), r.last), again)
	}
	return err
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
