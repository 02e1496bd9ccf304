package seal

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
)

const (
	slotVersion = 1
	saltSize    = 16
	checkSize   = 16
	sumSize     = 8
)

// Slot is one person's way to the ring. It stands in the database unsealed,
// for it is read before there is a key, and so it holds no name.
//
// The exported fields say whose it is; they are bound to the private key, and
// changing one makes [Slot.Unlock] return [ErrDamaged].
type Slot struct {
	// Owner is the id of the staff member.
	Owner [8]byte
	// OneTime says that somebody else knows the passphrase and it must be
	// changed at the next login.
	OneTime bool
	// Params are what one try costs.
	Params Params
	// Public is the key the ring key is wrapped to.
	Public PublicKey

	salt    [saltSize]byte
	check   [checkSize]byte // tells a wrong passphrase from damage
	private []byte          // boxed private key
	wrapped []byte          // ring key, empty until granted
}

// SlotConfig says whose slot is made and how.
type SlotConfig struct {
	// Owner is the id of the staff member.
	Owner [8]byte
	// OneTime is set when somebody else chose the passphrase.
	OneTime bool
	// Params are the costs of argon2id. There is no default.
	Params Params
	// Random is read for keys, salt and nonces.
	Random io.Reader
}

// NewSlot returns a slot with a fresh key pair under a passphrase, and its
// private key. It opens nothing until [Slot.Grant]. The errors are those of
// [CheckPassphrase], of impossible costs and of a failing source of randomness.
func NewSlot(passphrase []byte, config SlotConfig) (Slot, PrivateKey, error) {
	private, err := newPrivateKey(config.Random)
	if err != nil {
		return Slot{}, PrivateKey{}, fmt.Errorf("new slot: %w", err)
	}
	slot := Slot{
		Owner:   config.Owner,
		OneTime: config.OneTime,
		Params:  config.Params,
		Public:  private.Public(),
	}
	slot, err = slot.lock(private, passphrase, config.Random)
	if err != nil {
		return Slot{}, PrivateKey{}, fmt.Errorf("new slot: %w", err)
	}
	return slot, private, nil
}

// Grant returns the slot with a ring key in it. No passphrase is needed: so
// one person can let in another, and a new ring key can go to everybody.
func (s Slot) Grant(storeID [16]byte, key RingKey) (Slot, error) {
	wrapped, err := Wrap(s.Public, key, s.context(storeID))
	if err != nil {
		return Slot{}, fmt.Errorf("grant slot: %w", err)
	}
	s.wrapped = wrapped
	return s, nil
}

// RingKey returns the ring key granted to the slot. It returns [ErrDamaged]
// when there is none, or for another database or private key.
func (s Slot) RingKey(storeID [16]byte, private PrivateKey) (RingKey, error) {
	return Unwrap(private, s.wrapped, s.context(storeID))
}

// context binds a wrapped ring key to the database and the person.
func (s Slot) context(storeID [16]byte) []byte {
	return append(storeID[:], s.Owner[:]...)
}

// Unlock returns the private key. It returns [ErrWrongPassphrase], or
// [ErrDamaged] when the passphrase is right and the slot is not.
//
// That it succeeds is also how a person signs: only the owner can do it.
func (s Slot) Unlock(passphrase []byte) (PrivateKey, error) {
	normal, err := normalise(passphrase)
	defer clear(normal)
	if err != nil {
		return PrivateKey{}, ErrWrongPassphrase
	}
	if err := s.Params.check(); err != nil {
		return PrivateKey{}, fmt.Errorf("slot: %w", ErrDamaged)
	}
	key, check := s.keys(normal)
	if subtle.ConstantTimeCompare(check[:], s.check[:]) == 0 {
		return PrivateKey{}, ErrWrongPassphrase
	}
	raw, err := unbox(key, s.bound(), s.private)
	if err != nil || len(raw) != len(PrivateKey{}.bytes) {
		return PrivateKey{}, fmt.Errorf("slot: %w", ErrDamaged)
	}
	defer clear(raw)
	return PrivateKey{secret{[32]byte(raw)}}, nil
}

