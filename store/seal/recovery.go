package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// ErrRecipient means that a text is no public key of age.
var ErrRecipient = errors.New("not an age recipient")

// ErrIdentity means that none of the identities opens the recovery slot.
var ErrIdentity = errors.New("no identity opens the recovery slot")

// Recovery is the way to the ring when every passphrase is lost: a slot whose
// private key is encrypted to an age recipient (age-encryption.org/v1), the
// secret half of which lies in a safe. Like a [Slot] it stands in the database
// unsealed, and a new ring key goes to it without anybody's secret.
type Recovery struct {
	// Recipient is the public key of age, as text.
	Recipient string
	// Public is the key the ring key is wrapped to.
	Public PublicKey

	private []byte // age file with the private key
	wrapped []byte // ring key, empty until granted
}

// NewRecovery returns a slot with a fresh key pair for a recipient. It opens
// nothing until [Recovery.Grant].
func NewRecovery(recipient string, random io.Reader) (Recovery, error) {
	to, err := age.ParseX25519Recipient(strings.TrimSpace(recipient))
	if err != nil {
		return Recovery{}, fmt.Errorf("new recovery slot: %w", ErrRecipient)
	}
	private, err := newPrivateKey(random)
	if err != nil {
		return Recovery{}, fmt.Errorf("new recovery slot: %w", err)
	}
	defer private.Wipe()
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err == nil {
		_, err = w.Write(private.bytes[:])
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return Recovery{}, fmt.Errorf("new recovery slot: %w", err)
	}
	return Recovery{Recipient: to.String(), Public: private.Public(), private: sealed.Bytes()}, nil
}

// Grant returns the slot with a ring key in it.
func (r Recovery) Grant(storeID [16]byte, key RingKey) (Recovery, error) {
	wrapped, err := Wrap(r.Public, key, recoveryContext(storeID))
	if err != nil {
		return Recovery{}, fmt.Errorf("grant recovery slot: %w", err)
	}
	r.wrapped = wrapped
	return r, nil
}

// RingKey returns the ring key granted to the slot, opened by an identity file of
// age. It returns [ErrIdentity], or [ErrDamaged].
func (r Recovery) RingKey(storeID [16]byte, identities []byte) (RingKey, error) {
	known, err := age.ParseIdentities(bytes.NewReader(identities))
	if err != nil {
		return RingKey{}, fmt.Errorf("recovery slot: %w", ErrIdentity)
	}
	opened, err := age.Decrypt(bytes.NewReader(r.private), known...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return RingKey{}, fmt.Errorf("recovery slot: %w", ErrIdentity)
	case err != nil:
		return RingKey{}, fmt.Errorf("recovery slot: %w", ErrDamaged)
	}
	raw, err := io.ReadAll(opened)
	defer clear(raw)
	if err != nil || len(raw) != len(PrivateKey{}.bytes) {
		return RingKey{}, fmt.Errorf("recovery slot: %w", ErrDamaged)
	}
	private := PrivateKey{secret{[32]byte(raw)}}
	defer private.Wipe()
	return Unwrap(private, r.wrapped, recoveryContext(storeID))
}

// recoveryContext binds a wrapped ring key to the database and to being for
// nobody in particular: no owner of a slot is eight bytes of 0xff.
func recoveryContext(storeID [16]byte) []byte {
	return append(storeID[:], bytes.Repeat([]byte{0xff}, 8)...)
}

const recoveryVersion = 1

// recoveryFields is the stored form of a recovery slot.
type recoveryFields struct {
	Version   uint8     `cbor:"1,keyasint"`
	Recipient string    `cbor:"2,keyasint"`
	Public    PublicKey `cbor:"3,keyasint"`
	Private   []byte    `cbor:"4,keyasint"`
	Wrapped   []byte    `cbor:"5,keyasint"`
}

// Marshal returns the slot for storage, in the form of [Slot.Marshal].
func (r Recovery) Marshal() []byte {
	body := encode(recoveryFields{recoveryVersion, r.Recipient, r.Public, r.private, r.wrapped})
	return append(sumOf(body), body...)
}

// UnmarshalRecovery is the inverse of [Recovery.Marshal]. It returns [ErrVersion]
// or [ErrDamaged].
func UnmarshalRecovery(data []byte) (Recovery, error) {
	if len(data) < sumSize || !bytes.Equal(sumOf(data[sumSize:]), data[:sumSize]) {
		return Recovery{}, fmt.Errorf("recovery slot: %w", ErrDamaged)
	}
	var f recoveryFields
	if err := decode(data[sumSize:], recoveryVersion, &f); err != nil {
		return Recovery{}, fmt.Errorf("recovery slot: %w", err)
	}
	return Recovery{Recipient: f.Recipient, Public: f.Public, private: f.Private, wrapped: f.Wrapped}, nil
}
