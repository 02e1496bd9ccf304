package bonus

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"schalter/domain/date"
)

// generated is a random programme with a booklet for it.
type generated struct {
	text      string
	programme *Programme
	booklet   Booklet
}

// wish says what a property needs of what is generated.
type wish struct {
	brackets  bool // groups that pay by number or by place in the row
	sameCosts bool // units of one measure cost the same
}

func generate(t *rapid.T, w wish) generated {
	var b strings.Builder
	b.WriteString("schema: schalter-bonus/1\nid: random\ninsurer: Random\nvalid: {from_year: 2000}\nperiod: {type: calendar_year}\n")
	b.WriteString("deadline: {month: 3, day: 31, year_offset: 1}\n")
	b.WriteString("conditions: [{check: membership_active, at: payout}, {check: not_terminated, at: payout}]\n")
	b.WriteString("tracks: [{id: t}]\npoints: {cents_per: [1, " + pick(t, "den", "1", "7", "10") + "], step: " + pick(t, "step", "1", "100") + "}\n")
	b.WriteString("measures:\n")
	const measures = 6
	for i := range measures {
		fmt.Fprintf(&b, "  m%d: {%s}\n", i, strings.Join(measureFields(t, i), ", "))
	}
	b.WriteString("groups:\n")
	groups := rapid.IntRange(1, 4).Draw(t, "groups")
	for i := range groups {
		fmt.Fprintf(&b, "  - {id: g%d, %s}\n", i, strings.Join(groupFields(t, w, i), ", "))
	}
	if n := rapid.IntRange(0, 3).Draw(t, "caps"); n > 0 {
		b.WriteString("caps:\n")
		over := some(t, "over", "g", groups)
		for i := range n { // each within the one before
			over = over[:rapid.IntRange(1, len(over)).Draw(t, "within")]
			fmt.Fprintf(&b, "  - {id: c%d, over: [%s], max_cents: %d}\n", i, strings.Join(over, ", "), rapid.IntRange(3000, 8000).Draw(t, "max"))
		}
	}
	if maybe(t, "extra") {
		b.WriteString("extras: [{id: x, cents: 500, requires: [g0], min_total_cents: 1000}]\n")
	}
	b.WriteString("options: [{id: o, factor: [3, 2], max_cents: 20000}]\n")
	p, found := Parse("random.yaml", []byte(b.String()))
	if len(found) > 0 {
		t.Fatalf("%v\n%s", found, b.String())
	}
	return generated{b.String(), p, booklet(t, p, w)}
}

func pick(t *rapid.T, label string, from ...string) string {
	return rapid.SampledFrom(from).Draw(t, label)
}

func maybe(t *rapid.T, label string) bool { return rapid.Bool().Draw(t, label) }

// some returns at least one of the ids prefix0, prefix1, … in order.
func some(t *rapid.T, label, prefix string, n int) (ids []string) {
	chosen := rapid.IntRange(1, 1<<n-1).Draw(t, label)
	for i := range n {
		if chosen&(1<<i) != 0 {
			ids = append(ids, fmt.Sprintf("%s%d", prefix, i))
		}
	}
	return ids
}

func measureFields(t *rapid.T, i int) []string {
	fields := []string{"points: " + pick(t, "points", "50", "120", "300")}
	if i == 5 { // one series
		return append(fields, "kind: series", "max_units: null", "exams: ["+
			"{id: E1, tolerance: {unit: year, from: 44, to: 45}}, {id: E2, tolerance: {unit: year, from: 44, to: 46}}]")
	}
	switch pick(t, "cost", "ignore", "ignore", "limit", "reimburse") {
	case "ignore":
		fields = append(fields, "cents: "+pick(t, "cents", "500", "1000", "2500"))
	case "limit":
		fields = append(fields, "cost: limit", "cents: "+pick(t, "cents", "500", "1000", "2500"))
	default:
		fields = append(fields, "cost: reimburse")
	}
	if maybe(t, "many") {
		fields = append(fields, "max_units: "+pick(t, "max_units", "2", "3", "null"))
	}
	for _, f := range []string{
		"kind: status", "who: {age_from: 44}", "who: {sex: [m]}", "required_if: never", "required_if: entitled_any_day",
		"interval: {years: 2}", "need: {units: 2, distinct_dates: true}", "need: {per: half_year}", "provider: contract",
		"evidence: {all: [invoice], any: [stamp, copy]}", "value: {min: 1, max: 9}",
	} {
		key, _, _ := strings.Cut(f, ":")
		if rapid.IntRange(0, 5).Draw(t, f) == 0 && !strings.Contains(strings.Join(fields, ","), key+":") {
			fields = append(fields, f)
		}
	}
	if rapid.IntRange(0, 7).Draw(t, "companion") == 0 {
		fields = append(fields, fmt.Sprintf("only_with_any: [m%d]", (i+1)%5))
	}
	return fields
}

