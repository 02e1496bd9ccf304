package handout

import (
	"cmp"
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui/page"
	"schalter/tui/seat"
	"schalter/tui/words"
)

// slip is how the printing of the paper stands.
type slip struct {
	printedAt time.Time // zero until it was printed
	failed    bool
}

// printed is the printer's answer. err is the printer's, note that of the
// journal.
type printed struct {
	number    string
	err, note error
}

// whyNoPrint says why no slip can be printed now; "" when one can.
func (p *Page) whyNoPrint() string {
	switch {
	case p.seat.Printer == nil:
		return p.env.Texts.HandOut.SlipNone
	case p.print.Busy():
		return p.env.Texts.HandOut.SlipPrinting
	}
	return ""
}

// printSlip prints the code if a printer is set. The code stays on the screen
// whatever comes of it; the journal has both outcomes.
func (p *Page) printSlip() tea.Cmd {
	if p.seat.Printer == nil || p.secret == nil || p.print.Busy() {
		return nil
	}
	d, actor, visit, printer := p.seat.Desk, p.seat.Actor, p.visit, p.seat.Printer
	paper, number, of := p.paper(), p.made.number, p.made.of
	p.slip.failed = false
	return p.print.Run(p.env, func(ctx context.Context) tea.Msg {
		view, err := d.View(ctx, actor, visit)
		if err == nil {
			paper.Initials, paper.Last3 = initials(view.Masked.Name), view.Masked.Last3
			err = printer.Print(ctx, paper)
		}
		return printed{number: number, err: err, note: d.SlipPrinted(ctx, actor, visit, of, err == nil)}
	})
}

func (p *Page) wasPrinted(msg printed) tea.Cmd {
	if msg.number != p.made.number {
		// That was the code before this one: what went wrong is told all the same.
		return tea.Batch(p.failed(cmp.Or(msg.err, msg.note)), p.printSlip())
	}
	if msg.err != nil {
		p.slip.failed = true
		return p.failed(msg.err)
	}
	p.slip.printedAt = p.env.Now()
	return page.Fail(msg.note)
}

// paper is what the slip says, without whose it is.
func (p *Page) paper() seat.Slip {
	s := p.secret
	settings, actor := p.seat.Settings, p.seat.Actor
	return seat.Slip{
		Insurer: settings.Insurer, Branch: actor.Branch, BranchPhone: phoneOf(settings.Branches, actor.Branch),
		Code: s.code, Link: s.link, Case: p.made.number, Purpose: p.made.purpose,
		MadeAt: p.made.madeAt, ValidUntil: p.made.expiresAt, Mark: s.mark,
		English: p.env.Texts.Language == words.English, Practice: settings.Practice,
	}
}

func phoneOf(branches []domain.Branch, name string) string {
	for _, b := range branches {
		if b.Name == name {
			return b.Phone
		}
	}
	return ""
}

// initials of a name: A. M.
func initials(n domain.Name) string {
	var out []string
	for _, s := range []string{n.Given, n.Surname} {
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s)); r != utf8.RuneError {
			out = append(out, string(unicode.ToUpper(r))+".")
		}
	}
	return strings.Join(out, " ")
}
