package practice_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/mrz"
	"schalter/domain/practice"
)

func TestSpecimensAreWhatTheySay(t *testing.T) {
	holders := map[string]date.Date{}
	for _, m := range practice.Cast(today) {
		holders[string(m.KVNR)] = m.BirthDate
	}
	keys := map[string]bool{}
	for _, s := range practice.Specimens(today) {
		doc, problems := mrz.ParseText(strings.Join(s.Lines, "\n"), 20100101)
		if len(problems) > 0 {
			t.Errorf("%s: %v", s.Key, problems)
		}
		if doc.BirthDate != s.BirthDate || doc.ExpiryDate != s.ValidUntil {
			t.Errorf("%s: born %s, until %s; the lines say %s, %s", s.Key, s.BirthDate, s.ValidUntil, doc.BirthDate, doc.ExpiryDate)
		}
		if doc.Surname != "MUSTERMANN" || doc.GivenNames != "ERIKA" {
			t.Errorf("%s is somebody else's", s.Key)
		}
		if (doc.Type[:1] == "P") != (s.Document == domain.Passport) {
			t.Errorf("%s: %s is not the kind of document", s.Key, doc.Type)
		}
		if born, ok := holders[string(s.Holder)]; !ok || born != s.BirthDate {
			t.Errorf("%s: the holder is not there", s.Key)
		}
		if keys[s.Key] {
			t.Errorf("%s twice", s.Key)
		}
		keys[s.Key] = true
	}
	if len(keys) != 4 {
		t.Errorf("%d specimens", len(keys))
	}
}

func TestSpecimensExpire(t *testing.T) {
	for _, row := range []struct {
		why   string
		today date.Date
		valid []string
	}{
		{"while the passport is valid", 20270228, []string{practice.SpecimenCard2021, practice.SpecimenPassport}},
		{"the day after", 20270301, []string{practice.SpecimenCard2021}},
		{"on the last day of the newest", 20310801, []string{practice.SpecimenCard2021}},
		{"after it", 20310802, nil},
	} {
		var valid []string
		for _, s := range practice.Specimens(row.today) {
			if !s.Expired {
				valid = append(valid, s.Key)
			}
		}
		if !slices.Equal(valid, row.valid) {
			t.Errorf("%s: %v", row.why, valid)
		}
	}
}

func TestErikaPutsDownHerNewestSpecimen(t *testing.T) {
	for _, row := range []struct {
		why     string
		today   date.Date
		index   int
		kind    domain.DocumentKind
		birth   string
		until   string
		expired bool
	}{
		{"the passport", 20261121, 0, domain.Passport, "120864", "0227", false},
		{"the passport in its last month", 20270210, 0, domain.Passport, "120864", "280227", false},
		{"the passport, expired", 20270301, 0, domain.Passport, "120864", "0227", true},
		{"the card of 2021", 20270301, 1, domain.IdentityCard, "120883", "0831", false},
	} {
		m := practice.Cast(row.today)[row.index]
		p := practice.PapersOf(m, practice.Seed, row.today)
		if p.Document != row.kind || p.TypedBirthDate() != row.birth || p.TypedValidUntil(row.today) != row.until || p.Expired != row.expired {
			t.Errorf("%s: %d, %s, %s, expired %t", row.why, p.Document, p.TypedBirthDate(), p.TypedValidUntil(row.today), p.Expired)
		}
		if p.CardDigits != m.Cards[0].ICCSN.Last6() {
			t.Errorf("%s: with another card", row.why)
		}
	}
}

func TestPapers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, day := anySeed(t), anyDay(t)
		for _, m := range practice.People(seed, day, 200)[2:] {
			p := practice.PapersOf(m, seed, day)
			if p != practice.PapersOf(m, seed, day) {
				t.Fatal("other papers the second time")
			}
			switch {
			case p.Document < domain.IdentityCard || p.Document > domain.ForeignIdentityCard:
				t.Fatalf("document of kind %d", p.Document)
			case p.BirthDate != m.BirthDate:
				t.Fatal("another birth date")
			case !p.ValidUntil.Complete() || p.ValidUntil/100 == day/100 || p.Expired != (p.ValidUntil < day):
				t.Fatalf("valid until %s, expired %t", p.ValidUntil, p.Expired)
			}
			checkTyped(t, p, day)
			checkCard(t, m, p)
		}
	})
}

// checkTyped reads what is to be typed as the counter does.
func checkTyped(t *rapid.T, p practice.Papers, day date.Date) {
	births, err := date.ParseTyped(p.TypedBirthDate(), day)
	if err != nil || !slices.Contains(births, p.BirthDate) {
		t.Fatalf("the birth date is not what is typed: %v", err)
	}
	until, _, err := date.ParseExpiry(p.TypedValidUntil(day), day)
	if sameMonth := until/100 == p.ValidUntil/100; err != nil || !sameMonth || (until < day) != p.Expired {
		t.Fatalf("the validity is not what is typed: %v", err)
	}
}

// checkCard: the digits are of a card that was sent.
func checkCard(t *rapid.T, m domain.Member, p practice.Papers) {
	var digits []string
	for _, c := range m.Cards {
		if c.Status != domain.CardOrdered {
			digits = append(digits, c.ICCSN.Last6())
		}
	}
	if len(digits) == 0 && p.CardDigits != "" || len(digits) > 0 && !slices.Contains(digits, p.CardDigits) {
		t.Fatal("the card is not one of theirs")
	}
}

func TestPapersAreOfAllKinds(t *testing.T) {
	kinds := map[domain.DocumentKind]int{}
	expired, oldCard, noCard := 0, 0, 0
	for _, m := range people() {
		p := practice.PapersOf(m, practice.Seed, today)
		kinds[p.Document]++
		if p.Expired {
			expired++
		}
		if p.CardDigits == "" {
			noCard++
		}
		if len(m.Cards) > 1 && m.Cards[0].Usable(today) && p.CardDigits != m.Cards[0].ICCSN.Last6() {
			oldCard++
		}
	}
	for _, row := range []struct {
		why          string
		n, low, high int
	}{
		{"identity cards", kinds[domain.IdentityCard], 1000, 1700},
		{"passports", kinds[domain.Passport], 200, 700},
		{"residence permits", kinds[domain.ResidencePermit], 30, 250},
		{"cards of other states", kinds[domain.ForeignIdentityCard], 20, 150},
		{"expired", expired, 60, 200},
		{"an old card in hand", oldCard, 5, 80},
		{"no card in hand", noCard, 30, 150},
	} {
		if row.n < row.low || row.n > row.high {
			t.Errorf("%s: %d, want %d to %d", row.why, row.n, row.low, row.high)
		}
	}
}
