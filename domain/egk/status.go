package egk

import (
	"strconv"
	"time"
)

// statusSize is the size of EF.StatusVD: one character for the state, fourteen
// for the time, five bytes for each of two versions.
const statusSize = 25

// The states of the data.
const (
	statusDone = '0'
	statusOpen = '1'
)

// status reads EF.StatusVD (gemSpec_eGK_Fach_VSDM, 2.5). Only its first character
// decides over the rest of the card; what else cannot be read is left out.
func (b *builder) status(raw []byte) {
	switch raw[0] {
	case statusDone:
	case statusOpen:
		b.card.Status.Open = true
		b.warn(UpdateOpen)
	default:
		b.warn(StatusUnknown)
	}
	if at, err := time.Parse("20060102150405", string(raw[1:15])); err == nil {
		b.card.Status.At = at
	}
	b.card.Status.Schema = packedVersion(raw[15:20])
	b.card.Status.Storage = packedVersion(raw[20:25])
}

// packedVersion reads ten BCD digits: three, three and four of them for the parts.
func packedVersion(packed []byte) Version {
	digits, ok := bcd(packed)
	if !ok {
		return Version{}
	}
	part := func(s string) int {
		n, _ := strconv.Atoi(s) // of digits only
		return n
	}
	return Version{part(digits[:3]), part(digits[3:6]), part(digits[6:])}
}
