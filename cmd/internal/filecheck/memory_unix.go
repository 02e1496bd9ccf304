//go:build unix

package filecheck

import (
	"runtime/debug"
	"syscall"
)

// limitMemory bounds the address space, which ends the process when it is used
// up, and has the garbage collector work harder before that. A limit that the
// system does not take is none: the time limit is still there.
func limitMemory(bytes int64) {
	debug.SetMemoryLimit(bytes / 2)
	limit := syscall.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)}
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &limit)
}
