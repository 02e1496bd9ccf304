package represent_test

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// begin opens the child Clara Müller, whose card ends in 000002, with her insured
// mother, born on 14 March 1962.
func begin(t *testing.T, l words.Language, width, height int) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t)
	anna := c.Member()
	child := c.Member(func(m *domain.Member) {
		m.Name.Given, m.BirthDate = "Clara", 20180510
		m.Insurance = domain.Insurance{As: domain.AsFamily, Main: anna.KVNR, Relation: domain.Child, From: 20180510}
	})
	ui := c.Run(l, width, height)
	c.Find(ui, child)
	ui.Press("v")
	return c, ui, child
}

func TestGolden(t *testing.T) {
	views := []struct {
		name string
		of   page.Kind
		walk func(ui *uitest.UI)
	}{
		{"who", page.Represent, func(*uitest.UI) {}},
		{"proof", page.Represent, func(ui *uitest.UI) { ui.Press("3") }},
		{"parent", page.Identify, func(ui *uitest.UI) { ui.Press("1") }},
		{"guardian", page.Identify, func(ui *uitest.UI) { ui.Press("3", "4") }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c, ui, _ := begin(t, l, size[0], size[1])
					v.walk(ui)
					c.CheckKeys(v.of)
					c.CheckSizes(v.of)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestLinkedParent: their own birth date, the child's card, then a code.
func TestLinkedParent(t *testing.T) {
	c, ui, child := begin(t, words.German, 80, 24)
	ui.Press("1")
	pagetest.Shows(t, ui, "Es handelt: versicherter Elternteil", "verglichen mit dessen Daten")
	ui.Type("1" + "140362" + "0829" + "j" + "000002")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgewiesen: JA", "Es handelt: versicherter Elternteil")
	ui.Press("a", "enter")
	if got := c.Codes(child); len(got) != 1 {
		t.Errorf("codes %v\n%s", got, ui.Screen())
	}
}

// TestTheChildsBirthDateIsNotTheParents.
func TestTheChildsBirthDateIsNotTheParents(t *testing.T) {
	_, ui, _ := begin(t, words.German, 80, 24)
	ui.Press("1")
	ui.Type("1" + "100518")
	pagetest.Shows(t, ui, "stimmt nicht (1 von 3)")
}

// TestGuardian: kind and proof, and no code without a second person.
func TestGuardian(t *testing.T) {
	c, ui, child := begin(t, words.German, 80, 24)
	ui.Press("3")
	pagetest.Shows(t, ui, "Womit ist das belegt?", "Bestallung", "Eine Vollmacht genügt nie")
	ui.Press("4")
	ui.Type("1" + "010180" + "0829" + "j" + "000002")
	ui.Press("enter", "a", "enter")
	if got := c.Codes(child); len(got) != 0 {
		t.Errorf("a guardian got a code alone: %v", got)
	}
}

// TestAdultsActThemselves: only a carer can act for them.
func TestAdultsActThemselves(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	ui.Press("v")
	pagetest.Shows(t, ui, "rechtliche Betreuung")
	pagetest.Hides(t, ui, "Elternteil ohne Verknüpfung ", "versicherter Elternteil")
}

// TestTakenBack: the person acts in person after all.
func TestTakenBack(t *testing.T) {
	c, ui, _ := begin(t, words.German, 80, 24)
	ui.Press("1", "esc", "v", "5")
	pagetest.Shows(t, ui, "Kind unter 15")
	view, err := c.Desk.View(t.Context(), c.Seat.Actor, c.Visit())
	if err != nil || view.Representative != 0 {
		t.Errorf("%v acts, %v", view.Representative, err)
	}
}
