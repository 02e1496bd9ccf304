package seal

import (
	"fmt"
	"io"
)

// RingKey seals the marshalled ring. Every slot holds it, sealed to the public
// key of the slot.
type RingKey struct{ secret }

// NewRingKey returns a fresh key.
func NewRingKey(random io.Reader) (RingKey, error) {
	key, err := newSecret(random)
	if err != nil {
		return RingKey{}, fmt.Errorf("new ring key: %w", err)
	}
	return RingKey{key}, nil
}

const ringPurpose = "ring"

// Seal returns the ring sealed for storage: version(1) | nonce(12) |
// AES-256-GCM of [Ring.Marshal], bound to the store id.
func (k RingKey) Seal(r *Ring) ([]byte, error) {
	clearText := r.Marshal()
	defer clear(clearText)
	boxed, err := box(k.bytes, r.random, associatedData([]byte(ringPurpose), r.storeID[:]), clearText)
	if err != nil {
		return nil, fmt.Errorf("seal key ring: %w", err)
	}
	return append([]byte{formatVersion}, boxed...), nil
}

// Open returns the ring of the database storeID; random is as in [NewRing]. It
// returns [ErrDamaged] for another key, another database or changed bytes, and
// [ErrVersion].
func (k RingKey) Open(storeID [16]byte, sealed []byte, random io.Reader) (*Ring, error) {
	if len(sealed) == 0 {
		return nil, fmt.Errorf("key ring: %w", ErrDamaged)
	}
	if sealed[0] != formatVersion {
		return nil, fmt.Errorf("key ring: %w", ErrVersion)
	}
	clearText, err := unbox(k.bytes, associatedData([]byte(ringPurpose), storeID[:]), sealed[1:])
	if err != nil {
		return nil, fmt.Errorf("key ring: %w", err)
	}
	defer clear(clearText)
	return UnmarshalRing(clearText, random)
}

const ringVersion = 1

// ringFields is the stored form of a ring.
type ringFields struct {
	Version uint8               `cbor:"1,keyasint"`
	StoreID [16]byte            `cbor:"2,keyasint"`
	Current uint16              `cbor:"3,keyasint"`
	Epochs  map[uint16][32]byte `cbor:"4,keyasint"`
	Lookup  [32]byte            `cbor:"5,keyasint"`
}

// Marshal returns the ring with all its keys in the clear: CBOR, core
// deterministic, integer keys. Only [RingKey.Seal] should need it.
func (r *Ring) Marshal() []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.wiped() {
		panic("seal: marshalling a wiped ring")
	}
	fields := ringFields{
		Version: ringVersion,
		StoreID: r.storeID,
		Current: r.current,
		Epochs:  make(map[uint16][32]byte, len(r.epochs)),
		Lookup:  r.lookup.bytes,
	}
	for number, e := range r.epochs {
		fields.Epochs[number] = e.key.bytes
	}
	return encode(fields)
}

// UnmarshalRing is the inverse of [Ring.Marshal]; random is as in [NewRing].
// It returns [ErrVersion] or [ErrDamaged].
func UnmarshalRing(data []byte, random io.Reader) (*Ring, error) {
	var fields ringFields
	if err := decode(data, ringVersion, &fields); err != nil {
		return nil, fmt.Errorf("key ring: %w", err)
	}
	if !fields.currentIsNewest() {
		return nil, fmt.Errorf("key ring: %w", ErrDamaged)
	}
	r := emptyRing(fields.StoreID, random)
	r.current = fields.Current
	r.lookup.bytes = fields.Lookup
	for number, key := range fields.Epochs {
		r.epochs[number] = newEpoch(fields.StoreID, secret{key})
	}
	return r, nil
}

// currentIsNewest guards against a ring that would seal under no key, or give
// the number of a key it holds to a new one.
func (f ringFields) currentIsNewest() bool {
	newest := -1
	for number := range f.Epochs {
		newest = max(newest, int(number))
	}
	return newest == int(f.Current)
}
