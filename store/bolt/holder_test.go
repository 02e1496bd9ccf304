package bolt_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

func TestSecondProcessIsToldWhoHoldsTheFile(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{})
	holder := startPart(t, dir, "hold")
	holder.line(t)

	held := openHeld(t, path)
	if held.Holder == nil || held.Holder.PID != holder.cmd.Process.Pid || held.Holder.User != "kasse" ||
		held.Holder.Host != "gs-12" || !held.Holder.Since.Equal(holdingSince()) {
		t.Errorf("holder %+v, want process %d", held.Holder, holder.cmd.Process.Pid)
	}
	for _, part := range []string{fmt.Sprint(holder.cmd.Process.Pid), "kasse", "gs-12", "2026-11-21"} {
		if !strings.Contains(held.Error(), part) {
			t.Errorf("error %q does not say %s", held, part)
		}
	}
	if _, err := bolt.Open(path, bolt.Options{LockTimeout: 1, ReadOnly: true}); !errors.Is(err, bolt.ErrHeld) {
		t.Errorf("a reader beside the holder: %v", err)
	}
	if _, err := bolt.Create(path, bolt.Options{LockTimeout: 1, StoreID: someStore}); !errors.Is(err, bolt.ErrHeld) {
		t.Errorf("Create beside the holder: %v", err)
	}

	holder.kill(t)
	_ = holder.cmd.Wait()
	if _, err := os.Stat(path + ".holder"); err != nil {
		t.Errorf("a killed holder should have left its note: %v", err)
	}
	if err := open(t, path).Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path + ".holder"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the note outlived its writer: %v", err)
	}
}

func TestHolderThatLeavesInTimeIsWaitedFor(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{})
	holder := startPart(t, dir, "hold")
	holder.line(t)
	must(t, holder.stdin.Close()) // it closes now
	engine, err := bolt.Open(path, bolt.Options{LockTimeout: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	must(t, engine.Close())
	must(t, holder.cmd.Wait())
}

func TestBadHolderFileOnlyCostsTheName(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{})
	holder := startPart(t, dir, "hold")
	holder.line(t)
	note := path + ".holder"
	for _, c := range []struct {
		reason, note string
		known        bool
	}{
		{"a note with fields to come", `{"pid":1,"host":"elsewhere","socket":"/run/x"}`, true},
		{"only a process, on a host nobody named", fmt.Sprintf(`{"pid":%d}`, os.Getpid()), true},
		{"a process that is gone", `{"pid":2147483646}`, false},
		{"empty", ``, false},
		{"not JSON", `process 12`, false},
		{"half of a note", `{"pid":12,"us`, false},
		{"no process", `{"user":"kasse"}`, false},
		{"a negative process would be a group to signal", `{"pid":-1}`, false},
		{"escape sequences", `{"pid":1,"host":"h","user":"\u001b[2J"}`, false},
		{"text that turns around", `{"pid":1,"host":"\u202e","user":"u"}`, false},
		{"too long", `{"pid":1,"host":"h","user":"` + strings.Repeat("u", 10_000) + `"}`, false},
	} {
		must(t, os.WriteFile(note, []byte(c.note), 0o600))
		if held := openHeld(t, path); (held.Holder != nil) != c.known {
			t.Errorf("%s: holder %+v", c.reason, held.Holder)
		}
	}
	for _, c := range []struct {
		reason string
		make   func() error
	}{
		{"missing", func() error { return nil }},
		{"a directory", func() error { return os.Mkdir(note, 0o700) }},
		{"a symbolic link to a good one", func() error {
			good := filepath.Join(dir, "good")
			return errors.Join(os.WriteFile(good, []byte(`{"pid":1,"host":"h"}`), 0o600), os.Symlink("good", note))
		}},
	} {
		must(t, os.RemoveAll(note))
		must(t, c.make())
		if held := openHeld(t, path); held.Holder != nil {
			t.Errorf("%s: holder %+v", c.reason, held.Holder)
		}
	}
	must(t, holder.stdin.Close())
	must(t, holder.cmd.Wait())
}

// openHeld opens a file that must be held.
func openHeld(t *testing.T, path string) *bolt.HeldError {
	t.Helper()
	_, err := bolt.Open(path, bolt.Options{LockTimeout: 1})
	var held *bolt.HeldError
	if !errors.Is(err, bolt.ErrHeld) || !errors.As(err, &held) {
		t.Fatalf("error %v, want %v", err, bolt.ErrHeld)
	}
	return held
}

func TestHolderFileReplacesASymbolicLink(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{})
	victim := filepath.Join(dir, "victim")
	must(t, os.WriteFile(victim, []byte("precious"), 0o600))
	for _, name := range []string{".holder", ".holder.new"} {
		must(t, os.Symlink("victim", path+name))
	}
	engine := open(t, path)
	if content, err := os.ReadFile(victim); err != nil || string(content) != "precious" {
		t.Errorf("the file behind the link: %q, %v", content, err)
	}
	must(t, engine.Close())
}
