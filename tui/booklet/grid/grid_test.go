package grid

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
)

// adult is the empty grid of a woman of 44 in 2024: fifteen boxes, 4 to 7 with
// invoices.
func adult(t testing.TB) *Grid {
	t.Helper()
	b := bonus.Booklet{
		Year: 2024, Person: bonus.Person{Born: 19800510, Sex: bonus.Woman, InsuredAs: bonus.Member}, Handin: 20250210,
	}
	boxes, err := bonus.Seed().Boxes(b)
	if err != nil {
		t.Fatal(err)
	}
	return New(boxes, bonus.Seed().PeriodOf(2024, 0))
}

// press types keys: digits and commas, / for a refusal, the rest by name.
func press(g *Grid, keys string) (problems []Problem) {
	for _, word := range strings.Fields(keys) {
		var p Problem
		switch word {
		case "enter":
			p = g.Enter()
		case "*":
			p = g.Same()
		case "+":
			p = g.Another()
		case "/":
			p = g.Refuse("illegible")
		case "<":
			g.Erase()
		case "down":
			g.Move(1)
		case "up":
			g.Move(-1)
		case "clear":
			g.Clear()
		default:
			g.Type(word)
		}
		if p != "" {
			problems = append(problems, p)
		}
	}
	return problems
}

func show(g *Grid) (lines []string) {
	for _, e := range g.Entries() {
		s := fmt.Sprintf("%s %v", e.Measure, e.Date)
		if e.Cost != nil {
			s += fmt.Sprintf(" %d ct invoice %s", *e.Cost, e.Invoice)
		}
		if e.Invalid != "" {
			s += " " + e.Invalid
		}
		lines = append(lines, s+" "+strings.Join(e.Evidence, "+"))
	}
	return lines
}

func TestTyping(t *testing.T) {
	rows := []struct {
		why, keys string
		want      []string
		problems  []Problem
	}{
		{"a day in the booklet's year", "1405 enter", []string{"checkup 2024-05-14 stamp"}, nil},
		{"enter alone leaves a box empty", "enter enter 1206 enter", []string{"zahn 2024-06-12 stamp"}, nil},
		{"another year is typed", "140523 enter 14052025 enter", []string{"checkup 2023-05-14 stamp", "krebs 2025-05-14 stamp"}, nil},
		{"the same day", "1405 enter * enter *", []string{"checkup 2024-05-14 stamp", "krebs 2024-05-14 stamp", "erw_checkup 2024-05-14 invoice"}, nil},
		{"the same day where none is above", "*", nil, []Problem{NothingSame}},
		{"no such day", "3102 enter", []string{"checkup  stamp"}, []Problem{NotADay}},
		{"half a day", "14 enter", []string{"checkup  stamp"}, []Problem{NotADay}},
		{"month and day nought", "0000 enter", []string{"checkup  stamp"}, []Problem{NotADay}},
		{"put right", "3102 enter < < 01 enter", []string{"checkup 2024-01-31 stamp"}, nil},
		{"refused with its day", "1405 /", []string{"checkup 2024-05-14 illegible stamp"}, nil},
		{"refused without one", "/", []string{"checkup  illegible stamp"}, nil},
		{"refused stays refused while the day is typed", "/ up 1405 enter", []string{"checkup 2024-05-14 illegible stamp"}, nil},
		{"refused, then counted after all", "/ up clear 1405 enter", []string{"checkup 2024-05-14 stamp"}, nil},
		{"the year of an error of typing", "14050026 enter", []string{"checkup  stamp"}, []Problem{NotADay}},
		{"a number of letters", "enter enter enter 1405 enter 40 enter RE-17/b enter", []string{"erw_checkup 2024-05-14 4000 ct invoice RE-17/b invoice"}, nil},
		{
			"two in one box", "enter enter enter 1405 enter 40 enter 4711 + 1506 enter 12,50 enter 4712 enter",
			[]string{"erw_checkup 2024-05-14 4000 ct invoice 4711 invoice", "erw_checkup 2024-06-15 1250 ct invoice 4712 invoice"},
			nil,
		},
		{"a further entry that stays empty is none", "1405 +", []string{"checkup 2024-05-14 stamp"}, nil},
		{"and goes away when it is erased", "1405 + < enter 1206 enter", []string{"checkup 2024-05-14 stamp", "krebs 2024-06-12 stamp"}, nil},
		{
			"a cost needs its invoice", "enter enter enter 1405 enter 40 enter enter",
			[]string{"erw_checkup 2024-05-14 4000 ct invoice  invoice"},
			[]Problem{NoInvoice},
		},
		{"without a cost no invoice is asked", "enter enter enter 1405 enter enter 1506 enter", []string{"erw_checkup 2024-05-14 invoice", "erw_krebs 2024-06-15 invoice"}, nil},
		{"half a cent", "enter enter enter 1405 enter 40,5 enter", []string{"erw_checkup 2024-05-14 invoice"}, []Problem{NotAnAmount}},
		{"cleared", "1405 clear enter 1206 enter", []string{"krebs 2024-06-12 stamp"}, nil},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			g := adult(t)
			problems := press(g, row.keys)
			// "put right" meets the problem on its way.
			if row.problems != nil && !slices.Equal(problems, row.problems) {
				t.Errorf("problems %q, want %q", problems, row.problems)
			}
			if got := show(g); !slices.Equal(got, row.want) {
				t.Errorf("got  %q\nwant %q", got, row.want)
			}
		})
	}
}

