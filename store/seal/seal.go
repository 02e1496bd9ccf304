// Package seal keeps what the database holds unreadable without its keys.
//
// Three layers, each opened by the one before:
//
//   - A [Slot] belongs to one person. Their passphrase opens its private key,
//     and the private key opens the ring key. A slot can be given a new ring
//     key without the passphrase, because only its public key is needed.
//   - The [RingKey] opens the ring.
//   - The [Ring] holds the data keys, one per epoch, and seals every value.
//
// A sealed value is
//
//	version(1) | key epoch(2) | nonce(12) | ciphertext and tag
//
// under AES-256-GCM (NIST SP 800-38D) with a random nonce. Its plaintext is
// padded to a multiple of 64 bytes (ISO/IEC 7816-4), so that its length says
// less. Its associated data are "schalter/1", the store id and the place, each
// after its length as four bytes: a value put at another place or into another
// database does not open. The key is derived from the epoch's key by
// HKDF-SHA256 (RFC 5869) for the first byte of the place, which names the
// record type. Numbers are big endian throughout.
//
// What this does not hide: how many values there are, their sizes in steps of
// 64 bytes, the order they were written in. What it cannot notice: an older
// value of the same place put back. The journal notices that, by the hash of
// every value written.
//
// Random nonces limit a key to 2^32 values (SP 800-38D, section 8.3); start a
// new epoch long before, at 2^30.
//
//	ring, err := seal.NewRing(storeID, rand.Reader)
//	sealed := ring.Seal(key, record)
//	record, err = ring.Open(key, sealed)
package seal

import "errors"

var (
	// ErrDamaged means that the bytes are not what was sealed for this place:
	// changed, cut, moved, or of another database.
	ErrDamaged = errors.New("sealed data is damaged or belongs elsewhere")
	// ErrVersion means that a newer program wrote the bytes, or that their
	// first byte is damaged.
	ErrVersion = errors.New("sealed data has an unknown version")
	// ErrUnknownEpoch means that the ring has no key of the epoch the value
	// names: the ring is older than the value, or the value is damaged.
	ErrUnknownEpoch = errors.New("sealed under a key epoch this ring does not hold")
	// ErrWiped means that the ring was wiped.
	ErrWiped = errors.New("the key ring was wiped")
)
