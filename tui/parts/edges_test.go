package parts

import (
	"testing"
	"unicode"
)

// Columns are filled with blanks on either side. A character that melts into
// the blank beside it makes a row narrower than it was measured.
func TestNoCharacterMeltsIntoABlank(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := Text(string(r))
		if s == "" {
			continue
		}
		w := Width(s)
		if got := Width(" " + s); got != w+1 {
			t.Errorf("%U %q is %d wide, after a blank %d", r, s, w, got-1)
		}
		if got := Width(s + " "); got != w+1 {
			t.Errorf("%U %q is %d wide, before a blank %d", r, s, w, got-1)
		}
	}
}
