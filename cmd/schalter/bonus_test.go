package main

import (
	"testing"

	"schalter/domain/bonus/finding"
	"schalter/tui/words"
)

// Every code has words of its own in both languages.
func TestFindingText(t *testing.T) {
	for _, language := range words.AllLanguages() {
		p := &program{texts: words.For(language)}
		seen := map[string]finding.Code{}
		for _, c := range finding.Codes() {
			text := p.findingText(c)
			if text == string(c) {
				t.Errorf("%s: no words for %s", language, c)
			}
			if other, taken := seen[text]; taken {
				t.Errorf("%s: %s and %s read alike", language, c, other)
			}
			seen[text] = c
		}
	}
}
