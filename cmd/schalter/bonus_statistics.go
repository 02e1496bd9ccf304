package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
)

func (p *program) bonusStatisticsCommand() *cobra.Command {
	var (
		year   int
		asJSON bool
	)
	c := &cobra.Command{
		Use:   "statistics",
		Short: p.say("Zahlen eines Bonusjahrs", "figures of a bonus year"),
		Long: p.say(
			"Zählt Hefte nach Stand, Ablehnungen nach Grund und Beträge nach Gruppe. Nie nach\nPersonal. Braucht eine Leitung.",
			"Counts booklets by state, refusals by reason and amounts by group. Never by staff.\nNeeds a supervisor."),
		Example: "  schalter bonus statistics --year 2026 --as l.leitung",
		Args:    p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := p.needYear(c, year); err != nil {
				return err
			}
			return p.withActor(c.Context(), func(o *opened, a domain.Actor) error {
				n, err := o.desk.BonusFigures(c.Context(), a, year)
				switch {
				case err != nil:
					return err
				case asJSON:
					return p.printJSON(figuresOf(n))
				}
				_, err = io.WriteString(p.stdout, p.figures(n))
				return p.outputError(err)
			})
		},
	}
	p.yearFlag(c, &year)
	p.jsonFlag(c, &asJSON)
	return c
}

// figures of a bonus year as --json prints them.
type figures struct {
	Year         int              `json:"year"`
	Booklets     map[string]int   `json:"booklets"`
	Refused      map[string]int   `json:"refused"`
	DecidedCents map[string]int64 `json:"decided_cents"`
	LostCents    int64            `json:"lost_cents"`
	PaidCents    int64            `json:"paid_cents"`
	Supplements  int              `json:"supplements"`
	Corrections  int              `json:"corrections"`
	LateAccepted int              `json:"late_accepted"`
	Releases     int              `json:"releases"`
}

func figuresOf(n desk.BonusFigures) figures {
	f := figures{
		Year: n.Year, Booklets: map[string]int{}, Refused: map[string]int{}, DecidedCents: map[string]int64{},
		LostCents: int64(n.Lost), PaidCents: int64(n.Paid), Supplements: n.Supplements, Corrections: n.Corrections,
		LateAccepted: n.LateAccepted, Releases: n.Releases,
	}
	for _, s := range domain.AllBookletStates() {
		f.Booklets[bookletStateName(s)] = n.States[s]
	}
	for code, count := range n.Refused {
		f.Refused[string(code)] = count
	}
	for group, cents := range n.Decided {
		f.DecidedCents[group] = int64(cents)
	}
	return f
}

// bookletStateName is the state of a booklet for machines.
func bookletStateName(s domain.BookletState) string {
	return map[domain.BookletState]string{
		domain.BookletParked: "parked", domain.BookletQueried: "queried", domain.BookletEntered: "entered",
		domain.BookletDecided: "decided", domain.BookletExported: "exported", domain.BookletPaid: "paid",
	}[s]
}

// bookletStateText is the same in words.
func (p *program) bookletStateText(s domain.BookletState) string {
	switch s {
	case domain.BookletParked:
		return p.say("geparkt", "parked")
	case domain.BookletQueried:
		return p.say("mit Rückfrage", "queried")
	case domain.BookletEntered:
		return p.say("erfasst, nicht entschieden", "entered, not decided")
	case domain.BookletDecided:
		return p.say("entschieden", "decided")
	case domain.BookletExported:
		return p.say("zur Auszahlung gegeben", "given to the payout")
	case domain.BookletPaid:
		return p.say("ausgezahlt", "paid")
	}
	return ""
}

func (p *program) figures(n desk.BonusFigures) string {
	var b strings.Builder
	t := &table{}
	t.add(fmt.Sprintf(p.say("Hefte %d", "booklets %d"), n.Year), p.say("Anzahl", "number"))
	for _, s := range domain.AllBookletStates() {
		t.add(p.bookletStateText(s), p.texts.Number(n.States[s]))
	}
	t.add(p.say("davon mit Nachträgen", "supplements"), p.texts.Number(n.Supplements))
	t.add(p.say("Berichtigungen", "corrections"), p.texts.Number(n.Corrections))
	t.add(p.say("verspätet angenommen", "accepted late"), p.texts.Number(n.LateAccepted))
	t.add(p.say("Befreiungen", "releases"), p.texts.Number(n.Releases))
	for _, code := range slices.Sorted(maps.Keys(n.Refused)) {
		t.add(p.say("abgelehnt: ", "refused: ")+p.refusalText(code), p.texts.Number(n.Refused[code]))
	}
	b.WriteString(t.String() + "\n")
	sums := &table{}
	sums.add(p.say("entschieden nach Gruppe", "decided by group"), p.say("Betrag", "amount"))
	var total bonus.Cents
	for _, group := range slices.Sorted(maps.Keys(n.Decided)) {
		total += n.Decided[group]
		sums.add(group, p.texts.Money(int(n.Decided[group])))
	}
	sums.add(p.say("zusammen", "together"), p.texts.Money(int(total)))
	sums.add(p.say("durch Ablehnung entgangen", "lost by refusals"), p.texts.Money(int(n.Lost)))
	sums.add(p.say("zur Auszahlung gegeben", "given to payouts"), p.texts.Money(int(n.Paid)))
	b.WriteString(sums.String())
	return b.String()
}
