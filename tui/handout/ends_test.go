package handout_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"schalter/domain"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/words"
)

// TestRevoke ends the code here; the visit goes on.
func TestRevoke(t *testing.T) {
	c, ui, anna := show(t)
	ui.Press("s", "tab", "enter")
	noCode(t, ui)
	pagetest.Shows(t, ui, "Der Code gilt nicht mehr: gesperrt 01.03.2027 14:02.")
	c.CheckKeys(page.HandOut)
	wantCodes(t, c, anna, domain.CodeRevoked)
	ui.Press("n")
	noCode(t, ui)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Müller, Anna", "Aktivierungscode: gesperrt", "Ausgewiesen: JA")
}

// TestKeysInOneRead: what is pressed right behind a question answers it.
func TestKeysInOneRead(t *testing.T) {
	for range 5 {
		c, ui, anna := show(t)
		ui.Advance(5 * time.Second)
		ui.Rush("s", "tab", "enter")
		pagetest.Shows(t, ui, "Der Code gilt nicht mehr: gesperrt")
		wantCodes(t, c, anna, domain.CodeRevoked)
	}
}

// TestGiveUp asks; the code dies with the visit.
func TestGiveUp(t *testing.T) {
	for _, key := range []string{"esc", "f12"} {
		c, ui, anna := show(t)
		shown := code(ui)
		ui.Press(key)
		pagetest.Shows(t, ui, "Ohne Aushändigen beenden?", "[ Abbrechen ]")
		ui.Press("enter")
		pagetest.Shows(t, ui, shown)
		ui.Press(key, "tab", "enter")
		pagetest.Shows(t, ui, "Suche", "Nicht ausgehändigt: Code gesperrt, Vorgang ")
		noCode(t, ui)
		wantCodes(t, c, anna, domain.CodeRevoked)
	}
}

// TestMadeWhileLocked: a code that came when the seat was locked has been seen by
// nobody, and cannot count as handed over.
func TestMadeWhileLocked(t *testing.T) {
	rows := []struct {
		why   string
		keys  []string
		codes []domain.CodeState
	}{
		{"Enter confirms nothing", []string{"enter", "enter"}, []domain.CodeState{domain.CodeLive}},
		{"it can be replaced", []string{"n", "tab", "enter"}, []domain.CodeState{domain.CodeRevoked, domain.CodeLive}},
		{"it can be revoked", []string{"s", "tab", "enter"}, []domain.CodeState{domain.CodeRevoked}},
		{"it dies with the visit", []string{"esc", "tab", "enter"}, []domain.CodeState{domain.CodeRevoked}},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c := open(t)
			anna := c.Member()
			ui := c.Run(words.German, 80, 24)
			toPurpose(c, ui, anna)
			c.SlowCheck = 3 * time.Second
			ui.Press("enter", "f3")
			ui.Advance(5 * time.Second)
			noCode(t, ui)
			c.SlowCheck = 0
			ui.Press("enter") // the door
			ui.Advance(2 * time.Second)
			pagetest.Shows(t, ui, "Niemand hat ihn gesehen.")
			c.CheckKeys(page.HandOut)
			c.CheckSizes(page.HandOut)
			ui.Press(row.keys...)
			wantCodes(t, c, anna, row.codes...)
			if view := codeView(t, c, anna); !view.HandedOverAt.IsZero() {
				t.Error("a code that nobody saw counts as handed over")
			}
		})
	}
}

// TestQuittingLeavesNoLiveCode: a program that ends ends its visits.
func TestQuittingLeavesNoLiveCode(t *testing.T) {
	c, ui, anna := show(t)
	ui.Press("ctrl+c", "ctrl+c") // the first one asks
	if err := ui.Ended(); err != nil {
		t.Fatal(err)
	}
	c.Desk.Close(context.Background())
	wantCodes(t, c, anna, domain.CodeRevoked)
}

