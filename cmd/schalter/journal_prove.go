package main

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/store"
)

type proveFlags struct{ number, out, clear string }

func (p *program) journalProveCommand() *cobra.Command {
	var f proveFlags
	c := &cobra.Command{
		Use:   "prove [N]",
		Short: p.say("einen Eintrag beweisen, zum Prüfen ohne schalter", "prove an entry, to be checked without schalter"),
		Long: p.say(
			"Schreibt in --out einen Beweis (C2SP tlog-proof), dass der Eintrag im Protokoll steht:\n"+
				"sein Kopf, der Weg zur Wurzel und der signierte Stand. Mit --clear steht in einer\n"+
				"zweiten Datei, was der Eintrag sagt; deren SHA-256 sind die letzten 32 Byte des\n"+
				"Kopfes. Wer das prüft, braucht nur den öffentlichen Schlüssel; das README zeigt wie.\n"+
				"--case nimmt den neuesten Eintrag eines Vorgangs. Das Lesen wird protokolliert.",
			"Writes into --out a proof (C2SP tlog-proof) that the entry is in the journal: its\n"+
				"head, the path to the root, and the signed checkpoint. With --clear a second file says\n"+
				"what the entry says; its SHA-256 are the last 32 bytes of the head. Whoever checks it\n"+
				"needs only the public key; the README shows how. --case takes the newest entry of a\n"+
				"case. The reading is journalled."),
		Example: "  schalter journal prove 1042 --out 1042.tlog-proof --clear 1042.cbor --as r.muster",
		Args:    p.between(0, 1),
		RunE:    func(c *cobra.Command, args []string) error { return p.proveEntry(c, args, f) },
	}
	set := c.Flags()
	set.SortFlags = false
	textFlag(set, &f.number, "case", "CASE", p.say("Vorgang statt der Nummer des Eintrags", "case instead of the entry's number"))
	textFlag(set, &f.out, "out", "FILE", p.say("neue Datei für den Beweis", "new file for the proof"))
	textFlag(set, &f.clear, "clear", "FILE", p.say("neue Datei für das, was der Eintrag sagt (CBOR)", "new file for what the entry says (CBOR)"))
	return c
}

func (p *program) proveEntry(c *cobra.Command, args []string, f proveFlags) error {
	q := desk.JournalQuery{Limit: 1, Newest: true}
	var err error
	switch {
	case f.out == "", (len(args) == 0) == (f.number == ""):
		return p.wrongUsage(p.say("Es fehlt --out, oder welcher Eintrag gemeint ist.", "--out is missing, or which entry is meant."), p.seeHelp(c))
	case f.number != "":
		if q.Case, err = code.ParseCase(f.number); err != nil {
			return p.wrongUsage(p.say("Das ist keine Vorgangsnummer.", "This is no case number."), p.seeHelp(c))
		}
	default:
		seq, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil || seq < 0 {
			return p.wrongUsage(p.say("Das ist keine Nummer eines Eintrags.", "This is no number of an entry."), p.seeHelp(c))
		}
		q.Seq = &seq
	}
	ctx := c.Context()
	return p.withActor(ctx, func(o *opened, a domain.Actor) error {
		evidence, err := p.evidence(ctx, o, a, q)
		if err != nil {
			return err
		}
		if f.clear != "" && evidence.Clear == nil {
			return p.refused(p.say("Was der Eintrag sagte, ist gelöscht.", "What the entry said was erased."),
				p.say("Ohne --clear beweist der Kopf, dass es ihn gab.", "Without --clear its head proves that it was there."))
		}
		if err := p.writeNew(f.out, evidence.Proof); err != nil || f.clear == "" {
			return err
		}
		if err := p.writeNew(f.clear, evidence.Clear); err != nil {
			_ = p.files.Remove(f.out) // both or none
			return err
		}
		return nil
	})
}

// evidence proves the first entry that a query has.
func (p *program) evidence(ctx context.Context, o *opened, a domain.Actor, q desk.JournalQuery) (store.Evidence, error) {
	lines, err := o.desk.ReadJournal(ctx, a, q)
	if err != nil {
		return store.Evidence{}, err
	}
	for line, err := range lines {
		if err != nil {
			return store.Evidence{}, err
		}
		return o.store.Prove(ctx, line.Seq)
	}
	if q.Seq != nil { // it is there, but not for this reader
		return store.Evidence{}, domain.Fail(domain.Refused, domain.ReasonOtherBranch)
	}
	return store.Evidence{}, domain.Fail(domain.NotFound, domain.ReasonNothingFound)
}

func (p *program) journalCheckpointCommand() *cobra.Command {
	var out string
	var asJSON bool
	c := &cobra.Command{
		Use:   "checkpoint",
		Short: p.say("den neuesten signierten Stand ausgeben, ohne Anmeldung", "print the newest signed checkpoint, without a login"),
		Long: p.say(
			"Gibt Größe und Wurzel des Protokolls aus, signiert (C2SP tlog-checkpoint), und\n"+
				"signiert neu, wenn Einträge dazugekommen sind. Woanders aufgehoben, beweist der Stand\n"+
				"später mit `journal verify --checkpoint`, dass nichts fehlt und nichts anders ist.",
			"Prints size and root of the journal, signed (C2SP tlog-checkpoint), and signs anew if\n"+
				"entries were added. Kept elsewhere, it proves later by `journal verify --checkpoint`\n"+
				"that nothing is missing and nothing was changed."),
		Example: "  schalter journal checkpoint --out 2026-03-01.checkpoint",
		Args:    p.between(0, 0),
		RunE:    func(c *cobra.Command, _ []string) error { return p.tellCheckpoint(c.Context(), out, asJSON) },
	}
	textFlag(c.Flags(), &out, "out", "FILE", p.say("auch in diese neue Datei", "into this new file, too"))
	p.jsonFlag(c, &asJSON)
	return c
}

func (p *program) tellCheckpoint(ctx context.Context, out string, asJSON bool) (err error) {
	o, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	note, err := o.store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if out != "" {
		if err := p.writeNew(out, note); err != nil {
			return err
		}
	}
	if asJSON {
		return p.outputError(json.NewEncoder(p.stdout).Encode(map[string]string{"checkpoint": string(note)}))
	}
	_, err = p.stdout.Write(note)
	return p.outputError(err)
}
