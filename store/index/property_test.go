package index_test

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/store/index"
)

const today = date.Date(20270301)

// The values are few and near each other, so that members share them and most
// queries find somebody.
var (
	givenNames = []string{"Anna", "Anna Maria", "Annamaria", "Karl-Heinz", "Karlheinz", "Jürgen", "Juergen", "Özlem", "Al", "An", ""}
	surnames   = []string{
		"Müller", "Mueller", "Muller", "Miller", "Müller-Groß", "Groß", "Gross", "Berg", "Vanberg", "O'Neill", "Oneill",
		"El Hassan", "Elhassan", "Meier", "Mayr", "da Silva", "Silva", "Yılmaz", "Łukasz", "Ach", "Berg Adam", "",
	}
	particles = []string{"", "", "", "von", "van der", "O'", "de"}
	suffixes  = []string{"", "", "Freiherr", "Graf"}
	births    = []date.Date{19620314, 19700314, 20200301, 19200301, 19620300, 19620000, 19700000, 0, 19850607}
	postcodes = []string{"10115", "01067", "99999", "1010", ""}
	typed     = []string{
		"anna", "ann", "a", "maria", "annamaria", "karl", "heinz", "karlheinz", "jür", "jur", "juergen", "öz", "al",
		"mül", "muller", "mueller", "müller", "miller", "groß", "gros", "mülergros", "berg", "van", "vanderberg", "von", "der", "o'neill",
		"oneil", "neill", "el", "hassan", "elhassan", "meyer", "maier", "da", "silva", "yilmaz", "lukas", "ach", "m", "s", "graf",
		"freiherr", "frau", "dr", "schmidt", "140362", "14.3.62", "010320", "1403", "14.3.", "0.0.1962", "00.03.1962", "070685", "10115", "01067",
		"X110", "A1", "951731", "951732", "80276001820001951731", "A000000002", "A000000001",
	}
)

func members(id uint64) *rapid.Generator[domain.Member] {
	return rapid.Custom(func(t *rapid.T) domain.Member {
		pick := func(what string, from []string) string { return rapid.SampledFrom(from).Draw(t, what) }
		m := domain.Member{
			ID: domain.MemberID(id), KVNR: kvnrOf(rapid.IntRange(0, 40).Draw(t, "kvnr")),
			BirthDate: rapid.SampledFrom(births).Draw(t, "born"),
			Name: domain.Name{
				Given: pick("given", givenNames), Surname: pick("surname", surnames), Prefix: pick("prefix", particles),
				Suffix: pick("suffix", suffixes), Title: "Dr.",
			},
			Address: domain.Address{Postcode: pick("postcode", postcodes)},
		}
		if rapid.Bool().Draw(t, "birth name") {
			m.Name.BirthName = pick("birth name", surnames)
		}
		for range rapid.IntRange(0, 2).Draw(t, "cards") {
			m.Cards = append(m.Cards, domain.Card{ICCSN: rapid.SampledFrom(cardNumbers).Draw(t, "card")})
		}
		return m
	})
}

var cardNumbers = []iccsn.ICCSN{"80276001820001951731", "80276001820001951732", "80276001820002951731", "80276001820000140362", "80276883110000168583"}

func kvnrOf(n int) kvnr.KVNR { return withCheck(fmt.Sprintf("%c%08d", 'A'+n%3*23/2, n)) }

// withCheck appends the check digit.
func withCheck(first9 string) kvnr.KVNR {
	check, err := kvnr.CheckDigit(first9)
	if err != nil {
		panic(err)
	}
	return kvnr.KVNR(first9 + string(check))
}

func queries() *rapid.Generator[find.Query] {
	return rapid.Custom(func(t *rapid.T) find.Query {
		text := ""
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
				n := string(kvnrOf(rapid.IntRange(0, 40).Draw(t, "kvnr")))
				text += " " + n[:rapid.IntRange(4, 10).Draw(t, "length")]
				continue
			}
			text += " " + rapid.SampledFrom(typed).Draw(t, "typed")
		}
		return find.Parse(text, today)
	})
}

func entries(all people) iter.Seq[index.Entry] {
	return func(yield func(index.Entry) bool) {
		for _, p := range all {
			if !yield(index.EntryOf(p.Member)) {
				return
			}
		}
	}
}

func check(t *rapid.T, x *index.Index, all people, q find.Query, limit int) {
	t.Helper()
	got, err := x.Search(q, limit)
	want := all.search(q, limit)
	if len(got.Hits) == 0 {
		got.Hits = nil
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v\n got %+v, %v\nwant %+v", q, got, err, want)
	}
}

