package paper

import (
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
	catalogue "schalter/tui/words"
)

// rowsOf are the words of a decision with one line.
func rowsOf(line desk.LetterLine) string {
	l := desk.BookletLetter{
		Insurer: "BKK", Programme: "Bonus", Year: 2026, Received: date.Date(20270301),
		Decision: &domain.BookletDecision{}, Parts: []desk.LetterPart{{Lines: []desk.LetterLine{line}}},
	}
	var text []string
	for _, r := range BonusLetter(l).Rows {
		text = append(text, r.Text)
	}
	return strings.Join(text, "\n")
}

// Whatever staff say of a stamp is told to the member in words.
func TestLetterSaysWhyAStampIsInvalid(t *testing.T) {
	for _, stored := range catalogue.InvalidReasons() {
		if got := rowsOf(desk.LetterLine{Title: "Zahn", Invalid: stored}); strings.Contains(got, stored) || !strings.Contains(got, "nicht gezählt, ") {
			t.Errorf("%s: %q", stored, got)
		}
	}
	if got := rowsOf(desk.LetterLine{Title: "Zahn", Invalid: "von Hand durchgestrichen"}); !strings.Contains(got, "nicht gezählt, von Hand durchgestrichen") {
		t.Errorf("free words: %q", got)
	}
}

// A refused supplement leaves the bonus that was decided before, paid or not.
func TestLetterSaysWhatStays(t *testing.T) {
	l := desk.BookletLetter{
		Insurer: "BKK", Programme: "Bonus", Year: 2026, Received: date.Date(20270425),
		Decision: &domain.BookletDecision{Refusal: bonus.Late, Deadline: 20270331, Total: 30_00, ToPay: 30_00, Hypothetical: 70_00},
	}
	said := strings.Join(BonusLetter(l).Opening, "\n")
	if !strings.Contains(said, "nachgereichten Belege") || !strings.Contains(said, "30,00") || strings.Contains(said, "keinen Bonus") {
		t.Errorf("%s", said)
	}
}

// What adds nothing because its part is full says so.
func TestLetterSaysThatAPartIsFull(t *testing.T) {
	full := bonus.Reason{Code: bonus.CutByGroupCap}
	if got := rowsOf(desk.LetterLine{Title: "Verein", Reason: full}); !strings.Contains(got, "Höchstbetrag dieses Teils ist schon erreicht") {
		t.Errorf("%s", got)
	}
	if got := rowsOf(desk.LetterLine{Title: "Verein", Reason: full, Cents: 5_00}); !strings.Contains(got, "bis zum Höchstbetrag") || !strings.Contains(got, "5,00") {
		t.Errorf("%s", got)
	}
}
