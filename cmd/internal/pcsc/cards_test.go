package pcsc_test

import (
	"testing"
	"time"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
)

// namedCard is a virtual card with the name it has in tests.
type namedCard struct {
	name   string
	config virtual.Config
}

// cards are five cards of invented people that differ in everything a reader can
// notice: schema, padding, the copy of protected data, letters.
func cards() []namedCard {
	return []namedCard{
		{"5.2", virtual.Config{Content: content("80276881239912345671", "X110411675", "Müßig-Šimek", 2)}},
		{"5.2 padded", virtual.Config{Content: content("80276881239912345672", "A123456780", "Kowalski", 2), Padded: true}},
		{"5.2 without copy", virtual.Config{Content: content("80276881239912345673", "X110465770", "Øster", 2), NoGVDCopy: true}},
		{"5.1", virtual.Config{Content: content("80276881239912345674", "X110406067", "d'Été", 1)}},
		{"5.3 short", virtual.Config{Content: virtual.Short(content("80276881239912345675", "A000500015", "Yildiz", 3)), NoGVDCopy: true}},
	}
}

func content(card iccsn.ICCSN, number kvnr.KVNR, surname string, minor int) egk.Card {
	return egk.Card{
		ICCSN: card, KVNR: number, Schema: egk.Version{Major: 5, Minor: minor},
		Status:    egk.Status{At: time.Date(2024, 3, 1, 8, 30, 59, 0, time.UTC)},
		Name:      egk.Name{Given: "Zoë", Prefix: "von der", Surname: surname},
		BirthDate: 1962_03_14, Sex: 'w',
		Address:   egk.Address{Street: "Große Straße", HouseNumber: "12 a", Postcode: "50667", City: "Köln", Country: "D"},
		Insurer:   egk.Insurer{IK: "999567890", Name: "Muster BKK", Country: "D"},
		InsuredAs: egk.AsMember, From: 2010_03_01, WOP: "38",
	}
}

func newCard(t testing.TB, c virtual.Config) *virtual.Card {
	t.Helper()
	card, err := virtual.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return card
}
