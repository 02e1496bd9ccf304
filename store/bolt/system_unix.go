//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"schalter/store/kv"
)

// tryLock asks for the lock of an open file without waiting.
func tryLock(file *os.File, shared bool) (bool, error) {
	how := syscall.LOCK_EX
	if shared {
		how = syscall.LOCK_SH
	}
	err := syscall.Flock(int(file.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// checkDirectory refuses a directory in which everybody may replace the file.
// The sticky bit, as on /tmp, keeps others from that. A group is left to the
// operator: on many systems every account has one of its own.
func checkDirectory(info fs.FileInfo) error {
	if mode := info.Mode(); mode&fs.ModeSticky == 0 && mode.Perm()&0o002 != 0 {
		return fmt.Errorf("%w: everybody may write its directory (mode %04o): take that right away with chmod o-w", ErrExposed, mode.Perm())
	}
	return nil
}

// checkAccess refuses a file that anybody but its owner may touch, and one
// that belongs to somebody else, unless root asks.
func checkAccess(info fs.FileInfo) error {
	if perm := info.Mode().Perm(); perm&0o077 != 0 {
		return fmt.Errorf("%w (mode %04o): chmod 600 the file, and ask who has read it", ErrExposed, perm)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if me := os.Geteuid(); ok && me != 0 && int(stat.Uid) != me {
		return fmt.Errorf("%w: it belongs to user %d, this is user %d", ErrExposed, stat.Uid, me)
	}
	return nil
}

// checkPresent returns ErrRemoved if no directory names the open file any
// more.
func checkPresent(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return translate(err)
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Nlink == 0 {
		return fmt.Errorf("%w (%w)", ErrRemoved, kv.ErrUnavailable)
	}
	return nil
}

func syncDirectory(dir *os.File) error { return dir.Sync() }

// running reports whether a process of this machine has the id.
func running(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
