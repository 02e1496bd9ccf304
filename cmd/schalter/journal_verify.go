package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"schalter/store"
	"schalter/store/journal"
)

type verifyFlags struct {
	checkpoints, marks []string
	since              string // file with the checkpoint to begin at; "" for everything
	json               bool
}

func (p *program) journalVerifyCommand() *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use:   "verify",
		Short: p.say("das ganze Protokoll prüfen, ohne Anmeldung", "verify the whole journal, without a login"),
		Long: p.say(
			"Geht jede Seite der Datei, jeden Eintrag, jede Prüfsumme und jeden gespeicherten Wert\n"+
				"durch und endet mit 1 beim ersten Fehler, den es nennt. Dass die neuesten Einträge\n"+
				"fehlen, zeigt nur ein Anker von außen: die Datei im Schlüsselordner, weitere mit\n"+
				"--anchor, eine Marke vom Beleg (--mark) oder ein aufgehobener, signierter Stand\n"+
				"(--checkpoint).\n\n"+
				"--since geht nur durch, was seit einem aufgehobenen Stand geschrieben wurde. Bewiesen\n"+
				"ist dann: das heutige Protokoll setzt diesen Stand fort; jeder Eintrag seither, jede\n"+
				"Prüfsumme und jeder seither geschriebene Wert stimmen. Nicht bewiesen ist: dass ältere\n"+
				"Einträge noch lesbar da sind, dass Werte, die seither niemand schrieb, unverändert und\n"+
				"vollzählig sind, und dass die Zahl der Datensätze stimmt. Das zeigt nur ein voller Lauf.",
			"Walks every page of the file, every entry, every hash and every stored value and ends\n"+
				"with 1 at the first fault, which it names. That the newest entries are missing shows\n"+
				"only against an anchor from outside: the file in the key folder, more by --anchor, a\n"+
				"mark on a slip (--mark) or a signed checkpoint that was kept (--checkpoint).\n\n"+
				"--since walks only what was written after a checkpoint that was kept. Proven is then:\n"+
				"today's journal extends that checkpoint; every entry since, every hash and every value\n"+
				"written since are right. Not proven is: that older entries are still there to be read,\n"+
				"that values which nobody wrote since are unchanged and complete, and that the number of\n"+
				"records is right. Only a full run shows that."),
		Example: "  schalter journal verify --mark J-1042-8KQ3-7MXW-2PTR\n  schalter journal verify --since monday.txt",
		Args:    p.between(0, 0),
		RunE:    func(c *cobra.Command, _ []string) error { return p.runVerify(c.Context(), f) },
	}
	set := c.Flags()
	set.SortFlags = false
	set.StringArrayVar(&f.marks, "mark", nil, p.say("Marke von einem Beleg; mehrmals möglich", "mark from a slip; may be repeated"))
	nameValue(set, "mark", "J-…")
	set.StringArrayVar(&f.checkpoints, "checkpoint", nil, p.say("Datei mit einem signierten Stand; mehrmals möglich", "file with a signed checkpoint; may be repeated"))
	nameValue(set, "checkpoint", "FILE")
	textFlag(set, &f.since, "since", "FILE", p.say("nur prüfen, was seit diesem signierten Stand geschrieben wurde", "verify only what was written since this signed checkpoint"))
	p.jsonFlag(c, &f.json)
	return c
}

func (p *program) runVerify(ctx context.Context, f verifyFlags) error {
	anchors, err := p.marks(f.marks)
	if err != nil {
		return err
	}
	notes, err := p.readNotes(f.files())
	if err != nil {
		return err
	}
	o, err := p.openToLook(ctx)
	if fault := fileFault(err); fault != nil {
		return p.tellFileFault(fault, f.json)
	}
	if err != nil {
		return err
	}
	defer func() { _ = o.close() }() // nothing was written
	var since *journal.Checkpoint
	for i, note := range notes {
		checkpoint, err := journal.ParseSigned(note, o.store.Verifiers())
		if err != nil {
			return p.noCheckpoint(f.files()[i])
		}
		anchors = append(anchors, checkpoint)
		if f.since != "" {
			since = &checkpoint // the last of the files
		}
	}
	remembered, err := p.remembered(o.store.Verifiers())
	if err != nil {
		return err
	}
	anchors = append(anchors, remembered...)
	show := p.newProgress(0)
	show.start()
	if err := p.checkFile(ctx, o); err != nil {
		show.clear()
		if fault := fileFault(err); fault != nil {
			return p.tellFileFault(fault, f.json)
		}
		return err
	}
	report, err := verifyFrom(ctx, o.store, since, anchors, func(at journal.Progress) { show.at(int(at.Done), 0) })
	show.clear()
	out, err := resultOf(report, err)
	if err != nil {
		return err
	}
	if out.Anchors = len(anchors); since != nil {
		out.Since = &since.Size
	}
	return p.tellVerified(out, f.json)
}

// files are all that hold a checkpoint; the one to begin at is the last.
func (f verifyFlags) files() []string {
	if f.since == "" {
		return f.checkpoints
	}
	return append(slices.Clone(f.checkpoints), f.since)
}

// verifyFrom walks everything, or what is newer than a checkpoint.
func verifyFrom(ctx context.Context, s *store.Store, since *journal.Checkpoint, anchors []journal.Anchor, progress func(journal.Progress)) (journal.Report, error) {
	if since == nil {
		return s.Verify(ctx, anchors, progress)
	}
	return s.VerifySince(ctx, *since, anchors, progress)
}

