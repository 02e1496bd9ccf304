package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/accountfile"
)

// lanes is how many events are taken over at once; those of one member stay in
// order.
const lanes = 16

func (p *program) accountImportCommand() *cobra.Command {
	var report string
	var strict, asJSON bool
	c := &cobra.Command{
		Use:   "import FILE|-",
		Short: p.say("Meldungen der App einlesen", "import what the app backend tells"),
		Long: p.say(
			"Liest, was der Betreiber der App über Konten meldet: JSON-Zeilen, je Meldung eine.\n"+
				"Schlüssel: id, kind, kvnr, at (RFC 3339); je nach kind device_id, device_name,\n"+
				"platform (ios android), os_version, method (card_pin eid postident\n"+
				"activation_code), shared_with_epa (true false). kind ist account_registered,\n"+
				"email_verified, device_bound, device_used, app_code_blocked, identified oder\n"+
				"account_deleted. Dieselbe id wird einmal genommen. Eine fehlerhafte, unpassende oder\n"+
				"überholte Meldung wird mit Zeile, Feld und Grund genannt, nie mit ihrem Inhalt.",
			"Reads what the operator of the app tells of accounts: JSON lines, an event each.\n"+
				"Keys: id, kind, kvnr, at (RFC 3339); by kind device_id, device_name, platform (ios\n"+
				"android), os_version, method (card_pin eid postident activation_code),\n"+
				"shared_with_epa (true false). kind is account_registered, email_verified,\n"+
				"device_bound, device_used, app_code_blocked, identified or account_deleted. The same\n"+
				"id is taken once. An event that is faulty, does not fit or is out of date is told\n"+
				"with line, field and reason, never with what it says."),
		Example: "  schalter account import meldungen.jsonl --report abgelehnt.csv --as k.beispiel",
		Args:    p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			return p.runAccountImport(c.Context(), args[0], report, strict, asJSON)
		},
	}
	c.Flags().SortFlags = false
	textFlag(c.Flags(), &report, "report", "FILE", p.say(
		"Bericht der abgelehnten Zeilen in eine neue Datei, sonst nach stderr", "report of rejected lines into a new file, else to stderr"))
	c.Flags().BoolVar(&strict, "strict", false, p.say("mit 1 enden, wenn eine Zeile nicht eingelesen wurde", "end with 1 if a line was not imported"))
	p.jsonFlag(c, &asJSON)
	return c
}

// accountRejected is a line that was not taken.
type accountRejected struct {
	line          int
	field, reason string
}

// accountImport is one import under way.
type accountImport struct {
	mu       sync.Mutex
	taken    int
	repeated int
	rejected []accountRejected
	failed   error // what ends it
}

func (p *program) runAccountImport(ctx context.Context, path, report string, strict, asJSON bool) error {
	if err := p.needActor(); err != nil {
		return err
	}
	in, _, err := p.importFile(path)
	if err != nil {
		return err
	}
	defer in.Close()
	run := &accountImport{}
	err = p.withActor(ctx, func(o *opened, a domain.Actor) error { return run.carryOut(ctx, o, a, in) })
	if err != nil {
		return err
	}
	slices.SortFunc(run.rejected, func(a, b accountRejected) int { return a.line - b.line })
	if err := p.reportAccounts(run, report); err != nil {
		return err
	}
	if err := p.tellAccounts(run, asJSON); err != nil {
		return err
	}
	if strict && len(run.rejected) > 0 {
		return errCheckFailed
	}
	return nil
}

// carryOut hands every event to the lane of its member. The first failure that is
// no rejection ends it; what was taken stays, and is not taken twice by the next
// run.
func (r *accountImport) carryOut(ctx context.Context, o *opened, a domain.Actor, in io.Reader) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	seed := maphash.MakeSeed()
	var work sync.WaitGroup
	queues := make([]chan accountfile.Row, lanes)
	for i := range queues {
		queues[i] = make(chan accountfile.Row, 64)
		work.Go(func() {
			for row := range queues[i] {
				if ctx.Err() == nil {
					repeated, err := o.desk.Observe(ctx, a, row.Event)
					if r.note(row, repeated, err) {
						stop()
					}
				}
			}
		})
	}
	broken := r.feed(ctx, in, func(row accountfile.Row) {
		queues[maphash.String(seed, string(row.Event.KVNR))%lanes] <- row
	})
	for _, q := range queues {
		close(q)
	}
	work.Wait()
	return errors.Join(broken, r.failed)
}

func (r *accountImport) feed(ctx context.Context, in io.Reader, give func(accountfile.Row)) error {
	for row, err := range accountfile.Rows(in) {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case row.Fault != "":
			r.mu.Lock()
			r.rejected = append(r.rejected, accountRejected{row.Line, row.Field, string(row.Fault)})
			r.mu.Unlock()
			continue
		}
		give(row)
	}
	return nil
}

// note counts how an event ended. fatal says that no other can end better.
func (r *accountImport) note(row accountfile.Row, repeated bool, err error) (fatal bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var e *domain.Error
	switch {
	case err == nil && repeated:
		r.repeated++
	case err == nil:
		r.taken++
	case errors.As(err, &e) && ofTheLine(e):
		r.rejected = append(r.rejected, accountRejected{row.Line, e.Field, string(e.Reason)})
	default:
		if r.failed == nil {
			r.failed = err
		}
		return true
	}
	return false
}

// ofTheLine reports whether an error is about one event, not about whoever imports
// or the database.
func ofTheLine(e *domain.Error) bool {
	switch e.Reason {
	case domain.ReasonRoleMissing, domain.ReasonChannelWrong, domain.ReasonLoginDisabled, domain.ReasonOperationUnknown:
		return false
	}
	return e.Kind == domain.Refused || e.Kind == domain.Invalid || e.Kind == domain.NotFound
}

// reportAccounts writes line;field;reason, as the import of members does.
func (p *program) reportAccounts(r *accountImport, path string) error {
	if len(r.rejected) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("line;field;reason\n")
	for _, x := range r.rejected {
		fmt.Fprintf(&b, "%d;%s;%s\n", x.line, x.field, x.reason)
	}
	if path == "" {
		_, err := io.WriteString(p.stderr, b.String())
		return err
	}
	file, err := p.files.Create(path)
	if err != nil {
		return p.refused(p.say("Der Bericht lässt sich nicht anlegen: ", "The report cannot be made: ")+path,
			p.say("Eine Datei angeben, die es noch nicht gibt.", "Name a file that does not exist yet."))
	}
	_, err = io.WriteString(file, b.String())
	return errors.Join(err, file.Close())
}

func (p *program) tellAccounts(r *accountImport, asJSON bool) error {
	reasons := map[string]int{}
	for _, x := range r.rejected {
		reasons[x.reason]++
	}
	if asJSON {
		return p.printJSON(struct {
			Taken    int            `json:"taken"`
			Repeated int            `json:"repeated"`
			Rejected int            `json:"rejected"`
			Reasons  map[string]int `json:"reasons"`
		}{r.taken, r.repeated, len(r.rejected), reasons})
	}
	number := p.texts.Number
	_, err := fmt.Fprintf(p.stdout, p.say("Meldungen: %s eingelesen, %s schon bekannt, %s abgelehnt\n",
		"Events: %s imported, %s known already, %s rejected\n"), number(r.taken), number(r.repeated), number(len(r.rejected)))
	return p.outputError(err)
}
