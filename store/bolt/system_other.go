//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package bolt

import (
	"io/fs"
	"os"
)

// On these systems the lock is bbolt's own, and who may reach a file is not
// told by its mode.

func tryLock(*os.File, bool) (bool, error) { return true, nil }

func checkDirectory(fs.FileInfo) error { return nil }

func checkAccess(fs.FileInfo) error { return nil }

func checkPresent(*os.File) error { return nil }

func syncDirectory(*os.File) error { return nil }

func running(int) bool { return true }
