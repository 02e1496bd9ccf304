package index

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/iccsn"
)

func TestPack(t *testing.T) {
	kvnrs := []struct {
		in     string
		want   uint32
		reason string
	}{
		{"A000000002", 1_0000_0000, "the lowest"},
		{"Z999999997", 26_9999_9999, "the highest"},
		{"X110411675", 24_1104_1167, "the check digit is left out"},
		{"X110", 24_1100_0000, "a part is the first number with it"},
		{"X11041167", 24_1104_1167, "all but the check digit"},
		{"", 0, "none"},
		{"x110411675", 0, "not in normal form"},
		{"X1104A1675", 0, "a letter among the digits"},
	}
	for _, r := range kvnrs {
		if got := packKVNR(r.in); got != r.want {
			t.Errorf("KVNR, %s: %d", r.reason, got)
		}
	}
	for begin, want := range map[string]uint32{"X110": 100_000, "X1104116": 10, "X11041167": 1, "X110411675": 1} {
		if got := kvnrsFrom(begin); got != want {
			t.Errorf("%d numbers begin with %d characters, want %d", got, len(begin), want)
		}
	}
	for in, want := range map[string]uint32{"10115": 10115, "01067": 1067, "1010": 0, "A1010": 0, "": 0, "123456": 0} {
		if got := packPostcode(in); got != want {
			t.Errorf("postcode of %d characters: %d, want %d", len(in), got, want)
		}
	}
	cards := []struct {
		in     iccsn.ICCSN
		want   card
		reason string
	}{
		{"80276001820001951731", 951731<<32 | 1820001, "last six above, nine before them below"},
		{"80276999999999999999", 999999<<32 | 999999999, "the highest"},
		{"80040001820001951731", 0, "another country's"},
		{"8027600182000195173", 0, "too short"},
		{"8027600182000195173A", 0, "a letter"},
	}
	for _, r := range cards {
		if got := packCard(r.in); got != r.want {
			t.Errorf("card, %s: %x", r.reason, got)
		}
	}
	for in, want := range map[date.Date]uint32{19620314: 3141962, 19621231: 12311962, 19620000: 1962, 0: 0} {
		if got := turned(in); got != want {
			t.Errorf("%d turned is %d, want %d", in, got, want)
		}
	}
}

func TestSortBy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.OneOf(rapid.Uint32(), rapid.Uint32Max(5))).Draw(t, "keys")
		want := upTo(len(keys))
		slices.SortStableFunc(want, func(v, w uint32) int { return int(int64(keys[v]) - int64(keys[w])) })
		if got := sortBy(upTo(len(keys)), func(row uint32) uint32 { return keys[row] }); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestDictionary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-c]{1,10}`), 0, 3000).Draw(t, "words")
		d, numbers := newDictionary(), map[string]uint32{}
		for _, w := range words {
			n := d.number([]byte(w))
			if known, ok := numbers[w]; ok && known != n {
				t.Fatalf("%q is %d and %d", w, known, n)
			}
			numbers[w] = n
			if got := string(d.word(n)); got != w {
				t.Fatalf("word %d is %q, want %q", n, got, w)
			}
		}
		if d.len() != len(numbers) {
			t.Fatalf("%d words, want %d", d.len(), len(numbers))
		}
		sorted := d.sorted(upTo(d.len()))
		if !slices.IsSortedFunc(sorted, func(v, w uint32) int { return bytes.Compare(d.word(v), d.word(w)) }) {
			t.Fatal("not in order")
		}
	})
}

func TestBitset(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 128, 200} {
		s := bitset(nil).sized(n)
		s.fill(n)
		if got := slices.Collect(s.all()); len(got) != n || s.count() != n {
			t.Errorf("%d rows: %d, counted %d", n, len(got), s.count())
		}
		s = s.sized(n)
		if s.count() != 0 {
			t.Errorf("%d rows: %d left", n, s.count())
		}
	}
	if bitset(nil).has(7) {
		t.Error("nothing has something")
	}
}

// A condition finds the same rows as a set and row by row.
func TestPlanHoldsWhatItAdds(t *testing.T) {
	names := []domain.Name{
		{Given: "Anna Maria", Surname: "Müller"},
		{Given: "Annamaria", Surname: "Muller"},
		{Given: "Karl-Heinz", Surname: "Meyer"},
		{Given: "Karl", Prefix: "van der", Surname: "Berg"},
		{Given: "Maria", Surname: "Vanderberg"},
		{Given: "Heinz", Surname: "Meier"},
	}
	b := newBuilder()
	for i, n := range names {
		b.add(EntryOf(domain.Member{ID: domain.MemberID(i + 1), Name: n}))
	}
	g, found := b.freeze(), 0
	for _, text := range []string{"anna", "annamaria", "annam", "m", "müller", "karlheinz", "vanderberg", "derberg", "maier", "x"} {
		q := find.Parse(text, 20270301)
		for how := asTyped; how <= bySound; how++ {
			for _, c := range conditions(&q, how) {
				var p plan
				g.plan(&p, &c)
				set := bitset(nil).sized(g.len())
				p.addTo(set)
				found += set.count()
				for row := range uint32(g.len()) {
					if p.holds(g, row) != set.has(row) {
						t.Errorf("%s, strictness %d, row %d: by itself %v, in the set %v", text, how, row, p.holds(g, row), set.has(row))
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing was found, so nothing was compared")
	}
}

// Halves run side by side; a panic of either reaches the caller.
func TestBoth(t *testing.T) {
	quiet, loud := func() {}, func() { panic("loud") }
	for name, halves := range map[string][2]func(){"first": {loud, quiet}, "second": {quiet, loud}} {
		func() {
			defer func() {
				if recover() != "loud" {
					t.Errorf("the panic of the %s half is lost", name)
				}
			}()
			both(halves[0], halves[1])
		}()
	}
}

// After rebuilding nothing of a removed member is in memory: erasing means that.
func TestRemovedMembersLeaveNothing(t *testing.T) {
	x := New()
	x.Build(slices.Values([]Entry{
		EntryOf(domain.Member{ID: 1, Name: domain.Name{Given: "Anna", Surname: "Berg"}}),
		EntryOf(domain.Member{ID: 2, Name: domain.Name{Given: "Quirin Xaver", Surname: "Quast", BirthName: "Zyx"}}),
	}))
	x.Put(EntryOf(domain.Member{ID: 3, Name: domain.Name{Given: "Vroni", Surname: "Wyk"}}))
	x.Remove(2)
	x.Remove(3)
	x.Rebuild()
	for _, gone := range []string{"quirin", "xaver", "quast", "zyx", "vroni", "wyk"} {
		if strings.Contains(string(x.segment.text), gone) || strings.Contains(string(x.overlay.text), gone) {
			t.Errorf("%s is still in memory", gone)
		}
	}
	if len(x.touched) > 0 || x.dead != nil {
		t.Error("traces of changes are left")
	}
	if !strings.Contains(string(x.segment.text), "berg") {
		t.Error("the member who stays is gone")
	}
}