// The index finds what the rules find, in every state that changes and rebuilding
// bring it to.
func TestIndexIsItsReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, all := index.New(), people{}
		draw := func(id uint64) *person { return personOf(members(id).Draw(t, "member")) }
		for id := range uint64(rapid.IntRange(0, 60).Draw(t, "members")) {
			all[id+1] = draw(id + 1)
		}
		x.Build(entries(all))
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := uint64(rapid.IntRange(1, 80).Draw(t, "id"))
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0:
				x.Rebuild()
			case 1:
				x.Build(entries(all))
			case 2, 3:
				delete(all, id)
				x.Remove(id)
			case 4, 5, 6:
				all[id] = draw(id)
				x.Put(index.EntryOf(all[id].Member))
			default:
				check(t, x, all, queries().Draw(t, "query"), rapid.SampledFrom([]int{0, 1, 2, 3, 5, 10, 70}).Draw(t, "limit"))
			}
			if x.Len() != len(all) {
				t.Fatalf("%d members, want %d", x.Len(), len(all))
			}
		}
	})
}

// A list that is shorter than its hits has the first of them, from both parts.
func TestFirstOfMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, all := index.New(), people{}
		put := func(id uint64) {
			all[id] = personOf(members(id).Draw(t, "member"))
			x.Put(index.EntryOf(all[id].Member))
		}
		for id := range uint64(15) {
			put(id + 1)
		}
		x.Build(entries(nil))
		x.Rebuild()
		for id := range uint64(15) {
			put(id + 16)
		}
		for limit := range 31 {
			check(t, x, all, find.Parse("A000", today), limit)
			check(t, x, all, find.Parse("m", today), limit)
		}
	})
}

// Changes made while the index is built or rebuilt are in it afterwards.
func TestChangesDuringBuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, all := index.New(), people{}
		for id := range uint64(20) {
			all[id+1] = personOf(members(id+1).Draw(t, "member"))
		}
		stored := people{}
		for id, p := range all {
			stored[id] = p
		}
		x.Build(func(yield func(index.Entry) bool) {
			for e := range entries(stored) {
				if !yield(e) {
					return
				}
				id := uint64(rapid.IntRange(1, 30).Draw(t, "id"))
				if rapid.Bool().Draw(t, "remove") {
					delete(all, id)
					x.Remove(id)
					continue
				}
				all[id] = personOf(members(id).Draw(t, "member"))
				x.Put(index.EntryOf(all[id].Member))
			}
		})
		for range 5 {
			check(t, x, all, queries().Draw(t, "query"), 50)
		}
		if x.Len() != len(all) {
			t.Fatalf("%d members, want %d", x.Len(), len(all))
		}
	})
}

// Counting stops at 1,000, in the segment and over both parts.
func TestCountingStops(t *testing.T) {
	x, all := index.New(), people{}
	q := find.Parse("anna", today)
	for id := range uint64(1001) {
		all[id+1] = personOf(domain.Member{ID: domain.MemberID(id + 1), Name: domain.Name{Given: "Anna", Surname: "Berg"}})
	}
	x.Build(entries(all))
	x.Remove(1)
	if r, _ := x.Search(q, 10); r.Total != 1000 || r.More || len(r.Hits) != 10 {
		t.Errorf("of 1000: %d hits of %d, more %v", len(r.Hits), r.Total, r.More)
	}
	x.Put(index.EntryOf(all[1].Member))
	if r, _ := x.Search(q, 2000); r.Total != 1000 || !r.More || len(r.Hits) != 1000 {
		t.Errorf("of 1001: %d hits of %d, more %v", len(r.Hits), r.Total, r.More)
	}
}

func TestNotReady(t *testing.T) {
	x := index.New()
	x.Put(index.EntryOf(domain.Member{ID: 7, Name: domain.Name{Surname: "Berg"}}))
	r, err := x.Search(find.Parse("berg", today), 10)
	if !r.Loading || len(r.Hits) > 0 || err != nil || x.Ready() {
		t.Errorf("before Build: %+v, %v, ready %v", r, err, x.Ready())
	}
	x.Rebuild()
	if x.Ready() {
		t.Error("rebuilding what was never built makes it ready")
	}
	x.Build(slices.Values([]index.Entry(nil)))
	r, _ = x.Search(find.Parse("berg", today), 10)
	if r.Loading || len(r.Hits) != 1 || !x.Ready() {
		t.Errorf("after Build: %+v, ready %v", r, x.Ready())
	}
}

func TestDue(t *testing.T) {
	x := index.New()
	x.Build(slices.Values([]index.Entry(nil)))
	puts := 0
	for ; !x.Due(); puts++ {
		x.Put(index.EntryOf(domain.Member{ID: domain.MemberID(puts%100 + 1), Name: domain.Name{Surname: "Berg"}}))
		if puts > 1e6 {
			t.Fatal("never due")
		}
	}
	before := x.Bytes()
	x.Rebuild()
	if x.Due() || x.Len() != 100 || x.Bytes() > before/4 {
		t.Errorf("after rebuilding: due %v, %d members, %d of %d bytes", x.Due(), x.Len(), x.Bytes(), before)
	}
}
