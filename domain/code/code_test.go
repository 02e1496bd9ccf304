package code_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"schalter/domain/code"
	"schalter/domain/problem"
)

const (
	symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	sample  = "K7QH9WXZ3MPTR2W"
)

// vectors are 14 symbols and their check symbol.
var vectors = []string{
	"000000000000000", "000000000000012", "10000000000000X", "ZZZZZZZZZZZZZZ7",
	"K7QH9WXZ3MPTR2W", "7XQ4M2HCVP9TEKN",
}

func TestParseAcceptsTheVectors(t *testing.T) {
	for _, s := range vectors {
		if c, err := code.Parse(s); err != nil || string(c) != s {
			t.Errorf("%s: got %s, %v", s, string(c), err)
		}
	}
}

func TestParseIsForgiving(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"as shown", "K7QH9-WXZ3M-PTR2W", sample},
		{"lower case", "k7qh9-wxz3m-ptr2w", sample},
		{"mixed case", "k7QH9-Wxz3M-pTr2w", sample},
		{"spaces", " K7QH9 WXZ3M PTR2W ", sample},
		{"no-break spaces", "K7QH9\u00a0WXZ3M\u202fPTR2W", sample},
		{"a line break, as copied", "K7QH9-\r\nWXZ3M-PTR2W\n", sample},
		{"dots", "K7QH9.WXZ3M·PTR2W.", sample},
		{"hyphen and figure dash", "K7QH9\u2010WXZ3M\u2012PTR2W", sample},
		{"en and em dash, as word processors make them", "K7QH9–WXZ3M—PTR2W", sample},
		{"minus and soft hyphen", "K7QH9\u2212WXZ3M\u00adPTR2W", sample},
		{"small and full-width hyphen", "K7QH9\ufe63WXZ3M\uff0dPTR2W", sample},
		{"zero-width space and byte order mark", "\ufeffK7QH9\u200bWXZ3M\u200bPTR2W", sample},
		{"the groups as dictated, one by one", "K-7-Q-H-9-W-X-Z-3-M-P-T-R-2-W", sample},
		{"O for zero", "oO0oO-0oO0o-O0oO0", vectors[0]},
		{"I for one", "000000000000oi2", vectors[1]},
		{"L for one", "l0000-00000-0000x", vectors[2]},
	} {
		if c, err := code.Parse(row.in); err != nil || string(c) != row.want {
			t.Errorf("%s: got %s, %v", row.why, string(c), err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, row := range []struct {
		why, in string
		codes   []problem.Code
	}{
		{"nothing", "", []problem.Code{problem.Length}},
		{"dashes alone", "--", []problem.Code{problem.Length}},
		{"one short", "K7QH9-WXZ3M-PTR2", []problem.Code{problem.Length}},
		{"one long", "K7QH9-WXZ3M-PTR2W-W", []problem.Code{problem.Length}},
		{"U has no twin", "U7QH9-WXZ3M-PTR2W", []problem.Code{problem.Alphabet}},
		{"nor in lower case", "u7QH9-WXZ3M-PTR2W", []problem.Code{problem.Alphabet}},
		{"a Cyrillic K", "К7QH9-WXZ3M-PTR2W", []problem.Code{problem.Alphabet}},
		{"the Kelvin sign", "\u212a7QH9-WXZ3M-PTR2W", []problem.Code{problem.Alphabet}},
		{"an umlaut", "Ä7QH9-WXZ3M-PTR2W", []problem.Code{problem.Alphabet}},
		{"invalid UTF-8", "\xff7QH9-WXZ3M-PTR2W", []problem.Code{problem.Alphabet}},
		{"the address around it", "https://app.example.de/a#" + sample, []problem.Code{problem.Length, problem.Alphabet}},
		{"a wrong check symbol", "K7QH9-WXZ3M-PTR2X", []problem.Code{problem.CheckDigit}},
		{"a wrong symbol", "K7QH9-WXZ4M-PTR2W", []problem.Code{problem.CheckDigit}},
		{"two swapped", "7KQH9-WXZ3M-PTR2W", []problem.Code{problem.CheckDigit}},
	} {
		c, err := code.Parse(row.in)
		if got := codes(err, "code"); !slices.Equal(got, row.codes) || c != "" {
			t.Errorf("%s: got %s, %v", row.why, string(c), err)
		}
	}
}

func TestNewCodesParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := code.New(source(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, typed := range []string{string(c), c.Grouped(), strings.ToLower(c.Grouped())} {
			if again, err := code.Parse(typed); err != nil || again != c {
				t.Fatalf("%s: got %s, %v", typed, string(again), err)
			}
		}
	})
}

func TestEveryPracticeCodeIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := code.NewPractice(source(t))
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Grouped()) != len("K7QH9-WXZ3M-PTR2W") {
			t.Fatalf("%s does not look real", c.Grouped())
		}
		if _, err := code.Parse(string(c)); !slices.Equal(codes(err, "code"), []problem.Code{problem.CheckDigit}) {
			t.Fatalf("%s: %v", string(c), err)
		}
	})
}

// Neither a wrong symbol nor a swap gets through, at any place and in any code.
func TestEveryMistakeInACodeIsRefused(t *testing.T) {
	for _, s := range vectors {
		for i := range len(s) {
			for j := range len(symbols) {
				if symbols[j] != s[i] {
					refused(t, s[:i]+symbols[j:j+1]+s[i+1:])
				}
			}
			for j := i + 1; j < len(s); j++ {
				if s[i] != s[j] {
					refused(t, s[:i]+s[j:j+1]+s[i+1:j]+s[i:i+1]+s[j+1:])
				}
			}
		}
	}
}

