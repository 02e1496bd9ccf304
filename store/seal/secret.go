package seal

import (
	"fmt"
	"io"
)

// secret is 32 key bytes that do not print themselves.
type secret struct{ bytes [32]byte }

func newSecret(random io.Reader) (secret, error) {
	var s secret
	if _, err := io.ReadFull(random, s.bytes[:]); err != nil {
		return secret{}, fmt.Errorf("no randomness: %w", err)
	}
	return s, nil
}

// Wipe overwrites this copy of the key.
func (s *secret) Wipe() { clear(s.bytes[:]) }

// Format keeps the key out of logs: every verb prints a placeholder.
func (s secret) Format(state fmt.State, _ rune) { io.WriteString(state, "[secret]") }
