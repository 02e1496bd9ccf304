package bonus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"schalter/domain/bonus"
	"schalter/domain/bonus/caseline"
)

// shared reads the example programmes and the built-in one.
func shared(t testing.TB) *bonus.Catalogue {
	t.Helper()
	names, err := filepath.Glob("testdata/programmes/*.yaml")
	if err != nil || len(names) != 4 {
		t.Fatalf("%d example programmes, want 4 (%v)", len(names), err)
	}
	var files []bonus.File
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, bonus.File{Name: name, Source: source})
	}
	c, found := bonus.NewCatalogue(files)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return c
}

// sharedCase is a case with its expected result as it stands in the file.
type sharedCase struct {
	caseline.Case
	expect map[string]json.RawMessage
}

func sharedCases(t testing.TB) []sharedCase {
	t.Helper()
	text, err := os.ReadFile("testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var expects []map[string]json.RawMessage
	for line := range bytes.Lines(text) {
		var c struct{ Expect map[string]json.RawMessage }
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		expects = append(expects, c.Expect)
	}
	var cases []sharedCase
	r := caseline.NewReader(bytes.NewReader(text), "cases.jsonl")
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(c.Faults) > 0 {
			t.Fatal(err, c.Faults)
		}
		cases = append(cases, sharedCase{c, expects[len(cases)]})
	}
	if len(cases) != 75 || len(expects) != 75 {
		t.Fatalf("%d cases, want 75", len(cases))
	}
	return cases
}

// decided is the result of a case as the command writes it.
func decided(t testing.TB, p *bonus.Programme, x caseline.Case) map[string]any {
	t.Helper()
	d, err := p.Decide(x.Booklet)
	if err != nil {
		t.Fatalf("%s: %v", x.ID, err)
	}
	var out bytes.Buffer
	if err := caseline.NewWriter(&out).Result(x.ID, d); err != nil {
		t.Fatal(err)
	}
	var result map[string]any
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	return result
}

// faults are where a result is not what the case expects.
func (x sharedCase) faults(t testing.TB, p *bonus.Programme) (faults []string) {
	t.Helper()
	result := decided(t, p, x.Case)
	for key, raw := range x.expect {
		var want any
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		why := ""
		if key == "lines" {
			why = sameLines(result[key].([]any), want.([]any))
		} else {
			why = holds(result[key], want)
		}
		if why != "" {
			faults = append(faults, key+why)
		}
	}
	return faults
}

func TestSharedCases(t *testing.T) {
	c := shared(t)
	for _, x := range sharedCases(t) {
		p, code := c.Find(x.Programme, x.Booklet.Year)
		if p == nil || len(x.expect) == 0 {
			t.Fatalf("%s: %s %d: %s, %d expectations", x.ID, x.Programme, x.Booklet.Year, code, len(x.expect))
		}
		for _, fault := range x.faults(t, p) {
			t.Errorf("%s: %s", x.ID, fault)
		}
	}
}

// sameLines compares lines in any order.
func sameLines(got, want []any) string {
	sorted := func(lines []any) (texts []string) {
		for _, l := range lines {
			m := l.(map[string]any)
			texts = append(texts, fmt.Sprint(m["group"], " ", m["measure"], " ", m["cents"], " ", m["reason"]))
		}
		slices.Sort(texts)
		return texts
	}
	if g, w := sorted(got), sorted(want); !slices.Equal(g, w) {
		return ":\ngot\n  " + strings.Join(g, "\n  ") + "\nwant\n  " + strings.Join(w, "\n  ")
	}
	return ""
}

// holds compares a result with what is expected of it; of an object only the
// keys that are expected.
func holds(got, want any) string {
	object, ok := want.(map[string]any)
	if !ok {
		if got != want {
			return fmt.Sprintf(": got %v, want %v", got, want)
		}
		return ""
	}
	for key, w := range object {
		inner, _ := got.(map[string]any)
		if why := holds(inner[key], w); why != "" {
			return "." + key + why
		}
	}
	return ""
}
