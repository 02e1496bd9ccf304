package seal

import (
	"fmt"
	"io"
)

// box seals a key or a ring: nonce(12) | AES-256-GCM ciphertext and tag.
func box(key [32]byte, random io.Reader, bound, clearText []byte) ([]byte, error) {
	boxed := make([]byte, nonceSize, nonceSize+len(clearText)+tagSize)
	if _, err := io.ReadFull(random, boxed); err != nil {
		return nil, fmt.Errorf("no randomness: %w", err)
	}
	return newGCM(key).Seal(boxed, boxed, clearText, bound), nil
}

// unbox is the inverse of box. It returns [ErrDamaged] for another key,
// another binding or changed bytes.
func unbox(key [32]byte, bound, boxed []byte) ([]byte, error) {
	if len(boxed) < nonceSize+tagSize {
		return nil, ErrDamaged
	}
	clearText, err := newGCM(key).Open(nil, boxed[:nonceSize], boxed[nonceSize:], bound)
	if err != nil {
		return nil, ErrDamaged
	}
	return clearText, nil
}
