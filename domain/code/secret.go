package code

import (
	"errors"
	"fmt"
	"io"
)

// masked is what any formatting shows instead of a code.
const masked = "•••••-•••••-•••••"

var errSecret = errors.New("code: an activation code is not encoded")

// Format writes a mask whatever the verb, so that no log line, error or dump of
// a struct shows a code by accident.
func (c Code) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, masked) }

// MarshalText refuses: a code has no place in JSON or a structured log.
func (c Code) MarshalText() ([]byte, error) { return nil, errSecret }

// MarshalBinary refuses: a code is not stored; [Hash] is.
func (c Code) MarshalBinary() ([]byte, error) { return nil, errSecret }
