package index_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"schalter/domain"
	"schalter/domain/find"
	"schalter/store/index"
)

// Searches, changes, rebuilding and building side by side: every search sees each
// member at most once and the lasting ones always, and the end is what the changes
// say. Run with -race.
func TestConcurrentUse(t *testing.T) {
	const lasting, changing, rounds = 300, 50, 150
	x := index.New()
	all := people{}
	for id := range uint64(lasting) {
		all[id+1] = personOf(domain.Member{ID: domain.MemberID(id + 1), Name: domain.Name{Given: "Anna", Surname: "Berg"}})
	}
	x.Build(entries(all))
	var group sync.WaitGroup
	q := find.Parse("anna berg", today)
	for range 3 {
		group.Go(func() {
			for range rounds {
				seen := map[uint64]bool{}
				r, _ := x.Search(q, 1000)
				for _, h := range r.Hits {
					if seen[h.ID] {
						t.Errorf("member %d twice", h.ID)
					}
					seen[h.ID] = true
				}
				for id := range uint64(lasting) {
					if !seen[id+1] {
						t.Errorf("member %d is missing", id+1)
						return
					}
				}
			}
		})
	}
	group.Go(func() {
		for range rounds / 10 {
			x.Rebuild()
			x.Len()
			x.Bytes()
		}
	})
	// Members who come and go, each by one writer; the last word counts.
	var last [2]people
	for w := range last {
		last[w] = people{}
		group.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(w), 1))
			for range rounds {
				id := uint64(lasting + 1 + w*changing + rnd.IntN(changing))
				if rnd.IntN(3) == 0 {
					delete(last[w], id)
					x.Remove(id)
					continue
				}
				surname := []string{"Berg", "Tal"}[rnd.IntN(2)]
				last[w][id] = personOf(domain.Member{ID: domain.MemberID(id), Name: domain.Name{Given: "Anna", Surname: surname}})
				x.Put(index.EntryOf(last[w][id].Member))
			}
		})
	}
	group.Wait()
	for _, some := range last {
		for id, p := range some {
			all[id] = p
		}
	}
	for _, text := range []string{"anna", "berg", "tal"} {
		q := find.Parse(text, today)
		got, _ := x.Search(q, 1000)
		want := all.search(q, 1000)
		if len(got.Hits) != len(want.Hits) || got.Total != want.Total {
			t.Fatalf("%s: %d hits, want %d", text, len(got.Hits), len(want.Hits))
		}
		for i := range got.Hits {
			if got.Hits[i] != want.Hits[i] {
				t.Fatalf("%s: hit %d is %+v, want %+v", text, i, got.Hits[i], want.Hits[i])
			}
		}
	}
}
