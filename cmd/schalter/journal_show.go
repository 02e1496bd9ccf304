package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// showFlags are the conditions as they were typed.
type showFlags struct {
	from, to, staff, act, operation, outcome, number, member, branch, seat string

	seq     string
	limit   int
	reverse bool
	json    bool
}

func (p *program) journalShowCommand() *cobra.Command {
	var f showFlags
	c := &cobra.Command{
		Use:   "show",
		Short: p.say("Einträge lesen", "read entries"),
		Long: p.say(
			"Zeigt, was geschah: der Revision alles, einer Teamleitung das aus der eigenen\n"+
				"Geschäftsstelle. Versicherte stehen als Pseudonym da. Dass gelesen wurde, und\n"+
				"wonach gefragt war, steht danach selbst im Protokoll. Zeiten: 2026-03-01, oder mit\n"+
				"Uhrzeit 2026-03-01T14:30; --to zählt nicht mehr dazu.",
			"Shows what happened: to auditors everything, to a supervisor what happened in the own\n"+
				"branch. Members appear as pseudonyms. That it was read, and what was asked for, stands\n"+
				"in the journal itself afterwards. Times: 2026-03-01, or with the hour\n"+
				"2026-03-01T14:30; --to is not included."),
		Example: "  schalter journal show --from 2026-03-01 --act code_handed_over --as r.muster\n" +
			"  schalter journal show --reverse --limit 20 --json --as r.muster",
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return p.showJournal(c.Context(), f) },
	}
	set := c.Flags()
	set.SortFlags = false
	text := func(to *string, name, value, de, en string) { textFlag(set, to, name, value, p.say(de, en)) }
	text(&f.from, "from", "TIME", "ab diesem Tag oder Zeitpunkt", "from this day or time on")
	text(&f.to, "to", "TIME", "bis vor diesen Tag oder Zeitpunkt", "up to this day or time")
	text(&f.staff, "staff", "LOGIN", "wer handelte oder zweite Person war", "who acted or was the second person")
	text(&f.act, "act", "ACT", "was geschah, wie --json es nennt", "what happened, as --json names it")
	text(&f.operation, "operation", "OPERATION", "wozu es gehört, wie `schalter policy --json` es nennt", "what it was part of, as `schalter policy --json` names it")
	text(&f.outcome, "outcome", "OUTCOME", "done, refused oder tried", "done, refused or tried")
	text(&f.number, "case", "CASE", "Nummer des Vorgangs", "number of the case")
	text(&f.member, "member", "KVNR", "Versicherte; - liest die Nummer von der Standardeingabe", "member; - reads the number from standard input")
	text(&f.branch, "branch", "NAME", "Geschäftsstelle", "branch")
	text(&f.seat, "seat", "NAME", "Platz", "seat")
	text(&f.seq, "seq", "N", "nur der Eintrag mit dieser Nummer", "only the entry with this number")
	set.IntVar(&f.limit, "limit", 0, p.say("höchstens so viele", "at most so many"))
	nameValue(set, "limit", "N")
	set.BoolVar(&f.reverse, "reverse", false, p.say("die neuesten zuerst", "newest first"))
	p.jsonFlag(c, &f.json)
	return c
}

func (p *program) showJournal(ctx context.Context, f showFlags) error {
	q, err := p.journalQuery(ctx, f)
	if err != nil {
		return err
	}
	return p.withActor(ctx, func(o *opened, a domain.Actor) error {
		lines, err := o.desk.ReadJournal(ctx, a, q)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(p.stdout)
		write := p.lineWriter(out)
		if f.json {
			e := json.NewEncoder(out)
			e.SetEscapeHTML(false)
			write = func(line desk.JournalLine) error { return e.Encode(shownOf(line)) }
		}
		none := true
		for line, err := range lines {
			none = false
			if err == nil {
				err = p.outputError(write(line))
			}
			if err != nil {
				return err
			}
		}
		if none && !f.json {
			_, _ = out.WriteString(p.say("Kein Eintrag passt.\n", "No entry matches.\n")) // Flush says it
		}
		return p.outputError(out.Flush())
	})
}

