package bolt_test

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// Ways to spoil a database file.

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) { must(t, os.Remove(path)) }

func removeDirectory(t *testing.T, path string) { must(t, os.RemoveAll(filepath.Dir(path))) }

func directoryIsFile(t *testing.T, path string) {
	removeDirectory(t, path)
	must(t, os.WriteFile(filepath.Dir(path), nil, 0o600))
}

func linkAway(t *testing.T, path string) {
	must(t, os.Rename(path, path+".real"))
	must(t, os.Symlink(filepath.Base(path)+".real", path))
}

func replaceWith(make func(path string) error) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		remove(t, path)
		must(t, make(path))
	}
}

func chmod(mode os.FileMode) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.Chmod(path, mode)) }
}

func chmodDirectory(mode os.FileMode) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.Chmod(filepath.Dir(path), mode)) }
}

func truncate(size int64) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.Truncate(path, size)) }
}

// truncateUsed cuts the file off at the end of what is in use, and by more if
// by is negative.
func truncateUsed(by int64) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.Truncate(path, usedBytes(t, path)+by)) }
}

// usedBytes returns the size of the pages in use; the file itself is larger.
func usedBytes(t *testing.T, path string) (size int64) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	must(t, err)
	must(t, db.View(func(tx *bbolt.Tx) error {
		size = tx.Size()
		return nil
	}))
	must(t, db.Close())
	return size
}

func write(content []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.WriteFile(path, content, 0o600)) }
}

func emptyFor(mode os.FileMode) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		truncate(0)(t, path)
		chmod(mode)(t, path)
	}
}

func flip(offsets ...int64) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		content, err := os.ReadFile(path)
		must(t, err)
		for _, at := range offsets {
			content[at] ^= 1
		}
		must(t, os.WriteFile(path, content, 0o600))
	}
}

// foreignBolt makes a bbolt file of another program.
func foreignBolt(noFreeList bool) func(path string) error {
	return func(path string) error {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: noFreeList})
		if err != nil {
			return err
		}
		err = db.Update(func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket([]byte("settings"))
			return err
		})
		return errors.Join(err, db.Close())
	}
}

// setMeta changes a value in the meta bucket, or removes it.
func setMeta(key string, value []byte) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		db, err := bbolt.Open(path, 0o600, nil)
		must(t, err)
		must(t, db.Update(func(tx *bbolt.Tx) error {
			bucket := tx.Bucket([]byte("meta"))
			if value == nil {
				return bucket.Delete([]byte(key))
			}
			return bucket.Put([]byte(key), value)
		}))
		must(t, db.Close())
	}
}

// newerBolt gives both meta pages a version bbolt does not have yet, and the
// checksums that go with it.
func newerBolt(t *testing.T, path string) {
	content, err := os.ReadFile(path)
	must(t, err)
	for _, page := range []int{0, 4096} {
		meta := content[page+16 : page+16+64]
		binary.NativeEndian.PutUint32(meta[4:], 3)
		sum := fnv.New64a()
		sum.Write(meta[:56])
		binary.NativeEndian.PutUint64(meta[56:], sum.Sum64())
	}
	must(t, os.WriteFile(path, content, 0o600))
}
