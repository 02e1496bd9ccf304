package handout_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/seat"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// acts are what the journal says about the member, newest first.
func acts(t *testing.T, c *pagetest.Counter, m domain.Member) []domain.Act {
	t.Helper()
	lines, err := c.Store.Cases(t.Context(), m.ID, 20)
	if err != nil {
		t.Fatal(err)
	}
	var out []domain.Act
	for _, l := range lines {
		out = append(out, l.Act)
	}
	return out
}

func count(list []domain.Act, what domain.Act) int {
	n := 0
	for _, a := range list {
		if a == what {
			n++
		}
	}
	return n
}

// TestSlip prints by itself, and again by a key; what it says is what is shown.
func TestSlip(t *testing.T) {
	c := open(t)
	printer := &pagetest.Printer{}
	c.Seat.Printer = printer
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Beleg: gedruckt 14:02 auf Schalter-2")
	slips := printer.Slips()
	if len(slips) != 1 {
		t.Fatalf("%d slips", len(slips))
	}
	s := slips[0]
	if s.Code != code(ui) || !strings.HasSuffix(s.Link, strings.ReplaceAll(s.Code, "-", "")) {
		t.Error("the slip has another code than the screen")
	}
	if s.Initials != "A. M." || s.Last3 != anna.KVNR.Last3() || s.Insurer != "Muster BKK" || s.Branch != "Musterstadt" ||
		s.BranchPhone != "0931 1234" || s.Mark == "" || s.Case == "" || s.English || s.Practice {
		t.Errorf("the slip says %q, %q, %q, %q, %q", s.Initials, s.Last3, s.Insurer, s.Branch, s.BranchPhone)
	}
	if want := s.MadeAt.Add(72 * time.Hour); !s.ValidUntil.Equal(want) {
		t.Errorf("valid until %v, want %v", s.ValidUntil, want)
	}
	ui.Press("d")
	if got := len(printer.Slips()); got != 2 {
		t.Errorf("%d slips after printing again", got)
	}
	if got := count(acts(t, c, anna), domain.ActSlipPrinted); got != 2 {
		t.Errorf("the journal has %d printed slips", got)
	}
}

func TestSlipInEnglish(t *testing.T) {
	c := open(t)
	printer := &pagetest.Printer{}
	c.Seat.Printer = printer
	anna := c.Member()
	ui := c.Run(words.English, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter")
	if slips := printer.Slips(); len(slips) != 1 || !slips[0].English {
		t.Errorf("%d slips, not one in English", len(slips))
	}
}

// TestPrinterFails: the code stays, the page says so, the journal too.
func TestPrinterFails(t *testing.T) {
	c := open(t)
	printer := &pagetest.Printer{}
	printer.Break(domain.Fail(domain.Unavailable, domain.ReasonPrinter))
	c.Seat.Printer = printer
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter")
	shown := code(ui)
	pagetest.Shows(t, ui, "Beleg NICHT gedruckt (d: noch einmal)", "Der Drucker hat nicht gedruckt.")
	if shown == "" {
		t.Fatal("the code is gone")
	}
	if got := count(acts(t, c, anna), domain.ActSlipFailed); got != 1 {
		t.Errorf("the journal has %d failures", got)
	}
	printer.Break(nil)
	ui.Press("d")
	pagetest.Shows(t, ui, "Beleg: gedruckt 14:02 auf Schalter-2", shown)
}

// slowPrinter takes ten seconds, then fails.
type slowPrinter struct {
	seat.Printer // prints nothing else
	clock        *uitest.Clock
}

func (p slowPrinter) Print(context.Context, seat.Slip) error {
	p.clock.Sleep(10 * time.Second)
	return domain.Fail(domain.Unavailable, domain.ReasonPrinter)
}

func (slowPrinter) Name() string { return "Schalter-2" }

// TestEndingWaitsForThePrinter: a slip that fails late is told and journalled,
// whatever was pressed meanwhile.
func TestEndingWaitsForThePrinter(t *testing.T) {
	rows := []struct {
		why  string
		keys []string
	}{
		{"handing over", []string{"enter"}},
		{"giving up", []string{"esc", "tab", "enter"}},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c := open(t)
			c.Seat.Printer = slowPrinter{clock: c.Clock}
			anna := c.Member()
			ui := c.Run(words.German, 80, 24)
			toPurpose(c, ui, anna)
			ui.Press("enter")
			ui.Advance(2 * time.Second)
			ui.Press(row.keys[0])
			pagetest.Shows(t, ui, "Geht jetzt nicht: Beleg: wird gedruckt …", code(ui))
			ui.Advance(10 * time.Second)
			pagetest.Shows(t, ui, "Beleg NICHT gedruckt", "Der Drucker hat nicht gedruckt.")
			ui.Press(row.keys...)
			pagetest.Shows(t, ui, "Suche")
			if got := count(acts(t, c, anna), domain.ActSlipFailed); got != 1 {
				t.Errorf("the journal has %d failures", got)
			}
		})
	}
}

// TestLateSlipOfAReplacedCode: its failure is told and stands under its own case.
func TestLateSlipOfAReplacedCode(t *testing.T) {
	c := open(t)
	c.Seat.Printer = slowPrinter{clock: c.Clock}
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter", "n", "tab", "enter")
	ui.Advance(10 * time.Second)
	pagetest.Shows(t, ui, "Der Drucker hat nicht gedruckt.")
	ui.Advance(11 * time.Second)
	lines, err := c.Store.Cases(t.Context(), anna.ID, 20)
	if err != nil {
		t.Fatal(err)
	}
	failed := map[string]int{}
	for _, l := range lines {
		if l.Act == domain.ActSlipFailed {
			failed[l.Case.Grouped()]++
		}
	}
	if len(failed) != 2 {
		t.Errorf("slips failed under %d cases, want 2", len(failed))
	}
}

func TestWithoutAPrinter(t *testing.T) {
	_, ui, _ := show(t)
	pagetest.Shows(t, ui, "Beleg: kein Drucker")
	ui.Press("d")
	pagetest.Shows(t, ui, "Geht jetzt nicht: Beleg: kein Drucker")
}

// TestSlipOfAReplacement: the new code has a slip of its own.
func TestSlipOfAReplacement(t *testing.T) {
	c := open(t)
	printer := &pagetest.Printer{}
	c.Seat.Printer = printer
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter", "n", "tab", "enter")
	slips := printer.Slips()
	if len(slips) != 2 || slips[1].Code != code(ui) {
		t.Errorf("%d slips, the last is not of the code shown", len(slips))
	}
}
