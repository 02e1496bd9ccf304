package booklet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// stageOne is the three examinations of an adult of 64, with Enter after each.
func stageOne(ui *uitest.UI) {
	for _, day := range []string{"1405", "0206", "2002"} {
		ui.Type(day)
		ui.Press("enter")
	}
}

// toBooklet opens the booklet of a member.
func toBooklet(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
	c.Find(ui, m)
	ui.Press("b")
}

func TestGolden(t *testing.T) {
	views := []struct {
		name string
		walk func(ui *uitest.UI)
	}{
		{"empty", func(*uitest.UI) {}},
		{"stage_one", stageOne},
		{"invoice", func(ui *uitest.UI) {
			stageOne(ui)
			ui.Type("0303")
			ui.Press("enter")
			ui.Type("25")
			ui.Press("enter")
			ui.Type("4711")
		}},
		{"refusing", func(ui *uitest.UI) { ui.Press("/") }},
		{"refused", func(ui *uitest.UI) { ui.Press("/", "3") }},
		{"no_such_day", func(ui *uitest.UI) { ui.Type("3102"); ui.Press("enter") }},
		{"count", func(ui *uitest.UI) { stageOne(ui); ui.Press("f8") }},
		{"query", func(ui *uitest.UI) { ui.Type("1405"); ui.Press("enter", "r") }},
		{"received", func(ui *uitest.UI) { ui.Press("e"); ui.Type("2802") }},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					c := open(t)
					m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
					ui := c.Run(l, size[0], size[1])
					toBooklet(c, ui, m)
					v.walk(ui)
					c.CheckKeys(page.Booklet)
					c.CheckSizes(page.Booklet)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// nine is a complete booklet with nine stamps: stage I and six of stage II, with
// Enter for every box that stays empty.
const nine = "1405 e 0206 e 2002 e e e e e 0101 e 0202 e e 1009 e 0505 e 0606 e 0707 e e"

// keypad types digits and, for e, Enter; it counts the keys.
func keypad(ui *uitest.UI, keys string) (pressed int) {
	for _, word := range strings.Fields(keys) {
		if word == "e" {
			ui.Press("enter")
			pressed++
			continue
		}
		ui.Type(word)
		pressed += len(word)
	}
	return pressed
}

// TestKeys counts what a hand on the keypad does for a booklet, from the
// person's page on.
func TestKeys(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	pressed := 1 + keypad(ui, nine+" 9")
	ui.Press("f8")
	pressed++
	if pressed > 55 {
		t.Errorf("%d keys for nine stamps, at most 55", pressed)
	}
	t.Logf("%d keys for nine stamps", pressed)
	pagetest.Shows(t, ui, "Suche", "Heft gebucht: 100,00 € werden gutgeschrieben.")
	pagetest.Hides(t, ui, "Müller, Anna ›")
	b := stored(t, c, m)
	if b.State != domain.BookletDecided || b.Latest().Decision.Total != 100_00 || len(b.Latest().Stamps) != 9 {
		t.Errorf("booklet %+v", b)
	}
}

// TestKeysOfAnInvoice counts what an invoice takes: day, euros, number.
func TestKeysOfAnInvoice(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	stageOne(ui)
	if pressed := keypad(ui, "0303 e 40 e 47110 e"); pressed > 14 {
		t.Errorf("%d keys, at most 14", pressed)
	}
	pagetest.Shows(t, ui, "40,00 €", "Summe 70,00 €", "▶ 5")
}

// TestNumberIsText: letters in the number of an invoice are no commands.
func TestNumberIsText(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	stageOne(ui)
	keypad(ui, "0303 e 40 e")
	ui.Type("bre-17p")
	pagetest.Shows(t, ui, "[bre-17p", "erweiterter Check-up")
	c.CheckKeys(page.Booklet)
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 70,00 €")
	b := stored(t, c, m)
	if got := b.Latest().Stamps[3].Invoice; got != "bre-17p" {
		t.Errorf("number %q", got)
	}
}

// TestSignedIsWhatIsStored: once a booklet is booked nothing of it can be typed
// any more, whatever comes between.
func TestSignedIsWhatIsStored(t *testing.T) {
	c := open(t, func(s *domain.Settings) { s.BookletAlone = 20_00 })
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	c.Supervise()
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	stageOne(ui)
	keypad(ui, "e e e e 0101 e")
	ui.Press("f8")
	ui.Type("4")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Zweite Person", "70,00 €")
	ui.Press("f3", "enter")
	ui.Press("home", "delete")
	pagetest.Shows(t, ui, "Erfasst, noch nicht entschieden")
	ui.Press("d")
	pagetest.Shows(t, ui, "Zweite Person", "70,00 €")
	ui.Type("tmuster")
	ui.Press("tab")
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Heft gebucht: 70,00 €")
}

// TestSupplementAsksForItsDay: papers that come later have a day of their own.
func TestSupplementAsksForItsDay(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	ui.Press("e")
	ui.Type("150227")
	ui.Press("enter")
	stageOne(ui)
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	toBooklet(c, ui, m)
	pagetest.Shows(t, ui, "Stufe I Vorsorge", "30,00 €")
	ui.Press("n")
	pagetest.Shows(t, ui, "Bonusheft 2026 · Nachreichung", "Eingang [__.__.__]")
	ui.Press("esc")
	pagetest.Shows(t, ui, "Eingang 01.03.2027")
	keypad(ui, "e e e e 0101 e")
	ui.Press("f8")
	ui.Type("4")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 70,00 €")
	if b := stored(t, c, m); len(b.Versions) != 2 || b.Latest().Received != 20270301 {
		t.Errorf("received %v", b.Latest().Received)
	}
}

// TestStackIsOnesOwn: who signs in next begins none.
func TestStackIsOnesOwn(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	ui.Press("s")
	pagetest.Shows(t, ui, "Stapel: Heft 1")
	ui.Press("esc", "esc")
	c.Seat.Actor = c.Colleague
	c.Find(ui, m)
	pagetest.Hides(t, ui, "Stapel")
}

func stored(t *testing.T, c *pagetest.Counter, m domain.Member) domain.Booklet {
	t.Helper()
	list, _, err := c.Store.Booklets(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.List) == 0 {
		return domain.Booklet{}
	}
	return list.List[0]
}

// TestCountGates: nothing is booked before the stamps counted on paper agree.
func TestCountGates(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	stageOne(ui)
	ui.Press("f8")
	pagetest.Shows(t, ui, "Vor dem Buchen: Stempel im Heft zählen")
	ui.Type("4")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Im Heft gezählt: 4, erfasst: 3. Nicht gebucht.")
	if b := stored(t, c, m); b.State != 0 {
		t.Fatalf("booked all the same: %+v", b)
	}
	ui.Press("backspace")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 30,00 €")
}

// TestStack enters a stack: the day of receipt once, and the search leads to the
// next booklet at once.
func TestStack(t *testing.T) {
	c := open(t)
	anna, bert := c.Member(), c.Member(func(m *domain.Member) { m.Name.Given = "Bert" })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, anna)
	ui.Press("e")
	ui.Type("260227")
	ui.Press("enter", "s")
	pagetest.Shows(t, ui, "Stapel begonnen, Eingang 26.02.2027", "Stapel: Heft 1")
	ui.Press("*")
	pagetest.Shows(t, ui, "Darüber steht noch kein Datum.")
	keypad(ui, "1405 e")
	ui.Press("p")
	pagetest.Shows(t, ui, "Heft geparkt.")
	c.Find(ui, bert)
	pagetest.Shows(t, ui, "Müller, Bert › Bonusheft 2026", "Eingang 26.02.2027", "Stapel: Heft 2")
	ui.Press("s")
	pagetest.Shows(t, ui, "Stapel beendet: 1 Hefte.")
	if b := stored(t, c, anna); b.State != domain.BookletParked || b.Latest().Received != 20270226 {
		t.Errorf("parked %+v", b)
	}
}

// TestParkedGoesOn: what was typed before is there again.
func TestParkedGoesOn(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	keypad(ui, "1405 e 0206 e")
	ui.Press("p")
	toBooklet(c, ui, m)
	pagetest.Shows(t, ui, "14.05.", "02.06.", "erfasst: 2")
	keypad(ui, "2002 e")
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 30,00 €")
}

// TestLate: a booklet that comes too late says what it would have been worth.
func TestLate(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	ui.Press("j")
	pagetest.Shows(t, ui, "Bonusheft 2025")
	stageOne(ui)
	pagetest.Shows(t, ui, "Das Heft kam zu spät. Es wären 30,00 € gewesen.")
	c.CheckSizes(page.Booklet)
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht und abgelehnt: Das Heft kam zu spät.")
	toBooklet(c, ui, m)
	ui.Press("j")
	pagetest.Shows(t, ui, "Entschieden", "Es wären 30,00 € gewesen.")
}

// TestChild: the money goes to the main member, and the page says so.
func TestChild(t *testing.T) {
	c := open(t)
	main := c.Member()
	child := c.Member(func(m *domain.Member) {
		m.Name.Given, m.BirthDate = "Cora", 20180510
		m.Insurance = domain.Insurance{As: domain.AsFamily, Main: main.KVNR, Relation: domain.Child, From: 20180510}
	})
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, child)
	pagetest.Shows(t, ui, "Gutgeschrieben wird dem Mitglied: Müller, Anna", "Zahnuntersuchung", "vollständiger Impfschutz")
	pagetest.Hides(t, ui, "Fitnessstudio")
	c.CheckSizes(page.Booklet)
}

