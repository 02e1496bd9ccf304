package practice_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/domain/memberfile"
	"schalter/domain/name"
	"schalter/domain/practice"
)

// today is the day on which most tests look at the people.
const today = date.Date(20270301)

// people are those of the practice counter.
func people() []domain.Member { return practice.People(practice.Seed, today, practice.Size) }

// anySeed and anyDay draw from what can come.
func anySeed(t *rapid.T) uint64 { return rapid.Uint64().Draw(t, "seed") }

func anyDay(t *rapid.T) date.Date {
	if rapid.Bool().Draw(t, "special") {
		return rapid.SampledFrom([]date.Date{20280229, 20270228, 20270301, 20261231, 20270101}).Draw(t, "day")
	}
	return date.Date(20260101).AddDays(rapid.IntRange(0, 4000).Draw(t, "days"))
}

// The golden hash changes when anybody in the practice counter changes: then
// screenshots, lessons and the numbers in texts have to be looked at.
func TestTheSamePeopleEveryTime(t *testing.T) {
	const want = "b93ba6962dff81c95d7222d6f83d9d9d5cac3be9bb4d42db1fa0b2e9dae56053"
	sum := sha256.Sum256(written(t, people(), memberfile.CSV))
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("the people have changed: %s", got)
	}
}

func written(t *testing.T, people []domain.Member, form memberfile.Form) []byte {
	t.Helper()
	var b bytes.Buffer
	w := memberfile.NewWriter(&b, form)
	for _, m := range people {
		if err := w.Write(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSeedDayAndNumberDecideAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, day := anySeed(t), anyDay(t)
		n := rapid.IntRange(0, 300).Draw(t, "n")
		all := practice.People(seed, day, 300)
		if len(all) != 300 || !reflect.DeepEqual(all[:n], practice.People(seed, day, n)) {
			t.Fatalf("the first %d of 300 are others than %d alone", n, n)
		}
		if other := practice.People(seed+1, day, 300); reflect.DeepEqual(all[100:], other[100:]) {
			t.Fatal("another seed gives the same people")
		}
	})
}

func TestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		persons, cards, lastSix := map[kvnr.KVNR]bool{}, map[iccsn.ICCSN]bool{}, map[string]bool{}
		for _, m := range practice.People(anySeed(t), anyDay(t), 300) {
			if !m.KVNR.Valid() || persons[m.KVNR] {
				t.Fatalf("%s is not valid, or twice", m.KVNR)
			}
			persons[m.KVNR] = true
			if published := strings.HasPrefix(string(m.KVNR), "X110"); !published && !runOfFour(m.KVNR) {
				t.Fatalf("%s could be somebody's", m.KVNR)
			}
			for _, c := range m.Cards {
				if !c.ICCSN.Valid() || cards[c.ICCSN] || !strings.HasPrefix(c.ICCSN.Issuer(), "9999") {
					t.Fatalf("%s is not valid, or twice, or somebody's", c.ICCSN)
				}
				cards[c.ICCSN], lastSix[c.ICCSN.Last6()] = true, true
			}
		}
		// The cast's digits are fixed; a seed may hit a few of them.
		if len(lastSix) < len(cards)-3 {
			t.Fatalf("%d cards end in %d different ways", len(cards), len(lastSix))
		}
	})
}

func runOfFour(n kvnr.KVNR) bool { return strings.Count(string(n[1:5]), string(n[1])) == 4 }

func TestOneHasDied(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, died := anyDay(t), 0
		for _, m := range practice.People(anySeed(t), day, 300) {
			if m.Deceased {
				died++
				if !m.Ended(day) || m.Insurance.To >= day {
					t.Fatal("and is insured")
				}
			}
		}
		if died != 1 {
			t.Fatalf("%d have died", died)
		}
	})
}

func TestLookAlikes(t *testing.T) {
	type identity struct {
		given, surname string
		born           date.Date
	}
	alike := map[identity]int{}
	for _, m := range people() {
		alike[identity{m.Name.Given, m.Name.Surname, m.BirthDate}]++
	}
	pairs := []string{}
	for who, n := range alike {
		if n > 2 {
			t.Errorf("%d people are the same", n)
		}
		if n == 2 {
			pairs = append(pairs, who.given+" "+who.surname)
		}
	}
	if len(pairs) != 4 {
		t.Errorf("look-alikes: %q, want four pairs", pairs)
	}
}

