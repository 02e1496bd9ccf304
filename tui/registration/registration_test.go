package registration_test

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

// begin opens the page of Anna Müller; at the counter she has shown her document.
func begin(t *testing.T, l words.Language, width, height int, support bool) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t)
	m := c.Member()
	if support {
		c.OnPhone()
	}
	ui := c.Run(l, width, height)
	c.Find(ui, m)
	if !support {
		ui.Type("i1140362" + "0829" + "j")
		ui.Press("enter")
	}
	ui.Press("r")
	return c, ui, m
}

func enter(ui *uitest.UI, m domain.Member, digits, postcode string) {
	ui.Type(string(m.KVNR) + digits + postcode)
	ui.Press("enter")
}

func TestGolden(t *testing.T) {
	views := []struct {
		name             string
		support          bool
		digits, postcode string
	}{
		{"right", false, "000001", "97070"},
		{"wrong", false, "000001", "97071"},
		{"support_wrong", true, "000001", "97071"},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c, ui, m := begin(t, l, size[0], size[1], v.support)
					enter(ui, m, v.digits, v.postcode)
					c.CheckKeys(page.Registration)
					c.CheckSizes(page.Registration)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// TestSupportHearsOneAnswer, the clerk with the document hears which.
func TestSupportHearsOneAnswer(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24, true)
	enter(ui, m, "000001", "97071")
	pagetest.Shows(t, ui, "(1 von 3)")
	pagetest.Hides(t, ui, "✓")
	_, ui, m = begin(t, words.German, 80, 24, false)
	enter(ui, m, "000001", "97071")
	pagetest.Shows(t, ui, "(1 von 3)", "✓ stimmt", "– stimmt nicht")
}

// TestNotWithoutTheDocument at the counter.
func TestNotWithoutTheDocument(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	ui.Press("r")
	pagetest.Shows(t, ui, "Geht jetzt nicht")
}

// TestThreeWrong leave the page.
func TestThreeWrong(t *testing.T) {
	_, ui, m := begin(t, words.German, 80, 24, false)
	enter(ui, m, "000009", "97070")
	ui.Press("enter", "enter")
	pagetest.Hides(t, ui, "Registrierung prüfen")
	pagetest.Shows(t, ui, "Müller, Anna")
}
