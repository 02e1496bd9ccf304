package code

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"

	"golang.org/x/crypto/argon2"
)

// Parameters of Argon2id (RFC 9106), the second recommendation of the OWASP
// password storage cheat sheet: about 28 ms on a small server.
const (
	hashTime      = 2
	hashMemoryKiB = 19 * 1024
	hashThreads   = 1
)

// What a stored hash may at most ask for; more is damage, not a parameter.
const (
	maxTime      = 64
	maxMemoryKiB = 1 << 20
)

// hashDomain separates codes from anything else keyed with the same pepper.
const hashDomain = "schalter activation code v1\x00"

// Hash is what is stored of an activation code:
//
//	argon2id(HMAC-SHA-256(pepper, domain ‖ code), salt)
//
// The parameters stay with it, so that they can be raised for new codes while
// old ones are live. Without the pepper, which lies apart from the database, a
// stolen database does not even allow guessing. The fields have integer keys in
// CBOR.
type Hash struct {
	// Pepper is the epoch of the pepper used; it says which one to fetch.
	Pepper  uint32   `cbor:"1,keyasint"`
	Salt    [16]byte `cbor:"2,keyasint"`
	Time    uint32   `cbor:"3,keyasint"` // passes
	Memory  uint32   `cbor:"4,keyasint"` // KiB
	Threads uint8    `cbor:"5,keyasint"`
	Sum     [32]byte `cbor:"6,keyasint"`
}

// HashCode hashes a code with the current parameters. The salt is random and
// new for each code. It takes tens of milliseconds and 19 MiB; callers bound
// how many run at once.
func HashCode(c Code, pepper []byte, pepperEpoch uint32, salt [16]byte) Hash {
	h := Hash{
		Pepper:  pepperEpoch,
		Salt:    salt,
		Time:    hashTime,
		Memory:  hashMemoryKiB,
		Threads: hashThreads,
	}
	h.Sum = h.sum(c, pepper)
	return h
}

// Matches reports in constant time whether h is the hash of c. It costs as much
// as making one. A hash whose parameters are missing or absurd matches nothing.
func (h Hash) Matches(c Code, pepper []byte) bool {
	if h.Time < 1 || h.Time > maxTime || h.Memory > maxMemoryKiB || h.Threads < 1 {
		return false
	}
	sum := h.sum(c, pepper)
	return subtle.ConstantTimeCompare(sum[:], h.Sum[:]) == 1
}

func (h Hash) sum(c Code, pepper []byte) (sum [32]byte) {
	mac := hmac.New(sha256.New, pepper)
	mac.Write([]byte(hashDomain + string(c)))
	copy(sum[:], argon2.IDKey(mac.Sum(nil), h.Salt[:], h.Time, h.Memory, h.Threads, uint32(len(sum))))
	return sum
}
