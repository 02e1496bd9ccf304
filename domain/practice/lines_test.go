package practice

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"schalter/domain/date"
	"schalter/domain/kvnr"
	"schalter/domain/memberfile"
)

const testDay = date.Date(20270301)

// outcome is what an import makes of a file.
type outcome struct {
	members map[kvnr.KVNR]int // and their rows
	rejects []memberfile.Reject
}

func importOf(t *testing.T, file []byte) outcome {
	t.Helper()
	r, err := memberfile.NewReader(bytes.NewReader(file), memberfile.Options{Today: testDay})
	if err != nil {
		t.Fatal(err)
	}
	o := outcome{members: map[kvnr.KVNR]int{}}
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if row.Rejected() {
			o.rejects = append(o.rejects, row.Reject)
			continue
		}
		o.members[row.Member.KVNR]++
	}
	return o
}

func TestLines(t *testing.T) {
	for _, row := range []struct {
		why   string
		n     int
		share float64
		bad   int
	}{
		{"a file as in the handbook", 20_000, 0.01, 200},
		{"every line right", 3000, 0, 0},
		{"every line wrong", 300, 1, 300},
		{"every second", 400, 0.5, 200},
		{"one in a thousand", 5000, 0.001, 5},
		{"a third", 300, 1.0 / 3, 99}, // 0.333333
		{"no line", 0, 0.5, 0},
		{"one wrong line", 1, 1, 1},
		{"one line", 1, 0, 0},
	} {
		var file bytes.Buffer
		bad, err := Lines(&file, Seed, testDay, row.n, row.share)
		if err != nil || bad != row.bad {
			t.Errorf("%s: %d wrong lines, %v; want %d", row.why, bad, err, row.bad)
		}
		if got := bytes.Count(file.Bytes(), []byte("\n")) - 1; got != row.n {
			t.Errorf("%s: %d lines, want %d", row.why, got, row.n)
		}
		o := importOf(t, file.Bytes())
		if len(o.rejects) != row.bad {
			t.Errorf("%s: %d lines rejected, want %d", row.why, len(o.rejects), row.bad)
		}
		for number, rows := range o.members {
			if rows != 1 {
				t.Errorf("%s: %s in %d rows", row.why, number, rows)
			}
		}
	}
}

func TestLinesAreTheSameEveryTime(t *testing.T) {
	var first, second, other bytes.Buffer
	for file, seed := range map[*bytes.Buffer]uint64{&first: 7, &second: 7, &other: 8} {
		if _, err := Lines(file, seed, testDay, 500, 0.1); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) || bytes.Equal(first.Bytes(), other.Bytes()) {
		t.Error("the seed does not decide")
	}
}

func TestLinesHoldTheCast(t *testing.T) {
	var file bytes.Buffer
	if _, err := Lines(&file, Seed, testDay, 200, 0.1); err != nil {
		t.Fatal(err)
	}
	o := importOf(t, file.Bytes())
	for _, m := range Cast(testDay) {
		if o.members[m.KVNR] != 1 {
			t.Errorf("%s is missing", m.KVNR)
		}
	}
}

// Every way of being wrong is found as what it is.
func TestFaults(t *testing.T) {
	ways := faults()
	var file bytes.Buffer
	bad, err := Lines(&file, Seed, testDay, 10*len(ways), 0.1)
	if err != nil || bad != len(ways) {
		t.Fatalf("%d wrong lines, %v", bad, err)
	}
	o := importOf(t, file.Bytes())
	if len(o.rejects) != len(ways) {
		t.Fatalf("%d rejected, want %d", len(o.rejects), len(ways))
	}
	for i, way := range ways {
		want := memberfile.Reject{Line: 10*i + 11, Field: way.field, Reason: way.reason}
		if o.rejects[i] != want {
			t.Errorf("fault %d: rejected as %s, want %s", i, o.rejects[i], want)
		}
	}
}

