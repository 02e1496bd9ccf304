package waiting_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// two has two booklets: one to be decided, one parked.
func two(t *testing.T) (*pagetest.Counter, domain.Member) {
	t.Helper()
	c := open(t, func(s *domain.Settings) { s.BookletAlone = 10_00 })
	anna := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	bert := c.Member(func(m *domain.Member) { m.Name.Given = "Bert" })
	stamps := []domain.Stamp{stamp("checkup", 20260514), stamp("krebs", 20260602), stamp("zahn", 20260220)}
	form := desk.BookletForm{Received: 20270226, Stamps: stamps, Counted: 3}
	ctx, d, a := context.Background(), c.Desk, c.Seat.Actor
	for _, err := range []error{
		d.EnterBooklet(ctx, a, request(t, d), desk.BookletRef{Member: anna.ID, Year: 2026}, form),
		d.ParkBooklet(ctx, a, request(t, d), desk.BookletRef{Member: bert.ID, Year: 2026}, form),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return c, anna
}

func stamp(measure string, day date.Date) domain.Stamp {
	return domain.Stamp{Measure: measure, Date: day, Evidence: []string{"stamp"}}
}

func request(t *testing.T, d *desk.Desk) domain.RequestID {
	t.Helper()
	id, err := d.NewRequest()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestGolden(t *testing.T) {
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			t.Run(fmt.Sprintf("%v/%dx%d", l, size[0], size[1]), func(t *testing.T) {
				c, _ := two(t)
				ui := c.Run(l, size[0], size[1])
				ui.Press("f10")
				c.CheckKeys(page.Waiting)
				c.CheckSizes(page.Waiting)
				golden.RequireEqual(t, pagetest.Still(ui.Screen()))
			})
		}
	}
}

// TestOtherPersonDecides: who entered a booklet is told that somebody else decides
// it; that one finds it here and decides it, and then it waits no more.
func TestOtherPersonDecides(t *testing.T) {
	c, anna := two(t)
	ui := c.Run(words.German, 80, 24)
	ui.Press("f10")
	pagetest.Shows(t, ui, "Müller, Anna", "entscheidet jemand anderes", "Müller, Bert", "Geparkt")
	ui.Press("esc")

	c.Supervise()
	c.Seat.Actor = c.Colleague
	ui = c.Run(words.German, 80, 24)
	ui.Press("f10")
	pagetest.Shows(t, ui, "zu entscheiden")
	ui.Press("1")
	pagetest.Shows(t, ui, "Bonusheft 2026", "Erfasst, noch nicht entschieden")
	ui.Press("esc")
	pagetest.Shows(t, ui, "Wartende Hefte", "zu entscheiden")
	ui.Press("enter", "d")
	pagetest.Shows(t, ui, "Heft gebucht: 30,00 €")
	ui.Press("f10")
	pagetest.Hides(t, ui, "Müller, Anna")
	list, _, err := c.Store.Booklets(t.Context(), anna.ID)
	if err != nil || list.List[0].State != domain.BookletDecided {
		t.Errorf("state %v, %v", list.List[0].State, err)
	}
}

func TestNothingWaits(t *testing.T) {
	ui := open(t).Run(words.German, 80, 24)
	ui.Press("f10")
	pagetest.Shows(t, ui, "Kein Heft wartet.")
}
