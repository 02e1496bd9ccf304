//go:build system

package pcsc_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"schalter/cmd/internal/pcsc"
	"schalter/cmd/internal/pcsc/pcsctest"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/domain/egk/virtual"
)

// patience is how long anything in these tests may take.
const patience = 20 * time.Second

// watch follows a daemon's readers.
func watch(t *testing.T, d *pcsctest.Daemon) *pcsc.Watcher {
	w := &pcsc.Watcher{Open: d.Open}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// until reads events up to one of a state.
func until(t *testing.T, w *pcsc.Watcher, want reader.State) reader.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var seen []reader.State
	for {
		e, err := w.Next(ctx)
		if err != nil {
			t.Fatalf("no event %v, only %v: %v", want, seen, err)
		}
		seen = append(seen, e.State)
		if e.State == want {
			return e
		}
	}
}

func TestSystemReadsRealService(t *testing.T) {
	d := pcsctest.StartDaemon(t)
	w := watch(t, d)
	until(t, w, reader.Empty)
	for _, c := range cards() {
		start := time.Now()
		slot := d.Insert(newCard(t, c.config))
		until(t, w, reader.Reading)
		seen := time.Since(start)
		e := until(t, w, reader.Read)
		t.Logf("%s: put in and seen %v, read after %v more", c.name, seen.Round(time.Millisecond), (time.Since(start) - seen).Round(100*time.Microsecond))
		if e.Card.ICCSN != c.config.Content.ICCSN || e.Card.KVNR != c.config.Content.KVNR || e.Card.Name != c.config.Content.Name {
			t.Errorf("%s: something else was read", c.name)
		}
		slot.Pull()
		until(t, w, reader.Removed)
		until(t, w, reader.Empty)
	}
}

func TestSystemPulledWhileReading(t *testing.T) {
	d := pcsctest.StartDaemon(t)
	w := watch(t, d)
	until(t, w, reader.Empty)
	for after := 1; after <= 8; after++ {
		config := cards()[0].config
		config.PulledAfter = after
		slot := d.Insert(newCard(t, config))
		until(t, w, reader.Pulled)
		until(t, w, reader.Empty)
		slot.Pull()
	}
	slot := d.Insert(newCard(t, cards()[0].config))
	defer slot.Pull()
	until(t, w, reader.Read)
}

func TestSystemServiceRestart(t *testing.T) {
	d := pcsctest.StartDaemon(t)
	w := watch(t, d)
	until(t, w, reader.Empty)
	slot := d.Insert(newCard(t, cards()[0].config))
	until(t, w, reader.Read)
	d.Stop()
	until(t, w, reader.NoService)
	slot.Pull()
	d.Start()
	until(t, w, reader.Empty)
	slot = d.Insert(newCard(t, cards()[1].config))
	defer slot.Pull()
	until(t, w, reader.Read)
}

// TestSystemGivesUp ends a wait for cards by its context, often and in the middle
// of everything; the daemon answers as before.
func TestSystemGivesUp(t *testing.T) {
	d := pcsctest.StartDaemon(t)
	w := watch(t, d)
	until(t, w, reader.Empty)
	for range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		var waiting sync.WaitGroup
		waiting.Go(func() {
			if _, err := w.Next(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("a wait that was given up ended with %v", err)
			}
		})
		time.Sleep(time.Millisecond) // whether it waits already or not, it must end
		cancel()
		waiting.Wait()
	}
	slot := d.Insert(newCard(t, cards()[0].config))
	defer slot.Pull()
	until(t, w, reader.Read)
}

// TestSystemOtherCards puts in what is no good health card.
func TestSystemOtherCards(t *testing.T) {
	d := pcsctest.StartDaemon(t)
	w := watch(t, d)
	until(t, w, reader.Empty)
	for _, row := range []struct {
		damage virtual.Damage
		want   egk.Fault
	}{{virtual.OtherCard, egk.NotHealthCard}, {virtual.GzipBomb, egk.TooLarge}, {virtual.WrongKVNR, egk.BadContent}} {
		config := cards()[0].config
		config.Damage = row.damage
		slot := d.Insert(newCard(t, config))
		if e := until(t, w, reader.Unreadable); e.Fault != row.want {
			t.Errorf("%v: %v, want %v", row.damage, e.Fault, row.want)
		}
		slot.Pull()
		until(t, w, reader.Empty)
	}
}
