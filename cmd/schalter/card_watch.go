package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain/egk/reader"
	"schalter/domain/plain"
)

func (p *program) cardWatchCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "watch",
		Short: p.say("mitlesen, was an den Kartenlesern geschieht", "follow what happens at the card readers"),
		Long: p.say(
			"Schreibt eine Zeile für jedes Stecken, Lesen und Ziehen, verdeckt, bis Strg+C.",
			"Writes a line for each card put in, read and pulled, masked, until Ctrl+C."),
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			err := p.watchReaders(c.Context(), func(e reader.Event) (bool, error) {
				return false, p.printEvent(e, asJSON)
			})
			if errors.Is(err, context.Canceled) {
				return nil // ctrl+c is how it ends
			}
			return err
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// shownEvent is an event as --json prints it.
type shownEvent struct {
	At     string     `json:"at"`
	State  string     `json:"state"`
	Reader string     `json:"reader"` // "" for a state of the seat
	Fault  string     `json:"fault"`  // why a card is unreadable
	Card   *shownCard `json:"card"`   // null unless one was read
}

func (p *program) printEvent(e reader.Event, asJSON bool) error {
	now := p.now()
	if asJSON {
		out := shownEvent{At: rfc3339(now), State: e.State.String(), Reader: plain.Clean(e.Name)}
		if e.Fault != 0 {
			out.Fault = e.Fault.Error()
		}
		if e.State == reader.Read {
			out.Card = maskedCard(e.Card)
		}
		return p.printJSON(out)
	}
	what, _ := p.texts.ReaderState(e)
	line := []string{p.texts.Time(now), what}
	if e.State == reader.Read {
		line = append(line, e.Card.Listed(), p.texts.MaskedKVNR(e.Card.KVNR.Last3()))
	}
	if e.Name != "" {
		line = append(line, "("+e.Name+")")
	}
	_, err := io.WriteString(p.stdout, fmt.Sprintln(plain.Clean(strings.Join(line, "  "))))
	return p.outputError(err)
}
