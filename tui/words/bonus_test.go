package words

import (
	"testing"

	"schalter/domain/bonus"
)

func TestEveryBonusCodeHasWords(t *testing.T) {
	for _, l := range AllLanguages() {
		for _, c := range bonus.Codes() {
			if For(l).bonusCodes[c] == "" {
				t.Errorf("%v has no words for %s", l, c)
			}
		}
		for _, w := range invalidWords() {
			if w.said.in(l) == "" || For(l).Invalid(w.reason) != w.said.in(l) {
				t.Errorf("%v has no words for %s", l, w.reason)
			}
		}
	}
}

func TestBonusReason(t *testing.T) {
	rows := []struct {
		reason bonus.Reason
		want   string
	}{
		{bonus.Reason{Code: bonus.OK}, "zählt"},
		{bonus.Reason{Code: bonus.NotRequired, Cause: bonus.CauseAge}, "nicht nötig: Alter"},
		{bonus.Reason{Code: bonus.NoEvidence, Token: "invoice"}, "ohne Rechnung"},
		{bonus.Reason{Code: bonus.NoEvidence, Token: "notary"}, "ohne Nachweis"},
		{bonus.Reason{Code: bonus.Missing, Exam: "U7", Cause: bonus.Missing}, "fehlt: U7"},
		{bonus.Reason{Code: bonus.Missing, Exam: "U4", Cause: bonus.OutsideWindow}, "fehlt: U4, außer der Zeit"},
	}
	for _, row := range rows {
		if got := For(German).BonusReason(row.reason); got != row.want {
			t.Errorf("%v: got %q, want %q", row.reason, got, row.want)
		}
	}
}
