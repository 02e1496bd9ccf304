package main

import (
	"io"

	"github.com/spf13/cobra"

	"schalter/cmd/internal/pcsc"
	"schalter/domain/egk/reader"
	"schalter/domain/plain"
)

func (p *program) cardListCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: p.say("die Kartenleser dieses Rechners", "the card readers of this computer"),
		Long: p.say(
			"Nennt jeden Leser und ob eine Karte steckt. Gelesen wird nichts.",
			"Names each reader and whether a card is in it. Nothing is read."),
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			service, err := p.cards(c.Context())
			if err != nil {
				return p.readerRefused(reader.Event{State: reader.NoService})
			}
			defer service.Close()
			readers, err := service.Readers(c.Context())
			switch {
			case err != nil:
				return p.readerRefused(reader.Event{State: reader.NoService})
			case len(readers) == 0:
				return p.readerRefused(reader.Event{State: reader.NoReader})
			}
			return p.printReaders(readers, asJSON)
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// shownReader is a reader as --json prints it.
type shownReader struct {
	Reader string `json:"reader"`
	Card   bool   `json:"card"`
	Mute   bool   `json:"mute"` // the card does not answer
}

func (p *program) printReaders(readers []pcsc.Reader, asJSON bool) error {
	t := &table{}
	t.add(p.say("Leser", "reader"), p.say("Karte", "card"))
	for _, r := range readers {
		shown := shownReader{plain.Clean(r.Name), r.Card, r.Mute}
		if !asJSON {
			t.add(shown.Reader, p.texts.ReaderWord(stateOf(r)))
		} else if err := p.printJSON(shown); err != nil {
			return err
		}
	}
	if asJSON {
		return nil
	}
	_, err := io.WriteString(p.stdout, t.String())
	return p.outputError(err)
}

func stateOf(r pcsc.Reader) reader.State {
	switch {
	case r.Mute:
		return reader.Mute
	case r.Card:
		return reader.Read
	}
	return reader.Empty
}
