package bonus_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"schalter/domain/bonus"
)

// Whatever the file, it is read without a panic: either it has findings with a
// line, or it is a programme that decides booklets soundly.
func FuzzProgramme(f *testing.F) {
	names, err := filepath.Glob("testdata/programmes/*.yaml")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range append(names, "programmes/bkk-kba-bkkplus.yaml") {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	f.Add([]byte(soundFile))
	f.Add([]byte("a: &x [*x]\n? {b: c}\n: - - |\n  d\n<<: *x\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		p, found := bonus.Parse("x.yaml", source)
		if (p == nil) != (len(found) > 0) {
			t.Fatalf("a programme and findings, or neither: %v", found)
		}
		lines := strings.Count(string(source), "\n") + strings.Count(string(source), "\r") + 1
		for _, x := range found {
			if x.Line < 1 || x.Line > lines+1 || x.Code == "" {
				t.Fatalf("a finding without a place: %v in %d lines", x, lines)
			}
		}
		if p == nil {
			return
		}
		b := woman44()
		b.Year, b.Enrolled = p.Valid.From, 2023_11_15
		for _, m := range p.Measures {
			s := bonus.Stamp{Measure: m.ID, Date: b.Handin, Evidence: append(m.Evidence.All, m.Evidence.Any...)}
			if len(m.Exams) > 0 {
				s.Exam = m.Exams[0].ID
			}
			b.Stamps = append(b.Stamps, s)
		}
		if d, err := p.Decide(b); err == nil {
			sound(t, d)
		}
	})
}
