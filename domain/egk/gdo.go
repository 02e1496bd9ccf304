package egk

import (
	"encoding/hex"
	"strings"

	"schalter/domain/iccsn"
)

// gdoSize is the size of EF.GDO: one data object with ten bytes.
const gdoSize = 12

// gdo reads EF.GDO: tag 5A, length 0A, the ICCSN as twenty BCD digits.
func (b *builder) gdo(raw []byte) error {
	if raw[0] != 0x5a || raw[1] != 0x0a {
		return BadLayout
	}
	digits, ok := bcd(raw[2:])
	if !ok {
		return BadLayout
	}
	number, err := iccsn.Parse(digits)
	b.card.ICCSN = number
	return err
}

// bcd returns the digits of packed decimals, and false if a half byte is none.
func bcd(packed []byte) (digits string, ok bool) {
	digits = hex.EncodeToString(packed)
	return digits, !strings.ContainsAny(digits, "abcdef")
}