// journalQuery reads the conditions.
func (p *program) journalQuery(ctx context.Context, f showFlags) (q desk.JournalQuery, err error) {
	q = desk.JournalQuery{
		Staff: f.staff, Act: domain.Act(f.act), Operation: rights.Operation(f.operation),
		Branch: f.branch, Seat: f.seat, Limit: f.limit, Newest: f.reverse,
	}
	bad := func(name, de, en string) (desk.JournalQuery, error) {
		return q, p.wrongUsage(fmt.Sprintf(p.say("--%s ist so nicht zu lesen.", "--%s cannot be read like this."), name), p.say(de, en))
	}
	var ok bool
	if q.From, ok = p.moment(f.from); !ok {
		return bad("from", "Zum Beispiel 2026-03-01 oder 2026-03-01T14:30", "For example 2026-03-01 or 2026-03-01T14:30")
	}
	if q.To, ok = p.moment(f.to); !ok {
		return bad("to", "Zum Beispiel 2026-03-01 oder 2026-03-01T14:30", "For example 2026-03-01 or 2026-03-01T14:30")
	}
	if f.act != "" && !slices.Contains(domain.AllActs(), q.Act) {
		return bad("act", "Zum Beispiel opened, code_handed_over, refused, login_failed", "For example opened, code_handed_over, refused, login_failed")
	}
	if f.operation != "" && !slices.ContainsFunc(rights.Table(), func(r rights.Row) bool { return r.Operation == q.Operation }) {
		return bad("operation", "`schalter policy --json` nennt sie.", "`schalter policy --json` names them.")
	}
	if q.Outcome, ok = parseOutcome(f.outcome); !ok {
		return bad("outcome", "done, refused oder tried", "done, refused or tried")
	}
	if f.limit < 0 {
		return bad("limit", "Eine Zahl ab 1", "A number from 1 on")
	}
	if f.number != "" {
		if q.Case, err = code.ParseCase(f.number); err != nil {
			return bad("case", "Sechs Zeichen und ein Prüfzeichen", "Six symbols and a check symbol")
		}
	}
	if f.seq != "" {
		seq, err := strconv.ParseInt(f.seq, 10, 64)
		if err != nil || seq < 0 {
			return bad("seq", "Eine Zahl ab 0", "A number from 0 on")
		}
		q.Seq = &seq
	}
	if f.member != "" {
		text, err := p.spoken(ctx, []string{f.member})
		if err != nil {
			return q, err
		}
		if q.Member, err = kvnr.Parse(text); err != nil {
			return bad("member", "Ein Buchstabe und neun Ziffern", "A letter and nine digits")
		}
	}
	return q, nil
}

// moment reads a day or a time, in the zone of the clock; empty is none.
func (p *program) moment(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, true
	}
	for _, form := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if at, err := time.ParseInLocation(form, text, p.now().Location()); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// outcomeWords are what --outcome takes and --json prints.
func outcomeWords() map[domain.Outcome]string {
	return map[domain.Outcome]string{domain.Done: "done", domain.RefusedOutcome: "refused", domain.Tried: "tried"}
}

func parseOutcome(text string) (domain.Outcome, bool) {
	if text == "" {
		return 0, true
	}
	for o, word := range outcomeWords() {
		if word == text {
			return o, true
		}
	}
	return 0, false
}

