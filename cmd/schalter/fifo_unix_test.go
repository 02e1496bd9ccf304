//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"schalter/store/bolt"
)

// TestPassphrasePipe: whoever waits for a passphrase does not hold the database,
// and can be told to end.
func TestPassphrasePipe(t *testing.T) {
	b := newBench(t)
	b.founded()
	pipe := filepath.Join(b.home, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"--db", b.flags.database, "--keys", b.flags.keys, "staff", "list", "--as", "chef", "--passphrase-file", pipe}
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	ended := make(chan int, 1)
	go func() { ended <- p.run(t.Context(), args) }()
	writer, err := os.OpenFile(pipe, os.O_WRONLY, 0) // returns once the command reads
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(b.flags.database, bolt.Options{})
	if err != nil {
		t.Fatalf("the database is held: %v", err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.WriteString(secrets["chef"] + "\n"); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	if status := <-ended; status != statusDone {
		t.Errorf("status %d, %s", status, b.err.String())
	}

	ctx, cancel := context.WithCancel(t.Context())
	b.err.Reset()
	go func() { ended <- p.run(ctx, args) }()
	cancel()
	if status := <-ended; status != statusRefused || !strings.Contains(b.err.String(), "Abgebrochen") {
		t.Errorf("told to end: %d, %s", status, b.err.String())
	}
	// Whoever still waits for the pipe is let go.
	if writer, err := os.OpenFile(pipe, os.O_RDWR, 0); err == nil {
		_ = writer.Close()
	}
}
