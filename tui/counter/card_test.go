package counter_test

import (
	"context"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// erikasCard is the card of the member with the published specimens.
func erikasCard(change ...func(*egk.Card)) egk.Card {
	c := egk.Card{
		ICCSN: "80276001820001640812", KVNR: "T012345678", BirthDate: 19830812,
		Name:    egk.Name{Given: "Erika", Surname: "Mustermann"},
		Insurer: egk.Insurer{IK: "109500969", Name: "Muster BKK"},
		Address: egk.Address{Street: "Heidestraße", HouseNumber: "17", Postcode: "51147", City: "Köln"},
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

func insert(ui *uitest.UI, c egk.Card) {
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Reading, Name: "A", Readers: 1}})
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Read, Name: "A", Readers: 1, Card: c}})
}

func pull(ui *uitest.UI) {
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Removed, Name: "A", Readers: 1}})
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Empty, Readers: 1}})
}

// checks are what is on Erika's card and must not be on a screen: they are asked
// for elsewhere.
var checks = []string{"1983", "12.08.83", "120883", "640812", "80276001820001640812", "T012345678", "51147", "Heidestra"}

// TestKeysToTheCodeWithACard: with the card in the reader and a scanned document,
// at most five keys lead to the code.
func TestKeysToTheCodeWithACard(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	insert(ui, erikasCard())
	shows(t, ui, "Mustermann, Erika", "Karte – stimmt: Name, Geburtsdatum, Kasse", "Lesen beweist nicht")
	hides(t, ui, checks...)
	ui.Type("a")
	for _, line := range specimen2021 {
		ui.Scan(line)
	}
	shows(t, ui, "stimmt – im Leser gelesen")
	ui.Type("j")
	hides(t, ui, checks...)
	ui.Press("enter", "enter")
	onScreen(t, ui)
	t.Logf("%d keys", ui.Keys())
	if ui.Keys() > 5 {
		t.Errorf("%d keys, at most 5", ui.Keys())
	}
	if got := b.states("T012345678"); len(got) != 1 || got[0] != domain.CodeLive {
		t.Errorf("codes afterwards: %v", got)
	}
}

// TestCardThatOpensNobody: said plainly, with what to do, and the search goes on.
func TestCardThatOpensNobody(t *testing.T) {
	for _, row := range []struct {
		reason string
		change func(*egk.Card)
		shows  []string
	}{
		{"unknown number", func(c *egk.Card) { c.KVNR = "H719994900" }, []string{"nicht im Bestand", "Über Name und Geburtsdatum suchen"}},
		{"another insurer", func(c *egk.Card) { c.KVNR, c.Insurer.IK = "H719994900", "104212059" }, []string{"eine andere Kasse", "nach Namen suchen"}},
	} {
		b := open(t)
		b.signIn()
		ui := b.run(words.German, 80, 24)
		insert(ui, erikasCard(row.change))
		shows(t, ui, append(row.shows, "Suche", "Karte da")...)
		hides(t, ui, "Mustermann")
		ui.Type("mue 140362")
		ui.Press("enter")
		shows(t, ui, "Müller, Anna")
	}
}

// TestCardThatIsNoEvidence opens its member and says why it proves nothing.
func TestCardThatIsNoEvidence(t *testing.T) {
	for _, row := range []struct {
		reason string
		member domain.Card
		change func(*egk.Card)
		shows  string
	}{
		{"blocked", domain.Card{ICCSN: "80276001820001000001", Status: domain.CardBlocked}, func(*egk.Card) {}, "gesperrt"},
		{"superseded", domain.Card{ICCSN: "80276001820001000002", Status: domain.CardActive}, func(*egk.Card) {}, "nicht die, die gespeichert ist"},
	} {
		b := open(t)
		b.members(domain.Member{
			KVNR: "H719994900", Name: domain.Name{Given: "Bernd", Surname: "Beispiel"}, BirthDate: 19800101, Cards: []domain.Card{row.member},
		})
		b.signIn()
		ui := b.run(words.German, 80, 24)
		insert(ui, erikasCard(func(c *egk.Card) {
			c.KVNR, c.ICCSN, c.BirthDate, c.Name = "H719994900", "80276001820001000001", 19800101, egk.Name{Given: "Bernd", Surname: "Beispiel"}
		}))
		shows(t, ui, "Beispiel, Bernd", row.shows, "Ausgewiesen: NEIN")
		ui.Type("a1" + "010180" + "0831" + "j")
		shows(t, ui, "Schritt 5 von 5")
		noCode(t, ui)
	}
}

