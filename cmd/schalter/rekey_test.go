//go:build linux || darwin

package main

import (
	"path/filepath"
	"testing"
)

// TestRekeyBeside: after a rekey in the holder everything there that looks at
// checkpoints knows the new keys, and everything signed with them.
func TestRekeyBeside(t *testing.T) {
	b, _ := beside(t)
	chef, lead := b.as("chef"), b.as("lead")
	run := func(args ...string) {
		t.Helper()
		if status, out, errs := b.do(args...); status != statusDone {
			t.Errorf("%v: %d, %s%s", args, status, out, errs)
		}
	}
	run(append([]string{"rekey", "--second", "lead", "--second-passphrase-file", lead[3]}, chef...)...)
	run("journal", "verify")
	kept := filepath.Join(b.home, "kept.checkpoint")
	run("journal", "checkpoint", "--out", kept)
	run("journal", "verify", "--checkpoint", kept)
}
