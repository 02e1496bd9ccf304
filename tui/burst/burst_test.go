package burst

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// press is one step of a script: wait, then press; no text and no name is a
// call of Quiet.
type press struct {
	after time.Duration
	text  string
	name  string
}

// tally is everything a script led to.
type tally struct {
	keys    string // texts and <names>
	scans   []string
	dropped int
	undone  int
}

// play runs a script and the quiet that follows it. Like a terminal it calls
// Quiet when the wait is over before the next stroke.
func play(mode Mode, script []press) tally {
	var (
		m   Machine
		out tally
		now = time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
		due time.Time
	)
	take := func(r Result) {
		if r.Undo {
			out.undone++
			out.keys = "" // every script marks at most one run
		}
		for _, k := range r.Keys {
			if k.Text != "" {
				out.keys += k.Text
			} else {
				out.keys += "<" + k.Name + ">"
			}
		}
		if r.Scan != "" {
			out.scans = append(out.scans, r.Scan)
		}
		if r.Dropped {
			out.dropped++
		}
		due = time.Time{}
		if r.Wait > 0 {
			due = now.Add(r.Wait)
		}
	}
	for _, p := range append(script, press{after: time.Second}) {
		next := now.Add(p.after)
		for !due.IsZero() && !due.After(next) {
			now = due
			take(m.Quiet(now))
		}
		now = next
		if p.text != "" || p.name != "" {
			take(m.Press(Stroke{Text: p.text, Name: p.name}, mode, now))
		}
	}
	return out
}

// typing makes a script of a text with one gap, ended by a key.
func typing(text string, gap time.Duration, end string, endGap time.Duration) []press {
	var script []press
	for _, r := range text {
		script = append(script, press{after: gap, text: string(r), name: string(r)})
	}
	if end != "" {
		script = append(script, press{after: endGap, name: end})
	}
	return script
}

const ms = time.Millisecond

func TestBurst(t *testing.T) {
	const code = "80276001234567890123"
	for _, row := range []struct {
		why    string
		mode   Mode
		script []press
		want   tally
	}{
		{
			"a reader on a command page presses nothing", Commands,
			typing(code, 8*ms, "enter", 8*ms),
			tally{scans: []string{code}},
		},
		{
			"one packet through SSH", Commands,
			typing(code, 0, "enter", 0),
			tally{scans: []string{code}},
		},
		{
			"three packets, 45 ms between them", Commands,
			append(append(typing(code[:7], 0, "", 0), typing(code[7:8], 45*ms, "", 0)...), typing(code[8:], 0, "enter", 45*ms)...),
			tally{scans: []string{code}},
		},
		{
			"Tab ends a burst", Commands,
			typing(code, 8*ms, "tab", 8*ms),
			tally{scans: []string{code}},
		},
		{
			"a line feed ends a burst", Commands,
			typing(code, 8*ms, "ctrl+j", 8*ms),
			tally{scans: []string{code}},
		},
		{
			"the line feed after Enter presses nothing", Commands,
			append(typing(code, 8*ms, "enter", 8*ms), press{after: ms, name: "ctrl+j"}),
			tally{scans: []string{code}},
		},
		{
			"Enter late but in time", Commands,
			typing(code, 8*ms, "enter", 150*ms),
			tally{scans: []string{code}},
		},
		{
			"no Enter: nobody typed this, nothing acts", Commands,
			typing(code, 8*ms, "", 0),
			tally{dropped: 1},
		},
		{
			"Enter too late is an Enter of its own", Commands,
			typing(code, 8*ms, "enter", 151*ms),
			tally{keys: "<enter>", dropped: 1},
		},
		{
			"seven characters are no burst", Commands,
			typing("8027600", 8*ms, "enter", 8*ms),
			tally{keys: "8027600<enter>"},
		},
		{
			"eight are", Commands,
			typing("80276001", 8*ms, "enter", 8*ms),
			tally{scans: []string{"80276001"}},
		},
		{
			"median at the limit", Commands,
			typing(code, 35*ms, "enter", 35*ms),
			tally{scans: []string{code}},
		},
		{
			"median above the limit", Commands,
			typing("80276001", 36*ms, "enter", 36*ms),
			tally{keys: "80276001<enter>"},
		},
		{
			"a held key repeats every 33 ms", Commands,
			typing("jjjjjjjjjjjj", 33*ms, "enter", 33*ms),
			tally{keys: "jjjjjjjjjjjj<enter>"},
		},
		{
			"a very fast typist", Commands,
			typing("mueller anna", 81*ms, "enter", 102*ms),
			tally{keys: "mueller anna<enter>"},
		},
		{
			"one command", Commands,
			typing("i", 0, "", 0),
			tally{keys: "i"},
		},
		{
			"a command and Enter at once keep their order", Commands,
			typing("i", 0, "enter", 0),
			tally{keys: "i<enter>"},
		},
		{
			"a reader in a text field", Text,
			typing(code, 8*ms, "enter", 8*ms),
			tally{scans: []string{code}, undone: 1},
		},
		{
			"a typist in a text field", Text,
			typing("mueller anna", 81*ms, "enter", 102*ms),
			tally{keys: "mueller anna<enter>"},
		},
		{
			"a packet of typed keys in a text field", Text,
			typing("muel", 0, "", 0),
			tally{keys: "muel"},
		},
		{
			"a reader without end key types into a text field", Text,
			typing(code, 8*ms, "", 0),
			tally{keys: code},
		},
		{
			"a held key in a text field", Text,
			typing("00000000000", 33*ms, "enter", 33*ms),
			tally{keys: "00000000000<enter>"},
		},
		{
			"a secret field drops a burst", Secret,
			typing(code, 8*ms, "enter", 8*ms),
			tally{dropped: 1, undone: 1},
		},
		{
			"a passphrase typed by hand", Secret,
			typing("correct horse", 90*ms, "enter", 90*ms),
			tally{keys: "correct horse<enter>"},
		},
		{
			"the same burst again at once is an echo", Commands,
			append(typing(code, 8*ms, "enter", 8*ms), typing(code, 8*ms, "enter", 8*ms)...),
			tally{scans: []string{code}},
		},
		{
			"after a second it is meant", Commands,
			append(append(typing(code, 8*ms, "enter", 8*ms), press{after: time.Second}), typing(code, 8*ms, "enter", 8*ms)...),
			tally{scans: []string{code, code}},
		},
		{
			"another burst at once is meant", Commands,
			append(typing(code, 8*ms, "enter", 8*ms), typing("K7QH9WXZ3MPTR2W", 8*ms, "enter", 8*ms)...),
			tally{scans: []string{code, "K7QH9WXZ3MPTR2W"}},
		},
		{
			"ctrl+] inside is the group separator of GS1", Commands,
			append(append(typing("01040123", 8*ms, "", 0), press{after: 8 * ms, name: "ctrl+]"}), typing("17270301", 8*ms, "enter", 8*ms)...),
			tally{scans: []string{"01040123\x1d17270301"}},
		},
		{
			"ctrl+] alone is a key", Commands,
			[]press{{name: "ctrl+]"}},
			tally{keys: "<ctrl+]>"},
		},
	} {
		got := play(row.mode, row.script)
		if got.keys != row.want.keys || strings.Join(got.scans, "|") != strings.Join(row.want.scans, "|") ||
			got.dropped != row.want.dropped || got.undone != row.want.undone {
			t.Errorf("%s: got %+v, want %+v", row.why, got, row.want)
		}
	}
}

