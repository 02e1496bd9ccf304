package sheet_test

import (
	"slices"
	"testing"

	"charm.land/lipgloss/v2"

	"schalter/tui/member/sheet"
	"schalter/tui/page"
)

func TestBody(t *testing.T) {
	rows := []struct {
		why    string
		height int
		want   []string
		cursor page.Point
	}{
		{"room for blanks before every block", 9, []string{"", "   a", "   b", "", "   c", "", "   d", "   e"}, page.Point{X: 4, Y: 4}},
		{"blanks go first at the end", 6, []string{"", "   a", "   b", "   c", "   d", "   e"}, page.Point{X: 4, Y: 3}},
		{"no room for blanks", 5, []string{"   a", "   b", "   c", "   d", "   e"}, page.Point{X: 4, Y: 2}},
		{"a spare block is left out whole", 4, []string{"", "   a", "   b", "   c"}, page.Point{X: 4, Y: 3}},
		{"what is not spare stays", 2, []string{"   a", "   b", "   c"}, page.Point{X: 4, Y: 2}},
	}
	for _, row := range rows {
		s := sheet.New(20, row.height)
		s.Add("a", "b")
		s.Add()
		s.Add("c")
		s.Cursor(1, 0)
		s.Spare("d", "e")
		s.Spare()
		body := s.Body()
		if !slices.Equal(body.Lines, row.want) {
			t.Errorf("%s: %q, want %q", row.why, body.Lines, row.want)
		}
		if body.Cursor == nil || *body.Cursor != row.cursor {
			t.Errorf("%s: the cursor stands at %v, want %v", row.why, body.Cursor, row.cursor)
		}
	}
}

func TestRoomAndWidth(t *testing.T) {
	s := sheet.New(20, 5)
	s.Add("a", "b")
	if s.Room() != 3 || s.Width() != 16 {
		t.Errorf("room %d, width %d", s.Room(), s.Width())
	}
	if s := sheet.New(2, 0); s.Room() != 0 || s.Width() != 0 || s.Body().Cursor != nil {
		t.Error("a window without room has none")
	}
}

// TestWrap: each line is styled for itself.
func TestWrap(t *testing.T) {
	bold := lipgloss.NewStyle().Bold(true)
	if got, want := sheet.Wrap(bold, "eins zwei", 5), []string{bold.Render("eins"), bold.Render("zwei")}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
