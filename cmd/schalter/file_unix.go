//go:build unix

package main

import (
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// modesCount says that the mode of a file tells who may read it.
const modesCount = true

// ownedByUs reports whether a file belongs to whoever runs the program; root may
// use anybody's.
func ownedByUs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	me := os.Geteuid()
	return !ok || me == 0 || int(stat.Uid) == me
}

// quoted is a path as it can be pasted into a shell.
func quoted(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
