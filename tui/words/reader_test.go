package words

import (
	"testing"

	"schalter/domain/egk"
	"schalter/domain/egk/reader"
)

// TestCardWords: every state, fault and warning has its words, and they fit.
func TestCardWords(t *testing.T) {
	for _, l := range AllLanguages() {
		texts := For(l)
		for _, s := range reader.States() {
			what, hint := texts.ReaderState(reader.Event{State: s})
			word := texts.ReaderWord(s)
			if word == "" || what == "" || hint == "" || len([]rune(word)) > 11 || len([]rune(what)) > MaxWhat || len([]rune(hint)) > MaxHint {
				t.Errorf("%v, %v: %q, %q, %q", l, s, word, what, hint)
			}
		}
		for _, f := range egk.Faults() {
			if both, ok := faultWords()[f]; !ok || both.in(l) == "" || len([]rune(both.in(l))) > MaxWhat {
				t.Errorf("%v, %v: no words, or too many", l, f)
			}
		}
		for _, w := range egk.Warnings() {
			if texts.CardWarning(w) == "" {
				t.Errorf("%v, %v: no words", l, w)
			}
		}
	}
}
