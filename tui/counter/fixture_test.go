package counter_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/storetest"
	"schalter/tui/counter"
	"schalter/tui/seat"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// monday is the day of these tests.
var monday = time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)

const passphrase = "korrekt pferd batterie"

// branch is a counter with its people, on a database in memory.
type branch struct {
	t     *testing.T
	desk  *desk.Desk
	store *store.Store
	clock *uitest.Clock
	seat  *seat.Seat
}

// open makes a branch with four members and a clerk, L. Leitung, who is also a
// supervisor.
func open(t *testing.T) *branch {
	t.Helper()
	b := &branch{t: t, clock: uitest.NewClock(monday)}
	b.store = storetest.Fresh(t)
	b.desk = desk.New(desk.Config{
		Reader: b.store, Writer: b.store, Searcher: b.store, Locker: b.store, Peppers: b.store,
		Now: b.clock.Now, Random: rand.Reader,
	})
	s := domain.DefaultSettings()
	s.Insurer, s.IK, s.AppHost = "Muster BKK", "109500969", "app.muster.de"
	s.MRZ, s.MRZBasis = true, "test"
	s.Branches = []domain.Branch{{Name: "Musterstadt", Phone: "0931 1234", Seats: []string{"Schalter 1"}}}
	err := b.desk.Found(t.Context(), desk.Founding{
		Settings:   s,
		Admin:      desk.Founder{Login: "admin", Name: "A. Admin", Passphrase: []byte(passphrase)},
		Supervisor: desk.Founder{Login: "leitung", Name: "L. Leitung", Passphrase: []byte(passphrase)},
	})
	if err != nil {
		t.Fatal(err)
	}
	b.members(
		domain.Member{KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314, Cards: card("80276001820001951731")},
		domain.Member{KVNR: "C000500021", Name: domain.Name{Given: "Anna", Surname: "Mueller"}, BirthDate: 19710314, Cards: card("80276001820001951732")},
		domain.Member{KVNR: "X110411675", Name: domain.Name{Title: "Dr.", Given: "Anton", Prefix: "von", Surname: "Mühlen"}, BirthDate: 19500101, Deceased: true},
		domain.Member{KVNR: "T012345678", Name: domain.Name{Given: "Erika", Surname: "Mustermann"}, BirthDate: 19830812, Cards: card("80276001820001640812")},
	)
	b.seat = &seat.Seat{Desk: b.desk, Place: desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: "Schalter 1"}, Settings: s}
	return b
}

func card(n string) []domain.Card {
	return []domain.Card{{ICCSN: iccsn.ICCSN(n), ValidTo: 20291231, Status: domain.CardActive}}
}

func (b *branch) members(list ...domain.Member) {
	b.t.Helper()
	change := desk.Change{Entries: []domain.Entry{{At: monday, Act: domain.ActMembersImported, Outcome: domain.Done}}}
	for _, m := range list {
		if m.Insurance == (domain.Insurance{}) {
			m.Insurance = domain.Insurance{As: domain.AsMember, From: 20110401}
		}
		change.Put = append(change.Put, m)
	}
	if _, err := b.store.Commit(b.t.Context(), change); err != nil {
		b.t.Fatal(err)
	}
}

// signIn puts L. Leitung at the seat, as the login page does.
func (b *branch) signIn() {
	b.t.Helper()
	actor, err := b.desk.Login(b.t.Context(), desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}, b.seat.Place)
	if err != nil {
		b.t.Fatal(err)
	}
	b.seat.Actor = actor
}

// run starts the counter on a terminal.
func (b *branch) run(language words.Language, width, height int, options ...uitest.Option) *uitest.UI {
	b.t.Helper()
	root := counter.New(counter.Config{
		Context: b.t.Context(), Seat: b.seat, Language: language,
		Now: b.clock.Now, After: b.clock.After,
	})
	return uitest.Start(b.t, root, b.clock, width, height, options...)
}

// shows asserts that the screen has each of the texts.
func shows(t *testing.T, ui *uitest.UI, texts ...string) {
	t.Helper()
	screen := ui.Screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			t.Errorf("the screen lacks %q:\n%s", text, screen)
		}
	}
}

// hides asserts that the screen has none of the texts.
func hides(t *testing.T, ui *uitest.UI, texts ...string) {
	t.Helper()
	screen := ui.Screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			t.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// addClerk adds a login with a one-time passphrase.
func addClerk(b *branch, login, oneTime string) {
	b.t.Helper()
	admin, err := b.desk.Login(b.t.Context(), desk.Credentials{Login: "admin", Passphrase: []byte(passphrase)}, desk.Place{Channel: rights.Console})
	if err != nil {
		b.t.Fatal(err)
	}
	_, err = b.desk.AddStaff(b.t.Context(), admin, desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}, desk.NewStaff{
		Login: login, Name: "N. Neu", Roles: rights.Roles(rights.Clerk), Branch: "Musterstadt", Passphrase: []byte(oneTime),
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func kvnrOf(n string) kvnr.KVNR { return kvnr.KVNR(n) }
