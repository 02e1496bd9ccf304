package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"schalter/cmd/internal/pcsc"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/domain/plain"
)

func (p *program) cardCommand() *cobra.Command {
	return p.group("card", p.say("Kartenleser und Gesundheitskarten", "card readers and health cards"),
		p.cardListCommand(), p.cardReadCommand(), p.cardWatchCommand())
}

// watchReaders gives events to see until it says stop or the context ends. An
// error of see is returned.
func (p *program) watchReaders(ctx context.Context, see func(reader.Event) (stop bool, err error)) error {
	w := &pcsc.Watcher{Open: p.cards}
	defer w.Close()
	for {
		e, err := w.Next(ctx)
		if err != nil {
			return err
		}
		if stop, err := see(e); stop || err != nil {
			return err
		}
	}
}

// readerRefused is the failure of a state in which nothing can be read.
func (p *program) readerRefused(e reader.Event) error {
	what, hint := p.texts.ReaderState(e)
	return p.refused(what, hint)
}

// shownCard is a card as --json prints it: masked, as everything about members on
// the command line. Absent names what this card does not have.
type shownCard struct {
	Name        string   `json:"name"`
	BirthDay    string   `json:"birth_day"` // MM-DD, "" when unknown
	KVNRLast3   string   `json:"kvnr_last3"`
	InsurerIK   string   `json:"insurer_ik"`
	Insurer     string   `json:"insurer"`
	InsuredAs   int      `json:"insured_as"` // 1 3 5 as on the card, 0 if it does not say
	WOP         string   `json:"wop"`
	Schema      string   `json:"schema"`
	Absent      []string `json:"absent"`
	Unreadable  []string `json:"unreadable"`
	Warnings    []string `json:"warnings"`
	Genuineness string   `json:"genuineness"` // always "not_checked"
}

func maskedCard(c egk.Card) *shownCard {
	out := &shownCard{
		Name: plain.Clean(c.Listed()), KVNRLast3: c.KVNR.Last3(),
		InsurerIK: string(c.Insurer.IK), Insurer: plain.Clean(c.Insurer.Name), InsuredAs: int(c.InsuredAs),
		WOP: string(c.WOP), Schema: c.Schema.String(), Genuineness: "not_checked",
		Absent: fieldNames(c.Absent()), Unreadable: fieldNames(c.Unreadable), Warnings: []string{},
	}
	if month, day := c.BirthDate.Month(), c.BirthDate.Day(); month > 0 && day > 0 {
		out.BirthDay = fmt.Sprintf("%02d-%02d", month, day)
	}
	for _, w := range c.Warnings {
		out.Warnings = append(out.Warnings, w.String())
	}
	return out
}

func fieldNames(fields []egk.Field) []string {
	out := []string{}
	for _, f := range fields {
		out = append(out, f.String())
	}
	return out
}

// cardText is a card in words, masked, with what reading does not prove.
func (p *program) cardText(c egk.Card) string {
	t := p.texts
	var b strings.Builder
	line := func(de, en, value string) {
		if value == "" {
			value = t.Reader.Absent
		}
		fmt.Fprintf(&b, "%-18s %s\n", p.say(de, en), plain.Clean(value))
	}
	hidden := func(there bool) string {
		if there {
			return t.Reader.Masked
		}
		return ""
	}
	line("Name", "name", c.Listed())
	line("geboren", "born", t.BirthDay(c.BirthDate.Month()*100+c.BirthDate.Day()))
	line("KVNR", "KVNR", t.MaskedKVNR(c.KVNR.Last3()))
	line("Kennnummer", "card number", hidden(c.ICCSN != ""))
	line("Anschrift", "address", hidden(c.Address != egk.Address{} || c.POBox != egk.POBox{}))
	line("Kasse", "insurer", strings.TrimSpace(c.Insurer.Name+" (IK "+string(c.Insurer.IK)+")"))
	line("versichert", "insured", t.CardInsuredAs(c.InsuredAs))
	line("Bezirk (WOP)", "district (WOP)", string(c.WOP))
	line("Datensatz", "data set", c.Schema.String())
	for _, w := range c.Warnings {
		line("Achtung", "caution", t.CardWarning(w))
	}
	b.WriteString(t.Reader.NotProven + "\n")
	return b.String()
}
