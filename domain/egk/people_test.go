package egk_test

import (
	"testing"
	"time"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

// The schemas in use, and the versions of the layout.
var (
	v51 = egk.Version{Major: 5, Minor: 1}
	v52 = egk.Version{Major: 5, Minor: 2}
	v53 = egk.Version{Major: 5, Minor: 3}
)

// full is a card with every field, for an invented person.
func full() egk.Card {
	return egk.Card{
		ICCSN: "80276881239912345678",
		Status: egk.Status{
			At:      time.Date(2024, 3, 1, 8, 30, 59, 0, time.UTC),
			Schema:  v52,
			Storage: egk.Version{Major: 3, Patch: 4},
		},
		Schema: v52,
		KVNR:   "X110411675",
		Name: egk.Name{
			Title: "Prof. Dr.", Given: "Zoë Jean-Luc", Prefix: "von der",
			Surname: "Šáfová-Œuvré-Müßig", Suffix: "Freifrau",
		},
		BirthDate: 1962_03_14,
		Sex:       'w',
		Address: egk.Address{
			Street: "Große Straße", HouseNumber: "12 a", Extra: "Hinterhaus, 3. OG",
			Postcode: "50667", City: "Köln", Country: "D",
		},
		POBox:     egk.POBox{Number: "10 11 12", Postcode: "50668", City: "Žilina", Country: "SK"},
		Insurer:   egk.Insurer{IK: "999567890", Name: `BKK "5 €" & Söhne`, Country: "D"},
		Billing:   egk.Insurer{IK: "991534564", Name: "BKK <Ost>", Country: "D"},
		InsuredAs: egk.AsPensioner,
		From:      2010_03_01,
		To:        2031_12_31,
		WOP:       "38",
	}
}

// with is a full card with a change.
func with(change func(*egk.Card)) egk.Card {
	c := full()
	change(&c)
	return c
}

// short is a card of 2026.
func short() egk.Card {
	c := virtual.Short(full())
	c.Status.Schema = v53
	return c
}

func newCard(t testing.TB, c virtual.Config) *virtual.Card {
	t.Helper()
	card, err := virtual.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return card
}
