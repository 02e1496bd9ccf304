package words

import (
	"strings"
	"testing"

	"schalter/domain"
)

// TestBring: after every end of an identification there is a sentence on what to
// do next, and none offers a letter or promises a code.
func TestBring(t *testing.T) {
	for _, l := range AllLanguages() {
		texts := For(l)
		for _, r := range domain.AllReasons() {
			said := texts.Bring(r)
			if !strings.HasSuffix(said, ".") {
				t.Errorf("%v: %s: %q is no sentence", l, r, said)
			}
			for _, word := range []string{"Brief", "letter", "Vollmacht"} {
				if strings.Contains(said, word) {
					t.Errorf("%v: %s offers %q", l, r, word)
				}
			}
		}
		if texts.Bring(domain.ReasonInternal) != texts.Identify.Bring {
			t.Errorf("%v: a reason without words of its own has others", l)
		}
	}
}