func refused(t *testing.T, s string) {
	t.Helper()
	if _, err := code.Parse(s); !slices.Equal(codes(err, "code"), []problem.Code{problem.CheckDigit}) {
		t.Fatalf("%s: %v", s, err)
	}
}

func TestGrouped(t *testing.T) {
	if got := code.Code(sample).Grouped(); got != "K7QH9-WXZ3M-PTR2W" {
		t.Errorf("got %s", got)
	}
	if got := code.Code("K7").Grouped(); got != "K7" {
		t.Errorf("what is no code became %s", got)
	}
}

func TestCodeIsNotFormattedLoggedOrEncoded(t *testing.T) {
	c := code.Code(sample)
	holder := struct{ C code.Code }{c}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%20s"} {
		for _, v := range []any{c, &c, holder, []code.Code{c}} {
			if got := fmt.Sprintf(verb, v); leaks(got) {
				t.Errorf("%s of %T shows %s", verb, v, got)
			}
		}
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("made", "code", c, "holder", holder)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("made", "code", c, "holder", holder)
	if leaks(log.String()) {
		t.Errorf("the log shows %s", log.String())
	}
	if text, err := json.Marshal(holder); err == nil {
		t.Errorf("JSON holds %s", text)
	}
	if raw, err := cbor.Marshal(holder); err == nil {
		t.Errorf("CBOR holds %q", raw)
	}
}

// leaks looks for a group of the code, also in hexadecimal.
func leaks(s string) bool {
	return strings.Contains(s, sample[:5]) || strings.Contains(strings.ToLower(s), fmt.Sprintf("%x", sample[:5]))
}

func TestNewCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := code.NewCase(source(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, typed := range []string{string(c), c.Grouped(), strings.ToLower(c.Grouped())} {
			if again, err := code.ParseCase(typed); err != nil || again != c {
				t.Fatalf("%s: got %s, %v", typed, again, err)
			}
		}
		if g := c.Grouped(); len(g) != 8 || g[3] != '-' {
			t.Fatalf("shown as %s", g)
		}
	})
}

func TestParseCaseRefuses(t *testing.T) {
	for _, row := range []struct {
		why, in string
		codes   []problem.Code
	}{
		{"nothing", "", []problem.Code{problem.Length}},
		{"an activation code", sample, []problem.Code{problem.Length}},
		{"U has no twin", "000-000U", []problem.Code{problem.Alphabet}},
		{"a wrong check symbol", "000-0001", []problem.Code{problem.CheckDigit}},
	} {
		c, err := code.ParseCase(row.in)
		if got := codes(err, "case"); !slices.Equal(got, row.codes) || c != "" {
			t.Errorf("%s: got %s, %v", row.why, c, err)
		}
	}
}

func TestCaseGroupedLeavesWhatIsNoNumber(t *testing.T) {
	if got := code.Case("7QK").Grouped(); got != "7QK" {
		t.Errorf("got %s", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range vectors {
		f.Add(s)
	}
	f.Add("k7qh9–wxz3m ptr2w")
	f.Add("oO0oO-0oO0o-O0oO0")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := code.Parse(s)
		if err != nil {
			if len(problem.From(err)) == 0 || c != "" {
				t.Fatalf("refused with %s, %v", string(c), err)
			}
			return
		}
		for _, typed := range []string{string(c), c.Grouped()} {
			if again, err := code.Parse(typed); err != nil || again != c {
				t.Fatalf("no round trip: %s, %v", string(again), err)
			}
		}
		for i := range len(c) {
			for j := range len(symbols) {
				if symbols[j] != c[i] {
					refused(t, string(c[:i])+symbols[j:j+1]+string(c[i+1:]))
				}
			}
		}
	})
}

func FuzzParseCase(f *testing.F) {
	f.Add("0000000")
	f.Add("7qk–4m2x")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := code.ParseCase(s)
		if err != nil {
			return
		}
		if again, err := code.ParseCase(c.Grouped()); err != nil || again != c {
			t.Fatalf("no round trip: %s, %v", again, err)
		}
		for i := range len(c) {
			for j := range len(symbols) {
				changed := c[:i] + code.Case(symbols[j:j+1]) + c[i+1:]
				if _, err := code.ParseCase(string(changed)); (err == nil) != (changed == c) {
					t.Fatalf("%s changed to %s: %v", c, changed, err)
				}
			}
		}
	})
}

func ExampleParse() {
	c, err := code.Parse("k7qh9 wxz3m ptr2w")
	fmt.Println(c.Grouped(), err)
	fmt.Println(c)
	// Output:
	// K7QH9-WXZ3M-PTR2W <nil>
	// •••••-•••••-•••••
}

// source is a random source that rapid can shrink and replay. It is long enough
// for several draws; after it come bytes that spell nothing.
func source(t *rapid.T) *bytes.Reader {
	raw := rapid.SliceOfN(rapid.Byte(), 64, 64).Draw(t, "random")
	return bytes.NewReader(append(raw, make([]byte, 64)...))
}

func codes(err error, field string) (codes []problem.Code) {
	for _, p := range problem.From(err) {
		if p.Field == field {
			codes = append(codes, p.Code)
		}
	}
	return codes
}
