package parts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"schalter/tui/keys"
	"schalter/tui/words"

	tea "charm.land/bubbletea/v2"
)

func drawList(l *List, width, height int) ([]string, int) {
	lines, at := l.Draw(styles(), width, height, func(i, w int) string { return fmt.Sprintf("Zeile %d", i+1) })
	for i := range lines {
		lines[i] = ansi.Strip(lines[i])
	}
	return lines, at
}

func TestList(t *testing.T) {
	var l List
	if l.At() != -1 {
		t.Error("an empty list has a chosen row")
	}
	l.Press(keyOf("down"))
	l.SetLen(25)
	for _, row := range []struct {
		key  string
		want int
	}{
		{"down", 1},
		{"down", 2},
		{"up", 1},
		{"pgdown", 11},
		{"pgdown", 21},
		{"pgdown", 24},
		{"down", 24},
		{"pgup", 14},
		{"home", 0},
		{"up", 0},
		{"end", 24},
	} {
		if !l.Press(keyOf(row.key)) || l.At() != row.want {
			t.Errorf("after %s row %d is chosen, want %d", row.key, l.At(), row.want)
		}
	}
	if l.Press(keyOf("enter")) || l.Press(keyOf("7")) {
		t.Error("takes keys that do not move")
	}
	l.SetLen(3)
	if l.At() != 2 || l.Len() != 3 {
		t.Errorf("a list that became shorter has row %d chosen", l.At())
	}
}

func TestListDraw(t *testing.T) {
	var l List
	l.SetLen(12)
	l.Set(1)
	lines, at := drawList(&l, 16, 10)
	want := []string{
		"  1  Zeile 1    ", "▶ 2  Zeile 2    ", "  3  Zeile 3    ", "  4  Zeile 4    ", "  5  Zeile 5    ",
		"  6  Zeile 6    ", "  7  Zeile 7    ", "  8  Zeile 8    ", "  9  Zeile 9    ", "     Zeile 10   ",
	}
	if !slices.Equal(lines, want) || at != 1 {
		t.Errorf("chosen line %d of\n%s", at, strings.Join(lines, "\n"))
	}
	l.Set(11)
	lines, at = drawList(&l, 16, 10)
	if want := []string{"     Zeile 11   ", "▶    Zeile 12   "}; !slices.Equal(lines, want) || at != 1 {
		t.Errorf("chosen line %d of %q", at, lines)
	}
	l.Unnumbered = true
	l.Set(0)
	if lines, _ = drawList(&l, 16, 1); lines[0] != "▶    Zeile 1    " {
		t.Errorf("unnumbered: %q", lines)
	}
	if lines, _ := drawList(&l, 16, 0); lines != nil {
		t.Error("draws without room")
	}
}

func TestHints(t *testing.T) {
	do := func() tea.Cmd { return nil }
	help := keys.Binding{ID: "help", Keys: []string{"?", "f1"}, Text: words.Key{Label: "Hilfe", Help: "."}, Do: do}
	bindings := []keys.Binding{
		{ID: "a", Keys: []string{"a", "f7"}, Text: words.Key{Label: "Code"}, Do: do},
		{ID: "quiet", Keys: []string{"b"}, Text: words.Key{Label: "leise"}, Quiet: true, Do: do},
		{ID: "off", Keys: []string{"c"}, Text: words.Key{Label: "aus"}, Off: "so", Do: do},
		{ID: "d", Keys: []string{"d"}, Text: words.Key{Label: "löschen"}, Do: do},
	}
	de := words.For(words.German)
	for _, row := range []struct {
		why    string
		width  int
		typing bool
		want   string
	}{
		{"all", 40, false, " a Code  d löschen              ? Hilfe "},
		{"only what has a key that types nothing", 40, true, " F7 Code                        ? Hilfe "},
		{"what does not fit is left out whole", 24, false, " a Code         ? Hilfe "},
		{"help is what stays", 11, false, "   ? Hilfe "},
	} {
		got := ansi.Strip(Hints(styles(), de, bindings, help, row.typing, row.width))
		if got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, got, row.want)
		}
	}
}

func TestTitleAndCrumbs(t *testing.T) {
	left, right := []string{"schalter", "GS Musterstadt", "K. Beispiel"}, []string{"Drucker bereit", "14:02"}
	for _, row := range []struct {
		why   string
		mark  string
		width int
		want  string
	}{
		{"all", "", 70, " schalter · GS Musterstadt · K. Beispiel       Drucker bereit · 14:02 "},
		{"the printer goes first", "", 55, " schalter · GS Musterstadt · K. Beispiel         14:02 "},
		{"then the person", "", 35, " schalter · GS Musterstadt   14:02 "},
		{"the mark stays", "ÜBUNG", 18, " ÜBUNG  schalter  "},
	} {
		if got := ansi.Strip(Title(styles(), row.mark, left, right, row.width)); got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, got, row.want)
		}
	}
	steps := []string{"Suche", "Müller, Anna", "Ausweisen"}
	for _, row := range []struct {
		width int
		want  string
	}{
		{60, " Suche › Müller, Anna › Ausweisen"},
		{30, " … › Müller, Anna › Ausweisen"},
		{20, " … › Ausweisen"},
		{10, " … › Aus…"},
	} {
		if got := ansi.Strip(Crumbs(styles(), steps, " › ", row.width)); got != row.want {
			t.Errorf("at %d: got %q, want %q", row.width, got, row.want)
		}
	}
	if Crumbs(styles(), nil, " › ", 20) != "" {
		t.Error("no steps draw something")
	}
}

func TestBox(t *testing.T) {
	got := Box(styles(), "Titel", []string{"eine Zeile", "x"}, 40)
	for i := range got {
		got[i] = ansi.Strip(got[i])
	}
	want := []string{"┌ Titel ─────┐", "│ eine Zeile │", "│ x          │", "└────────────┘"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	for _, l := range Box(styles(), "Ein langer Titel", []string{strings.Repeat("x", 50)}, 12) {
		if Width(l) != 12 {
			t.Errorf("%q is %d wide", ansi.Strip(l), Width(l))
		}
	}
}

func TestFit(t *testing.T) {
	if got := Fit([]string{"a", "b", "c"}, 2); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
	if got := Fit([]string{"a"}, 3); !slices.Equal(got, []string{"a", "", ""}) {
		t.Errorf("got %q", got)
	}
	if got := Fit(nil, -1); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}
