package counter_test

import (
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/rights"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

var home = domain.Address{Street: "Lindenweg", HouseNumber: "7", Postcode: "97070", City: "Musterstadt"}

// household is a mother, her husband and a child, and a deceased member.
func household(b *branch) {
	b.members(
		domain.Member{KVNR: "M310119802", Name: domain.Name{Given: "Maria", Surname: "Huber"}, BirthDate: 19850101, Address: home, Cards: card("80276001820000310001")},
		domain.Member{
			KVNR: "P310119809", Name: domain.Name{Given: "Peter", Surname: "Huber"}, BirthDate: 19840101,
			Insurance: domain.Insurance{As: domain.AsFamily, Main: "M310119802", Relation: domain.Spouse, From: 20150101},
		},
		domain.Member{
			KVNR: "K310119808", Name: domain.Name{Given: "Klara", Surname: "Huber"}, BirthDate: 20180510, Cards: card("80276001820000310003"),
			Insurance: domain.Insurance{As: domain.AsFamily, Main: "M310119802", Relation: domain.Child, From: 20180510},
		},
		domain.Member{KVNR: "V310119801", Name: domain.Name{Given: "Viktor", Surname: "Huber"}, BirthDate: 19400101, Address: home, Deceased: true, Cards: card("80276001820000310004")},
	)
}

// TestKeysOfServices walks the real screens through what happens beside the code,
// and counts the keys.
func TestKeysOfServices(t *testing.T) {
	find := func(ui *uitest.UI, number string) {
		ui.Type(number)
		ui.Press("enter")
	}
	facts := func(ui *uitest.UI, name, born string) {
		ui.Type(name)
		ui.Press("tab")
		ui.Type(born + "97070")
		ui.Press("enter")
	}
	rows := []struct {
		what  string
		phone bool
		most  int
		walk  func(t *testing.T, b *branch, ui *uitest.UI)
	}{
		{"the spouse is not shown", false, 12, func(t *testing.T, _ *branch, ui *uitest.UI) {
			find(ui, "M310119802")
			ui.Press("f")
			shows(t, ui, "Huber, Klara")
			hides(t, ui, "Peter")
		}},
		{"a child with the parent", false, 34, func(t *testing.T, b *branch, ui *uitest.UI) {
			find(ui, "K310119808")
			ui.Type("v1" + "1" + "010185" + "0831" + "j" + "310003")
			ui.Press("enter")
			ui.Type("a")
			ui.Press("enter")
			onScreen(t, ui)
		}},
		{"a guardian gets none alone", false, 35, func(t *testing.T, b *branch, ui *uitest.UI) {
			find(ui, "K310119808")
			ui.Type("v34" + "1" + "010180" + "0831" + "j" + "310003")
			ui.Press("enter")
			ui.Type("a")
			ui.Press("enter")
			noCode(t, ui)
			if got := b.states("K310119808"); len(got) != 0 {
				t.Errorf("codes %v", got)
			}
		}},
		{"a caller is identified", true, 34, func(t *testing.T, _ *branch, ui *uitest.UI) {
			find(ui, "M310119802")
			ui.Type("i" + "M310119802" + "310001" + "97070")
			ui.Press("enter")
			shows(t, ui, "Ausgewiesen: JA")
		}},
		{"a caller fails", true, 38, func(t *testing.T, _ *branch, ui *uitest.UI) {
			find(ui, "M310119802")
			ui.Type("i" + "M310119802" + "310009" + "97070")
			ui.Press("enter", "enter", "enter")
			shows(t, ui, "STOPP")
			ui.Press("enter", "z")
			shows(t, ui, "Ausgewiesen: NEIN")
			hides(t, ui, "Lindenweg")
		}},
		{"a lost card", false, 41, func(t *testing.T, b *branch, ui *uitest.UI) {
			find(ui, "M310119802")
			ui.Type("lv")
			facts(ui, "Maria Huber", "01011985")
			ui.Press("tab", "enter")
			shows(t, ui, "Gesperrt, Vorgang")
		}},
		{"a stolen card, by phone", true, 46, func(t *testing.T, b *branch, ui *uitest.UI) {
			find(ui, "M310119802")
			ui.Type("lg")
			facts(ui, "Maria Huber", "01011985")
			shows(t, ui, "Anzeige bei der Polizei")
			ui.Press("tab", "enter")
			ui.Type("n")
			ui.Press("tab", "enter")
			shows(t, ui, "Bestellt an die gespeicherte Anschrift")
		}},
		{"a deceased member", false, 15, func(t *testing.T, _ *branch, ui *uitest.UI) {
			find(ui, "V310119801")
			shows(t, ui, "STOPP", "Als verstorben gemeldet")
			ui.Type("a")
			shows(t, ui, "Geht jetzt nicht")
			ui.Type("i")
			shows(t, ui, "Geht jetzt nicht")
			ui.Type("ln")
			shows(t, ui, "Geht jetzt nicht")
		}},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			b := open(t)
			household(b)
			if row.phone {
				b.seat.Place.Channel = rights.Phone
			}
			b.signIn()
			ui := b.run(words.German, 80, 24)
			row.walk(t, b, ui)
			ui.Advance(time.Second)
			if ui.Keys() > row.most {
				t.Errorf("%d keys, at most %d", ui.Keys(), row.most)
			}
			t.Logf("%d keys", ui.Keys())
		})
	}
}
