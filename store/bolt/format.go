package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// format is the number of the layout that the package comment describes.
const format = 1

const (
	metaBucket = "meta"
	formatKey  = "format"
	storeKey   = "store"
	revKey     = "rev"

	revSize = 8 // bytes of a revision in front of a value
)

// identity is what the meta bucket says about the file.
type identity struct {
	store StoreID
	rev   uint64 // newest
}

// identify reads the identity of the file. Unless wanted is zero, the store
// must be that one.
func (d *database) identify(wanted StoreID) (id identity, err error) {
	err = d.read(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket([]byte(metaBucket))
		if bucket == nil {
			return ErrForeign
		}
		id, err = readIdentity(bucket)
		return err
	})
	if err == nil && wanted != (StoreID{}) && id.store != wanted {
		err = ErrOtherStore
	}
	return id, err
}

func readIdentity(bucket *bbolt.Bucket) (id identity, err error) {
	number := bucket.Get([]byte(formatKey))
	store := bucket.Get([]byte(storeKey))
	if len(number) != 8 {
		return id, ErrForeign
	}
	switch got := binary.BigEndian.Uint64(number); {
	case got > format:
		return id, fmt.Errorf("%w: format %d, this version knows %d: install the newer version", ErrNewer, got, format)
	case got < format || len(store) != len(id.store):
		return id, fmt.Errorf("%w: identity of the file", kv.ErrDamaged)
	}
	copy(id.store[:], store)
	id.rev, err = readRev(bucket)
	return id, err
}

// found writes the identity of a new store into a file that holds nothing.
func (d *database) found(store StoreID) (identity, error) {
	err := d.write(func(tx *bbolt.Tx) (bool, error) {
		if name, _ := tx.Cursor().First(); name != nil {
			return false, ErrExists
		}
		bucket, err := tx.CreateBucket([]byte(metaBucket))
		if err != nil {
			return false, err
		}
		if err := bucket.Put([]byte(formatKey), binary.BigEndian.AppendUint64(nil, format)); err != nil {
			return false, err
		}
		if err := bucket.Put([]byte(storeKey), bytes.Clone(store[:])); err != nil {
			return false, err
		}
		return true, writeRev(bucket, 0)
	})
	return identity{store: store}, err
}

// storedRev reads the newest revision from the file.
func (d *database) storedRev() (rev uint64, err error) {
	err = d.read(func(tx *bbolt.Tx) error {
		rev, err = readRev(tx.Bucket([]byte(metaBucket)))
		return err
	})
	return rev, err
}

func readRev(bucket *bbolt.Bucket) (uint64, error) {
	rev := bucket.Get([]byte(revKey))
	if len(rev) != revSize {
		return 0, fmt.Errorf("%w: revision of the file", kv.ErrDamaged)
	}
	return binary.BigEndian.Uint64(rev), nil
}

func writeRev(bucket *bbolt.Bucket, rev uint64) error {
	return bucket.Put([]byte(revKey), binary.BigEndian.AppendUint64(nil, rev))
}

// stamped returns a value with the revision that writes it in front.
func stamped(rev uint64, value []byte) []byte {
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, revSize+len(value)), rev), value...)
}

// unstamped splits what stamped joined. The value lies in the same memory.
func unstamped(stored []byte) (rev uint64, value []byte, err error) {
	if len(stored) < revSize {
		return 0, nil, fmt.Errorf("%w: value without a revision", kv.ErrDamaged)
	}
	return binary.BigEndian.Uint64(stored), stored[revSize:], nil
}
