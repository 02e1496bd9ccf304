package bolt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"schalter/store/bolt"
	"schalter/store/kv"
)

// makeDatabase makes the file "db" in dir with one commit in it, if any.
func makeDatabase(t *testing.T, dir string, batch kv.Batch) string {
	t.Helper()
	path := filepath.Join(dir, "db")
	engine, err := bolt.Create(path, bolt.Options{StoreID: someStore})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Import(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) *bolt.Engine {
	t.Helper()
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

func TestCreateLeavesNothingForOthers(t *testing.T) {
	dir := t.TempDir()
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{StoreID: someStore})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"db", "db.holder"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: mode %v, %v, want 0600", name, info.Mode(), err)
		}
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != "db" {
		t.Errorf("after Close the directory holds %v, %v", entries, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	rows := kv.Batch{Ops: numberedOps(3000)}
	for _, c := range []struct {
		reason string
		spoil  func(t *testing.T, path string)
		want   error
		also   error
		says   string
	}{
		{"there is no file", remove, bolt.ErrMissing, nil, ""},
		{"there is no directory", removeDirectory, bolt.ErrNoDirectory, nil, ""},
		{"the directory is a file", directoryIsFile, bolt.ErrNoDirectory, nil, ""},
		{"the file is a directory", replaceWith(func(path string) error { return os.Mkdir(path, 0o700) }), bolt.ErrForeign, nil, "regular"},
		{"the file is a symbolic link to a good one", linkAway, bolt.ErrExposed, nil, "name the file itself"},
		{"the group may read it", chmod(0o640), bolt.ErrExposed, nil, "chmod 600"},
		{"everybody may write it", chmod(0o602), bolt.ErrExposed, nil, "chmod 600"},
		{"everybody may write the directory", chmodDirectory(0o777), bolt.ErrExposed, nil, "chmod o-w"},
		{"it is empty", truncate(0), bolt.ErrTruncated, kv.ErrDamaged, "empty"},
		{"it ends within the first meta page's contents", truncate(70), bolt.ErrForeign, nil, ""},
		{"it ends within the first page", truncate(100), bolt.ErrTruncated, kv.ErrDamaged, "restore a backup"},
		{"it ends after the first page", truncate(4096), bolt.ErrTruncated, kv.ErrDamaged, "restore a backup"},
		{"it ends after the meta pages", truncate(8192), bolt.ErrTruncated, kv.ErrDamaged, "restore a backup"},
		{"the last page in use is cut", truncateUsed(-1), bolt.ErrTruncated, kv.ErrDamaged, "restore a backup"},
		{"it is text", write([]byte(strings.Repeat("Schalter ", 2000))), bolt.ErrForeign, nil, ""},
		{"it is a few bytes", write([]byte("x")), bolt.ErrForeign, nil, ""},
		{"it is zeros", write(make([]byte, 1<<16)), bolt.ErrForeign, nil, ""},
		{"bbolt wrote it, for somebody else", replaceWith(foreignBolt(false)), bolt.ErrForeign, nil, ""},
		{"bbolt wrote it without a list of free pages", replaceWith(foreignBolt(true)), bolt.ErrForeign, nil, ""},
		{"bbolt wrote it, in a newer format", newerBolt, bolt.ErrNewer, nil, "format 3"},
		{"a newer version wrote it", setMeta("format", binary.BigEndian.AppendUint64(nil, 3)), bolt.ErrNewer, nil, "format 3"},
		{"its format number is gone", setMeta("format", nil), bolt.ErrForeign, nil, ""},
		{"its format number is none we ever used", setMeta("format", make([]byte, 8)), kv.ErrDamaged, nil, ""},
		{"its identity is gone", setMeta("store", nil), kv.ErrDamaged, nil, ""},
		{"its revision is gone", setMeta("rev", []byte{1}), kv.ErrDamaged, nil, ""},
		{"both meta pages are damaged", flip(16+20, 4096+16+20), kv.ErrDamaged, nil, ""},
		{"another store is in it", setMeta("store", make([]byte, 16)), bolt.ErrOtherStore, nil, ""},
	} {
		t.Run(c.reason, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "sub")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			path := makeDatabase(t, dir, rows)
			c.spoil(t, path)
			before, _ := os.ReadFile(path) // nil where there is none
			for _, options := range []bolt.Options{{StoreID: someStore}, {StoreID: someStore, ReadOnly: true}} {
				engine, err := bolt.Open(path, options)
				if err == nil {
					_ = engine.Close()
				}
				if !errors.Is(err, c.want) || (c.also != nil && !errors.Is(err, c.also)) {
					t.Errorf("%+v: error %v, want %v", options, err, c.want)
					continue
				}
				if !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) {
					t.Errorf("error %q does not say %q and %s", err, c.says, path)
				}
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("a refused file was changed")
			}
		})
	}
}

