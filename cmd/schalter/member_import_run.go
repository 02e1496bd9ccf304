package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"schalter/cmd/internal/control"
	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/memberfile"
)

// importRun is one import under way.
type importRun struct {
	program *program
	rows    *memberfile.Reader
	show    *progress
	path    string // of the report, "" for standard error

	from          string // path of the file, - for standard input
	ignoreUnknown bool

	report   *memberfile.Report
	file     control.File // the report's, if it has one
	last     int          // number of the last line that was read
	offset   int64        // bytes up to it
	rejected int
	repeated int // lines of a KVNR of which an earlier line says something else
	done     desk.Imported

	broken    error // why the file could not be read to its end
	unwritten error // why the report could not be written
}

// carryOut imports. The report is made by somebody who is signed in, so that a
// refused login leaves none behind.
func (r *importRun) carryOut(ctx context.Context, o *opened, a domain.Actor) (err error) {
	if err := r.open(); err != nil {
		return err
	}
	r.show.start()
	told := func(int) { r.show.at(r.last, r.offset) }
	state, further, err := r.interrupted(ctx, o)
	switch {
	case err != nil:
	case further == nil:
		r.done, err = o.desk.Import(ctx, a, r.good(), r.conflict, told)
	default:
		defer further.Close()
		r.tellResumed(state.At)
		r.done, err = o.desk.ResumeImport(ctx, a, state, r.good(), r.conflict, told)
	}
	if err != nil {
		return err
	}
	return r.broken
}

// interrupted finds out whether this very file was imported in part, and opens it
// behind that part.
func (r *importRun) interrupted(ctx context.Context, o *opened) (domain.ImportState, io.Closer, error) {
	state, err := o.desk.Interrupted(ctx)
	if err != nil || r.from == "-" || state.At == (domain.FileMark{}) {
		return state, nil, err
	}
	in, _, err := r.program.importFile(r.from)
	if err != nil {
		return state, nil, err
	}
	options := r.program.readerOptions(r.ignoreUnknown)
	options.From = state.At
	rows, err := memberfile.NewReader(in, options)
	if err != nil { // another file, or one that cannot be read: the first reader says why
		return state, nil, in.Close()
	}
	r.rows, r.last = rows, int(state.At.Lines)
	return state, in, nil
}

func (r *importRun) tellResumed(at domain.FileMark) {
	p := r.program
	fmt.Fprintf(r.show, p.say("Der unterbrochene Import geht hinter Zeile %s weiter.\n", "The interrupted import goes on behind line %s.\n"),
		p.texts.Number(int(at.Lines)))
}

// open opens the report. A file is made anew and never overwritten: it might be
// the one that is imported.
func (r *importRun) open() error {
	if r.path == "" {
		r.report = memberfile.NewReport(r.show)
		return nil
	}
	file, err := r.program.files.Create(r.path)
	if err != nil {
		p := r.program
		return p.refused(p.say("Der Bericht lässt sich nicht anlegen: ", "The report cannot be made: ")+r.path,
			p.say("Eine Datei angeben, die es noch nicht gibt.", "Name a file that does not exist yet."))
	}
	r.file, r.report = file, memberfile.NewReport(file)
	return nil
}

// good yields the members and puts the rejected lines into the report.
func (r *importRun) good() iter.Seq[desk.Incoming] {
	return func(yield func(desk.Incoming) bool) {
		for row, err := range memberfile.Ahead(r.rows.Rows()) {
			if r.broken = err; err != nil {
				return
			}
			r.last, r.offset = max(r.last, row.Last), max(r.offset, int64(row.Behind.Bytes))
			if row.Rejected() {
				r.rejected++
				r.tell(row.Reject)
			}
			if r.unwritten != nil {
				return
			}
			if !row.Rejected() && !yield(desk.Incoming{Line: row.Line, Member: row.Member, Over: row.Over, Behind: r.behind(row)}) {
				return
			}
		}
	}
}

// behind is where an import goes on behind a row; nowhere in what cannot be read
// twice.
func (r *importRun) behind(row memberfile.Row) domain.FileMark {
	if r.from == "-" {
		return domain.FileMark{}
	}
	return row.Behind
}

// conflict puts a line that met another truth into the report.
func (r *importRun) conflict(c desk.Conflict) {
	if c.What == desk.RepeatedKVNR {
		r.repeated++
	}
	r.tell(memberfile.Reject{Line: c.Line, Field: conflictField(c.What), Reason: memberfile.Reason(c.What)})
}

// conflictField is the column that a conflict is about.
func conflictField(kind desk.ConflictKind) string {
	return map[desk.ConflictKind]string{
		desk.KeptBlockedCard: "card_status", desk.KeptDeceased: "deceased", desk.KeptErased: "kvnr",
		desk.RepeatedKVNR: "kvnr", desk.RepeatedCard: "iccsn",
	}[kind]
}

// tell adds to the report. Its first error is kept and ends the import with the
// next line.
func (r *importRun) tell(x memberfile.Reject) {
	if err := r.report.Add(x); err != nil && r.unwritten == nil {
		r.unwritten = err
	}
}

// finish closes the report and says how the import ended.
func (r *importRun) finish(err error) error {
	kept := r.close(err != nil)
	switch {
	case err != nil:
		return r.explain(err, kept)
	case r.unwritten != nil:
		return r.explain(r.unwritten, kept)
	}
	return nil
}

// close completes the report and reports whether there is a file of it now. One
// that says nothing does not outlive an import that failed: the same command can
// be repeated.
func (r *importRun) close(failed bool) (kept bool) {
	if r.report == nil || r.file == nil && r.report.Total() == 0 {
		return false
	}
	if err := r.report.Flush(); err != nil && r.unwritten == nil {
		r.unwritten = err
	}
	if r.file == nil {
		return false
	}
	info, err := r.file.Stat()
	empty := r.report.Total() == 0 || err == nil && info.Size == 0
	if err := r.file.Close(); err != nil && r.unwritten == nil {
		r.unwritten = err
	}
	if empty && (failed || r.unwritten != nil) {
		return r.program.files.Remove(r.path) != nil
	}
	return true
}

// explain says of an import that ended early that it can be run again, and how.
func (r *importRun) explain(err error, kept bool) error {
	p := r.program
	again := p.say("Was eingelesen ist, bleibt; noch einmal starten setzt den Import fort.",
		"What is imported stays; run it again to go on.")
	f := p.explain(err)
	switch {
	case errors.Is(err, context.Canceled):
		f = &failure{statusRefused, p.say("Der Import wurde abgebrochen.", "The import was interrupted."), again}
	case r.broken != nil && errors.Is(err, r.broken):
		f = &failure{statusRefused, fmt.Sprintf(p.say("Die Datei ist hinter Zeile %d nicht mehr zu lesen.", "The file cannot be read behind line %d."), r.last), again}
	case r.unwritten != nil && errors.Is(err, r.unwritten):
		f = &failure{statusRefused, p.say("Der Bericht ist nicht vollständig. Ist der Datenträger voll?", "The report is not complete. Is the disk full?"), again}
	}
	if kept {
		f.hint += p.say(" Der Bericht bis hierher bleibt; dann einen anderen --report nennen.", " The report so far stays; then name another --report.")
	}
	return f
}
