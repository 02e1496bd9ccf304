package handout_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/golden"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// toPurpose goes from the search to the choice of the purpose.
func toPurpose(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
	c.Find(ui, m)
	ui.Type("a1140362" + "0829" + "j" + digits(m))
	ui.Press("enter")
}

func digits(m domain.Member) string { return m.Cards[0].ICCSN.Last6() }

// show opens Anna Müller and shows her a code.
func show(t *testing.T, change ...func(*domain.Settings)) (*pagetest.Counter, *uitest.UI, domain.Member) {
	t.Helper()
	c := open(t, change...)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter")
	if code(ui) == "" {
		t.Fatalf("no code is shown:\n%s", ui.Screen())
	}
	return c, ui, anna
}

// code is the code on the screen; "" without one.
func code(ui *uitest.UI) string { return pagetest.Code.FindString(ui.Screen()) }

func noCode(t *testing.T, ui *uitest.UI) {
	t.Helper()
	if code(ui) != "" {
		t.Errorf("a code is on the screen:\n%s", ui.Screen())
	}
}

func wantCodes(t *testing.T, c *pagetest.Counter, m domain.Member, want ...domain.CodeState) {
	t.Helper()
	if got := c.Codes(m); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("codes %v, want %v", got, want)
	}
}

func TestGolden(t *testing.T) {
	views := []struct {
		name     string
		settings func(*domain.Settings)
		member   func(*domain.Member)
		walk     func(c *pagetest.Counter, ui *uitest.UI, m domain.Member)
	}{
		{"purpose", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			c.IssueElsewhere(m)
			toPurpose(c, ui, m)
			ui.Press("down")
		}},
		{"code", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			c.IssueElsewhere(m)
			c.Seat.Printer = &pagetest.Printer{}
			toPurpose(c, ui, m)
			ui.Press("3")
		}},
		{
			"long_host", func(s *domain.Settings) { s.AppHost = "aktivierung.muster-bkk.de" }, nil,
			func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
				toPurpose(c, ui, m)
				ui.Press("enter")
			},
		},
		{"last_call", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			p := &pagetest.Printer{}
			p.Break(domain.Fail(domain.Unavailable, domain.ReasonPrinter))
			c.Seat.Printer = p
			toPurpose(c, ui, m)
			ui.Press("enter")
			ui.Advance(105 * time.Second)
		}},
		{"hidden", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Press("enter")
			ui.Advance(121 * time.Second)
		}},
		{"superseded", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Press("enter")
			c.IssueElsewhere(m)
			ui.Advance(2 * time.Second)
		}},
		{"redeemed", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Press("enter")
			redeem(c, m)
			ui.Advance(2 * time.Second)
		}},
		{"refused", nil, nil, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Advance(16 * time.Minute)
			ui.Press("enter")
		}},
		{"needs_second", nil, moved, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Press("enter")
		}},
		{"waiting", nil, moved, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Press("enter", "enter")
			ui.Advance(70 * time.Second)
		}},
		{"signing", nil, moved, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			toPurpose(c, ui, m)
			ui.Press("enter", "h")
		}},
		{"agreed", nil, moved, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			answered(c, ui, m, true)
		}},
		{"second_refused", nil, moved, func(c *pagetest.Counter, ui *uitest.UI, m domain.Member) {
			answered(c, ui, m, false)
		}},
	}
	for _, l := range uitest.Languages() {
		for _, size := range uitest.Sizes() {
			for _, v := range views {
				t.Run(fmt.Sprintf("%v/%dx%d/%s", l, size[0], size[1], v.name), func(t *testing.T) {
					settings := func(s *domain.Settings) { s.IdleLock = 0 }
					if v.settings != nil {
						settings = v.settings
					}
					c := open(t, settings)
					m := c.Member(func(m *domain.Member) {
						if v.member != nil {
							v.member(m)
						}
					})
					ui := c.Run(l, size[0], size[1])
					v.walk(c, ui, m)
					c.CheckKeys(page.HandOut)
					c.CheckSizes(page.HandOut)
					golden.RequireEqual(t, pagetest.Still(ui.Screen()))
				})
			}
		}
	}
}

// answered asks for a second person, who answers in their own session.
func answered(c *pagetest.Counter, ui *uitest.UI, m domain.Member, yes bool) {
	c.Supervise()
	toPurpose(c, ui, m)
	ui.Press("enter", "enter")
	c.Answer(yes)
	ui.Advance(2 * time.Second)
}

func redeem(c *pagetest.Counter, m domain.Member) {
	c.Change(m, func(a *domain.ActivationCode) { a.State, a.EndedAt = domain.CodeRedeemed, c.Clock.Now() })
}

