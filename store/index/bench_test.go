package index_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/iccsn"
	"schalter/store/index"
)

// BenchmarkSearch measures each kind of query on 100,000 invented members, or on
// as many as SCHALTER_BENCH_MEMBERS says: the median and the 99th percentile of
// single searches in microseconds, and how many times longer reading through all
// members takes (x-scan), in the same run.
func BenchmarkSearch(b *testing.B) {
	all := town(benchMembers(b))
	x := index.New()
	x.Build(all.entries())
	scan := make(people, len(all))
	for _, m := range all {
		scan[uint64(m.ID)] = personOf(m)
	}
	for _, kind := range all.kinds() {
		b.Run(kind.name, func(b *testing.B) { benchmarkKind(b, x, scan, kind.texts) })
	}
}

func benchmarkKind(b *testing.B, x *index.Index, scan people, texts []string) {
	queries := make([]find.Query, len(texts))
	for i, text := range texts {
		queries[i] = find.Parse(text, today)
	}
	took := make([]time.Duration, 0, 1<<16)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := x.Search(queries[i%len(queries)], 50); err != nil {
			b.Fatal(err)
		}
		if t := time.Since(start); len(took) < cap(took) {
			took = append(took, t)
		}
	}
	slices.Sort(took)
	b.ReportMetric(micros(took[len(took)/2]), "p50-µs")
	b.ReportMetric(micros(took[len(took)*99/100]), "p99-µs")
	if scan != nil {
		b.ReportMetric(micros(scanTime(scan, queries))/micros(took[len(took)/2]), "x-scan")
	}
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// scanTime is the median of reading through all members.
func scanTime(scan people, queries []find.Query) time.Duration {
	var took []time.Duration
	for _, q := range queries[:min(3, len(queries))] {
		start := time.Now()
		for _, p := range scan {
			p.has(q, true, false)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// BenchmarkBuild measures making the index from members that are in memory, and
// what it weighs.
func BenchmarkBuild(b *testing.B) {
	all := town(benchMembers(b))
	x := index.New()
	for b.Loop() {
		x.Build(all.entries())
	}
	b.ReportMetric(float64(x.Bytes())/float64(len(all)), "B/member")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(all)), "µs/member")
}

// BenchmarkRebuild measures folding a full overlay into the segment.
func BenchmarkRebuild(b *testing.B) {
	all := town(benchMembers(b))
	x := index.New()
	x.Build(all.entries())
	for b.Loop() {
		b.StopTimer()
		for i := 0; !x.Due(); i++ {
			x.Put(index.EntryOf(all[i%len(all)]))
		}
		b.StartTimer()
		x.Rebuild()
	}
}

// BenchmarkPut measures one change.
func BenchmarkPut(b *testing.B) {
	all := town(benchMembers(b))
	x := index.New()
	x.Build(all.entries())
	for i := 0; b.Loop(); i++ {
		x.Put(index.EntryOf(all[i%len(all)]))
		if x.Due() {
			b.StopTimer()
			x.Rebuild()
			b.StartTimer()
		}
	}
}

// BenchmarkSearchOverlay measures the same as BenchmarkSearch when so much has
// changed that rebuilding is due.
func BenchmarkSearchOverlay(b *testing.B) {
	all := town(benchMembers(b))
	x := index.New()
	x.Build(all.entries())
	for i := 0; !x.Due(); i++ {
		x.Put(index.EntryOf(all[i%len(all)]))
	}
	for _, kind := range all.kinds() {
		b.Run(kind.name, func(b *testing.B) { benchmarkKind(b, x, nil, kind.texts) })
	}
}

func benchMembers(b *testing.B) int {
	b.Helper()
	text := os.Getenv("SCHALTER_BENCH_MEMBERS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// residents are invented people, the same every time.
type residents []domain.Member

func (all residents) entries() func(func(index.Entry) bool) {
	return func(yield func(index.Entry) bool) {
		for _, m := range all {
			if !yield(index.EntryOf(m)) {
				return
			}
		}
	}
}

// town invents n members whose names are spread as names are: few very frequent
// ones and a long tail (Zipf), a tenth with umlauts, a quarter with two given
// names, a twelfth with two surnames, a third with a birth name; 1.4 cards each.
func town(n int) residents {
	rnd := rand.New(rand.NewPCG(1, 2))
	last, first := namesOf(rnd, 60_000+n/20), namesOf(rnd, 4_000+n/200)
	surname := zipf(rnd, 1.02, 8, len(last))
	given := zipf(rnd, 1.1, 12, len(first))
	postcode := zipf(rnd, 1.05, 50, 8_000)
	all := make(residents, n)
	for i := range all {
		m := &all[i]
		m.ID = domain.MemberID(i + 1)
		m.KVNR = withCheck(fmt.Sprintf("%c%08d", 'A'+rnd.IntN(26), rnd.IntN(1e8)))
		m.Name.Surname, m.Name.Given = last[surname()], first[given()]
		switch rnd.IntN(50) {
		case 0, 1, 2, 3:
			m.Name.Surname += "-" + last[surname()]
		case 4:
			m.Name.Prefix = "von"
		}
		if rnd.IntN(4) == 0 {
			m.Name.Given += " " + first[given()]
		}
		if rnd.IntN(3) == 0 {
			m.Name.BirthName = last[surname()]
		}
		m.BirthDate = date.Date((1930+rnd.IntN(95))*1_0000 + (1+rnd.IntN(12))*100 + 1 + rnd.IntN(28))
		m.Address.Postcode = fmt.Sprintf("%05d", 1001+postcode()*11)
		for range 1 + rnd.IntN(10)/6 {
			m.Cards = append(m.Cards, domain.Card{ICCSN: iccsn.ICCSN(fmt.Sprintf("80276001%02d%010d", rnd.IntN(100), rnd.IntN(1e10)))})
		}
	}
	return all
}

func zipf(rnd *rand.Rand, s, v float64, n int) func() int {
	z := rand.NewZipf(rnd, s, v, uint64(n-1))
	return func() int { return int(z.Uint64()) }
}

// namesOf invents n different names from syllables.
func namesOf(rnd *rand.Rand, n int) []string {
	onsets := []string{"M", "Sch", "B", "K", "H", "W", "S", "L", "R", "F", "G", "N", "T", "P", "D", "Kr", "St", "V", "J", "Z", "Br", "Fr", ""}
	vowels := []string{"a", "e", "i", "o", "u", "ei", "au", "ie", "ü", "ö", "ä"}
	codas := []string{"ller", "mann", "ner", "rt", "ch", "ck", "n", "l", "r", "s", "tz", "ng", "nd", "ber", "ski", "ff", "m"}
	seen := make(map[string]bool, n)
	all := make([]string, 0, n)
	for len(all) < n {
		s := onsets[rnd.IntN(len(onsets))] + vowels[skewed(rnd, len(vowels))] + codas[rnd.IntN(len(codas))]
		for rnd.IntN(2) == 0 || seen[s] {
			s += vowels[skewed(rnd, len(vowels))] + codas[rnd.IntN(len(codas))]
		}
		seen[s] = true
		all = append(all, s)
	}
	return all
}

// skewed prefers the first of n.
func skewed(rnd *rand.Rand, n int) int { return min(rnd.IntN(n), rnd.IntN(n)) }

// kind is a kind of query with the texts that are typed for it, taken from people
// who exist.
type kind struct {
	name  string
	texts []string
}

func (all residents) kinds() []kind {
	rnd := rand.New(rand.NewPCG(3, 4))
	kinds := []kind{
		{name: "letters=1"},
		{name: "letters=2"},
		{name: "letters=5"},
		{name: "two-initials"},
		{name: "two-names"},
		{name: "name-date"},
		{name: "birth-date"},
		{name: "day-month"},
		{name: "kvnr"},
		{name: "kvnr-part"},
		{name: "postcode"},
		{name: "card-six"},
		{name: "card-whole"},
		{name: "sound"},
		{name: "nobody"},
	}
	for range 2_000 {
		m := all[rnd.IntN(len(all))]
		last, first := m.Name.Surname, m.Name.Given
		d := m.BirthDate
		day := fmt.Sprintf("%02d.%02d.%d", d.Day(), d.Month(), d.Year())
		for i, text := range []string{
			begin(last, 1), begin(last, 2), begin(last, 5), begin(last, 1) + " " + begin(first, 1), begin(last, 3) + " " + begin(first, 3),
			begin(last, 3) + " " + day, day, day[:6], string(m.KVNR), string(m.KVNR)[:5], m.Address.Postcode,
			m.Cards[0].ICCSN.Last6(), string(m.Cards[0].ICCSN), begin(last, 12) + "tt " + begin(first, 3), "qqx " + begin(first, 2),
		} {
			kinds[i].texts = append(kinds[i].texts, text)
		}
	}
	return kinds
}

func begin(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
