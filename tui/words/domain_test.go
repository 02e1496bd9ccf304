package words

import (
	"testing"

	"schalter/domain"
	"schalter/domain/rights"
)

// TestEveryValueHasAWord walks the enumerations of the domain, and the rights
// table for those that have no list.
func TestEveryValueHasAWord(t *testing.T) {
	for _, l := range AllLanguages() {
		texts := For(l)
		check := func(kind string, value any, word string) {
			t.Helper()
			if word == "" {
				t.Errorf("%v: %s %v has no word", l, kind, value)
			}
		}
		for _, row := range rights.Table() {
			check("operation", row.Operation, texts.Operation(row.Operation))
			for _, c := range row.Second {
				check("condition", c, texts.Condition(c))
			}
			for _, n := range row.Notes {
				check("note", n, texts.Note(n))
			}
			for _, need := range row.Needs {
				for _, f := range need.Facts {
					check("fact", f, texts.Fact(f))
				}
			}
		}
		for _, r := range rights.AllRoles() {
			check("role", r, texts.Role(r))
		}
		for _, c := range rights.AllChannels() {
			check("channel", c, texts.Channel(c))
		}
		for _, a := range rights.AllAssurances() {
			check("assurance", a, texts.Assurance(a))
		}
		for _, a := range domain.AllActs() {
			check("act", a, texts.Act(a))
		}
		for k := domain.IdentityCard; k <= domain.ForeignIdentityCard; k++ {
			check("document", k, texts.Document(k))
		}
		for p := domain.FirstActivation; p <= domain.AfterDeletion; p++ {
			check("purpose", p, texts.Purpose(p))
		}
		for s := domain.CodeLive; s <= domain.CodeBurned; s++ {
			check("state of a code", s, texts.CodeState(s))
		}
	}
}
