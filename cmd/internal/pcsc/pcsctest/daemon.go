//go:build system

package pcsctest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"schalter/cmd/internal/pcsc"
	"schalter/cmd/internal/pcsc/vpcd"
)

// patience is how long anything of a daemon may take.
const patience = 20 * time.Second

// Daemon is a real pcscd of its own with one virtual reader. It runs in a mount
// namespace, so that its socket is not the one of this computer's daemon.
type Daemon struct {
	tb      testing.TB
	config  string
	port    int
	command *exec.Cmd
	log     *bytes.Buffer
}

// StartDaemon starts a daemon; it ends with the test.
func StartDaemon(tb testing.TB) *Daemon {
	tb.Helper()
	d := &Daemon{tb: tb, config: tb.TempDir(), port: freePort(tb)}
	const driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
	config := fmt.Sprintf("FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n", d.port, driver, d.port)
	if err := os.WriteFile(filepath.Join(d.config, "vpcd"), []byte(config), 0o600); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		d.Stop()
		if tb.Failed() {
			tb.Logf("pcscd said:\n%s", d.log)
		}
	})
	d.Start()
	return d
}

func freePort(tb testing.TB) int {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Start runs the daemon and waits until it answers.
func (d *Daemon) Start() {
	d.tb.Helper()
	const script = `mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && exec pcscd --foreground --config "$0"`
	d.log = new(bytes.Buffer)
	d.command = exec.Command("unshare", "--mount", "--propagation", "private", "sh", "-c", script, d.config)
	if os.Geteuid() != 0 {
		d.command.Args = append([]string{"unshare", "--map-root-user"}, d.command.Args[1:]...)
	}
	d.command.Stdout, d.command.Stderr = d.log, d.log
	if err := d.command.Start(); err != nil {
		d.tb.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		s, err := d.Open(ctx)
		if err == nil {
			_ = s.Close()
			return
		}
		if ctx.Err() != nil {
			d.tb.Fatalf("pcscd does not answer: %v", err)
		}
		time.Sleep(10 * time.Millisecond) // nothing tells that a daemon listens
	}
}

// Stop kills the daemon.
func (d *Daemon) Stop() {
	if d.command == nil {
		return
	}
	_ = d.command.Process.Kill()
	_ = d.command.Wait()
	d.command = nil
}

// Socket is where the daemon's socket is seen from outside of its namespace; it
// changes with every start.
func (d *Daemon) Socket() string {
	if d.command == nil {
		return filepath.Join(d.config, "none")
	}
	return fmt.Sprintf("/proc/%d/root/run/pcscd/pcscd.comm", d.command.Process.Pid)
}

// Open connects to the daemon.
func (d *Daemon) Open(ctx context.Context) (pcsc.Service, error) {
	return pcsc.System(func(string) string { return d.Socket() })(ctx)
}

// Insert puts a card into its reader.
func (d *Daemon) Insert(card vpcd.Card) *vpcd.Slot {
	d.tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	d.tb.Cleanup(cancel)
	slot, err := vpcd.Insert(ctx, fmt.Sprintf("127.0.0.1:%d", d.port), card)
	if err != nil {
		d.tb.Fatal(err)
	}
	return slot
}