// The reasons that a file of whole CSV lines of this size cannot show.
func TestFaultsShowEveryReason(t *testing.T) {
	shown := map[memberfile.Reason]bool{
		memberfile.TooMany: true, memberfile.LineBreak: true, memberfile.LineTooLong: true, memberfile.Truncated: true,
		memberfile.Syntax: true, memberfile.Type: true, memberfile.RepeatedKey: true, memberfile.UnknownKey: true,
	}
	for _, way := range faults() {
		shown[way.reason] = true
	}
	for _, why := range memberfile.AllReasons() {
		if !shown[why] {
			t.Errorf("no line is wrong by %s", why)
		}
	}
}

// brokenPipe takes some bytes and no more.
type brokenPipe struct{ left int }

var errPipe = errors.New("broken pipe")

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errPipe
	}
	return len(p), nil
}

func TestLinesTellsWhatGoesWrong(t *testing.T) {
	for _, left := range []int{0, 100, 10_000, 100_000} {
		if _, err := Lines(&brokenPipe{left}, Seed, testDay, 2000, 0.01); !errors.Is(err, errPipe) {
			t.Errorf("after %d bytes: %v", left, err)
		}
	}
	if _, err := Lines(&brokenPipe{}, Seed, testDay, 1, 0); !errors.Is(err, errPipe) {
		t.Errorf("at the end: %v", err)
	}
	if _, err := Lines(io.Discard, Seed, testDay, MaxPeople+1, 0); err == nil {
		t.Error("more lines than people")
	}
}

// A step that has no divisor in common with the number of numbers goes through
// all of them before it comes back.
func TestEveryNumberOnce(t *testing.T) {
	for _, row := range []struct{ step, of uint64 }{{personStep, MaxPeople}, {cardStep, cards}, {cardStep, 1_000_000}} {
		a, b := row.of, row.step%row.of
		for b != 0 {
			a, b = b, a%b
		}
		if a != 1 {
			t.Errorf("%d and %d have the divisor %d", row.step, row.of, a)
		}
	}
	persons, last := map[kvnr.KVNR]bool{}, map[string]bool{}
	n := newNumbers(3)
	const some = 50_000
	for range some {
		persons[n.nextKVNR()] = true
		last[n.nextICCSN().Last6()] = true
	}
	if len(persons) != some || len(last) != some {
		t.Errorf("%d numbers of persons, %d endings of cards", len(persons), len(last))
	}
}

func TestDrawsFollowTheRank(t *testing.T) {
	list := strings.Fields(strings.Repeat("x ", 50))
	for i := range list {
		list[i] = fmt.Sprint(i)
	}
	r, d := newRanked(list, 5), newDice(1, 1)
	counts := map[string]int{}
	const draws = 100_000
	for range draws {
		counts[d.ranked(r)]++
	}
	total := 0.0
	for i := range list {
		total += 1 / float64(i+5)
	}
	for i, entry := range list {
		want := draws / float64(i+5) / total
		if got := float64(counts[entry]); math.Abs(got-want) > 6*math.Sqrt(want) {
			t.Errorf("place %d drawn %v times, want about %.0f", i, got, want)
		}
	}
}

func TestNamesAreWellFormed(t *testing.T) {
	total := 0
	for _, o := range origins {
		total += o.share
		if o.given[len(o.given)-1].before != 9999 {
			t.Errorf("%s: no names for the youngest", o.name)
		}
		lists := []string{o.surnames}
		for _, g := range o.given {
			lists = append(lists, g.women, g.men)
		}
		for _, list := range lists {
			seen := map[string]bool{}
			for _, n := range words(list) {
				if seen[n] {
					t.Errorf("%s: %s twice in a list", o.name, n)
				}
				seen[n] = true
			}
			if len(seen) < 8 {
				t.Errorf("%s: a list of %d names", o.name, len(seen))
			}
		}
	}
	if total != 1000 {
		t.Errorf("the shares add up to %d of 1000", total)
	}
}

func BenchmarkLines(b *testing.B) {
	const n = 20_000
	for b.Loop() {
		if _, err := Lines(io.Discard, Seed, testDay, n, 0.01); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/line")
}
