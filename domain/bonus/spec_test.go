package bonus_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"schalter/domain/bonus"
	"schalter/domain/date"
)

// spec is one row: a sentence of the language or of the decisions on the seed's
// ambiguities, a programme and a booklet that put it to the test, and what must
// come out. What is left empty is not compared, but for the total.
type spec struct {
	reason string // why this must come out
	says   string // the sentence, with the number of its rule or decision
	rules  string // fields of a programme; "" is the seed
	stamps string // MEASURE DATE [key=value …]; …
	with   func(*bonus.Booklet)

	lines   string // "group measure cents reason; …", in order
	total   bonus.Cents
	refusal bonus.Code
	lost    bonus.Cents // hypothetical total of a refused booklet
	groups  string      // "group reason cents; …", in order
	track   string
}

// frame has what a programme needs beside the rules of a row.
const frame = `
schema: schalter-bonus/1
id: test
insurer: Test
valid: {from_year: 2000, to_year: null}
`

// programme reads the rules of a row.
func programme(t testing.TB, rules string) *bonus.Programme {
	t.Helper()
	if rules == "" {
		return bonus.Seed()
	}
	text := frame
	for key, line := range map[string]string{"period": "{type: calendar_year}", "tracks": "[{id: all}]"} {
		if !strings.Contains("\n"+rules, "\n"+key+":") {
			text += key + ": " + line + "\n"
		}
	}
	p, found := bonus.Parse("test.yaml", []byte(text+rules))
	if len(found) > 0 {
		t.Fatalf("%v\n%s", found, text+rules)
	}
	return p
}

func day(t testing.TB, text string) date.Date {
	t.Helper()
	d, err := date.Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return d
}

// woman44 is the booklet that rows start from: a woman of 44 years, insured for
// long, who hands in her booklet of 2024 in time.
func woman44() bonus.Booklet {
	return bonus.Booklet{
		Year:       2024,
		Person:     bonus.Person{Born: 1980_05_10, Sex: bonus.Woman, InsuredAs: bonus.Member},
		Membership: bonus.Membership{Known: true, From: 2010_01_01},
		Handin:     2025_02_10, Payout: 2025_03_20,
	}
}

// stampsOf reads stamps as rows write them. Without evidence=… there is a stamp.
func stampsOf(t testing.TB, text string) (stamps []bonus.Stamp) {
	t.Helper()
	for entry := range strings.SplitSeq(text, ";") {
		words := strings.Fields(entry)
		if len(words) == 0 {
			continue
		}
		s := bonus.Stamp{Measure: words[0], Evidence: []string{"stamp"}}
		if words[1] != "-" {
			s.Date = day(t, words[1])
		}
		for _, w := range words[2:] {
			key, value, _ := strings.Cut(w, "=")
			switch key {
			case "cost":
				n, err := strconv.Atoi(value)
				if err != nil {
					t.Fatal(err)
				}
				cost := bonus.Cents(n)
				s.Cost = &cost
			case "value":
				x, err := strconv.ParseFloat(value, 64)
				if err != nil {
					t.Fatal(err)
				}
				s.Value = &x
			case "evidence":
				s.Evidence = slices.DeleteFunc(strings.Split(value, "+"), func(s string) bool { return s == "" })
			case "exam":
				s.Exam = value
			case "provider":
				s.Provider = value
			default:
				t.Fatalf("unknown word %q in %q", w, entry)
			}
		}
		stamps = append(stamps, s)
	}
	return stamps
}

// linesOf writes lines as rows do.
func linesOf(d bonus.Decision) string {
	var texts []string
	for _, l := range d.Lines {
		texts = append(texts, fmt.Sprintf("%s %s %d %s", l.Group, l.Measure, l.Cents, l.Reason))
	}
	return strings.Join(texts, "; ")
}

func groupsOf(d bonus.Decision) string {
	var texts []string
	for _, g := range d.Groups {
		texts = append(texts, fmt.Sprintf("%s %s %d", g.ID, g.Reason, g.Cents))
	}
	return strings.Join(texts, "; ")
}

func (s spec) test(t *testing.T) {
	t.Helper()
	d := s.decide(t, programme(t, s.rules))
	for _, fault := range s.faults(d) {
		t.Errorf("%s (%s): %s", s.reason, s.says, fault)
	}
	sound(t, d)
}

func (s spec) decide(t testing.TB, p *bonus.Programme) bonus.Decision {
	t.Helper()
	b := woman44()
	b.Stamps = stampsOf(t, s.stamps)
	if s.with != nil {
		s.with(&b)
	}
	d, err := p.Decide(b)
	if err != nil {
		t.Fatalf("%s: %v", s.reason, err)
	}
	return d
}

// faults are where a decision is not what the row says.
func (s spec) faults(d bonus.Decision) (faults []string) {
	compare := func(what string, got, want any) {
		if got != want {
			faults = append(faults, fmt.Sprintf("%s:\ngot  %v\nwant %v", what, got, want))
		}
	}
	if s.lines != "" {
		compare("lines", linesOf(d), s.lines)
	}
	if s.groups != "" {
		compare("groups", groupsOf(d), s.groups)
	}
	if s.track != "" {
		compare("track", d.Track, s.track)
	}
	compare("total", d.Total, s.total)
	compare("refusal", d.Refusal, s.refusal)
	lost := s.lost
	if s.refusal == "" {
		lost = s.total
	}
	compare("hypothetical total", d.Hypothetical, lost)
	return faults
}

// sound holds for every decision: the entries add up to the total, and so do the
// lines of groups that pay by them.
func sound(t testing.TB, d bonus.Decision) {
	t.Helper()
	var sum bonus.Cents
	for _, e := range d.Entries {
		sum += e.Cents
		if e.Cents == 0 {
			t.Errorf("an entry of nothing: %+v", e)
		}
	}
	if sum != d.Hypothetical {
		t.Errorf("entries add up to %d, not to %d: %+v", sum, d.Hypothetical, d.Entries)
	}
	for _, g := range d.Groups {
		var cents bonus.Cents
		for _, l := range d.Lines {
			if l.Group == g.ID {
				cents += l.Cents
			}
			if l.Cents < 0 && l.Group != "cap" {
				t.Errorf("a line below zero: %+v", l)
			}
		}
		if cents != 0 && cents != g.Cents {
			t.Errorf("lines of %s add up to %d, not to %d", g.ID, cents, g.Cents)
		}
	}
}

func run(t *testing.T, rows []spec) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range rows {
		if row.reason == "" || row.says == "" || seen[row.reason] {
			t.Errorf("a row without a reason of its own: %q", row.reason)
		}
		seen[row.reason] = true
		t.Run(strings.ReplaceAll(row.reason, " ", "_"), row.test)
	}
}

// Changes of the booklet that many rows make.

func born(d date.Date) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.Person.Born = d }
}

func person(sex bonus.Sex, d date.Date) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.Person.Sex, b.Person.Born = sex, d }
}

func insured(from, to date.Date) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.Membership.From, b.Membership.To = from, to }
}

func handin(d date.Date) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) { b.Handin, b.Payout = d, d }
}

func history(measure, exam string, d date.Date) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) {
		b.History = append(b.History, bonus.PastExam{Measure: measure, Exam: exam, Date: d})
	}
}

func all(changes ...func(*bonus.Booklet)) func(*bonus.Booklet) {
	return func(b *bonus.Booklet) {
		for _, change := range changes {
			change(b)
		}
	}
}
