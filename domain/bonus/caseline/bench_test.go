package caseline

import (
	"bytes"
	"io"
	"os"
	"testing"

	"schalter/domain/bonus"
)

// BenchmarkLine reads a case, decides it and writes the result, as the command
// does.
func BenchmarkLine(b *testing.B) {
	text, err := os.ReadFile("../testdata/cases.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	seed := bonus.Seed()
	var lines [][]byte
	for line := range bytes.Lines(text) {
		if bytes.Contains(line, []byte(`"programme":"bkk-kba-bkkplus"`)) {
			lines = append(lines, line)
		}
	}
	out := NewWriter(io.Discard)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		c := Parse("", 1, lines[n%len(lines)])
		n++
		d, err := seed.Decide(c.Booklet)
		if err != nil || len(c.Faults) > 0 {
			b.Fatal(err, c.Faults)
		}
		if err := out.Result(c.ID, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "booklets/s")
}
