package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/plain"
)

func (p *program) memberShowCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show KVNR|-",
		Short: p.say("eine/n Versicherte/n verdeckt zeigen", "show a member, masked"),
		Long: p.say(
			"Zeigt, was vor dem Ausweisen zu sehen ist: Name, Tag der Geburt ohne Jahr, drei\n"+
				"Ziffern der KVNR, Karte, Aktivierungscode, letzte Vorgänge. Wird protokolliert.\n"+
				"- liest die KVNR aus einer Zeile der Standardeingabe: so steht sie nicht im\n"+
				"Verlauf der Shell.",
			"Shows what is seen before identification: name, day of birth without the year,\n"+
				"three digits of the KVNR, card, activation code, recent cases. It is journalled.\n"+
				"- reads the KVNR from a line of standard input: so it is not in the history of the\n"+
				"shell."),
		Args: p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := p.spoken(c.Context(), args)
			if err != nil {
				return err
			}
			number, err := kvnr.Parse(text)
			if err != nil {
				return p.refused(p.say("Das ist keine KVNR.", "This is no KVNR."),
					p.say("Ein Buchstabe und neun Ziffern; `schalter check kvnr` sagt, was nicht passt.",
						"A letter and nine digits; `schalter check kvnr` says what does not fit."))
			}
			return p.withActor(c.Context(), func(o *opened, a domain.Actor) error {
				view, err := p.look(c.Context(), o, a, number)
				if err != nil {
					return err
				}
				return p.printView(view, asJSON)
			})
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// look opens a record, reads what it shows and closes it.
func (p *program) look(ctx context.Context, o *opened, a domain.Actor, number kvnr.KVNR) (view desk.View, err error) {
	list, err := o.desk.Find(ctx, a, string(number))
	if err != nil {
		return view, err
	}
	if len(list.Found) == 0 {
		return view, domain.Fail(domain.NotFound, domain.ReasonMemberNotFound)
	}
	visit, err := o.desk.Open(ctx, a, desk.Opening{Member: list.Found[0].Member})
	if err != nil {
		return view, err
	}
	// A context of its own: the visit ends also when the command is told to.
	defer func() { err = errors.Join(err, o.desk.EndVisit(context.WithoutCancel(ctx), a, visit)) }()
	return o.desk.View(ctx, a, visit)
}

// shownMember is a record as --json prints it.
type shownMember struct {
	foundMember
	Since string      `json:"insured_from"`
	Code  *shownCode  `json:"activation_code"` // null if there never was one
	Cases []shownCase `json:"cases"`
}

type shownCode struct {
	Case       string `json:"case"`
	State      string `json:"state"` // live redeemed expired revoked superseded burned
	ExpiresAt  string `json:"expires_at"`
	HandedOver string `json:"handed_over_at"` // "" if it was not
}

type shownCase struct {
	At     string `json:"at"`
	Act    string `json:"act"`
	Case   string `json:"case"`
	Branch string `json:"branch"`
	Reason string `json:"reason"`
}

func (p *program) printView(v desk.View, asJSON bool) error {
	if asJSON {
		return p.printJSON(viewObject(v))
	}
	m, t := v.Masked, p.texts
	var b strings.Builder
	line := func(de, en, value string) { fmt.Fprintf(&b, "%-18s %s\n", p.say(de, en), plain.Clean(value)) }
	line("Name", "name", m.Name.Listed())
	line("geboren", "born", t.BirthDay(m.BirthDay))
	line("KVNR", "KVNR", t.MaskedKVNR(m.Last3))
	line("versichert", "insured", t.InsuredAs(m.InsuredAs)+p.say(" seit ", " since ")+t.Date(m.Since))
	line("Stand", "state", p.standing(m, v.Lookalike))
	line("Aktivierungscode", "activation code", p.codeText(v.Code))
	for _, c := range v.Cases {
		line("Vorgang", "case", strings.Join([]string{
			t.Moment(p.local(c.At)), t.Act(c.Act), c.Case.Grouped(), c.Branch,
		}, "  "))
	}
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}

func (p *program) codeText(c desk.CodeView) string {
	switch {
	case c.State == 0:
		return p.texts.Common.None
	case c.State == domain.CodeLive:
		return fmt.Sprintf(p.say("%s bis %s", "%s until %s"), p.texts.CodeState(c.State), p.texts.Moment(p.local(c.ExpiresAt)))
	}
	return p.texts.CodeState(c.State)
}

func (p *program) local(t time.Time) time.Time { return t.In(p.now().Location()) }

func viewObject(v desk.View) shownMember {
	out := shownMember{foundMember: maskedObject(v.Masked, v.Lookalike), Cases: []shownCase{}}
	if !v.Masked.Since.IsZero() {
		out.Since = v.Masked.Since.String()
	}
	if v.Code.State != 0 {
		out.Code = &shownCode{
			Case: string(v.Code.Case), State: codeStateWord(v.Code.State),
			ExpiresAt: rfc3339(v.Code.ExpiresAt), HandedOver: rfc3339(v.Code.HandedOverAt),
		}
	}
	for _, c := range v.Cases {
		out.Cases = append(out.Cases, shownCase{
			At: rfc3339(c.At), Act: string(c.Act), Case: string(c.Case), Branch: plain.Clean(c.Branch), Reason: string(c.Reason),
		})
	}
	return out
}

func codeStateWord(s domain.CodeState) string {
	return map[domain.CodeState]string{
		domain.CodeLive: "live", domain.CodeRedeemed: "redeemed", domain.CodeExpired: "expired",
		domain.CodeRevoked: "revoked", domain.CodeSuperseded: "superseded", domain.CodeBurned: "burned",
	}[s]
}
