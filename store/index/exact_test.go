package index_test

import (
	"slices"
	"testing"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/store/index"
)

// Which hit may open by itself, and what each hit says it answered.
func TestExactAndBy(t *testing.T) {
	x := index.New()
	x.Build(slices.Values([]index.Entry{
		index.EntryOf(domain.Member{
			ID: 1, KVNR: "X110411675", Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314,
			Address: domain.Address{Postcode: "10115"}, Deceased: true,
			Cards: []domain.Card{{ICCSN: "80276001820001951731"}, {ICCSN: "80276001820001951799", Status: domain.CardBlocked}},
		}),
		index.EntryOf(domain.Member{
			ID: 2, KVNR: "K220635158", Name: domain.Name{Given: "Berta", Surname: "Müller"}, BirthDate: 19700101,
			Insurance: domain.Insurance{To: 20200101}, Cards: []domain.Card{{ICCSN: "80276001820000140362"}},
		}),
		index.EntryOf(domain.Member{ID: 3, Name: domain.Name{Given: "Clara", Surname: "Berg"}, Cards: []domain.Card{{ICCSN: "80276001820009951799"}}}),
	}))
	rows := []struct {
		typed  string
		ids    []uint64
		by     find.By
		exact  bool
		sound  bool
		reason string
	}{
		{"X110411675", []uint64{1}, find.ByKVNR, true, false, "a whole KVNR; the deceased are found"},
		{"K220635158", []uint64{2}, find.ByKVNR, true, false, "those whose insurance ended are found"},
		{"X110411675 14.03.1962", []uint64{1}, find.ByKVNR | find.ByBirthDate, true, false, "KVNR, confirmed by the date"},
		{"X110411675 15.03.1962", nil, 0, false, false, "KVNR, contradicted by the date"},
		{"X110411674", nil, 0, false, false, "a wrong check digit finds nobody"},
		{"X110411674 müller", nil, 0, false, false, "not even with a name that many have"},
		{"X11041167", []uint64{1}, find.ByKVNR, false, false, "all but the check digit does not decide"},
		{"X11041167510", []uint64{1}, find.ByKVNR, false, false, "a longer form that is not finished does not decide"},
		{"80276001820001951731", []uint64{1}, find.ByCard, true, false, "a whole card number"},
		{"80276001820001951799", []uint64{1}, find.ByCard, true, false, "a blocked card's too"},
		{"80276001829991951731", nil, 0, false, false, "the last six alone are not the whole number"},
		{"951731", []uint64{1}, find.ByCard, true, false, "last six digits that only one card has"},
		{"951799", []uint64{3, 1}, find.ByCard, false, false, "last six digits of two cards"},
		{"951731 müller", []uint64{1}, find.ByCard | find.ByName, false, false, "beside a name the digits only narrow"},
		{"951731 1", []uint64{1}, find.ByCard, false, false, "something was not understood"},
		{"140362 anna", []uint64{1}, find.ByBirthDate | find.ByName, false, false, "six digits as a date"},
		{"140362 berta", []uint64{2}, find.ByCard | find.ByName, false, false, "six digits as a card's"},
		{"140362", []uint64{1, 2}, 0, false, false, "six digits as both"},
		{"14.03.1962", []uint64{1}, find.ByBirthDate, false, false, "a date never decides"},
		{"1403", []uint64{1}, find.ByBirthDate, false, false, "part of a date"},
		{"10115", []uint64{1}, find.ByPostcode, false, false, "postcode"},
		{"berg", []uint64{3}, find.ByName, false, false, "one name, but only a name"},
		{"bergk", []uint64{3}, find.BySound, false, true, "a sound is never taken for the name"},
		{"bergk X110411675", nil, 0, false, false, "and never beside somebody else's number"},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			got, _ := x.Search(find.Parse(r.typed, today), 10)
			var ids []uint64
			for _, h := range got.Hits {
				ids = append(ids, h.ID)
				if r.by != 0 && h.By != r.by {
					t.Errorf("member %d by %b, want %b", h.ID, h.By, r.by)
				}
			}
			if !slices.Equal(ids, r.ids) || got.Exact != r.exact || got.Sound != r.sound {
				t.Errorf("found %v, exact %v, sound %v; want %v, %v, %v", ids, got.Exact, got.Sound, r.ids, r.exact, r.sound)
			}
		})
	}
}

