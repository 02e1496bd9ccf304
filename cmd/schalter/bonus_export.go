package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
)

type exportFlags struct {
	year        int
	run         uint64
	out, format string
	json        bool
}

func (p *program) bonusExportCommand() *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export",
		Short: p.say("Auszahlungsdatei eines Bonusjahrs schreiben, genau einmal", "write the payout file of a bonus year, exactly once"),
		Long: p.say(
			"Nimmt, was für das Jahr entschieden und noch nicht ausgezahlt ist, in einen\n"+
				"Auszahlungslauf und schreibt dessen Datei. Die Bedingungen des Programms werden am\n"+
				"Tag des Laufs noch einmal geprüft; was jetzt nicht mehr passt, wird zurückgehalten\n"+
				"und genannt. Ein abgebrochener Lauf geht mit demselben Aufruf weiter und ergibt\n"+
				"dieselbe Datei; nichts wird zweimal ausgezahlt. Ist nichts Neues fällig, entsteht die\n"+
				"Datei des letzten Laufs noch einmal. Braucht eine Leitung, die keines der Hefte\n"+
				"entschieden hat, und eine zweite Person.",
			"Takes what is decided for the year and not paid yet into a payout run and writes its\n"+
				"file. The programme's conditions are tested again on the day of the run; what does\n"+
				"not hold any more is held back and named. A run that was broken off goes on with the\n"+
				"same call and gives the same file; nothing is paid twice. Where nothing new is due,\n"+
				"the file of the last run is made once more. Needs a supervisor who decided none of\n"+
				"the booklets, and a second person."),
		Example: "  schalter bonus export --year 2026 --out bonus-2026.csv --as l.leitung --second k.beispiel",
		Args:    p.between(0, 0),
		RunE:    func(c *cobra.Command, _ []string) error { return p.exportBonus(c, f) },
	}
	set := c.Flags()
	set.SortFlags = false
	p.yearFlag(c, &f.year)
	textFlag(set, &f.out, "out", "FILE", p.say("neue Datei für die Auszahlung", "new file for the payout"))
	textFlag(set, &f.format, "format", "FORM", p.say("csv (sonst) oder json: eine Zeile je Gruppe", "csv (else) or json: a line for each group"))
	set.Uint64Var(&f.run, "run", 0, p.say("Datei dieses Laufs noch einmal schreiben", "write the file of this run once more"))
	nameValue(set, "run", "NUMBER")
	p.jsonFlag(c, &f.json)
	return c
}

// yearFlag adds --year.
func (p *program) yearFlag(c *cobra.Command, to *int) {
	c.Flags().IntVar(to, "year", 0, p.say("Bonusjahr", "bonus year"))
	nameValue(c.Flags(), "year", "YEAR")
}

// needYear refuses a command line without a bonus year.
func (p *program) needYear(c *cobra.Command, year int) error {
	if year < 1990 || year > 2200 {
		return p.wrongUsage(p.say("Welches Bonusjahr?", "Which bonus year?"), p.say("--year JJJJ nennt es.", "--year YYYY names it."))
	}
	return nil
}

func (p *program) exportBonus(c *cobra.Command, f exportFlags) error {
	if err := p.needYear(c, f.year); err != nil {
		return err
	}
	form := writePayoutCSV
	switch {
	case f.out == "":
		return p.wrongUsage(p.say("Wohin?", "Where to?"), p.say("--out FILE nennt eine neue Datei.", "--out FILE names a new file."))
	case f.format == "json":
		form = writePayoutJSON
	case f.format != "" && f.format != "csv":
		return p.wrongUsage(p.say("--format ist csv oder json.", "--format is csv or json."), p.seeHelp(c))
	}
	if err := p.loadProgrammes(); err != nil {
		return err
	}
	show := p.newProgress(0)
	var paid desk.Payout
	err := p.withBoth(c.Context(), func(o *opened, a domain.Actor, second desk.Credentials) (err error) {
		show.start()
		order := desk.PayoutOrder{Year: f.year, Run: domain.PayoutID(f.run), Begin: func() error { return p.noFile(f.out) }}
		paid, err = o.desk.PayOut(c.Context(), a, second, order,
			func(run domain.PayoutRun, rows iter.Seq2[desk.PayoutRow, error]) error {
				return p.payoutFile(f.out, func(w io.Writer) error { return form(w, run, rows) })
			}, show.of)
		return err
	})
	show.clear()
	if err != nil {
		_, _ = io.WriteString(p.stderr, p.heldTable(paid.Held)) // when it is gone, the status has to do
		return err
	}
	return p.tellPayout(paid, f)
}

