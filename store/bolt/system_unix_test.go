//go:build linux || darwin

package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

func systemParts() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"file size limit":     fillToLimit,
		"full disk":           openWithoutRoom,
		"read-only file":      asNobody(openReadOnlyFile),
		"read-only directory": asNobody(openInReadOnlyDirectory),
		"somebody else's":     asNobody(openSomebodyElses),
	}
}

const nobody = 65534

// asNobody plays a part as a user whom permissions bind: root becomes nobody.
func asNobody(play func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		if os.Geteuid() == 0 {
			if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
				return err
			}
		}
		return play(ctx)
	}
}

// give makes dir and what is in it belong to the user asNobody becomes.
func give(t *testing.T, paths ...string) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	for _, path := range paths {
		must(t, os.Chown(path, nobody, nobody))
	}
}

func TestReadOnlyFile(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{Ops: numberedOps(10)})
	must(t, os.Chmod(path, 0o400))
	give(t, dir, path)
	playPart(t, dir, "read-only file")
}

func openReadOnlyFile(ctx context.Context) error {
	_, err := bolt.Open("db", bolt.Options{})
	if err := want("Open for writing", err, kv.ErrReadOnly); err != nil {
		return err
	}
	engine, err := bolt.Open("db", bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	_, err = engine.Get(ctx, numberedOps(10)[3].Key)
	return errors.Join(err, engine.Close())
}

func TestReadOnlyDirectory(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{Ops: numberedOps(10)})
	give(t, dir, path)
	must(t, os.Chmod(dir, 0o500))
	t.Cleanup(func() { must(t, os.Chmod(dir, 0o700)) })
	playPart(t, dir, "read-only directory")
}

func openInReadOnlyDirectory(context.Context) error {
	_, err := bolt.Open("db", bolt.Options{})
	if err := want("Open", err, bolt.ErrReadOnlyDirectory); err != nil {
		return err
	}
	_, err = bolt.Create("new", bolt.Options{StoreID: someStore})
	if err := want("Create", err, bolt.ErrReadOnlyDirectory); err != nil {
		return err
	}
	engine, err := bolt.Open("db", bolt.Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("reading needs no holder file: %w", err)
	}
	return engine.Close()
}

func TestSomebodyElsesFile(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("not root: nothing here can belong to somebody else")
		return
	}
	dir := t.TempDir()
	makeDatabase(t, dir, kv.Batch{})
	must(t, os.Chmod(dir, 0o755))
	playPart(t, dir, "somebody else's")
}

func openSomebodyElses(context.Context) error {
	for _, readOnly := range []bool{false, true} {
		_, err := bolt.Open("db", bolt.Options{ReadOnly: readOnly})
		if err := want("Open", err, bolt.ErrExposed); err != nil {
			return err
		}
	}
	return nil
}

func TestRemovedFileTakesNoCommits(t *testing.T) {
	for _, c := range []struct {
		reason string
		vanish func(t *testing.T, path string)
	}{
		{"deleted", remove},
		{"with its directory", removeDirectory},
		{"replaced by another", func(t *testing.T, path string) {
			other := makeDatabase(t, t.TempDir(), kv.Batch{})
			must(t, os.Rename(other, path))
		}},
	} {
		dir := filepath.Join(t.TempDir(), "sub")
		must(t, os.Mkdir(dir, 0o700))
		path := makeDatabase(t, dir, kv.Batch{Ops: numberedOps(10)})
		engine := open(t, path)
		c.vanish(t, path)
		_, err := engine.Commit(t.Context(), putOp("a", "1"))
		if !errors.Is(err, bolt.ErrRemoved) || !errors.Is(err, kv.ErrUnavailable) {
			t.Errorf("%s: error %v, want %v", c.reason, err, bolt.ErrRemoved)
		}
		if _, err := engine.Get(t.Context(), numberedOps(10)[9].Key); err != nil {
			t.Errorf("%s: what is still open can be read: %v", c.reason, err)
		}
		if err := engine.Close(); err != nil {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}

func TestRenamedFileIsNotRemoved(t *testing.T) {
	dir := t.TempDir()
	path := makeDatabase(t, dir, kv.Batch{})
	engine := open(t, path)
	must(t, os.Rename(path, path+".moved"))
	if _, err := engine.Commit(t.Context(), putOp("a", "1")); err != nil {
		t.Error(err)
	}
	must(t, engine.Close())
	moved := open(t, path+".moved")
	defer moved.Close()
	if _, err := moved.Get(t.Context(), []byte("a")); err != nil {
		t.Error(err)
	}
}
