package pagetest

import (
	"regexp"
	"strings"
	"testing"

	"schalter/tui/uitest"
)

// Code is an activation code as it is shown.
var Code = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}`)

// caseNumber is a case as it is shown.
var caseNumber = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}\b`)

// Still is a screen without what another code would change: code, case and the
// dots of the picture.
func Still(screen string) string {
	screen = Code.ReplaceAllString(screen, "00000-00000-00000")
	screen = caseNumber.ReplaceAllString(screen, "000-0000")
	var lines []string
	for l := range strings.Lines(strings.ReplaceAll(screen, "▄", " ") + "\n") {
		lines = append(lines, strings.TrimRight(l, " \n"))
	}
	return strings.Join(lines, "\n") + "\n"
}

// Shows asserts that the screen has each of the texts, also where it breaks one
// into lines.
func Shows(tb testing.TB, ui *uitest.UI, texts ...string) {
	tb.Helper()
	screen := spaces(ui.Screen())
	for _, text := range texts {
		if !strings.Contains(screen, text) && !strings.Contains(flat(screen), text) {
			tb.Errorf("the screen lacks %q:\n%s", text, screen)
		}
	}
}

// Hides asserts that the screen has none of the texts.
func Hides(tb testing.TB, ui *uitest.UI, texts ...string) {
	tb.Helper()
	screen := spaces(ui.Screen())
	for _, text := range texts {
		if strings.Contains(screen, text) {
			tb.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// spaces makes every space one that tests can type.
func spaces(screen string) string { return strings.ReplaceAll(screen, "\u00a0", " ") }

// flat is a screen in one line with single spaces.
func flat(screen string) string { return strings.Join(strings.Fields(screen), " ") }

// Said is the line of the screen that holds a word; "" if none does.
func Said(ui *uitest.UI, word string) string {
	for l := range strings.Lines(spaces(ui.Screen())) {
		if strings.Contains(l, word) {
			return l
		}
	}
	return ""
}
