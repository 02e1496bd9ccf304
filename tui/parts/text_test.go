package parts

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"schalter/tui/theme"
	"schalter/tui/words"
)

func styles() *theme.Styles {
	return theme.New(theme.Dark, theme.DarkBackground, colorprofile.TrueColor)
}

func TestWidths(t *testing.T) {
	red := styles().Stop.Render("STOPP")
	for _, row := range []struct{ why, got, want string }{
		{"filled", Left("Öz", 5), "Öz   "},
		{"cut", Left("Müller-Lüdenscheidt", 8), "Müller-…"},
		{"wide characters count twice", Left("日本語", 5), "日本…"},
		{"a wide character that does not fit leaves a gap", Left("日本語", 4), "日… "},
		{"numbers stand right", Right("1.000", 7), "  1.000"},
		{"numbers cut", Right("1.000.000", 4), "1.0…"},
		{"middle", Centre("ab", 6), "  ab  "},
		{"nothing fits", Left("ab", 0), ""},
		{"negative room", Left("ab", -3), ""},
		{"styles have no width", ansi.Strip(Left(red, 7)), "STOPP  "},
	} {
		if row.got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, row.got, row.want)
		}
	}
}

func TestLeftAndRightAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, w := Text(rapid.String().Draw(t, "s")), rapid.IntRange(0, 30).Draw(t, "width")
		if got := Width(Left(s, w)); got != w {
			t.Fatalf("Left(%q, %d) is %d wide", s, w, got)
		}
		if got := Width(Right(s, w)); got != w {
			t.Fatalf("Right(%q, %d) is %d wide", s, w, got)
		}
	})
}

func TestTextIsTheBorder(t *testing.T) {
	if got := Text("Anna\x1b[2J\u202e\tMüller\x07"); got != "Anna Müller" {
		t.Errorf("got %q", got)
	}
}

func TestWrap(t *testing.T) {
	got := Wrap("Es gibt eine zweite Person", 12)
	if want := []string{"Es gibt eine", "zweite", "Person"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, l := range Wrap(strings.Repeat("Donaudampfschifffahrt", 3), 10) {
		if Width(l) > 10 {
			t.Errorf("a long word is not broken: %q", l)
		}
	}
	if got := Wrap("a", 0); got != nil {
		t.Errorf("no room: %q", got)
	}
}

func TestColumns(t *testing.T) {
	got := Columns([]string{"a", "bb"}, []string{"1", "2", "3"}, 4)
	if want := []string{"a   1", "bb  2", "    3"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Columns([]string{"a"}, nil, 3); !slices.Equal(got, []string{"a  "}) {
		t.Errorf("got %q", got)
	}
}

func TestRow(t *testing.T) {
	columns := []Column{{Width: 4}, {}, {Width: 6, Number: true}}
	for _, row := range []struct {
		why   string
		cells []string
		width int
		want  string
	}{
		{"fits", []string{"ab", "Müller", "12"}, 24, "ab    Müller          12"},
		{"cut", []string{"abcdef", "Müller-Lüdenscheidt", "1"}, 24, "abc…  Müller-Lü…       1"},
		{"missing cells are empty", []string{"ab"}, 24, "ab                      "},
		{"no room left for the open column", []string{"ab", "Müller", "12"}, 14, "ab          12"},
		{"narrower than the columns", []string{"ab", "Müller", "12"}, 5, "ab  …"},
	} {
		if got := Row(columns, row.cells, row.width); got != row.want || Width(got) != row.width {
			t.Errorf("%s: got %q, want %q", row.why, got, row.want)
		}
	}
}

func TestBanners(t *testing.T) {
	s, de := styles(), words.For(words.German)
	notice := Notice(s, de, "Es gibt eine zweite Anna Müller mit gleichem Geburtstag.", 40)
	if len(notice) != 3 || !strings.HasPrefix(ansi.Strip(notice[0]), "! HINWEIS  Es gibt") {
		t.Errorf("notice: %q", notice)
	}
	stop := Stop(s, de, "Die Karte ist gesperrt.", 20)
	if len(stop) < 2 || !strings.HasPrefix(ansi.Strip(stop[0]), " STOPP   Die Karte") {
		t.Errorf("stop: %q", stop)
	}
	for _, l := range append(notice, stop...) {
		if Width(l) > 40 {
			t.Errorf("%q is too wide", ansi.Strip(l))
		}
	}
	if !strings.Contains(stop[0], ";7;") && !strings.Contains(stop[0], "[7;") && !strings.Contains(stop[0], ";7m") {
		t.Errorf("STOPP is not in reverse video: %q", stop[0])
	}
	if Tick(true) != "✓" || Tick(false) != "–" {
		t.Error("marks of checks")
	}
}

func TestCountdownAsksForAttention(t *testing.T) {
	s, de := styles(), words.For(words.German)
	if Countdown(s, de, LastCall+1) == s.Caution.Render("0:21") {
		t.Error("too early")
	}
	if got := Countdown(s, de, LastCall); got != s.Caution.Render("0:20") {
		t.Errorf("got %q", got)
	}
}
