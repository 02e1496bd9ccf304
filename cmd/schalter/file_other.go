//go:build !unix

package main

import "io/fs"

// modesCount: here the mode of a file says nothing about who may read it.
const modesCount = false

func ownedByUs(fs.FileInfo) bool { return true }

// quoted is a path as it can be pasted into a shell.
func quoted(path string) string { return `"` + path + `"` }