// noFile refuses a path that is taken, before a new run takes what is due: no file
// can hold the rows of a run that is not begun.
func (p *program) noFile(path string) error {
	if path == "-" {
		return nil
	}
	file, err := p.files.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_ = file.Close() // only looked at
	return p.alreadyThere(path)
}

// payoutFile makes a payout file. One of the same content may be there already:
// from a call that was cut off behind it. A file of other content is never
// touched.
func (p *program) payoutFile(path string, write func(io.Writer) error) error {
	if path == "-" {
		return p.draft(path, write)
	}
	switch same, err := p.holdsThe(path, write); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case same:
		return nil
	}
	_ = p.files.Remove(path + ".partial") // of a call that was cut off
	return p.draft(path, write)
}

// holdsThe reports whether a file holds what write writes.
func (p *program) holdsThe(path string, write func(io.Writer) error) (bool, error) {
	file, err := p.files.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	have := &comparing{with: file}
	if err := write(have); err != nil && !errors.Is(err, errOther) {
		return false, err
	}
	n, err := file.Read(make([]byte, 1))
	if have.other || n > 0 || err != nil && !errors.Is(err, io.EOF) {
		return false, p.alreadyThere(path)
	}
	return true, nil
}

var errOther = errors.New("other content")

// comparing is a writer that only looks whether a file holds the same.
type comparing struct {
	with  io.Reader
	other bool
}

func (c *comparing) Write(b []byte) (int, error) {
	have := make([]byte, len(b))
	if _, err := io.ReadFull(c.with, have); err != nil || !bytes.Equal(have, b) {
		c.other = true
		return 0, errOther
	}
	return len(b), nil
}

// exported is what an export did, as --json prints it.
type exported struct {
	payoutHead
	State string     `json:"state"`
	Held  []heldLine `json:"held"`
}

type heldLine struct {
	KVNR   string `json:"kvnr_last3"`
	Cents  int64  `json:"cents"`
	Reason string `json:"reason"`
}

// payoutStateName is the state of a run for machines.
func payoutStateName(s domain.PayoutState) string {
	return map[domain.PayoutState]string{
		domain.PayoutTaking: "taking", domain.PayoutTaken: "taken", domain.PayoutWritten: "written", domain.PayoutPaid: "paid",
	}[s]
}

func (p *program) tellPayout(x desk.Payout, f exportFlags) error {
	if f.json {
		out := exported{payoutHead: headOf(x.Run), State: payoutStateName(x.Run.State), Held: []heldLine{}}
		for _, h := range x.Held {
			out.Held = append(out.Held, heldLine{h.Masked.Last3, int64(h.Cents), string(h.Reason)})
		}
		return p.printJSON(out)
	}
	to := p.stdout
	if f.out == "-" {
		to = p.stderr // standard output is the file
	}
	var b strings.Builder
	fmt.Fprintf(&b, p.say("Lauf %d, Bonusjahr %d, Tag der Auszahlung %s\n", "Run %d, bonus year %d, day of payout %s\n"),
		x.Run.ID, x.Run.Year, p.texts.Date(x.Run.Day))
	fmt.Fprintf(&b, p.say("ausgezahlt werden %s Hefte, %s\n", "%s booklets are paid, %s\n"),
		p.texts.Number(int(x.Run.Booklets)), p.texts.Money(int(x.Run.Cents)))
	b.WriteString(p.heldTable(x.Held))
	_, err := io.WriteString(to, b.String())
	return p.outputError(err)
}

