package bolt_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"schalter/store/bolt"
	"schalter/store/kv"
)

// Some tests need a process of their own: to hold a file, to be killed, to
// have limits. They run this test binary again with the name of a part to
// play. A part works in the directory it is started in, on the file "db", and
// exits with status 0 if all went as it should.
const childVariable = "SCHALTER_BOLT_TEST_PART"

func TestMain(m *testing.M) {
	part := os.Getenv(childVariable)
	if part == "" {
		os.Exit(m.Run())
	}
	play, known := parts()[part]
	if !known {
		fmt.Fprintln(os.Stderr, "no such part:", part)
		os.Exit(2)
	}
	if err := play(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func parts() map[string]func(context.Context) error {
	all := map[string]func(context.Context) error{
		"hold":  hold,
		"write": writeUntilKilled,
	}
	for name, part := range systemParts() {
		all[name] = part
	}
	return all
}

// startPart starts a part in dir.
func startPart(t *testing.T, dir, part string) *child {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // against a part that hangs
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), childVariable+"="+part)
	c := &child{cmd: cmd}
	cmd.Stderr = &c.complaint
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(stdout)
	if c.stdin, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// playPart starts a part and waits for its success.
func playPart(t *testing.T, dir, part string) {
	t.Helper()
	c := startPart(t, dir, part)
	for c.lines.Scan() {
		t.Log(c.lines.Text())
	}
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("%s: %v: %s", part, err, c.complaint.String())
	}
}

// child is a running part.
type child struct {
	cmd       *exec.Cmd
	stdin     io.Closer
	lines     *bufio.Scanner
	complaint strings.Builder
}

// line waits for a line the part prints.
func (c *child) line(t *testing.T) string {
	t.Helper()
	if !c.lines.Scan() {
		err := c.cmd.Wait()
		t.Fatalf("the part ended: %v: %s", err, c.complaint.String())
	}
	return c.lines.Text()
}

// kill ends the part as kill -9 does.
func (c *child) kill(t *testing.T) {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}

// holdingSince is when the part "hold" says it opened the file.
func holdingSince() time.Time { return time.Date(2026, 11, 21, 8, 2, 0, 0, time.UTC) }

// hold keeps the file open until its standard input ends.
func hold(context.Context) error {
	engine, err := bolt.Open("db", bolt.Options{
		Holder: bolt.Holder{User: "kasse", Host: "gs-12", Since: holdingSince()},
	})
	if err != nil {
		return err
	}
	fmt.Println("holding")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return engine.Close()
}

// want returns an error if err is not the expected one.
func want(what string, err, expected error) error {
	if !errors.Is(err, expected) {
		return fmt.Errorf("%s: error %v, want %v", what, err, expected)
	}
	return nil
}

func putOp(key, value string) kv.Batch {
	return kv.Batch{Ops: []kv.Op{{Key: []byte(key), Value: []byte(value)}}}
}