// ChangePassphrase returns the slot under a new passphrase of the owner's own
// choice: with new salt, no longer one-time, the key pair and the granted ring
// key kept. The errors are those of [Slot.Unlock] for the old passphrase, and
// of [CheckPassphrase] and [ErrPassphraseSame] for the new one.
func (s Slot) ChangePassphrase(old, new []byte, random io.Reader) (Slot, error) {
	private, err := s.Unlock(old)
	if err != nil {
		return Slot{}, err
	}
	defer private.Wipe()
	if same(old, new) {
		return Slot{}, ErrPassphraseSame
	}
	s.OneTime = false
	return s.lock(private, new, random)
}

func same(old, new []byte) bool {
	a, _ := normalise(old)
	b, _ := normalise(new)
	defer clear(a)
	defer clear(b)
	return subtle.ConstantTimeCompare(a, b) == 1
}

// lock returns the slot with its private key under a passphrase.
func (s Slot) lock(private PrivateKey, passphrase []byte, random io.Reader) (Slot, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return Slot{}, err
	}
	if err := s.Params.check(); err != nil {
		return Slot{}, err
	}
	if _, err := io.ReadFull(random, s.salt[:]); err != nil {
		return Slot{}, fmt.Errorf("no randomness: %w", err)
	}
	normal, err := normalise(passphrase)
	defer clear(normal)
	if err != nil {
		return Slot{}, err
	}
	var key [32]byte
	key, s.check = s.keys(normal)
	s.private, err = box(key, random, s.bound(), private.bytes[:])
	return s, err
}

// keys returns what a normalised passphrase gives: the key of the private key
// and the value by which the passphrase itself is recognised.
func (s Slot) keys(normal []byte) (key [32]byte, check [checkSize]byte) {
	stretched := s.Params.stretch(normal, s.salt[:])
	defer stretched.Wipe()
	key = derive(stretched, s.salt[:], protocol+" slot key")
	known := derive(stretched, s.salt[:], protocol+" slot check")
	return key, [checkSize]byte(known[:])
}

// bound is what a passphrase vouches for beside the private key.
func (s Slot) bound() []byte {
	f := s.fields()
	f.Private, f.Wrapped = nil, nil
	return associatedData([]byte("slot"), encode(f))
}

// slotFields is the stored form of a slot.
type slotFields struct {
	Version uint8           `cbor:"1,keyasint"`
	Owner   [8]byte         `cbor:"2,keyasint"`
	OneTime bool            `cbor:"3,keyasint"`
	Params  Params          `cbor:"4,keyasint"`
	Public  PublicKey       `cbor:"5,keyasint"`
	Salt    [saltSize]byte  `cbor:"6,keyasint"`
	Check   [checkSize]byte `cbor:"7,keyasint"`
	Private []byte          `cbor:"8,keyasint"`
	Wrapped []byte          `cbor:"9,keyasint"`
}

func (s Slot) fields() slotFields {
	return slotFields{
		Version: slotVersion, Owner: s.Owner, OneTime: s.OneTime, Params: s.Params,
		Public: s.Public, Salt: s.salt, Check: s.check, Private: s.private, Wrapped: s.wrapped,
	}
}

// Marshal returns the slot for storage: the first 8 bytes of the SHA-256 of
// what follows, then CBOR, core deterministic, integer keys. The sum tells
// accidental damage from a wrong passphrase; it protects against nobody.
func (s Slot) Marshal() []byte {
	body := encode(s.fields())
	return append(sumOf(body), body...)
}

func sumOf(body []byte) []byte {
	sum := sha256.Sum256(body)
	return sum[:sumSize:sumSize]
}

// UnmarshalSlot is the inverse of [Slot.Marshal]. It returns [ErrVersion] or
// [ErrDamaged].
func UnmarshalSlot(data []byte) (Slot, error) {
	if len(data) < sumSize {
		return Slot{}, fmt.Errorf("slot: %w", ErrDamaged)
	}
	body := data[sumSize:]
	if !bytes.Equal(sumOf(body), data[:sumSize]) {
		return Slot{}, fmt.Errorf("slot: %w", ErrDamaged)
	}
	var f slotFields
	if err := decode(body, slotVersion, &f); err != nil {
		return Slot{}, fmt.Errorf("slot: %w", err)
	}
	slot := Slot{
		Owner: f.Owner, OneTime: f.OneTime, Params: f.Params, Public: f.Public,
		salt: f.Salt, check: f.Check, private: f.Private, wrapped: f.Wrapped,
	}
	if slot.Params.check() != nil {
		return Slot{}, fmt.Errorf("slot: %w", ErrDamaged)
	}
	return slot, nil
}