// A query that no text leads to finds nobody by what nobody has.
func TestNumbersThatDoNotExist(t *testing.T) {
	x := index.New()
	x.Build(slices.Values([]index.Entry{index.EntryOf(domain.Member{
		ID: 1, Name: domain.Name{Surname: "Berg"}, Cards: []domain.Card{{ICCSN: "80276001820000000000"}},
	})}))
	for _, q := range []find.Query{
		{KVNR: "none"}, {KVNRPart: "none"}, {Postcode: "none"}, {CardDigits: "none"}, {CardDigits: "nobody"}, {BirthDates: []date.Date{0}}, {DayMonth: 9999},
	} {
		if r, _ := x.Search(q, 10); r.Total > 0 {
			t.Errorf("%+v finds who has no such number", q)
		}
	}
	if r, _ := x.Search(find.Parse("berg", today), -1); r.Total != 1 || len(r.Hits) > 0 {
		t.Errorf("a limit below 0 counts and lists nobody, got %+v", r)
	}
}

func TestLookalikes(t *testing.T) {
	anna := domain.Name{Given: "Anna", Surname: "Müller"}
	rows := []struct {
		other  domain.Name
		born   [2]date.Date
		want   bool
		reason string
	}{
		{anna, [2]date.Date{19620314, 19620314}, true, "the same in everything"},
		{anna, [2]date.Date{19620314, 19850314}, true, "lists hide the year"},
		{domain.Name{Given: "Anna", Surname: "Mueller"}, [2]date.Date{19620314, 19620314}, true, "spelled out"},
		{domain.Name{Given: "Anna Maria", Surname: "Müller"}, [2]date.Date{19620314, 19620314}, true, "a further given name"},
		{domain.Name{Given: "Anna-Lena", Prefix: "von", Surname: "Müller"}, [2]date.Date{19620314, 19620314}, true, "first half, and a particle"},
		{domain.Name{Given: "Anna", Surname: "Muller"}, [2]date.Date{19620314, 19620314}, false, "another name"},
		{domain.Name{Given: "Anne", Surname: "Müller"}, [2]date.Date{19620314, 19620314}, false, "another given name"},
		{domain.Name{Given: "Anna", Surname: "Müller-Groß"}, [2]date.Date{19620314, 19620314}, false, "a further surname"},
		{anna, [2]date.Date{19620314, 19620315}, false, "another day"},
		{anna, [2]date.Date{19620314, 19620000}, false, "the day is not known"},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			one := index.EntryOf(domain.Member{ID: 1, Name: anna, BirthDate: r.born[0]})
			two := index.EntryOf(domain.Member{ID: 2, Name: r.other, BirthDate: r.born[1]})
			x := index.New()
			check := func(when string, want bool) {
				t.Helper()
				got, _ := x.Search(find.Parse("an mu", today), 10)
				if len(got.Hits) == 0 {
					t.Errorf("%s: nobody is found", when)
				}
				for _, h := range got.Hits {
					if h.Lookalike != want {
						t.Errorf("%s: member %d marked %v", when, h.ID, h.Lookalike)
					}
				}
			}
			x.Build(slices.Values([]index.Entry{one}))
			check("alone", false)
			x.Put(two)
			check("one put beside", r.want)
			x.Put(one)
			check("both put", r.want)
			x.Rebuild()
			check("both built", r.want)
			x.Remove(1)
			check("one removed", false)
		})
	}
}
