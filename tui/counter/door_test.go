package counter_test

import (
	"testing"

	"schalter/domain"
	"schalter/tui/words"
)

// TestColleagueAtALockedSeat: somebody with a one-time passphrase can come in at
// a locked seat, and Esc leads back.
func TestColleagueAtALockedSeat(t *testing.T) {
	b := open(t)
	addClerk(b, "neu", "einmal und nie wieder")
	b.signIn()
	ui := b.run(words.English, 80, 24)
	ui.Press("f3", "f4")
	ui.Type("neu")
	ui.Press("enter")
	ui.Type("einmal und nie wieder")
	ui.Press("enter")
	shows(t, ui, "works only once")
	ui.Press("esc")
	shows(t, ui, "L. Leitung is logged in", "Passphrase")
	ui.Press("f4")
	ui.Type("neu")
	ui.Press("enter")
	ui.Type("einmal und nie wieder")
	ui.Press("enter")
	ui.Type("mein eigenes wort")
	ui.Press("enter")
	ui.Type("mein eigenes wort")
	ui.Press("enter")
	shows(t, ui, "Search", "N. Neu")
}

// TestEscForgetsTheRenewal: Esc at the login forgets what was typed.
func TestEscForgetsTheRenewal(t *testing.T) {
	b := open(t)
	addClerk(b, "neu", "einmal und nie wieder")
	ui := b.run(words.English, 80, 24)
	ui.Type("neu")
	ui.Press("enter")
	ui.Type("einmal und nie wieder")
	ui.Press("enter")
	shows(t, ui, "New passphrase")
	ui.Press("esc")
	hides(t, ui, "New passphrase", "neu")
	shows(t, ui, "Login name")
}

// TestRoleWithoutMembers: an admin is told so instead of being refused letter by
// letter.
func TestRoleWithoutMembers(t *testing.T) {
	b := open(t)
	ui := b.run(words.English, 80, 24)
	ui.Type("admin")
	ui.Press("enter")
	ui.Type(passphrase)
	ui.Press("enter")
	shows(t, ui, "Your role serves no members")
	before := b.entries()
	ui.Type("mueller")
	ui.Press("enter")
	hides(t, ui, "Müller", "Nobody found")
	if after := b.entries(); after != before {
		t.Errorf("typing left %d entries", after-before)
	}
}

// TestTypingAheadOpensNobodyElse: what is pressed before the list is up to date
// chooses nothing in the old one.
func TestTypingAheadOpensNobodyElse(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.English, 80, 24)
	ui.Type("mue")
	ui.Press("down", "down")
	ui.Type("s") // another search, the list of which has one
	ui.Press("down")
	hides(t, ui, "Müller")
	ui.Press("enter")
	hides(t, ui, "Identified:")
}

func (b *branch) entries() int64 {
	b.t.Helper()
	report, err := b.store.Verify(b.t.Context(), nil, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return report.Size
}

// TestBarredDatabase: on a database to which nothing can be written nobody has to
// try in order to learn why.
func TestBarredDatabase(t *testing.T) {
	for _, language := range words.AllLanguages() {
		b := open(t)
		barred := domain.Fail(domain.Unavailable, domain.ReasonJournalShorter)
		b.seat.Barred = func() error { return barred }
		what, _ := words.For(language).Error(barred)
		shows(t, b.run(language, 80, 24), what)
	}
}

// TestOutdatedDatabase: whoever logs in first with a newer program is told before
// that it takes a while, in both languages.
func TestOutdatedDatabase(t *testing.T) {
	for language, text := range map[words.Language]string{words.German: "einige Minuten", words.English: "some minutes"} {
		b := open(t)
		due := true
		b.seat.Outdated = func() bool { return due }
		ui := b.run(language, 80, 24)
		shows(t, ui, text)
		due = false
		ui.Type("l")
		hides(t, ui, text)
	}
}