// shown is one entry as --json prints it. What an entry does not have is "" or 0.
type shown struct {
	Seq       int64  `json:"seq"`
	At        string `json:"at"`
	Staff     string `json:"staff"`
	Second    string `json:"second"`
	Role      string `json:"role"`
	Channel   string `json:"channel"`
	Branch    string `json:"branch"`
	Seat      string `json:"seat"`
	Operation string `json:"operation"`
	Act       string `json:"act"`
	Outcome   string `json:"outcome"`
	Reason    string `json:"reason"`
	Member    string `json:"member"` // pseudonym, hex
	Case      string `json:"case"`
	Assurance string `json:"assurance"`
	Count     uint64 `json:"count"`
	Object    string `json:"object"`
	Erased    bool   `json:"erased"`
}

func shownOf(l desk.JournalLine) shown {
	if l.Erased {
		return shown{Seq: l.Seq, Erased: true}
	}
	out := shown{
		Seq: l.Seq, At: l.At.Format(time.RFC3339Nano), Staff: l.Login, Second: l.SecondLogin,
		Role: l.Role.String(), Channel: l.Channel.String(), Branch: plain.Clean(l.Branch), Seat: plain.Clean(l.Seat),
		Operation: string(l.Operation), Act: string(l.Act), Outcome: outcomeWords()[l.Outcome], Reason: string(l.Reason),
		Case: string(l.Case), Assurance: l.Assurance.String(), Count: l.Count, Object: plain.Clean(l.Object),
	}
	if l.Pseudonym != (domain.Pseudonym{}) {
		out.Member = hex.EncodeToString(l.Pseudonym[:])
	}
	return out
}

// The columns of the table. They are fixed, because the list is not read to its
// end before its first line is printed.
const (
	widthSeq   = 8
	widthTime  = 20
	widthStaff = 14
	widthAct   = 30
	widthCase  = 8
)

// lineWriter prints entries as lines of a table, below a head.
func (p *program) lineWriter(out *bufio.Writer) func(desk.JournalLine) error {
	headed := false
	row := func(seq, at, staff, act, number, rest string) error {
		line := cell(seq, widthSeq) + cell(at, widthTime) + cell(staff, widthStaff) + cell(act, widthAct) + cell(number, widthCase) + plain.Clean(rest)
		_, err := out.WriteString(strings.TrimRight(line, " ") + "\n")
		return err
	}
	return func(l desk.JournalLine) error {
		if !headed {
			headed = true
			if err := row(p.say("Nr.", "No."), p.say("Zeit", "time"), p.say("wer", "who"), p.say("was", "what"), p.say("Vorgang", "case"), p.say("dazu", "more")); err != nil {
				return err
			}
		}
		seq := strconv.FormatInt(l.Seq, 10)
		if l.Erased {
			return row(seq, "", "", p.say("(Inhalt gelöscht)", "(content erased)"), "", "")
		}
		at := l.At.In(p.now().Location())
		return row(seq, p.texts.Day(at)+" "+p.texts.Clock(at), l.Login, p.texts.Act(l.Act), string(l.Case), p.moreOf(l))
	}
}

// cell is text in a column, with a gap behind it.
func cell(text string, width int) string {
	text = ansi.Truncate(plain.Clean(text), width, "…")
	return text + strings.Repeat(" ", width-ansi.StringWidth(text)) + columnGap
}

// moreOf is everything else that an entry says.
func (p *program) moreOf(l desk.JournalLine) string {
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if l.Reason != "" {
		what, _ := p.texts.Error(domain.Fail(domain.Refused, l.Reason))
		add(what)
	}
	if l.SecondLogin != "" {
		add(p.say("zweite Person ", "second person ") + l.SecondLogin)
	}
	place := l.Branch
	if l.Seat != "" {
		place += " " + l.Seat
	}
	add(strings.TrimSpace(place))
	if l.Pseudonym != (domain.Pseudonym{}) {
		add(p.say("Pseudonym ", "pseudonym ") + hex.EncodeToString(l.Pseudonym[:4]))
	}
	if l.Count > 0 {
		add(p.texts.Number(int(l.Count)))
	}
	add(l.Object)
	return strings.Join(parts, " · ")
}
