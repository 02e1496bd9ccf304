package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"sync"
)

// LookupSize is the length in bytes of what [Ring.Lookup] returns.
const LookupSize = 16

// Ring holds the keys of one database: a data key per epoch and the key of the
// lookup hashes. It may be used by many goroutines at once.
type Ring struct {
	storeID [16]byte
	random  io.Reader
	lookup  secret
	current uint16
	// prefix is the part of the associated data that is the same for every
	// value of the database.
	prefix []byte

	// mu is held for reading while keys are in use, so that Wipe cannot leave
	// a value sealed under half a key.
	mu     sync.RWMutex
	epochs map[uint16]*epoch
}

// NewRing returns a ring with fresh keys at epoch 1. All later nonces are read
// from random, which must be safe for concurrent use, as crypto/rand.Reader is.
func NewRing(storeID [16]byte, random io.Reader) (*Ring, error) {
	r := emptyRing(storeID, random)
	var err error
	if r.lookup, err = newSecret(random); err != nil {
		return nil, fmt.Errorf("new key ring: %w", err)
	}
	if err := r.addEpoch(); err != nil {
		return nil, fmt.Errorf("new key ring: %w", err)
	}
	return r, nil
}

func emptyRing(storeID [16]byte, random io.Reader) *Ring {
	return &Ring{
		storeID: storeID,
		random:  random,
		prefix:  associatedData(storeID[:]),
		epochs:  make(map[uint16]*epoch),
	}
}

// StoreID returns the id of the database the ring belongs to.
func (r *Ring) StoreID() [16]byte { return r.storeID }

// Epoch returns the epoch new values are sealed under.
func (r *Ring) Epoch() uint16 { return r.current }

// WithNewEpoch returns a copy of the ring that seals under a fresh data key.
// The copy opens everything the ring opens. Lookup hashes stay the same.
func (r *Ring) WithNewEpoch() (*Ring, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.wiped() {
		return nil, ErrWiped
	}
	next := emptyRing(r.storeID, r.random)
	next.lookup, next.current = r.lookup, r.current
	for number, e := range r.epochs {
		next.epochs[number] = newEpoch(r.storeID, e.key)
	}
	if err := next.addEpoch(); err != nil {
		return nil, fmt.Errorf("new key epoch: %w", err)
	}
	return next, nil
}

// Epochs returns the epochs the ring has keys of, ascending.
func (r *Ring) Epochs() []uint16 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Sorted(maps.Keys(r.epochs))
}

// Without returns a copy of the ring that lacks the data keys of some epochs: what
// was sealed under them opens no more. The newest epoch stays.
func (r *Ring) Without(epochs ...uint16) (*Ring, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.wiped() {
		return nil, ErrWiped
	}
	next := emptyRing(r.storeID, r.random)
	next.lookup, next.current = r.lookup, r.current
	for number, e := range r.epochs {
		if number == r.current || !slices.Contains(epochs, number) {
			next.epochs[number] = newEpoch(r.storeID, e.key)
		}
	}
	return next, nil
}

func (r *Ring) addEpoch() error {
	if r.current == math.MaxUint16 {
		return errors.New("no key epoch left")
	}
	key, err := newSecret(r.random)
	if err != nil {
		return err
	}
	r.current++
	r.epochs[r.current] = newEpoch(r.storeID, key)
	return nil
}

// Seal returns plaintext sealed for a place, which is the full key it is
// stored under. It panics when no nonce can be drawn or the ring was wiped:
// going on would mean to write something nobody can open.
func (r *Ring) Seal(place, plaintext []byte) []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.wiped() {
		panic("seal: sealing with a wiped ring")
	}
	padded := paddedLen(len(plaintext))
	total := headerSize + padded + tagSize

	// One allocation serves the result and, behind it, the associated data.
	buffer := make([]byte, total, total+len(r.prefix)+lengthSize+len(place))
	buffer[0] = formatVersion
	binary.BigEndian.PutUint16(buffer[1:], r.current)
	nonce := buffer[headerSize-nonceSize : headerSize]
	if _, err := io.ReadFull(r.random, nonce); err != nil {
		panic("seal: no randomness: " + err.Error())
	}
	body := buffer[headerSize : headerSize+padded]
	pad(body, copy(body, plaintext))
	placed := appendField(append(buffer[total:total], r.prefix...), place)

	r.epochs[r.current].cipher(place).Seal(buffer[:headerSize], nonce, body, placed)
	return buffer[:total:total]
}

// Open returns the plaintext of a value sealed for this place. It returns
// [ErrDamaged], [ErrVersion] or [ErrUnknownEpoch] for anything else, and
// [ErrWiped].
func (r *Ring) Open(place, sealed []byte) ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.wiped() {
		return nil, ErrWiped
	}
	if len(sealed) < headerSize+blockSize+tagSize {
		return nil, ErrDamaged
	}
	if sealed[0] != formatVersion {
		return nil, ErrVersion
	}
	keys, ok := r.epochs[binary.BigEndian.Uint16(sealed[1:])]
	if !ok {
		return nil, ErrUnknownEpoch
	}
	nonce, body := sealed[headerSize-nonceSize:headerSize], sealed[headerSize:]

	buffer := make([]byte, len(body), len(body)+len(r.prefix)+lengthSize+len(place))
	placed := appendField(append(buffer[len(body):], r.prefix...), place)
	padded, err := keys.cipher(place).Open(buffer[:0], nonce, body, placed)
	if err != nil {
		return nil, ErrDamaged
	}
	return unpad(padded)
}

// Lookup returns a keyed hash of value, by which a record can be found without
// its value standing in the database: HMAC-SHA256 over the length of purpose,
// purpose and value, cut to 16 bytes. Purposes keep equal values of different
// fields apart. The hash is the same in every epoch.
func (r *Ring) Lookup(purpose string, value []byte) [LookupSize]byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.wiped() {
		panic("seal: lookup with a wiped ring")
	}
	mac := hmac.New(sha256.New, r.lookup.bytes[:])
	mac.Write(appendField(make([]byte, 0, lengthSize+len(purpose)), []byte(purpose)))
	mac.Write(value)
	return [LookupSize]byte(mac.Sum(nil))
}

// Wipe overwrites the keys as far as Go allows: what the runtime or a cipher
// copied stays until the memory is used again. It waits for calls that run.
// After it Open fails, Seal and Lookup panic.
func (r *Ring) Wipe() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lookup.Wipe()
	for _, e := range r.epochs {
		e.key.Wipe()
	}
	r.epochs = nil
}

// wiped needs mu.
func (r *Ring) wiped() bool { return r.epochs == nil }

// Format keeps keys out of logs: every verb prints the type alone.
func (r *Ring) Format(state fmt.State, _ rune) { io.WriteString(state, "seal.Ring") }
