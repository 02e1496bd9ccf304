//go:build linux || darwin

package main

import "syscall"

// freeBytes is what this user may still write on the disk of a directory.
func freeBytes(dir string) (int64, error) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return int64(stat.Bavail) * int64(stat.Bsize), nil
}

// coreDumps reports whether a process may leave its memory in a file.
func coreDumps() (bool, error) {
	var limit syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit)
	return limit.Cur > 0, err
}
