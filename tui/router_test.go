package tui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"schalter/tui"
	"schalter/tui/page"
)

func wantLog(t *testing.T, s *stage, want ...string) {
	t.Helper()
	if !slices.Equal(s.log.lines, want) {
		t.Errorf("pages were told\n  %q, want\n  %q", s.log.lines, want)
	}
	s.log.lines = nil
}

func wantScreen(t *testing.T, s *stage, parts ...string) {
	t.Helper()
	screen := s.Screen()
	for _, p := range parts {
		if !strings.Contains(screen, p) {
			t.Errorf("the screen lacks %q:\n%s", p, screen)
		}
	}
}

func wantNot(t *testing.T, s *stage, parts ...string) {
	t.Helper()
	screen := s.Screen()
	for _, p := range parts {
		if strings.Contains(screen, p) {
			t.Errorf("the screen shows %q:\n%s", p, screen)
		}
	}
}

func TestNavigateAndBack(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("down", "down", "enter")
	wantScreen(t, ui, "Liste 1 › Liste 2")
	wantLog(t, ui, "init 1", "enter 1", "leave 1 0", "init 2", "enter 2")

	ui.Press("esc")
	wantLog(t, ui, "leave 2 0", "enter 1")
	wantScreen(t, ui, "▶ 3") // the page kept its selection

	ui.Press("enter")
	wantLog(t, ui, "leave 1 0", "enter 2") // kept, not made again
	ui.Press("f12", "esc")
	wantScreen(t, ui, "Liste 1\n") // the first page stays
}

func TestNavigatingToAPageOnTheWayReturnsToIt(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("enter", "enter")
	ui.Send(page.NavigateMsg{Route: page.Route{Kind: listKind, Params: 1}})
	wantScreen(t, ui, "\n Liste 1\n")
}

func TestReplaceLeavesNoWayBack(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("enter")
	ui.Send(page.ReplaceMsg{Route: page.Route{Kind: listKind, Params: 7}})
	wantScreen(t, ui, "Liste 1 › Liste 7")
	ui.Press("esc")
	wantScreen(t, ui, "\n Liste 1\n")
}

func TestResetForgetsEveryPage(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("enter")
	ui.log.lines = nil
	ui.Send(page.ResetMsg{Route: page.Route{Kind: listKind, Params: 9}})
	wantLog(t, ui, "leave 2 2", "leave 1 2", "init 9", "enter 9")
	wantScreen(t, ui, "\n Liste 9\n")
	ui.Press("esc")
	wantScreen(t, ui, "Liste 9")
}

func TestUnusedPagesAreDropped(t *testing.T) {
	ui := run(t, 80, 24, nil)
	for i := range 12 {
		ui.Send(page.NavigateMsg{Route: page.Route{Kind: listKind, Params: fmt.Sprint("p", i)}})
		ui.Press("esc")
	}
	dropped := 0
	for _, l := range ui.log.lines {
		if strings.HasPrefix(l, "leave p") && strings.HasSuffix(l, " 2") {
			dropped++
		}
	}
	if dropped != 5 { // 13 pages were made, 8 are kept
		t.Errorf("%d pages were dropped, want 5: %q", dropped, ui.log.lines)
	}
}

func TestOlderAnswersAreDropped(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("s") // asks at second 0
	ui.Advance(500 * time.Millisecond)
	ui.Press("s") // and again
	ui.Advance(700 * time.Millisecond)
	ui.log.lines = nil
	ui.Advance(5 * time.Second)
	wantLog(t, ui, "answer 0")
	if _, waiting := uiWaiting(ui); waiting {
		t.Error("an answered call still counts as running")
	}
}

// uiWaiting asks the first page's environment.
func uiWaiting(s *stage) (time.Time, bool) { return s.first.env.Waiting() }

func TestAnswersComeBackToTheirPageOnly(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("s", "enter") // another list page is shown when it answers
	ui.log.lines = nil
	ui.Advance(2 * time.Second)
	wantLog(t, ui, "answer 0")

	ui.Press("s")
	ui.Send(page.ResetMsg{Route: page.Route{Kind: listKind, Params: 5}})
	ui.log.lines = nil
	ui.Advance(2 * time.Second)
	wantLog(t, ui) // its page is gone
	wantNot(t, ui, "Einen Moment")
}

func TestAHiddenPageMovesNobody(t *testing.T) {
	ui := run(t, 80, 24, nil)
	late := page.Navigate(fieldKind, nil)
	ui.first.late = late
	ui.Press("l") // navigates after a second
	ui.Send(page.NavigateMsg{Route: page.Route{Kind: listKind, Params: 2}})
	ui.Advance(2 * time.Second)
	wantScreen(t, ui, "Liste 1 › Liste 2\n")
}

func TestSpinnerAfter300Milliseconds(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("s") // 60 ms ago, of which it was held for 50
	ui.Advance(250 * time.Millisecond)
	wantNot(t, ui, "Einen Moment")
	ui.Advance(100 * time.Millisecond)
	wantScreen(t, ui, "\n Einen Moment")
	ui.Advance(time.Second)
	wantNot(t, ui, "Einen Moment")
}

func TestSpinnerMovesOnlyWhereMotionIsAllowed(t *testing.T) {
	ui := run(t, 80, 24, func(c *tui.Config) { c.Motion = true })
	ui.Press("s")
	ui.Advance(400 * time.Millisecond)
	first := ui.Screen()
	ui.Advance(300 * time.Millisecond)
	if ui.Screen() == first || !strings.Contains(first, "Einen Moment") {
		t.Errorf("nothing moves:\n%s", first)
	}
}

func TestNewsReachesEveryPage(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("enter")
	ui.log.lines = nil
	ui.Send(page.NewsMsg{Msg: "eingelöst"})
	wantLog(t, ui, "news eingelöst", "news eingelöst")
}

func TestSessionStandsInTheTitle(t *testing.T) {
	ui := run(t, 120, 40, nil)
	wantScreen(t, ui, "ÜBUNG  schalter · GS Musterstadt · K. Beispiel", "Drucker bereit · Mo 01.03.2027 14:02\n")
	ui.Send(page.SessionMsg{Change: func(s *page.Session) { s.Role, s.Printer = "Teamleitung", "" }})
	wantScreen(t, ui, "K. Beispiel · Teamleitung")
	wantNot(t, ui, "Drucker bereit")
	ui.Send(page.EnterSessionMsg{
		Session: page.Session{Person: "T. Muster"}, Route: page.Route{Kind: listKind, Params: 3},
	})
	wantScreen(t, ui, "\n Liste 3\n", " schalter · T. Muster")
	wantNot(t, ui, "ÜBUNG", "K. Beispiel")
	if ui.Title() != "schalter" {
		t.Errorf("the window's title is %q", ui.Title())
	}
	ui.Advance(time.Minute)
	wantScreen(t, ui, "14:03")
}

func TestQuitLeavesThePages(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("enter")
	ui.log.lines = nil
	ui.Press("ctrl+c")
	if err := ui.Ended(); err != nil {
		t.Errorf("ended with %v", err)
	}
	wantLog(t, ui, "leave 2 2", "leave 1 2")
}
