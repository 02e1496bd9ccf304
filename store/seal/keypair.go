package seal

import (
	"crypto/ecdh"
	"crypto/hpke"
	"fmt"
	"io"
)

// PublicKey is an X25519 public key (RFC 7748).
type PublicKey [32]byte

// PrivateKey opens what [Wrap] sealed to its public key.
type PrivateKey struct{ secret }

// newPrivateKey derives a key pair as RFC 9180, section 7.1.3 has it.
func newPrivateKey(random io.Reader) (PrivateKey, error) {
	seed, err := newSecret(random)
	if err != nil {
		return PrivateKey{}, err
	}
	defer seed.Wipe()
	pair, err := kem().DeriveKeyPair(seed.bytes[:])
	if err != nil {
		return PrivateKey{}, err
	}
	raw, err := pair.Bytes()
	if err != nil {
		return PrivateKey{}, err
	}
	return PrivateKey{secret{[32]byte(raw)}}, nil
}

// Public returns the public half.
func (k PrivateKey) Public() PublicKey {
	pair, err := kem().NewPrivateKey(k.bytes[:])
	if err != nil {
		panic("seal: 32 bytes are an X25519 key: " + err.Error())
	}
	return PublicKey(pair.PublicKey().Bytes())
}

// wrappedVersion stands before every wrapped key.
const wrappedVersion = 1

// WrappedSize is the length in bytes of what [Wrap] returns.
const WrappedSize = 1 + 32 + 32 + tagSize

// Wrap seals a ring key to a public key by HPKE (RFC 9180, base mode,
// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM): version(1) |
// encapsulated key(32) | ciphertext and tag. The context says who may open it
// where, and must be given again to [Unwrap]. The randomness is the standard
// library's own. An error means that public is no usable key.
func Wrap(public PublicKey, key RingKey, context []byte) ([]byte, error) {
	recipient, err := kem().NewPublicKey(public[:])
	if err != nil {
		return nil, fmt.Errorf("wrap ring key: %w", err)
	}
	sealed, err := hpke.Seal(recipient, hpke.HKDFSHA256(), hpke.AES256GCM(), wrapInfo(context), key.bytes[:])
	if err != nil {
		return nil, fmt.Errorf("wrap ring key: %w", err)
	}
	return append([]byte{wrappedVersion}, sealed...), nil
}

// Unwrap opens what [Wrap] sealed. It returns [ErrDamaged] for another key,
// another context or changed bytes, and [ErrVersion].
func Unwrap(private PrivateKey, wrapped, context []byte) (RingKey, error) {
	if len(wrapped) != WrappedSize {
		return RingKey{}, fmt.Errorf("unwrap ring key: %w", ErrDamaged)
	}
	if wrapped[0] != wrappedVersion {
		return RingKey{}, fmt.Errorf("unwrap ring key: %w", ErrVersion)
	}
	recipient, err := kem().NewPrivateKey(private.bytes[:])
	if err != nil {
		return RingKey{}, fmt.Errorf("unwrap ring key: %w", err)
	}
	raw, err := hpke.Open(recipient, hpke.HKDFSHA256(), hpke.AES256GCM(), wrapInfo(context), wrapped[1:])
	if err != nil {
		return RingKey{}, fmt.Errorf("unwrap ring key: %w", ErrDamaged)
	}
	defer clear(raw)
	return RingKey{secret{[32]byte(raw)}}, nil
}

func wrapInfo(context []byte) []byte {
	return associatedData([]byte("wrap"), context)
}

func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }
