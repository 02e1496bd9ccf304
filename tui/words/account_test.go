package words

import (
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
)

// TestEveryWordOfTheAccount walks the enumerations around the app account.
func TestEveryWordOfTheAccount(t *testing.T) {
	for _, l := range AllLanguages() {
		texts := For(l)
		for name, list := range map[string][]string{
			"account state":  each(domain.AllAccountStates(), texts.AccountState),
			"identified by":  each(domain.AllIdentifiedBy(), texts.IdentifiedBy),
			"why":            each(domain.AllWhys(), texts.Why),
			"representative": each(domain.AllRepresentatives(), texts.Representative),
			"proof":          each(domain.AllProofs(), texts.Proof),
			"approval state": each(domain.AllApprovalStates(), texts.ApprovalState),
			"parameter":      each(domain.AllParameterKeys(), texts.Parameter),
			"via":            each(domain.AllVias(), texts.Via),
			"effect":         each(desk.AllEffects(), texts.Effect),
		} {
			seen := map[string]bool{}
			for i, word := range list {
				if word == "" || seen[word] {
					t.Errorf("%v: %s %d is %q", l, name, i, word)
				}
				seen[word] = true
			}
			if len(list) == 0 {
				t.Errorf("%s: nothing to walk", name)
			}
		}
	}
}

func each[T any](all []T, word func(T) string) (out []string) {
	for _, x := range all {
		out = append(out, word(x))
	}
	return out
}
