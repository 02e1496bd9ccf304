package bonus

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain/date"
)

// A decision adds up, is never below zero and never above a cap.
func TestPropertySums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{brackets: true})
		d := decide(t, g, g.booklet)
		var sum Cents
		for _, e := range d.Entries {
			sum += e.Cents
		}
		if sum != d.Hypothetical || d.Total != d.Hypothetical && (d.Refusal == "" || d.Total != 0) {
			t.Fatalf("entries %d, hypothetical %d, total %d, refusal %q\n%s", sum, d.Hypothetical, d.Total, d.Refusal, g.text)
		}
		for _, l := range d.Lines {
			if l.Cents < 0 && l.Group != capGroup || l.Reason.Code == "" {
				t.Fatalf("line %+v\n%s", l, g.text)
			}
		}
		if d.Total < 0 || d.Hypothetical < 0 || d.Complete < 0 {
			t.Fatalf("below zero: %+v", d)
		}
		for i, r := range d.Groups {
			group := g.programme.Groups[i]
			if group.Cap != nil && r.Cents > *group.Cap {
				t.Fatalf("%s pays %d, above its cap %d\n%s", r.ID, r.Cents, *group.Cap, g.text)
			}
		}
	})
}

// After all caps every one of them holds, also where they share groups.
func TestPropertyCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{brackets: true})
		x := &tally{frame: newFrame(g.programme, &g.booklet)}
		x.run(g.booklet.Stamps)
		for _, c := range g.programme.Caps {
			var sum Cents
			for _, group := range c.Over {
				sum += x.net[group.at]
				if x.net[group.at] < 0 {
					t.Fatalf("%s is below zero", group.ID)
				}
			}
			if sum > c.Max {
				t.Fatalf("%s: %d is above %d\n%s", c.ID, sum, c.Max, g.text)
			}
		}
	})
}

// The same booklet is decided the same way again, and is not changed by it.
func TestPropertyPure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{brackets: true})
		before := g.booklet
		before.Stamps = slices.Clone(before.Stamps)
		first := decide(t, g, g.booklet)
		if !reflect.DeepEqual(g.booklet, before) {
			t.Fatal("the booklet was changed")
		}
		if second := decide(t, g, before); !reflect.DeepEqual(first, second) {
			t.Fatalf("first %+v\nthen %+v", first, second)
		}
	})
}

// Rule 8: the order of the stamps changes lines, not sums; units of one measure
// cost the same.
func TestPropertyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{brackets: true, sameCosts: true})
		first := decide(t, g, g.booklet)
		other := g.booklet
		other.Stamps = rapid.Permutation(g.booklet.Stamps).Draw(t, "order")
		second := decide(t, g, other)
		if first.Hypothetical != second.Hypothetical || !reflect.DeepEqual(first.Groups, second.Groups) {
			t.Fatalf("%d and %d\n%+v\n%+v\n%s", first.Hypothetical, second.Hypothetical, first.Groups, second.Groups, g.text)
		}
	})
}

// Without brackets by number, one more entry never lowers what the booklet would
// bring.
func TestPropertyMonotony(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{})
		first := decide(t, g, g.booklet)
		more := g.booklet
		more.Stamps = append(slices.Clone(more.Stamps), stampOf(t, g.programme))
		if second := decide(t, g, more); second.Hypothetical < first.Hypothetical {
			t.Fatalf("%d, with one more %d\n%s", first.Hypothetical, second.Hypothetical, g.text)
		}
	})
}

// What a gap promises comes true when it is filled, on whatever day it names.
func TestPropertyGaps(t *testing.T) {
	filled := 0
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{brackets: true})
		before := decide(t, g, g.booklet)
		for _, gap := range before.Gaps {
			if gap.Stamp < 0 && len(gap.Proofs) == 0 {
				if gap.Brings != 0 {
					t.Fatalf("nothing fills %+v, and it brings something", gap)
				}
				continue
			}
			if gap.Unbounded {
				continue
			}
			filled++
			after := g.booklet
			after.Stamps = fillByHand(t, g, gap, maxCents)
			if got := decide(t, g, after).Hypothetical - before.Hypothetical; got != gap.Brings {
				t.Fatalf("%+v brings %d\n%+v\n%s", gap, got, after.Stamps, g.text)
			}
			if gap.UpTo {
				after.Stamps = fillByHand(t, g, gap, Cents(rapid.IntRange(0, 3000).Draw(t, "lower")))
				if got := decide(t, g, after).Hypothetical - before.Hypothetical; got > gap.Brings {
					t.Fatalf("%+v brings %d\n%s", gap, got, g.text)
				}
			}
		}
	})
	if filled == 0 {
		t.Error("no gap was ever filled")
	}
}

// fillByHand enters what a gap asks for as a clerk would.
func fillByHand(t *rapid.T, g generated, gap Gap, cost Cents) []Stamp {
	stamps := slices.Clone(g.booklet.Stamps)
	if gap.Stamp >= 0 {
		s := stamps[gap.Stamp]
		for _, want := range gap.Wants {
			switch want {
			case WantDate:
				s.Date = freeDay(t, stamps, s.Measure, gap.Days)
			case WantCost:
				s.Cost = &cost
			case WantValue:
				five := 5.0
				s.Value = &five
			default:
				s.Evidence = append(slices.Clone(s.Evidence), want)
			}
		}
		stamps[gap.Stamp] = s
		return stamps
	}
	five := 5.0
	for _, p := range gap.Proofs {
		stamps = append(stamps, Stamp{
			Measure: p.Measure, Exam: p.Exam, Date: freeDay(t, stamps, p.Measure, p.Days),
			Evidence: []string{"stamp", "invoice"}, Cost: &cost, Value: &five,
		})
	}
	return stamps
}

// freeDay is one of the days that no entry of the measure has.
func freeDay(t *rapid.T, stamps []Stamp, measure string, days Span) date.Date {
	day := days.From.AddDays(rapid.IntRange(0, days.From.DaysUntil(days.To)).Draw(t, "day"))
	for range 40 {
		if !slices.ContainsFunc(stamps, func(s Stamp) bool { return s.Measure == measure && s.Date == day }) {
			break
		}
		if day++; !day.Complete() || day > days.To {
			day = days.From
		}
	}
	return day
}

// The shares add up to the hypothetical total, none is negative, and each part
// that pays has a line that says for what: no cent without a line.
func TestPropertyShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generate(t, wish{brackets: true})
		if maybe(t, "choose") {
			g.booklet.Choice = &Choice{Option: "o", Invoices: 5000}
		}
		d := decide(t, g, g.booklet)
		var sum Cents
		for _, s := range g.programme.Shares(d) {
			sum += s.Cents
			if s.Cents <= 0 {
				t.Fatalf("%s has %d", s.Part, s.Cents)
			}
		}
		if sum != d.Hypothetical {
			t.Fatalf("shares %d, hypothetical %d\n%+v\n%s", sum, d.Hypothetical, d.Entries, g.text)
		}
		for _, r := range d.Groups {
			if r.Cents > 0 && !slices.ContainsFunc(d.Lines, func(l Line) bool { return l.Group == r.ID }) {
				t.Fatalf("%s pays %d without a line\n%s", r.ID, r.Cents, g.text)
			}
		}
	})
}
