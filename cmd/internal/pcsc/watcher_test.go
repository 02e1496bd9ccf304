package pcsc_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"

	"schalter/cmd/internal/pcsc"
	"schalter/cmd/internal/pcsc/pcsctest"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/domain/egk/virtual"
)

// watching is a watcher on a service in memory.
type watching struct {
	t       *testing.T
	service *pcsctest.Service
	*pcsc.Watcher
}

func watchFake(t *testing.T, readers ...string) *watching {
	s := pcsctest.New(readers...)
	w := &watching{t, s, &pcsc.Watcher{Open: s.Open}}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if n := s.Connections(); n != 0 {
			t.Errorf("%d connections were left open", n)
		}
	})
	return w
}

// sees reads as many events and compares their states.
func (w *watching) sees(want ...reader.State) (last reader.Event) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
	defer cancel()
	var got []reader.State
	for range want {
		e, err := w.Next(ctx)
		if err != nil {
			w.t.Fatalf("saw %v, then %v; want %v", got, err, want)
		}
		got, last = append(got, e.State), e
	}
	if !slices.Equal(got, want) {
		w.t.Fatalf("saw %v, want %v", got, want)
	}
	return last
}

func (w *watching) card(change ...func(*virtual.Config)) *virtual.Card {
	config := cards()[0].config
	for _, c := range change {
		c(&config)
	}
	return newCard(w.t, config)
}

func TestInsertAndPull(t *testing.T) {
	w := watchFake(t, "A")
	w.sees(reader.Empty)
	for _, c := range cards() {
		w.service.Insert("A", newCard(t, c.config))
		e := w.sees(reader.Reading, reader.Read)
		if e.Name != "A" || e.Readers != 1 || e.Card.ICCSN != c.config.Content.ICCSN {
			t.Errorf("%s: read %v of %d readers", c.name, e.Name, e.Readers)
		}
		w.service.Pull("A")
		w.sees(reader.Removed, reader.Empty)
	}
}

func TestNoServiceAndRestart(t *testing.T) {
	w := watchFake(t, "A")
	w.service.Stop()
	w.sees(reader.NoService)
	w.service.Start()
	w.sees(reader.Empty)
	w.service.Insert("A", w.card())
	w.sees(reader.Reading, reader.Read)
	w.service.Stop()
	w.sees(reader.NoService)
	w.service.Start()
	w.sees(reader.Reading, reader.Read) // the card is still there, and may be another one
}

func TestHotplug(t *testing.T) {
	w := watchFake(t)
	w.sees(reader.NoReader)
	w.service.Plug("A")
	w.sees(reader.Empty)
	w.service.Insert("A", w.card())
	w.sees(reader.Reading, reader.Read)
	w.service.Unplug("A")
	w.sees(reader.Removed, reader.NoReader)
}

// TestSeveralReaders: each says its own, and a card in one is not lost by what
// happens to another.
func TestSeveralReaders(t *testing.T) {
	w := watchFake(t, "A", "B", "C")
	if e := w.sees(reader.Empty); e.Readers != 3 {
		t.Errorf("%d readers", e.Readers)
	}
	w.service.Insert("B", w.card())
	w.sees(reader.Reading, reader.Read)
	w.service.Insert("C", nil)
	if e := w.sees(reader.Mute); e.Name != "C" {
		t.Errorf("%s is mute", e.Name)
	}
	w.service.Unplug("A")
	w.service.Pull("B")
	if e := w.sees(reader.Removed); e.Name != "B" {
		t.Errorf("removed from %s", e.Name)
	}
}

// TestQuickExchange: a card that was exchanged between two looks is another card.
func TestQuickExchange(t *testing.T) {
	w := watchFake(t, "A")
	w.service.Insert("A", w.card())
	w.sees(reader.Reading, reader.Read)
	w.service.Pull("A")
	w.service.Insert("A", newCard(t, cards()[1].config))
	if e := w.sees(reader.Removed, reader.Reading, reader.Read); e.Card.ICCSN != cards()[1].config.Content.ICCSN {
		t.Error("the first card was read again")
	}
}

func TestHeldByAnother(t *testing.T) {
	w := watchFake(t, "A")
	w.service.Insert("A", w.card())
	w.service.Hold("A", true)
	w.sees(reader.Reading, reader.Held)
	w.service.Hold("A", false)
	w.sees(reader.Read) // without being put in again
}

func TestPulledWhileReading(t *testing.T) {
	for after := 1; after <= 8; after++ {
		w := watchFake(t, "A")
		w.service.Insert("A", w.card(func(c *virtual.Config) { c.PulledAfter = after }))
		w.sees(reader.Reading, reader.Pulled)
		w.service.Pull("A")
		w.sees(reader.Empty)
		w.service.Insert("A", w.card())
		w.sees(reader.Reading, reader.Read)
	}
}

func TestUnreadable(t *testing.T) {
	w := watchFake(t, "A")
	w.service.Insert("A", w.card(func(c *virtual.Config) { c.Damage = virtual.OtherCard }))
	if e := w.sees(reader.Reading, reader.Unreadable); e.Fault != egk.NotHealthCard {
		t.Errorf("fault %v", e.Fault)
	}
}

// stopping is a card during whose reading something happens to the service.
type stopping struct {
	egk.Transmitter
	happens func()
}

func (s *stopping) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	s.happens()
	return s.Transmitter.Transmit(ctx, apdu)
}

// TestWhileReading: what happens in the middle of a conversation with the card.
func TestWhileReading(t *testing.T) {
	t.Run("the service stops", func(t *testing.T) {
		w := watchFake(t, "A")
		w.service.Insert("A", &stopping{w.card(), w.service.Stop})
		w.sees(reader.Reading)
		w.service.Hold("A", false)
		w.sees(reader.NoService)
	})
	t.Run("the reader is unplugged", func(t *testing.T) {
		w := watchFake(t, "A")
		w.service.Insert("A", &stopping{w.card(), func() { w.service.Unplug("A") }})
		w.sees(reader.Reading, reader.Pulled, reader.NoReader)
	})
	t.Run("whoever waits gives up", func(t *testing.T) {
		w := watchFake(t, "A")
		ctx, cancel := context.WithCancel(t.Context())
		w.service.Insert("A", &stopping{w.card(), cancel})
		w.sees(reader.Reading)
		if _, err := w.Next(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
		w.sees(reader.Read) // whoever asks next gets it
	})
}

// TestGivingUp: a wait ends with its context, whatever is waited for, and leaves
// no goroutine.
func TestGivingUp(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, prepare := range []func(*pcsctest.Service){
		func(*pcsctest.Service) {},
		func(s *pcsctest.Service) { s.Stop() },
		func(s *pcsctest.Service) { s.Insert("A", nil) },
		func(s *pcsctest.Service) { s.Insert("A", newCard(t, cards()[0].config)); s.Hold("A", true) },
	} {
		w := watchFake(t, "A")
		prepare(w.service)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		var err error
		for err == nil {
			_, err = w.Next(ctx)
		}
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("ended with %v", err)
		}
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}
