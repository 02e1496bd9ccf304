package main

import (
	"context"
	"io"
	"sync"
	"testing"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/practice"
	"schalter/domain/rights"
	"schalter/tui/words"
)

// firstFrame tells when something is drawn for the first time.
type firstFrame struct {
	once  sync.Once
	drawn chan struct{}
}

func (f *firstFrame) Write(b []byte) (int, error) {
	f.once.Do(func() { close(f.drawn) })
	return len(b), nil
}

// TestCounterToldToEnd: a counter that is ended from outside, with a code on the
// screen that nobody handed over, leaves no code that lives.
func TestCounterToldToEnd(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.texts = words.For(words.German)
	people := practice.People(practice.Seed, calendar.Of(morning), 60)
	b.importPeople(people)
	b.hire("anna")
	keys, never := io.Pipe() // nobody types
	defer never.Close()
	screen := &firstFrame{drawn: make(chan struct{})}
	p := *b.program
	p.stdin, p.screen, p.stderr = keys, screen, &b.err
	o, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, sigterm := context.WithCancel(t.Context())
	defer sigterm()
	ended := make(chan error, 1)
	go func() { ended <- p.counter(ctx, o) }()
	<-screen.drawn
	a, err := o.desk.Login(ctx, desk.Credentials{Login: "anna", Passphrase: []byte(secrets["anna"])},
		desk.Place{Channel: rights.Counter, Branch: "Würzburg", Seat: "Platz 1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.store.Loaded(ctx); err != nil {
		t.Fatal(err)
	}
	var number kvnr.KVNR
	for _, m := range people {
		if _, _, ok := issue(ctx, o, a, m); ok {
			number = m.KVNR
			break
		}
	}
	if number == "" {
		t.Fatal("nobody could be given a code")
	}
	sigterm()
	if err := <-ended; err != nil {
		t.Errorf("the counter ended with %v", err)
	}
	if err := o.close(); err != nil {
		t.Error(err)
	}
	// Looked at behind the desk: signing in there again would end the visit, too.
	after, err := b.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer after.close()
	if _, err := after.store.Unlock(t.Context(), "anna", []byte(secrets["anna"])); err != nil {
		t.Fatal(err)
	}
	m, _, err := after.store.MemberByKVNR(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	codes, _, err := after.store.Codes(t.Context(), m.ID)
	if err != nil || len(codes.List) != 1 || codes.List[0].StateAt(morning) != domain.CodeRevoked {
		t.Errorf("%d codes, %v: not one that is revoked", len(codes.List), err)
	}
}

// TestPlaceOnThePhone: the option takes the counter's rights away, and in practice
// support works on the phone only.
func TestPlaceOnThePhone(t *testing.T) {
	p := &program{}
	if got := p.place().Channel; got != rights.Counter {
		t.Errorf("without the option: %v", got)
	}
	p.flags.phone = true
	if got := p.place().Channel; got != rights.Phone {
		t.Errorf("with --phone: %v", got)
	}
	room := practiceRoom{p, &opened{practice: practiceLogins()}}
	for _, l := range room.Logins() {
		if l.Phone != (l.Role == rights.Support) {
			t.Errorf("%s on the phone: %v", l.Login, l.Phone)
		}
	}
}
