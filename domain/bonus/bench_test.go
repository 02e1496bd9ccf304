package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
)

// BenchmarkDecide decides the shared cases one after the other, what is missing
// and what it would bring included. The goal is 50,000 booklets a second on one
// core.
func BenchmarkDecide(b *testing.B) {
	c := shared(b)
	type job struct {
		programme *bonus.Programme
		booklet   bonus.Booklet
	}
	var jobs []job
	for _, x := range sharedCases(b) {
		p, _ := c.Find(x.Programme, x.Booklet.Year)
		jobs = append(jobs, job{p, x.Booklet})
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		j := jobs[n%len(jobs)]
		n++
		if _, err := j.programme.Decide(j.booklet); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "booklets/s")
	b.ReportMetric(50_000, "goal/s")
}
