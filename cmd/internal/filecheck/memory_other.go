//go:build !unix

package filecheck

import "runtime/debug"

// limitMemory has the garbage collector work harder: there is no limit to set on
// the process itself.
func limitMemory(bytes int64) { debug.SetMemoryLimit(bytes) }
