package desk_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
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

// TestImportOfOneKVNRTwice: rows of one KVNR that stand apart are one person only
// if they say the same of them.
func TestImportOfOneKVNRTwice(t *testing.T) {
	const far = 2500 // rows between, more than two commits hold
	anna := domain.Member{
		KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314,
		Cards: []domain.Card{{ICCSN: "80276001820001951731", Status: domain.CardActive}},
	}
	other := domain.Card{ICCSN: "80276001820001951749", Status: domain.CardActive}
	for _, row := range []struct {
		why     string
		between int
		second  func(*domain.Member)
		cards   int
		told    bool
	}{
		{"another card, near", 1, func(m *domain.Member) { m.Cards = []domain.Card{other} }, 2, false},
		{"another card, far", far, func(m *domain.Member) { m.Cards = []domain.Card{other} }, 2, false},
		{"the same", 1, func(*domain.Member) {}, 1, false},
		{"another name, near", 1, func(m *domain.Member) { m.Name.Surname, m.Cards = "Schmidt", []domain.Card{other} }, 1, true},
		{"another name, far", far, func(m *domain.Member) { m.Name.Surname, m.Cards = "Schmidt", []domain.Card{other} }, 1, true},
		{"another birth date", 1, func(m *domain.Member) { m.BirthDate, m.Cards = 19620315, []domain.Card{other} }, 1, true},
		{"another main member", 1, func(m *domain.Member) { m.Insurance.Main = "X110411675" }, 1, true},
		{"deceased", 1, func(m *domain.Member) { m.Deceased = true }, 1, true},
	} {
		c := open(t)
		second := anna
		row.second(&second)
		rows := []desk.Incoming{{Line: 2, Member: anna}}
		for i := range row.between {
			rows = append(rows, desk.Incoming{Line: 3 + i, Member: domain.Member{KVNR: kvnr.KVNR(fmt.Sprintf("B%09d", i)), BirthDate: 19800101}})
		}
		last := 3 + row.between
		rows = append(rows, desk.Incoming{Line: last, Member: second})
		var want []desk.Conflict
		if row.told {
			want = []desk.Conflict{{Line: last, What: desk.RepeatedKVNR}}
		}
		done, met := c.imports(rows...)
		if !slices.Equal(met, want) || done.Conflicts != len(want) {
			t.Errorf("%s: %+v, told %v", row.why, done, met)
		}
		if got := c.stored(anna); got.Name != anna.Name || got.BirthDate != anna.BirthDate || len(got.Cards) != row.cards {
			t.Errorf("%s: %+v", row.why, got)
		}
		if done, _ := c.imports(rows...); done.New+done.Changed != 0 || done.Conflicts != len(want) {
			t.Errorf("%s, the same file again: %+v", row.why, done)
		}
	}
}
