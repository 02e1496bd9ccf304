//go:build system

package pcsc_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"schalter/cmd/internal/pcsc"
	"schalter/cmd/internal/pcsc/vpcd"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/domain/egk/virtual"
)

// patience is how long anything in these tests may take.
const patience = 20 * time.Second

// realDaemon is a pcscd of its own with one virtual reader. It runs in a mount
// namespace, so that its socket is not the one of this computer's daemon.
type realDaemon struct {
	t       *testing.T
	config  string
	port    int
	command *exec.Cmd
	log     *bytes.Buffer
}

func startDaemon(t *testing.T) *realDaemon {
	t.Helper()
	d := &realDaemon{t: t, config: t.TempDir(), port: freePort(t)}
	config := fmt.Sprintf("FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n",
		d.port, "/usr/lib/pcsc/drivers/serial/libifdvpcd.so", d.port)
	if err := os.WriteFile(filepath.Join(d.config, "vpcd"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.stop()
		if t.Failed() {
			t.Logf("pcscd said:\n%s", d.log)
		}
	})
	d.start()
	return d
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start runs the daemon and waits until it answers.
func (d *realDaemon) start() {
	d.t.Helper()
	const script = `mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && exec pcscd --foreground --config "$0"`
	d.log = new(bytes.Buffer)
	d.command = exec.Command("unshare", "--mount", "--propagation", "private", "sh", "-c", script, d.config)
	if os.Geteuid() != 0 {
		d.command.Args = append([]string{"unshare", "--map-root-user"}, d.command.Args[1:]...)
	}
	d.command.Stdout, d.command.Stderr = d.log, d.log
	if err := d.command.Start(); err != nil {
		d.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	defer cancel()
	for {
		s, err := d.open()(ctx)
		if err == nil {
			_ = s.Close()
			return
		}
		if ctx.Err() != nil {
			d.t.Fatalf("pcscd does not answer: %v", err)
		}
		time.Sleep(10 * time.Millisecond) // nothing tells that a daemon listens
	}
}

func (d *realDaemon) stop() {
	if d.command == nil {
		return
	}
	_ = d.command.Process.Kill()
	_ = d.command.Wait()
	d.command = nil
}

// open opens the daemon's socket where its namespace has it.
func (d *realDaemon) open() func(context.Context) (pcsc.Service, error) {
	return pcsc.System(func(name string) string {
		if name != "PCSCLITE_CSOCK_NAME" || d.command == nil {
			return "/nonexistent"
		}
		return fmt.Sprintf("/proc/%d/root/run/pcscd/pcscd.comm", d.command.Process.Pid)
	})
}

func (d *realDaemon) insert(card vpcd.Card) *vpcd.Slot {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	d.t.Cleanup(cancel)
	slot, err := vpcd.Insert(ctx, fmt.Sprintf("127.0.0.1:%d", d.port), card)
	if err != nil {
		d.t.Fatal(err)
	}
	return slot
}

// watch follows the daemon's readers; the service is opened anew each time, as
// its socket changes its place with every start.
func (d *realDaemon) watch() *pcsc.Watcher {
	w := &pcsc.Watcher{Open: func(ctx context.Context) (pcsc.Service, error) { return d.open()(ctx) }}
	d.t.Cleanup(func() { _ = w.Close() })
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
	d := startDaemon(t)
	w := d.watch()
	until(t, w, reader.Empty)
	for _, c := range cards() {
		start := time.Now()
		slot := d.insert(newCard(t, c.config))
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
	d := startDaemon(t)
	w := d.watch()
	until(t, w, reader.Empty)
	for after := 1; after <= 8; after++ {
		config := cards()[0].config
		config.PulledAfter = after
		slot := d.insert(newCard(t, config))
		until(t, w, reader.Pulled)
		until(t, w, reader.Empty)
		slot.Pull()
	}
	slot := d.insert(newCard(t, cards()[0].config))
	defer slot.Pull()
	until(t, w, reader.Read)
}

func TestSystemServiceRestart(t *testing.T) {
	d := startDaemon(t)
	w := d.watch()
	until(t, w, reader.Empty)
	slot := d.insert(newCard(t, cards()[0].config))
	until(t, w, reader.Read)
	d.stop()
	until(t, w, reader.NoService)
	slot.Pull()
	d.start()
	until(t, w, reader.Empty)
	slot = d.insert(newCard(t, cards()[1].config))
	defer slot.Pull()
	until(t, w, reader.Read)
}

// TestSystemGivesUp ends a wait for cards by its context, often and in the middle
// of everything; the daemon answers as before.
func TestSystemGivesUp(t *testing.T) {
	d := startDaemon(t)
	w := d.watch()
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
	slot := d.insert(newCard(t, cards()[0].config))
	defer slot.Pull()
	until(t, w, reader.Read)
}

// TestSystemOtherCards puts in what is no good health card.
func TestSystemOtherCards(t *testing.T) {
	d := startDaemon(t)
	w := d.watch()
	until(t, w, reader.Empty)
	for _, row := range []struct {
		damage virtual.Damage
		want   egk.Fault
	}{{virtual.OtherCard, egk.NotHealthCard}, {virtual.GzipBomb, egk.TooLarge}, {virtual.WrongKVNR, egk.BadContent}} {
		config := cards()[0].config
		config.Damage = row.damage
		slot := d.insert(newCard(t, config))
		if e := until(t, w, reader.Unreadable); e.Fault != row.want {
			t.Errorf("%v: %v, want %v", row.damage, e.Fault, row.want)
		}
		slot.Pull()
		until(t, w, reader.Empty)
	}
}
