package paper

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
)

// decisionLetter is a letter with a bit of everything.
func decisionLetter() desk.BookletLetter {
	ok := bonus.Reason{Code: bonus.OK}
	return desk.BookletLetter{
		Number: "7K4-QM9X", At: time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC), Insurer: "Muster BKK",
		Branch: domain.Branch{Name: "Musterstadt", Phone: "0931 1234"},
		To:     domain.Name{Title: "Dr.", Given: "Anna", Surname: "Müller"}, Person: domain.Name{Title: "Dr.", Given: "Anna", Surname: "Müller"},
		Address: domain.Address{Street: "Marktplatz", HouseNumber: "3", Postcode: "97070", City: "Würzburg", Country: "D"},
		Last3:   "780", Programme: "BKKplus-Bonusprogramm", Source: []bonus.Note{{Name: "url", Text: "http://www.bkk.example/bonus"}},
		Year: 2026, Received: 20270301,
		Decision: &domain.BookletDecision{Total: 70_00, ToPay: 40_00, PaidBefore: 30_00, Hypothetical: 70_00, Deadline: 20270331},
		Parts: []desk.LetterPart{
			{Title: "Stufe I Vorsorge", Cents: 30_00, Lines: []desk.LetterLine{
				{Title: "Ärztliche Gesundheitsuntersuchung (Check-up), § 25 Abs. 1 SGB V", Date: 20260514, Reason: ok},
				{Title: "Krebsfrüherkennung", Reason: bonus.Reason{Code: bonus.NotRequired, Cause: bonus.CauseAge}},
				{Title: "Zahnvorsorge", Date: 20260200, Reason: bonus.Reason{Code: bonus.Missing, Cause: bonus.NoDate}},
			}},
			{Title: "Sportliche Aktivitäten", Cents: 40_00, Lines: []desk.LetterLine{
				{Title: "Mitgliedschaft Fitnessstudio", Date: 20260101, Cents: 40_00, Reason: ok},
				{Title: "Mitgliedschaft Sportverein", Date: 20260101, Reason: bonus.Reason{Code: bonus.CutByGroupCap}},
				{Title: "Sportabzeichen", Date: 20260701, Reason: bonus.Reason{Code: bonus.NoEvidence, Token: "certificate"}},
			}},
			{Title: "", Lines: []desk.LetterLine{{Title: "Blutspende", Date: date.Date(20250101), Invalid: "kein Stempel der Praxis"}}},
		},
	}
}

func TestBonusLetterText(t *testing.T) {
	var all bytes.Buffer
	late := decisionLetter()
	late.Practice = true
	late.Decision.Refusal, late.Decision.Total, late.Decision.ToPay, late.Decision.PaidBefore = bonus.Late, 0, 0, 0
	late.Received = 20270425
	child := decisionLetter()
	child.Person, child.Decision.CreditMain, child.Decision.PaidBefore = domain.Name{Given: "Carla", Surname: "Müller"}, true, 0
	child.Decision.ToPay = 70_00
	less := decisionLetter()
	less.Decision.Total, less.Decision.ToPay = 10_00, -20_00
	query := decisionLetter()
	query.Decision, query.Parts = nil, nil
	query.Query = []desk.AskedFor{
		{Measure: "Zahnvorsorge", Want: domain.WantDate},
		{Measure: "U1–U9 und J1", Exam: "U8", Want: domain.WantStamp},
		{Want: domain.WantOther, Text: "Welche Rechnung gehört zu welchem Kind?"},
	}
	for i, l := range []desk.BookletLetter{decisionLetter(), late, child, less, query} {
		text, err := LetterText(BonusLetter(l))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > letterColumns {
				t.Errorf("a line of %d columns: %s", n, line)
			}
		}
		fmt.Fprintf(&all, "%d ────\n%s", i, text)
	}
	golden.RequireEqual(t, all.Bytes())
}

// Whatever a decision says has words of the member's.
func TestEveryReasonHasAWord(t *testing.T) {
	w := bonusWords{}
	for _, c := range bonus.Codes() {
		switch c {
		case bonus.CauseAge, bonus.CauseSex, bonus.CauseInsuredAs, bonus.CauseInterval, bonus.CauseWindow, bonus.CauseManual, bonus.CauseNever:
			if w.reason(bonus.Reason{Code: bonus.NotRequired, Cause: c}) == "" {
				t.Errorf("no word for %s", c)
			}
		case bonus.NoTrack, bonus.Late, bonus.MembershipTerminated, bonus.NoActiveMembership, bonus.InsuredTooShort, bonus.NotInsuredWhole:
			l := decisionLetter()
			l.Decision.Refusal = c
			if text, err := LetterText(BonusLetter(l)); err != nil || strings.Contains(string(text), "Eine Bedingung des Programms") {
				t.Errorf("no word for %s", c)
			}
		case bonus.NotRequired:
		default:
			if text := w.reason(bonus.Reason{Code: c, Token: "stamp"}); text == "" || text == string(c) {
				t.Errorf("no word for %s", c)
			}
		}
	}
	for _, want := range domain.AllQueryWants() {
		if text := w.asked(desk.AskedFor{Measure: "x", Want: want, Text: "y"}); text == "x: : y" {
			t.Errorf("no word for %s", want)
		}
	}
}

func TestLetterPDF(t *testing.T) {
	l := decisionLetter()
	for range 80 { // more than a page
		l.Parts[1].Lines = append(l.Parts[1].Lines, l.Parts[1].Lines[0])
	}
	l.Practice = true
	first, err := LetterPDF(BonusLetter(l))
	if err != nil {
		t.Fatal(err)
	}
	second, err := LetterPDF(BonusLetter(l))
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same letter gives other bytes, %v", err)
	}
	if n := bytes.Count(first, []byte("/Type /Page\n")); n < 2 {
		t.Errorf("%d pages", n)
	}
	if _, err := LetterPDF(Letter{}); err == nil {
		t.Error("a letter without anything")
	}
}

func TestLetterIntoAFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "briefe")
	for _, form := range []Form{FormPDF, FormText} {
		if err := (File{folder, form}).PrintLetter(t.Context(), BonusLetter(decisionLetter())); err != nil {
			t.Fatal(err)
		}
	}
	names, err := os.ReadDir(folder)
	if err != nil || len(names) != 2 || names[0].Name() != "brief-7K4-QM9X.pdf" || names[1].Name() != "brief-7K4-QM9X.txt" {
		t.Errorf("%v, %v", names, err)
	}
	info, err := os.Stat(filepath.Join(folder, names[0].Name()))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := (None{}).PrintLetter(t.Context(), Letter{}); err != nil {
		t.Error(err)
	}
}

// Nothing of a letter reaches a message.
func TestLetterFormatsAsItsNumber(t *testing.T) {
	l := BonusLetter(decisionLetter())
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, l); text != "letter 7K4-QM9X" {
			t.Errorf("%s: %s", verb, text)
		}
	}
}
