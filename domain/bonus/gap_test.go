package bonus_test

import (
	"fmt"
	"strings"
	"testing"

	"schalter/domain/bonus"
)

// gapsOf writes gaps as rows do: group, what is missing, what it brings alone and
// with all else of the group.
func gapsOf(d bonus.Decision) string {
	var texts []string
	for _, g := range d.Gaps {
		s := g.Group + ": " + strings.Join(g.Measures, "|")
		if g.Exam != "" {
			s += ":" + g.Exam
		}
		if g.Units != 1 {
			s += fmt.Sprintf(" x%d", g.Units)
		}
		if g.Stamp >= 0 {
			s += fmt.Sprintf(" #%d wants %s", g.Stamp, strings.Join(g.Wants, "+"))
			if g.Days.From != g.Days.To {
				s += fmt.Sprintf(" %v..%v", g.Days.From, g.Days.To)
			}
		}
		var proofs []string
		for _, p := range g.Proofs {
			text := fmt.Sprintf("%v..%v", p.Days.From, p.Days.To)
			if len(g.Measures) > 1 {
				text = p.Measure + " " + text
			}
			proofs = append(proofs, text)
		}
		if len(proofs) > 0 {
			s += " (" + strings.Join(proofs, ", ") + ")"
		}
		s += fmt.Sprintf(" brings %d", g.Brings)
		if g.Unbounded {
			s += " or any cost"
		} else if g.UpTo {
			s += " at most"
		}
		if g.Together != g.Brings {
			s += fmt.Sprintf(", together %d", g.Together)
		}
		texts = append(texts, s)
	}
	return strings.Join(texts, "\n")
}

