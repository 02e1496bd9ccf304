package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"schalter/domain"
)

func TestEveryReasonHasASentence(t *testing.T) {
	for _, l := range AllLanguages() {
		texts := For(l)
		if got, want := len(texts.failures), len(domain.AllReasons()); got != want {
			t.Errorf("%v: %d sentences for %d reasons", l, got, want)
		}
		internal, _ := texts.Error(domain.Fail(domain.Internal, domain.ReasonInternal))
		for _, r := range domain.AllReasons() {
			what, hint := texts.Error(domain.Fail(domain.Refused, r))
			if what == internal && r != domain.ReasonInternal {
				t.Errorf("%v: %s has no sentence", l, r)
			}
			if w := ansi.StringWidth(what); w > MaxWhat {
				t.Errorf("%v: %s: the sentence is %d cells wide, at most %d", l, r, w, MaxWhat)
			}
			if w := ansi.StringWidth(hint); w > MaxHint {
				t.Errorf("%v: %s: the hint is %d cells wide, at most %d", l, r, w, MaxHint)
			}
			if !strings.HasSuffix(what, ".") || !strings.HasSuffix(hint, ".") {
				t.Errorf("%v: %s: %q, %q: both are sentences", l, r, what, hint)
			}
		}
	}
}

func TestNoReasonTwice(t *testing.T) {
	seen := map[domain.Reason]bool{}
	for _, table := range [][]sentence{rightsSentences(), loginSentences(), visitSentences(), bonusSentences(), storeSentences(), accountSentences()} {
		for _, s := range table {
			if seen[s.reason] {
				t.Errorf("%s has two sentences", s.reason)
			}
			seen[s.reason] = true
		}
	}
}

func TestError(t *testing.T) {
	until := time.Date(2027, 3, 1, 14, 32, 0, 0, time.Local)
	for _, row := range []struct {
		why        string
		err        error
		what, hint string
	}{
		{"nothing happened", nil, "", ""},
		{
			"a wrapped error keeps its reason", fmt.Errorf("open: %w", domain.Fail(domain.NotFound, domain.ReasonMemberNotFound)),
			"Diese Person ist nicht im Bestand.", "KVNR prüfen oder über Name und Geburtsdatum suchen.",
		},
		{
			"counts are told", domain.Fail(domain.Invalid, domain.ReasonCardMismatch).WithCount(2, 3),
			"Die Ziffern gehören nicht zu einer Karte dieser Person. (2 von 3)",
			"Letzte sechs Ziffern der Kennnummer auf der Karte prüfen.",
		},
		{
			"a lock says when it ends", domain.Fail(domain.Locked, domain.ReasonLoginDelayed).WithUntil(until.Unix()),
			"Zu viele Fehlversuche.", "Wieder möglich ab 01.03.2027 14:32 Uhr.",
		},
		{
			"a foreign error tells nothing of itself", errors.New("bolt: page 7 of Anna"),
			"Interner Fehler.", "Noch einmal versuchen; bleibt es dabei, die Betreuung ansprechen.",
		},
		{
			"a reason nobody knows", domain.Fail(domain.Refused, "made_up"),
			"Interner Fehler.", "Noch einmal versuchen; bleibt es dabei, die Betreuung ansprechen.",
		},
	} {
		what, hint := For(German).Error(row.err)
		if what != row.what || hint != row.hint {
			t.Errorf("%s: got %q, %q", row.why, what, hint)
		}
	}
}

func TestErrorInEnglish(t *testing.T) {
	until := time.Date(2027, 3, 1, 14, 32, 0, 0, time.Local)
	err := domain.Fail(domain.Locked, domain.ReasonLoginDelayed).WithUntil(until.Unix()).WithCount(1, 3)
	what, hint := For(English).Error(err)
	if what != "Too many failed attempts. (1 of 3)" || hint != "Possible again from 01 Mar 2027 14:32 on." {
		t.Errorf("got %q, %q", what, hint)
	}
}
