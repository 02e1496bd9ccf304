package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// format is the number of the layout that the package comment describes. In
// format 1 values had no checksums; such files are read, and become format 2 when
// they are opened for writing.
const (
	format      = 2
	firstFormat = 1
)

const (
	metaBucket = "meta"
	formatKey  = "format"
	storeKey   = "store"
	revKey     = "rev"

	revSize   = 8               // bytes of a revision in front of a value
	stampSize = revSize + 8     // of a revision with both checksums
	summed    = uint64(1) << 63 // set in a revision that checksums follow
)

// identity is what the meta bucket says about the file.
type identity struct {
	format uint64
	store  StoreID
	rev    uint64 // newest
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
	switch id.format = binary.BigEndian.Uint64(number); {
	case id.format > format:
		return id, fmt.Errorf("%w: format %d, this version knows %d: install the newer version", ErrNewer, id.format, format)
	case id.format < firstFormat || len(store) != len(id.store):
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
		return true, writeState(bucket, state{})
	})
	return identity{format: format, store: store}, err
}

// upgrade makes a file of an earlier format one of this one. Its values stay as
// they are until they are written again.
func (d *database) upgrade(id identity) error {
	if id.format == format {
		return nil
	}
	return d.write(func(tx *bbolt.Tx) (bool, error) {
		bucket := tx.Bucket([]byte(metaBucket))
		if err := bucket.Put([]byte(formatKey), binary.BigEndian.AppendUint64(nil, format)); err != nil {
			return false, err
		}
		weight, err := weigh(tx)
		if err != nil {
			return false, err
		}
		return true, writeState(bucket, state{rev: id.rev, weight: weight})
	})
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
	s, err := parseState(bucket.Get([]byte(revKey)))
	return s.rev, err
}

// state is what is stored as the newest revision.
type state struct {
	rev uint64
	// weight is that of all pairs together: what each weighs, added up without
	// regard to overflow. A page that a disk lost, so that an earlier one stands
	// in its place, is sound in itself; this tells.
	weight uint64
	// weighed says whether there is a weight: in format 1 there is none.
	weighed bool
}

func parseState(stored []byte) (s state, err error) {
	const size = revSize + 8
	switch {
	case len(stored) == revSize:
		return state{rev: binary.BigEndian.Uint64(stored)}, nil
	case len(stored) != size+4 || sum(0, stored[:size]) != binary.BigEndian.Uint32(stored[size:]):
		return s, fmt.Errorf("%w: revision of the file", kv.ErrDamaged)
	}
	return state{binary.BigEndian.Uint64(stored), binary.BigEndian.Uint64(stored[revSize:]), true}, nil
}

func writeState(bucket *bbolt.Bucket, s state) error {
	value := binary.BigEndian.AppendUint64(nil, s.rev)
	value = binary.BigEndian.AppendUint64(value, s.weight)
	return bucket.Put([]byte(revKey), binary.BigEndian.AppendUint32(value, sum(0, value)))
}

// weightOf is what a pair weighs: its two checksums.
func weightOf(key, stored []byte) uint64 {
	if len(stored) >= stampSize && binary.BigEndian.Uint64(stored)&summed != 0 {
		return binary.BigEndian.Uint64(stored[revSize:])
	}
	keySum := sum(0, key)
	return uint64(keySum)<<32 | uint64(sum(keySum, stored))
}

// weigh adds up what all pairs weigh.
func weigh(tx *bbolt.Tx) (weight uint64, err error) {
	err = tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
		if string(name) == metaBucket {
			return nil
		}
		return bucket.ForEach(func(key, stored []byte) error {
			weight += weightOf(key, stored)
			return nil
		})
	})
	return weight, err
}

// sum continues a checksum: CRC-32C, which processors calculate. It finds damage,
// not deceit; against that values are sealed and journalled above.
func sum(before uint32, p []byte) uint32 {
	return crc32.Update(before, crc32.MakeTable(crc32.Castagnoli), p)
}

// stamped returns a value as it is stored under key: behind the revision that
// writes it and two checksums. The first is over key and revision, the second
// goes on over the value. So a damaged key, which would hide its pair from those
// who ask for it, is told from a damaged value, which is nobody else's loss.
func stamped(rev uint64, key, value []byte) []byte {
	stored := binary.BigEndian.AppendUint64(make([]byte, 0, stampSize+len(value)), rev|summed)
	keySum := sum(sum(0, key), stored)
	stored = binary.BigEndian.AppendUint32(stored, keySum)
	stored = binary.BigEndian.AppendUint32(stored, sum(keySum, value))
	return append(stored, value...)
}

// revision returns the revision of what is stored under key. It does not look at
// the value.
func revision(key, stored []byte) (rev uint64, checked bool, err error) {
	if len(stored) < revSize {
		return 0, false, fmt.Errorf("%w: value without a revision", kv.ErrDamaged)
	}
	rev = binary.BigEndian.Uint64(stored)
	if rev&summed == 0 {
		return rev, false, nil
	}
	if len(stored) < stampSize || sum(sum(0, key), stored[:revSize]) != binary.BigEndian.Uint32(stored[revSize:]) {
		return 0, false, fmt.Errorf("%w: a key", kv.ErrDamaged)
	}
	return rev &^ summed, true, nil
}

// unstamped splits what stamped joined. The value lies in the same memory and is
// not compared with its checksum.
func unstamped(key, stored []byte) (rev uint64, value []byte, err error) {
	rev, checked, err := revision(key, stored)
	switch {
	case err != nil:
		return 0, nil, err
	case checked:
		return rev, stored[stampSize:], nil
	}
	return rev, stored[revSize:], nil
}

// checkValue compares what is stored under key with its checksum, if it has one.
func checkValue(key, stored []byte) error {
	_, checked, err := revision(key, stored)
	if err != nil || !checked {
		return err
	}
	if sum(binary.BigEndian.Uint32(stored[revSize:]), stored[stampSize:]) != binary.BigEndian.Uint32(stored[revSize+4:]) {
		return fmt.Errorf("%w: a value", kv.ErrDamaged)
	}
	return nil
}
