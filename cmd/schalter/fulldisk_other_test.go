//go:build !unix

package main

// runOnFullDisk has no disk that is always full here; the stories that need one
// skip themselves.
func runOnFullDisk() int { return statusUsage }
