package cases_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// toCases opens the list of a member.
func toCases(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
	c.Find(ui, m)
	ui.Press("p")
}

func TestGolden(t *testing.T) {
	views := []struct {
		name   string
		before func(c *pagetest.Counter, ui *uitest.UI, m domain.Member)
	}{
		{"nothing", func(*pagetest.Counter, *uitest.UI, domain.Member) {}},
		{"eight", func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			c.IssueElsewhere(m)
			c.Find(ui, m)
			ui.Type("a1130362" + "140362" + "0829" + "jf")
			ui.Press("tab", "enter", "enter")
			c.Find(ui, m)
			ui.Press("s", "tab", "enter")
			ui.Advance(7 * time.Second)
			ui.Press("esc")
		}},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c := open(t)
					m := c.Member()
					ui := c.Run(l, size[0], size[1])
					v.before(c, ui, m)
					ui.Advance(7 * time.Second)
					toCases(c, ui, m)
					c.CheckKeys(page.Cases)
					c.CheckSizes(page.Cases)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestNoStaff: who did it is not in the list.
func TestNoStaff(t *testing.T) {
	c := open(t)
	m := c.Member()
	c.IssueElsewhere(m)
	ui := c.Run(words.German, 120, 40)
	toCases(c, ui, m)
	pagetest.Shows(t, ui, "Aktivierungscode erzeugt", "01.03.2027 14:02", "Musterstadt")
	pagetest.Hides(t, ui, "T. Muster", "tmuster", "kbeispiel")
	for _, key := range []string{"enter", "esc"} {
		ui.Press(key)
		pagetest.Shows(t, ui, "Aktivierungscode: offen")
		ui.Press("p")
		pagetest.Shows(t, ui, "Letzte Vorgänge")
	}
}

func TestLoading(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	c.SlowPage = time.Second
	ui.Press("p")
	pagetest.Shows(t, ui, "Vorgänge werden geladen")
	ui.Advance(2 * time.Second)
	pagetest.Shows(t, ui, "Noch nichts.")
}

func TestDeskDoesNotAnswer(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	c.Broken = domain.Fail(domain.Unavailable, domain.ReasonDamaged)
	ui.Press("p")
	pagetest.Shows(t, ui, "STOPP")
}

func TestVisitOver(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	c.Desk.Close(context.Background())
	ui.Press("p")
	pagetest.Shows(t, ui, "Die Vorsprache ist beendet.", "Suche")
	pagetest.Hides(t, ui, "Müller, Anna")
}