func TestCreateRefusesToOverwrite(t *testing.T) {
	for _, c := range []struct {
		reason string
		spoil  func(t *testing.T, path string)
		want   error
	}{
		{"a database", func(*testing.T, string) {}, bolt.ErrExists},
		{"somebody else's file", write([]byte("a letter")), bolt.ErrExists},
		{"somebody else's bbolt file", replaceWith(foreignBolt(false)), bolt.ErrExists},
		{"somebody else's bbolt file without a list of free pages", replaceWith(foreignBolt(true)), bolt.ErrExists},
		{"a truncated database", truncate(8192), bolt.ErrExists},
		{"a symbolic link", linkAway, bolt.ErrExposed},
		{"an empty file others may read", emptyFor(0o644), bolt.ErrExposed},
	} {
		path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(10)})
		c.spoil(t, path)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := bolt.Create(path, bolt.Options{StoreID: someStore}); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.reason, err, c.want)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed, %v", c.reason, err)
		}
	}
}

func TestCreateTakesOverWhatHoldsNothing(t *testing.T) {
	for _, c := range []struct {
		reason string
		spoil  func(t *testing.T, path string)
	}{
		{"an empty file", emptyFor(0o600)},
		{"a Create that died before it wrote the identity", replaceWith(func(path string) error {
			db, err := bbolt.Open(path, 0o600, nil)
			return errors.Join(err, db.Close())
		})},
	} {
		path := makeDatabase(t, t.TempDir(), kv.Batch{})
		c.spoil(t, path)
		engine, err := bolt.Create(path, bolt.Options{StoreID: someStore})
		if err != nil {
			t.Errorf("%s: %v", c.reason, err)
			continue
		}
		if _, err := engine.Commit(t.Context(), putOp("a", "1")); err != nil {
			t.Errorf("%s: %v", c.reason, err)
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestCreateNeedsAStoreID(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	if _, err := bolt.Create(path, bolt.Options{}); err == nil {
		t.Error("a store without an identity was made")
	}
	if _, err := bolt.Create(path, bolt.Options{StoreID: someStore, ReadOnly: true}); !errors.Is(err, kv.ErrReadOnly) {
		t.Errorf("read-only Create: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a refused Create left a file: %v", err)
	}
}

// The damaged meta page may be the newer one: then the last commit is gone, and
// the next would overwrite the only trace of it.
func TestOneDamagedMetaPageIsReadOnly(t *testing.T) {
	for _, at := range []int64{16 + 20, 4096 + 16 + 20} {
		path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(10)})
		flip(at)(t, path)
		if _, err := bolt.Open(path, bolt.Options{}); !errors.Is(err, kv.ErrDamaged) {
			t.Errorf("byte %d: opened for writing: %v", at, err)
		}
		engine, err := bolt.Open(path, bolt.Options{ReadOnly: true})
		if err != nil {
			t.Errorf("byte %d: opened for reading: %v", at, err)
			continue
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A version number is no part of a checksum that a newer version may calculate
// otherwise.
func TestDamagedVersionOfOneMetaPage(t *testing.T) {
	for _, at := range []int64{16 + 4, 4096 + 16 + 4} {
		path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(10)})
		flip(at)(t, path)
		if _, err := bolt.Open(path, bolt.Options{}); !errors.Is(err, kv.ErrDamaged) && !errors.Is(err, bolt.ErrNewer) {
			t.Errorf("byte %d: %v", at, err)
		}
	}
}

func TestReadOnly(t *testing.T) {
	path := makeDatabase(t, t.TempDir(), kv.Batch{Ops: numberedOps(10)})
	first, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("a second reader: %v", err)
	}
	defer second.Close()
	if _, err := second.Commit(t.Context(), putOp("a", "1")); !errors.Is(err, kv.ErrReadOnly) {
		t.Errorf("Commit: %v", err)
	}
	if _, err := second.Get(t.Context(), numberedOps(10)[9].Key); err != nil {
		t.Errorf("Get: %v", err)
	}
	if _, err := os.Stat(path + ".holder"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a reader left a holder file: %v", err)
	}
	_, err = bolt.Open(path, bolt.Options{LockTimeout: 1})
	if !errors.Is(err, bolt.ErrHeld) {
		t.Errorf("a writer beside readers: %v", err)
	}
}

func TestAppendOnlySavesSpace(t *testing.T) {
	used := func(options bolt.Options) int64 {
		options.StoreID = someStore
		path := filepath.Join(t.TempDir(), "db")
		engine, err := bolt.Create(path, options)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := engine.Import(t.Context(), kv.Batch{Ops: numberedOps(5000)}); err != nil {
			t.Fatal(err)
		}
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
		return usedBytes(t, path)
	}
	plain, dense := used(bolt.Options{}), used(bolt.Options{AppendOnly: []byte("xn")})
	if dense*10 > plain*7 {
		t.Errorf("%d bytes with AppendOnly, %d without", dense, plain)
	}
}

// numberedOps returns puts of 100 bytes in ascending order of their keys.
func numberedOps(count int) []kv.Op {
	ops := make([]kv.Op, count)
	for i := range ops {
		ops[i] = kv.Op{Key: binary.BigEndian.AppendUint32([]byte("n"), uint32(i)), Value: make([]byte, 100)}
	}
	return ops
}