func TestKeysThatActInTextFieldsWait(t *testing.T) {
	var m Machine
	now := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	if r := m.Press(Stroke{Text: "?", Name: "?", Acts: true}, Text, now); len(r.Keys) > 0 || r.Wait != QuietTime {
		t.Errorf("acts at once: %+v", r)
	}
	if r := m.Quiet(now.Add(QuietTime)); len(r.Keys) != 1 {
		t.Errorf("does not act when it is quiet: %+v", r)
	}
}

// TestNothingIsLostOrDoubled: whatever is typed slower than a reader comes out
// once and in order, in every mode.
func TestNothingIsLostOrDoubled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := Mode(rapid.IntRange(int(Commands), int(Secret)).Draw(t, "mode"))
		n := rapid.IntRange(1, 40).Draw(t, "strokes")
		var script []press
		want := ""
		for range n {
			gap := time.Duration(rapid.IntRange(36, 400).Draw(t, "gap")) * ms
			if rapid.IntRange(0, 5).Draw(t, "kind") == 0 {
				script = append(script, press{after: gap, name: "enter"})
				want += "<enter>"
				continue
			}
			c := rapid.SampledFrom([]string{"a", "b", "ü", "7", " "}).Draw(t, "text")
			script = append(script, press{after: gap, text: c, name: c})
			want += c
		}
		if got := play(mode, script); got.keys != want || got.scans != nil || got.dropped != 0 || got.undone != 0 {
			t.Fatalf("got %+v, want keys %q", got, want)
		}
	})
}

// TestFastTextNeverActsAlone: whatever arrives as fast as from a reader either
// is one scan, or is dropped, or comes out whole; its Enter never acts without
// its text, and a command page never sees part of it.
func TestFastTextNeverActsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		notHeld := func(s string) bool { return strings.Count(s, s[:1]) < len(s) }
		text := rapid.StringMatching(`[0-9A-Z]{8,60}`).Filter(notHeld).Draw(t, "text")
		var script []press
		for _, r := range text {
			script = append(script, press{after: time.Duration(rapid.IntRange(0, 35).Draw(t, "gap")) * ms, text: string(r), name: string(r)})
		}
		script = append(script, press{after: time.Duration(rapid.IntRange(0, 150).Draw(t, "end")) * ms, name: "enter"})
		got := play(Commands, script)
		if got.keys != "" || len(got.scans) != 1 || got.scans[0] != text {
			t.Fatalf("got %+v", got)
		}
		got = play(Text, script)
		if got.keys != "" || len(got.scans) != 1 || got.scans[0] != text {
			t.Fatalf("in a text field: got %+v", got)
		}
	})
}

// TestNothingIsKept: neither a scan nor what was typed stays in memory.
func TestNothingIsKept(t *testing.T) {
	for _, row := range []struct {
		why string
		end func(m *Machine, at time.Time)
	}{
		{"an end key", func(m *Machine, at time.Time) { m.Press(Stroke{Name: "enter"}, Secret, at) }},
		{"another mode", func(m *Machine, at time.Time) {
			m.Quiet(at.Add(time.Second))
			m.Press(Stroke{Name: "f1"}, Commands, at.Add(time.Second))
		}},
		{"a reset", func(m *Machine, _ time.Time) { m.Reset() }},
	} {
		var m Machine
		at := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
		for _, r := range "IDD<<L01X00T471<<" {
			at = at.Add(5 * ms)
			m.Press(Stroke{Text: string(r), Name: string(r)}, Secret, at)
		}
		row.end(&m, at.Add(5*ms))
		for _, kept := range m.run[:cap(m.run)] {
			if kept != (typed{}) {
				t.Fatalf("%s leaves %+v", row.why, kept.stroke)
			}
		}
	}
}
