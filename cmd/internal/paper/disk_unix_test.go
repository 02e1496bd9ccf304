//go:build unix

package paper

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// A disk that fills up in the middle of a slip: the kernel takes the first
// kilobyte of the file and refuses the rest (RLIMIT_FSIZE binds root, too). The
// limit holds for a whole process, so the test runs in one of its own.
func TestFileOnFullDisk(t *testing.T) {
	if folder := os.Getenv("PAPER_FULL_DISK"); folder != "" {
		printOnFullDisk(t, folder)
		return
	}
	watchTemp(t)
	folder := filepath.Join(t.TempDir(), "belege")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run=^TestFileOnFullDisk$", "-test.v")
	child.Env = append(os.Environ(), "PAPER_FULL_DISK="+folder)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	wantFiles(t, folder)
}

func printOnFullDisk(t *testing.T, folder string) {
	var usual syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &usual); err != nil {
		t.Fatal(err)
	}
	full := usual
	full.Cur = 1024
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		t.Fatal(err)
	}
	err := File{Folder: folder}.Print(context.Background(), sample(German))
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &usual); err != nil {
		t.Fatal(err) // a coverage report is larger than the limit
	}
	wantPrinterError(t, err)
	if !errors.Is(err, syscall.EFBIG) {
		t.Errorf("Print: %v, want the kernel's refusal", err)
	}
}