// TestHandOver: the code is seen, then one explicit key ends it all.
func TestHandOver(t *testing.T) {
	c, ui, anna := show(t)
	pagetest.Shows(t, ui, "A. M. •••014", "gültig bis 04.03.2027 14:02 Uhr", "72 Stunden lang, einmal verwendbar")
	pagetest.Hides(t, ui, "Müller", "Anna", "A000000014", "1962")
	shown := code(ui)
	ui.Advance(time.Second)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Suche", "Ausgehändigt, Vorgang ")
	pagetest.Hides(t, ui, shown, "Müller")
	wantCodes(t, c, anna, domain.CodeLive)
	if view := codeView(t, c, anna); view.HandedOverAt.IsZero() {
		t.Error("nothing says that it was handed over")
	}
	if ui.Title() != "schalter" {
		t.Errorf("the window's title is %q", ui.Title())
	}
}

// codeView is the newest code as the colleague sees it.
func codeView(t *testing.T, c *pagetest.Counter, m domain.Member) desk.CodeView {
	t.Helper()
	visit, err := c.Desk.Open(context.Background(), c.Colleague, desk.Opening{Member: m.ID})
	if err != nil {
		t.Fatal(err)
	}
	view, err := c.Desk.View(context.Background(), c.Colleague, visit)
	if err != nil {
		t.Fatal(err)
	}
	return view.Code
}

// TestEnterTwice: the second Enter comes before anybody can have read the code.
func TestEnterTwice(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	ui.Press("enter", "enter", "enter")
	if code(ui) == "" {
		t.Fatalf("the code is gone:\n%s", ui.Screen())
	}
	ui.Advance(time.Second)
	ui.Press("enter")
	noCode(t, ui)
}

// TestEnterBehindAChange: the same key confirms nothing when the screen has just
// changed under it.
func TestEnterBehindAChange(t *testing.T) {
	rows := []struct {
		why    string
		change func(ui *uitest.UI)
	}{
		{"the key that unlocked, pressed twice", func(ui *uitest.UI) { ui.Press("f3", "enter") }},
		{"the code has just been hidden", func(ui *uitest.UI) {
			for code(ui) != "" {
				ui.Advance(100 * time.Millisecond)
			}
		}},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c, ui, anna := show(t, func(s *domain.Settings) { s.HideCode = 10 * time.Second })
			ui.Advance(2 * time.Second)
			row.change(ui)
			ui.Press("enter")
			pagetest.Shows(t, ui, "Der Code ist ausgeblendet und kommt nicht wieder.")
			if view := codeView(t, c, anna); !view.HandedOverAt.IsZero() {
				t.Error("it counts as handed over")
			}
			ui.Advance(time.Second)
			ui.Press("enter")
			pagetest.Shows(t, ui, "Ausgehändigt, Vorgang ")
		})
	}
}

// TestPurposes: digits choose, arrows and Enter too; the journal and the paper
// have what was chosen.
func TestPurposes(t *testing.T) {
	rows := []struct {
		keys []string
		want domain.Purpose
		said string
	}{
		{[]string{"enter"}, domain.FirstActivation, "Zweck: App zum ersten Mal einrichten"},
		{[]string{"1"}, domain.FirstActivation, "Zweck: App zum ersten Mal einrichten"},
		{[]string{"2"}, domain.NewDevice, "Zweck: neues Gerät"},
		{[]string{"3"}, domain.AfterBlock, "Zweck: nach Sperre neu einrichten"},
		{[]string{"down", "down", "down", "up", "down", "enter"}, domain.AfterDeletion, "Zweck: nach Löschen neu einrichten"},
	}
	for _, row := range rows {
		c := open(t)
		anna := c.Member()
		printer := &pagetest.Printer{}
		c.Seat.Printer = printer
		ui := c.Run(words.German, 80, 24)
		toPurpose(c, ui, anna)
		ui.Press(row.keys...)
		pagetest.Shows(t, ui, row.said)
		if slips := printer.Slips(); len(slips) != 1 || slips[0].Purpose != row.want {
			t.Errorf("%v: slips %d", row.keys, len(slips))
		}
	}
}

// TestTimer: the code hides when its time is over, and a key gives it more.
func TestTimer(t *testing.T) {
	c, ui, anna := show(t)
	shown := code(ui)
	ui.Advance(100 * time.Second)
	pagetest.Shows(t, ui, shown, "! Anzeige noch 0:")
	ui.Press("space")
	ui.Advance(110 * time.Second)
	pagetest.Shows(t, ui, shown)
	ui.Advance(60 * time.Second)
	noCode(t, ui)
	pagetest.Shows(t, ui, "Der Code ist ausgeblendet und kommt nicht wieder.")
	ui.Press("space", "d")
	noCode(t, ui)
	wantCodes(t, c, anna, domain.CodeLive)
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgehändigt, Vorgang ")
	wantCodes(t, c, anna, domain.CodeLive)
}

