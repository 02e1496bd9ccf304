package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPressesReachThePage(t *testing.T) {
	ui := run(t, 80, 24, nil)
	ui.Press("3", "mul", "a")
	if want := []string{"init 1", "enter 1", "pick 3", "key *", "act"}; !slices.Equal(ui.log.lines, want) {
		t.Errorf("the page was told %q, want %q", ui.log.lines, want)
	}
	if !strings.Contains(ui.Screen(), "Gehandelt.") {
		t.Errorf("the status line does not say what was done:\n%s", ui.Screen())
	}
	ui.Advance(7 * time.Second)
	if strings.Contains(ui.Screen(), "Gehandelt.") {
		t.Error("it says so for ever")
	}
	if ui.Keys() != 3 {
		t.Errorf("counted %d keys, want 3", ui.Keys())
	}
}
