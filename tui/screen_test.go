package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"schalter/tui"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// scenes are the screens of the frame, and the keys that lead to them.
var scenes = []struct {
	name string
	keys []string
}{
	{"list", nil},
	{"said", []string{"a"}},
	{"error", []string{"e"}},
	{"field", []string{"f", "M", "ü", "tab", "1", "4"}},
	{"help", []string{"?"}},
	{"palette", []string{":", "e"}},
	{"question", []string{"q"}},
	{"locked", []string{"f3"}},
	{"crash", []string{"v"}},
}

func TestGolden(t *testing.T) {
	for _, lang := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, scene := range scenes {
				name := fmt.Sprintf("%v/%dx%d/%s", lang, size[0], size[1], scene.name)
				t.Run(name, func(t *testing.T) {
					ui := run(t, size[0], size[1], func(c *tui.Config) { c.Language = lang })
					ui.Press(scene.keys...)
					golden.RequireEqual(t, ui.Screen()+"\n")
				})
			}
		}
	}
}

func TestGoldenTooSmall(t *testing.T) {
	for _, lang := range words.AllLanguages() {
		for _, size := range [][2]int{{72, 20}, {40, 10}, {20, 5}} {
			t.Run(fmt.Sprintf("%v/%dx%d", lang, size[0], size[1]), func(t *testing.T) {
				ui := run(t, size[0], size[1], func(c *tui.Config) { c.Language = lang })
				golden.RequireEqual(t, ui.Screen()+"\n")
			})
		}
	}
}

func TestTooSmall(t *testing.T) {
	ui := run(t, 72, 20, nil)
	wantScreen(t, ui, "Fenster zu klein: 72×20, nötig 80×24", "ÜBUNG")
	ui.log.lines = nil
	ui.Press("a", "enter")
	ui.Paste("x")
	wantLog(t, ui) // nobody presses keys on a page they cannot see
	ui.Resize(80, 24)
	wantScreen(t, ui, "\n Liste 1\n")
	ui.Resize(79, 24)
	wantScreen(t, ui, "79×24")
	ui.Press("f3")
	ui.Resize(100, 30)
	wantScreen(t, ui, "Platz gesperrt")
	ui.Resize(40, 10)
	ui.Press("ctrl+c")
	if err := ui.Ended(); err != nil {
		t.Error(err)
	}
}

func TestPracticeIsMarkedOnEveryScreen(t *testing.T) {
	for _, size := range [][2]int{{20, 5}, {40, 10}, {72, 20}, {80, 24}, {120, 40}} {
		for _, scene := range scenes {
			ui := run(t, size[0], size[1], nil)
			ui.Press(scene.keys...)
			if !strings.Contains(ui.Screen(), "ÜBUNG") {
				t.Errorf("%s at %v is not marked:\n%s", scene.name, size, ui.Screen())
			}
		}
	}
}

func TestLanguageSwitches(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("f2")
	wantScreen(t, ui, "PRACTICE", "Mon 01 Mar 2027 14:02", "Language: English", "? Help")
	ui.Press("e", "f2")
	wantScreen(t, ui, "Sprache: Deutsch")
	ui.Press(":")
	ui.Type("sprache")
	ui.Press("enter")
	wantScreen(t, ui, "Language: English")
}

func TestThemeSwitches(t *testing.T) {
	ui := run(t, 80, 24, nil)
	dark := ui.Cells()[3][0].BG
	ui.Press(":")
	ui.Type("hell")
	ui.Press("enter")
	wantScreen(t, ui, "Farben: hell")
	if light := ui.Cells()[3][0].BG; light == dark {
		t.Errorf("the background stays %x", dark)
	}
	for y, row := range ui.Cells() {
		for x, cell := range row {
			if cell.BG > 1<<24 {
				t.Fatalf("the cell at %d,%d has the terminal's own background", x, y)
			}
		}
	}
}

func TestThemeFollowsTheTerminal(t *testing.T) {
	dark, light := run(t, 80, 24, nil), run(t, 80, 24, nil, uitest.WithLight())
	if dark.Cells()[3][0].BG == light.Cells()[3][0].BG {
		t.Error("a light terminal looks like a dark one")
	}
	none := run(t, 80, 24, nil, uitest.WithProfile(colorprofile.ASCII))
	if bg := none.Cells()[3][0].BG; bg <= 1<<24 {
		t.Errorf("without colours the background is %x", bg)
	}
}

func TestAWholePageGetsTheRoomOfTheFrame(t *testing.T) {
	ui := run(t, 80, 24, nil)
	wantNot(t, ui, "Anna-Lena 20")
	ui.first.whole = true
	ui.Press("down")
	wantScreen(t, ui, "Anna-Lena 20")
	wantNot(t, ui, "\n Liste 1\n")
}

func TestHelpIsNeverCut(t *testing.T) {
	for width := 80; width <= 130; width++ {
		ui := bare(t, nil)
		ui.press()
		ui.root.Update(tea.WindowSizeMsg{Width: width, Height: 24})
		lines := strings.Split(ansi.Strip(ui.root.View().Content), "\n")
		if !strings.HasSuffix(lines[len(lines)-1], "  ? Hilfe ") {
			t.Fatalf("at %d columns the hint bar ends with %q", width, lines[len(lines)-1])
		}
	}
}