// TestEndsElsewhere: whatever ends the code, it is off the screen within a
// second, and what follows fits.
func TestEndsElsewhere(t *testing.T) {
	rows := []struct {
		why   string
		end   func(c *pagetest.Counter, m domain.Member)
		shows string
		then  []string // keys
		after string
		codes []domain.CodeState
	}{
		{
			"another seat hands out a code", func(c *pagetest.Counter, m domain.Member) { c.IssueElsewhere(m) },
			"Der Code gilt nicht mehr: ersetzt 01.03.2027 14:02.",
			[]string{"enter"},
			"Müller, Anna",
			[]domain.CodeState{domain.CodeSuperseded, domain.CodeLive},
		},
		{
			"a new one may follow", func(c *pagetest.Counter, m domain.Member) { c.IssueElsewhere(m) },
			"n: einen neuen Code zeigen",
			[]string{"n", "tab", "enter"},
			"Aktivierungscode für A. M.",
			[]domain.CodeState{domain.CodeSuperseded, domain.CodeSuperseded, domain.CodeLive},
		},
		{
			"or be chosen anew", func(c *pagetest.Counter, m domain.Member) { c.IssueElsewhere(m) },
			"Der Code gilt nicht mehr",
			[]string{"enter", "a", "2"},
			"Zweck: neues Gerät",
			[]domain.CodeState{domain.CodeSuperseded, domain.CodeSuperseded, domain.CodeLive},
		},
		{
			"the app takes it", redeem,
			"EINGELÖST",
			[]string{"enter"},
			"Ausgehändigt, Vorgang ",
			[]domain.CodeState{domain.CodeRedeemed},
		},
		{
			"too many wrong tries burn it", func(c *pagetest.Counter, m domain.Member) {
				c.Change(m, func(a *domain.ActivationCode) { a.State, a.EndedAt = domain.CodeBurned, c.Clock.Now() })
			},
			"Der Code gilt nicht mehr: verbraucht durch Fehlversuche",
			[]string{"esc"},
			"Müller, Anna",
			[]domain.CodeState{domain.CodeBurned},
		},
		{
			"its time is over", func(c *pagetest.Counter, m domain.Member) {
				c.Change(m, func(a *domain.ActivationCode) { a.ExpiresAt = c.Clock.Now() })
			},
			"Der Code gilt nicht mehr: abgelaufen",
			[]string{"enter"},
			"Müller, Anna",
			[]domain.CodeState{domain.CodeExpired},
		},
	}
	for _, row := range rows {
		for _, hidden := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, hidden %v", row.why, hidden), func(t *testing.T) {
				c, ui, anna := show(t)
				if hidden {
					ui.Press("f3", "enter")
				}
				row.end(c, anna)
				ui.Advance(1100 * time.Millisecond)
				noCode(t, ui)
				pagetest.Shows(t, ui, row.shows)
				c.CheckKeys(page.HandOut)
				c.CheckSizes(page.HandOut)
				ui.Press(row.then...)
				pagetest.Shows(t, ui, row.after)
				wantCodes(t, c, anna, row.codes...)
			})
		}
	}
}

// TestVisitEndsElsewhere: somebody else's login ends the visit, and with it the
// code on this screen.
func TestVisitEndsElsewhere(t *testing.T) {
	c, ui, anna := show(t)
	c.Desk.Close(context.Background())
	ui.Advance(2 * time.Second)
	noCode(t, ui)
	pagetest.Shows(t, ui, "Suche", "Die Vorsprache ist beendet.")
	wantCodes(t, c, anna, domain.CodeRevoked)
}

// TestRefused: what the desk does not hand out is a page with the reason, and
// leads back.
func TestRefused(t *testing.T) {
	c := open(t, func(s *domain.Settings) { s.IdleLock = 0 })
	m := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, m)
	ui.Advance(16 * time.Minute) // the evidence runs out
	ui.Press("enter")
	noCode(t, ui)
	pagetest.Shows(t, ui, "Die Person ist nicht ausgewiesen.", "STOPP", "Enter: zurück zur Person.")
	c.CheckKeys(page.HandOut)
	c.CheckSizes(page.HandOut)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Aktivierungscode:", "Tun")
	wantCodes(t, c, m)
}

// TestPlayPhone: in practice a key redeems the code as the app would; in earnest
// there is no such key.
func TestPlayPhone(t *testing.T) {
	_, ui, _ := show(t)
	ui.Press("t")
	ui.Advance(2 * time.Second)
	if code(ui) == "" {
		t.Fatalf("a code was redeemed in earnest:\n%s", ui.Screen())
	}

	c := open(t, func(s *domain.Settings) { s.Practice = true })
	c.Seat.Practice, c.Seat.Actor.Practice = pagetest.Practice{}, true
	anna := c.Member()
	ui = c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter")
	c.CheckKeys(page.HandOut)
	ui.Press("t")
	ui.Advance(time.Second)
	noCode(t, ui)
	pagetest.Shows(t, ui, "EINGELÖST", "Die │ │ Identifizierung ist damit erledigt.")
	wantCodes(t, c, anna, domain.CodeRedeemed)
	if a, _, err := c.Store.Account(t.Context(), anna.ID); err != nil || a.Identified.By != domain.ByActivationCode {
		t.Errorf("identified %+v, %v", a.Identified, err)
	}
}
