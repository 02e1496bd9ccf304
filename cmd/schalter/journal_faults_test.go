package main

import (
	"testing"

	"schalter/cmd/internal/filecheck"
	"schalter/domain"
	"schalter/tui/words"
)

// TestFileFailure: only a file that was seen to be damaged is called so.
func TestFileFailure(t *testing.T) {
	b := newBench(t)
	for _, language := range words.AllLanguages() {
		b.texts = words.For(language)
		damaged := b.about(domain.ReasonDamaged, "").what
		for kind, want := range map[filecheck.Kind]bool{
			filecheck.Damaged: true, filecheck.Crashed: false, filecheck.TimedOut: false, filecheck.OutOfMemory: false,
		} {
			f := b.fileFailure(&filecheck.Fault{Kind: kind})
			if got := f.what == damaged; got != want || f.hint == "" {
				t.Errorf("%s: %+v", kind, f)
			}
		}
	}
}