func groupFields(t *rapid.T, w wish, i int) []string {
	fields := []string{"measures: [" + strings.Join(some(t, "measures", "m", 6), ", ") + "]"}
	modes := []string{
		"{mode: lump, cents: 3000}", "{mode: lump, cents: 1500, allow_empty: true}", "{mode: per_measure, cents: 700}",
		"{mode: reimburse}", "{mode: points}",
	}
	if w.brackets {
		modes = append(modes, "{mode: ordinal, table: [{from: 1, cents: 300}, {from: 3, cents: 900}]}",
			"{mode: by_count, table: [{min: 1, cents: 1000, each_further: 100}]}")
	}
	mode := pick(t, "mode", modes...)
	if strings.Contains(mode, "reimburse") { // limits need an amount, which series and some others have not
		fields[0] = "measures: [m0, m1]"
	}
	fields = append(fields, "pay: "+mode)
	if i > 0 && maybe(t, "requires") {
		fields = append(fields, fmt.Sprintf("requires: [g%d]", rapid.IntRange(0, i-1).Draw(t, "required")))
	}
	gate, points := strings.Contains(mode, "lump"), strings.Contains(mode, "points")
	if !points && maybe(t, "cap") {
		fields = append(fields, fmt.Sprintf("cap_cents: %d", rapid.IntRange(3000, 6000).Draw(t, "cap_cents")))
	}
	if !gate && maybe(t, "max_count") {
		fields = append(fields, "max_count: "+pick(t, "most", "1", "2", "3"))
	}
	if maybe(t, "min_count") {
		fields = append(fields, "min_count: 1")
	}
	return fields
}

func booklet(t *rapid.T, p *Programme, w wish) Booklet {
	b := Booklet{
		Year: 2024, Person: Person{Born: 1980_05_10, Sex: Woman, InsuredAs: Member},
		Membership: Membership{Known: true, From: 2010_01_01}, Handin: 2025_02_10, Payout: 2025_03_20,
	}
	switch rapid.IntRange(0, 5).Draw(t, "life") {
	case 0:
		b.Membership.From = 2024_07_01
	case 1:
		b.Handin = 2025_05_05
	case 2:
		b.Membership.TerminatedOn = 2025_01_01
	case 3:
		b.Handin = 2024_10_10
	}
	if maybe(t, "history") {
		b.History = []PastExam{{Measure: "m0", Date: 2023_05_05}, {Measure: "m5", Exam: "E1", Date: 2023_12_12}}
	}
	if maybe(t, "option") {
		b.Choice = &Choice{Option: "o"}
	}
	costs := map[string]Cents{}
	for range rapid.IntRange(0, 12).Draw(t, "stamps") {
		s := stampOf(t, p)
		if s.Cost != nil && w.sameCosts {
			if _, known := costs[s.Measure]; !known {
				costs[s.Measure] = *s.Cost
			}
			same := costs[s.Measure]
			s.Cost = &same
		}
		b.Stamps = append(b.Stamps, s)
	}
	return b
}

// stampOf is a stamp that is good more often than not.
func stampOf(t *rapid.T, p *Programme) Stamp {
	m := rapid.SampledFrom(p.Measures).Draw(t, "measure")
	s := Stamp{Measure: m.ID, Evidence: []string{"stamp", "invoice"}}
	if m.Kind == Series {
		s.Exam = rapid.SampledFrom(m.Exams).Draw(t, "exam").ID
	}
	s.Date = rapid.SampledFrom([]date.Date{
		2024_01_01, 2024_03_03, 2024_05_09, 2024_05_10, 2024_06_30, 2024_07_01, 2024_09_09, 2024_12_31,
		2025_01_15, 2023_12_31, 2024_06_00, 0,
	}).Draw(t, "date")
	if cost := Cents(rapid.IntRange(-300, 4000).Draw(t, "cost")); cost >= 0 {
		s.Cost = &cost
	}
	if rapid.IntRange(0, 5).Draw(t, "evidence") == 0 {
		s.Evidence = []string{"copy"}
	}
	if rapid.IntRange(0, 9).Draw(t, "provider") == 0 {
		s.Provider = private
	}
	if value := float64(rapid.IntRange(-1, 10).Draw(t, "value")); value >= 0 {
		s.Value = &value
	}
	return s
}

func decide(t *rapid.T, g generated, b Booklet) Decision {
	d, err := g.programme.Decide(b)
	if err != nil {
		t.Fatalf("%v\n%s", err, g.text)
	}
	return d
}
