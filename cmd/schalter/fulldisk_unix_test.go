//go:build unix

package main

import (
	"context"
	"os"
	"syscall"
)

// runOnFullDisk runs the program with files that may not grow beyond 64 KiB: the
// kernel refuses the rest as a full disk does, root or not.
func runOnFullDisk() int {
	limit := syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
	return scriptProgram().run(context.Background(), os.Args[1:])
}