// TestCardDuringIdentification: put in at the step of the card, or before it; what
// was read stays when it is pulled, and is marked.
func TestCardDuringIdentification(t *testing.T) {
	rows := []struct {
		reason string
		walk   func(ui *uitest.UI)
	}{
		{"when it is asked for", func(ui *uitest.UI) {
			ui.Type("a1" + "120883" + "0831" + "j")
			insert(ui, erikasCard())
		}},
		{"before", func(ui *uitest.UI) {
			ui.Type("a1")
			insert(ui, erikasCard())
			ui.Type("120883" + "0831" + "j")
		}},
		{"before, and pulled", func(ui *uitest.UI) {
			ui.Type("a1")
			insert(ui, erikasCard())
			pull(ui)
			shows(t, ui, "stimmt – gelesen, Karte entnommen")
			ui.Type("120883" + "0831" + "j")
		}},
		{"after a card of somebody else", func(ui *uitest.UI) {
			ui.Type("a1" + "120883" + "0831" + "j")
			insert(ui, erikasCard(func(c *egk.Card) { c.KVNR, c.ICCSN = "A123456780", "80276001820001951731" }))
			shows(t, ui, "Karte einer anderen Person", "Schritt 5 von 5")
			pull(ui)
			insert(ui, erikasCard())
		}},
		{"after one that is not on record, then typed", func(ui *uitest.UI) {
			ui.Type("a1" + "120883" + "0831" + "j")
			insert(ui, erikasCard(func(c *egk.Card) { c.ICCSN = "80276001820001640811" }))
			shows(t, ui, "nicht die, die gespeichert ist", "Schritt 5 von 5")
			ui.Type("640812")
		}},
		{"on the page of the member", func(ui *uitest.UI) {
			insert(ui, erikasCard())
			shows(t, ui, "Karte – stimmt:")
			ui.Type("a1" + "120883" + "0831" + "j")
		}},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			b := open(t)
			b.signIn()
			ui := b.run(words.German, 80, 24)
			ui.Type("T012345678")
			ui.Press("enter")
			row.walk(ui)
			shows(t, ui, "Alles geprüft.")
			ui.Press("enter", "enter")
			onScreen(t, ui)
		})
	}
}

// TestBlockedCardEndsTheIdentification as its typed digits do.
func TestBlockedCardEndsTheIdentification(t *testing.T) {
	b := open(t)
	b.members(domain.Member{
		KVNR: "H719994900", Name: domain.Name{Given: "Bernd", Surname: "Blockiert"}, BirthDate: 19800101,
		Cards: []domain.Card{{ICCSN: "80276001820001000001", Status: domain.CardBlocked}},
	})
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("H719994900")
	ui.Press("enter")
	ui.Type("a1" + "010180")
	insert(ui, erikasCard(func(c *egk.Card) { c.KVNR, c.ICCSN = "H719994900", "80276001820001000001" }))
	shows(t, ui, "STOPP", "gesperrt")
	ui.Type("0831j000001")
	noCode(t, ui)
}

