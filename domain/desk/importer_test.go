package desk_test

import (
	"reflect"
	"slices"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
)

// imports runs one import and returns what it did and the conflicts it told.
func (c *counter) imports(rows ...desk.Incoming) (desk.Imported, []desk.Conflict) {
	c.t.Helper()
	var met []desk.Conflict
	done, err := c.Import(c.t.Context(), c.login("admin", console), slices.Values(rows), func(x desk.Conflict) { met = append(met, x) }, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return done, met
}

func (c *counter) stored(m domain.Member) domain.Member {
	c.t.Helper()
	stored, _, err := c.store.MemberByKVNR(c.t.Context(), m.KVNR)
	if err != nil {
		c.t.Fatal(err)
	}
	return stored
}

// TestImportOverKeepsTheRest: a row that speaks of the surname changes the
// surname, and what this counter knows better still stands.
func TestImportOverKeepsTheRest(t *testing.T) {
	c := open(t)
	old := c.member(func(m *domain.Member) {
		m.Contact.Phone, m.Deceased = "0931 1", true
		m.Address = domain.Address{Street: "Neuweg", Postcode: "97070", ChangedOn: 20200101}
		m.Cards[0].Status, m.Cards[0].BlockedHere = domain.CardBlocked, true
	})
	row := desk.Incoming{Line: 2, Member: domain.Member{KVNR: old.KVNR}, Over: func(m domain.Member) domain.Member {
		m.Name.Surname = "Meier"
		return m
	}}
	want := old
	want.Name.Surname = "Meier"
	if done, met := c.imports(row); done.Changed != 1 || len(met) != 0 {
		t.Errorf("%+v, %v", done, met)
	}
	if got := c.stored(old); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if done, _ := c.imports(row); done.Unchanged != 1 {
		t.Errorf("the same again: %+v", done)
	}

	row.Over = func(m domain.Member) domain.Member {
		m.Deceased, m.Address.Street = false, "Altweg"
		m.Cards = slices.Clone(m.Cards)
		m.Cards[0].Status = domain.CardActive
		return m
	}
	want.Address = domain.Address{Street: "Altweg", Postcode: "97070", ChangedOn: 20270301}
	if _, met := c.imports(row); !slices.Equal(met, []desk.Conflict{{Line: 2, What: desk.KeptDeceased}, {Line: 2, What: desk.KeptBlockedCard}}) {
		t.Errorf("conflicts %v", met)
	}
	if got := c.stored(old); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