// TestCorrection keeps the first version and books the second.
func TestCorrection(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	keypad(ui, "1405 e 0206 e e e e e e 0101 e")
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 0,00 €")
	toBooklet(c, ui, m)
	pagetest.Shows(t, ui, "Entschieden", "Fassungen: 1")
	c.CheckKeys(page.Booklet)
	c.CheckSizes(page.Booklet)
	ui.Press("k", "home", "down", "down")
	keypad(ui, "2002 e")
	ui.Press("f8")
	ui.Type("4")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 70,00 €")
	if b := stored(t, c, m); len(b.Versions) != 2 || b.Versions[0].Decision.Total != 0 {
		t.Errorf("versions %+v", b.Versions)
	}
}

// TestOtherDecider: above the sum the second person signs at the seat, or the
// booklet waits for them.
func TestOtherDecider(t *testing.T) {
	for _, sign := range []bool{true, false} {
		c := open(t, func(s *domain.Settings) { s.BookletAlone = 20_00 })
		m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
		c.Supervise()
		ui := c.Run(words.German, 80, 24)
		toBooklet(c, ui, m)
		stageOne(ui)
		ui.Press("f8")
		ui.Type("3")
		ui.Press("f8")
		pagetest.Shows(t, ui, "Zweite Person", "Dieses Heft entscheidet eine andere Person", "Bonusheft 2026 von Müller, Anna", "30,00 €")
		c.CheckKeys(page.Booklet)
		c.CheckSizes(page.Booklet)
		want := domain.BookletDecided
		if sign {
			ui.Type("tmuster")
			ui.Press("tab")
			ui.Type("wrong passphrase")
			ui.Press("enter")
			pagetest.Shows(t, ui, "Zweite Person")
			ui.Type(pagetest.Passphrase)
			ui.Press("enter")
			pagetest.Shows(t, ui, "Heft gebucht: 30,00 €")
		} else {
			ui.Press("esc")
			pagetest.Shows(t, ui, "Es entscheidet eine andere Person.")
			want = domain.BookletEntered
		}
		if b := stored(t, c, m); b.State != want {
			t.Errorf("signed %v: state %v", sign, b.State)
		}
	}
}

