//go:build unix

package inspect_test

import (
	"testing"

	"schalter/cmd/internal/inspect"
)

// A child that may take less than any file needs has to give up.
func TestMemoryLimit(t *testing.T) {
	wantFault(t, makeDatabase(t), inspect.Limits{Memory: 300 << 20}, inspect.OutOfMemory)
}
