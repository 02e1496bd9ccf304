package tui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/page"
)

// TestCommandsOfPagesComeBack: single commands, batches, sequences and their
// nesting answer the page that started them; messages for the terminal stop.
func TestCommandsOfPagesComeBack(t *testing.T) {
	say := func(text string) tea.Cmd { return func() tea.Msg { return slowAnswer{text} } }
	for _, row := range []struct {
		why  string
		late tea.Msg
		want []string
	}{
		{"one", slowAnswer{"a"}, []string{"answer a"}},
		{"none", nil, nil},
		{"a sequence keeps its order", tea.Sequence(say("a"), say("b"), nil, say("c"))(), []string{"answer a", "answer b", "answer c"}},
		{
			"nested", tea.Sequence(say("a"), tea.Sequence(say("b"), tea.Batch(say("c"), nil)), say("d"))(),
			[]string{"answer a", "answer b", "answer c", "answer d"},
		},
		{"a request inside", tea.Sequence(say("a"), page.Navigate(fieldKind, nil))(), []string{"answer a", "leave 1 0"}},
		{"no page ends the program", tea.QuitMsg{}, nil},
		{"no page writes the clipboard", tea.SetClipboard("K7QH9")(), nil},
	} {
		ui := run(t, 80, 24, nil)
		ui.first.late = func() tea.Msg { return row.late }
		ui.Press("l")
		ui.log.lines = nil
		ui.Advance(2e9)
		t.Log(row.why)
		wantLog(t, ui, row.want...)
		wantScreen(t, ui, "Liste 1")
	}
}