func TestPeriodOverTwoYears(t *testing.T) {
	g := New([]bonus.Box{{Measure: &bonus.Measure{ID: "m"}}}, bonus.Span{From: 20240401, To: 20250331})
	for typed, want := range map[string]date.Date{
		"1405": 20240514, "1402": 20250214, "3103": 20250331, "0104": 20240401,
		"2902":   20240229, // not in 2025: of the first year, for the engine to refuse
		"140224": 20240214,
	} {
		if got, ok := g.Day(typed); !ok || got != want {
			t.Errorf("%s is %v, want %v", typed, got, want)
		}
	}
}

// TestControlCount: the number of stamps on paper is typed last and counts those
// that staff refuse, too.
func TestControlCount(t *testing.T) {
	g := adult(t)
	press(g, "1405 enter / 1506 enter")
	if g.Entered() != 3 {
		t.Errorf("%d entered, want 3", g.Entered())
	}
	g.Move(99)
	if _, ok := g.Control(); ok || g.Enter() != NoCount {
		t.Error("a count that was not typed counts")
	}
	press(g, "x 3")
	if n, ok := g.Control(); !ok || n != 3 || g.Enter() != "" {
		t.Errorf("control %d %v", n, ok)
	}
	press(g, "< 12 34")
	if g.Counted() != "12" {
		t.Errorf("counted %q", g.Counted())
	}
}

// TestCheck finds a row that was left with the arrows before it was complete.
func TestCheck(t *testing.T) {
	g := adult(t)
	press(g, "1405 enter 14")
	g.Move(3)
	if p := g.Check(); p != NotADay {
		t.Fatalf("problem %q", p)
	}
	if row, cell := g.At(); row != 1 || cell != Day {
		t.Errorf("at %d, %d", row, cell)
	}
	g.Clear()
	if p := g.Check(); p != "" {
		t.Errorf("problem %q in a complete booklet", p)
	}
}

// TestFill brings back what was entered, and types it the same again.
func TestFill(t *testing.T) {
	was := adult(t)
	press(was, "1405 enter / 14052025 enter 1405 enter 40 enter 4711 + 1506 enter 12,50 enter 4712 enter")
	again := adult(t)
	again.Fill(was.Entries())
	if got, want := show(again), show(was); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	strange := domain.Stamp{Measure: "gone", Date: 20240514, Evidence: []string{"seen"}}
	again.Fill([]domain.Stamp{strange})
	if got := show(again); !slices.Contains(got, "gone 2024-05-14 seen") {
		t.Errorf("an entry of a measure that is gone is lost: %q", got)
	}
}

// TestCostNeedsItsDay: an invoice without the day it is about is not complete.
func TestCostNeedsItsDay(t *testing.T) {
	g := adult(t)
	press(g, "enter enter enter 1405 enter 40 enter 4711 up down < < < < enter")
	if p := g.Check(); p != NotADay {
		t.Errorf("problem %q", p)
	}
}

// FuzzKeys: no keys make the grid panic, lose its place, or enter a stamp of a
// day that does not exist.
func FuzzKeys(f *testing.F) {
	empty := adult(f)
	var boxes []bonus.Box
	for _, r := range empty.Rows() {
		boxes = append(boxes, r.Box)
	}
	f.Add("1405e*e/+3102e<u")
	f.Fuzz(func(t *testing.T, keys string) {
		g := New(boxes, empty.period)
		for _, k := range keys {
			switch k {
			case 'e':
				g.Enter()
			case '*':
				g.Same()
			case '+':
				g.Another()
			case '/':
				g.Refuse("illegible")
			case '<':
				g.Erase()
			case 'u':
				g.Move(-1)
			case 'd':
				g.Move(1)
			case 'c':
				g.Clear()
			default:
				g.Type(string(k))
			}
			row, cell := g.At()
			if row < 0 || row > len(g.Rows()) || g.AtCount() != (g.Row() == nil) {
				t.Fatalf("lost at %d of %d", row, len(g.Rows()))
			}
			if r := g.Row(); r != nil && !r.asks(cell) {
				t.Fatalf("typing into cell %d, which %s does not have", cell, r.Measure.ID)
			}
		}
		for _, e := range g.Entries() {
			if !e.Date.IsZero() && !e.Date.Complete() {
				t.Fatalf("day %v", e.Date)
			}
		}
		if g.Entered() != len(g.Entries()) {
			t.Fatalf("%d entered, %d entries", g.Entered(), len(g.Entries()))
		}
	})
}
