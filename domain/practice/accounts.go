package practice

import (
	"fmt"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/kvnr"
)

// Accounts is what the app backend has told of the cast by now: accounts in each
// state that one has to have seen once. Whoever is not in it has none.
//
// Sabine Krüger shares the login with the ePA app and has two devices; the first
// Thomas Schmidt is blocked, and the second, too, with a telephone that the app no
// longer runs on; the first Ayşe Yılmaz has verified no mail address and is not
// identified; the second was deleted; Maria Schneider bears a telephone of each
// make.
func Accounts(now time.Time) []domain.BackendEvent {
	t := &teller{now: now}
	for _, m := range Cast(date.Of(now)) {
		t.about(m)
	}
	return t.events
}

// teller writes down what is told of one member after the other.
type teller struct {
	now    time.Time
	number kvnr.KVNR
	seen   map[string]int
	events []domain.BackendEvent
}

// about tells of a member whom the lessons know.
func (t *teller) about(m domain.Member) {
	t.number = m.KVNR
	if t.seen == nil {
		t.seen = map[string]int{}
	}
	name := m.Name.Given + " " + m.Name.Surname
	t.seen[name]++
	switch fmt.Sprint(name, t.seen[name]) {
	case "Sabine Krüger1":
		t.registered(400, true)
		t.bound(400, "iPhone 13", domain.IOS, "17.4.1", 2)
		t.bound(90, "Pixel 8", domain.Android, "14", 1)
		t.identified(399, domain.ByEID)
	case "Anna Müller1", "Erika Mustermann2":
		t.registered(200, false)
		t.bound(200, "Galaxy A54", domain.Android, "13", 3)
		t.identified(200, domain.ByActivationCode)
	case "Thomas Schmidt1":
		t.registered(300, false)
		t.bound(300, "iPhone 12", domain.IOS, "16.7", 5)
		t.identified(299, domain.ByPostident)
		t.tell(domain.BackendCodeBlocked, 4)
	case "Thomas Schmidt2":
		t.registered(900, true)
		t.bound(900, "iPhone 6s", domain.IOS, "14.8.1", 40)
		t.identified(899, domain.ByCardPIN)
		t.tell(domain.BackendCodeBlocked, 39)
	case "Ayşe Yılmaz1":
		t.tell(domain.BackendRegistered, 2)
	case "Ayşe Yılmaz2":
		t.registered(500, false)
		t.bound(500, "Pixel 6", domain.Android, "12", 60)
		t.tell(domain.BackendDeleted, 30)
	case "Maria Schneider1":
		t.registered(700, true)
		t.bound(700, "Moto G5", domain.Android, "8.1.0", 300)
		t.bound(250, "iPhone SE", domain.IOS, "17.2", 6)
		t.identified(250, domain.ByActivationCode)
	case "Mehmet Öztürk1", "Petra Sommer1", "Heinz Vogel1", "Giulia D’Angelo1":
		t.registered(350, false)
		t.bound(350, "Galaxy S21", domain.Android, "13", 10)
		t.identified(349, domain.ByEID)
	}
}

// tell adds an event of so many days ago.
func (t *teller) tell(kind domain.BackendKind, days int) *domain.BackendEvent {
	t.events = append(t.events, domain.BackendEvent{
		ID: fmt.Sprintf("practice-%d", len(t.events)+1), Kind: kind, KVNR: t.number, At: t.now.AddDate(0, 0, -days),
	})
	return &t.events[len(t.events)-1]
}

func (t *teller) registered(days int, epa bool) {
	t.tell(domain.BackendRegistered, days).SharedWithEPA = epa
	t.tell(domain.BackendEmailVerified, days)
}

func (t *teller) bound(days int, name string, p domain.Platform, version string, used int) {
	d := domain.Device{ID: domain.DeviceID(fmt.Sprintf("device-%d", len(t.events)+1)), Name: name, Platform: p, OSVersion: version}
	t.tell(domain.BackendDeviceBound, days).Device = d
	t.tell(domain.BackendDeviceUsed, used).Device.ID = d.ID
}

func (t *teller) identified(days int, by domain.IdentifiedBy) {
	t.tell(domain.BackendIdentified, days).By = by
}