// TestEverySize draws the screens in every size: exactly as many lines as there
// are rows, none wider than the window, nothing on it that could act on the
// terminal, the cursor inside.
func TestEverySize(t *testing.T) {
	for _, scene := range scenes {
		ui := bare(t, nil)
		ui.press(scene.keys...)
		every := scene.name == scenes[0].name // the others are drawn in a sample
		for height := 5; height <= 45; height++ {
			for width := 20; width <= 130; width++ {
				if !every && !(edge(height, 4, 23, 24, 27, 28, 45) && edge(width, 9, 20, 79, 80, 81, 130)) {
					continue
				}
				ui.root.Update(tea.WindowSizeMsg{Width: width, Height: height})
				if problem := flaw(ui.root.View(), width, height); problem != "" {
					t.Fatalf("%s at %d×%d: %s", scene.name, width, height, problem)
				}
			}
		}
	}
}

// edge picks the sizes at which something changes, and some between.
func edge(n, step int, edges ...int) bool { return n%step == 0 || slices.Contains(edges, n) }

func flaw(v tea.View, width, height int) string {
	lines := strings.Split(v.Content, "\n")
	if len(lines) != height {
		return fmt.Sprintf("%d lines", len(lines))
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w != width {
			return fmt.Sprintf("line %d is %d cells wide: %q", i+1, w, ansi.Strip(l))
		}
		if strings.ContainsFunc(ansi.Strip(l), func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
			return fmt.Sprintf("line %d has a control character: %q", i+1, l)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height) {
		return fmt.Sprintf("the cursor stands at %d,%d", c.X, c.Y)
	}
	return ""
}

func TestNoSizeDrawsNothing(t *testing.T) {
	root := bare(t, nil).root
	root.Update(tea.WindowSizeMsg{})
	if v := root.View(); v.Content != "" {
		t.Errorf("drew %q", v.Content)
	}
}

func TestViewAsksTheTerminal(t *testing.T) {
	v := bare(t, nil).root.View()
	if !v.AltScreen || !v.ReportFocus || v.MouseMode != tea.MouseModeNone || v.DisableBracketedPasteMode || v.WindowTitle != "schalter" {
		t.Errorf("alt screen %v, focus %v, mouse %v, no bracketed paste %v, title %q",
			v.AltScreen, v.ReportFocus, v.MouseMode, v.DisableBracketedPasteMode, v.WindowTitle)
	}
	if v.Cursor == nil || v.Cursor.Color != nil || v.Cursor.Blink {
		t.Errorf("the cursor is %+v; it must be real, in the user's colour, and still", v.Cursor)
	}
}

func TestFilter(t *testing.T) {
	root := bare(t, nil).root
	for _, row := range []struct {
		why      string
		in, want tea.Msg
	}{
		{"a size that would fill the memory", tea.WindowSizeMsg{Width: 3000, Height: 3000}, tea.WindowSizeMsg{Width: 500, Height: 200}},
		{"a usual size", tea.WindowSizeMsg{Width: 80, Height: 24}, tea.WindowSizeMsg{Width: 80, Height: 24}},
		{"a signal leaves the pages first", tea.InterruptMsg{}, page.QuitMsg{}},
		{"so does the end of the session", tea.QuitMsg{}, page.QuitMsg{}},
		{"nothing is suspended", tea.SuspendMsg{}, nil},
	} {
		if got := tui.Filter(root, row.in); got != row.want {
			t.Errorf("%s: got %#v", row.why, got)
		}
	}
	root.Update(page.QuitMsg{})
	if got := tui.Filter(root, tea.QuitMsg{}); got != (tea.QuitMsg{}) {
		t.Errorf("after the pages have been left the end is %#v", got)
	}
}

func TestCheckKeys(t *testing.T) {
	ui := bare(t, nil)
	if err := tui.CheckKeys(ui.first, ui.first.env); err != nil {
		t.Error(err)
	}
	ui.first.extra = "f3"
	if err := tui.CheckKeys(ui.first, ui.first.env); err == nil {
		t.Error("a page may bind the key that locks")
	}
	ui.first.extra = "esc"
	if err := tui.CheckKeys(ui.first, ui.first.env); err != nil {
		t.Errorf("a page may not bind esc: %v", err)
	}
}

// bareUI is the model without a program: commands run at once, time passes by
// keys.
type bareUI struct {
	root  *tui.Root
	first *listPage
	now   time.Time
}

// bare makes a model of 80×24 on its first page.
func bare(tb testing.TB, change func(*tui.Config)) *bareUI {
	tb.Helper()
	b := &bareUI{now: start}
	s := &stage{log: &log{}}
	c := config(uitest.NewClock(start), s)
	c.Now = func() time.Time { return b.now }
	c.After = func(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		if d > time.Second { // idle ticks would run for ever
			return nil
		}
		return func() tea.Msg { b.now = b.now.Add(d); return msg(b.now) }
	}
	c.IdleLock = nil
	if change != nil {
		change(&c)
	}
	b.root = tui.New(c)
	b.run(b.root.Init())
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	b.first = s.first
	return b
}

func (b *bareUI) send(msg tea.Msg) {
	_, cmd := b.root.Update(msg)
	b.run(cmd)
}

// run runs a command to its end, and what follows from it.
func (b *bareUI) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if cmds, ok := uitest.List(msg); ok {
		for _, c := range cmds {
			b.run(c)
		}
		return
	}
	if msg != nil {
		b.send(msg)
	}
}

func (b *bareUI) press(names ...string) {
	for _, name := range names {
		b.now = b.now.Add(100 * time.Millisecond)
		b.send(uitest.Key(name))
	}
}

// BenchmarkKeyToFrame is the program's part of the time between a key and the
// new frame: handling and drawing, at 120×40 with a full list.
func BenchmarkKeyToFrame(b *testing.B) {
	ui := bare(b, nil)
	ui.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	times := make([]time.Duration, 0, b.N)
	keys := []tea.Msg{uitest.Key("down"), uitest.Key("down"), uitest.Key("up")}
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		ui.root.Update(keys[i%len(keys)])
		_ = ui.root.View()
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}
