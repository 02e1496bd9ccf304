package desk_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/find"
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
	const far = 9000 // rows between, more than one commit holds
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

// TestImportOfOneCardTwice: of two rows that say different things of one card the
// first holds, however often the file is imported.
func TestImportOfOneCardTwice(t *testing.T) {
	for _, between := range []int{0, 9000, 17000} {
		c := open(t)
		anna := domain.Member{
			KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314,
			Cards: []domain.Card{{ICCSN: "80276001820001951731", Status: domain.CardActive}},
		}
		again := anna
		again.Cards = []domain.Card{{ICCSN: "80276001820001951731", Status: domain.CardBlocked}}
		rows := append(append([]desk.Incoming{{Line: 2, Member: anna}}, crowd(3, between)...), desk.Incoming{Line: 3 + between, Member: again})
		want := []desk.Conflict{{Line: 3 + between, What: desk.RepeatedCard}}
		for round := range 3 {
			done, met := c.imports(rows...)
			if !slices.Equal(met, want) || round > 0 && done.New+done.Changed != 0 {
				t.Errorf("%d between, round %d: %+v, told %v", between, round, done, met)
			}
			if got := c.stored(anna).Cards[0].Status; got != domain.CardActive {
				t.Errorf("%d between, round %d: status %d", between, round, got)
			}
		}
	}
}

// crowd are n rows of other people from a line on.
func crowd(line, n int) []desk.Incoming {
	rows := make([]desk.Incoming, n)
	for i := range rows {
		rows[i] = desk.Incoming{
			Line:   line + i,
			Member: domain.Member{KVNR: kvnr.KVNR(fmt.Sprintf("B%09d", i)), BirthDate: 19800101},
			Behind: domain.FileMark{Lines: uint64(line + i), Sum: uint64(i)},
		}
	}
	return rows
}

// TestImportResumes: an import that was ended goes on behind what was written, and
// knows whom the file has named before.
func TestImportResumes(t *testing.T) {
	c := open(t)
	old := c.member()
	rows := crowd(3, 20_000)
	active, blocked := old, old
	active.Cards = slices.Clone(old.Cards)
	blocked.Cards = []domain.Card{old.Cards[0]}
	blocked.Cards[0].Status = domain.CardBlocked
	rows = slices.Insert(rows, 5, desk.Incoming{Line: 1, Member: active, Behind: domain.FileMark{Lines: 7}})
	rows = append(rows, desk.Incoming{Line: 30_000, Member: blocked, Behind: domain.FileMark{Lines: 30_000}})

	admin := c.login("admin", console)
	ctx, cancel := context.WithCancel(t.Context())
	none := func(desk.Conflict) {}
	first, err := c.Import(ctx, admin, slices.Values(rows), none, func(int) { cancel() })
	if !errors.Is(err, context.Canceled) || first.New == 0 || first.New > 16_000 {
		t.Fatalf("%+v, %v", first, err)
	}
	state, err := c.Interrupted(t.Context())
	if err != nil || state.At == (domain.FileMark{}) {
		t.Fatalf("nothing to go on from: %+v, %v", state.At, err)
	}
	rest := slices.IndexFunc(rows, func(r desk.Incoming) bool { return r.Behind == state.At }) + 1
	var met []desk.Conflict
	second, err := c.ResumeImport(t.Context(), admin, state, slices.Values(rows[rest:]), func(x desk.Conflict) { met = append(met, x) }, nil)
	if err != nil || first.New+second.New != 20_000 || second.Changed+second.Unchanged != 0 {
		t.Errorf("%+v, then %+v, %v", first, second, err)
	}
	if !slices.Equal(met, []desk.Conflict{{Line: 30_000, What: desk.RepeatedCard}}) {
		t.Errorf("told %v", met)
	}
	if state, err := c.Interrupted(t.Context()); err != nil || state.At != (domain.FileMark{}) {
		t.Errorf("over, and yet %+v, %v", state.At, err)
	}
	size, err := c.store.Verify(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if done, _ := c.imports(rows...); done.New+done.Changed != 0 {
		t.Errorf("the same file again: %+v", done)
	}
	// The login and its refusal-free import: no entry of a change.
	if again, err := c.store.Verify(t.Context(), nil, nil); err != nil || again.Entries != size.Entries+1 {
		t.Errorf("%d entries, then %d, %v", size.Entries, again.Entries, err)
	}
}

// TestImportOfSomebodyErased: who was erased does not come back.
func TestImportOfSomebodyErased(t *testing.T) {
	c := open(t)
	anna := c.member()
	_, err := c.store.Commit(t.Context(), desk.Change{
		Delete: []domain.Ref{anna.Ref()}, Entries: []domain.Entry{{At: now, Act: domain.ActConfigured}},
	})
	if err != nil {
		t.Fatal(err)
	}
	done, met := c.imports(desk.Incoming{Line: 2, Member: domain.Member{KVNR: anna.KVNR, Name: anna.Name, BirthDate: anna.BirthDate}})
	if done.New != 0 || !slices.Equal(met, []desk.Conflict{{Line: 2, What: desk.KeptErased}}) {
		t.Errorf("%+v, %v", done, met)
	}
	if r, err := c.store.Search(find.Parse("müller", 20270301), 5); err != nil || r.Total != 0 {
		t.Errorf("found %+v, %v", r, err)
	}
	if _, _, err := c.store.MemberByKVNR(t.Context(), anna.KVNR); !errors.Is(err, domain.Fail(domain.NotFound, domain.ReasonErased)) {
		t.Errorf("by KVNR: %v", err)
	}
}

// TestImportForgets: what an import keeps of its rows does not grow with them.
func TestImportForgets(t *testing.T) {
	c := open(t)
	anna := c.member()
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	const rows, early = 120_000, 20_000
	var first, last uint64
	source := func(yield func(desk.Incoming) bool) {
		for i := range rows {
			switch i {
			case early:
				first = heap()
			case rows - 1:
				last = heap()
			}
			if !yield(desk.Incoming{Line: i + 2, Member: anna, Behind: domain.FileMark{Lines: uint64(i + 2)}}) {
				return
			}
		}
	}
	done, err := c.Import(t.Context(), c.login("admin", console), source, func(desk.Conflict) {}, nil)
	if err != nil || done.New+done.Changed != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	// A hundred thousand rows more may not leave as much as sixteen bytes each.
	if last > first+16*(rows-early) {
		t.Errorf("%d bytes of heap behind %d rows, %d behind %d", last, rows, first, early)
	}
}