func TestGaps(t *testing.T) {
	const year = "2024-01-01..2024-12-31"
	for _, row := range []struct {
		reason, rules, stamps string
		with                  func(*bonus.Booklet)
		gaps                  []string
		complete              bonus.Cents
	}{
		{
			"nothing is missing", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12", nil, nil, 3000,
		},
		{
			"one proof opens stage I", "", "checkup 2024-02-19; zahn 2024-06-12", nil,
			[]string{"stufe1: krebs (" + year + ") brings 3000"},
			3000,
		},
		{
			"and with it what waits behind", "", "checkup 2024-02-19; zahn 2024-06-12; fitness 2024-12-01", nil,
			[]string{"stufe1: krebs (" + year + ") brings 7000"},
			7000,
		},
		{
			"two proofs open it only together", "", "zahn 2024-06-12", nil,
			[]string{"stufe1: checkup (" + year + ") brings 0, together 3000", "stufe1: krebs (" + year + ") brings 0, together 3000"},
			3000,
		},
		{
			"a date may follow", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-00", nil,
			[]string{"stufe1: zahn #2 wants date " + year + " brings 3000"},
			3000,
		},
		{
			"a stamp may follow", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12 evidence=", nil,
			[]string{"stufe1: zahn #2 wants stamp brings 3000"},
			3000,
		},
		{
			"a wrong year cannot be mended: another proof", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2023-06-12", nil,
			[]string{"stufe1: zahn (" + year + ") brings 3000"},
			3000,
		},
		{
			"invoice and its sum may follow, up to the cap", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12; erw_augen 2024-03-03", nil,
			[]string{"vorsorge: erw_augen #3 wants invoice+cost brings 4000 at most"},
			7000,
		},
		{
			"an invoice may follow whose sum is known", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12; erw_augen 2024-03-03 cost=1200", nil,
			[]string{"vorsorge: erw_augen #3 wants invoice brings 1200"},
			4200,
		},
		{
			"a licence cannot follow", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12; erw_augen 2024-03-03 cost=1200 evidence=invoice provider=private", nil,
			nil, 3000,
		},
		{
			"nor does an invoice help then", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12; erw_augen 2024-03-03 cost=1200 provider=private", nil,
			nil, 3000,
		},
		{
			"a stamp may follow, but not for the day that another has", "measures: {a: {need: {units: 2, distinct_dates: true}}}" + gates,
			"a 2024-03-03; a 2024-03-03 evidence=", nil,
			[]string{"g: a (" + year + ") brings 3000"},
			3000,
		},
		{
			"on days of the description that fits", "measures: {a: {who: {any: [{sex: [m]}, {sex: [w], age_from: 44}]}, required_if: entitled_any_day}}" + gates, "", nil,
			[]string{"g: a (2024-05-10..2024-12-31) brings 3000"},
			3000,
		},
		{
			"exams that are still too few", `
measures: {u: {kind: series, max_units: null, exams: [{id: E1, tolerance: {unit: year, from: 44, to: 44}}, {id: E2, tolerance: {unit: year, from: 44, to: 45}}]}}
groups: [{id: g, measures: [u], min_count: 2, pay: {mode: per_measure, cents: 500}}]`, "", nil,
			[]string{"g: u x2 (2024-01-01..2024-05-09, " + year + ") brings 1000"},
			1000,
		},
		{
			"a proof of one more of what is paid once brings nothing", "", "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12; verein 2024-03-03; verein -", nil, nil, 5000,
		},
		{
			"dental at 17: the half-year that is missing", "", "zahn 2024-02-01", born(2007_01_01),
			[]string{"stufe1: zahn (2024-07-01..2024-12-31) brings 3000"},
			3000,
		},
		{
			"both half-years", "", "", born(2007_01_01),
			[]string{
				"stufe1: zahn (2024-01-01..2024-06-30) brings 0, together 3000",
				"stufe1: zahn (2024-07-01..2024-12-31) brings 0, together 3000",
			},
			3000,
		},
		{
			"a child's dentist twice", "", "impf 2024-01-01", born(2016_05_05),
			[]string{"kind1: zahn_kind x2 (" + year + ", " + year + ") brings 3000"},
			3000,
		},
		{
			"an exam inside its window", "", "impf 2024-01-01; u_unters 2024-05-01 exam=U8", born(2020_10_20),
			nil, 3000,
		},
		{
			"the exam that is missing, in its window", "", "impf 2024-01-01", born(2020_10_20),
			[]string{"kind1: u_unters:U8 (2024-04-20..2024-12-19) brings 3000"},
			3000,
		},
		{
			"an exam whose window opens after the hand-in", "", "impf 2024-01-01", all(born(2020_10_20), handin(2024_04_19)),
			[]string{"kind1: u_unters:U8 brings 0"},
			0,
		},
		{
			"a refused booklet still knows what was missing", "", "checkup 2024-02-19; zahn 2024-06-12", handin(2025_06_01),
			[]string{"stufe1: krebs (" + year + ") brings 3000"},
			3000,
		},
		{
			"a proof only on days of age", "measures: {a: {who: {age_from: 44}, required_if: entitled_any_day}}" + gates, "", nil,
			[]string{"g: a (2024-05-10..2024-12-31) brings 3000"},
			3000,
		},
		{
			"a proof that nobody can give", "measures: {a: {who: {sex: [m]}, required_if: always}}" + gates, "", nil,
			[]string{"g: a brings 0"},
			0,
		},
		{
			"more of any, the cheapest for example", `
measures: {a: {cents: 3000}, b: {cents: 1000, max_units: 2}, c: {cents: 2000}}
groups: [{id: g, measures: [a, b, c], min_count: 3, pay: {mode: per_measure}}]`, "a 2024-01-01", nil,
			[]string{"g: a|b|c x2 (b " + year + ", b " + year + ") brings 5000"},
			5000,
		},
		{
			"some of these, and then any", `
measures: {a: {}, b: {}, c: {}, d: {}}
groups: [{id: g, measures: [a, b, c, d], min_count: 3, needs: [{min: 2, of: [a, b]}], pay: {mode: by_count, table: [{min: 3, cents: 10000}]}}]`, "", nil,
			[]string{
				"g: a|b x2 (a " + year + ", b " + year + ") brings 0, together 10000",
				"g: a|b|c|d (c " + year + ") brings 0, together 10000",
			},
			10000,
		},
		{
			"any proof opens a gate that asks for none", "measures: {a: {required_if: never}, b: {required_if: never}}\ngroups: [{id: g, measures: [a, b], pay: {mode: lump, cents: 3000}}]", "", nil,
			[]string{"g: a|b (a " + year + ") brings 3000"},
			3000,
		},
		{
			"a companion", `
measures: {a: {only_with_any: [b, c]}, b: {}, c: {}}
groups: [{id: g, measures: [a], pay: {mode: per_measure, cents: 1000}}, {id: h, measures: [b, c], pay: {mode: per_measure, cents: 500}}]`, "a 2024-01-01", nil,
			[]string{"g: b|c (b " + year + ") brings 1500"},
			1500,
		},
		{
			"a cost that nothing ends", "measures: {a: {cost: reimburse}}\ngroups: [{id: g, measures: [a], pay: {mode: per_measure}}]", "a 2024-01-01", nil,
			[]string{"g: a #0 wants cost brings 10000000 or any cost"},
			10000000,
		},
		{
			"a value", "measures: {a: {value: {max: 25}}}" + pays, "a 2024-01-01", nil, []string{"g: a #0 wants value brings 1000"}, 1000,
		},
	} {
		b := woman44()
		b.Stamps = stampsOf(t, row.stamps)
		if row.with != nil {
			row.with(&b)
		}
		d, err := programme(t, row.rules).Decide(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := gapsOf(d), strings.Join(row.gaps, "\n"); got != want || d.Complete != row.complete {
			t.Errorf("%s:\ngot\n%s\nwant\n%s\ncomplete %d, want %d", row.reason, got, want, d.Complete, row.complete)
		}
	}
}