func TestThereIsWhatIsToBeSeen(t *testing.T) {
	all := people()
	for _, row := range []struct {
		why       string
		low, high int
		is        func(m domain.Member) bool
	}{
		{"a card that counts", 1500, 1900, hasCard(func(c domain.Card) bool { return c.Usable(today) })},
		{"no card", 30, 100, func(m domain.Member) bool { return len(m.Cards) == 0 }},
		{"no card that counts", 100, 400, func(m domain.Member) bool {
			return !hasCard(func(c domain.Card) bool { return c.Usable(today) })(m)
		}},
		{"an expired card only", 20, 120, func(m domain.Member) bool { return len(m.Cards) == 1 && m.Cards[0].Expired(today) }},
		{"a blocked card only", 20, 100, func(m domain.Member) bool { return len(m.Cards) == 1 && m.Cards[0].Status == domain.CardBlocked }},
		{"a card on its way", 40, 160, hasCard(func(c domain.Card) bool { return c.Status == domain.CardOrdered })},
		{"an old card beside a valid one", 150, 500, func(m domain.Member) bool {
			return len(m.Cards) == 2 && m.Cards[0].Usable(today) && !m.Cards[1].Usable(today)
		}},
		{"an insurance that has ended", 15, 80, func(m domain.Member) bool { return m.Ended(today) }},
		{"a notice that runs", 3, 60, func(m domain.Member) bool { return m.Insurance.TerminatedOn != 0 && !m.Ended(today) }},
		{"an address changed within 14 days", 20, 120, func(m domain.Member) bool {
			return m.Address.ChangedOn != 0 && m.Address.ChangedOn.DaysUntil(today) < 14
		}},
		{"an address changed earlier", 300, 800, func(m domain.Member) bool {
			return m.Address.ChangedOn != 0 && m.Address.ChangedOn.DaysUntil(today) > 14
		}},
		{"a child under 15", 150, 600, func(m domain.Member) bool { return m.BirthDate.Age(today) < 15 }},
		{"from 15 to 17", 20, 150, func(m domain.Member) bool { a := m.BirthDate.Age(today); return a >= 15 && a < 18 }},
		{"above 65", 200, 600, func(m domain.Member) bool { return m.BirthDate.Age(today) > 65 }},
		{"above 90", 5, 100, func(m domain.Member) bool { return m.BirthDate.Age(today) > 90 }},
		{"a pensioner", 200, 600, func(m domain.Member) bool { return m.Insurance.As == domain.AsPensioner }},
		{"a spouse insured with the other", 80, 300, func(m domain.Member) bool { return m.Insurance.Relation == domain.Spouse }},
		{"a woman", 900, 1100, func(m domain.Member) bool { return m.Sex == 'w' }},
		{"neither woman nor man", 2, 20, func(m domain.Member) bool { return m.Sex == 'x' || m.Sex == 'd' }},
		{"a title", 15, 60, func(m domain.Member) bool { return m.Name.Title != "" }},
		{"a prefix", 15, 80, func(m domain.Member) bool { return m.Name.Prefix != "" }},
		{"a birth name", 200, 700, func(m domain.Member) bool { return m.Name.BirthName != "" }},
		{"a double name", 15, 150, func(m domain.Member) bool { return strings.Contains(m.Name.Surname, "-") }},
		{"an apostrophe", 2, 40, func(m domain.Member) bool { return strings.ContainsAny(m.Name.Surname, "'’") }},
		{"several given names", 150, 600, func(m domain.Member) bool { return strings.Contains(m.Name.Given, " ") }},
		{"letters beyond ISO-8859-15", 60, 400, func(m domain.Member) bool {
			return strings.ContainsAny(m.Name.Given+m.Name.Surname, "şğıİłńśćąęũễầạĐđŽžřť")
		}},
		{"a mail address", 800, 1500, func(m domain.Member) bool { return m.Contact.Email != "" }},
		{"an address abroad", 5, 60, func(m domain.Member) bool { return m.Address.Country != "D" }},
		{"somebody called Müller", 10, 40, func(m domain.Member) bool { return m.Name.Surname == "Müller" }},
	} {
		n := 0
		for _, m := range all {
			if row.is(m) {
				n++
			}
		}
		if n < row.low || n > row.high {
			t.Errorf("%s: %d of %d, want %d to %d", row.why, n, len(all), row.low, row.high)
		}
	}
}

