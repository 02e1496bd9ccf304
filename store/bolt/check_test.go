package bolt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"schalter/store/bolt"
	"schalter/store/kv"
)

func TestCheck(t *testing.T) {
	mark := bytes.Repeat([]byte{0xA5}, 60) // to find the value in the file
	batch := kv.Batch{Ops: append(numberedOps(500), kv.Op{Key: []byte("wanted"), Value: mark})}
	for _, c := range []struct {
		reason string
		spoil  func(t *testing.T, path string)
		want   error
	}{
		{"sound", func(*testing.T, string) {}, nil},
		{"a meta page damaged", flip(16 + 20), kv.ErrDamaged},
		{"the other one", flip(4096 + 16 + 20), kv.ErrDamaged},
		{"a value damaged", func(t *testing.T, path string) {
			content, err := os.ReadFile(path)
			must(t, err)
			at := bytes.Index(content, mark)
			flip(int64(at)+7)(t, path)
		}, kv.ErrDamaged},
		{"a pair in a wrong bucket", func(t *testing.T, path string) {
			db, err := bbolt.Open(path, 0o600, nil)
			must(t, err)
			must(t, db.Update(func(tx *bbolt.Tx) error {
				return tx.Bucket([]byte("n")).Put([]byte("wrong"), make([]byte, 8))
			}))
			must(t, db.Close())
		}, kv.ErrDamaged},
		{"no file", remove, bolt.ErrMissing},
	} {
		path := makeDatabase(t, t.TempDir(), batch)
		c.spoil(t, path)
		seen, err := bolt.Check(path)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.reason, err, c.want)
		}
		if err == nil && (seen.Pairs != 501 || seen.Pages == 0) {
			t.Errorf("%s: looked at %+v", c.reason, seen)
		}
	}
}

// TestFirstFormat: a file whose values have no checksums yet is read, becomes one
// of this format when it is opened for writing, and keeps what is in it.
func TestFirstFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	firstFormat(t, path)
	for round, options := range []bolt.Options{{ReadOnly: true}, {}, {}} {
		engine, err := bolt.Open(path, options)
		if err != nil {
			t.Fatal(err)
		}
		pair, err := engine.Get(t.Context(), []byte("n1"))
		if err != nil || string(pair.Value) != "one" || pair.Rev != 7 {
			t.Errorf("round %d: %q at %d, %v", round, pair.Value, pair.Rev, err)
		}
		if !options.ReadOnly {
			if rev, err := engine.Commit(t.Context(), putOp("n2", "two")); err != nil || rev != uint64(7+round) {
				t.Errorf("round %d: revision %d, %v", round, rev, err)
			}
		}
		must(t, engine.Close())
	}
	if _, err := bolt.Check(path); err != nil {
		t.Error(err)
	}
	db, err := bbolt.Open(path, 0o600, nil)
	must(t, err)
	defer db.Close()
	must(t, db.View(func(tx *bbolt.Tx) error {
		if number := tx.Bucket([]byte("meta")).Get([]byte("format")); number[7] != 2 {
			t.Errorf("format %d", number[7])
		}
		return nil
	}))
}

// firstFormat makes a file as format 1 was, with one pair at revision 7.
func firstFormat(t *testing.T, path string) {
	t.Helper()
	number := func(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
	db, err := bbolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, db.Update(func(tx *bbolt.Tx) error {
		meta, err := tx.CreateBucket([]byte("meta"))
		if err != nil {
			return err
		}
		pairs, err := tx.CreateBucket([]byte("n"))
		if err != nil {
			return err
		}
		return errors.Join(
			meta.Put([]byte("format"), number(1)), meta.Put([]byte("store"), someStore[:]), meta.Put([]byte("rev"), number(7)),
			pairs.Put([]byte("n1"), append(number(7), "one"...)),
		)
	}))
	must(t, db.Close())
}

// BenchmarkOpen is the look at every page before the first read, of a file as a
// million members make it.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "db")
	engine, err := bolt.Create(path, bolt.Options{StoreID: someStore, AppendOnly: []byte("m")})
	if err != nil {
		b.Fatal(err)
	}
	const members, batch = 1_000_000, 10_000
	for from := 0; from < members; from += batch {
		ops := make([]kv.Op, batch)
		for i := range ops {
			ops[i] = kv.Op{Key: rowKey(from + i), Value: make([]byte, 200)}
		}
		if _, err := engine.Import(b.Context(), kv.Batch{Ops: ops}); err != nil {
			b.Fatal(err)
		}
	}
	if err := engine.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	for b.Loop() {
		engine, err := bolt.Open(path, bolt.Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		_ = engine.Close()
	}
}
