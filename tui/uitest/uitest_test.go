package uitest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/uitest"
)

// echo shows what it was told, and counts slow answers.
type echo struct {
	clock   *uitest.Clock
	keys    string
	times   []time.Duration
	slow    int
	started time.Time
	size    tea.WindowSizeMsg
}

type slowMsg struct{}

func (e *echo) Init() tea.Cmd { return nil }

func (e *echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		e.size = msg
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return e, tea.Quit
		}
		e.keys += msg.String() + " "
		e.times = append(e.times, e.clock.Now().Sub(e.started))
		return e, tea.Sequence(
			func() tea.Msg { e.clock.Sleep(time.Second); return slowMsg{} },
			tea.Batch(func() tea.Msg { return slowMsg{} }, e.clock.After(time.Second, func(time.Time) tea.Msg { return slowMsg{} })),
		)
	case slowMsg:
		e.slow++
	}
	return e, nil
}

func (e *echo) View() tea.View {
	v := tea.NewView(fmt.Sprintf("%d×%d\nTasten: %s\nlangsam: %d", e.size.Width, e.size.Height, e.keys, e.slow))
	v.AltScreen, v.WindowTitle = true, "Echo"
	v.Cursor = tea.NewCursor(len(e.keys), 1)
	return v
}

func begin(t *testing.T) (*uitest.UI, *echo) {
	at := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	clock := uitest.NewClock(at)
	e := &echo{clock: clock, started: at}
	return uitest.Start(t, e, clock, 60, 10), e
}

func TestKeysArriveAtAPersonsPace(t *testing.T) {
	ui, e := begin(t)
	ui.Press("a", "shift+tab", "ctrl+w", "space")
	ui.Type("ü 1")
	want := "Tasten: a shift+tab ctrl+w space ü space 1"
	if screen := ui.Screen(); !strings.Contains(screen, want) {
		t.Errorf("want %q:\n%s", want, screen)
	}
	if ui.Keys() != 7 {
		t.Errorf("counted %d keys, want 7", ui.Keys())
	}
	for i := 1; i < len(e.times); i++ {
		if gap := e.times[i] - e.times[i-1]; gap < 100*time.Millisecond {
			t.Errorf("%v between two keys", gap)
		}
	}
}

func TestAScanArrivesAtAReadersPace(t *testing.T) {
	ui, e := begin(t)
	ui.Scan("80276")
	if !strings.Contains(ui.Screen(), "8 0 2 7 6 enter") || ui.Keys() != 0 {
		t.Errorf("%d keys:\n%s", ui.Keys(), ui.Screen())
	}
	if gap := e.times[1] - e.times[0]; gap > 10*time.Millisecond {
		t.Errorf("%v between two characters", gap)
	}
}

func TestTimeStandsStill(t *testing.T) {
	ui, _ := begin(t)
	ui.Press("a")
	ui.Advance(900 * time.Millisecond)
	if !strings.Contains(ui.Screen(), "langsam: 0") {
		t.Errorf("too early:\n%s", ui.Screen())
	}
	ui.Advance(40 * time.Millisecond) // a second after the key
	if !strings.Contains(ui.Screen(), "langsam: 3") {
		t.Errorf("not everything that was due came:\n%s", ui.Screen())
	}
}

func TestSizeCursorTitleEnd(t *testing.T) {
	ui, _ := begin(t)
	if !strings.Contains(ui.Screen(), "60×10") {
		t.Errorf("size:\n%s", ui.Screen())
	}
	ui.Resize(70, 12)
	if !strings.Contains(ui.Screen(), "70×12") || len(ui.Cells()) != 12 || len(ui.Cells()[0]) != 70 {
		t.Errorf("size:\n%s", ui.Screen())
	}
	ui.Press("a")
	if x, y, ok := ui.Cursor(); x != 2 || y != 1 || !ok {
		t.Errorf("cursor at %d,%d, %v", x, y, ok)
	}
	if ui.Title() != "Echo" {
		t.Errorf("title %q", ui.Title())
	}
	ui.WaitFor("a key", func(screen string) bool { return strings.Contains(screen, "Tasten: a") })
	ui.Press("ctrl+c")
	if err := ui.Ended(); err != nil {
		t.Error(err)
	}
}
