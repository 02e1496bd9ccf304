package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/plain"
)

func (p *program) memberFindCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "find TEXT…|-",
		Short: p.say("Versicherte suchen", "find members"),
		Long: p.say(
			"Der Text ist derselbe wie im Suchfeld des Schalters: Namensteile in jeder\n"+
				"Reihenfolge, Geburtsdatum, beides zusammen, KVNR, Postleitzahl, Kartenziffern.\n"+
				"Angezeigt wird verdeckt. Suchen nach Postleitzahl und Kartenziffern werden\n"+
				"protokolliert und sind begrenzt. - liest den Text aus einer Zeile der\n"+
				"Standardeingabe: so steht er nicht im Verlauf der Shell.",
			"The text is the same as in the counter's search field: name parts in any order,\n"+
				"birth date, both together, KVNR, postcode, card digits. What is shown is masked.\n"+
				"Searches by postcode and card digits are journalled and limited. - reads the text\n"+
				"from a line of standard input: so it is not in the history of the shell."),
		Example: "  schalter member find mue anna --as a.schmidt\n  schalter member find 'müller 14.3.62' --as a.schmidt",
		Args:    p.between(1, -1),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := p.spoken(c.Context(), args)
			if err != nil {
				return err
			}
			return p.withActor(c.Context(), func(o *opened, a domain.Actor) error {
				list, err := p.find(c.Context(), o, a, text)
				if err != nil {
					return err
				}
				return p.printFound(list, asJSON)
			})
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// spoken is the text of the arguments, or for - a line of standard input, so that
// personal data need not stand on the command line.
func (p *program) spoken(ctx context.Context, args []string) (string, error) {
	if len(args) != 1 || args[0] != "-" {
		return strings.Join(args, " "), nil
	}
	line, err := waitFor(ctx, func() (string, error) { return readLine(p.stdin) })
	if errors.Is(err, io.EOF) {
		return "", p.wrongUsage(p.say("Auf der Standardeingabe steht nichts.", "There is nothing on standard input."), "")
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", p.unreadable("-")
	}
	return line, nil
}

// find searches once the names are in memory: a command has no second look.
func (p *program) find(ctx context.Context, o *opened, a domain.Actor, text string) (desk.List, error) {
	if err := o.store.Loaded(ctx); err != nil {
		return desk.List{}, err
	}
	list, err := o.desk.Find(ctx, a, plain.Clean(text))
	switch {
	case err != nil:
		return list, err
	case list.TooShort:
		return list, p.refused(p.say("Der Name ist zu kurz.", "The name is too short."),
			p.say("Mindestens drei Buchstaben.", "At least three letters."))
	case list.Query.Mistyped:
		return list, p.refused(p.say("Die Prüfziffer dieser KVNR passt nicht.", "The check digit of this KVNR does not fit."),
			p.say("Die Nummer noch einmal vergleichen.", "Compare the number again."))
	case list.Query.Empty():
		return list, p.refused(p.say("Danach lässt sich nicht suchen.", "This cannot be searched for."),
			p.say("`schalter member find --help` zeigt, was geht.", "`schalter member find --help` shows what can be."))
	}
	return list, nil
}

// foundMember is one line of the list as --json prints it.
type foundMember struct {
	Name      string `json:"name"`
	BirthDay  string `json:"birth_day"` // MM-DD, "" when unknown
	KVNRLast3 string `json:"kvnr_last3"`
	InsuredAs string `json:"insured_as"`
	Deceased  bool   `json:"deceased"`
	Ended     bool   `json:"ended"`
	Under15   bool   `json:"under_15"`
	Card      string `json:"card"` // current expired blocked ordered none
	CardUntil string `json:"card_until"`
	Lookalike bool   `json:"lookalike"`
}

type foundList struct {
	Members []foundMember `json:"members"`
	Total   int           `json:"total"`
	More    bool          `json:"more"`        // there are more than total
	Sound   bool          `json:"sound_alike"` // nothing matched exactly
}

func (p *program) printFound(list desk.List, asJSON bool) error {
	if asJSON {
		out := foundList{Members: []foundMember{}, Total: list.Total, More: list.More, Sound: list.Sound}
		for _, f := range list.Found {
			out.Members = append(out.Members, maskedObject(f.Masked, f.Lookalike))
		}
		return p.printJSON(out)
	}
	var b strings.Builder
	if len(list.Found) > 0 {
		t := &table{}
		t.add("Name", p.say("geboren", "born"), "KVNR", p.say("versichert", "insured"), p.say("dazu", "more"))
		for _, f := range list.Found {
			t.add(f.Masked.Name.Listed(), p.texts.BirthDay(f.Masked.BirthDay), p.texts.MaskedKVNR(f.Masked.Last3),
				p.texts.InsuredAs(f.Masked.InsuredAs), p.standing(f.Masked, f.Lookalike))
		}
		b.WriteString(t.String())
	}
	b.WriteString(p.countText(list) + "\n")
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}

func (p *program) countText(list desk.List) string {
	switch {
	case list.Total == 0:
		return p.say("Niemand gefunden.", "Nobody found.")
	case list.Sound:
		return p.say("Nichts passt genau; so klingt ähnlich.", "Nothing matches exactly; these sound alike.")
	case list.More:
		return fmt.Sprintf(p.say("Mehr als %s gefunden.", "More than %s found."), p.texts.Number(list.Total))
	case list.Total > len(list.Found):
		return fmt.Sprintf(p.say("%s gefunden, die ersten %d.", "%s found, the first %d."), p.texts.Number(list.Total), len(list.Found))
	}
	return fmt.Sprintf(p.say("%s gefunden.", "%s found."), p.texts.Number(list.Total))
}

// standing is what to know of a member before opening the record.
func (p *program) standing(m desk.Masked, lookalike bool) string {
	var parts []string
	switch {
	case m.Deceased:
		parts = append(parts, p.say("verstorben", "deceased"))
	case m.Ended:
		parts = append(parts, p.say("Versicherung beendet", "insurance ended"))
	case m.Under15:
		parts = append(parts, p.say("unter 15", "under 15"))
	}
	parts = append(parts, p.texts.Card(m.Card))
	if lookalike {
		parts = append(parts, p.say("Namensgleich mit anderen", "same name as others"))
	}
	return strings.Join(parts, ", ")
}

func maskedObject(m desk.Masked, lookalike bool) foundMember {
	out := foundMember{
		Name: plain.Clean(m.Name.Listed()), KVNRLast3: m.Last3, InsuredAs: insuredWord(m.InsuredAs),
		Deceased: m.Deceased, Ended: m.Ended, Under15: m.Under15, Card: cardWord(m.Card), Lookalike: lookalike,
	}
	if m.BirthDay > 0 {
		out.BirthDay = fmt.Sprintf("%02d-%02d", m.BirthDay/100, m.BirthDay%100)
	}
	if !m.CardUntil.IsZero() {
		out.CardUntil = m.CardUntil.String()
	}
	return out
}

// insuredWord is the word of the import file.
func insuredWord(a domain.InsuredAs) string {
	return map[domain.InsuredAs]string{
		domain.AsMember: "member", domain.AsFamily: "family", domain.AsPensioner: "pensioner",
	}[a]
}

func cardWord(c desk.CardState) string {
	return map[desk.CardState]string{
		desk.CardCurrent: "current", desk.CardIsExpired: "expired", desk.CardIsBlocked: "blocked",
		desk.CardIsOrdered: "ordered", desk.CardNone: "none",
	}[c]
}
