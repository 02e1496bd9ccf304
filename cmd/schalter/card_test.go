package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"schalter/cmd/internal/pcsc"
	"schalter/cmd/internal/pcsc/pcsctest"
	"schalter/domain/desk"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/domain/egk/virtual"
	"schalter/domain/practice"
	"schalter/tui/page"
	"schalter/tui/seat"
)

// invented is what the card of these tests says.
func invented() egk.Card {
	return egk.Card{
		ICCSN: "80276881239912345671", KVNR: "X110411675",
		Name: egk.Name{Title: "Dr.", Given: "Zoë", Surname: "Müßig"}, BirthDate: 1962_03_14, Sex: 'w',
		Address: egk.Address{Street: "Geheime Straße", HouseNumber: "12", Postcode: "50667", City: "Köln", Country: "D"},
		Insurer: egk.Insurer{IK: "999567890", Name: "Muster BKK"}, InsuredAs: egk.AsMember, From: 2010_03_01, WOP: "38",
	}
}

// secret is what of it must never be printed.
var secret = []string{"X110411675", "80276881239912345671", "345671", "1962", "Geheime", "50667"}

func withReaders(t *testing.T, names ...string) (*bench, *pcsctest.Service) {
	b, s := newBench(t), pcsctest.New(names...)
	b.cards = s.Open
	return b, s
}

