package pagetest

import (
	"schalter/domain"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/tui/page"
	"schalter/tui/uitest"
)

// Insert puts a member's health card into the reader; change alters what it says.
func Insert(ui *uitest.UI, m domain.Member, change ...func(*egk.Card)) {
	c := egk.Card{
		ICCSN: m.Cards[0].ICCSN, KVNR: m.KVNR, BirthDate: m.BirthDate,
		Name:    egk.Name{Given: m.Name.Given, Surname: m.Name.Surname},
		Insurer: egk.Insurer{IK: "109500969", Name: "Muster BKK"},
		Address: egk.Address{Street: m.Address.Street, HouseNumber: m.Address.HouseNumber, Postcode: m.Address.Postcode},
	}
	for _, f := range change {
		f(&c)
	}
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Read, Name: "A", Readers: 1, Card: c}})
}

// Pull takes the card out again.
func Pull(ui *uitest.UI) {
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Removed, Name: "A", Readers: 1}})
}
