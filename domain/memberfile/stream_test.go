package memberfile_test

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/kvnr"
	"schalter/domain/memberfile"
)

// endless gives a head once and then a line again and again, n times.
type endless struct {
	rest string
	line func(i int) string
	i, n int
	// read is called now and then while the file is read.
	read func()
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		if e.i == e.n {
			return 0, io.EOF
		}
		e.rest = e.line(e.i)
		if e.i++; e.i%5_000 == 0 && e.read != nil {
			e.read()
		}
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// A file of any size is read in the memory of a small one: the buffer of one
// mebibyte and a line. A Reader that kept 30 bytes a line would not stay below
// the bound.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const lines, bound = 20_000, 3 << 19
	good := csvLine(somebody()) + "\n"
	for _, row := range []struct {
		why     string
		lines   int
		line    func(i int) string
		rejects int
	}{
		{"members", 100_000, func(i int) string {
			return strings.Replace(good, "X110411675", []string{"X110411675", "X110406067"}[i%2], 1)
		}, 0},
		{"one member's line, repeated", lines, func(int) string { return good }, 0},
		{"stray quotes", lines, func(int) string { return strings.Replace(good, "Müller", `"Müller`, 1) }, lines},
		{"wrong numbers", lines, func(int) string { return strings.Replace(good, "X110411675", "X110411674", 1) }, lines},
		{"cards without end", lines, func(i int) string {
			return strings.Replace(good, "80276999990001951731", fmt.Sprintf("8027699999%010d", i), 1)
		}, lines - 64},
	} {
		before := liveBytes()
		most := before
		in := &endless{rest: strings.Join(memberfile.Columns(), ";") + "\n", line: row.line, n: row.lines, read: func() {
			most = max(most, liveBytes())
		}}
		r, err := memberfile.NewReader(in, memberfile.Options{Today: today})
		if err != nil {
			t.Fatal(err)
		}
		rejects := 0
		for got, err := range r.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if got.Rejected() {
				rejects++
			}
		}
		if rejects != row.rejects {
			t.Errorf("%s: %d lines rejected, want %d", row.why, rejects, row.rejects)
		}
		if grown := int64(most) - int64(before); grown > bound {
			t.Errorf("%s: %d bytes more in use, bound %d", row.why, grown, bound)
		}
	}
}

func liveBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkReader(b *testing.B) {
	for name, form := range forms {
		b.Run(name, func(b *testing.B) {
			var file strings.Builder
			w := memberfile.NewWriter(&file, form)
			for i := range 1000 {
				m := fullMember(b)
				m.KVNR = []kvnr.KVNR{"X110411675", "X110406067"}[i%2]
				if err := w.Write(m); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(file.Len()))
			b.ReportAllocs()
			for b.Loop() {
				r, err := memberfile.NewReader(strings.NewReader(file.String()), memberfile.Options{Today: today})
				if err != nil {
					b.Fatal(err)
				}
				if err := walk(r); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/line")
		})
	}
}

func fullMember(b *testing.B) domain.Member {
	r, err := memberfile.NewReader(strings.NewReader(csvFile(fullLine())), memberfile.Options{Today: today})
	if err != nil {
		b.Fatal(err)
	}
	for row := range r.Rows() {
		return row.Member
	}
	b.Fatal("no member")
	return domain.Member{}
}

// fullLine has a value in most columns.
func fullLine() values {
	return somebody().with("title", "Dr.", "sex", "w", "street", "Schlehenrain", "house_number", "12a", "postcode", "50667",
		"city", "Köln", "country", "D", "email", "anna.mueller@example.org", "email_verified", "true", "phone", "+49 30 23125000",
		"insured_as", "member", "insured_from", "2011-04-01")
}
