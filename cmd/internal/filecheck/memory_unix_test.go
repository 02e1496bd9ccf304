//go:build unix

package filecheck_test

import (
	"testing"

	"schalter/cmd/internal/filecheck"
)

// A child that may take less than any file needs has to give up.
func TestMemoryLimit(t *testing.T) {
	wantFault(t, makeDatabase(t), filecheck.Limits{Memory: 300 << 20}, filecheck.OutOfMemory)
}