func virtualCard(t *testing.T, c virtual.Config) *virtual.Card {
	t.Helper()
	card, err := virtual.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func TestCardRead(t *testing.T) {
	b, s := withReaders(t, "A", "B")
	s.Insert("B", virtualCard(t, virtual.Config{Content: invented()}))
	for _, row := range []struct {
		args []string
		want []string
	}{
		{[]string{"card", "read"}, []string{"Dr. Müßig, Zoë", "14.03.••••", "•••••••675", "Muster BKK (IK 999567890)", "verdeckt", "Lesen beweist nicht"}},
		{[]string{"--lang", "en", "card", "read", "--reader", "B"}, []string{"14 Mar ••••", "hidden", "does not prove"}},
		{[]string{"card", "read", "--json"}, []string{`"kvnr_last3":"675"`, `"birth_day":"03-14"`, `"genuineness":"not_checked"`}},
	} {
		status, out, errs := b.do(row.args...)
		if status != statusDone || errs != "" {
			t.Errorf("%v: %d %s", row.args, status, errs)
		}
		for _, want := range row.want {
			if !strings.Contains(out, want) {
				t.Errorf("%v lacks %q:\n%s", row.args, want, out)
			}
		}
		for _, never := range secret {
			if strings.Contains(out, never) {
				t.Errorf("%v shows %q", row.args, never)
			}
		}
	}
}

// TestCardReadShort: a card of 2026 says of what it lacks that it is not on it.
func TestCardReadShort(t *testing.T) {
	b, s := withReaders(t, "A")
	s.Insert("A", virtualCard(t, virtual.Config{Content: virtual.Short(invented())}))
	_, out, _ := b.do("card", "read")
	if strings.Count(out, "nicht auf der Karte") != 2 {
		t.Errorf("address and kind of insurance are not said to be missing:\n%s", out)
	}
}

func TestCardReadRefused(t *testing.T) {
	for _, row := range []struct {
		reason  string
		readers []string
		prepare func(*testing.T, *pcsctest.Service)
		want    string
	}{
		{"no service", []string{"A"}, func(_ *testing.T, s *pcsctest.Service) { s.Stop() }, "Der Kartendienst des Rechners antwortet nicht."},
		{"no reader", nil, func(*testing.T, *pcsctest.Service) {}, "Kein Kartenleser angeschlossen."},
		{"no card", []string{"A"}, func(*testing.T, *pcsctest.Service) {}, "Keine Karte im Leser."},
		{"mute", []string{"A"}, func(_ *testing.T, s *pcsctest.Service) { s.Insert("A", nil) }, "Die Karte antwortet nicht."},
		{"held", []string{"A"}, func(t *testing.T, s *pcsctest.Service) {
			s.Insert("A", virtualCard(t, virtual.Config{Content: invented()}))
			s.Hold("A", true)
		}, "Ein anderes Programm benutzt die Karte."},
		{"pulled", []string{"A"}, func(t *testing.T, s *pcsctest.Service) {
			s.Insert("A", virtualCard(t, virtual.Config{Content: invented(), PulledAfter: 4}))
		}, "Die Karte wurde beim Lesen gezogen."},
		{"another card", []string{"A"}, func(t *testing.T, s *pcsctest.Service) {
			s.Insert("A", virtualCard(t, virtual.Config{Content: invented(), Damage: virtual.OtherCard}))
		}, "Das ist keine Gesundheitskarte."},
		{"a damaged one", []string{"A"}, func(t *testing.T, s *pcsctest.Service) {
			s.Insert("A", virtualCard(t, virtual.Config{Content: invented(), Damage: virtual.WrongKVNR}))
		}, "Die Daten auf der Karte sind beschädigt."},
	} {
		b, s := withReaders(t, row.readers...)
		row.prepare(t, s)
		status, out, errs := b.do("card", "read")
		if status != statusRefused || out != "" || !strings.HasPrefix(errs, "schalter: "+row.want+"\nhint: ") {
			t.Errorf("%s: %d %q %q", row.reason, status, out, errs)
		}
		for _, never := range secret {
			if strings.Contains(errs, never) {
				t.Errorf("%s shows %q", row.reason, never)
			}
		}
	}
}

// TestCardReadWaits: with --wait a card may come later, also after one that was
// pulled too early.
func TestCardReadWaits(t *testing.T) {
	b, s := withReaders(t, "A")
	opened := make(chan struct{}, 1)
	b.cards = func(ctx context.Context) (pcsc.Service, error) { opened <- struct{}{}; return s.Open(ctx) }
	go func() {
		<-opened
		s.Insert("A", virtualCard(t, virtual.Config{Content: invented()}))
	}()
	if status, out, errs := b.do("card", "read", "--wait"); status != statusDone || !strings.Contains(out, "Müßig") {
		t.Errorf("%d %q %q", status, out, errs)
	}
}

func TestCardList(t *testing.T) {
	b, s := withReaders(t, "Reader\x1b[2J A", "B")
	s.Insert("B", nil)
	_, out, _ := b.do("card", "list")
	if !strings.Contains(out, "Leser frei") || !strings.Contains(out, "Karte stumm") || strings.Contains(out, "\x1b") {
		t.Errorf("%q", out)
	}
	_, out, _ = b.do("card", "list", "--json")
	if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 2 || lines[1] != `{"reader":"B","card":true,"mute":true}` {
		t.Errorf("%q", out)
	}
	s.Stop()
	if status, _, errs := b.do("card", "list"); status != statusRefused || !strings.Contains(errs, "Kartendienst") {
		t.Errorf("%d %q", status, errs)
	}
}

// TestCardWatch: a line for each event, and ctrl+c is no failure.
func TestCardWatch(t *testing.T) {
	for _, args := range [][]string{{"card", "watch"}, {"card", "watch", "--json"}} {
		b, s := withReaders(t, "A")
		s.Insert("A", virtualCard(t, virtual.Config{Content: invented()}))
		ctx, stop := context.WithCancel(t.Context())
		p := *b.program
		p.stdout, p.stderr = writerFunc(func(line []byte) {
			if b.out.Write(line); strings.Contains(b.out.String(), "Müßig") {
				stop()
			}
		}), &b.err
		if status := p.run(ctx, args); status != statusDone || b.err.Len() > 0 {
			t.Errorf("%v: %d %s", args, status, b.err.String())
		}
		lines := strings.Split(strings.TrimSpace(b.out.String()), "\n")
		if len(lines) != 2 {
			t.Errorf("%v: %q", args, lines)
		}
		if len(args) == 3 {
			var e shownEvent
			if err := json.Unmarshal([]byte(lines[1]), &e); err != nil || e.State != "read" || e.Card.KVNRLast3 != "675" {
				t.Errorf("%+v, %v", e, err)
			}
		}
		for _, never := range secret {
			if strings.Contains(b.out.String(), never) {
				t.Errorf("%v shows %q", args, never)
			}
		}
	}
}

type writerFunc func([]byte)

func (f writerFunc) Write(b []byte) (int, error) { f(b); return len(b), nil }

// TestFollowCards: the screen hears of the readers until it ends, and nothing is
// left open then.
func TestFollowCards(t *testing.T) {
	b, s := withReaders(t, "A")
	s.Insert("A", virtualCard(t, virtual.Config{Content: invented()}))
	heard := make(chan reader.State, 8)
	stop := b.followCards(t.Context(), &seat.Seat{}, func(msg tea.Msg) { heard <- msg.(page.CardMsg).Event.State })
	for _, want := range []reader.State{reader.Reading, reader.Read} {
		if got := <-heard; got != want {
			t.Errorf("heard %v, want %v", got, want)
		}
	}
	stop()
	if n := s.Connections(); n != 0 {
		t.Errorf("%d connections are open", n)
	}
}

// TestPracticeWatchesNoReader: nothing real is in reach of a trainee.
func TestPracticeWatchesNoReader(t *testing.T) {
	b, _ := withReaders(t, "A")
	b.cards = func(context.Context) (pcsc.Service, error) {
		t.Error("a real reader was opened")
		return nil, &pcsc.Error{Problem: pcsc.NoService}
	}
	b.followCards(t.Context(), &seat.Seat{Practice: practiceRoom{}}, func(tea.Msg) { t.Error("something was told") })()
}

// TestPracticeSlot: the card that is put in in practice is the member's, and can
// be read.
func TestPracticeSlot(t *testing.T) {
	b := practiceBench(t)
	o, err := b.openPractice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := o.close(); err != nil {
			t.Error(err)
		}
	}()
	slot := practiceSlot{b.program, o}
	e, err := slot.Insert(t.Context(), 0)
	if err != nil || e.State != reader.Read || e.Card.KVNR != practice.Erika1983 {
		t.Fatalf("%v, %v", e.State, err)
	}
	seat, err := b.seat(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	visit, verdict, err := o.desk.OpenByCard(t.Context(), seat.Actor, desk.Seen(e.Card))
	if err != nil || verdict.Why != "" || !verdict.Name.Agrees() || verdict.Insurer != desk.Agrees {
		t.Errorf("%+v, %v", verdict, err)
	}
	if err := o.desk.EndVisit(t.Context(), seat.Actor, visit); err != nil {
		t.Error(err)
	}
	if got := slot.Pull(); got.State != reader.Removed || got.Name != e.Name {
		t.Errorf("pulled: %+v", got)
	}
}