// TestExtendingHasAnEnd: a key held down does not keep a code for hours.
func TestExtendingHasAnEnd(t *testing.T) {
	_, ui, _ := show(t)
	for range 30 {
		ui.Press("space")
	}
	pagetest.Shows(t, ui, "Anzeige noch 10:00")
}

// TestIdleLockWaits while the code is shown, and not beyond.
func TestIdleLockWaits(t *testing.T) {
	c, ui, _ := show(t, func(s *domain.Settings) { s.HideCode, s.IdleLock = 90*time.Second, time.Minute })
	shown := code(ui)
	ui.Advance(c.Seat.Settings.IdleLock + 10*time.Second)
	pagetest.Shows(t, ui, shown)
	ui.Advance(20*time.Second + c.Seat.Settings.IdleLock + 5*time.Second)
	pagetest.Shows(t, ui, "Tür")
	noCode(t, ui)
}

// TestLocking takes the code off the screen for good; the visit goes on.
func TestLocking(t *testing.T) {
	c, ui, anna := show(t)
	ui.Press("f3")
	noCode(t, ui)
	ui.Press("enter")
	noCode(t, ui)
	pagetest.Shows(t, ui, "Der Code ist ausgeblendet und kommt nicht wieder.")
	ui.Press("n", "tab", "enter")
	if code(ui) == "" {
		t.Fatalf("no new code:\n%s", ui.Screen())
	}
	wantCodes(t, c, anna, domain.CodeRevoked, domain.CodeLive)
}

// TestReplace is free once in a visit; the code before it is revoked.
func TestReplace(t *testing.T) {
	c, ui, anna := show(t)
	first := code(ui)
	ui.Press("n", "enter")
	pagetest.Shows(t, ui, first)
	ui.Press("n", "tab", "enter")
	second := code(ui)
	if second == "" || second == first {
		t.Fatalf("the second code is %q", second)
	}
	wantCodes(t, c, anna, domain.CodeRevoked, domain.CodeLive)
	ui.Press("n", "tab", "enter")
	pagetest.Shows(t, ui, second, "STOPP", "schon einmal ersetzt")
	wantCodes(t, c, anna, domain.CodeRevoked, domain.CodeLive)
}

// TestDeskDoesNotAnswer: the purpose stays, and can be tried again.
func TestDeskDoesNotAnswer(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	c.BrokenWrite = domain.Fail(domain.Unavailable, domain.ReasonDiskFull)
	ui.Press("2")
	noCode(t, ui)
	pagetest.Shows(t, ui, "STOPP", "▶ 2  neues Gerät")
	c.BrokenWrite = nil
	ui.Press("enter")
	pagetest.Shows(t, ui, "Zweck: neues Gerät")
	c.BrokenWrite = domain.Fail(domain.Unavailable, domain.ReasonDiskFull)
	ui.Advance(time.Second)
	shown := code(ui)
	ui.Press("enter")
	pagetest.Shows(t, ui, "STOPP", shown)
	c.BrokenWrite = nil
	ui.Press("enter")
	pagetest.Shows(t, ui, "Ausgehändigt, Vorgang ")
}

// TestNoColours: where no picture is sure to decode the code stands alone.
func TestNoColours(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24, uitest.WithProfile(colorprofile.Ascii))
	toPurpose(c, ui, anna)
	ui.Press("enter")
	if code(ui) == "" {
		t.Fatalf("no code is shown:\n%s", ui.Screen())
	}
	c.CheckSizes(page.HandOut)
}

// TestUnknownOutcome: nobody knows whether the code was stored, and nobody has
// seen it; trying again shows one, and leaves one.
func TestUnknownOutcome(t *testing.T) {
	c := open(t)
	anna := c.Member()
	ui := c.Run(words.German, 80, 24)
	toPurpose(c, ui, anna)
	c.BrokenWrite = domain.Fail(domain.Unavailable, domain.ReasonUnknownOutcome)
	ui.Press("enter")
	noCode(t, ui)
	pagetest.Shows(t, ui, "STOPP", "Wofür ist der Code?")
	c.BrokenWrite = nil
	ui.Press("enter")
	if code(ui) == "" {
		t.Fatalf("no code is shown:\n%s", ui.Screen())
	}
	wantCodes(t, c, anna, domain.CodeLive)
}