// noCheckpoint says that a file is no checkpoint of this journal.
func (p *program) noCheckpoint(path string) error {
	return p.refused(p.say("Das ist kein Stand dieses Protokolls: ", "This is no checkpoint of this journal: ")+path,
		p.say("Die Unterschrift passt zu keinem Schlüssel im Schlüsselordner.", "The signature fits no key in the key folder."))
}

func (p *program) marks(texts []string) ([]journal.Anchor, error) {
	var anchors []journal.Anchor
	for _, text := range texts {
		mark, err := journal.ParseMark(text)
		if err != nil {
			return nil, p.wrongUsage(p.say("Das ist keine Marke.", "This is no mark."),
				p.say("Eine Marke sieht so aus: J-1042-8KQ3-7MXW-2PTR", "A mark looks like this: J-1042-8KQ3-7MXW-2PTR"))
		}
		anchors = append(anchors, mark)
	}
	return anchors, nil
}

// maxNote bounds a checkpoint file, in bytes; a checkpoint has less than one
// kilobyte.
const maxNote = 64 << 10

func (p *program) readNotes(paths []string) ([][]byte, error) {
	var notes [][]byte
	for _, path := range paths {
		note, err := p.readAll(path, maxNote)
		if err != nil {
			return nil, err
		}
		notes = append(notes, note)
	}
	return notes, nil
}

// readAll reads a file that was named, up to so many bytes.
func (p *program) readAll(path string, most int64) ([]byte, error) {
	file, err := p.files.Open(path)
	if err != nil {
		return nil, p.unreadable(path)
	}
	content, err := io.ReadAll(io.LimitReader(file, most))
	if errors.Join(err, file.Close()) != nil {
		return nil, p.unreadable(path)
	}
	return content, nil
}

// verified is the result as --json prints it.
type verified struct {
	Valid       bool          `json:"valid"`
	Entries     int64         `json:"entries"`
	Values      int64         `json:"values"`
	Checkpoints int64         `json:"checkpoints"`
	Anchors     int           `json:"anchors"`
	Since       *int64        `json:"since"` // size of the checkpoint that was begun at; null for everything
	Size        int64         `json:"size"`
	Root        string        `json:"root"` // hex
	Mark        string        `json:"mark"`
	Fault       *journalFault `json:"fault"` // null when valid

	fault *journal.Fault
}

type journalFault struct {
	Kind string `json:"kind"`
	// Seq and Other are positions or sizes; null where the kind names none.
	Seq   *int64 `json:"seq"`
	Other *int64 `json:"other"`
	// Keys of stored values, in hex; "" for none.
	Key      string `json:"key"`
	OtherKey string `json:"other_key"`
	// Detail says what is wrong with the file itself; "" where it is sound.
	Detail string `json:"detail"`
}

// resultOf is the result of a run that ended in a report or a fault. Another error is
// passed on.
func resultOf(r journal.Report, err error) (verified, error) {
	var fault *journal.Fault
	if err != nil && !errors.As(err, &fault) {
		return verified{}, err
	}
	return verified{
		Valid: fault == nil, Entries: r.Entries, Values: r.Values, Checkpoints: r.Checkpoints,
		Size: r.Size, Root: hex.EncodeToString(r.Root[:]), Mark: journal.MarkOf(r.Size, r.Root).String(),
		Fault: faultObject(fault), fault: fault,
	}, nil
}

func (p *program) tellVerified(v verified, asJSON bool) error {
	tell := p.printVerified
	if asJSON {
		tell = func(v verified) error { return p.printJSON(v) }
	}
	if err := tell(v); err != nil {
		return err
	}
	if v.fault != nil {
		return errCheckFailed
	}
	return nil
}

func faultObject(f *journal.Fault) *journalFault {
	if f == nil {
		return nil
	}
	out := &journalFault{Kind: string(f.Kind), Key: hex.EncodeToString(f.Key), OtherKey: hex.EncodeToString(f.OtherKey)}
	if f.Seq != journal.None {
		out.Seq = &f.Seq
	}
	if f.Other != journal.None {
		out.Other = &f.Other
	}
	return out
}

func (p *program) printVerified(v verified) error {
	var b strings.Builder
	n := func(n int64) string { return p.texts.Number(int(n)) }
	switch {
	case v.fault != nil:
		fmt.Fprintf(&b, p.say("FEHLER: %s\n", "FAULT: %s\n"), p.faultText(v.fault))
		fmt.Fprintf(&b, "  %s\n", v.fault.Error())
	case v.Since != nil:
		fmt.Fprintf(&b, p.say("Das Protokoll setzt den Stand bei %s Einträgen unversehrt fort. Älteres wurde nicht durchgesehen.\n",
			"The journal extends the checkpoint at %s entries, intact. What is older was not walked.\n"), n(*v.Since))
	default:
		b.WriteString(p.say("Das Protokoll ist unversehrt.\n", "The journal is intact.\n"))
	}
	fmt.Fprintf(&b, p.say("Geprüft: %s Einträge, %s Werte, %s signierte Stände, %d Anker\n", "Verified: %s entries, %s values, %s checkpoints, %d anchors\n"),
		n(v.Entries), n(v.Values), n(v.Checkpoints), v.Anchors)
	if v.fault == nil {
		fmt.Fprintf(&b, p.say("Marke: %s\n", "Mark: %s\n"), v.Mark)
	}
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}
