package booklet

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// printed says how the printing of a letter ended.
type printed struct{ err error }

// letterKey prints the letter that the booklet is due: a query or the decision.
func (p *Page) letterKey() keys.Binding {
	return keys.Binding{ID: "letter", Keys: []string{"w", "f9"}, Text: p.env.Texts.Keys.PrintLetter, Off: p.whyNoLetter(), Do: p.printLetter}
}

// hasLetter reports whether there is something to write to the member.
func (p *Page) hasLetter() bool {
	b := &p.sheet.Booklet
	return b.State == domain.BookletQueried || b.State != 0 && b.Latest().Decision != nil
}

func (p *Page) whyNoLetter() string {
	if p.seat.Printer == nil {
		return p.env.Texts.Booklet.NoPrinter
	}
	return ""
}

func (p *Page) printLetter() tea.Cmd {
	if p.act.Busy() {
		return nil
	}
	d, actor, ref, printer := p.seat.Desk, p.seat.Actor, p.ref, p.seat.Printer
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		letter, err := d.WriteLetter(ctx, actor, ref)
		if err == nil {
			err = printer.PrintLetter(ctx, letter)
		}
		return printed{err}
	})
}

func (p *Page) wasPrinted(msg printed) tea.Cmd {
	if msg.err != nil {
		return p.failed(msg.err)
	}
	return page.Say(p.env.Texts.Booklet.LetterPrinted(parts.Text(p.seat.Printer.Name())))
}
