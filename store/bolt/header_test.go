package bolt

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// boltFile returns a file bbolt wrote with pages of a size.
func boltFile(tb testing.TB, pageSize int) []byte {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "db")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize})
	if err != nil {
		tb.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("a"))
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		tb.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func TestHeaderOfEveryPageSize(t *testing.T) {
	for pageSize := 1024; pageSize <= 65536; pageSize *= 2 {
		sound := boltFile(t, pageSize)
		for _, c := range []struct {
			reason string
			change func(content []byte) []byte
			want   error
		}{
			{"sound", func(b []byte) []byte { return b }, nil},
			{"first meta page damaged", func(b []byte) []byte { b[40]++; return b }, nil},
			{"first meta page erased", func(b []byte) []byte { clear(b[:pageSize]); return b }, nil},
			{"second meta page damaged", func(b []byte) []byte { b[pageSize+40]++; return b }, nil},
			{"second meta page erased", func(b []byte) []byte { clear(b[pageSize : 2*pageSize]); return b }, nil},
			{"both damaged", func(b []byte) []byte { b[40]++; b[pageSize+40]++; return b }, kv.ErrDamaged},
			{"both erased", func(b []byte) []byte { clear(b[:2*pageSize]); return b }, ErrForeign},
			{"cut after four pages", func(b []byte) []byte { return b[:4*pageSize] }, ErrTruncated},
			{"cut after one byte", func(b []byte) []byte { return b[:1] }, ErrForeign},
		} {
			content := c.change(bytes.Clone(sound))
			if _, err := checkHeader(bytes.NewReader(content), int64(len(content))); !errors.Is(err, c.want) {
				t.Errorf("page size %d, %s: error %v, want %v", pageSize, c.reason, err, c.want)
			}
		}
	}
}

// FuzzHeader looks for contents over which the judge of contents stumbles, and
// for files that pass although bbolt would look beyond their end.
func FuzzHeader(f *testing.F) {
	sound := boltFile(f, 1024)
	f.Add(sound)
	f.Add(sound[:2048])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		size := int64(len(content))
		if _, err := checkHeader(bytes.NewReader(content), size); err != nil {
			return
		}
		m, err := newestMeta(bytes.NewReader(content), size)
		if err != nil || m.root >= m.pages || m.freeList >= m.pages || m.pages*uint64(m.pageSize) > uint64(size) {
			t.Errorf("%+v, %v passes with %d bytes", m, err, size)
		}
	})
}