// heldTable lists what a run leaves out; "" for nothing.
func (p *program) heldTable(held []desk.HeldBack) string {
	if len(held) == 0 {
		return ""
	}
	t := &table{}
	t.add("Name", "KVNR", p.say("Betrag", "amount"), p.say("Grund", "reason"))
	for _, h := range held {
		t.add(h.Masked.Name.Listed(), p.texts.MaskedKVNR(h.Masked.Last3), p.texts.Money(int(h.Cents)), p.holdText(h.Reason))
	}
	return fmt.Sprintf(p.say("\nzurückgehalten, weil sich seit der Entscheidung etwas geändert hat: %s\n",
		"\nheld back because something has changed since the decision: %s\n"), p.texts.Number(len(held))) + t.String()
}

// holdText says why a payout run left a booklet out.
func (p *program) holdText(why domain.HoldReason) string {
	switch why {
	case domain.HeldDeceased:
		return p.say("verstorben", "deceased")
	case domain.HeldNoMain:
		return p.say("Hauptmitglied nicht im Bestand", "main member not stored")
	case domain.HeldProgramme:
		return p.say("Programmdatei geändert", "programme file changed")
	}
	return p.refusalText(bonus.Code(why))
}

// refusalText says in words why a programme refuses a booklet as a whole.
func (p *program) refusalText(c bonus.Code) string {
	switch c {
	case bonus.NoTrack:
		return p.say("kein Teil des Programms passt", "no part of the programme fits")
	case bonus.Late:
		return p.say("zu spät eingegangen", "received too late")
	case bonus.MembershipTerminated:
		return p.say("Mitgliedschaft gekündigt", "membership terminated")
	case bonus.NoActiveMembership:
		return p.say("keine aktive Mitgliedschaft", "no active membership")
	case bonus.InsuredTooShort:
		return p.say("zu kurz versichert", "insured too short")
	case bonus.NotInsuredWhole:
		return p.say("nicht den ganzen Zeitraum versichert", "not insured the whole period")
	}
	return string(c)
}

func (p *program) bonusPaidCommand() *cobra.Command {
	var run uint64
	c := &cobra.Command{
		Use:   "paid",
		Short: p.say("melden, dass ein Auszahlungslauf ausgezahlt ist", "report that a payout run has been paid"),
		Long: p.say(
			"Setzt die Hefte des Laufs auf ausgezahlt, sobald das Geld gutgeschrieben ist. Braucht\neine Leitung und eine zweite Person.",
			"Sets the booklets of the run to paid, once the money is credited. Needs a supervisor\nand a second person."),
		Example: "  schalter bonus paid --run 1 --as l.leitung --second k.beispiel",
		Args:    p.between(0, 0),
		RunE:    func(c *cobra.Command, _ []string) error { return p.markPaid(c.Context(), run) },
	}
	c.Flags().Uint64Var(&run, "run", 0, p.say("Nummer des Laufs", "number of the run"))
	nameValue(c.Flags(), "run", "NUMBER")
	return c
}

func (p *program) markPaid(ctx context.Context, id uint64) error {
	if id == 0 {
		return p.wrongUsage(p.say("Welcher Lauf?", "Which run?"), p.say("--run NUMMER nennt ihn.", "--run NUMBER names it."))
	}
	show := p.newProgress(0)
	var run domain.PayoutRun
	err := p.withBoth(ctx, func(o *opened, a domain.Actor, second desk.Credentials) (err error) {
		show.start()
		run, err = o.desk.MarkPaid(ctx, a, second, domain.PayoutID(id), show.of)
		return err
	})
	show.clear()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, p.say("Lauf %d ist ausgezahlt: %s Hefte, %s\n", "Run %d is paid: %s booklets, %s\n"),
		run.ID, p.texts.Number(int(run.Booklets)), p.texts.Money(int(run.Cents)))
	return p.outputError(err)
}
