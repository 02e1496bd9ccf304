package bolt

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// Contents says how much [Check] looked at.
type Contents struct {
	Pages int64 // of the file that are in use
	Pairs int64
}

// Check looks at everything in the file at path: what [Open] looks at, both meta
// pages, bbolt's own check of its pages, and the checksum of every value. The file
// is opened for reading.
//
// bbolt's check trusts the file in a goroutine of its own, where nothing can catch
// a memory fault. So this belongs into a process that may die or be killed.
//
// Errors: those of [Open]. kv.ErrDamaged says what is wrong and names no key.
func Check(path string) (Contents, error) {
	e, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return Contents{}, err
	}
	defer func() { _ = e.Close() }() // nothing was written
	var seen Contents
	err = e.db.read(func(tx *bbolt.Tx) error {
		seen, err = check(tx, e.db.file)
		return err
	})
	if err != nil {
		return seen, fmt.Errorf("check database %s: %w", path, err)
	}
	return seen, nil
}

func check(tx *bbolt.Tx, file io.ReaderAt) (seen Contents, err error) {
	m, err := newestMeta(file, tx.Size())
	if err != nil {
		return seen, fmt.Errorf("%w: %v", kv.ErrDamaged, err)
	}
	found, err := walkPages(file, m)
	if err != nil {
		return seen, err
	}
	if err := errors.Join(checkBothMetas(file, m), found.checkWeight()); err != nil {
		return seen, err
	}
	for objection := range tx.Check() {
		text, _, _ := strings.Cut(objection.Error(), "(hex)") // what follows is a key
		return seen, fmt.Errorf("%w: %s", kv.ErrDamaged, text)
	}
	seen.Pages = tx.Size() / int64(m.pageSize)
	seen.Pairs, err = checkValues(tx)
	return seen, err
}

// checkValues compares every value with its checksum and returns how many there
// are.
func checkValues(tx *bbolt.Tx) (pairs int64, err error) {
	err = tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
		if string(name) == metaBucket {
			return nil
		}
		return bucket.ForEach(func(key, stored []byte) error {
			pairs++
			if err := checkValue(key, stored); err != nil {
				return fmt.Errorf("%w: pair %d, of kind %q", err, pairs, name)
			}
			return nil
		})
	})
	return pairs, err
}
