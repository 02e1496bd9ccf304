package seal

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/secure/precis"
)

// The length of a passphrase after normalisation. The upper bound keeps a
// stranger at the door from having megabytes hashed.
const (
	MinPassphraseRunes = 12
	MaxPassphraseBytes = 1024
)

var (
	// ErrPassphraseShort means fewer than [MinPassphraseRunes] characters.
	ErrPassphraseShort = errors.New("passphrase is too short")
	// ErrPassphraseLong means more than [MaxPassphraseBytes] bytes.
	ErrPassphraseLong = errors.New("passphrase is too long")
	// ErrPassphraseText means that the passphrase is not text: control
	// characters, unassigned characters, invalid UTF-8.
	ErrPassphraseText = errors.New("passphrase contains characters that cannot be typed everywhere")
	// ErrPassphraseSame means that the new passphrase is the old one.
	ErrPassphraseSame = errors.New("new passphrase is the old one")
	// ErrWrongPassphrase means that the slot is sound and this is not its
	// passphrase.
	ErrWrongPassphrase = errors.New("wrong passphrase")
)

// CheckPassphrase says whether p may become somebody's passphrase:
// [ErrPassphraseShort], [ErrPassphraseLong], [ErrPassphraseText] or nil.
func CheckPassphrase(p []byte) error {
	normal, err := normalise(p)
	defer clear(normal)
	if err != nil {
		return err
	}
	if utf8.RuneCount(normal) < MinPassphraseRunes {
		return ErrPassphraseShort
	}
	return nil
}

// normalise returns p as RFC 8265, section 4.2 (OpaqueString) prepares it:
// NFC, and an ordinary space for every kind of space. So the same passphrase
// typed on two keyboards is the same bytes.
func normalise(p []byte) ([]byte, error) {
	if len(p) > MaxPassphraseBytes {
		return nil, ErrPassphraseLong
	}
	if len(p) == 0 {
		return nil, ErrPassphraseShort
	}
	if !utf8.Valid(p) {
		return nil, ErrPassphraseText
	}
	normal, err := precis.OpaqueString.Bytes(p)
	if err != nil {
		return nil, ErrPassphraseText
	}
	return normal, nil
}

// Params are the costs of argon2id (RFC 9106).
type Params struct {
	// Time is the number of passes.
	Time uint32 `cbor:"1,keyasint"`
	// Memory is in KiB.
	Memory uint32 `cbor:"2,keyasint"`
	// Threads is the number of lanes.
	Threads uint8 `cbor:"3,keyasint"`
}

// Standard returns the costs for real databases: three passes over 64 MiB in
// four lanes, the second recommended option of RFC 9106, section 4. One try
// takes about 170 ms on two cores.
func Standard() Params { return Params{Time: 3, Memory: 64 << 10, Threads: 4} }

// Practice returns costs that protect nothing, for databases of invented
// people whose passphrase is printed on the screen, and for tests.
func Practice() Params { return Params{Time: 1, Memory: 64, Threads: 1} }

// check bounds the costs, so that a damaged slot cannot ask for all memory.
func (p Params) check() error {
	switch {
	case p.Time < 1 || p.Time > 64:
		return fmt.Errorf("argon2id: %d passes, want 1 to 64", p.Time)
	case p.Threads < 1 || p.Threads > 64:
		return fmt.Errorf("argon2id: %d lanes, want 1 to 64", p.Threads)
	case p.Memory < 8*uint32(p.Threads) || p.Memory > 1<<20:
		return fmt.Errorf("argon2id: %d KiB, want 8 a lane to 1 GiB", p.Memory)
	}
	return nil
}

// stretch turns a normalised passphrase into key material.
func (p Params) stretch(normal, salt []byte) secret {
	return secret{[32]byte(argon2.IDKey(normal, salt, p.Time, p.Memory, p.Threads, 32))}
}
