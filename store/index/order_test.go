package index_test

import (
	"bytes"
	"slices"
	"testing"

	"schalter/domain"
	"schalter/domain/find"
	"schalter/domain/name"
	"schalter/store/index"
)

// The list is in the order that package name sorts by, for names of one word: of
// several, the index compares word by word and takes a hyphen for a space.
func TestOrderIsThatOfTheTelephoneBook(t *testing.T) {
	surnames := []string{"Adler", "Ärmel", "Affe", "Maß", "Mehl", "Mehlmann", "Muehle", "Mueller", "Müllner", "Muller", "Özdemir", "Ofen", "Zoll"}
	givens := []string{"Anna", "Ärmgard", "Berta", "Özlem", "Otto", "Zoe"}
	var all []domain.Member
	for i, s := range surnames {
		for j, g := range givens {
			all = append(all, domain.Member{ID: domain.MemberID(100*i + j + 1), Name: domain.Name{Given: g, Surname: s}, Address: domain.Address{Postcode: "10115"}})
		}
	}
	x := index.New()
	x.Build(func(yield func(index.Entry) bool) {
		for i := range all {
			if !yield(index.EntryOf(all[len(all)-1-i])) {
				return
			}
		}
	})
	sorter := name.NewSorter()
	key := func(m domain.Member) []byte { return sorter.Key(m.Name.Surname, m.Name.Given) }
	slices.SortFunc(all, func(v, w domain.Member) int { return bytes.Compare(key(v), key(w)) })
	r, _ := x.Search(find.Parse("10115", today), len(all))
	if len(r.Hits) != len(all) {
		t.Fatalf("%d hits, want %d", len(r.Hits), len(all))
	}
	for i, m := range all {
		if r.Hits[i].ID != uint64(m.ID) {
			t.Fatalf("place %d: member %d, want %s, %s", i, r.Hits[i].ID, m.Name.Surname, m.Name.Given)
		}
	}
}

// Everything that orders members of like names, one step at a time.
func TestOrderOfLikeNames(t *testing.T) {
	rows := []struct {
		m      domain.Member
		reason string
	}{
		{domain.Member{Name: domain.Name{Given: "Zoe"}}, "no surname"},
		{domain.Member{Name: domain.Name{Surname: "Mehl"}}, "no given name"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna"}}, "no birth date"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna"}, BirthDate: 19500000}, "only the year"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna"}, BirthDate: 19500101}, "older"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna"}, BirthDate: 19600101}, "younger"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna"}, BirthDate: 19600101}, "the same, who came later"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna Berta"}, BirthDate: 19500101}, "a further given name"},
		{domain.Member{Name: domain.Name{Surname: "Mehl", Given: "Anna-Clara", Prefix: "von"}}, "a particle does not order"},
		{domain.Member{Name: domain.Name{Surname: "Mehl Adam", Given: "Anna"}}, "a further surname, behind all with one"},
		{domain.Member{Name: domain.Name{Surname: "Mehl-Berg", Given: "Anna"}}, "hyphen as space"},
		{domain.Member{Name: domain.Name{Surname: "Mehlmann", Given: "Anna"}}, "a longer word, behind a further one"},
	}
	x := index.New()
	x.Build(func(yield func(index.Entry) bool) {
		for i := range rows {
			rows[i].m.ID = domain.MemberID(i + 1)
			rows[i].m.Address.Postcode = "10115"
			if i%2 == 0 && !yield(index.EntryOf(rows[i].m)) {
				return
			}
		}
	})
	for i := range rows {
		if i%2 == 1 { // in the overlay, to be merged
			x.Put(index.EntryOf(rows[i].m))
		}
	}
	check := func(when string) {
		r, _ := x.Search(find.Parse("10115", today), 100)
		if len(r.Hits) != len(rows) {
			t.Errorf("%s: %d hits, want %d", when, len(r.Hits), len(rows))
		}
		for i, h := range r.Hits {
			if h.ID != uint64(i+1) {
				t.Errorf("%s, place %d: %d, want: %s", when, i, h.ID, rows[i].reason)
			}
		}
	}
	check("segment and overlay")
	x.Rebuild()
	check("segment")
}