func hasCard(is func(domain.Card) bool) func(domain.Member) bool {
	return func(m domain.Member) bool {
		for _, c := range m.Cards {
			if is(c) {
				return true
			}
		}
		return false
	}
}

func TestMueListsMoreThanADozen(t *testing.T) {
	hits, spellings := 0, map[string]bool{}
	for _, m := range people() {
		for _, token := range name.Tokens(m.Name.Surname) {
			if strings.HasPrefix(token.Wide, "mue") || strings.HasPrefix(token.Narrow, "mue") {
				hits++
				spellings[m.Name.Surname] = true
				break
			}
		}
	}
	if hits < 12 || hits > 60 {
		t.Errorf("%d hits", hits)
	}
	for _, want := range []string{"Müller", "Mueller", "Mühlbauer", "Mühlen", "Groß-Müller"} {
		if !spellings[want] {
			t.Errorf("no %s", want)
		}
	}
}

func TestFamilies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := anyDay(t)
		before := map[kvnr.KVNR]domain.Member{}
		for _, m := range practice.People(anySeed(t), day, 300) {
			before[m.KVNR] = m
			in := m.Insurance
			if in.As != domain.AsFamily {
				if in.Main != "" || in.Relation != 0 {
					t.Fatal("somebody insured for themselves has a main member")
				}
				continue
			}
			main, ok := before[in.Main]
			switch {
			case !ok:
				t.Fatal("the main member does not come first")
			case main.Insurance.As == domain.AsFamily || main.Ended(day):
				t.Fatal("the main member is not insured")
			case m.Address != main.Address:
				t.Fatal("a family of two addresses")
			case in.From < main.Insurance.From || in.From < m.BirthDate:
				t.Fatal("insured before the main member, or before birth")
			}
			if in.Relation == domain.Child {
				if !sameFamily(m.Name, main.Name) {
					t.Fatalf("%s is a child of %s", m.Name.Surname, main.Name.Surname)
				}
				if main.BirthDate.Age(m.BirthDate) < 18 || m.BirthDate.Age(day) > 25 {
					t.Fatalf("a child of %d, born when the main member was %d", m.BirthDate.Age(day), main.BirthDate.Age(m.BirthDate))
				}
			}
		}
	})
}

// sameFamily: the same surname, or the other form of it: Kowalski, Kowalska;
// Novák, Nováková.
func sameFamily(a, b domain.Name) bool {
	x, y := []rune(a.Surname), []rune(b.Surname)
	short := min(len(x), len(y)) - 1
	return a.Prefix == b.Prefix && string(x[:short]) == string(y[:short])
}

func TestPlausibleLives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := anyDay(t)
		for _, m := range practice.People(anySeed(t), day, 300) {
			age := m.BirthDate.Age(day)
			in := m.Insurance
			switch {
			case age < 0 || age > 100:
				t.Fatalf("%d years old", age)
			case in.From < m.BirthDate && in.TerminatedOn == 0 || in.From > day:
				t.Fatal("insured from a day that cannot be")
			case in.As != domain.AsFamily && age < 18:
				t.Fatal("a child insured for itself")
			case in.As == domain.AsPensioner && age < 63:
				t.Fatal("too young a pensioner")
			case m.Name.BirthName != "" && m.Name.BirthName == m.Name.Surname:
				t.Fatal("the birth name is the name")
			}
			for _, c := range m.Cards {
				if c.ValidFrom < m.BirthDate || c.Status == domain.CardActive && c.ValidFrom > day {
					t.Fatal("a card before birth, or not yet")
				}
			}
		}
	})
}

func TestPeoplePassTheImport(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		day := anyDay(rt)
		all := practice.People(anySeed(rt), day, 120)
		for _, form := range []memberfile.Form{memberfile.CSV, memberfile.JSONLines} {
			back, err := readBack(written(t, all, form), day)
			if err != nil {
				rt.Fatal(err)
			}
			if !reflect.DeepEqual(back, all) {
				rt.Fatal("people have changed on the way")
			}
		}
	})
}

func readBack(file []byte, day date.Date) (members []domain.Member, err error) {
	r, err := memberfile.NewReader(bytes.NewReader(file), memberfile.Options{Today: day})
	if err != nil {
		return nil, err
	}
	for row, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		if row.Rejected() {
			return nil, errors.New(row.Reject.String())
		}
		members = append(members, row.Member)
	}
	return members, nil
}

func BenchmarkPeople(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		practice.People(practice.Seed, today, practice.Size)
	}
}
