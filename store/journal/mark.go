package journal

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Mark is the journal's state in a form short enough for a slip of paper: the
// size and the first 60 bits of the root. Printed,
//
//	J-1042-8KQ3-7MXW-2PTR
//
// with the bits as twelve symbols of Crockford's base 32. Somebody who wants
// to change what a mark covers must find another journal with the same 60 bits
// for every mark handed out.
type Mark struct {
	// Size is the number of entries.
	Size int64
	// Bits are the first 60 bits of the root, the first bit highest.
	Bits uint64
}

// MarkOf returns the mark of a journal's size and root.
func MarkOf(size int64, root tlog.Hash) Mark { return Mark{Size: size, Bits: rootBits(root)} }

// Mark returns the checkpoint's short form.
func (c Checkpoint) Mark() Mark { return MarkOf(c.Size, c.Root) }

func rootBits(root tlog.Hash) uint64 { return binary.BigEndian.Uint64(root[:8]) >> 4 }

// crockford is Crockford's base 32: no I, L, O, U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	markSymbols = 12
	symbolBits  = 5
)

// String returns the printed form.
func (m Mark) String() string {
	var symbols [markSymbols]byte
	for i := range symbols {
		symbols[i] = crockford[m.Bits>>(symbolBits*(markSymbols-1-i))&0x1f]
	}
	return fmt.Sprintf("J-%d-%s-%s-%s", m.Size, symbols[:4], symbols[4:8], symbols[8:])
}

// markForm allows for how people type: small letters, spaces for dashes, none
// within the symbols, no J in front.
var markForm = regexp.MustCompile(`^(?:J[- ]?)?([0-9]{1,19})[- ]+([0-9A-Z -]+)$`)

// ParseMark reads a printed mark. The symbols forgive case, spaces, dashes, O
// for 0, I and L for 1. It returns [ErrMalformed].
func ParseMark(text string) (Mark, error) {
	parts := markForm.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if parts == nil {
		return Mark{}, fmt.Errorf("journal mark: %w", ErrMalformed)
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	bits, ok := parseSymbols(parts[2])
	if err != nil || !ok {
		return Mark{}, fmt.Errorf("journal mark: %w", ErrMalformed)
	}
	return Mark{Size: size, Bits: bits}, nil
}

func parseSymbols(text string) (bits uint64, ok bool) {
	text = strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(text)
	if len(text) != markSymbols {
		return 0, false
	}
	for _, symbol := range []byte(text) {
		value := strings.IndexByte(crockford, symbol)
		if value < 0 {
			return 0, false
		}
		bits = bits<<symbolBits | uint64(value)
	}
	return bits, true
}

// Anchor is what somebody outside the database remembers of the journal: a
// [Checkpoint] or a [Mark].
type Anchor interface {
	// anchored returns the size remembered.
	anchored() int64
	// holds reports whether the root at that size is the one remembered.
	holds(root tlog.Hash) bool
}

func (c Checkpoint) anchored() int64           { return c.Size }
func (c Checkpoint) holds(root tlog.Hash) bool { return root == c.Root }

func (m Mark) anchored() int64           { return m.Size }
func (m Mark) holds(root tlog.Hash) bool { return rootBits(root) == m.Bits }