// TestReaderStates: each state is told in the title line, those of a card that
// cannot be read in a sentence, too; typing goes on whatever it is.
func TestReaderStates(t *testing.T) {
	for _, l := range words.AllLanguages() {
		texts := words.For(l)
		for _, s := range reader.States() {
			if s == reader.Read {
				continue // opens somebody
			}
			b := open(t)
			b.signIn()
			ui := b.run(l, 100, 30)
			e := reader.Event{State: s, Name: "A"}
			if s == reader.NoService || s == reader.NoReader || s == reader.Empty {
				e.Name = ""
			}
			ui.Send(page.CardMsg{Event: e})
			what, _ := texts.ReaderState(e)
			shows(t, ui, texts.ReaderWord(s))
			if strings.Contains(ui.Screen(), what) != s.Failed() {
				t.Errorf("%v, %v: is the sentence there?\n%s", l, s, ui.Screen())
			}
			ui.Type("mus 120883")
			ui.Press("enter")
			shows(t, ui, "Mustermann, Erika", texts.ReaderWord(s))
		}
	}
}

// TestCardWhileTyping: nobody who is typing is taken elsewhere; a key takes the
// card.
func TestCardWhileTyping(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("mue")
	insert(ui, erikasCard())
	shows(t, ui, "F4", "Suche", "mue")
	ui.Press("f4")
	shows(t, ui, "Mustermann, Erika")
}

// TestCardAtALockedSeat opens nothing, and nothing afterwards by itself.
func TestCardAtALockedSeat(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Press("f3")
	insert(ui, erikasCard())
	hides(t, ui, "Mustermann")
	ui.Type(passphrase)
	ui.Press("enter")
	shows(t, ui, "Suche")
	hides(t, ui, "Mustermann, Erika")
	ui.Press("f4")
	shows(t, ui, "Mustermann, Erika")
}

// TestPulledCardIsForgotten: what was in the reader cannot be used afterwards.
func TestPulledCardIsForgotten(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("m")
	insert(ui, erikasCard())
	pull(ui)
	ui.Press("esc", "f4")
	shows(t, ui, "Suche")
	hides(t, ui, "Mustermann")
}

// TestTwoReaders: a card that was read counts until it is pulled, whatever
// happens in the other reader.
func TestTwoReaders(t *testing.T) {
	b := open(t)
	b.signIn()
	ui := b.run(words.German, 80, 24)
	ui.Type("m")
	insert(ui, erikasCard())
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Mute, Name: "B", Readers: 2}})
	shows(t, ui, "Karte antwortet nicht")
	ui.Send(page.CardMsg{Event: reader.Event{State: reader.Removed, Name: "B", Readers: 2}})
	ui.Press("esc", "f4")
	shows(t, ui, "Mustermann, Erika")
}

// trainingSlot is the reader of practice with Erika's card in it, or none.
type trainingSlot struct{ brings bool }

func (s trainingSlot) Insert(_ context.Context, m domain.MemberID) (reader.Event, error) {
	if !s.brings {
		return reader.Event{}, domain.Fail(domain.Refused, domain.ReasonCardMissing)
	}
	return reader.Event{State: reader.Read, Name: "Übung", Readers: 1, Card: erikasCard()}, nil
}

func (trainingSlot) Pull() reader.Event {
	return reader.Event{State: reader.Removed, Name: "Übung", Readers: 1}
}

// TestPracticeCard: a key puts the card in and takes it out again.
func TestPracticeCard(t *testing.T) {
	b := open(t)
	b.signIn()
	b.seat.Slot = trainingSlot{brings: true}
	ui := b.run(words.German, 80, 24)
	ui.Press("f5")
	shows(t, ui, "Mustermann, Erika", "Karte da")
	ui.Type("a1")
	ui.Press("f5")
	shows(t, ui, "Karte entnommen", "Leser frei")
	ui.Press("f5")
	shows(t, ui, "stimmt – im Leser gelesen")
	b.seat.Slot = trainingSlot{}
	ui.Press("f5", "f5")
	shows(t, ui, "Die Gesundheitskarte ist nicht dabei.")
}
