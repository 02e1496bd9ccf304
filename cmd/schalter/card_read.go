package main

import (
	"io"

	"github.com/spf13/cobra"

	"schalter/domain/egk"
	"schalter/domain/egk/reader"
)

func (p *program) cardReadCommand() *cobra.Command {
	var (
		asJSON, wait bool
		from         string
	)
	c := &cobra.Command{
		Use:   "read",
		Short: p.say("eine Gesundheitskarte lesen, verdeckt", "read a health card, masked"),
		Long: p.say(
			"Liest die Karte im Leser und zeigt, was ohne PIN auf ihr steht: Name, Tag der\n"+
				"Geburt ohne Jahr, drei Ziffern der KVNR, Kasse. Lesen beweist nicht, dass die\n"+
				"Karte echt ist. Ohne Karte, oder wenn sie nicht zu lesen ist, endet der Befehl mit 1.",
			"Reads the card in the reader and shows what it says without a PIN: name, day of birth\n"+
				"without the year, three digits of the KVNR, insurer. Reading does not prove the card\n"+
				"genuine. Without a card, or if it cannot be read, the command ends with 1."),
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.watchReaders(c.Context(), func(e reader.Event) (bool, error) {
				switch {
				case from != "" && e.Name != "" && e.Name != from:
					return false, nil
				case e.State == reader.Read:
					return true, p.printCard(e.Card, asJSON)
				case e.State == reader.Reading, e.State == reader.Removed:
					return false, nil
				case wait && (e.State == reader.Empty || e.State == reader.Pulled):
					return false, nil
				}
				return true, p.readerRefused(e)
			})
		},
	}
	p.jsonFlag(c, &asJSON)
	c.Flags().BoolVar(&wait, "wait", false, p.say("warten, bis eine Karte steckt", "wait until a card is put in"))
	textFlag(c.Flags(), &from, "reader", "NAME", p.say("nur dieser Leser", "only this reader"))
	return c
}

func (p *program) printCard(card egk.Card, asJSON bool) error {
	if asJSON {
		return p.printJSON(maskedCard(card))
	}
	_, err := io.WriteString(p.stdout, p.cardText(card))
	return p.outputError(err)
}