// TestDiscardAsks before what was typed is lost.
func TestDiscardAsks(t *testing.T) {
	c := open(t)
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	ui.Press("esc")
	pagetest.Shows(t, ui, "Ausgewiesen")
	ui.Press("b")
	keypad(ui, "1405 e")
	ui.Press("esc")
	pagetest.Shows(t, ui, "Heft verwerfen?")
	ui.Press("enter")
	pagetest.Shows(t, ui, "14.05.")
	ui.Press("esc", "tab", "enter")
	pagetest.Shows(t, ui, "Ausgewiesen")
	if b := stored(t, c, m); b.State != 0 {
		t.Errorf("stored %+v", b)
	}
}

// TestAcceptLate: two people, with a reason, let a late booklet count.
func TestAcceptLate(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	c.Supervise()
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	ui.Press("l")
	pagetest.Shows(t, ui, "Das Heft ist nicht zu spät gekommen.")
	ui.Press("j")
	stageOne(ui)
	ui.Press("l")
	pagetest.Shows(t, ui, "Zweite Person", "gilt als rechtzeitig", "Grund")
	c.CheckKeys(page.Booklet)
	c.CheckSizes(page.Booklet)
	ui.Type("Krankenhaus, Attest liegt vor")
	ui.Press("tab")
	ui.Type("tmuster")
	ui.Press("tab")
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Von zwei Personen angenommen.", "erfasst: 3")
	pagetest.Hides(t, ui, "zu spät")
	ui.Press("f8")
	ui.Type("3")
	ui.Press("f8")
	pagetest.Shows(t, ui, "Heft gebucht: 30,00 €")
	if b := stored(t, c, m); b.Latest().Late == nil || b.Latest().Late.Reason != "Krankenhaus, Attest liegt vor" {
		t.Errorf("acceptance %+v", b.Latest().Late)
	}
}

// TestRelease frees the person from the measure of the row.
func TestRelease(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	c.Supervise()
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	keypad(ui, "1405 e e 2002 e")
	ui.Press("up", "up", "f")
	pagetest.Shows(t, ui, "Erlassen wird: Krebsfrüherkennung")
	ui.Press("esc")
	ui.Press("f")
	ui.Type("Schwangerschaft")
	ui.Press("tab")
	ui.Type("tmuster")
	ui.Press("tab")
	ui.Type(pagetest.Passphrase)
	ui.Press("enter")
	pagetest.Shows(t, ui, "–                           erlassen", "Summe 30,00 €")
}

// TestKnownExam: an examination of an earlier year releases from this one's.
func TestKnownExam(t *testing.T) {
	c := open(t)
	m := c.Member(func(m *domain.Member) { m.Sex = 'w' })
	ui := c.Run(words.German, 80, 24)
	toBooklet(c, ui, m)
	keypad(ui, "e 0206 e 2002 e")
	pagetest.Shows(t, ui, "Summe 0,00 €")
	ui.Press("home", "u")
	pagetest.Shows(t, ui, "Früher gemacht: Ärztliche")
	c.CheckKeys(page.Booklet)
	c.CheckSizes(page.Booklet)
	ui.Type("100525")
	ui.Press("enter")
	pagetest.Shows(t, ui, "Die frühere Untersuchung ist vermerkt.", "Abstand", "Summe 30,00 €", "erfasst: 2")
}
