package booklet_test

import (
	"testing"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/words"
)

// TestLetter prints what the booklet is due: the query while it waits, then the
// decision. A printer that fails says so.
func TestLetter(t *testing.T) {
	c := open(t)
	printer := &pagetest.Printer{}
	c.Seat.Printer = printer
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	keypad(ui, "1405 e")
	ui.Press("w") // nothing stored yet: no letter
	ui.Press("r", "tab", "enter")
	pagetest.Shows(t, ui, "Suche")
	toBooklet(c, ui, m)
	ui.Press("f9")
	pagetest.Shows(t, ui, "Brief gedruckt: Schalter-2.")
	if n := len(printer.Letters); n != 1 || len(printer.Letters[0].Query) == 0 {
		t.Fatalf("%d letters", n)
	}
	ui.Press("home", "down")
	keypad(ui, "0206 e 2002 e")
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 30,00 €")
	toBooklet(c, ui, m)
	pagetest.Shows(t, ui, "Entschieden", "Brief drucken")
	c.CheckKeys(page.Booklet)
	c.CheckSizes(page.Booklet)
	printer.Break(domain.Fail(domain.Unavailable, domain.ReasonPrinter))
	ui.Press("w")
	pagetest.Shows(t, ui, "Der Drucker hat nicht gedruckt.")
	printer.Break(nil)
	ui.Press("w")
	pagetest.Shows(t, ui, "Brief gedruckt: Schalter-2.")
	if n := len(printer.Letters); n != 2 || printer.Letters[1].Decision == nil {
		t.Errorf("%d letters", n)
	}
}
