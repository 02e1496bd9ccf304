package family_test

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/kvnr"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// insured makes somebody who is insured with the main member.
func insured(main kvnr.KVNR, given string, as domain.Relation) func(*domain.Member) {
	return func(m *domain.Member) {
		m.Name.Given = given
		m.Insurance = domain.Insurance{As: domain.AsFamily, Main: main, Relation: as, From: 20180101}
		if as == domain.Child {
			m.BirthDate = 20180510
		}
	}
}

// household is Anna Müller with a husband and two children.
func household(t *testing.T) (c *pagetest.Counter, anna, spouse, child domain.Member) {
	t.Helper()
	c = open(t)
	anna = c.Member()
	spouse = c.Member(insured(anna.KVNR, "Bernd", domain.Spouse))
	child = c.Member(insured(anna.KVNR, "Clara", domain.Child))
	c.Member(insured(anna.KVNR, "Dora", domain.Child))
	return c, anna, spouse, child
}

func family(t *testing.T, c *pagetest.Counter, m domain.Member, l words.Language, width, height int) *uitest.UI {
	t.Helper()
	ui := c.Run(l, width, height)
	c.Find(ui, m)
	ui.Press("f")
	return ui
}

func TestGolden(t *testing.T) {
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, name := range []string{"main", "spouse", "child"} {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], name), func(t *testing.T) {
					c, anna, spouse, child := household(t)
					of := map[string]domain.Member{"main": anna, "spouse": spouse, "child": child}[name]
					ui := family(t, c, of, l, size[0], size[1])
					c.CheckKeys(page.Family)
					c.CheckSizes(page.Family)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestSpousesAreNeverShown, neither way.
func TestSpousesAreNeverShown(t *testing.T) {
	c, anna, spouse, _ := household(t)
	ui := family(t, c, anna, words.German, 80, 24)
	pagetest.Shows(t, ui, "Müller, Clara", "Müller, Dora", "Ehe- und Lebenspartner stehen hier nie")
	pagetest.Hides(t, ui, "Bernd")
	ui.Press("esc", "esc")
	c.Find(ui, spouse)
	ui.Press("f")
	pagetest.Shows(t, ui, "Niemand ist hier mitversichert.")
	pagetest.Hides(t, ui, "Anna", "Clara")
}

// TestOpen begins the next visit; the one before is over and its evidence gone.
func TestOpen(t *testing.T) {
	c, anna, _, _ := household(t)
	ui := family(t, c, anna, words.German, 80, 24)
	before := c.Visit()
	ui.Press("2", "enter")
	pagetest.Shows(t, ui, "Müller, Dora", "Ausgewiesen: NEIN")
	if _, err := c.Desk.View(t.Context(), c.Seat.Actor, before); err == nil {
		t.Error("the visit before goes on")
	}
}

// TestTheChildsList holds the main member only.
func TestTheChildsList(t *testing.T) {
	c, _, _, child := household(t)
	ui := family(t, c, child, words.German, 80, 24)
	pagetest.Shows(t, ui, "Müller, Anna", "Hauptversicherte/r")
	pagetest.Hides(t, ui, "Dora", "Bernd")
}
