//go:build unix

package anchor

import (
	"path/filepath"
	"syscall"
	"testing"

	"schalter/store/journal"
)

// TestPipe: what is no file is refused at once, and nobody waits for its other end.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := File(path).Notes(); err == nil {
		t.Error("read")
	}
	if err := File(path).Append([]byte("note\n"), journal.Checkpoint{}); err == nil {
		t.Error("written")
	}
}
